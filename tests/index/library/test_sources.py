"""Split rules, columns and watched folders of a library."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.model import SplitRule
from index.problems import Problem

RULE = SplitRule("Ours", start=r"=== \d+", fields={"title": r"T: (.+)"}, drop=r"T: ")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "data"))


def test_split_rules_are_kept_with_undo_and_previewed_before(library: Library, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.txt"
    bundle.write_text("=== 1\nT: One\nThe first words of the first article.\n=== 2\nT: Two\nThe words of the second.\n")
    shown = library.preview_split(bundle, RULE)
    assert [(one.title, one.text) for one in shown] == [
        ("One", "The first words of the first article."),
        ("Two", "The words of the second."),
    ]
    library.set_split_rules([RULE])
    assert library.split_rules() == [RULE]
    library.undo()
    assert library.split_rules() == []
    with pytest.raises(Problem):
        library.set_split_rules([SplitRule("Broken", start="(")])
    assert len(library.built_in_split_rules()) >= 4


def test_a_rule_that_never_ends_is_stopped(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ingest.worker.WALL_SECONDS", 2)
    bundle = tmp_path / "bundle.txt"
    bundle.write_text("a" * 60 + "!\nwords\n")
    with pytest.raises(Problem) as found:
        library.preview_split(bundle, SplitRule("Evil", start="(a+)+$"))
    assert found.value.code == "too-slow"


def test_the_columns_of_a_table_are_shown_and_remembered(library: Library, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("k1,k2,k3\nOne,2021-03-05,The words of the first row\n")
    head = library.table_head(table)
    assert head.header == ("k1", "k2", "k3")
    assert head.rows == (("One", "2021-03-05", "The words of the first row"),)
    assert [one.problem for one in library.import_paths([table], jobs=1)] == ["no-column"]
    library.set_column_mapping({"title": "k1", "published": "k2", "text": "k3"})
    added = list(library.import_paths([table], jobs=1))
    assert [(one.status, one.published) for one in added] == [("added", "2021-03-05")]
    assert library.document(added[0].document or 0).title == "One"


def test_a_file_that_is_no_table_has_no_columns(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words that are no table.")
    with pytest.raises(Problem) as found:
        library.table_head(tmp_path / "a.txt")
    assert found.value.code == "no-column"


def test_a_watched_folder_brings_in_what_is_new(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("The first words of the folder.")
    library.watch_folder(folder)
    assert library.watched_folders() == [folder]
    assert [one.status for one in library.import_watched(jobs=1)] == ["added"]
    assert list(library.import_watched(jobs=1)) == []
    (folder / "b.txt").write_text("The second words of the folder.")
    assert [(one.file, one.status) for one in library.import_watched(jobs=1)] == [("b.txt", "added")]
    library.unwatch_folder(folder)
    assert library.watched_folders() == []
    assert str(folder).encode() not in (library.path / "library.standpoint").read_bytes()
