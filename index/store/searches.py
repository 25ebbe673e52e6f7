"""Saved searches and the history of queries in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from index.store.journal import now
from index.store.store import Store


def saved(store: Store) -> list[Mapping[str, Any]]:
    """Saved searches by name: {"id", "name", "query", "unit", "options", "alert", "seen", "added"}."""
    rows = store.rows("SELECT * FROM saved_search ORDER BY name COLLATE NOCASE")
    return [
        dict(row) | {"options": json.loads(row["options"]), "seen": json.loads(row["seen"]), "alert": bool(row["alert"])}
        for row in rows
    ]


def save(
    store: Store, name: str, query: str, unit: str, options: Mapping[str, Any], *, alert: bool = False,
    seen: Sequence[int] = (),
) -> int:  # fmt: skip
    """Keep a search under a name, in place of one that has the name; returns its id."""
    store.execute("DELETE FROM saved_search WHERE name=?", (name,))
    return store.insert(
        "saved_search", name=name, query=query, unit=unit, options=json.dumps(dict(options), ensure_ascii=False),
        alert=int(alert), seen=json.dumps(list(seen)), added=now(),
    )  # fmt: skip


def mark_seen(store: Store, saved_id: int, seen: Sequence[int]) -> None:
    """Remember which hits of a saved search the user has seen, so that new ones can be told."""
    store.update("saved_search", saved_id, seen=json.dumps(list(seen)))


def delete_saved(store: Store, saved_id: int) -> None:
    """Delete a saved search."""
    store.execute("DELETE FROM saved_search WHERE id=?", (saved_id,))


def add_history(store: Store, query: str, unit: str, total: int) -> None:
    """Remember a query that was run; the same query moves to the top, the newest 500 are kept."""
    store.execute("DELETE FROM search_history WHERE query=? AND unit=?", (query, unit))
    store.insert("search_history", query=query, unit=unit, at=now(), total=total)
    store.execute("DELETE FROM search_history WHERE id <= (SELECT max(id) - 500 FROM search_history)")


def history(store: Store, limit: int = 50) -> list[tuple[str, str, str, int]]:
    """(query, unit, time, total), newest first."""
    rows = store.rows("SELECT query, unit, at, total FROM search_history ORDER BY id DESC LIMIT ?", (limit,))
    return [(row[0], row[1], row[2], row[3]) for row in rows]
