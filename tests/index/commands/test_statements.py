"""Statements on the command line: words, speaker and addressee by their places, and statements that were not found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from index.library import Library

Engine = Callable[..., tuple[int, list[dict[str, Any]], str]]


def _place(library: Library, document_id: int, words: str) -> str:
    start = library.document(document_id).text.index(words)
    return f"{start}-{start + len(words)}"


def test_the_places_of_a_statement_are_corrected(library: Library, run_json: Engine) -> None:
    first = library.statement(library.statement_ids()[0])
    words, whom = (_place(library, first.document_id, text) for text in ("belongs to both of us", "Tovan Reck"))
    code, (row,), _ = run_json("correct", library.path, first.id, "--content", words, "--addressee", whom, "--speaker", "")
    assert (code, row["text"], row["speaker"]) == (0, "belongs to both of us", None)
    assert row["addressee"] == [int(end) for end in whom.split("-")]
    code, (row,), _ = run_json("correct", library.path, first.id, "--note", "seen")
    assert row["addressee"] is not None and row["note"] == "seen", "what isn't given stays"
    run_json("undo", library.path)
    run_json("undo", library.path)
    assert library.statement(first.id) == first


def test_a_place_beyond_the_text_is_refused_and_changes_nothing(library: Library, run_json: Engine) -> None:
    first = library.statement(library.statement_ids()[0])
    for option in ("--content", "--speaker", "--addressee"):
        code, rows, told = run_json("correct", library.path, first.id, option, "5-9999")
        assert (code, rows) == (1, []) and "text" in told
    code, _, told = run_json("correct", library.path, *library.statement_ids()[:2], "--content", "0-5")
    assert code == 1 and "one by one" in told
    assert library.statement(first.id) == first and library.undo_label is None


@pytest.mark.parametrize("wrong", ["5", "9-5", "5-5", "a-b", ""])
def test_what_is_no_place_is_wrong_usage(library: Library, wrong: str, run_json: Engine) -> None:
    with pytest.raises(SystemExit) as ended:
        run_json("mark", library.path, 1, "--content", wrong)
    assert ended.value.code == 2


def test_words_that_were_not_found_are_marked_as_a_statement(library: Library, run_json: Engine) -> None:
    document = library.document_ids(order="added")[1]
    place = _place(library, document, "the locks")
    code, (row,), _ = run_json("mark", library.path, document, "--content", place, "--actor", "Tovan Reck",
                               "--said", "2031-03", "--kind", "indirect")  # fmt: skip
    assert (code, row["text"], row["actor"], row["kind"]) == (0, "the locks", "Tovan Reck", "indirect")
    assert row["date"]["earliest"] == "2031-03-01" and row["rule"] == "marked by hand"
    assert row["id"] in library.statement_ids(document_id=document)
    run_json("undo", library.path)
    assert row["id"] not in library.statement_ids(document_id=document)


def test_a_statement_is_marked_in_a_document_that_is_there_only(library: Library, run_json: Engine) -> None:
    code, rows, told = run_json("mark", library.path, 99, "--content", "0-5")
    assert (code, rows) == (1, []) and "no document 99" in told
    code, _, told = run_json("mark", library.path, 1, "--content", "0-99999")
    assert code == 1 and "beyond the end of the text" in told
