"""What happens to a database that is damaged, foreign, empty or out of reach is told as something that people can act on."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, get_ident

import pytest

from index.library import Library
from index.problems import Problem
from index.store.store import DATABASE, Store, misfortune, problem_of

ROOT = Path(__file__).resolve().parents[3]


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value.code


@pytest.mark.parametrize("version", [0, -3])
def test_a_format_that_no_standpoint_makes_is_foreign(library: Library, version: int) -> None:
    library.close()
    with closing(sqlite3.connect(library.path / DATABASE)) as connection:
        connection.execute(f"PRAGMA user_version={version}")
    assert code_of(lambda: Store.open(library.path)) == "library-foreign"


def test_an_empty_database_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    assert code_of(lambda: Store.open(tmp_path)) == "library-damaged"


def test_a_file_that_is_no_database_is_named_itself(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("no database " * 100, "utf-8")
    with pytest.raises(Problem) as caught:
        Store.open(note)
    assert (caught.value.code, caught.value.file) == ("library-foreign", str(note))


def test_a_page_that_was_overwritten_is_told_when_it_is_read(library: Library) -> None:
    """Opening reads the first pages only."""
    (root,) = library.store.rows("SELECT rootpage FROM sqlite_schema WHERE name='statement'")[0]
    size = library.store.value("PRAGMA page_size")
    library.store.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    with (library.path / DATABASE).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(os.urandom(size))
    with Library.open(library.path) as opened:
        assert opened.document_ids() == [2, 1]
        assert code_of(opened.statement_ids) == "library-damaged"
        assert code_of(lambda: opened.confirm_statements([1])) == "library-damaged"


def test_a_schema_whose_names_are_damaged_is_told(library: Library) -> None:
    library.close()
    path = library.path / "library.standpoint"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"sqlite_autoindex", b"s\xf1lite_autoindex"))
    assert code_of(lambda: Library.open(library.path)) == "library-damaged"


def test_wrong_sql_stays_a_bug(library: Library) -> None:
    with pytest.raises(sqlite3.OperationalError):
        library.store.rows("SELECT nothing FROM statement")


def test_a_path_that_no_system_takes_is_told(tmp_path: Path) -> None:
    long = tmp_path / ("n" * 300)
    assert code_of(lambda: Store.open(long)) == "unreadable"
    assert code_of(lambda: Store.create(long, "Long")) == "library-read-only"


def io_error(name: str) -> sqlite3.OperationalError:
    """What SQLite raises where the drive fails, which says at what."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize("error", [OSError(errno.EIO, "I/O"), OSError(errno.EIO, "I/O", "/a"), OSError(errno.EFBIG, "Large"),
                                   PermissionError(errno.EACCES, "Permission denied", "/a")])  # fmt: skip
def test_a_drive_that_fails_in_the_middle_is_no_bug(tmp_path: Path, error: OSError) -> None:
    found = misfortune(error, tmp_path)
    assert found is not None and (found.code, found.file) == ("unwritable", str(error.filename or tmp_path))
    assert misfortune(FileNotFoundError(errno.ENOENT, "No such file", "/a"), tmp_path) is None
    assert misfortune(ValueError("a bug"), tmp_path) is None


@pytest.mark.parametrize(
    ("error", "code", "detail"),
    [
        (sqlite3.OperationalError("database or disk is full"), "disk-full", "database or disk is full"),
        (OSError(errno.ENOSPC, "No space left on device", "/a"), "disk-full", "No space left on device"),
        (sqlite3.OperationalError("disk I/O error"), "unwritable", "disk I/O error"),
        (io_error("SQLITE_IOERR_FSYNC"), "unwritable", "disk I/O error"),
        (io_error("SQLITE_IOERR_READ"), "unreadable", "disk I/O error"),
        (sqlite3.OperationalError("database is locked"), "library-busy", ""),
        (OSError(errno.ENOENT, "No such file or directory", "/a"), "library-read-only", "No such file or directory"),
        (
            sqlite3.OperationalError("Could not decode to UTF-8 column 'title'"),
            "library-damaged",
            "Could not decode to UTF-8 column 'title'",
        ),
        (sqlite3.DatabaseError("database disk image is malformed"), "library-damaged", "database disk image is malformed"),
    ],
)
def test_an_error_of_the_drive_says_what_it_means(tmp_path: Path, error: Exception, code: str, detail: str) -> None:
    found = problem_of(error, tmp_path)
    assert (found.code, found.detail, found.file) == (code, detail, str(tmp_path))


def test_a_library_that_two_programs_make_at_once_is_one(tmp_path: Path) -> None:
    """The second never takes the place of the first, to which something may have been written already."""
    for attempt in range(12):
        folder = tmp_path / str(attempt)
        start = Barrier(3)

        def made(folder: Path = folder, start: Barrier = start) -> str:
            start.wait()
            with Library.open_or_create(folder) as library:
                library.set_setting(f"from {get_ident()}", 1)
                return library.id

        with ThreadPoolExecutor(3) as pool:
            ids = {found.result() for found in [pool.submit(made) for _ in range(3)]}
        with Library.open(folder) as library:
            assert ids == {library.id}
            assert library.store.value("SELECT count(*) FROM setting") == 3
        assert sorted(path.name for path in folder.iterdir()) == ["library.standpoint", "originals"]


CLOSED_AT_WORK = """
import sys, threading
from pathlib import Path
from index.problems import Problem
from index.store.store import Store

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"

def read(store, sql, begun, ends):
    try:
        while True:
            begun.set()
            store.rows(sql)
    except Exception as error:
        ends.append(error)

for sql in ["SELECT count(*) FROM sqlite_master"] * 40 + [ENDLESS]:
    store, begun, ends = Store.open(Path(sys.argv[1])), threading.Event(), []
    reader = threading.Thread(target=read, args=(store, sql, begun, ends), daemon=True)
    reader.start()
    begun.wait()
    if sql is ENDLESS:
        reader.join(0.2)
    store.close()
    reader.join(60)
    assert len(ends) == 1 and not reader.is_alive(), (sql, ends)
"""


def test_a_library_that_is_closed_while_another_thread_reads_ends_the_reading_and_not_the_program(library: Library) -> None:
    command = [sys.executable, "-W", "error", "-c", CLOSED_AT_WORK, str(library.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_another_thread_writes_while_the_library_is_closed_is_written(library: Library) -> None:
    store = Store.open(library.path)
    writing, closed = threading.Event(), threading.Event()

    def write() -> None:
        with store.transaction():
            store.set_meta("name", "Harbour")
            writing.set()
            closed.wait()
            store.set_meta("place", "Orm")

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait()
    store.close()
    closed.set()
    writer.join()
    assert (library.store.meta("name"), library.store.meta("place")) == ("Harbour", "Orm")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.meta("name")  # this thread has no connection any more
