"""Finding rows by their words: the postings of a Whoosh index, taken whole and worked on as arrays.

Ranking is Whoosh's BM25F (S. Robertson et al., "Okapi at TREC-3", 1994; K1 = 1.2, B = 0.75, lengths as Whoosh rounds
them); a test compares totals and the best twenty with Whoosh's own Searcher on hundreds of generated queries.
"""

from __future__ import annotations

import itertools
import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np

from index.search.arrays import Array
from index.search.leaf import NONE, Leaf, fresh, summed
from index.search.postings import FieldPostings
from index.search.tree import And, Everything, Node, Not, Or, Phrase, Titled, Word
from index.search.words import Stems

K1, B = 1.2, 0.75
REMEMBERED = 128  # words whose merged postings are kept


@dataclass(frozen=True, slots=True)
class Found:
    """Document numbers (ascending) over the whole index and their scores (None: no opinion, counts as 0)."""

    docs: Array
    scores: Array | None = None


class TextIndex:
    """A Whoosh index opened for reading by one thread (None: an empty one).

    `languages` are those of the library's documents: a word stands for all forms it has in any of them.
    """

    def __init__(
        self, reader: Any, default: str = "text", languages: Iterable[str] = ("en",), before: TextIndex | None = None
    ) -> None:
        self.default = default
        self.stems = Stems(languages)
        known = before._segments if before is not None and before.stems.names == self.stems.names else {}
        self.count = int(reader.doc_count_all()) if reader is not None else 0
        leaves = [(r, base) for r, base in reader.leaf_readers() if r.doc_count_all()] if self.count else []
        names = list(leaves[0][0].indexed_field_names()) if leaves else []
        self._segments: dict[tuple[str, str], Leaf] = {}
        self.leaves: dict[str, list[Leaf]] = {name: [] for name in names}
        for r, base in leaves:
            segment = r.segment()
            for name in names:
                key = (str(segment.segment_id()), name)
                leaf = Leaf(r._terms.field(name), base, r.doc_count_all(), known.get(key))
                self._segments[key] = leaf
                self.leaves[name].append(leaf)
        self._open = [r._terms for r, _ in leaves]  # as long as they are held they need not be opened again
        self.average = {name: max(reader.field_length(name) / max(self.count, 1), 1e-9) for name in names}
        gone = [np.fromiter(r.segment().deleted_docs(), np.int64) + base for r, base in leaves]
        self.dead: Array = np.concatenate(gone) if gone else NONE  # numbers of the deleted documents
        self._order = [(str(r.segment().segment_id()), int(r.doc_count_all())) for r, _ in leaves]
        self._among: Array = NONE
        self._forms: OrderedDict[tuple[str, Word], dict[str, int]] = OrderedDict()
        self._words: OrderedDict[tuple[str, Word], list[tuple[Array, Array]]] = OrderedDict()
        self._numbers: OrderedDict[tuple[str, Word], list[list[int]]] = OrderedDict()

    @cached_property
    def ids(self) -> Array:
        """The ids of all documents."""
        return self.ids_from(0)

    def ids_from(self, number: int) -> Array:
        """The ids of the documents from a number on, where a segment begins."""
        starts = itertools.accumulate((terms.ids for terms in self._open), lambda at, ids: at + len(ids), initial=0)
        found = [terms.ids for terms, at in zip(self._open, starts, strict=False) if at >= number]
        return np.concatenate(found) if found else NONE

    @cached_property
    def alive(self) -> Array:
        """A mask of the documents that are not deleted."""
        mask = np.ones(self.count, bool)
        mask[self.dead] = False
        return mask

    def forms(self, word: Word, field: str | None = None) -> dict[str, int]:
        """The words of the index that `word` stands for, and in how many documents each of them is."""
        name = field or self.default
        kept = self._forms.get((name, word))
        if kept is not None:
            return kept
        found: dict[str, int] = {}
        for leaf, numbers in zip(self.leaves.get(name, ()), self._meant(name, word), strict=True):
            for n in numbers:
                text = leaf.field.word(n)
                found[text] = found.get(text, 0) + leaf.field.frequency(n)
        _keep(self._forms, (name, word), found)
        return found

    def shared(self, other: TextIndex) -> int:
        """How many documents at the beginning are those of another state of the same index."""
        same = 0
        for mine, theirs in zip(self._order, other._order, strict=False):
            if mine != theirs:
                break
            same += mine[1]
        return same

    def vocabulary(self, field: str | None = None) -> list[FieldPostings]:
        """The fields of the segments, for those who look through the words themselves."""
        return [leaf.field for leaf in self.leaves.get(field or self.default, ())]

    # --- evaluation ---

    def find(
        self, tree: Node, facts: Callable[[Node], Array] | None = None, scored: bool = True, among: Array | None = None
    ) -> Found:
        """The documents that a tree asks for. `facts` gives, for a leaf that is not text, a mask over all documents.

        `among` is a mask of the documents that can be found (default: those that are not deleted). It may be longer
        than the index: rows that the index does not hold yet can be found by facts.
        """
        self._among = self.alive if among is None else among
        found = self._find(tree, facts, scored, self.default)
        keep = self._among[found.docs]
        if keep.all():
            return found
        return Found(found.docs[keep], None if found.scores is None else found.scores[keep])

    def _find(self, node: Node, facts: Callable[[Node], Array] | None, scored: bool, field: str) -> Found:
        match node:
            case Word():
                return self._word(field, node, scored)
            case Phrase():
                return self._phrase(field, node, scored)
            case Titled(part) if "title" in self.leaves:
                return self._find(part, facts, scored, "title")
            case And(parts):
                return self._all(parts, facts, scored, field)
            case Or(parts):
                return self._any([self._find(p, facts, scored, field) for p in parts], scored)
            case Not(part):
                mask = self._among.copy()
                mask[self._find(part, facts, False, field).docs] = False
                return Found(np.flatnonzero(mask))
            case Everything():
                return Found(np.flatnonzero(self._among))
            case _:
                return Found(np.flatnonzero(facts(node)) if facts else NONE)

    def _all(self, parts: Sequence[Node], facts: Callable[[Node], Array] | None, scored: bool, field: str) -> Found:
        """Intersection; texts first (cheapest first), then facts as masks, then what is not wanted."""
        texts = [p for p in parts if not _is_mask(p)]
        found = sorted((self._find(p, facts, scored, field) for p in texts), key=lambda f: len(f.docs))
        if found:
            docs, scores = found[0].docs, found[0].scores
        else:
            masks = [self._mask(p, facts, field) for p in parts if _is_mask(p)]
            return Found(np.flatnonzero(reduce(np.logical_and, masks, self._among)))
        for other in found[1:]:
            docs, scores = _common(docs, scores, other)
        for part in parts:
            if _is_mask(part):
                keep = self._mask(part, facts, field)[docs]
                docs, scores = docs[keep], None if scores is None else scores[keep]
        return Found(docs, scores)

    def _mask(self, part: Node, facts: Callable[[Node], Array] | None, field: str) -> Array:
        """Where something holds that has no score."""
        if isinstance(part, Not):
            mask = np.ones(len(self._among), bool)
            mask[self._find(part.part, facts, False, field).docs] = False
        elif facts is None or isinstance(part, And | Or) or (isinstance(part, Titled) and "title" in self.leaves):
            mask = np.zeros(len(self._among), bool)
            mask[self._find(part, facts, False, field).docs] = True
        else:
            mask = facts(part)
        return mask

    def _any(self, found: list[Found], scored: bool) -> Found:
        if sum(len(f.docs) for f in found) * 20 > self.count:
            mask = np.zeros(len(self._among), bool)
            total = np.zeros(len(mask))
            for f in found:
                mask[f.docs] = True
                if f.scores is not None:
                    total[f.docs] += f.scores
            docs = np.flatnonzero(mask)
            return Found(docs, total[docs] if scored else None)
        every = np.concatenate([f.docs for f in found])
        weights = np.concatenate([np.zeros(len(f.docs)) if f.scores is None else f.scores for f in found])
        docs, total = summed(every, weights)
        return Found(docs, total if scored else None)

    # --- words ---

    def _meant(self, field: str, word: Word) -> list[list[int]]:
        key = (field, word)
        found = self._numbers.get(key)
        if found is None:
            found = [leaf.numbers(word, self.stems) for leaf in self.leaves.get(field, ())]
            _keep(self._numbers, key, found)
        return found

    def _postings(self, field: str, word: Word) -> list[tuple[Array, Array]]:
        key = (field, word)
        found = self._words.get(key)
        if found is None:
            leaves = self.leaves.get(field, ())
            found = [leaf.postings(numbers) for leaf, numbers in zip(leaves, self._meant(field, word), strict=True)]
            _keep(self._words, key, found)
        return found

    def _word(self, field: str, word: Word, scored: bool) -> Found:
        parts = self._postings(field, word)
        leaves = self.leaves.get(field, [])
        if not parts:
            return Found(NONE)
        docs = [d + leaf.base for leaf, (d, _) in zip(leaves, parts, strict=True)]
        every = docs[0] if len(docs) == 1 else np.concatenate(docs)
        if not scored:
            return Found(every)
        if word.mode in ("pattern", "fuzzy"):  # as Whoosh does: all forms weigh the same
            return Found(every, np.ones(len(every)))
        scores = [self._weights(field, leaf, d, f, len(every)) for leaf, (d, f) in zip(leaves, parts, strict=True)]
        return Found(every, scores[0] if len(scores) == 1 else np.concatenate(scores))

    def _weights(self, field: str, leaf: Leaf, docs: Array, freqs: Array, frequency: int) -> Array:
        """BM25F of a word with `frequency` documents in the index, in documents of one segment."""
        idf = math.log(self.count / (frequency + 1)) + 1
        weights: Array = leaf.lengths[docs]
        weights *= K1 * B / self.average[field]
        weights += K1 * (1 - B)
        weights += freqs
        np.divide(freqs, weights, out=weights)
        weights *= idf * (K1 + 1)
        return weights

    # --- phrases ---

    def _phrase(self, field: str, phrase: Phrase, scored: bool) -> Found:
        words = phrase.known
        if phrase.within is not None and len(set(words)) < 2 and not phrase.runs:
            return self._word(field, words[0], scored)
        parts = [self._postings(field, w) for w in words]
        meant = [self._meant(field, w) for w in words]
        steps = [i for i, w in enumerate(phrase.words) if w.mode != "any"]
        totals = [sum(len(d) for d, _ in part) for part in parts]
        docs_of: list[Array] = []
        scores_of: list[Array] = []
        for i, leaf in enumerate(self.leaves.get(field, ())):
            docs = self._phrase_in(leaf, [m[i] for m in meant], [p[i][0] for p in parts], phrase, steps)
            docs_of.append(docs + leaf.base)
            if scored:
                total = np.zeros(len(docs))
                for part, frequency in zip(parts, totals, strict=True):
                    at = np.searchsorted(part[i][0], docs)
                    total += self._weights(field, leaf, docs, part[i][1][at], frequency)
                scores_of.append(total)
        if not docs_of:
            return Found(NONE)
        return Found(np.concatenate(docs_of), np.concatenate(scores_of) if scored else None)

    def _phrase_in(
        self, leaf: Leaf, meant: list[list[int]], docs: list[Array], phrase: Phrase, steps: list[int]
    ) -> Array:
        """The documents of a segment that hold a phrase; `steps` says at which place of it each word stands."""
        order = sorted(range(len(docs)), key=lambda i: len(docs[i]))
        both = docs[order[0]]
        for i in order[1:]:
            both = both[_member(docs[i], both)]
            if not len(both):
                return NONE
        mask = np.zeros(leaf.count, bool)
        mask[both] = True
        if phrase.within is not None:
            return _near([leaf.places(numbers, mask) for numbers in meant], phrase.within, phrase.runs)
        first = order[0]
        here = leaf.places(meant[first], mask) - steps[first]  # where the phrase would begin
        for i in order[1:]:
            if not len(here):
                return NONE
            here = here[_member(leaf.places(meant[i], mask) - steps[i], here)]
        found = here >> 32
        return found[fresh(found)]


