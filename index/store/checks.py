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


def dangling(store: Store) -> list[tuple[str, int | None, str, int]]:
    """(table, row, table of the row that is gone, number of the pointer) of every pointer to nowhere.

    The row is None in a table without row numbers.
    """
    return [(row[0], row[1], row[2], row[3]) for row in store.rows("PRAGMA foreign_key_check")]


def let_go(store: Store, table: str, row: int | None, pointer: int) -> bool:
    """Do with a pointer that `dangling` named what the schema says of it (within the caller's transaction): True where
    the row loses the pointer, False where it goes."""
    keys = {key["id"]: key for key in store.rows(f'PRAGMA foreign_key_list("{table}")')}
    column, parent, there = keys[pointer]["from"], keys[pointer]["table"], keys[pointer]["to"]
    nowhere = f'"{column}" IS NOT NULL AND "{column}" NOT IN (SELECT "{there}" FROM "{parent}")'
    where, values = (nowhere, ()) if row is None else ("rowid=?", (row,))
    keeps = keys[pointer]["on_delete"] == "SET NULL"
    again = ", text=text" if table == "statement" else ""  # its trigger tells searching to read the row again
    act = f'UPDATE "{table}" SET "{column}"=NULL{again}' if keeps else f'DELETE FROM "{table}"'
    store.execute(f"{act} WHERE {where}", values)
    return bool(keeps)


def rebuild_indexes(store: Store) -> None:
    """Make the indexes of the tables anew from their rows (within the caller's transaction)."""
    store.execute("REINDEX")
