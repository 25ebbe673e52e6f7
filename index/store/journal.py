"""Undo, redo and the audit trail: which rows an act of the user changed, from what to what.

Triggers on this connection (temporary, so that a library from elsewhere cannot bring its own) write every changed
row of the tables below as JSON while an edit is on. Undo puts the `before` rows back in reverse order, redo the
`after` rows in order; neither executes anything that is stored in the library.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime

from index.model import JournalEntry
from index.problems import Problem

# The tables that users change. Not among them: what is only derived (stale, import_result, search_history).
TABLES = (
    "document", "body", "band", "actor", "alias", "role", "utterance", "statement", "judgement", "issue",
    "issue_version", "code", "event", "saved_search", "setting",
)  # fmt: skip


def now() -> str:
    """The time in UTC, to the second, as ISO text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def prepare(connection: sqlite3.Connection) -> None:
    """Give the connection its recording triggers (once)."""
    if connection.execute("SELECT 1 FROM temp.sqlite_schema WHERE name='recording'").fetchone():
        return
    connection.execute("CREATE TEMP TABLE recording(entry INTEGER)")
    for table in TABLES:
        names = _columns(connection, table)
        before = "json_object(" + ",".join(f"'{n}',old.{n}" for n in names) + ")"
        after = "json_object(" + ",".join(f"'{n}',new.{n}" for n in names) + ")"
        for op, old, new in (("INSERT", "NULL", after), ("UPDATE", before, after), ("DELETE", before, "NULL")):
            connection.execute(
                f"CREATE TEMP TRIGGER record_{op.lower()}_{table} AFTER {op} ON main.{table} "
                f"WHEN (SELECT count(*) FROM recording) > 0 BEGIN "
                f"INSERT INTO journal_step(entry_id, tbl, op, before, after) "
                f"SELECT entry, '{table}', '{op.lower()}', {old}, {new} FROM recording; END"
            )


def recording(connection: sqlite3.Connection) -> bool:
    """True while an edit is on."""
    return connection.execute("SELECT 1 FROM recording").fetchone() is not None


def begin(connection: sqlite3.Connection, label: str) -> int:
    """Open a journal entry and start recording; what had been undone can no longer be redone."""
    connection.execute("DELETE FROM journal WHERE state='undone'")
    cursor = connection.execute("INSERT INTO journal(label, at) VALUES(?, ?)", (label, now()))
    entry = int(cursor.lastrowid or 0)
    connection.execute("INSERT INTO recording VALUES(?)", (entry,))
    return entry


def finish(connection: sqlite3.Connection, entry: int) -> None:
    """Stop recording; an entry that changed nothing is dropped."""
    connection.execute("DELETE FROM recording")
    connection.execute(
        "DELETE FROM journal WHERE id=? AND NOT EXISTS(SELECT 1 FROM journal_step WHERE entry_id=?)", (entry, entry)
    )


def entries(connection: sqlite3.Connection, limit: int = 1000) -> list[JournalEntry]:
    """The newest entries, newest first."""
    rows = connection.execute(
        "SELECT id, label, at, state, (SELECT count(*) FROM journal_step WHERE entry_id=journal.id) "
        "FROM journal ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [JournalEntry(*row) for row in rows]


def next_undo(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """(id, label) of the act that undo would take back."""
    row = connection.execute("SELECT id, label FROM journal WHERE state='done' ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else (row[0], row[1])


def next_redo(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """(id, label) of the act that redo would do again."""
    row = connection.execute("SELECT id, label FROM journal WHERE state='undone' ORDER BY id LIMIT 1").fetchone()
    return None if row is None else (row[0], row[1])


def undo(connection: sqlite3.Connection) -> tuple[str, set[str]]:
    """Take the last act back, within the caller's transaction: its label and the tables that changed."""
    found = next_undo(connection)
    if found is None:
        raise Problem("nothing-to-undo")
    return found[1], _replay(connection, found[0], back=True)


def redo(connection: sqlite3.Connection) -> tuple[str, set[str]]:
    """Do the last undone act again, within the caller's transaction: its label and the tables that changed."""
    found = next_redo(connection)
    if found is None:
        raise Problem("nothing-to-redo")
    return found[1], _replay(connection, found[0], back=False)


def _replay(connection: sqlite3.Connection, entry: int, back: bool) -> set[str]:
    """Put the recorded rows of one entry back (or forth)."""
    # Rows come back in an order in which a child may precede its parent; they are checked together at the commit.
    connection.execute("PRAGMA defer_foreign_keys=ON")
    steps = connection.execute(
        f"SELECT tbl, before, after FROM journal_step WHERE entry_id=? ORDER BY id {'DESC' if back else 'ASC'}", (entry,)
    ).fetchall()
    for table, before, after in steps:
        if table not in TABLES:
            raise Problem("library-foreign", "", f"its journal names the table {table!r}")
        here, there = (after, before) if back else (before, after)
        _put(connection, table, here and json.loads(here), there and json.loads(there))
    connection.execute("UPDATE journal SET state=? WHERE id=?", ("undone" if back else "done", entry))
    return {table for table, _, _ in steps}


def _put(
    connection: sqlite3.Connection, table: str, here: dict[str, object] | None, there: dict[str, object] | None
) -> None:
    """Turn the row `here` into `there`; None is no row. Cascades may already have done part of it."""
    keys = _keys(connection, table)
    names = _columns(connection, table)
    for row in (here, there):
        if row is not None and set(row) - set(names):
            raise Problem("library-foreign", "", f"its journal names unknown columns of {table!r}")
    if there is None:
        assert here is not None
        where = " AND ".join(f"{key}=?" for key in keys)
        connection.execute(f"DELETE FROM {table} WHERE {where}", [here[key] for key in keys])
        return
    if here is None:
        used = [name for name in names if name in there]
        marks = ",".join("?" * len(used))
        connection.execute(
            f"INSERT INTO {table}({','.join(used)}) VALUES({marks})", [there[name] for name in used]
        )
        return
    where = " AND ".join(f"{key}=?" for key in keys)
    sets = ",".join(f"{name}=?" for name in there)
    connection.execute(f"UPDATE {table} SET {sets} WHERE {where}", [*there.values(), *(here[key] for key in keys)])


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _keys(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
