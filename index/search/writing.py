"""Writing a segment: texts become numbers of words at the speed of C, one sort turns them round, arrays go to disk.

Whoosh's own writer hands every word through four generators and pickles every posting; this one subclasses it and
replaces only what is between the text and the segment's file. Locks, table of contents and deletions are Whoosh's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.writing import SegmentWriter

from index.search.arrays import Array, smallest, write_arrays
from index.search.codec import LENGTHS, Codec, Segment
from index.search.fields import Text
from index.search.words import WORD, fold

TOKENS_PER_SEGMENT = 3_000_000  # about 18 MB of text; turning them round takes about 50 bytes each


class Numbers(dict[str, int]):
    """Word as printed -> number of its folded form; 0 stands for nothing left."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {"": 0}

    def __missing__(self, word: str) -> int:
        number = self.folded.setdefault(fold(word), len(self.folded))
        self[word] = number
        return number


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Adds texts to a Whoosh index as one new segment. `commit(merge=False)` publishes it, `cancel()` forgets it."""

    def __init__(self, index: Any, numbers: Numbers | None = None) -> None:
        super().__init__(index, codec=Codec(), compound=False, timeout=30.0)
        self.numbers = Numbers() if numbers is None else numbers
        self.tokens = 0
        self._names = [name for name, kind in self.schema.items() if isinstance(kind, Text)]
        self._ids: list[int] = []
        self._texts: dict[str, list[Array]] = {name: [] for name in self._names}

    @property
    def full(self) -> bool:
        """True when the segment is large enough to be committed."""
        return self.tokens >= TOKENS_PER_SEGMENT

    def add(self, row_id: int, **texts: str) -> None:
        """Add one row; fields that are not given are empty. Ids must ascend within a segment."""
        number = self.numbers.__getitem__
        for name in self._names:
            found = WORD.findall(texts.get(name, ""))
            self._texts[name].append(np.fromiter(map(number, found), np.int32, len(found)))
            self.tokens += len(found)
        self._ids.append(row_id)
        self._added = True
        self.docnum += 1

    def _flush_segment(self) -> None:
        segment: Segment = self.newsegment
        arrays: dict[str, Array] = {"ids": np.array(self._ids, np.int64)}
        for name in self._names:
            lengths = _inverted(arrays, name, self._texts[name], self.numbers)
            segment.fieldlengths[name] = int(lengths.sum())
        write_arrays(segment.path(self.storage), arrays)


def _inverted(arrays: dict[str, Array], name: str, texts: list[Array], numbers: Numbers) -> Array:
    """Put the inverted form of one field into `arrays`; the number of words of each text is returned."""
    counts = np.fromiter(map(len, texts), np.int64, len(texts))
    tokens = np.concatenate(texts) if texts else np.empty(0, np.int32)
    rank, words = _alphabet(tokens, numbers)
    term = rank[tokens]
    kept = term >= 0
    docs = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
    lengths = np.bincount(docs[kept], minlength=len(texts))
    places = np.arange(len(tokens), dtype=np.int32) - np.repeat((np.cumsum(counts) - counts).astype(np.int32), counts)
    key = (term.astype(np.int64) << 32) | np.arange(len(tokens))  # a plain sort is several times faster than argsort
    key = key[kept]
    key.sort()
    order = (key & 0xFFFFFFFF).astype(np.int32)
    term = (key >> 32).astype(np.int32)
    del key, kept, tokens
    docs, places = docs[order], places[order]
    fresh = np.ones(len(term), bool)
    fresh[1:] = (term[1:] != term[:-1]) | (docs[1:] != docs[:-1])
    first = np.flatnonzero(fresh)  # where each posting begins among the places
    starts = np.searchsorted(term[first], np.arange(len(words) + 1))
    arrays[f"{name}.terms"], arrays[f"{name}.begins"] = _lexicon(words)
    arrays[f"{name}.starts"] = smallest(starts)
    arrays[f"{name}.docs"] = smallest(docs[first])
    arrays[f"{name}.freqs"] = smallest(np.diff(first, append=len(term)))
    arrays[f"{name}.place_starts"] = smallest(np.append(first, len(term))[starts])
    arrays[f"{name}.places"] = smallest(places)
    arrays[f"{name}.lengths"] = np.searchsorted(LENGTHS[:-1], lengths).astype(np.uint8)
    return lengths


def _lexicon(words: list[str]) -> tuple[Array, Array]:
    """The bytes of words with a line end between them, and where each begins (and the one after the last would)."""
    terms = np.frombuffer("\n".join(words).encode(), np.uint8)
    ends = np.append(np.flatnonzero(terms == ord("\n")), len(terms)) if words else np.empty(0, np.int64)
    return terms, np.append(0, ends + 1).astype(np.uint32)


def _alphabet(tokens: Array, numbers: Numbers) -> tuple[Array, list[str]]:
    """Number of a word -> its place in the sorted words that occur (-1: none), and those words."""
    seen = np.bincount(tokens, minlength=len(numbers.folded)).astype(bool)
    seen[0] = False
    names = [*numbers.folded]
    used = sorted(names[i] for i in np.flatnonzero(seen).tolist())
    rank = np.full(len(names), -1, np.int32)
    rank[[numbers.folded[word] for word in used]] = np.arange(len(used), dtype=np.int32)
    return rank, used

