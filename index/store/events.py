"""Dated events of the timeline in the database."""

from __future__ import annotations

from datetime import date

from index.model import When
from index.store.columns import day
from index.store.store import Store


def events(store: Store) -> list[tuple[When, str]]:
    """(days, label) of all events, the earliest first."""
    rows = store.rows("SELECT earliest, latest, label FROM event ORDER BY earliest, id")
    return [(When(day(row[0]), day(row[1]), "day", "given"), row[2]) for row in rows]


def add_event(store: Store, earliest: date, latest: date, label: str) -> int:
    """A new event; returns its id."""
    return store.insert("event", earliest=earliest.isoformat(), latest=latest.isoformat(), label=label)


def delete_events(store: Store) -> None:
    """Delete all events."""
    store.execute("DELETE FROM event")
