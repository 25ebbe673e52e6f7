"""The open database of a library: connections, transactions, and the edits that can be undone."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from index.problems import Problem
from index.store import journal, schema

DATABASE = "library.standpoint"
_NO_PLACE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)  # nothing can be written there
_NO_DRIVE = (errno.EIO, errno.ENXIO, errno.ENODEV, errno.EROFS, errno.EFBIG, errno.EACCES)  # of an open file
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_PATIENCE = 5.0  # seconds
_CLOSED = "the library is closed"
_LEAST_ROOM = 256 * 1024  # bytes: with less, SQLite's "disk I/O error" means that the drive is full


class Store:
    """The database of one library folder.

    Each thread gets a connection of its own; writing goes through `transaction` (imports) or `edit` (acts of a user,
    which the journal can undo). A writer waits up to `busy_seconds` for another process to finish.
    """

    def __init__(self, path: Path, busy_seconds: float = 10.0, copy: Path | None = None) -> None:
        self.path = path
        self.busy_seconds = busy_seconds
        self.database = copy or path  # of a library that cannot be written a copy of its database is opened
        self.read_only = copy is not None
        # By the thread's number, not in a threading.local: that forgets its values after every call of Python from a
        # thread that is not Python's own (Qt's thread pool), so every question would open another connection.
        self._connections: dict[int, sqlite3.Connection] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()

    # --- opening and closing ---

    @classmethod
    def create(cls, folder: Path, name: str) -> Store:
        """A new library in `folder`, which must be empty or not exist yet. Raises `Problem`."""
        path = folder / DATABASE
        try:
            if path.exists():
                raise Problem("library-exists", folder)
            if folder.exists() and (not folder.is_dir() or not all(map(_left_over, folder.iterdir()))):
                raise Problem("folder-not-empty", folder)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "originals").mkdir(exist_ok=True)
            # Made under another name and moved into place, so that a kill leaves no half library behind.
            draft = folder / f".{DATABASE}.{os.getpid()}.{threading.get_ident()}"
            connection = sqlite3.connect(draft, isolation_level=None)
            try:
                schema.create(connection, name)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()
            _put_in_place(draft, path)
            _clear_drafts(folder)  # of a creation that was killed
        except (OSError, sqlite3.Error) as error:
            with suppress(OSError):  # of a path that no system takes
                for part in folder.glob(f".{DATABASE}.{os.getpid()}.{threading.get_ident()}*"):
                    part.unlink(missing_ok=True)
                if path.exists():  # another program was first, and may have cleared our draft away
                    _clear_drafts(folder)
                    raise Problem("library-exists", folder) from error
            raise problem_of(error, folder) from error
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The library in `folder` (or of the database file itself), checked to be one of ours. Raises `Problem`."""
        try:
            path = folder if folder.is_file() else folder / DATABASE
            if not path.is_file():
                raise Problem("no-library", folder)
        except OSError as error:
            raise Problem("unreadable", folder, error.strerror or error) from error
        try:
            return cls._opened(path)
        except Problem as problem:
            if problem.code != "library-read-only":
                raise
            from index.store.readonly import copied

            try:
                return cls._opened(path, copied(path))
            except Problem as again:  # its copy can be written: so it says itself that it can't be
                damaged = again.code == "library-read-only"
                raise Problem("library-damaged", again.file, again.detail) if damaged else again from problem

    @classmethod
    def _opened(cls, path: Path, copy: Path | None = None) -> Store:
        """The library of a database, read from `copy` where one is given. Raises `Problem`: "library-read-only" where nothing
        can be written."""
        place = path.parent if path.name == DATABASE else path  # what people call the library
        store = cls(path, copy=copy)
        try:
            connection = store.connection()
            schema.verify(connection, place)
            store._try_to_write()
            if schema.is_older(connection):
                from index.store.backups import back_up

                back_up(store, "migration")
                schema.migrate(connection)
        except sqlite3.Error as error:
            store.close()
            raise problem_of(error, place) from error
        except UnicodeDecodeError as error:  # SQLite names what is damaged by the damaged name
            store.close()
            raise Problem("library-damaged", place, "its schema cannot be read") from error
        except Problem:
            store.close()
            raise
        return store

    def _try_to_write(self) -> None:
        """Begin to write, without waiting for anybody. Raises sqlite3.OperationalError where the database can't be written.

        A backup that was put back keeps no log of writes: without one, readers would hold writers up.
        """
        connection = self.connection()
        connection.execute("PRAGMA busy_timeout=0")
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")  # which a file that is protected allows: only writing tells
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute(f"PRAGMA user_version={version}")
        except sqlite3.OperationalError as error:
            if problem_of(error, self.folder).code != "library-busy":  # who is busy writing can be waited for
                raise
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute(f"PRAGMA busy_timeout={int(self.busy_seconds * 1000)}")

    def check_writable(self) -> None:
        """Raise `Problem` where the library can only be read."""
        if self.read_only:
            raise Problem("library-read-only", self.folder, "it was opened for reading only")

    def close(self) -> None:
        """Close the connections of all threads; the store can't be used afterwards. What another thread reads ends with an
        error, what it writes is written."""
        with self._lock:
            self._closed.set()
            own = self._connections.pop(threading.get_ident(), None)
            if own is not None:
                own.close()
            others = [self._connections.pop(n) for n, found in list(self._connections.items()) if not found.in_transaction]
        _close_when_idle(others)

    @property
    def folder(self) -> Path:
        """The library folder."""
        return self.path.parent

    @property
    def originals(self) -> Path:
        """Where the imported files are kept."""
        return self.folder / "originals"

    # --- reading ---

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode: every query sees the last committed state. Raises
        sqlite3.ProgrammingError when the store is closed."""
        found = self._connections.get(threading.get_ident())
        if found is None:
            if self._closed.is_set():
                raise sqlite3.ProgrammingError(_CLOSED)
            found = sqlite3.connect(
                self.database, timeout=self.busy_seconds, isolation_level=None, check_same_thread=False
            )
            found.row_factory = sqlite3.Row
            try:
                for setting in ("trusted_schema=OFF", "foreign_keys=ON", "synchronous=FULL", "cache_size=-32000"):
                    found.execute(f"PRAGMA {setting}")
            except sqlite3.Error:  # no database, or one that cannot be read
                found.close()
                raise
            with self._lock:
                if not self._closed.is_set():
                    self._connections[threading.get_ident()] = found
                    return found
            found.close()  # it was closed in this moment
            raise sqlite3.ProgrammingError(_CLOSED)
        return found

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query. Raises `Problem` where the database cannot be read."""
        try:
            return self.connection().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise misfortune(error, self.folder) or error from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        """The first row of a query, or None. Raises `Problem` where the database cannot be read."""
        try:
            found: sqlite3.Row | None = self.connection().execute(sql, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise misfortune(error, self.folder) or error from error
        return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def rows_of(self, sql: str, ids: Sequence[int]) -> list[sqlite3.Row]:
        """Rows of a query with `{ids}` in it, asked in blocks; in no certain order across blocks."""
        found: list[sqlite3.Row] = []
        for at in range(0, len(ids), 900):
            block = ids[at : at + 900]
            found += self.rows(sql.format(ids=",".join("?" * len(block))), block)
        return found

    def state(self) -> tuple[int, int]:
        """Two numbers that tell whether anything was written, by this connection or by another, since they were asked for
        in this thread."""
        connection = self.connection()
        return connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes

    def meta(self, key: str, default: str = "") -> str:
        """A line of the library's own facts ("id", "name")."""
        found = self.value("SELECT value FROM meta WHERE key=?", (key,))
        return default if found is None else str(found)

    # --- writing ---

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one writing statement; must stand inside `transaction` or `edit`."""
        if not self.connection().in_transaction:
            raise RuntimeError("a write outside a transaction")
        return self.connection().execute(sql, values)

    def insert(self, table: str, **values: Any) -> int:
        """Insert one row and return its id."""
        names = ",".join(values)
        marks = ",".join("?" * len(values))
        cursor = self.execute(f"INSERT INTO {table}({names}) VALUES({marks})", tuple(values.values()))
        return int(cursor.lastrowid or 0)

    def update(self, table: str, row_id: int, **values: Any) -> None:
        """Set columns of one row."""
        names = ",".join(f"{name}=?" for name in values)
        self.execute(f"UPDATE {table} SET {names} WHERE id=?", (*values.values(), row_id))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. Inside another one it joins that."""
        connection = self.connection()
        nested = connection.in_transaction
        if nested:
            yield connection
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise problem_of(error, self.folder) from error
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):  # SQLite may have rolled back by itself (disk full)
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise problem_of(error, self.folder) from error
            raise
        finally:
            if self._closed.is_set():  # meanwhile, by another thread, which left this to be done here
                with self._lock:
                    left = self._connections.pop(threading.get_ident(), None)
                if left is not None:
                    left.close()

    @contextmanager
    def without_waiting(self) -> Iterator[sqlite3.Connection]:
        """One transaction, or `Problem("library-busy")` at once where another program is writing."""
        connection = self.connection()
        connection.execute("PRAGMA busy_timeout=0")
        try:
            with self.transaction():
                yield connection
        finally:
            with suppress(sqlite3.ProgrammingError):  # closed meanwhile
                connection.execute(f"PRAGMA busy_timeout={int(self.busy_seconds * 1000)}")

    def set_meta(self, key: str, value: str) -> None:
        """Write a line of the library's own facts."""
        sql = "INSERT INTO meta VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"
        self.execute(sql, (key, value))

    @contextmanager
    def edit(self, label: str) -> Iterator[None]:
        """One act of a user: one transaction, one journal entry, one undo step. Inside another edit it joins that."""
        connection = self.connection()
        journal.prepare(connection)
        if journal.recording(connection):
            yield
            return
        with self.transaction():
            entry = journal.begin(connection, label)
            try:
                yield
            finally:
                journal.finish(connection, entry)
            self.check_writable()  # here, so that whoever looks for problems of the act finds it; all of it is taken back


