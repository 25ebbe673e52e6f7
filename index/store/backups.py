"""Backups of a library's database: made while it is in use, opened to prove them, thinned with age, put back whole.

They stand outside the library folder (in the user's data folder, by library id), so that what befalls the folder
doesn't befall them. Original files are not in them: these never change after import.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

import platformdirs

from index.problems import Problem
from index.store import schema
from index.store.store import DATABASE, Store, problem_of

_STAMP = "%Y%m%dT%H%M%SZ"
# How long which backups are kept: all of two days, then one a day, a week, a month (30 days).
_KEEP = ((timedelta(days=2), None), (timedelta(days=9), 1), (timedelta(days=37), 7), (timedelta(days=217), 30))
_ROOM = 1 << 30  # bytes; of the last two days, too, only one a day stays of what is beyond
_EVERY = timedelta(minutes=30)  # between two backups that nobody asked for
_LEFT = timedelta(hours=1)  # after which a half backup is one of a program that was ended
# Every act of a user is in the journal; whatever else adds, changes or takes out rows moves one of the counters.
_STATE = """SELECT (SELECT json_group_array(name || ' ' || seq) FROM (SELECT name, seq FROM sqlite_sequence
    WHERE name NOT IN ('search_history', 'import_result') ORDER BY name)), (SELECT count(*) FROM journal WHERE state='done')"""


class Backup(NamedTuple):
    """A backup: its file, when it was made (UTC), why, how much is in it, and the name of the library."""

    path: Path
    at: datetime
    reason: str
    documents: int
    statements: int
    library: str = ""


def backup_folder(library_id: str) -> Path:
    """Where the backups of a library stand."""
    if len(library_id) != 32 or not library_id.isalnum():
        raise Problem("library-foreign", "", "its id is not one that Standpoint gives")
    return _base() / library_id


def _base() -> Path:
    base = os.environ.get("STANDPOINT_DATA") or platformdirs.user_data_path("standpoint", appauthor=False)
    return Path(base) / "backups"


def back_up(store: Store, reason: str) -> Path:
    """Copy the database as it stands now, open the copy to prove it, and thin out old ones. Raises `Problem`."""
    folder = backup_folder(store.meta("id"))
    at = datetime.now(UTC)
    path = folder / f"{at.strftime(_STAMP)}-{reason}.standpoint"
    draft = folder / f".{path.name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A connection of its own: the caller's may be in the middle of an act.
        with closing(_reading(store.database)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        if _contents(draft) is None:
            raise Problem("library-damaged", store.folder, "a backup of it could not be opened")
        with draft.open("rb") as handle:
            os.fsync(handle.fileno())
        draft.replace(path)
    except OSError as error:
        raise Problem("disk-full" if error.errno == errno.ENOSPC else "unwritable", path, error.strerror or error) from error
    except sqlite3.Error as error:
        raise problem_of(error, folder) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    thin(folder, at)
    return path


def back_up_if_due(store: Store, reason: str) -> Path | None:
    """A backup where the newest is half an hour old and the library has changed since; None where it is not due, and for
    a library without documents or in a place that can't be written. Raises `Problem`."""
    if store.read_only or store.row("SELECT 1 FROM document LIMIT 1") is None:
        return None
    now = datetime.now(UTC)
    for path in sorted(backup_folder(store.meta("id")).glob("*.standpoint"), reverse=True):
        at = _made(path)
        if at is not None:
            fresh = timedelta(0) <= now - at < _EVERY
            return None if fresh or _state(path) == _state(store.database) else back_up(store, reason)
    return back_up(store, reason)


def _state(database: Path) -> tuple[str, int] | None:
    """What is equal of two states of a library when nothing was changed between them; None where it can't be told."""
    try:
        with closing(_reading(database)) as connection:
            row: tuple[str, int] = connection.execute(_STATE).fetchone()
            return row
    except sqlite3.Error:
        return None


