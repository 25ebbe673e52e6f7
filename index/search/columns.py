"""Statements and documents as columns of numbers: who, when, where, of what kind. Read from SQLite in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import numpy as np

from index.search.arrays import Array
from index.search.fieldnames import KINDS, STATUSES
from index.search.tree import Dates, Undated
from index.store import searchable
from index.store.store import Store

FIRST, LAST = 1, date.max.toordinal()
EPOCH = date(1970, 1, 1).toordinal()
NOWHEN = 0  # stands in both ends of a date that is not known


class Coded:
    """Values as numbers: code 0 is "no value"."""

    def __init__(self) -> None:
        self.codes: dict[Any, int] = {None: 0}

    def array(self, values: Iterable[Any]) -> Array:
        """The codes of values; None and "" are 0."""
        codes = self.codes
        return np.array([codes.setdefault(v or None, len(codes)) for v in values], np.int32)

    @property
    def values(self) -> list[Any]:
        """The value of each code."""
        return list(self.codes)


@dataclass(slots=True)
class Columns:
    """Rows of one kind in the order of their ids. `earliest`/`latest` are ordinals of days (0: unknown)."""

    ids: Array
    earliest: Array
    latest: Array
    actor: Array = field(default_factory=lambda: np.empty(0, np.int64))
    kind: Array = field(default_factory=lambda: np.empty(0, np.int8))
    status: Array = field(default_factory=lambda: np.empty(0, np.int8))
    document: Array = field(default_factory=lambda: np.empty(0, np.int64))  # row among the documents
    outlet: Array = field(default_factory=lambda: np.empty(0, np.int32))

    def joined(self, other: Columns) -> Columns:
        """These rows and then those of `other`."""
        mine, theirs = self.arrays(), other.arrays()
        return Columns(**{name: np.concatenate([mine[name], theirs[name]]) for name in mine})

    def overwrite(self, other: Columns) -> bool:
        """Put the rows of `other` in the place of those with the same ids; False where one has no place."""
        at = self.rows(other.ids)
        if (at < 0).any():
            return False
        for name, values in other.arrays().items():
            if len(values):
                getattr(self, name)[at] = values
        return True

    def arrays(self) -> dict[str, Array]:
        """The columns by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def rows(self, ids: Array) -> Array:
        """The row of each id, -1 where there is none."""
        if not len(self.ids):
            return np.full(len(ids), -1)
        same = min(len(ids), len(self.ids))
        if same > 1000 and np.array_equal(ids[:same], self.ids[:same]):  # the usual case, much faster
            return np.concatenate([np.arange(same), self.rows(ids[same:])]) if same < len(ids) else np.arange(same)
        at = np.searchsorted(self.ids, ids)
        at[at == len(self.ids)] = 0
        return np.where(self.ids[at] == ids, at, -1)


def read_documents(
    store: Store, outlets: Coded, ids: Sequence[int] | None = None, after: int | None = None
) -> Columns:
    """Ids, publication dates and outlets of all documents, of those with some ids, or of those after an id."""
    numbers = _arrays(searchable.numbers_of_documents(store, ids, after))
    first, last = _interval(numbers[1], numbers[2])
    return Columns(numbers[0], first, last, outlet=outlets.array(searchable.outlets(store, ids, after)))


def read_statements(
    store: Store, documents: Columns, ids: Sequence[int] | None = None, after: int | None = None
) -> Columns:
    """Ids, dates, actors, kinds, status and documents of all statements, of those with some ids, or of those after an id."""
    texts = searchable.numbers_of_statements(store, KINDS, STATUSES, ids, after)
    own, document, actor, kind, status, earliest, latest = _arrays(texts)
    first, last = _interval(earliest, latest)
    rows = documents.rows(document)
    outlet = documents.outlet[rows] if len(rows) else np.empty(0, np.int32)
    return Columns(own, first, last, actor, kind.astype(np.int8), status.astype(np.int8), document=rows, outlet=outlet)


def _arrays(texts: Sequence[str]) -> list[Array]:
    """Numbers joined by commas as arrays in the order of those of the first, which are ids."""
    found = [np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64) for text in texts]
    if len(found[0]) > 1 and (np.diff(found[0]) < 0).any():
        order = np.argsort(found[0])
        found = [values[order] for values in found]
    return found


def _ordinals(days: Array) -> Array:
    """The ordinals of days given as YYYYMMDD; 0 stays 0."""
    years, months, day = days // 10_000, days // 100 % 100, days % 100
    known = (years > 0) & (months > 0) & (day > 0)
    first = (years - 1970).astype("M8[Y]").astype("M8[M]") + (months - 1).astype("m8[M]")
    ordinals = first.astype("M8[D]").astype(np.int64) + day - 1 + EPOCH
    return np.where(known, ordinals, NOWHEN).astype(np.int32)


def ordinal(text: str | None) -> int:
    """An ISO day as a number, 0 for none."""
    try:
        return date.fromisoformat(text or "").toordinal()
    except ValueError:
        return NOWHEN


def _interval(earliest: Array, latest: Array) -> tuple[Array, Array]:
    """Both ends of dates; an open end reaches to the end of time, an unknown date is 0 at both."""
    first, last = _ordinals(earliest), _ordinals(latest)
    known = (first > 0) | (last > 0)
    return np.where(known & (first == 0), FIRST, first), np.where(known & (last == 0), LAST, last)


def in_period(columns: Columns, node: Dates | Undated) -> Array:
    """Rows whose date may lie in the range (the two overlap); never those without a date."""
    if not isinstance(node, Dates):
        return np.asarray(columns.latest <= NOWHEN)
    first, last = node.earliest or FIRST, LAST if node.latest is None else node.latest
    return np.asarray((columns.latest >= max(first, FIRST)) & (columns.earliest <= last))
