"""The words of one text field of one segment, and where each of them stands.

The words lie in the file one after the other in the order of their UTF-8 bytes, which is that of code points. A word is
found by halving, so that opening a large index reads a few pages of it and not the whole lexicon.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property

from index.search.arrays import Array

AFTER = "\U0010ffff"  # behind every word with the same beginning


class FieldPostings:
    """One text field of one segment: its words (known by their number in the sorted order) and their postings."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._terms = arrays[f"{name}.terms"].data
        self._begins = arrays[f"{name}.begins"].data
        self.count = len(self._begins) - 1
        self.starts = arrays[f"{name}.starts"].data
        self.docs = arrays[f"{name}.docs"]
        self.freqs = arrays[f"{name}.freqs"]
        self.place_starts = arrays[f"{name}.place_starts"].data
        self.places = arrays[f"{name}.places"]
        self.lengths = arrays[f"{name}.lengths"]

    # --- words ---

    @cached_property
    def words(self) -> list[str]:
        """All words, sorted by code points: for those who have to look at every one of them."""
        return self.between(range(self.count))

    def _bytes(self, number: int) -> bytes:
        return bytes(self._terms[self._begins[number] : self._begins[number + 1] - 1])

    def _from(self, word: str) -> int:
        """The number of the first word that does not stand before `word`."""
        return bisect_left(range(self.count), word.encode("utf-8", "replace"), key=self._bytes)

    def word(self, number: int) -> str:
        """The word of a number."""
        return self._bytes(number).decode()

    def number(self, word: str) -> int | None:
        """The number of a word, None where it does not occur."""
        at = self._from(word)
        return at if at < self.count and self.word(at) == word else None

    def beginning(self, prefix: str) -> range:
        """The numbers of the words with a beginning."""
        low = self._from(prefix)
        begun, step = prefix.encode("utf-8", "replace"), 16
        while low + step < self.count and self._bytes(low + step).startswith(begun):
            step *= 4
        end = (prefix + AFTER).encode("utf-8", "replace")
        return range(low, bisect_left(range(self.count), end, low, min(low + step, self.count), key=self._bytes))

    def between(self, numbers: range) -> list[str]:
        """The words of numbers that follow each other."""
        if not numbers:
            return []
        begins = self._begins
        return bytes(self._terms[begins[numbers.start] : begins[numbers.stop] - 1]).decode().split("\n")

    # --- where they stand ---

    def postings(self, number: int) -> tuple[Array, Array]:
        """Document numbers (ascending) and frequencies of a word."""
        a, b = self.starts[number], self.starts[number + 1]
        return self.docs[a:b], self.freqs[a:b]

    def frequency(self, number: int) -> int:
        """In how many documents a word is."""
        return int(self.starts[number + 1] - self.starts[number])

    def positions(self, number: int) -> Array:
        """All positions of a word, grouped by its postings."""
        return self.places[self.place_starts[number] : self.place_starts[number + 1]]
