"""Documents on the command line: deleted with their statements, and back again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from index.library import Library

Engine = Callable[..., tuple[int, list[dict[str, Any]], str]]


def test_documents_are_deleted_in_one_act_and_undo_brings_them_back(library: Library, run_json: Engine) -> None:
    first, second = library.document_ids(order="added")
    code, rows, _ = run_json("documents", library.path, "--delete", first, first)
    assert (code, [row["id"] for row in rows]) == (0, [second])
    assert library.statement_ids(document_id=first) == []
    assert run_json("undo", library.path)[1] == [{"undone": "Delete documents"}]
    assert library.document_ids(order="added") == [first, second] and len(library.statement_ids()) == 4


def test_nothing_is_deleted_where_one_of_the_documents_is_not_there(library: Library, run_json: Engine) -> None:
    code, rows, told = run_json("documents", library.path, "--delete", 1, 99)
    assert (code, rows) == (1, []) and "no document 99" in told
    assert len(library.document_ids()) == 2
