"""How the hits spread over actors, outlets, years, kinds and issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.search.arrays import Array
from index.search.columns import FIRST, LAST
from index.search.fieldnames import KINDS, STATUSES
from index.search.textindex import Found
from index.search.tree import Node

if TYPE_CHECKING:
    from index.search.finder import Filters, Finder

Pairs = tuple[tuple[str, int], ...]
MOST = 60  # values of a facet
_ALSO = {"year": ("said", "published")}


def counted(finder: Finder, tree: Node, unit: str, found: Found, filters: Filters, undated: bool) -> dict[str, Pairs]:
    """{facet: ((value, hits), ...)}, most frequent first, years in order; the value "" stands for unknown.

    The counts of a facet that a filter narrows are those without that filter, so that other values can be chosen.
    """
    results: dict[str, Pairs] = {}
    everywhere = _rows(finder, unit, found)
    for name in ("actor", "outlet", "year", "kind", "issue"):
        own = {key for key in filters if key.lstrip("-") in (name, *_ALSO.get(name, ()))}
        rows = everywhere
        if own:
            rest = {key: values for key, values in filters.items() if key not in own}
            rows = _rows(finder, unit, finder._found(finder._filtered(tree, rest), unit, undated, scored=False))
        pairs = _COUNTERS[name](finder, unit, rows)
        if pairs:
            results[name] = pairs
    return results


def _rows(finder: Finder, unit: str, found: Found) -> Array:
    return finder.space(unit).rows[found.docs]


def _actors(finder: Finder, unit: str, rows: Array) -> Pairs:
    statements = finder.facts.statements
    if unit == "documents":
        inside = np.zeros(len(finder.facts.documents.ids), bool)
        inside[rows] = True
        heard = inside[statements.document] & (statements.status != STATUSES.index("rejected"))
        values, hits = np.unique(np.stack([statements.actor, statements.document])[:, heard], axis=1)
    else:
        values, hits = statements.actor[rows], rows
    names = finder.facts.actor_names()
    found, counts = np.unique(values, return_counts=True)
    own = dict(zip(found.tolist(), counts.tolist(), strict=True))
    total: dict[str, int] = {}
    for actor, n in own.items():
        # Several actors may go by one name, and a filter by it means all of them.
        name = names.get(actor, "")
        bearers = [i for i in finder.facts.bearers(name) if i in own] if name else [actor]
        total[name] = n if len(bearers) == 1 else len(np.unique(hits[np.isin(values, bearers)]))
    return _sorted(total)


def _outlets(finder: Finder, unit: str, rows: Array) -> Pairs:
    codes = finder.facts.columns(unit).outlet[rows]
    names = finder.facts.outlets.values
    counts = np.bincount(codes, minlength=len(names))
    return _sorted({names[i] or "": int(counts[i]) for i in np.flatnonzero(counts)})


def _years(finder: Finder, unit: str, rows: Array) -> Pairs:
    """Every year that a date may lie in counts it, as a filter by it would; an open end counts where the other is."""
    columns = finder.facts.columns(unit)
    first, last = columns.earliest[rows], columns.latest[rows]
    known = last > 0
    first, last = first[known], last[known]
    first, last = np.where(first == FIRST, last, first), np.where(last == LAST, first, last)
    pairs: dict[str, int] = {}
    if len(first):
        low, high = _year(first), _year(last)
        base = int(low.min())
        change = np.bincount(low - base, minlength=int(high.max()) - base + 2)
        change = change - np.bincount(high - base + 1, minlength=len(change))[: len(change)]
        pairs = {str(base + i): int(n) for i, n in enumerate(np.cumsum(change)) if n}
    unknown = int(len(rows) - known.sum())
    return (*pairs.items(), *((("", unknown),) if unknown else ()))


def _year(ordinals: Array) -> Array:
    """The years of days given as ordinals."""
    days = ordinals.astype(np.int64) - 719163  # 1970-01-01
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def _kinds(finder: Finder, unit: str, rows: Array) -> Pairs:
    if unit == "documents":
        return ()
    codes = finder.facts.statements.kind[rows]
    return _sorted({kind: n for i, kind in enumerate(KINDS) if (n := int((codes == i).sum()))})


def _issues(finder: Finder, unit: str, rows: Array) -> Pairs:
    if unit == "documents":
        return ()
    return _sorted(dict(finder.facts.on_issues(finder.facts.statements.ids[rows])))


def _sorted(counts: dict[str, int]) -> Pairs:
    ranked = sorted(counts.items(), key=lambda pair: (pair[0] == "", -pair[1], pair[0]))
    return tuple(ranked[:MOST])


_COUNTERS = {"actor": _actors, "outlet": _outlets, "year": _years, "kind": _kinds, "issue": _issues}
