"""The shape of a library is known without making one."""

from __future__ import annotations

import sqlite3

from index.store import schema


def test_the_expected_shape_is_that_of_a_library_that_was_made() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema.schema_sql())
    made = schema._fingerprint(connection)
    connection.close()
    assert schema.expected_fingerprint() == made
    assert {kind for kind, _, _ in made} == {"table", "index", "trigger"}
