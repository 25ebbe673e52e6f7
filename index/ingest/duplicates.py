"""Near-duplicates: the same wire copy in two outlets, found by MinHash and made sure of by comparing the words.

A. Broder, "On the resemblance and containment of documents" (1997); bands after Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3: twenty-four bands of three rows find texts that share half of their shingles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

BANDS, ROWS = 24, 3
SHINGLE = 5  # words
LEAST_WORDS = 40  # shorter texts are compared whole only
NEAR = 0.55  # share of common shingles from which two texts are copies
_WORD = re.compile(r"\w+")
_SEED = 20241127
_MOST_WORDS = 50_000


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, without punctuation."""
    return _WORD.findall(text[: 20 * _MOST_WORDS].lower())[:_MOST_WORDS]


def bands(text: str) -> tuple[int, ...]:
    """Twenty-four numbers (63 bits) of a text; two texts that share one are probably near-duplicates. Empty for short
    texts."""
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return ()
    import numpy as np

    hashes = np.fromiter({_hash(shingle) for shingle in shingles(words)}, dtype=np.uint64)
    random = np.random.default_rng(_SEED)
    # Multiply-shift modulo 2^64 (Dietzfelbinger et al. 1997): factors over the whole range, or one small hash would
    # be the least under every one of them.
    factors = random.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    offsets = random.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)
    least = np.empty(BANDS * ROWS, dtype=np.uint64)
    for at in range(BANDS * ROWS):
        least[at] = (hashes * factors[at] + offsets[at]).min()
    return tuple(_folded(at, least[at * ROWS : (at + 1) * ROWS].tobytes()) for at in range(BANDS))


def shingles(words: Sequence[str]) -> set[str]:
    """All runs of five words."""
    return {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}


def resemblance(left: str, right: str) -> float:
    """Share of the runs of five words that two texts have in common (Jaccard), 0..1."""
    a, b = shingles(words_of(left)), shingles(words_of(right))
    return len(a & b) / max(1, len(a | b))


def near_duplicate(left: str, right: str) -> bool:
    """True when two texts are copies of one another but for small changes."""
    return resemblance(left, right) >= NEAR


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _folded(band: int, rows: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(bytes([band]) + rows, digest_size=8).digest(), "little") >> 1
