"""A closed library is closed: whoever wants it for themselves, such as a restore, gets it at once."""

from __future__ import annotations

import gc
import sqlite3
import threading
from contextlib import closing

from index.library import Library


def test_closing_closes_what_threads_opened_that_read_nothing_now(library: Library) -> None:
    readers = [threading.Thread(target=library.counts) for _ in range(3)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    gc.collect()
    gc.disable()  # what only the garbage collection closes is not closed
    try:
        library.close()
        assert_closed(library)
    finally:
        gc.enable()


def test_who_writes_while_it_is_closed_closes_what_it_wrote_to(library: Library) -> None:
    writing, closed = threading.Event(), threading.Event()

    def write() -> None:
        with library.store.transaction():
            library.store.set_meta("name", "Harbour")
            writing.set()
            closed.wait()

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait()
    gc.disable()
    try:
        library.close()
        closed.set()
        writer.join()
        assert_closed(library)
    finally:
        gc.enable()


def assert_closed(library: Library) -> None:
    with closing(sqlite3.connect(library.path / "library.standpoint", timeout=0, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