def _reading(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def backups(library_id: str) -> list[Backup]:
    """The backups of a library that open and are whole, newest first."""
    return _whole(backup_folder(library_id).glob("*.standpoint"))


def all_backups() -> list[Backup]:
    """The backups of every library of this user: for one that is too damaged to say which it is."""
    return _whole(_base().glob("*/*.standpoint"))


def _whole(paths: Iterable[Path]) -> list[Backup]:
    found = []
    for path in sorted(paths, key=lambda path: path.name, reverse=True):
        at, contents = _made(path), _contents(path)
        if at and contents:
            found.append(Backup(path, at, path.stem.partition("-")[2], *contents))
    return found


def restore(folder: Path, backup: Path) -> Path | None:
    """Put a backup in the place of a library's database, which is kept as `.damaged-TIME`; returns where.

    Raises `Problem` where the backup is none, or cannot be opened by this program, and while the library is open
    elsewhere: what is written to it there would be lost. Whenever it is interrupted, one of the two databases is there.
    """
    if not folder.is_dir():
        raise Problem("no-folder", folder)
    target = folder / DATABASE
    _prove(backup)
    _only_user(target)
    draft = folder / f".{DATABASE}.restored"
    kept = _free(f"{target}.damaged-{datetime.now(UTC).strftime(_STAMP)}")
    try:
        shutil.copyfile(backup, draft)
        with draft.open("rb+") as handle:
            os.fsync(handle.fileno())
        existed = target.exists()
        if existed:
            _keep_as(target, kept)
        for suffix in ("-wal", "-shm"):
            part = Path(f"{target}{suffix}")
            if part.exists():
                part.replace(f"{kept}{suffix}")
        draft.replace(target)
    except OSError as error:
        code = "disk-full" if error.errno == errno.ENOSPC else "unwritable"
        raise Problem(code, target, error.strerror or error) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return kept if existed else None


def _free(name: str) -> Path:
    """A path of this name, or of one with a number where something was kept within the same second."""
    return next(path for n in count() if not (path := Path(f"{name}-{n}" if n else name)).exists())


def _keep_as(target: Path, kept: Path) -> None:
    """Give a file a second name; a copy where the drive knows no second names."""
    try:
        os.link(target, kept)
    except OSError:
        shutil.copyfile(target, kept)


def _prove(backup: Path) -> None:
    """Raise `Problem` unless a file is a whole database of a library that this program can open."""
    if not backup.is_file():
        raise Problem("not-found", backup)
    with closing(_reading(backup)) as connection:
        schema.verify(connection, backup)
    if _contents(backup) is None:
        raise Problem("unreadable", backup, "the backup is damaged")


def _only_user(target: Path) -> None:
    """Raise `Problem` while another connection has the database open: each one holds a shared lock as long as it lives."""
    if not target.exists():
        return
    with closing(sqlite3.connect(target, timeout=1.0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Problem("library-busy", target.parent) from error
        except sqlite3.DatabaseError:
            return  # too damaged to be asked: that is why a backup comes in its place


def thin(folder: Path, now: datetime) -> None:
    """Delete backups by age: all of the last two days stay while there is room for them, then the newest of each day,
    week and month; and what programs left behind that were ended while they made one."""
    seen: set[tuple[int, int]] = set()
    taken = 0
    for path in sorted(folder.glob("*.standpoint"), reverse=True):
        at = _made(path)
        if at is None:
            continue
        with suppress(OSError):  # another program was faster, or reads it (Windows)
            taken += path.stat().st_size
            for step, (age, days) in enumerate(_KEEP):
                if now - at <= age:
                    span = days or (1 if taken > _ROOM else None)
                    slot = (step, at.toordinal() // span) if span else None
                    if slot is not None and slot in seen:
                        path.unlink(missing_ok=True)
                    elif slot is not None:
                        seen.add(slot)
                    break
            else:
                path.unlink(missing_ok=True)
    for draft in folder.glob(".*.standpoint.*"):
        with suppress(OSError):
            if now.timestamp() - draft.stat().st_mtime > _LEFT.total_seconds():
                draft.unlink()


def _made(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _contents(path: Path) -> tuple[int, int, str] | None:
    """How many documents and statements are in a backup, and of which library; None where it can't be opened or is not
    whole."""
    try:
        with closing(_reading(path)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                return None
            row = connection.execute(
                "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM statement),"
                " (SELECT value FROM meta WHERE key='name')"
            ).fetchone()
            return row[0], row[1], row[2] or ""
    except sqlite3.Error:
        return None
