"""What can be found of a unit: the documents of the index and the rows of the columns, each knowing its place in the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.search.arrays import Array
from index.search.columns import Columns
from index.search.fieldnames import STATUSES
from index.search.textindex import TextIndex

ROOM = 1024  # places kept free for rows that are changed: these are indexed anew, at the end
_REJECTED = STATUSES.index("rejected")


@dataclass(frozen=True, slots=True)
class Space:
    """What can be found of a unit: the places 0.. are the index's documents, then rows that it does not hold yet."""

    text: TextIndex
    known: Array  # the ids of the columns
    rows: Array  # place -> row of the columns, -1: no longer there
    ids: Array  # place -> id
    alive: Array  # mask of the places whose row is still there
    normal: Array  # and was not rejected: what a query finds that says nothing about the status
    straight: int  # so many places at the beginning are those of the rows of the same number, as far as they are alive

    def mask(self, over_rows: Array) -> Array:
        """A mask over rows as a mask over places."""
        if not len(over_rows):
            return np.zeros(len(self.rows), bool)
        if self.straight == len(self.rows):
            return np.asarray(over_rows[: self.straight] & self.alive)
        tail = over_rows[self.rows[self.straight :]]
        return np.asarray(np.concatenate([over_rows[: self.straight], tail]) & self.alive)


def space(text: TextIndex, columns: Columns, before: Space | None = None) -> Space:
    """What can be found now. `before` is what could be found until now and must not be used any more."""
    grown = _grown(text, columns, before) if before is not None else None
    rows, ids, alive = grown or _made(text, columns)
    straight = before.straight if before is not None and grown else _straight(text.ids, columns.ids)
    held = int(np.count_nonzero(alive))
    if held != len(columns.ids):  # the index holds every row once, when it is up to date
        missing = np.ones(len(columns.ids), bool)
        missing[rows[alive]] = False
        extra = np.flatnonzero(missing)
        rows, ids = np.concatenate([rows, extra]), np.concatenate([ids, columns.ids[extra]])
        alive = rows >= 0
    normal = alive
    rejected = columns.status == _REJECTED
    if rejected.any():  # documents have no status
        normal = alive & ~rejected[rows]
    return Space(text, columns.ids, rows, ids, alive, normal, straight)


def _straight(ids: Array, known: Array) -> int:
    """How many ids at the beginning are the same: all of the fewer, or none is worth telling."""
    same = min(len(ids), len(known))
    return same if np.array_equal(ids[:same], known[:same]) else 0


def _made(text: TextIndex, columns: Columns) -> tuple[Array, Array, Array]:
    """Rows, ids and which are alive, each with room behind its end."""
    ids = _roomy(text.ids)
    rows = _roomy(columns.rows(text.ids))
    rows[text.dead] = -1
    return rows, ids, _roomy(rows >= 0)


def _grown(text: TextIndex, columns: Columns, before: Space) -> tuple[Array, Array, Array] | None:
    """The arrays of `before` with the segments that came since written behind them: a change costs the same in a library
    of any size. None where that can't be done.
    """
    same, end = before.text.count, text.count
    if before.known is not columns.ids or len(before.rows) != same or text.shared(before.text) != same:
        return None
    if end > same:
        ids = text.ids_from(same)
        rows = columns.rows(ids)
        arrays = [_longer(old, new) for old, new in ((before.rows, rows), (before.ids, ids), (before.alive, rows >= 0))]
    else:
        arrays = [before.rows, before.ids, before.alive]
    arrays[0][text.dead] = -1
    arrays[2][text.dead] = False
    return arrays[0], arrays[1], arrays[2]


def _roomy(values: Array) -> Array:
    """A copy with room behind its end."""
    room = np.empty(len(values) + ROOM, values.dtype)
    room[: len(values)] = values
    return room[: len(values)]


def _longer(values: Array, more: Array) -> Array:
    """`values` and then `more`: written into the room behind the end where there is enough of it."""
    end = len(values) + len(more)
    room = values.base
    if room is None or len(room) < end:
        values = _roomy(values)
        room = values.base
        if room is None or len(room) < end:
            return _roomy(np.concatenate([values, more]))
    longer: Array = room[:end]
    longer[len(values) :] = more
    return longer
