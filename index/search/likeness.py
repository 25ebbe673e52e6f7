"""Statements that are about the same as another one: those that share its rarer words."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

import numpy as np

from index.search.tree import Or, Word, any_of
from index.search.words import words
from index.search.written import written
from index.store import searchable

if TYPE_CHECKING:
    from index.search.finder import Finder

ASKED = 12  # words of the statement that are sought
SHARED = 2  # of which at least so many have to be there


def like_query(finder: Finder, statement_id: int) -> str:
    """The rarer words of a statement as a query that can be read and changed; "" when it has none."""
    asked = _asked(finder, searchable.statement_text(finder.store, statement_id))
    return written(any_of(list(asked)))


def _asked(finder: Finder, text: str) -> list[Word]:
    """The words of a statement with the highest tf-idf, without those that are common."""
    index = finder.space("statements").text
    weighted = []
    for place, (folded, times) in enumerate(Counter(words(text)).items()):
        word = Word(folded)
        frequency = sum(index.forms(word).values()) if len(folded) > 2 else 0
        if frequency and frequency * 4 <= max(index.count, 20):
            weighted.append((times * log(index.count / frequency + 1), place, word))
    best = sorted(weighted, key=lambda found: (-found[0], found[1]))[:ASKED]
    return [word for _, _, word in sorted(best, key=lambda found: found[1])]


def like(finder: Finder, statement_id: int, limit: int) -> list[tuple[int, float]]:
    """(id, score), best first. Method: the words with the highest tf-idf are asked for, ranked by BM25F."""
    asked = _asked(finder, searchable.statement_text(finder.store, statement_id))
    if not asked:
        return []
    space = finder.space("statements")
    index = space.text
    found = finder._found(Or(tuple(asked)), "statements", False)
    shared = np.zeros(len(space.rows), np.int64)
    for word in asked:
        shared[index.find(word, None, False, np.ones(len(space.rows), bool)).docs] += 1
    keep = shared[found.docs] >= min(SHARED, len(asked))
    docs, scores = found.docs[keep], found.scores[keep] if found.scores is not None else np.zeros(int(keep.sum()))
    same = searchable.same_utterance(finder.store, statement_id)
    order = np.lexsort((space.ids[docs], -scores))
    ranked = ((int(space.ids[docs[i]]), float(scores[i])) for i in order)
    return [pair for pair in ranked if pair[0] not in same][:limit]