def _close_when_idle(connections: list[sqlite3.Connection]) -> None:
    """Close connections of other threads. Closing one while its thread is in the middle of a query ends the program, so that
    query is ended first; a thread that doesn't notice within `_PATIENCE` closes its connection when it lets go of it."""
    fresh = sqlite3.connect(":memory:")
    idle = sys.getrefcount(fresh)  # a name, and the cache of its statements; the cursors of whoever is at work come on top
    fresh.close()
    until = time.monotonic() + _PATIENCE
    while connections:
        connection = connections.pop()
        if sys.getrefcount(connection) <= idle:
            connection.close()
        elif time.monotonic() < until:
            connection.interrupt()
            connections.insert(0, connection)
            time.sleep(0.001)


def _put_in_place(draft: Path, path: Path) -> None:
    """Give a finished draft its name. Raises FileExistsError where there is a file of that name: never replaces one."""
    if os.name == "nt":
        draft.rename(path)
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a drive that knows no second names
        draft.rename(path)
    else:
        draft.unlink(missing_ok=True)


def _clear_drafts(folder: Path) -> None:
    """Remove drafts of databases: once there is a library, nobody needs one."""
    for draft in folder.glob(f".{DATABASE}.*"):
        draft.unlink(missing_ok=True)


def _left_over(entry: Path) -> bool:
    """True for what a creation leaves behind that was killed: drafts of the database, the empty folder of originals."""
    return entry.name.startswith(f".{DATABASE}.") or (entry.name == "originals" and entry.is_dir() and not any(entry.iterdir()))


