"""Undo, redo and the audit trail: which rows an act of the user changed, from what to what.

Triggers on this connection (temporary, so that a library from elsewhere cannot bring its own) write every changed
row of the tables below as JSON while an edit is on. Undo puts the `before` rows back in reverse order, redo the
`after` rows in order; neither executes anything that is stored in the library. Imports are no edits: what one has done
between an act and its undo (statements of a new actor, utterances that became one) must survive the undo.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from index.model import JournalEntry
from index.problems import Problem

# The tables that users change. Not among them: what is only derived (stale, import_result, search_history).
TABLES = (
    "document", "body", "band", "actor", "alias", "role", "utterance", "statement", "judgement", "issue",
    "issue_version", "code", "event", "saved_search", "setting",
)  # fmt: skip

_ACTOR_IN = {"actor": "id", "alias": "actor_id", "role": "actor_id"}  # what makes an actor, and where its id stands
_WHO = ("actor_id", "actor_rule", "speaker_start", "speaker_end")  # who said a statement, and what told so
Row = dict[str, Any]  # a row of one of them by column, as the journal keeps it


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


def changed_tables(connection: sqlite3.Connection) -> set[str]:
    """The tables that the edit under way has changed so far."""
    sql = "SELECT DISTINCT tbl FROM journal_step WHERE entry_id=(SELECT max(entry) FROM recording)"
    return {row[0] for row in connection.execute(sql)}


def forget(connection: sqlite3.Connection) -> None:
    """Forget every act (within the caller's transaction): what the program did itself is not the user's to undo."""
    connection.execute("DELETE FROM journal")


def entries(connection: sqlite3.Connection, limit: int = 1000) -> list[JournalEntry]:
    """The newest entries, newest first."""
    rows = connection.execute(
        "SELECT id, label, at, state, (SELECT count(*) FROM journal_step WHERE entry_id=journal.id) "
        "FROM journal ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [JournalEntry(*row) for row in rows]


def steps(connection: sqlite3.Connection, entry: int, limit: int) -> list[tuple[str, Row | None, Row | None]]:
    """The rows that an act changed, the first `limit` of them: table, the row before (None: it is new) and after (None: it
    is gone)."""
    rows = connection.execute(
        "SELECT tbl, before, after FROM journal_step WHERE entry_id=? ORDER BY id LIMIT ?", (entry, limit)
    )
    return [(tbl, before and json.loads(before), after and json.loads(after)) for tbl, before, after in rows]


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
    """Put the recorded rows of one entry back (or forth); what an import has done since then stays."""
    # Rows come back in an order in which a child may precede its parent; they are checked together at the commit.
    connection.execute("PRAGMA defer_foreign_keys=ON")
    recorded = connection.execute(
        f"SELECT tbl, before, after FROM journal_step WHERE entry_id=? ORDER BY id {'DESC' if back else 'ASC'}", (entry,)
    ).fetchall()
    steps: list[tuple[str, Row | None, Row | None]] = []
    for table, before, after in recorded:
        if table not in TABLES:
            raise Problem("library-foreign", "", f"its journal names the table {table!r}")
        here, there = (after, before) if back else (before, after)
        steps.append((table, here and json.loads(here), there and json.loads(there)))
    needed = _actors_of_others(connection, steps)
    for table, here, there in steps:
        gone = here is not None and there is None and here.get(_ACTOR_IN.get(table, "")) in needed
        if not gone:
            _put(connection, table, here, there)
    for table, _, there in steps:
        if there is not None:
            _reattach(connection, table, there)
    connection.execute("UPDATE journal SET state=? WHERE id=?", ("undone" if back else "done", entry))
    return {table for table, _, _ in steps}


def _actors_of_others(connection: sqlite3.Connection, steps: Sequence[tuple[str, Row | None, Row | None]]) -> set[object]:
    """Actors that the act made and that statements of later imports speak through: these stay, with their names."""
    own = {here["id"] for table, here, _ in steps if table == "statement" and here is not None}
    made = [here["id"] for table, here, there in steps if table == "actor" and here is not None and there is None]
    spoken = "SELECT id FROM statement WHERE actor_id=?"
    return {actor for actor in made if any(row[0] not in own for row in connection.execute(spoken, (actor,)))}


def _put(connection: sqlite3.Connection, table: str, here: Row | None, there: Row | None) -> None:
    """Turn the row `here` into `there`; None is no row. Cascades may already have done part of it.

    Of a row that was changed only the columns that the act changed are put back: the others may have changed since.
    """
    keys = _keys(connection, table)
    names = _columns(connection, table)
    for row in (here, there):
        if row is not None and set(row) - set(names):
            raise Problem("library-foreign", "", f"its journal names unknown columns of {table!r}")
    where = " AND ".join(f"{key}=?" for key in keys)
    if there is None:
        assert here is not None
        connection.execute(f"DELETE FROM {table} WHERE {where}", [here[key] for key in keys])
    elif here is None:
        used = [name for name in names if name in there]
        row = {**there, **_free_number(connection, there)} if table == "statement" else there
        # What is there again already (a name that an import has added anew) is left as it is.
        connection.execute(
            f"INSERT INTO {table}({','.join(used)}) VALUES({','.join('?' * len(used))}) ON CONFLICT DO NOTHING",
            [row[name] for name in used],
        )
    else:
        changed = [name for name in there if name not in here or here[name] != there[name]]
        if table == "statement":
            changed = _as_left(connection, here, changed)
        if changed:
            sets = ",".join(f"{name}=?" for name in changed)
            values = [*(there[name] for name in changed), *(here[key] for key in keys)]
            connection.execute(f"UPDATE {table} SET {sets} WHERE {where}", values)


def _as_left(connection: sqlite3.Connection, statement: Row, changed: list[str]) -> list[str]:
    """The columns of a statement to put back. A date is one thing in several columns. Who spoke stays where the statement
    was looked for again since the act, and its speaker was found elsewhere."""
    when = [name for name in statement if name.startswith("said_")]
    if not set(when).isdisjoint(changed):
        changed = list(dict.fromkeys([*changed, *when]))
    if "actor_id" in changed:
        marks = " AND ".join(f"{name} IS ?" for name in _WHO)
        values = [statement["id"], *(statement[name] for name in _WHO)]
        if connection.execute(f"SELECT 1 FROM statement WHERE id=? AND {marks}", values).fetchone() is None:
            changed = [name for name in changed if name != "actor_id"]
    return changed


def _free_number(connection: sqlite3.Connection, statement: Row) -> Row:
    """Another number in its document for a statement whose own has been given to a newer one."""
    place = (statement["document_id"], statement["number"], statement["id"])
    if connection.execute("SELECT 1 FROM statement WHERE document_id=? AND number=? AND id<>?", place).fetchone() is None:
        return {}
    last = connection.execute("SELECT max(number) FROM statement WHERE document_id=?", place[:1]).fetchone()[0]
    return {"number": last + 1}


def _reattach(connection: sqlite3.Connection, table: str, row: Row) -> None:
    """See to it that a row that was put back points at nothing that has gone since: empty utterances are made anew,
    other pointers are let go as the schema says (the pointer, or the row)."""
    where = " AND ".join(f"{key}=?" for key in _keys(connection, table))
    keys = [row[key] for key in _keys(connection, table)]
    for _, _, parent, column, key, _, on_delete, _ in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        found = connection.execute(f"SELECT {column} FROM {table} WHERE {where}", keys).fetchone()
        if found is None or found[0] is None:
            continue
        if connection.execute(f"SELECT 1 FROM {parent} WHERE {key}=?", (found[0],)).fetchone() is not None:
            continue
        if parent == "utterance":
            connection.execute("INSERT INTO utterance(id) VALUES(?)", (found[0],))
        elif on_delete == "SET NULL":
            connection.execute(f"UPDATE {table} SET {column}=NULL WHERE {where}", keys)
        else:
            connection.execute(f"DELETE FROM {table} WHERE {where}", keys)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _keys(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
