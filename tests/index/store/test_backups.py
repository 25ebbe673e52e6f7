"""Backups come back whole, and never in the place of a library that somebody has open."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.__main__ import main
from index.library import Library
from index.problems import Problem
from index.store.backups import all_backups, backup_folder, restore, thin
from index.store.store import DATABASE


def test_a_backup_brings_back_what_was_there_and_keeps_what_is(library: Library) -> None:
    backup = library.back_up()
    (found,) = library.backups()
    assert (found.path, found.reason, found.documents, found.statements, found.library) == (
        backup, "by-hand", 2, 4, "River treaty",
    )  # fmt: skip
    library.delete_documents([1])
    library.close()
    kept = restore(library.path, backup)
    with Library.open(library.path) as restored:
        assert restored.counts()["documents"] == 2 and restored.check()["problems"] == []
    assert kept is not None and kept.name.startswith("library.standpoint.damaged-")
    (library.path / DATABASE).unlink()
    kept.rename(library.path / DATABASE)
    with Library.open(library.path) as before:
        assert before.counts()["documents"] == 1


def test_an_open_library_is_not_replaced(library: Library) -> None:
    backup = library.back_up()
    assert library.counts()["documents"] == 2
    with pytest.raises(Problem) as caught:
        restore(library.path, backup)
    assert caught.value.code == "library-busy"
    library.delete_documents([1])
    assert [path.name for path in library.path.iterdir() if "damaged" in path.name or "restored" in path.name] == []


def test_a_database_that_cannot_be_read_is_replaced_and_kept(library: Library) -> None:
    backup = library.back_up()
    library.close()
    (library.path / DATABASE).write_bytes(os.urandom(5000))
    kept = restore(library.path, backup)
    assert kept is not None and kept.stat().st_size == 5000
    with Library.open(library.path) as restored:
        assert restored.counts()["documents"] == 2


def test_only_a_library_that_this_program_opens_is_put_back(library: Library, tmp_path: Path) -> None:
    backup = library.back_up()
    library.close()
    newer, other, note = tmp_path / "newer.standpoint", tmp_path / "other.standpoint", tmp_path / "note.txt"
    newer.write_bytes(backup.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version=99")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE document(id)")
        connection.commit()
    note.write_text("no database " * 99, "utf-8")
    before = (library.path / DATABASE).read_bytes()
    for path, code in ((newer, "library-newer"), (other, "library-foreign"), (note, "library-foreign"),
                       (tmp_path / "none", "not-found")):  # fmt: skip
        with pytest.raises(Problem) as caught:
            restore(library.path, path)
        assert (caught.value.code, caught.value.file) == (code, str(path))
    with pytest.raises(Problem, match="no folder"):
        restore(tmp_path / "nowhere", backup)
    assert (library.path / DATABASE).read_bytes() == before


def test_a_library_too_damaged_to_say_its_id_still_finds_its_backups(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = library.back_up()
    library.close()
    (library.path / DATABASE).write_bytes(os.urandom(5000))
    assert [found.path for found in all_backups()] == [backup]
    assert main(["backup", str(library.path), "--list"]) == 0
    printed = capsys.readouterr()
    assert "is damaged" in printed.err and str(backup) in printed.out and "River treaty" in printed.out


def test_backups_are_thinned_to_all_of_two_days_then_one_a_day_a_week_a_month(library: Library) -> None:
    folder = backup_folder(library.id)
    folder.mkdir(parents=True)
    now = datetime(2031, 6, 1, 12, tzinfo=UTC)
    for hours in range(0, 24 * 365, 6):
        (folder / f"{(now - timedelta(hours=hours)).strftime('%Y%m%dT%H%M%SZ')}-edit.standpoint").touch()
    (folder / "notes.standpoint").touch()
    thin(folder, now)
    left = sorted(path.name for path in folder.glob("2*.standpoint"))
    ages = [(now - datetime.strptime(name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)) for name in left]
    assert sum(age <= timedelta(2) for age in ages) == 9
    assert sum(timedelta(2) < age <= timedelta(9) for age in ages) in (7, 8)
    assert sum(timedelta(9) < age <= timedelta(37) for age in ages) in (4, 5)
    assert sum(timedelta(37) < age <= timedelta(217) for age in ages) in (6, 7)
    assert max(ages) <= timedelta(217)
    assert (folder / "notes.standpoint").exists()  # none of ours