def misfortune(error: Exception, folder: Path) -> Problem | None:
    """What befell the database, a drive or a folder, for the user; None where the error is a bug (wrong SQL, say)."""
    text = str(error)
    if isinstance(error, sqlite3.DatabaseError):
        bug = isinstance(error, sqlite3.ProgrammingError) or "no such" in text or "syntax error" in text
        return None if bug else problem_of(error, folder)
    if isinstance(error, OSError) and error.errno in _FULL:
        return problem_of(error, folder)
    # What is read is looked after by those who read it.
    if isinstance(error, OSError) and error.errno in (*_NO_DRIVE, *(_NO_PLACE if error.filename else ())):
        return Problem("unwritable", error.filename or folder, error.strerror)
    return None


def problem_of(error: Exception, folder: Path) -> Problem:
    """What an error of the file system or of SQLite means to the user of the library in `folder`."""
    text = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    if (isinstance(error, OSError) and error.errno in _FULL) or "disk is full" in text:
        return Problem("disk-full", folder, text)
    if "disk I/O error" in text:
        if _no_room(folder):
            return Problem("disk-full", folder, "nothing can be written")
        reading = "READ" in getattr(error, "sqlite_errorname", "")
        return Problem("unreadable" if reading else "unwritable", folder, text)
    if "locked" in text or "busy" in text:
        return Problem("library-busy", folder)
    if "readonly" in text or "unable to open" in text or isinstance(error, PermissionError):
        return Problem("library-read-only", folder, text)
    if "not a database" in text and folder.is_file():  # named as a file, and not by the name that a library's has
        return Problem("library-foreign", folder, text)
    if isinstance(error, sqlite3.DatabaseError) and any(word in text for word in ("malformed", "not a database", "decode")):
        return Problem("library-damaged", folder, text)
    if isinstance(error, sqlite3.IntegrityError):
        return Problem("bad-value", folder, text)
    return Problem("library-read-only", folder, text)


def _no_room(folder: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    return False
