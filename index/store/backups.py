"""Backups of a library's database: made while it is in use, opened to prove them, thinned with age, put back whole.

They stand outside the library folder (in the user's data folder, by library id), so that what befalls the folder
doesn't befall them. Original files are not in them: these never change after import.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import platformdirs

from index.problems import Problem
from index.store.store import DATABASE, Store

_STAMP = "%Y%m%dT%H%M%SZ"
# How long which backups are kept: all of two days, then one a day, a week, a month (30 days).
_KEEP = ((timedelta(days=2), None), (timedelta(days=9), 1), (timedelta(days=37), 7), (timedelta(days=217), 30))


class Backup(NamedTuple):
    """A backup: its file, when it was made (UTC), why, and how much is in it."""

    path: Path
    at: datetime
    reason: str
    documents: int
    statements: int


def backup_folder(library_id: str) -> Path:
    """Where the backups of a library stand."""
    if len(library_id) != 32 or not library_id.isalnum():
        raise Problem("library-foreign", "", "its id is not one that Standpoint gives")
    base = os.environ.get("STANDPOINT_DATA") or platformdirs.user_data_path("standpoint", appauthor=False)
    return Path(base) / "backups" / library_id


def back_up(store: Store, reason: str) -> Path:
    """Copy the database as it stands now, open the copy to prove it, and thin out old ones. Raises `Problem`."""
    folder = backup_folder(store.meta("id"))
    at = datetime.now(UTC)
    path = folder / f"{at.strftime(_STAMP)}-{reason}.standpoint"
    draft = folder / f".{path.name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(sqlite3.connect(draft)) as copy:
            store.connection().backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        if _contents(draft) is None:
            raise Problem("library-damaged", store.folder, "a backup of it could not be opened")
        with draft.open("rb") as handle:
            os.fsync(handle.fileno())
        draft.replace(path)
    except OSError as error:
        raise Problem("disk-full" if error.errno == 28 else "unwritable", path, error.strerror or error) from error
    finally:
        draft.unlink(missing_ok=True)
    thin(folder, at)
    return path


def backups(library_id: str) -> list[Backup]:
    """The backups of a library that open and are whole, newest first."""
    found = []
    for path in sorted(backup_folder(library_id).glob("*.standpoint"), reverse=True):
        at, contents = _made(path), _contents(path)
        if at and contents:
            found.append(Backup(path, at, path.stem.partition("-")[2], *contents))
    return found


def restore(folder: Path, backup: Path) -> Path | None:
    """Put a backup in the place of a library's database, which is kept as `.damaged-TIME`; returns where.

    The library must not be open anywhere. Raises `Problem` where the backup doesn't open.
    """
    if _contents(backup) is None:
        raise Problem("library-damaged", backup, "the backup cannot be opened")
    target = folder / DATABASE
    draft = folder / f".{DATABASE}.restored"
    kept = folder / f"{DATABASE}.damaged-{datetime.now(UTC).strftime(_STAMP)}"
    try:
        draft.write_bytes(backup.read_bytes())
        with draft.open("rb+") as handle:
            os.fsync(handle.fileno())
        existed = target.exists()
        for suffix in ("-wal", "-shm", ""):
            part = Path(f"{target}{suffix}")
            if part.exists():
                part.replace(f"{kept}{suffix}")
        draft.replace(target)
    except OSError as error:
        raise Problem("unwritable", target, error.strerror or error) from error
    return kept if existed else None


def thin(folder: Path, now: datetime) -> None:
    """Delete backups by age: all of the last two days stay, then the newest of each day, week and month."""
    seen: set[tuple[int, int]] = set()
    for path in sorted(folder.glob("*.standpoint"), reverse=True):
        at = _made(path)
        if at is None:
            continue
        for step, (age, days) in enumerate(_KEEP):
            if now - at <= age:
                slot = (step, at.toordinal() // days) if days else None
                if slot is not None and slot in seen:
                    path.unlink(missing_ok=True)
                elif slot is not None:
                    seen.add(slot)
                break
        else:
            path.unlink(missing_ok=True)


def _made(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _contents(path: Path) -> tuple[int, int] | None:
    """How many documents and statements are in a backup; None where it can't be opened or is not whole."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                return None
            row = connection.execute(
                "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM statement)"
            ).fetchone()
            return row[0], row[1]
    except sqlite3.Error:
        return None
