"""What searching asks of the database: the words to index, the facts to filter by, the rows to show, what has changed.

Whole columns come as text, a number after the other: made in C, that takes a third of the time that rows of Python
objects take.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from index.store.store import Store

STEP = 500  # rows asked for at once
_TEXTS = {
    "statements": "SELECT id, text FROM statement",
    "documents": "SELECT d.id, b.text, coalesce(d.title, '') FROM document d JOIN body b ON b.document_id = d.id",
}
_KEYS = {"statements": "id", "documents": "d.id"}


# --- the words --------------------------------------------------------------------------------------------------------


def texts(store: Store, unit: str) -> Iterator[tuple[Any, ...]]:
    """(id, text) of all statements, (id, text, title) of all documents, in the order of their ids."""
    cursor = store.connection().cursor()
    cursor.row_factory = None
    return cursor.execute(f"{_TEXTS[unit]} ORDER BY {_KEYS[unit]}")


def texts_of(store: Store, unit: str, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The same of the rows of these ids (which ascend) that exist."""
    key = _KEYS[unit]
    for at in range(0, len(ids), STEP):
        block = ids[at : at + STEP]
        marks = ",".join("?" * len(block))
        yield from store.connection().execute(f"{_TEXTS[unit]} WHERE {key} IN ({marks}) ORDER BY {key}", block)


def body(store: Store, document_id: int) -> str:
    """The text of a document, "" where there is none."""
    return store.value("SELECT text FROM body WHERE document_id=?", (document_id,)) or ""


def statement_text(store: Store, statement_id: int) -> str:
    """The words of a statement, "" where there is none."""
    return store.value("SELECT text FROM statement WHERE id=?", (statement_id,)) or ""


def same_utterance(store: Store, statement_id: int) -> set[int]:
    """The statements that report the same words as one, that one among them."""
    sql = "SELECT id FROM statement WHERE utterance_id=(SELECT utterance_id FROM statement WHERE id=?)"
    return {row[0] for row in store.rows(sql, (statement_id,))} | {statement_id}


def total(store: Store) -> int:
    """Statements and documents together."""
    return int(store.value("SELECT (SELECT count(*) FROM statement) + (SELECT count(*) FROM document)"))


@contextmanager
def one_state(store: Store) -> Iterator[None]:
    """Everything read inside is of one state of the database, whoever else writes."""
    connection = store.connection()
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


# --- what waits to be indexed -----------------------------------------------------------------------------------------


def waits(store: Store) -> bool:
    """True when something waits to be indexed."""
    return store.row("SELECT 1 FROM stale LIMIT 1") is not None


def waiting(store: Store, newest: int = -1) -> list[tuple[int, str, int]]:
    """(number, "statement" or "document", id) of what waits to be indexed, or of the newest of it."""
    return [tuple(row) for row in store.rows("SELECT seq, kind, id FROM stale ORDER BY seq DESC LIMIT ?", (newest,))]


def last_number(store: Store) -> int:
    """The number that was given last to something that waits to be indexed."""
    return store.value("SELECT seq FROM sqlite_sequence WHERE name='stale'") or 0


