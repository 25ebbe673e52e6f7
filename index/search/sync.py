"""Keeping the full-text index equal to the database: `sync` is the only writer of the Whoosh index.

SQLite says by its `stale` rows what the index does not hold yet. A token that stands both in the database and in the
index's manifest tells that the two belong together; a library that was restored from a backup, or an index that is
missing, damaged, older or somebody else's, fails that test and the index is made anew from SQLite.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import _DEF_INDEX_NAME as NAME
from whoosh.index import TOC, FileIndex
from whoosh.util.filelock import FileLock

from index.search import fields, trust
from index.search.codec import Segment
from index.search.writing import BulkWriter, Numbers
from index.store import searchable
from index.store.store import Store

MANY_SEGMENTS = 8  # `tidy` gathers small segments from here on
TOO_MANY_SEGMENTS = 32  # even a sync in the foreground gathers them
SMALL = 4_000_000  # bytes of a segment that is gathered
TINY = 100_000  # the same in the foreground, where nobody shall wait for it
STEP = 500  # rows between two looks at the clock

Told = Callable[[int, int], None]
Stopped = Callable[[], bool]
_KIND = {"statements": "statement", "documents": "document"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did: rows written anew (or taken out), and whether the whole index was made anew."""

    statements: int = 0
    documents: int = 0
    rebuilt: bool = False
    busy: bool = False
    stopped: bool = False
    place: Place | None = field(default=None, compare=False)  # the index as this sync left it, found to be ours


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index lies and what its manifest says."""

    folder: Path
    facts: dict[str, Any]

    def unit(self, unit: str) -> Path:
        """The Whoosh index of a unit."""
        return self.folder / str(self.facts["folder"]) / unit

    def state(self, unit: str) -> Any:
        """Equal for two places whose index of a unit is the same: its folder, the files and their checksums."""
        files = {name: facts for name, facts in self.facts["files"].items() if name.startswith(f"{unit}/")}
        return self.unit(unit), files


def home(store: Store) -> Path:
    """The cache folder for the index of a library."""
    return trust.index_folder(store.meta("id"), store.folder)


def trusted(store: Store, every: bool = False) -> Place | None:
    """The index of a library if it is ours, whole, of this program's version and of this state of the database."""
    folder = home(store)
    facts = trust.read_manifest(folder)
    if facts is None or facts.get("fingerprint") != fields.fingerprint() or facts.get("library") != store.meta("id"):
        return None
    if not facts.get("token") or store.meta("index") != facts["token"]:
        return None
    name = str(facts.get("folder", ""))
    if not name.isalnum() or not trust.whole(folder / name, facts.get("files", {}), every):
        return None
    return Place(folder, facts)


class _Index(FileIndex):  # type: ignore[misc]
    """A Whoosh index whose table of contents is read once: Whoosh itself lists the folder and reads it twice."""

    def __init__(self, path: Path) -> None:
        self.storage = trust.Storage(path)
        self.indexname = NAME
        self._schema = fields.SCHEMAS[path.name]
        newest = max(int(p.stem.rpartition("_")[2]) for p in path.iterdir() if p.suffix == ".toc")
        self._toc: TOC | None = TOC.read(self.storage, NAME, newest, self._schema)

    def _read_toc(self) -> TOC:
        """Called by Whoosh for a reader and for a writer, which changes what it is given."""
        toc, self._toc = self._toc, None
        return toc or super()._read_toc()


def opened(path: Path) -> FileIndex:
    """A Whoosh index that was found to be ours. Its schema is the program's, never one that lies on disk."""
    return _Index(path)


def is_fresh(store: Store) -> bool:
    """True when nothing waits to be indexed."""
    return not searchable.waits(store)


def sync(
    store: Store, *, rebuild: bool = False, wait: bool = True, told: Told | None = None, stopped: Stopped | None = None
) -> Report:
    """Bring the index up to date with the database; make it anew where it cannot be used, or with `rebuild`.

    `told` is called with (rows done, rows in all), `stopped` is asked whether to give up (what was there stays).
    Another process that is at it is waited for, or with `wait=False` left to it. Inside a transaction nothing is done.
    """
    if store.connection().in_transaction:
        return Report(busy=True)
    with _locked(home(store), wait) as mine:
        if not mine:
            return Report(busy=True)
        place = None if rebuild else trusted(store)
        if place is None:
            return _rebuilt(store, told, stopped)
        stale = searchable.waiting(store)
        if not stale:
            return Report(place=place)
        try:
            return _updated(store, place, stale)
        except trust.DAMAGE:
            return _rebuilt(store, told, stopped)


def tidy(store: Store) -> bool:
    """Gather small segments and drop deleted rows, when there are many: for an idle moment. True when done."""
    if store.connection().in_transaction:
        return False
    with _locked(home(store), wait=False) as mine:
        place = trusted(store) if mine else None
        if place is None:
            return False
        done = False
        for unit in fields.UNITS:
            index = opened(place.unit(unit))
            segments = index._segments()
            dead = sum(s.deleted_count() for s in segments)
            if len(segments) > MANY_SEGMENTS or dead * 10 > sum(s.doc_count_all() for s in segments):
                writer = _Writer(index)
                _gather(store, unit, writer, [], SMALL)
                writer.commit(mergetype=writer.kept)
                done = True
        if done:
            _publish(store, place, -1)
        return done


# --- parts of it ------------------------------------------------------------------------------------------------------


@contextmanager
def _locked(folder: Path, wait: bool) -> Iterator[bool]:
    """The one writer of an index, over all processes of this user."""
    trust.make_private(folder)
    lock = FileLock(str(folder / "lock"))
    mine = lock.acquire(blocking=wait)
    try:
        yield bool(mine)
    finally:
        if mine:
            lock.release()


