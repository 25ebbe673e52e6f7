"""The shape of a library's database: made new, recognised, brought up to date, and refused when it isn't ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from index.problems import Problem

APPLICATION_ID = 0x53545054  # "STPT"
VERSION = 1
# From version n to n + 1, after a backup. Version 1 is the first that was released.
MIGRATIONS: dict[int, str] = {}


@cache
def schema_sql() -> str:
    """The SQL that makes an empty library of the current version."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")  # importlib.resources costs 2 ms


def create(connection: sqlite3.Connection, name: str) -> None:
    """Make the tables of an empty library in one transaction and give it a new id."""
    from uuid import uuid4  # asks the platform for its name: 3 ms that opening a library doesn't need

    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(
        f"BEGIN;\n{schema_sql()}\nPRAGMA application_id={APPLICATION_ID};\nPRAGMA user_version={VERSION};\n"
        f"INSERT INTO meta VALUES('id', '{uuid4().hex}');\nCOMMIT;"
    )
    connection.execute("INSERT INTO meta VALUES('name', ?)", (name,))


def verify(connection: sqlite3.Connection, path: Path) -> None:
    """Raise a `Problem` unless the database is a library of a version we know, with exactly our tables and triggers.

    A library may come from a stranger: triggers or views that we did not make would run at our commands, so the
    stored SQL has to equal ours.
    """
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        found = _fingerprint(connection)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise Problem("library-foreign" if path.is_file() else "library-damaged", path, error) from error
    if application == version == 0 and not found:
        raise Problem("library-damaged", path, "its database is empty")
    if application != APPLICATION_ID:
        raise Problem("library-foreign", path, "its database carries no mark of Standpoint")
    if version < VERSION and version not in MIGRATIONS:
        raise Problem("library-foreign", path, f"it has the format {version}, which no Standpoint makes")
    if version > VERSION:
        raise Problem("library-newer", path, f"format {version}, this program knows {VERSION}")
    if version == VERSION and found != expected_fingerprint():
        raise Problem("library-foreign", path, "its tables are not those that Standpoint makes")


@cache
def expected_fingerprint() -> frozenset[tuple[str, str, str]]:
    """(type, name, SQL) of everything in an empty library: cut from its SQL, which takes a tenth of the time of running it.

    SQLite keeps the text of a statement as it was given; a test holds this against a library that was made.
    """
    found = set()
    for statement in _statements(schema_sql()):
        sql = " ".join(statement.split())[:-1]
        kind, name = sql.removeprefix("CREATE ").removeprefix("UNIQUE ").split(" ", 2)[:2]
        found.add((kind.lower(), name.partition("(")[0], sql))
    return frozenset(found)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script of SQL; each begins on a line of its own, comments only between them."""
    piece = ""
    for line in script.splitlines():
        if not piece and (line.startswith("--") or not line.strip()):
            continue
        piece += line + "\n"
        if line.endswith(";") and sqlite3.complete_statement(piece):
            yield piece
            piece = ""


def _fingerprint(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return frozenset((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


def is_older(connection: sqlite3.Connection) -> bool:
    """True for a library that `migrate` has to bring up to date."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] < VERSION)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older library to `VERSION` in one transaction: it is old or new, whatever happens in between.

    Pointers are not followed meanwhile: a table that is made anew would take along all that points at it.
    """
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again here: another program may have been faster.
        for version in range(connection.execute("PRAGMA user_version").fetchone()[0], VERSION):
            for statement in _statements(MIGRATIONS[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={version + 1}")
        if _fingerprint(connection) != expected_fingerprint():
            raise sqlite3.DatabaseError("malformed: its tables are not those of its format")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back by itself (disk full)
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")
