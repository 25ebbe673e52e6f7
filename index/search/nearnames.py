"""Names of the library that are near to one that nobody has: begun, misspelt, or with a word too many."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

from index.search.tree import Field
from index.search.words import words
from index.store import searchable

if TYPE_CHECKING:
    from index.search.finder import Finder

MOST = 3


def near_fields(finder: Finder, field: Field) -> Iterator[Field]:
    """Fields that take the place of one that holds nowhere, best first; an office that stands for a name goes to `role:`."""
    wanted = words(field.value.replace("*", "").replace("?", ""))
    if not wanted:
        return
    ranked = sorted((rank, -n, have, own) for have, n, own in _labels(finder, field.name) if (rank := _rank(wanted, have)))
    best = dict.fromkeys(own for rank, _, _, own in ranked if rank == 1)  # of an actor's names the nearest counts
    yield from (Field(field.name, label) for label in list(best)[:MOST])
    if field.name == "actor":
        yield Field("role", field.value)
    others = [own for own in dict.fromkeys(own for _, _, _, own in ranked) if own not in best]
    yield from (Field(field.name, label) for label in others[: max(MOST - len(best), 0)])


def _labels(finder: Finder, name: str) -> list[tuple[list[str], int, str]]:
    """(the words of a value that a field can have, how often it does, the value to ask for)."""
    store = finder.store
    if name == "actor":
        said = np.bincount(finder.facts.statements.actor).tolist()
        own = finder.facts.actor_names()
        return [(have, said[i], own[i]) for i, have in finder.facts.known_names() if i < len(said) and said[i]]
    if name == "outlet":
        values = [v for v in searchable.outlets(store) if v]
    elif name == "role":
        values = [v for v in searchable.texts_in(store, "role") if v]
    elif name == "via":
        values = [v for text in searchable.texts_in(store, "via") if text for v in json.loads(text)]
    else:
        values = [label for _, label in searchable.issues(store)] if name == "issue" else []
    return [(words(value), n, value) for value, n in Counter(values).items()]


def _rank(wanted: list[str], have: list[str]) -> int:
    """0: not near; 1: every word begins one of the name; 2: every word is nearly one of it; 3: its last word is the last."""
    if all(any(h.startswith(w) for h in have) for w in wanted):
        return 1
    if all(any(_alike(w, h) for h in have) for w in wanted):
        return 2
    return 3 if len(wanted) > 1 and have and _alike(wanted[-1], have[-1]) else 0


def _alike(one: str, other: str) -> bool:
    farthest = 0 if min(len(one), len(other)) < 4 else 1 if len(one) < 7 else 2
    return abs(len(one) - len(other)) <= farthest and OSA.distance(one, other, score_cutoff=farthest) <= farthest
