"""The index follows the database, is made anew when anything is wrong with it, and never runs what others prepared."""

from __future__ import annotations

import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from whoosh.index import TOC

from index.search import fields, trust
from index.search.finder import Finder
from index.search.sync import home, is_fresh, opened, sync, tidy, trusted
from index.store.store import Store


def ids(store: Store, query: str, unit: str = "statements") -> list[int]:
    """What a new finder finds."""
    return sorted(Finder(store).ids(query, unit))


def change(store: Store, statement: int, text: str) -> None:
    """Give a statement other words."""
    with store.transaction():
        store.execute("UPDATE statement SET text=? WHERE id=?", (text, statement))


def test_the_first_sync_writes_everything_and_the_second_nothing(river: Store) -> None:
    first = sync(river)
    assert first.rebuilt and first.statements == 15 and first.documents == 8
    assert is_fresh(river)
    assert sync(river) == type(first)()
    assert ids(river, "treaty") == [1, 2, 5, 10, 11]


def test_changed_deleted_and_new_rows_are_found_by_what_they_are_now(river: Store) -> None:
    finder = Finder(river)
    assert finder.ids("wait") == [4]
    change(river, 4, "We will never negotiate")
    assert finder.ids("wait") == [] and finder.ids("negotiate") == [4]
    with river.transaction():
        river.execute("DELETE FROM statement WHERE id=10")
        river.execute("INSERT INTO statement(document_id, number, kind, content, text, first, last) "
                      "VALUES(1, 99, 'direct', '[]', 'A new word: perihelion', 0, 1)")  # fmt: skip
    assert sorted(finder.ids("treaty")) == [1, 2, 5, 11]
    assert len(finder.ids("perihelion")) == 1
    assert trusted(river) is not None


def test_a_sync_is_the_same_as_a_rebuild_after_many_random_changes(river: Store) -> None:
    r = random.Random(3)
    finder = Finder(river)
    vocabulary = ["treaty", "river", "gas", "locks", "council", "peace", "water", "guards", "ferry", "minister"]
    insert = (
        "INSERT INTO statement(document_id, number, kind, content, text, first, last) "
        "VALUES(?, ?, 'direct', '[]', ?, 0, 1)"
    )
    for step in range(60):
        with river.transaction():
            pick, words = r.random(), " ".join(r.choices(vocabulary, k=5))
            if pick < 0.2:
                river.execute("DELETE FROM statement WHERE id=?", (r.randint(1, 80),))
            elif pick < 0.6:
                river.execute(insert, (r.randint(1, 8), 1000 + step, words))
            else:
                river.execute("UPDATE statement SET text=? WHERE id=?", (words, r.randint(1, 80)))
        finder.ids(r.choice(vocabulary))
        if step == 30:
            tidy(river)
    before = {word: sorted(finder.ids(word)) for word in vocabulary}
    truth = {
        word: [row[0] for row in river.rows("SELECT id, text FROM statement ORDER BY id") if word in row[1].lower().split()]
        for word in ("gas", "council", "water")
    }
    sync(river, rebuild=True)
    assert {word: ids(river, word) for word in vocabulary} == before
    assert all(set(truth[word]) <= set(before[word]) for word in truth)


def test_small_segments_are_gathered(river: Store) -> None:
    finder = Finder(river)
    for n in range(45):
        change(river, 1, f"version number {n} of the same river")
        assert finder.ids(f"{n} river") == [1]
    place = trusted(river)
    assert place is not None
    assert len(opened(place.unit("statements"))._segments()) <= 33
    assert tidy(river)
    place = trusted(river)
    assert place is not None
    assert len(opened(place.unit("statements"))._segments()) == 1
    assert finder.ids("44 river") == [1]
    assert not tidy(river)


def test_nothing_is_done_inside_a_transaction(river: Store) -> None:
    with river.transaction():
        assert sync(river).busy


def test_a_rebuild_can_be_stopped_and_what_was_there_stays(river: Store) -> None:
    sync(river)
    assert sync(river, rebuild=True, stopped=lambda: True).stopped
    assert trusted(river) is not None
    assert ids(river, "treaty") == [1, 2, 5, 10, 11]


