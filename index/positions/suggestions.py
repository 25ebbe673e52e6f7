"""Which statements lean which way, as far as their words tell: good enough to sort the queue, never to place a dot.

Ridge regression (Hoerl & Kennard 1970, Technometrics 12(1), 55-67) in its dual form (Saunders, Gammerman & Vovk 1998,
ICML) on binary tf-idf of words and word pairs. Single statements are predicted weakly (r about .3 with
200 codes), but the outermost predictions lean to the right side far more often than not; how often is measured out of
fold and shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, log, sqrt
from typing import TYPE_CHECKING, Any, Literal

from index.model import Issue, Position, Span, Statement, Suggestion
from index.positions.tokens import WORD, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

NEEDED = 50
NEEDED_PER_SIDE = 10
RIDGE = 1.0
FOLDS = 10
MOST = 2000  # codes learnt from: the newest; more would only cost time in the window
STEM = 6  # letters of a word that count: "reform", "reforms", "reforming" are one feature, in any alphabet
REASONS = {
    "too-few-codes": "there are {n} scores by hand, and suggestions need 50",
    "too-few-on-a-side": "suggestions need ten scores on each side of the middle",
    "no-better-than-the-mean": "the words of the {n} scored statements tell no more than their mean does",
}
EDGE = 0.1  # a suggestion is made for the outermost tenth on each side


@dataclass(frozen=True, slots=True)
class Lean:
    """Beyond which prediction a statement leans to a side, and how often that was right out of fold."""

    threshold: float
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class SuggestionModel:
    """A fitted model, or the reason why there is none.

    `problem`: "too-few-codes", "too-few-on-a-side", "no-better-than-the-mean" (then nothing may be shown), or None.
    `weights` are of words and word pairs, `error` the 80 % quantile of absolute out-of-fold errors (split conformal
    interval; Lei et al. 2018, JASA 113, 1094-1111). `low`, `high`: None where a side was right as often as by chance.
    """

    problem: str | None
    n: int
    weights: Mapping[str, float]
    idf: Mapping[str, float]
    mean: float = 0.0
    error: float = 0.0
    correlation: float | None = None
    low: Lean | None = None
    high: Lean | None = None
    examples: tuple[tuple[int, frozenset[str]], ...] = ()
    without: frozenset[str] = frozenset()

    def learnt(self, statement_id: int) -> bool:
        """True for a statement whose code the model was learnt from."""
        return any(key == statement_id for key, _ in self.examples)


def reason(model: SuggestionModel) -> str:
    """Why a model must stay silent, as the second half of a sentence; empty where it may speak."""
    return REASONS[model.problem].format(n=model.n) if model.problem else ""


def features(text: str, without: Collection[str] = ()) -> set[str]:
    """The word beginnings of a text and their pairs, folded; those of `without` (see `name_words`) are left out.

    Cutting words at six letters brings r from .38 to .41 with 400 codes of English manifestos, as much as a stemmer,
    and holds for languages that have none.
    """
    found = [word[:STEM] for word in WORD.findall(fold(text)) if len(word) > 1]
    kept = [word if word not in without else "" for word in found]
    pairs = {f"{a} {b}" for a, b in pairwise(kept) if a and b}
    return {word for word in kept if word} | pairs


def name_words(names: Collection[str]) -> frozenset[str]:
    """Beginnings of the words of actors' and outlets' names: who speaks must not tell where the words stand."""
    return frozenset(word[:STEM] for name in names for word in WORD.findall(fold(name)) if len(word) > 2)


def suggestion_model(
    issue: Issue, positions: Sequence[Position], texts: Mapping[int, str], names: Collection[str] = ()
) -> SuggestionModel:
    """A model learnt from hand-coded positions (one per utterance) and the texts of their statements.

    From fifty codes with at least ten on each side of the middle of the scale; the newest 2,000 are used.
    """
    known = [position for position in positions if position.method == "manual" and texts.get(position.statement_id)]
    known = known[-MOST:]
    middle = (issue.lowest + issue.highest) / 2
    sides = sum(p.score < middle for p in known), sum(p.score > middle for p in known)
    if len(known) < NEEDED:
        return SuggestionModel("too-few-codes", len(known), {}, {})
    if min(sides) < NEEDED_PER_SIDE:
        return SuggestionModel("too-few-on-a-side", len(known), {}, {})
    without = name_words(names)
    rows = [features(texts[position.statement_id], without) for position in known]
    return fitted([(position.statement_id, position.score) for position in known], rows, middle, without)


def fitted(
    known: Sequence[tuple[int, float]], rows: Sequence[set[str]], middle: float, without: frozenset[str]
) -> SuggestionModel:
    """The model of scored statements (id, score) and the features of each; `middle` divides the two sides."""
    import numpy as np

    n = len(rows)
    idf = idf_of(rows)
    scores = np.array([score for _, score in known], dtype=float)
    kernel = kernel_of(rows, idf)
    guessed = out_of_fold(kernel, scores)
    errors = np.abs(guessed - scores)
    mean_guess = _fold_means(scores)
    better = float(((guessed - scores) ** 2).sum()) < float(((mean_guess - scores) ** 2).sum())
    if not better:
        return SuggestionModel("no-better-than-the-mean", n, {}, {})
    centre = float(scores.mean())
    dual = np.linalg.solve(kernel + RIDGE * np.eye(n), scores - centre)
    weights: dict[str, float] = {}
    for row, strength in zip(rows, dual.tolist(), strict=True):
        length = _length(row, idf)
        for name in row:
            weights[name] = weights.get(name, 0.0) + strength * idf[name] / length
    return SuggestionModel(
        problem=None, n=n, weights=weights, idf=idf, mean=centre,
        error=float(np.sort(errors)[min(ceil(0.8 * (n + 1)), n) - 1]),
        correlation=float(np.corrcoef(guessed, scores)[0, 1]) if guessed.std() > 0 else None,
        low=_lean(guessed, scores < middle, below=True), high=_lean(guessed, scores > middle, below=False),
        examples=tuple((key, frozenset(row)) for (key, _), row in zip(known, rows, strict=True)), without=without,
    )  # fmt: skip


def idf_of(rows: Sequence[set[str]]) -> dict[str, float]:
    """Smoothed inverse document frequency of each feature: log((1 + n) / (1 + df)) + 1."""
    counts = Counter(name for row in rows for name in row)
    return {name: log((1 + len(rows)) / (1 + df)) + 1 for name, df in counts.items()}


def _length(row: Collection[str], idf: Mapping[str, float]) -> float:
    return max(sqrt(sum(idf.get(name, 0.0) ** 2 for name in row)), 1e-12)


def kernel_of(rows: Sequence[set[str]], idf: Mapping[str, float]) -> Array:
    """Cosines between rows of binary tf-idf, n x n, by way of an inverted index (the features are never made dense)."""
    import numpy as np

    where: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for name in row:
            where.setdefault(name, []).append(place)
    kernel = np.zeros((len(rows), len(rows)))
    for name in sorted(where):
        places = where[name]
        if len(places) > 1:
            spot = np.array(places)
            kernel[np.ix_(spot, spot)] += idf[name] ** 2
    lengths = np.array([_length(row, idf) for row in rows])
    kernel /= np.outer(lengths, lengths)
    np.fill_diagonal(kernel, 1.0)
    return kernel


def out_of_fold(kernel: Array, scores: Array, folds: int = FOLDS) -> Array:
    """Each row's prediction by a model that has not seen its fold (every tenth row is one)."""
    import numpy as np

    n = len(scores)
    guessed = np.empty(n)
    for fold_number in range(folds):
        test = np.arange(n) % folds == fold_number
        learn = ~test
        if not test.any():
            continue
        centre = scores[learn].mean()
        inner = kernel[np.ix_(learn, learn)]
        dual = np.linalg.solve(inner + RIDGE * np.eye(len(inner)), scores[learn] - centre)
        guessed[test] = kernel[np.ix_(test, learn)] @ dual + centre
    return guessed