def _updated(store: Store, place: Place, stale: Sequence[tuple[int, str, int]]) -> Report:
    counts = {}
    for unit in fields.UNITS:
        ids = sorted(row_id for _, what, row_id in stale if what == _KIND[unit])
        counts[unit] = len(ids)
        if ids:
            _replace(store, unit, opened(place.unit(unit)), ids)
    place = _publish(store, place, max(seq for seq, _, _ in stale))
    return Report(counts["statements"], counts["documents"], place=place)


class _Writer(BulkWriter):
    """A writer that can leave old segments out of the index it publishes."""

    left_out: frozenset[str] = frozenset()

    def kept(self, _: Any, segments: list[Segment]) -> list[Segment]:
        """Called by Whoosh at the commit: the old segments that stay."""
        return [s for s in segments if s.segment_id() not in self.left_out]


def _replace(store: Store, unit: str, index: FileIndex, ids: list[int]) -> None:
    """Take the rows of `ids` out of an index and write those that still exist as they are now."""
    writer = _Writer(index)
    try:
        _delete(writer, ids)
        if len(writer.segments) > TOO_MANY_SEGMENTS:
            _gather(store, unit, writer, ids, TINY)
        else:
            _add(writer, unit, searchable.texts_of(store, unit, ids))
        writer.commit(mergetype=writer.kept)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def _delete(writer: BulkWriter, ids: Sequence[int]) -> None:
    gone = np.array(ids, np.int64)
    for segment in writer.segments:
        held = segment.codec().terms_reader(writer.storage, segment).ids
        if len(held):
            at = np.minimum(np.searchsorted(held, gone), len(held) - 1)
            for docnum in at[held[at] == gone].tolist():
                segment.delete_document(docnum)


def _gather(store: Store, unit: str, writer: _Writer, also: Sequence[int], small: int) -> None:
    """Write the living rows of all small (in bytes) segments anew, and leave those segments out.

    At leisure (`small` is SMALL) thinned-out ones too.
    """
    folder = writer.storage
    ids = set(also)
    left_out = set()
    for segment in writer.segments:
        thin = small == SMALL and segment.deleted_count() * 5 > segment.doc_count_all()
        if thin or segment.path(folder).stat().st_size < small:
            terms = segment.codec().terms_reader(folder, segment)
            ids.update(i for n, i in enumerate(terms.ids.tolist()) if n not in segment.deleted)
            left_out.add(segment.segment_id())
    writer.left_out = frozenset(left_out)
    _add(writer, unit, searchable.texts_of(store, unit, sorted(ids)))


def _add(writer: BulkWriter, unit: str, rows: Iterator[tuple[Any, ...]]) -> None:
    for row in rows:
        _add_row(writer, unit, row)


def _add_row(writer: BulkWriter, unit: str, row: Sequence[Any]) -> None:
    if unit == "documents":
        writer.add(row[0], text=row[1], title=row[2])
    else:
        writer.add(row[0], text=row[1])


def _rebuilt(store: Store, told: Told | None, stopped: Stopped | None) -> Report:
    """A new index beside the old one, from one state of the database; then the manifest points to it."""
    folder = home(store)
    name = secrets.token_hex(8)
    try:
        with searchable.one_state(store):
            seq, total = searchable.last_number(store), searchable.total(store)
            done = 0
            counts = {}
            for unit in fields.UNITS:
                trust.make_private(folder / name / unit)
                before, done = done, _build(store, unit, folder / name / unit, done, total, told, stopped)
                counts[unit] = done - before
                if stopped is not None and stopped():
                    shutil.rmtree(folder / name, ignore_errors=True)
                    return Report(stopped=True)
    except BaseException:
        shutil.rmtree(folder / name, ignore_errors=True)
        raise
    facts = {"folder": name, "fingerprint": fields.fingerprint(), "library": store.meta("id"), "token": ""}
    place = _publish(store, Place(folder, facts), seq)
    _sweep(folder, name)
    return Report(counts["statements"], counts["documents"], rebuilt=True, place=place)


def _build(
    store: Store, unit: str, folder: Path, done: int, total: int, told: Told | None, stopped: Stopped | None
) -> int:
    """Write all rows of a unit in segments of a bearable size; how many rows are done by now is returned."""
    index = FileIndex.create(trust.Storage(folder), fields.SCHEMAS[unit])
    numbers = Numbers()
    writer = BulkWriter(index, numbers)
    for row in searchable.texts(store, unit):
        _add_row(writer, unit, row)
        done += 1
        if done % STEP == 0:
            if told is not None:
                told(done, total)
            if stopped is not None and stopped():
                writer.cancel()
                return done
        if writer.full:
            writer.commit(merge=False)
            writer = BulkWriter(index, numbers)
    writer.commit(merge=False)
    if told is not None:
        told(done, total)
    return done


def _publish(store: Store, place: Place, seq: int) -> Place:
    """Name the index's new state in the manifest, then in the database, and strike off what it now holds."""
    token = secrets.token_hex(8)
    files = trust.listed(place.folder / place.facts["folder"], place.facts.get("files"))
    facts = {**place.facts, "files": files, "token": token}
    trust.write_manifest(place.folder, facts)
    searchable.strike_off(store, seq, token)
    return Place(place.folder, facts)


def _sweep(folder: Path, name: str) -> None:
    """Remove what older indexes left; what is still in use (Windows) is removed another time."""
    for path in folder.iterdir():
        if path.is_dir() and path.name != name and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(trust.MANIFEST + "."):
            with suppress(OSError):
                path.unlink()
