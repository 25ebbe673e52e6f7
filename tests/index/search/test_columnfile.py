"""Columns kept on disk are used when they are those of the database, and then every later change is in them."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from index.search import columnfile, current, trust
from index.search.facts import Facts
from index.search.finder import Finder
from index.search.sync import home
from index.store import statements
from index.store.journal import undo as undone
from index.store.store import Store


@pytest.fixture(autouse=True)
def small_libraries_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns are kept of a library of any size."""
    monkeypatch.setattr(current, "LARGE", 1)


@pytest.fixture
def kept(river: Store) -> Store:
    """The library after a first search, its columns on disk."""
    assert Finder(river).ids("actor:Olanda")
    assert columnfile.load(river) is not None
    return river


def undo(store: Store) -> None:
    """Take the last edit back."""
    with store.transaction() as connection:
        undone(connection)


def equal_to_the_database(store: Store) -> bool:
    """True when the columns of a new program are those that SQLite gives when nothing was kept."""
    new, truth = Facts(store), Facts(store)
    new.look()
    new.refresh()
    for kind in ("documents", "statements"):
        mine, theirs = new.columns(kind).arrays(), truth.columns(kind).arrays()
        if any(mine[n].tolist() != theirs[n].tolist() for n in mine if n != "outlet"):
            return False
        if [new.outlets.values[i] for i in mine["outlet"]] != [truth.outlets.values[i] for i in theirs["outlet"]]:
            return False
    return new.languages() == truth.languages() and new.attributes() == truth.attributes()


def selects(store: Store, query: str) -> list[str]:
    """Tables that a new finder reads whole for a query."""
    said: list[str] = []
    store.connection().set_trace_callback(said.append)
    Finder(store).ids(query)
    store.connection().set_trace_callback(None)
    return [sql for sql in said if "group_concat" in sql or "SELECT DISTINCT" in sql]


def test_a_second_start_reads_no_table(kept: Store) -> None:
    assert selects(kept, "treaty actor:Olanda outlet:post") == []
    assert equal_to_the_database(kept)


def test_edits_undo_and_new_rows_are_found_after_the_next_start(kept: Store) -> None:
    with kept.edit("reject"):
        statements.set_status(kept, [1], "rejected")
    assert equal_to_the_database(kept) and 1 not in Finder(kept).ids("treaty")
    undo(kept)
    assert equal_to_the_database(kept) and 1 in Finder(kept).ids("treaty")
    with kept.transaction():
        kept.execute("INSERT INTO statement(document_id, number, kind, content, text, first, last) "
                     "VALUES(1, 99, 'direct', '[]', 'A new word: perihelion', 0, 1)")  # fmt: skip
        kept.execute("DELETE FROM statement WHERE id=2")
    assert equal_to_the_database(kept)
    assert len(Finder(kept).ids("perihelion kind:direct")) == 1 and 2 not in Finder(kept).ids("treaty")


def test_what_another_program_changed_and_indexed_outside_the_journal_is_noticed(kept: Store) -> None:
    """As reading a document anew does: rows are overwritten with the same words and another speaker."""
    here = Finder(kept)
    assert 4 in here.ids("actor:Olanda")
    other = Store.open(kept.folder)
    with other.transaction():
        other.execute("UPDATE statement SET text=text, actor_id=NULL WHERE id=4")
    Finder(other).ids("treaty")  # strikes the row off the stale ones
    other.close()
    assert 4 not in here.ids("actor:Olanda")
    assert equal_to_the_database(kept)


def test_random_edits_leave_the_columns_equal_to_the_database(kept: Store) -> None:
    r = random.Random(5)
    here = Finder(kept)
    for _ in range(60):
        act, row = r.randrange(6), r.randint(1, 15)
        if act == 0:
            with kept.edit("status"):
                statements.set_status(kept, [row], r.choice(("rejected", "confirmed")))
        elif act == 1:
            with kept.edit("day"):
                kept.execute("UPDATE statement SET said_earliest='2030-01-02', said_latest='2030-01-02' WHERE id=?", (row,))
        elif act == 2:
            with kept.edit("outlet"):
                kept.execute("UPDATE document SET outlet=? WHERE id=?", (r.choice("ABC"), r.randint(1, 8)))
        elif act == 3:
            with kept.transaction():
                kept.execute("UPDATE statement SET text='gas', kind='own' WHERE id=?", (row,))
        elif act == 4 and kept.value("SELECT count(*) FROM journal WHERE state='done'"):
            undo(kept)
        elif act == 5:
            here.ids("gas")
        assert equal_to_the_database(kept), act
        assert sorted(here.ids("kind:own")) == sorted(Finder(kept).ids("kind:own"))


def test_a_library_restored_from_a_backup_does_not_get_the_columns_of_later(river: Store, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    river.connection().execute("VACUUM INTO ?", (str(backup),))
    assert Finder(river).ids("actor:Olanda")
    with river.edit("reject"):
        statements.set_status(river, [1], "rejected")
    river.close()
    for ending in ("-wal", "-shm"):
        Path(f"{river.path}{ending}").unlink(missing_ok=True)
    shutil.copy(backup, river.path)
    restored = Store.open(river.folder)
    assert columnfile.load(restored) is None
    with restored.edit("reject"):
        statements.set_status(restored, [3], "rejected")
    assert equal_to_the_database(restored)
    restored.close()


@pytest.mark.parametrize("kind", ["flip", "truncate", "missing", "manifest", "link"])
def test_damaged_columns_are_not_used(kept: Store, kind: str) -> None:
    folder = home(kept)
    path = next(folder.glob("columns-*.arr"))
    data = path.read_bytes()
    if kind == "flip":
        path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    elif kind == "truncate":
        path.write_bytes(data[:100])
    elif kind == "missing":
        path.unlink()
    elif kind == "manifest":
        manifest = folder / columnfile.MANIFEST
        manifest.write_text(manifest.read_text().replace("Post", "Past"))
    elif os.name == "posix":
        path.rename(path.with_suffix(".bak"))
        path.symlink_to(path.with_suffix(".bak"))
    else:
        path.unlink()
    assert columnfile.load(kept) is None
    assert equal_to_the_database(kept)
    assert columnfile.load(kept) is not None, "they were kept anew"


def test_nothing_is_kept_while_somebody_else_writes(river: Store) -> None:
    other = Store.open(river.folder)
    Finder(other).ids("treaty")
    shutil.rmtree(home(river) / "x", ignore_errors=True)
    for path in home(river).glob("columns*"):
        path.unlink()
    other.connection().execute("BEGIN IMMEDIATE")
    found = Facts(river)
    found.refresh()
    assert len(found.statements.ids) == 15
    assert columnfile.load(river) is None
    other.connection().execute("COMMIT")
    other.close()
    assert not [p for p in home(river).iterdir() if p.suffix == ".arr"]
    assert trust.read_manifest(home(river)) is not None
