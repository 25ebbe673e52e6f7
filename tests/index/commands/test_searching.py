"""Saved searches on the command line: kept, looked at, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from index.library import Library

Engine = Callable[..., tuple[int, list[dict[str, Any]], str]]


def test_what_is_new_to_a_saved_search_is_taken_as_seen(library: Library, run_json: Engine) -> None:
    code, (row,), _ = run_json("saved", library.path, "--save", "Locks", "--query", "locks", "--no-alert")
    assert (code, row["new"], row["alert"]) == (0, [], False)
    document = library.document_ids(order="added")[1]
    start = library.document(document).text.index("the locks")
    run_json("mark", library.path, document, "--content", f"{start}-{start + 9}")
    (row,) = run_json("saved", library.path)[1]
    assert len(row["new"]) == 1
    code, (row,), _ = run_json("saved", library.path, "--seen", "Locks")
    assert (code, row["new"]) == (0, [])
    assert run_json("saved", library.path, "--forget", "Locks")[1] == []


def test_a_search_that_was_not_saved_is_named(library: Library, run_json: Engine) -> None:
    for option in ("--seen", "--forget"):
        code, rows, told = run_json("saved", library.path, option, "Nothing")
        assert (code, rows) == (1, []) and "no saved search named 'Nothing'" in told
