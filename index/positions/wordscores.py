"""Wordscores, a text indicator: where a text lies between two or more anchor texts, by its words alone.

Never drawn as a position: over decades vocabulary drifts, and about 1,000 words per pole are needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from index.positions.estimates import deviation
from index.positions.tokens import word_counts

Z = 1.959963984540054  # 97.5 % point of the normal distribution


@dataclass(frozen=True, slots=True)
class TextScore:
    """The score of a text with its standard error and 95 % interval; `words` are the scored words it rests on."""

    score: float
    se: float
    low: float
    high: float
    words: int


@dataclass(frozen=True, slots=True)
class Wordscores:
    """Word scores learnt from reference texts. `anchors` are (reference value, raw score) of the outermost two."""

    scores: Mapping[str, float]
    anchors: tuple[tuple[float, float], tuple[float, float]]
    references: tuple[float, ...]

    def raw(self, counts: Mapping[str, int]) -> TextScore | None:
        """The raw score of a text given as word counts; None when none of its words was in a reference text.

        Source: Laver, Benoit & Garry 2003 (APSR 97(2), 311-331): the mean word score, with the standard error
        sqrt(variance of word scores in the text / number of its scored words).
        """
        known = [(self.scores[word], count) for word, count in counts.items() if word in self.scores and count > 0]
        total = sum(count for _, count in known)
        if not total:
            return None
        mean = sum(score * count for score, count in known) / total
        se = sqrt(sum(count * (score - mean) ** 2 for score, count in known) / total / total)
        return TextScore(mean, se, mean - Z * se, mean + Z * se, total)

    def martin_vanberg(self, counts: Mapping[str, int]) -> TextScore | None:
        """The raw score on the scale of the two outermost reference texts; independent of the other texts scored.

        Source: Martin & Vanberg 2008 (Political Analysis 16(1), 93-100).
        """
        (low, raw_low), (high, raw_high) = self.anchors
        found = self.raw(counts)
        if found is None or raw_low == raw_high:
            return None
        factor = (high - low) / (raw_high - raw_low)
        return _scaled(found, factor, low + (found.score - raw_low) * factor)


def wordscores(references: Sequence[tuple[float, Mapping[str, int]]]) -> Wordscores:
    """Word scores from at least two reference texts, each (known position, word counts).

    Source: Laver, Benoit & Garry 2003. Raises ValueError when the references lie on one position or hold no words.
    """
    values = tuple(value for value, _ in references)
    totals = [sum(counts.values()) for _, counts in references]
    if len(references) < 2 or min(values) == max(values) or min(totals) == 0:
        raise ValueError("two reference texts with words and different positions are needed")
    scores = {}
    for word in {word for _, counts in references for word, count in counts.items() if count > 0}:
        rates = [counts.get(word, 0) / total for (_, counts), total in zip(references, totals, strict=True)]
        scores[word] = sum(rate * value for rate, value in zip(rates, values, strict=True)) / sum(rates)
    ends = (values.index(min(values)), values.index(max(values)))
    known = Wordscores(scores, ((0.0, 0.0), (0.0, 0.0)), values)
    raw = [known.raw(references[end][1]) for end in ends]
    anchors = [(values[end], score.score) for end, score in zip(ends, raw, strict=True) if score]
    return Wordscores(scores, (anchors[0], anchors[1]), values)


def laver_benoit_garry(model: Wordscores, texts: Sequence[Mapping[str, int]]) -> list[TextScore | None]:
    """The rescaling of Laver, Benoit & Garry 2003 over all `texts` together: same spread as the reference values.

    It moves when a text is added, so the program never shows it; it is here to check the word scores against
    published values. The standard error is the raw one times the same factor.
    """
    found = [model.raw(counts) for counts in texts]
    raw = [score.score for score in found if score]
    spread = deviation(raw)
    if spread == 0:
        return [None for _ in texts]
    factor, mean = deviation(model.references) / spread, sum(raw) / len(raw)
    return [score and _scaled(score, factor, mean + (score.score - mean) * factor) for score in found]


def _scaled(found: TextScore, factor: float, score: float) -> TextScore:
    se = found.se * abs(factor)
    return TextScore(score, se, score - Z * se, score + Z * se, found.words)


def counts_of(text: str) -> dict[str, int]:
    """Word counts of a text, lower case, as `wordscores` takes them."""
    return word_counts(text)