def _fold_means(scores: Array) -> Array:
    import numpy as np

    n = len(scores)
    part = np.arange(n) % FOLDS
    return np.array([scores[part != part[k]].mean() for k in range(n)])


def _lean(guessed: Array, right: Array, below: bool) -> Lean | None:
    """The outer tenth of predictions on one side, and how many lie on that side; None when chance does as well."""
    import numpy as np

    size = max(round(len(guessed) * EDGE), 1)
    order = np.argsort(guessed if below else -guessed, kind="stable")[:size]
    hits = int(right[order].sum())
    if hits / size <= float(right.mean()):
        return None
    return Lean(float(guessed[order[-1]]), hits, size)


def predicted(model: SuggestionModel, text: str) -> float:
    """The prediction for a text on the issue's scale (the mean code where no word is known)."""
    return predicted_from(model, features(text, model.without))


def predicted_from(model: SuggestionModel, row: Collection[str]) -> float:
    """The same for a text given by its features."""
    known = [name for name in row if name in model.idf]
    if not known:
        return model.mean
    return model.mean + sum(model.weights[name] * model.idf[name] for name in known) / _length(known, model.idf)


def suggestion(model: SuggestionModel, statement: Statement, issue: Issue) -> Suggestion | None:
    """What the model says of a statement: with a side, evidence and similar statements only in the outer tenths.

    None when the model has a `problem`, and for a statement that it was learnt from: of that it knows the answer, and
    the measured share of right ones would not hold.
    """
    if model.problem or model.learnt(statement.id):
        return None
    row = features(statement.text, model.without)
    value = predicted_from(model, row)
    between = (max(value - model.error, issue.lowest), min(value + model.error, issue.highest))
    value = min(max(value, issue.lowest), issue.highest)
    side: Literal["low", "high"] | None = None
    lean = None
    if model.low and value <= model.low.threshold:
        side, lean = "low", model.low
    elif model.high and value >= model.high.threshold:
        side, lean = "high", model.high
    if side is None or lean is None:
        return Suggestion(statement.id, None, value, between)
    places = places_of(evidence(model, row, side), statement.text)
    words = tuple(dict.fromkeys(fold(place.of(statement.text)) for place in places))
    return Suggestion(
        statement.id, side, value, between, lean.right, lean.of, words, places, similar(model, row, statement.id)
    )


