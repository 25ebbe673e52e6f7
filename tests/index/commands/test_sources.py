"""Split rules and columns on the command line, as the dialogs of the window keep them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.library import Library

Engine = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A file with two articles in a layout that no built-in rule knows."""
    path = tmp_path / "bundle.txt"
    path.write_text("=== 1\nT: One\nThe first words of the first article.\n=== 2\nT: Two\nThe words of the second.\n")
    return path


def test_a_split_rule_is_tried_kept_changed_and_deleted(library: Library, bundle: Path, run_json: Engine) -> None:
    built_in = run_json("rules", library.path)[1]
    assert len(built_in) >= 4 and not any(row["own"] for row in built_in)
    given = ("rules", library.path, "Ours", "--start", r"=== \d+", "--field", "title=T: (.+)", "--drop", "T: ")
    code, rows, _ = run_json(*given, "--preview", bundle)
    assert (code, [row["title"] for row in rows]) == (0, ["One", "Two"])
    assert library.split_rules() == [], "trying keeps nothing"
    name = built_in[0]["name"]
    assert "does not cut the file" in run_json("rules", library.path, name, "--preview", bundle)[2]
    code, (row,), _ = run_json(*given)
    assert (code, row["own"], row["fields"]) == (0, True, {"title": "T: (.+)"})
    code, (row,), _ = run_json("rules", library.path, "Ours", "--field", "title=", "--title-line", 1, "--keep-marks")
    assert (row["start"], row["fields"], row["title_line"], row["keep_marks"]) == (r"=== \d+", {}, 1, True)
    assert run_json("rules", library.path)[1][0]["name"] == "Ours", "own rules are tried first"
    assert run_json("rules", library.path, "Ours", "--delete")[1] == built_in
    run_json("undo", library.path)
    assert [rule.name for rule in library.split_rules()] == ["Ours"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--start", "x"], "Name the split rule"), (["Ours", "--title-line", "1"], "begins or the line that ends"),
     (["Ours", "--start", "("], "pattern cannot be read"),
     (["Ours", "--start", "x", "--field", "weather=(.)"], "'weather' is not one of"),
     (["Nothing"], "no split rule named"), (["Nothing", "--delete"], "no split rule of this library"),
     (["Nothing", "--preview", "a.txt"], "no split rule named")],
)  # fmt: skip
def test_a_rule_that_cannot_be_kept_is_refused_in_words(
    library: Library, arguments: list[str], words: str, run_json: Engine
) -> None:
    code, rows, told = run_json("rules", library.path, *arguments)
    assert (code, rows) == (1, []) and words in told and "Traceback" not in told and "unexpected" not in told
    assert library.split_rules() == []


def test_a_built_in_rule_is_not_changed(library: Library, run_json: Engine) -> None:
    name = library.built_in_split_rules()[0].name
    code, _, told = run_json("rules", library.path, name, "--start", "x")
    assert code == 1 and "built in" in told
    assert run_json("rules", library.path, name)[1][0]["own"] is False


def test_the_columns_of_a_table_are_said_and_used_by_the_next_import(
    library: Library, tmp_path: Path, run_json: Engine
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("k1,k2,k3\nOne,2021-03-05,The words of the first row\n")
    code, (row,), _ = run_json("columns", library.path, table)
    assert (code, row["header"], row["columns"]) == (0, ["k1", "k2", "k3"], {})
    assert row["rows"] == [["One", "2021-03-05", "The words of the first row"]]
    said = {"text": "k3", "title": "k1", "published": "k2"}
    code, (row,), _ = run_json("columns", library.path, table, "--set", *(f"{k}={v}" for k, v in said.items()))
    assert (code, row["columns"]) == (0, said)
    assert run_json("columns", library.path)[1] == [{"columns": said}]
    (row,) = run_json("columns", library.path, table, "--set", "author=k1")[1]
    assert row["columns"] == {"text": "k3", "published": "k2", "author": "k1"}, "a column holds one thing only"
    run_json("undo", library.path)
    (added,) = run_json("import", library.path, table, "--jobs", 1)[1]
    assert (added["status"], added["published"]) == ("added", "2021-03-05")


def test_columns_that_cannot_be_are_refused_in_words(library: Library, tmp_path: Path, run_json: Engine) -> None:
    table = tmp_path / "table.csv"
    table.write_text("k1,k2\nOne,Two\n")
    for given, words in (("weather=k1", "'weather' is not one of"), ("text=k9", "no column 'k9'"), ("title=k1", "text=COLUMN")):
        code, rows, told = run_json("columns", library.path, table, "--set", given)
        assert (code, rows) == (1, []) and words in told
    code, _, told = run_json("columns", library.path, "--set", "text=k1")
    assert code == 1 and "Name a table" in told
    assert library.column_mappings() == []
