"""Issues and hand codes in the database."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from index.model import Code, Issue
from index.problems import Problem
from index.store.columns import number_of, words_of, words_text
from index.store.journal import now
from index.store.store import Store

# A change of one of these is a new definition: codes made before keep their version and are flagged.
DEFINITION = (
    "low", "high", "question", "low_definition", "high_definition", "low_examples", "high_examples", "lowest", "highest",
)  # fmt: skip
_LISTS = ("low_examples", "high_examples", "seed_words")


def issues(store: Store) -> list[Issue]:
    """All issues by name."""
    return [_issue(row) for row in store.rows("SELECT * FROM issue ORDER BY name COLLATE NOCASE")]


def issue(store: Store, issue_id: int) -> Issue:
    """One issue. Raises `Problem` where there is none."""
    row = store.row("SELECT * FROM issue WHERE id=?", (issue_id,))
    if row is None:
        raise Problem("no-issue", detail=issue_id)
    return _issue(row)


def by_name(store: Store, name: str) -> Issue:
    """The issue of this name (or with this id, given as digits). Raises `Problem` where there is none."""
    row = store.row("SELECT * FROM issue WHERE name=? COLLATE NOCASE", (name,))
    number = number_of(name)
    if row is None and number is not None:
        return issue(store, number)
    if row is None:
        raise Problem("no-issue", detail=repr(name))
    return _issue(row)


def add_issue(store: Store, name: str, low: str, high: str, **fields: Any) -> int:
    """A new issue; returns its id. Raises `Problem` where the name is taken."""
    if store.value("SELECT 1 FROM issue WHERE name=? COLLATE NOCASE", (name,)):
        raise Problem("bad-value", detail=f"There is already an issue named {name!r}.")
    issue_id = store.insert("issue", name=name, low=low, high=high, **_columns(fields))
    _keep_version(store, issue_id)
    return issue_id


def change_issue(store: Store, issue_id: int, **fields: Any) -> None:
    """Change an issue; a changed definition becomes a new version."""
    old = issue(store, issue_id)
    changes = {k: v for k, v in fields.items() if getattr(old, k) != v}
    if not changes:
        return
    if any(name in DEFINITION for name in changes):
        changes["version"] = old.version + 1
    store.update("issue", issue_id, **_columns(changes))
    if "version" in changes:
        _keep_version(store, issue_id)


def delete_issue(store: Store, issue_id: int) -> None:
    """Delete an issue with its codes."""
    store.execute("DELETE FROM issue WHERE id=?", (issue_id,))


def add_code(
    store: Store, statement_id: int, issue_id: int, value: float | None, *, coder: str = "", note: str = "",
    suggestion_seen: bool = False, recode: bool = False,
) -> int:  # fmt: skip
    """Keep one act of coding; value None says that the statement isn't about the issue. `recode`: a second look."""
    found = issue(store, issue_id)
    if value is not None and not found.lowest <= value <= found.highest:
        raise Problem("bad-score", detail=value)
    if store.value("SELECT 1 FROM statement WHERE id=?", (statement_id,)) is None:
        raise Problem("no-statement", detail=statement_id)
    return store.insert(
        "code", statement_id=statement_id, issue_id=issue_id, issue_version=found.version, value=value, coder=coder,
        note=note, at=now(), suggestion_seen=int(suggestion_seen), recode=int(recode),
    )  # fmt: skip


def remove_codes(store: Store, statement_id: int, issue_id: int, coder: str) -> None:
    """Take back what a coder said of a statement on an issue."""
    store.execute(
        "DELETE FROM code WHERE statement_id=? AND issue_id=? AND coder=? AND recode=0", (statement_id, issue_id, coder)
    )


def codes(store: Store, issue_id: int, *, every: bool = False) -> list[Code]:
    """The codes of an issue that count (the newest of each coder and statement), or `every` one, oldest first."""
    last = "SELECT max(id) FROM code WHERE issue_id=? AND recode=0 GROUP BY statement_id, coder"
    newest = "" if every else f"AND id IN ({last})"
    rows = store.rows(
        f"SELECT * FROM code WHERE issue_id=? {newest} ORDER BY id", (issue_id,) if every else (issue_id, issue_id)
    )
    return [
        Code(
            row["id"], row["statement_id"], row["issue_id"], row["issue_version"], row["value"], row["coder"],
            row["note"], row["at"], bool(row["suggestion_seen"]), bool(row["recode"]),
        )
        for row in rows
    ]  # fmt: skip


def newest_code(store: Store, issue_id: int) -> tuple[int, int]:
    """(how many codes an issue has, id of the newest): what tells that codes came or went."""
    row = store.row("SELECT count(*), coalesce(max(id), 0) FROM code WHERE issue_id=?", (issue_id,))
    assert row is not None
    return row[0], row[1]


def issues_of_statements(store: Store) -> dict[int, set[int]]:
    """{statement id: ids of the issues on which it has a score}."""
    found: dict[int, set[int]] = {}
    for statement_id, issue_id in store.rows("SELECT statement_id, issue_id FROM code WHERE value IS NOT NULL"):
        found.setdefault(statement_id, set()).add(issue_id)
    return found


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: words_text(value) if name in _LISTS else value for name, value in fields.items()}


def _keep_version(store: Store, issue_id: int) -> None:
    found = issue(store, issue_id)
    definition = json.dumps({name: getattr(found, name) for name in DEFINITION}, ensure_ascii=False)
    store.execute(
        "INSERT INTO issue_version(issue_id, version, definition, at) VALUES(?,?,?,?)",
        (issue_id, found.version, definition, now()),
    )


def _issue(row: sqlite3.Row) -> Issue:
    values: dict[str, Any] = {name: words_of(row[name]) if name in _LISTS else row[name] for name in row.keys()}  # noqa: SIM118
    return Issue(**values)
