"""Searches that outlive the moment: many queries from a table, new hits of a saved search, a phrase over time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from index.model import BatchLine, QueryProblem, Use, Watch
from index.search.arrays import Array
from index.search.columns import FIRST, LAST
from index.search.fields import UNITS

if TYPE_CHECKING:
    from index.search.finder import Finder


def batch(finder: Finder, table: str) -> Iterator[BatchLine]:
    """Run the queries of a CSV table, one result per line that is not empty; a bad line does not stop the others.

    With a header the columns `query`, `name` and `in` (statements or documents) are known; without one every line is
    a query as it stands.
    """
    lines = table.lstrip("\ufeff").splitlines()
    head = [cell.strip().lower() for cell in _cells(lines[0]) or []] if lines else []
    named = "query" in head
    for number, line in enumerate(lines[named:], 1 + named):
        if not line.strip() or line.startswith("#"):
            continue
        cells = _cells(line) if named else [line]
        if cells is None:
            problem = QueryProblem("bad-line", 0, "This line is not a row of a table.")
            yield BatchLine(number, line, UNITS[0], problem=problem)
            continue
        row = dict(zip(head, cells, strict=False)) if named else {"query": cells[0]}
        yield _line(finder, number, row)


def _cells(line: str) -> list[str] | None:
    try:
        found = next(csv.reader(io.StringIO(line), strict=True), [])
    except csv.Error:
        return None
    return found


def _line(finder: Finder, number: int, row: Mapping[str, str]) -> BatchLine:
    query, name = row.get("query", "").strip(), row.get("name", "").strip()
    unit = row.get("in", "").strip().lower() or UNITS[0]
    if unit not in UNITS:
        problem = QueryProblem("bad-unit", 0, f"{unit} is neither statements nor documents.")
        return BatchLine(number, query, unit, name, problem=problem)
    if not query:
        problem = QueryProblem("empty-query", 0, "This line has no query.")
        return BatchLine(number, query, unit, name, problem=problem)
    found = finder.find(query, unit, limit=0, facets=False)
    if found.problem is not None:
        return BatchLine(number, query, unit, name, problem=found.problem)
    return BatchLine(number, query, unit, name, found.total, found.undated_hidden, found.explained)


def new_hits(finder: Finder, query: str, unit: str, seen: Sequence[int], filters: Any = None) -> list[int]:
    """The hits of a saved search that were not there when it was last looked at; of a broken one none."""
    if finder.tree(query).problem is not None:
        return []
    known = set(seen)
    return [i for i in finder.ids(query, unit, filters=filters) if i not in known]


def watched(finder: Finder, query: str) -> Watch:
    """First use, last use, who took a phrase up and who dropped it. Raises `Problem("bad-query")`."""
    ids = np.array(finder.ids(query), np.int64)
    columns = finder.facts.statements
    rows = columns.rows(ids)
    known = (columns.latest[rows] > 0) & (columns.earliest[rows] > FIRST) & (columns.latest[rows] < LAST)
    dated = rows[known]
    order = dated[np.lexsort((columns.ids[dated], columns.earliest[dated], columns.latest[dated]))]
    uses = [_use(finder, int(actor), rows, order) for actor in np.unique(columns.actor[rows])]
    uses.sort(key=lambda u: (u.first_day or date.max, -u.count, u.actor))
    return Watch(
        query, len(ids), len(ids) - len(dated), _years(columns.earliest[order], columns.latest[order]),
        _months(columns.earliest[order], columns.latest[order]),
        int(columns.ids[order[0]]) if len(order) else None, int(columns.ids[order[-1]]) if len(order) else None,
        tuple(uses),
    )  # fmt: skip


def _use(finder: Finder, actor: int, rows: Array, order: Array) -> Use:
    columns = finder.facts.statements
    own = order[columns.actor[order] == actor]
    count = int((columns.actor[rows] == actor).sum())
    name = finder.facts.actor_names().get(actor, "")
    if not len(own):
        some = int(columns.ids[rows[columns.actor[rows] == actor][0]])
        return Use(actor or None, name, count, some, None, some, None, 0)
    last = int(columns.latest[own[-1]])
    known = columns.latest < LAST
    since = int(((columns.actor == actor) & (columns.earliest > last) & known).sum()) if actor else 0
    return Use(
        actor or None, name, count, int(columns.ids[own[0]]), date.fromordinal(int(columns.latest[own[0]])),
        int(columns.ids[own[-1]]), date.fromordinal(last), since,
    )  # fmt: skip


def _years(first: Array, last: Array) -> tuple[tuple[int, int], ...]:
    counts: dict[int, int] = {}
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        year = date.fromordinal(a).year
        if year == date.fromordinal(b).year:
            counts[year] = counts.get(year, 0) + 1
    return tuple(sorted(counts.items()))


def _months(first: Array, last: Array) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        month = date.fromordinal(a).isoformat()[:7]
        if month == date.fromordinal(b).isoformat()[:7]:
            counts[month] = counts.get(month, 0) + 1
    return tuple(sorted(counts.items()))
