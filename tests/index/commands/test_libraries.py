"""A backup is put back where its library is, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.__main__ import main
from index.library import Library
from index.store.store import DATABASE


def test_a_misspelt_folder_gets_no_backup_and_neither_does_the_folder_around_it(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, around = library.back_up(), library.path.parent
    library.close()
    before = {path.name for path in around.iterdir()}
    assert main(["backup", str(around / "rivver"), "--restore", str(backup)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "no folder" in line and "rivver" in line
    assert {path.name for path in around.iterdir()} == before


@pytest.mark.parametrize("named", ["", DATABASE])
def test_a_library_is_restored_by_its_folder_or_by_its_database(library: Library, named: str) -> None:
    backup: Path = library.back_up()
    library.delete_documents([1])
    library.close()
    assert main(["backup", str(library.path / named), "--restore", str(backup)]) == 0
    with Library.open(library.path) as again:
        assert again.counts()["documents"] == 2


def test_an_empty_library_is_made_where_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "affair"
    assert main(["new", str(folder), "--name", "The affair", "--json"]) == 0
    with Library.open(folder) as made:
        assert made.name == "The affair" and made.counts()["documents"] == 0
    capsys.readouterr()
    assert main(["new", str(folder), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == "" and "already holds a library" in told.err
