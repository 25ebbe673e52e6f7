"""One text field of one segment: which of its words are meant by a word of a query, and where these stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.search.arrays import Array
from index.search.codec import LENGTHS
from index.search.postings import FieldPostings
from index.search.tree import Word
from index.search.words import Stems

# The only English words whose stems differ in the second letter: dying, lying, tying, vying (die, lie, tie, vie).
_TWINS = {"dy": "di", "ly": "li", "ty": "ti", "vy": "vi"}
_BEGINNINGS = {twin: (twin, begin) for begin, twin in _TWINS.items()}
NONE: Array = np.empty(0, np.int64)
_TRUE = np.ones(1, bool)


def summed(docs: Array, values: Array) -> tuple[Array, Array]:
    """The document numbers in order, each of them once, and the sum of what belongs to each."""
    order = docs.argsort(kind="stable")
    docs = docs[order]
    first = fresh(docs)
    return docs[first], np.add.reduceat(values[order], first) if len(first) else values


def fresh(ascending: Array) -> Array:
    """The places in ascending numbers where another number begins; several times faster than np.unique."""
    if not len(ascending):
        return NONE
    return np.flatnonzero(np.concatenate([_TRUE, ascending[1:] != ascending[:-1]]))


class Leaf:
    """One segment of one field. `like`: the same segment as it was opened before; what it has worked out is kept."""

    def __init__(self, field: FieldPostings, base: int, count: int, like: Leaf | None = None) -> None:
        self.field: FieldPostings = field if like is None else like.field
        self.base = base
        self.count = count
        self._by_letter: dict[tuple[int, str], dict[str, list[int]]] = {} if like is None else like._by_letter
        if like is not None and "lengths" in like.__dict__:
            self.lengths = like.lengths

    @cached_property
    def lengths(self) -> Array:
        """The number of words of each document, as near as one byte tells."""
        return LENGTHS[self.field.lengths].astype(np.float64)

    # --- which words are meant ---

    def numbers(self, word: Word, stems: Stems) -> list[int]:
        """The words of this segment that `word` stands for."""
        field = self.field
        if word.mode == "exact":
            number = field.number(word.text)
            return [] if number is None else [number]
        if word.mode == "pattern":
            return self._like(word.text)
        if word.mode == "fuzzy":
            from rapidfuzz import process  # 9 ms that no other question needs
            from rapidfuzz.distance import Levenshtein

            near = process.extract(
                word.text, field.words, scorer=Levenshtein.distance, score_cutoff=word.distance, limit=None
            )
            return sorted(number for _, _, number in near)
        found: set[int] = set()
        for language, stem in enumerate(stems.of(word.text)):
            found.update(self._with_stem(language, stem, word.text, stems))
        return sorted(found)

    def _like(self, pattern: str) -> list[int]:
        head = re.match(r"[^*?]*", pattern)
        prefix = head[0] if head else ""
        numbers = self.field.beginning(prefix)
        if pattern == prefix + "*":
            return list(numbers)
        signs = ("[^\n]*" if c == "*" else "[^\n]" if c == "?" else re.escape(c) for c in pattern)
        matches = re.compile("".join(signs)).fullmatch
        words = self.field.between(numbers)
        return [n for n, word in zip(numbers, words, strict=True) if matches(word)]

    def _with_stem(self, language: int, stem: str, word: str, stems: Stems) -> Sequence[int]:
        """The words with a stem: all of them begin nearly as it does."""
        begin = stems.beginning(language, stem)
        if len(begin) < 3:
            return self._stem_map(language, word, stems).get(stem, ())
        numbers = self.field.beginning(begin)
        if not numbers:
            return ()
        found = stems.of_all(self.field.between(numbers), language)
        return [n for n, other in zip(numbers, found, strict=True) if other == stem]

    def _stem_map(self, language: int, word: str, stems: Stems) -> dict[str, list[int]]:
        """Stem -> words, of the part of the lexicon that can share a stem with `word`; made when first asked for."""
        initial = _TWINS.get(word[:2], word[:2]) if stems.stable else ""
        found = self._by_letter.get((language, initial))
        if found is None:
            found = self._by_letter[language, initial] = {}
            for begin in _BEGINNINGS.get(initial, (initial,)):
                numbers = self.field.beginning(begin)
                for number, stem in zip(numbers, stems.of_all(self.field.between(numbers), language), strict=True):
                    found.setdefault(stem, []).append(number)
        return found

    # --- where they stand ---

    def postings(self, numbers: Sequence[int]) -> tuple[Array, Array]:
        """Document numbers and frequencies of several words taken as one."""
        if not numbers:
            return NONE, NONE
        if len(numbers) == 1:
            docs, freqs = self.field.postings(numbers[0])
            return docs.astype(np.int64), freqs.astype(np.float64)
        parts = [self.field.postings(n) for n in numbers]
        if sum(len(d) for d, _ in parts) * 20 > self.count:
            total = np.zeros(self.count)
            for docs, freqs in parts:
                total[docs] += freqs
            docs = np.flatnonzero(total)
            return docs, total[docs]
        every = np.concatenate([d for d, _ in parts]).astype(np.int64)
        return summed(every, np.concatenate([f for _, f in parts], dtype=np.float64))

    def places(self, numbers: Sequence[int], wanted: Array) -> Array:
        """`document << 32 | position`, ascending, of several words taken as one in the documents `wanted` (a mask)."""
        parts = []
        for n in numbers:
            docs, freqs = self.field.postings(n)
            keep = np.flatnonzero(wanted[docs])
            if not len(keep):
                continue
            positions = self.field.positions(n)
            counts = freqs.astype(np.int64)
            if len(positions) == len(docs):  # once everywhere
                parts.append((docs[keep].astype(np.int64) << 32) | positions[keep])
                continue
            first = (np.cumsum(counts) - counts)[keep]
            counts = counts[keep]
            spread = np.arange(counts.sum()) + np.repeat(first - (np.cumsum(counts) - counts), counts)
            parts.append((np.repeat(docs[keep].astype(np.int64), counts) << 32) | positions[spread])
        if not parts:
            return NONE
        if len(parts) == 1:
            return parts[0]
        every = np.concatenate(parts)
        every.sort()
        return every