def exceeds(store: Store, limit: int, everything: bool) -> bool:
    """True when more than `limit` rows wait to be indexed; `everything`: all statements do."""
    table = "statement" if everything else "stale"
    return bool(store.value(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {limit + 1})") > limit)


def strike_off(store: Store, number: int, token: str) -> None:
    """What waited up to a number is in the index that `token` names."""
    with store.transaction() as connection:
        connection.execute("DELETE FROM stale WHERE seq <= ?", (number,))
        connection.execute(
            "INSERT INTO meta VALUES('index', ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", (token,)
        )


# --- what has changed -------------------------------------------------------------------------------------------------

# Every edit of a user is in the journal; whatever else adds, changes or takes out rows moves one of these counters.
_COUNTERS = """SELECT name, seq FROM sqlite_sequence
    WHERE name NOT IN ('search_history', 'import_result', 'journal_step') ORDER BY name"""
_LAST_ACT = "SELECT coalesce(max(id), 0) FROM journal WHERE state='done'"
_STEPS = """SELECT tbl, coalesce(json_extract(before, '$.id'), json_extract(after, '$.id')) AS row, max(op <> 'update'
        OR json_extract(before, '$.text') IS NOT json_extract(after, '$.text')
        OR json_extract(before, '$.title') IS NOT json_extract(after, '$.title'))
    FROM journal_step WHERE entry_id > ? AND tbl IN ('statement', 'document') GROUP BY tbl, row LIMIT ?"""


def version(store: Store) -> tuple[int, int]:
    """Changes with every commit of other connections (first number) and every write of this one (second)."""
    connection = store.connection()
    return connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes


def state(store: Store) -> list[Any]:
    """[[[table, highest number given], ...], last act of a user]: changes with everything that can be searched for."""
    connection = store.connection()
    return [[list(row) for row in connection.execute(_COUNTERS)], connection.execute(_LAST_ACT).fetchone()[0]]


def has_act(store: Store, entry_id: int) -> bool:
    """True while the journal holds an act."""
    return store.row("SELECT 1 FROM journal WHERE id=?", (entry_id,)) is not None


def changed(store: Store, since: int, limit: int) -> list[tuple[str, int, bool]]:
    """("statement" or "document", id, whether it has to be indexed anew) of the rows that acts after `since` changed."""
    return [(row[0], row[1], bool(row[2])) for row in store.connection().execute(_STEPS, (since, limit))]


def count(store: Store, kind: str) -> int:
    """How many "statement" or "document" rows there are."""
    return int(store.value(f"SELECT count(*) FROM {kind}"))


# --- columns ----------------------------------------------------------------------------------------------------------


def numbers_of_documents(store: Store, ids: Sequence[int] | None = None, after: int | None = None) -> list[str]:
    """Of all documents, those of some ids or with higher ones: id, first and last day of publication (as YYYYMMDD)."""
    return _numbers(store, "document", ["id", _day("published_earliest"), _day("published_latest")], _where(ids, after))


def numbers_of_statements(
    store: Store, kinds: Sequence[str], statuses: Sequence[str], ids: Sequence[int] | None = None,
    after: int | None = None,
) -> list[str]:  # fmt: skip
    """Likewise: id, document, actor (0: unknown), places of kind and status in those lists (-1: other), days of saying."""
    columns = ["id", "document_id", "coalesce(actor_id, 0)", _place("kind", kinds), _place("status", statuses),
               _day("said_earliest"), _day("said_latest")]  # fmt: skip
    return _numbers(store, "statement", columns, _where(ids, after))


def outlets(store: Store, ids: Sequence[int] | None = None, after: int | None = None) -> list[str | None]:
    """The outlets of documents in the order of their ids."""
    return _column(store, f"SELECT outlet FROM document {_where(ids, after)} ORDER BY id")


def texts_in(store: Store, column: str) -> list[str | None]:
    """`role` or `via` (a JSON list) of all statements, or `attributes` (JSON) of all documents, in the order of ids."""
    table = "document" if column == "attributes" else "statement"
    return _column(store, f"SELECT {column} FROM {table} ORDER BY id")


def _numbers(store: Store, table: str, expressions: Sequence[str], where: str) -> list[str]:
    columns = ", ".join(f"group_concat({e})" for e in expressions)
    row = store.connection().execute(f"SELECT {columns} FROM {table} NOT INDEXED {where}").fetchone()
    return [text or "" for text in row]


def _column(store: Store, sql: str) -> list[Any]:
    cursor = store.connection().cursor()
    cursor.row_factory = None
    return [row[0] for row in cursor.execute(sql)]


def _where(ids: Sequence[int] | None, after: int | None) -> str:
    if ids is not None:
        return f"WHERE id IN ({','.join(map(str, map(int, ids)))})"
    return "" if after is None else f"WHERE id > {int(after)}"


def _place(column: str, values: Sequence[str]) -> str:
    """SQL for the place of a column's value among `values`, -1 for another."""
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {cases} ELSE -1 END"


def _day(column: str) -> str:
    """SQL for an ISO day as the number YYYYMMDD, 0 for none."""
    return f"CAST(replace(coalesce({column}, ''), '-', '') AS INTEGER)"


# --- names ------------------------------------------------------------------------------------------------------------


def actor_names(store: Store) -> dict[int, str]:
    """The name of every actor."""
    return {row[0]: row[1] for row in store.connection().execute("SELECT id, name FROM actor")}


def all_names(store: Store) -> list[tuple[int, str]]:
    """(actor, name) of every name that an actor goes by."""
    rows = store.connection().execute("SELECT actor_id, name FROM alias UNION SELECT id, name FROM actor")
    return [(row[0], row[1]) for row in rows]


def names_of(store: Store, actor_id: int) -> list[str]:
    """Every name that one actor goes by."""
    sql = "SELECT name FROM alias WHERE actor_id=? UNION SELECT name FROM actor WHERE id=?"
    return [row[0] for row in store.rows(sql, (actor_id, actor_id))]


def is_person(store: Store, actor_id: int) -> bool:
    """True for an actor that is a person."""
    return bool(store.value("SELECT kind FROM actor WHERE id=?", (actor_id,)) == "person")


def roles_by_hand(store: Store) -> list[tuple[int, str, str | None, str | None]]:
    """(actor, title, first day, last day) of the roles that somebody entered."""
    rows = store.connection().execute("SELECT actor_id, title, earliest, latest FROM role WHERE document_id IS NULL")
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def document_names(store: Store) -> list[tuple[int, str, str]]:
    """(id, file, title) of every document."""
    return [(row[0], row[1], row[2]) for row in store.rows("SELECT id, file, coalesce(title, '') FROM document")]


def statement_at(store: Store, document_id: int, number: int) -> int:
    """The statement with a number in a document, 0 where there is none."""
    return store.value("SELECT id FROM statement WHERE document_id=? AND number=?", (document_id, number)) or 0


def issues(store: Store) -> list[tuple[int, str]]:
    """(id, name) of every issue, by name."""
    return [(row[0], row[1]) for row in store.rows("SELECT id, name FROM issue ORDER BY name")]


def positioned(store: Store, issue_id: int) -> list[int]:
    """Statements that a person placed on an issue (not: found to be about something else)."""
    sql = """SELECT statement_id FROM code WHERE issue_id=? AND value IS NOT NULL AND id IN
             (SELECT max(id) FROM code WHERE issue_id=? GROUP BY statement_id, coder)"""
    return [row[0] for row in store.rows(sql, (issue_id, issue_id))]


def languages(store: Store) -> list[str]:
    """Languages of the documents."""
    sql = "SELECT DISTINCT language FROM document WHERE language IS NOT NULL ORDER BY language"
    return [row[0] for row in store.rows(sql)]


def attribute_names(store: Store) -> set[str]:
    """Names of the attributes that documents have."""
    rows = store.connection().execute("SELECT DISTINCT attributes FROM document WHERE attributes <> '{}'")
    return {name for row in rows for name in json.loads(row[0])}


# --- rows to show -----------------------------------------------------------------------------------------------------

_WHEN = "{0}_earliest, {0}_latest, {0}_precision, {0}_rule, {0}_certainty, {0}_start, {0}_end"
_HITS = {
    "statements": f"""SELECT s.id, s.document_id, s.text, s.kind, s.status, s.role, a.name AS actor, d.outlet,
        coalesce(d.title, d.file) AS title, {_WHEN.format("said")}, {_WHEN.format("published")}
        FROM statement s JOIN document d ON d.id = s.document_id LEFT JOIN actor a ON a.id = s.actor_id
        WHERE s.id IN ({{ids}})""",
    "documents": f"""SELECT d.id, d.id AS document_id, b.text, NULL AS kind, NULL AS status, NULL AS role,
        d.author AS actor, d.outlet, coalesce(d.title, d.file) AS title, {_WHEN.format("published")}
        FROM document d JOIN body b ON b.document_id = d.id WHERE d.id IN ({{ids}})""",
}


def shown(store: Store, unit: str, ids: Sequence[int]) -> dict[int, sqlite3.Row]:
    """What a list of hits shows of rows, by id."""
    return {row["id"]: row for row in store.rows_of(_HITS[unit], ids)}