def evidence(
    model: SuggestionModel, row: Collection[str], side: Literal["low", "high"], most: int = 6
) -> tuple[str, ...]:
    """The three to six features that pulled most to a side; a word inside a chosen pair is not named twice."""
    sign = -1 if side == "low" else 1
    pulls = sorted(((sign * model.weights[name] * model.idf[name], name) for name in row if name in model.idf),
                   key=lambda pull: (-pull[0], pull[1]))  # fmt: skip
    chosen: list[str] = []
    for pull, name in pulls:
        if pull <= 0 or len(chosen) == most or (len(chosen) >= 3 and pull < pulls[0][0] / 4):
            break
        inside = set(name.split())
        if not any(inside <= set(other.split()) or set(other.split()) <= inside for other in chosen):
            chosen.append(name)
    return tuple(chosen)


def places_of(chosen: Sequence[str], text: str) -> tuple[Span, ...]:
    """Where features stand in `text`, in reading order; places that share a word are one ("to lower" and "lower its")."""
    tokens = [(m.group()[:STEM], m.start(), m.end()) for m in WORD.finditer(fold(text)) if m.end() - m.start() > 1]
    found: set[Span] = set()
    for feature in chosen:
        parts = feature.split(" ")
        for k in range(len(tokens) - len(parts) + 1):
            if all(tokens[k + j][0] == part for j, part in enumerate(parts)):
                found.add(Span(tokens[k][1], tokens[k + len(parts) - 1][2]))
    merged: list[Span] = []
    for span in sorted(found):
        if merged and span.overlaps(merged[-1]):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def similar(model: SuggestionModel, row: Collection[str], own: int, most: int = 3) -> tuple[int, ...]:
    """The coded statements most like a text, by cosine, best first; never the statement itself."""
    known = {name for name in row if name in model.idf}
    length = _length(known, model.idf)
    likeness = []
    for statement_id, other in model.examples:
        common = known & other
        if common and statement_id != own:
            shared = sum(model.idf[name] ** 2 for name in common)
            likeness.append((-shared / (length * _length(other, model.idf)), statement_id))
    return tuple(statement_id for _, statement_id in sorted(likeness)[:most])


