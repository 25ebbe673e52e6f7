"""What a database as a whole is asked: how much is in it, whether it is sound, and what points at rows that are gone."""

from __future__ import annotations

from index.store.store import Store


def counts(store: Store) -> dict[str, int]:
    """How much there is: documents, undated, statements, unattributed, to_review, actors, issues."""
    row = store.row(
        "SELECT (SELECT count(*) FROM document) AS documents,"
        " (SELECT count(*) FROM document WHERE published_latest IS NULL AND published_earliest IS NULL) AS undated,"
        " (SELECT count(*) FROM statement WHERE status<>'rejected') AS statements,"
        " (SELECT count(*) FROM statement WHERE status<>'rejected' AND actor_id IS NULL) AS unattributed,"
        " (SELECT count(*) FROM statement WHERE status='found') AS to_review,"
        " (SELECT count(*) FROM actor) AS actors, (SELECT count(*) FROM issue) AS issues"
    )
    return dict(row) if row else {}


def broken(store: Store) -> list[str]:
    """What SQLite finds wrong with its pages and indexes, in its own words."""
    return [row[0] for row in store.rows("PRAGMA integrity_check") if row[0] != "ok"]


def dangling(store: Store) -> list[tuple[str, int, str]]:
    """(table, row, table of the row that is gone) of every pointer to nowhere."""
    return [(row[0], row[1], row[2]) for row in store.rows("PRAGMA foreign_key_check")]


def remove_row(store: Store, table: str, row: int) -> None:
    """Delete a row that `dangling` named (within the caller's transaction)."""
    store.execute(f'DELETE FROM "{table}" WHERE rowid=?', (row,))


def rebuild_indexes(store: Store) -> None:
    """Make the indexes of the tables anew from their rows (within the caller's transaction)."""
    store.execute("REINDEX")
