"""Statements that are about the same as another one: those that share its rarer words."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

import numpy as np

from index.search.tree import Or, Word
from index.search.words import words

if TYPE_CHECKING:
    from index.search.finder import Finder

ASKED = 12  # words of the statement that are sought
SHARED = 2  # of which at least so many have to be there


def like(finder: Finder, statement_id: int, limit: int) -> list[tuple[int, float]]:
    """(id, score), best first. Method: the words with the highest tf-idf are asked for, ranked by BM25F."""
    row = finder.store.row("SELECT text, utterance_id FROM statement WHERE id=?", (statement_id,))
    if row is None:
        return []
    space = finder.space("statements")
    index = space.text
    weighted = []
    for text, times in Counter(words(row["text"])).items():
        word = Word(text)
        frequency = sum(index.forms(word).values()) if len(text) > 2 else 0
        if frequency and frequency * 4 <= max(index.count, 20):
            weighted.append((times * log(index.count / frequency + 1), word))
    asked = [word for _, word in sorted(weighted, key=lambda pair: (-pair[0], pair[1].text))[:ASKED]]
    if not asked:
        return []
    found = finder._found(Or(tuple(asked)), "statements", False)
    shared = np.zeros(len(space.rows), np.int64)
    for word in asked:
        shared[index.find(word, None, False, np.ones(len(space.rows), bool)).docs] += 1
    keep = shared[found.docs] >= min(SHARED, len(asked))
    docs, scores = found.docs[keep], found.scores[keep] if found.scores is not None else np.zeros(int(keep.sum()))
    sql = "SELECT id FROM statement WHERE utterance_id=?"
    same = {r[0] for r in finder.store.rows(sql, (row["utterance_id"],))} | {statement_id}
    order = np.lexsort((space.ids[docs], -scores))
    ranked = ((int(space.ids[docs[i]]), float(scores[i])) for i in order)
    return [pair for pair in ranked if pair[0] not in same][:limit]
