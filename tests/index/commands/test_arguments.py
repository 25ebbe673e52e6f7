"""Wrong arguments are wrong usage: exit 2 and a line that names the argument and says what would be right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.__main__ import main
from index.library import Library

HUGE = "9" * 30


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (["statements", "LIB", "--document", HUGE], "--document"),
        (["statements", "LIB", "--document", "²"], "--document"),
        (["actors", "LIB", "--merge", "1", "0"], "--merge"),
        (["reextract", "LIB", "-1"], "-1"),
        (["utterances", "LIB", "--cut", HUGE], "--cut"),
        (["search", "LIB", "river", "--limit", "-5"], "--limit"),
        (["queue", "LIB", "1", "--limit", "many"], "--limit"),
        (["import", "LIB", "a.txt", "--jobs", "-2"], "--jobs"),
        (["import", "LIB", ""], "is missing"),
        (["check", ""], "is missing"),
        (["extract", "a.txt", "--published", "last week"], "YYYY-MM-DD"),
        (["set", "LIB", "1", "--published", "2024-13"], "'2024-13' is not a date"),
        (["correct", "LIB", "1", "--said", "0000"], "'0000' is not a date"),
        (["positions", "LIB", "1", "--period", "0"], "month, quarter, year"),
        (["positions", "LIB", "1", "--method", "magic"], "wordscores"),
        (["plot", "LIB", "--out", "a.gif"], ".svg"),
        (["compare", "LIB", "1", "2", "--out", "a.pdf"], ".docx"),
        (["export", "LIB", "--format", "pdf", "--out", "a"], "--format"),
    ],
)
def test_wrong_usage_is_exit_two_and_says_what_is_right(
    command: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(command)
    assert left.value.code == 2
    assert named in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["statements", "{}", "--document", "99"], "no document 99"),
        (["compare", "{}", "1", "²"], "neither a statement (12) nor a document"),
        (["compare", "{}", "1", f"doc:{HUGE}"], "neither a statement"),
        (["compare", "{}", "1", HUGE], "neither a statement"),
        (["score", "{}", HUGE, "--out", "a.csv"], "no issue"),
        (["utterances", "{}", "--link", "1"], "at least two"),
        (["utterances", "{}", "--link", "1", "99"], "no statement 99"),
        (["utterances", "{}", "--cut", "99"], "no statement 99"),
        (["correct", "{}", "1", "--confirm", "--reject"], "not both"),
        (["saved", "{}", "--save", "", "--query", "river"], "needs a name"),
        (["saved", "{}", "--save", "Rivers"], "needs a query"),
        (["saved", "{}", "--save", "Rivers", "--query", "(river"], "parenthesis"),
        (["batch", "{}", "{}"], "Is a directory"),
        (["rescan", "{}", "--watch", "{}/nowhere"], "no folder"),
        (["export", "{}", "--format", "csv", "--out", ""], "name of a file"),
    ],
)
def test_what_is_not_there_is_exit_one_and_changes_nothing(
    library: Library, command: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = library.statements(library.statement_ids())
    assert main([part.format(library.path) for part in command]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line and "unexpected" not in line
    assert library.statements(library.statement_ids()) == before
    assert library.saved_searches() == [] and library.undo_label is None


def test_a_table_that_is_no_text_is_said_to_be_none(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "table.csv").write_bytes(b"\xff\xfe\xd8rubbish")
    issue = library.define_issue("Treaty", "closed", "open")
    for command in (["batch"], ["events", "--from"], ["score", str(issue), "--from"]):
        name, *options = command
        assert main([name, str(library.path), *options, str(tmp_path / "table.csv")]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert "it is not a text in UTF-8" in line


def test_a_role_and_a_chain_are_corrected_and_hits_may_be_sorted_as_in_the_window(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    first = library.statement_ids()[0]
    command = ["correct", str(library.path), str(first), "--role", "envoy", "--via", "Harbour Radio", "--via", "The Post"]
    assert main(command) == 0
    found = library.statement(first)
    assert (found.role, found.via) == ("envoy", ("Harbour Radio", "The Post"))
    assert main(["correct", str(library.path), str(first), "--via", ""]) == 0
    assert library.statement(first).via == ()
    found_by = []
    for sort in ("said", "said-oldest"):
        capsys.readouterr()
        assert main(["search", str(library.path), "actor:Olanda", "--sort", sort, "--json"]) == 0
        found_by.append({hit["id"] for hit in json.loads(capsys.readouterr().out)["hits"]})
    assert found_by[0] and found_by[0] == found_by[1]