def _is_mask(node: Node) -> bool:
    if isinstance(node, Not):
        return True
    if isinstance(node, And | Or):
        return all(_is_mask(p) for p in node.parts)
    return not isinstance(node, Word | Phrase | Everything)


def _keep(cache: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    cache[key] = value
    if len(cache) > REMEMBERED:
        cache.popitem(last=False)


def _member(many: Array, few: Array) -> Array:
    """Mask over `few` (ascending): which of them are in `many` (ascending)."""
    if not len(many):
        return np.zeros(len(few), bool)
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    mask: Array = many[at] == few
    return mask


def _common(docs: Array, scores: Array | None, other: Found) -> tuple[Array, Array | None]:
    if not len(docs) or not len(other.docs):
        return NONE, None if scores is None else np.empty(0)
    at = np.searchsorted(other.docs, docs)
    at[at == len(other.docs)] = 0
    keep = other.docs[at] == docs
    docs = docs[keep]
    if other.scores is None:
        return docs, None if scores is None else scores[keep]
    more = other.scores[at[keep]]
    return docs, more if scores is None else scores[keep] + more


def _near(places: list[Array], within: int, runs: Sequence[int] = ()) -> Array:
    """Documents where all the words stand in a window with at most `within` other words, in any order; `runs` of them
    side by side.

    A sweep over all places in order: for each one, the nearest earlier place of every word is known (a running
    maximum), and the window from the earliest of them to here has to be short enough.
    """
    length = len(places) + within
    runs = runs or (1,) * len(places)
    firsts = itertools.accumulate(runs, initial=0)
    places = [_in_a_row(places[first : first + n]) for first, n in zip(firsts, runs, strict=False)]
    every = np.concatenate(places)
    which = np.repeat(np.arange(len(places)), [len(p) for p in places])
    order = np.argsort(every, kind="stable")
    every, which = every[order], which[order]
    begin, end = np.full(len(every), np.iinfo(np.int64).max), np.full(len(every), -1)
    for word, n in enumerate(runs):
        last = np.maximum.accumulate(np.where(which == word, every, -1))
        begin, end = np.minimum(begin, last), np.maximum(end, last + n - 1)
    ok = (begin >> 32 == every >> 32) & (begin >= 0) & (end - begin < length)
    docs: Array = every[ok] >> 32
    return np.asarray(docs[fresh(docs)])


def _in_a_row(places: Sequence[Array]) -> Array:
    """Where the first of some words stands with the others side by side behind it."""
    here = places[0]
    for step, more in enumerate(places[1:], 1):
        here = here[_member(more - step, here)]
    return here
