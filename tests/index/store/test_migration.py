"""A library of an older format is brought up to date whole, after a backup, or left as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.library import Library
from index.problems import Problem
from index.store import schema
from index.store.store import DATABASE

# The format before the first one, invented here: an index less.
OLDER = ("DROP INDEX document_published", "PRAGMA user_version=0")
INDEX = "CREATE INDEX document_published ON document(published_latest);"


@pytest.fixture
def older(library: Library) -> Path:
    """The folder of a library of that format, with two documents."""
    library.close()
    with closing(sqlite3.connect(library.path / DATABASE, isolation_level=None)) as connection:
        for statement in OLDER:
            connection.execute(statement)
    return library.path


def format_of(folder: Path) -> tuple[int, bool]:
    """The version, and whether the index is there."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name='document_published'").fetchone()
    return version, found is not None


def test_it_is_backed_up_then_brought_up_to_date(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schema.MIGRATIONS, 0, f"-- what version 1 added\n{INDEX}\n")
    with Library.open(older) as library:
        assert library.check()["ok"] and library.counts()["documents"] == 2
        (found,) = library.backups()
    assert (found.reason, found.documents, found.statements) == ("migration", 2, 4)
    assert format_of(older) == (schema.VERSION, True)
    with closing(sqlite3.connect(found.path)) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (0,)


@pytest.mark.parametrize("script", [f"{INDEX}\nINSERT INTO nowhere VALUES(1);", "DELETE FROM alias;", INDEX[:-2] + ", id);"])
def test_one_that_goes_wrong_changes_nothing(older: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setitem(schema.MIGRATIONS, 0, script)
    for _ in range(2):
        with pytest.raises(Problem):
            Library.open(older)
        assert format_of(older) == (0, False)
    monkeypatch.setitem(schema.MIGRATIONS, 0, INDEX)
    with Library.open(older) as library:
        assert library.actors() and library.check()["ok"]


def test_none_is_begun_without_a_backup(older: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(schema.MIGRATIONS, 0, INDEX)
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "file"))
    with pytest.raises(Problem) as caught:
        Library.open(older)
    assert caught.value.code == "unwritable"
    assert format_of(older) == (0, False)