def test_progress_is_told(river: Store) -> None:
    told: list[tuple[int, int]] = []
    sync(river, told=lambda done, total: told.append((done, total)))
    assert told[-1] == (23, 23)


def test_a_library_restored_from_a_backup_gets_a_new_index(river: Store, tmp_path: Path) -> None:
    sync(river)
    backup = tmp_path / "backup"
    river.connection().execute("VACUUM INTO ?", (str(backup),))
    change(river, 4, "words that the backup does not know")
    assert ids(river, "backup") == [4]
    river.close()
    for ending in ("-wal", "-shm"):
        Path(f"{river.path}{ending}").unlink(missing_ok=True)
    shutil.copy(backup, river.path)
    restored = Store.open(river.folder)
    assert trusted(restored) is None
    assert ids(restored, "backup") == []
    assert ids(restored, "wait") == [4]
    restored.close()


def test_a_copy_of_a_library_has_an_index_of_its_own(river: Store, tmp_path: Path) -> None:
    sync(river)
    river.connection().execute("PRAGMA wal_checkpoint(truncate)")
    shutil.copytree(river.folder, tmp_path / "copy")
    copy = Store.open(tmp_path / "copy")
    change(copy, 4, "only in the copy")
    assert ids(copy, "copy") == [4] and ids(river, "copy") == []
    assert home(copy) != home(river)
    copy.close()


@pytest.mark.skipif(os.name != "posix", reason="folder modes are a matter of POSIX")
def test_the_index_is_for_its_user_only_and_not_in_the_library(river: Store) -> None:
    sync(river)
    assert home(river).stat().st_mode & 0o077 == 0
    assert not home(river).is_relative_to(river.folder)
    assert not [p for p in river.folder.rglob("*") if p.suffix in (".toc", ".seg")]


@pytest.mark.parametrize("kind", ["truncate", "zero", "flip", "missing", "extra", "manifest", "older", "swap", "link"])
def test_every_damage_is_noticed_before_the_first_query_and_mended_unasked(river: Store, kind: str, tmp_path: Path) -> None:
    sync(river)
    expected = {q: ids(river, q) for q in ("treaty", "river", '"the locks"', "re*")}
    for seed in range(22):
        r = random.Random(seed)
        folder = home(river)
        files = [p for p in folder.rglob("*") if p.is_file() and p.suffix in (".toc", ".seg")]
        _damage(kind, r, folder, r.choice(files), files)
        assert trusted(river) is None, (kind, seed)
        assert {q: ids(river, q) for q in expected} == expected, (kind, seed)
        assert trusted(river) is not None


def _damage(kind: str, r: random.Random, folder: Path, path: Path, files: list[Path]) -> None:
    data = bytearray(path.read_bytes())
    at = r.randrange(len(data))
    if kind == "truncate":
        path.write_bytes(data[:at])
    elif kind == "zero":
        other = bytes(min(64, len(data) - at))
        path.write_bytes(data[:at] + other + data[at + len(other) :] if data[at : at + len(other)] != other else b"")
    elif kind == "flip":
        data[at] ^= 1 << r.randrange(8)
        path.write_bytes(data)
    elif kind == "missing":
        path.unlink()
    elif kind == "extra":
        (path.parent / f"_MAIN_{r.randint(2, 999)}.toc").write_bytes(data)
    elif kind == "manifest":
        manifest = folder / trust.MANIFEST
        text = manifest.read_text()
        manifest.write_text(text.replace("fingerprint", "fingerprinT") if r.random() < 0.5 else text[: r.randrange(len(text))])
    elif kind == "older":
        facts = trust.read_manifest(folder)
        assert facts is not None
        trust.write_manifest(folder, {**facts, "fingerprint": "of another version"})
    elif kind == "swap":
        other_path = r.choice([p for p in files if p.suffix == path.suffix and p.parent != path.parent])
        path.write_bytes(other_path.read_bytes() + b" ")
    elif kind == "link":
        path.rename(path.with_suffix(".bak"))
        path.symlink_to(path.with_suffix(".bak"))


