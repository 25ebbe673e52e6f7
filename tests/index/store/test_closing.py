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
    database = library.path / "library.standpoint"
    gc.collect()
    gc.disable()  # what only the garbage collection closes is not closed
    try:
        library.close()
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    finally:
        gc.enable()
