"""What is broken is told and mended, and mending costs no more than it has to."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from index.library import Library
from index.store.store import DATABASE


def broken(library: Library, *commands: str) -> Library:
    """The library after something wrote into its database that does not look where its pointers lead."""
    library.close()
    with closing(sqlite3.connect(library.path / DATABASE)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for command in commands:
            connection.execute(command)
        connection.commit()
    return Library.open(library.path)


@pytest.mark.parametrize("pointer", ["actor_id", "utterance_id"])
def test_repair_keeps_a_statement_whose_actor_or_utterance_is_gone(library: Library, pointer: str) -> None:
    with broken(library, f"UPDATE statement SET {pointer}=999 WHERE id=1") as again:
        words = again.statement(1).text
        assert not again.check()["ok"]
        assert again.search("actor:none").total == 0
        done = again.repair()
        assert any("kept" in line for line in done) and not any("removed" in line for line in done)
        assert again.check()["problems"] == []
        assert again.statement_ids() == [1, 2, 3, 4]
        statement = again.statement(1)
        assert (statement.text, getattr(statement, pointer)) == (words, None)
        assert 1 in {hit.id for hit in again.search("river").hits}
        if pointer == "actor_id":
            assert {hit.id for hit in again.search("actor:none").hits} == {1}


def test_repair_removes_what_is_nothing_without_its_document_also_from_tables_without_row_numbers(
    library: Library,
) -> None:
    with broken(library, "INSERT INTO band VALUES(5, 999)") as again:
        kept = again.store.value("SELECT count(*) FROM band WHERE document_id<>999")
        assert again.check()["problems"] == ["database: a row of band points nowhere"]
        assert "removed a row of band whose document is gone" in again.repair()
        assert again.check()["problems"] == []
        assert again.store.value("SELECT count(*) FROM band") == kept
        assert again.counts()["documents"] == 2


def test_check_tells_of_values_that_are_none(library: Library) -> None:
    with library.store.transaction():
        library.store.execute("UPDATE statement SET content='[[1' WHERE id=1")
    report = library.check()
    assert not report["ok"]
    assert any(line.startswith("document 1: what is stored of it cannot be read") for line in report["problems"])
