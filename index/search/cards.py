"""The card of an actor whose name was typed: at once, what there is of them and what is missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from index.model import ActorCard
from index.search.columns import FIRST, LAST
from index.search.fieldnames import STATUSES
from index.search.query import parsed
from index.search.tree import NOWHERE, And, Field, Node, Phrase, Word
from index.search.words import words
from index.store import actors, searchable

if TYPE_CHECKING:
    from index.search.finder import Finder

LATEST = 3
LONG = 90  # days without a statement that are worth a word


def card(finder: Finder, text: str) -> ActorCard | None:
    """The card of the actor that a query names (by words alone, or by actor:), of several the one who said most."""
    finder.facts.refresh()
    wanted = _named(parsed(text).tree)
    if wanted is None:
        return None
    ids = [i for i in finder.facts.actors_named(wanted.value, wanted.exact) if i]
    if wanted.span == NOWHERE:  # plain words
        ids = [i for i in ids if _is_name(finder, i, words(wanted.value))]
    if not ids:
        return None
    columns = finder.facts.statements
    normal = columns.status != STATUSES.index("rejected")
    counts = {i: int(((columns.actor == i) & normal).sum()) for i in ids}
    actor_id = max(ids, key=lambda i: (counts[i], -i))
    rows = np.flatnonzero((columns.actor == actor_id) & normal)
    known = rows[columns.latest[rows] > 0]
    order = known[np.lexsort((columns.ids[known], columns.earliest[known], columns.latest[known]))]
    first, last = columns.earliest[order], columns.latest[order]
    # An open end counts where the other is: what only its publication dates was said by then.
    first, last = np.where(first > FIRST, first, last), np.where(last < LAST, last, first)
    return ActorCard(
        actors.actor(finder.store, actor_id),
        tuple(int(i) for i in columns.ids[order[::-1][:LATEST]]), len(rows), len(rows) - len(known),
        date.fromordinal(int(first.min())) if len(order) else None,
        date.fromordinal(int(last.max())) if len(order) else None,
        _gap(first.tolist(), last.tolist()),
        tuple(finder.facts.on_issues(columns.ids[rows])), len(ids) - 1,
    )  # fmt: skip


def _is_name(finder: Finder, actor_id: int, wanted: list[str]) -> bool:
    """True where the words are a whole name, or a person's surname or first name: not any word of a longer name."""
    names = [words(name) for name in searchable.names_of(finder.store, actor_id)]
    person = searchable.is_person(finder.store, actor_id)
    n = len(wanted)
    return any(name == wanted or (person and wanted in (name[-n:], name[:n])) for name in names)


def _named(tree: Node) -> Field | None:
    """The name in a query that is nothing but words in a row, or one actor: field."""
    match tree:
        case Field("actor"):
            return tree
        case Word(_, "stem") | Phrase():
            parts: tuple[Node, ...] = (tree,)
        case And(parts) if len(parts) <= 4:
            fields = [p for p in parts if isinstance(p, Field) and p.name == "actor"]
            if len(fields) == 1:
                return fields[0]
        case _:
            return None
    printed = []
    for part in parts:
        if isinstance(part, Phrase) and part.within is None:
            printed.append(" ".join(w.text for w in part.words))
        elif isinstance(part, Word) and part.mode == "stem" and len(part.text) > 2:
            printed.append(part.text)
        else:
            return None
    return Field("actor", " ".join(printed))


def _gap(first: list[int], last: list[int]) -> tuple[date, date] | None:
    """The longest stretch of days that no dated statement may lie in, with the days at its two ends."""
    best, until = (LONG, 0, 0), 0
    for a, b in sorted(zip(first, last, strict=True)):
        if until and a - until > best[0]:
            best = (a - until, until, a)
        until = max(until, b)
    return (date.fromordinal(best[1]), date.fromordinal(best[2])) if best[1] else None