class Bomb:
    """Leaves a mark where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (os.mkdir, (str(self.mark),))


def _planted(toc: bytes, bomb: bytes) -> bytes:
    """A table of contents with another pickle in the place of its segments."""
    return toc[: [m.start() for m in re.finditer(rb"\x80[\x02-\x05]", toc)][-1]] + bomb


def test_a_planted_pickle_is_never_run(river: Store, tmp_path: Path) -> None:
    sync(river)
    mark = tmp_path / "ran"
    bomb = pickle.dumps(Bomb(mark), 2)
    segments = pickle.dumps([], 2)
    for placement in range(6):
        place = trusted(river)
        assert place is not None
        toc = next(place.unit("statements").glob("*.toc"))
        data = toc.read_bytes()
        if placement == 0:  # in the place of the segments
            toc.write_bytes(_planted(data, bomb))
        elif placement == 1:  # in the place of the schema
            toc.write_bytes(data.replace(data[-40:], bomb))
        elif placement == 2:  # as a newer table of contents
            (toc.parent / "_MAIN_99.toc").write_bytes(_planted(data, bomb))
        elif placement == 3:  # as the whole file
            toc.write_bytes(bomb)
        elif placement == 4:  # inside the library's own folder
            (river.folder / "index").mkdir(exist_ok=True)
            (river.folder / "index" / "_MAIN_1.toc").write_bytes(_planted(data, bomb))
        else:  # as the manifest
            (home(river) / trust.MANIFEST).write_bytes(bomb + segments)
        assert ids(river, "treaty") == [1, 2, 5, 10, 11]
        assert not mark.exists()


def test_even_a_trusted_file_can_hold_nothing_but_segments(river: Store, tmp_path: Path) -> None:
    sync(river)
    place = trusted(river)
    assert place is not None
    folder = place.unit("statements")
    toc = next(folder.glob("*.toc"))
    data = toc.read_bytes()
    toc.write_bytes(_planted(data, pickle.dumps(Bomb(tmp_path / "ran"), 2)))
    with pytest.raises(pickle.UnpicklingError):
        TOC.read(trust.Storage(folder), "MAIN", schema=fields.SCHEMAS["statements"])
    assert not (tmp_path / "ran").exists()


def test_two_finders_see_what_the_other_indexed(river: Store) -> None:
    one, two = Finder(river), Finder(river)
    assert one.ids("wait") == two.ids("wait") == [4]
    change(river, 4, "a word of another kind: zenith")
    assert one.ids("zenith") == [4]
    assert two.ids("zenith") == [4] and two.ids("wait") == []
    sync(river, rebuild=True)
    assert one.ids("zenith") == two.ids("zenith") == [4]


def test_nobody_has_to_wait_for_a_large_index_and_facts_are_searched_meanwhile(
    river: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.finder.MANY", 3)
    finder = Finder(river)
    found = finder.find("actor:Olanda", wait=False)
    assert found.partial and found.total == 4
    assert finder.find("treaty", wait=False).total == 0
    sync(river)
    found = finder.find("treaty actor:Olanda", wait=False)
    assert not found.partial and found.total == 1
    for statement in (4, 5, 6, 7):
        change(river, statement, "much has changed")
    found = finder.find("treaty", wait=False)
    assert found.partial and found.total == 5, "the index of before still answers"
    assert finder.find("changed").total == 4


CHILD = """
import sys
from pathlib import Path
from index.search.finder import Finder
from index.store.store import Store
store = Store.open(Path(sys.argv[1]))
finder = Finder(store)
for n in range(10_000):
    with store.transaction():
        store.execute("UPDATE statement SET text=? WHERE id=?", (f"river version{n}", n % 15 + 1))
    finder.ids("river")
    print(n, flush=True)
"""


def test_a_process_killed_in_the_middle_leaves_an_index_that_answers_rightly(river: Store) -> None:
    sync(river)
    r = random.Random(8)
    root = Path(__file__).resolve().parents[3]
    for _ in range(6):
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(river.folder)], stdout=subprocess.PIPE, cwd=root)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(r.random() * 0.2)
        child.kill()
        child.wait()
        child.stdout.close()
        texts = {row[0]: row[1] for row in river.rows("SELECT id, text FROM statement")}
        assert ids(river, "river") == [i for i, text in texts.items() if "river" in text.lower()]
        assert ids(river, "version*") == [i for i, text in texts.items() if "version" in text]
        assert trusted(river, every=True) is not None
