"""Dictionary scales, a text indicator: how many words of each pole a text holds, by the analyst's own lists.

Sources: the logit scale is Lowe, Benoit, Mikhaylov & Laver 2011 (Legislative Studies Quarterly 36(1), 123-155); the
relative scale Laver & Garry 2000 (AJPS 44(3), 619-634); the absolute one is the difference as a share of all words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

from index.model import Issue
from index.positions.tokens import TOKEN, fold


@dataclass(frozen=True, slots=True)
class PoleCounts:
    """Tokens of a text that belong to the low and to the high pole, of `tokens` in all; `found` are those words."""

    low: int
    high: int
    tokens: int
    found: tuple[str, ...] = ()

    @property
    def logit(self) -> float:
        """log((high + 1/2) / (low + 1/2)): unbounded; 0 when both are equal, also when neither occurs."""
        return log((self.high + 0.5) / (self.low + 0.5))

    @property
    def relative(self) -> float | None:
        """(high - low) / (high + low), -1 to 1; None when neither pole occurs."""
        return (self.high - self.low) / (self.high + self.low) if self.high + self.low else None

    @property
    def absolute(self) -> float:
        """(high - low) / all tokens, -1 to 1; 0 for an empty text."""
        return (self.high - self.low) / self.tokens if self.tokens else 0.0


def pole_counts(text: str, low: Sequence[str], high: Sequence[str]) -> PoleCounts:
    """Counts of both poles' words in a text. A word ending in "*" stands for all that begin so; case is ignored."""
    tokens = TOKEN.findall(fold(text))
    is_low, is_high = _matcher(low), _matcher(high)
    below = [token for token in tokens if is_low(token)]
    above = [token for token in tokens if is_high(token)]
    return PoleCounts(len(below), len(above), len(tokens), tuple(dict.fromkeys(below + above)))


class _matcher:
    """Whether a token is one of the listed words, or begins with one of the listed stems."""

    def __init__(self, listed: Sequence[str]) -> None:
        folded = [fold(word.strip()) for word in listed if word.strip()]
        self.words = frozenset(word for word in folded if not word.endswith("*"))
        self.stems = tuple(word[:-1] for word in folded if word.endswith("*") and len(word) > 1)

    def __call__(self, token: str) -> bool:
        return token in self.words or (bool(self.stems) and token.startswith(self.stems))


def dictionary_score(counts: PoleCounts, issue: Issue) -> tuple[float, tuple[float, float] | None] | None:
    """The relative scale stretched over the issue's scale, with a 95 % Wilson interval; None when no word occurs.

    Interval: Wilson 1927 (JASA 22, 209-212), of the share of high words among the pole words.
    """
    relative = counts.relative
    if relative is None:
        return None
    width, n = issue.highest - issue.lowest, counts.low + counts.high
    share, z = counts.high / n, 1.959963984540054
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low, high = max(middle - half, 0.0), min(middle + half, 1.0)
    return issue.lowest + width * share, (issue.lowest + width * low, issue.lowest + width * high)
