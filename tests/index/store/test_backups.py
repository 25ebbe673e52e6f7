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


def test_what_was_there_is_kept_each_time_also_within_a_second(library: Library) -> None:
    backup = library.back_up()
    library.close()
    places = {restore(library.path, backup) for _ in range(4)}
    assert len(places) == 4 and all(place is not None and place.exists() for place in places)


def test_an_open_library_is_not_replaced(library: Library) -> None:
    backup = library.back_up()
    assert library.counts()["documents"] == 2
    with pytest.raises(Problem) as caught:
        restore(library.path, backup)
    assert caught.value.code == "library-busy"
    library.delete_documents([1])
    assert [path.name for path in library.path.iterdir() if "damaged" in path.name or "restored" in path.name] == []


def test_what_was_put_back_is_no_less_safe_than_what_was_there(library: Library) -> None:
    backup = library.back_up()
    library.close()
    restore(library.path, backup)
    with Library.open(library.path) as back, Library.open(library.path) as other:
        with back.store.transaction():  # whoever reads meanwhile is in nobody's way
            assert other.store.connection().execute("SELECT count(*) FROM document").fetchone()[0] == 2
            back.store.set_meta("name", "Harbour")
        assert back.store.value("PRAGMA journal_mode") == "wal"
        with pytest.raises(Problem) as caught:
            restore(library.path, backup)
        assert caught.value.code == "library-busy"


def test_a_backup_that_cannot_be_thinned_out_is_in_the_way_of_none(library: Library) -> None:
    folder = backup_folder(library.id)
    stuck = folder / "20200101T000000Z-edit.standpoint"
    stuck.mkdir(parents=True)  # as on Windows a file that another program reads
    assert library.back_up().exists() and stuck.exists()
    assert [one.reason for one in library.backups()] == ["by-hand"]


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


def test_large_backups_of_the_last_days_are_thinned_to_one_a_day(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.backups._ROOM", 1000)
    folder = backup_folder(library.id)
    folder.mkdir(parents=True)
    now = datetime(2031, 6, 1, 12, tzinfo=UTC)
    for hours in range(40):
        (folder / f"{(now - timedelta(hours=hours)).strftime('%Y%m%dT%H%M%SZ')}-edit.standpoint").write_bytes(bytes(300))
    thin(folder, now)
    left = [path.name[6:11] for path in sorted(folder.glob("2*.standpoint"), reverse=True)]
    assert left == ["01T12", "01T11", "01T10", "01T09", "31T23", "30T23"]


def test_half_a_backup_of_a_program_that_was_ended_goes(library: Library) -> None:
    folder = backup_folder(library.id)
    folder.mkdir(parents=True)
    old, new = folder / ".a.standpoint.1", folder / ".b.standpoint.2"
    for draft in (old, new):
        draft.write_bytes(b"half")
    os.utime(old, (1, 1))
    library.back_up()
    assert new.exists() and not old.exists()


def test_a_backup_is_due_half_an_hour_after_the_last_where_something_has_changed(library: Library) -> None:
    made = library.back_up_if_due()
    assert made is not None and made.name.endswith("-automatic.standpoint")
    library.confirm_statements([1])
    assert library.back_up_if_due() is None, "not half an hour old"
    made.rename(made.with_name("20200101T000000Z-edit.standpoint"))
    second = library.back_up_if_due()
    assert second is not None
    second.rename(second.with_name("20200102T000000Z-edit.standpoint"))
    assert library.back_up_if_due() is None, "nothing has changed"
    library.undo()
    assert library.back_up_if_due() is not None


def test_a_library_without_documents_needs_no_backup(tmp_path: Path) -> None:
    with Library.create(tmp_path / "empty", "Empty") as empty:
        assert empty.back_up_if_due() is None


def test_a_backup_is_made_before_a_large_change_which_does_not_depend_on_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library.documents.MANY", 2)
    with library.edit("Clear out"):
        library.confirm_statements([1])
        library.delete_documents([1, 2])
    (found,) = library.backups()
    assert (found.reason, found.documents) == ("deletion", 2)
    library.undo()
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "file"))
    library.delete_documents([1, 2])
    assert library.counts()["documents"] == 0
