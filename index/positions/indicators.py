"""Text indicators as positions that are marked as such: Wordscores and dictionary scores of statements.

They are drawn as open grey diamonds, have their own legend entry, and never enter a mean or a band.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.model import Issue, Position, Statement
from index.positions.codes import best_dated, utterances
from index.positions.dictionary import dictionary_score, pole_counts
from index.positions.suggestions import STEM, SuggestionModel, suggestion
from index.positions.tokens import words
from index.positions.wordscores import Wordscores, counts_of, wordscores

NEEDED_WORDS = 1000  # per pole, for Wordscores


def dictionary_positions(
    issue: Issue, statements: Iterable[Statement], low: Sequence[str], high: Sequence[str]
) -> list[Position]:
    """Dictionary scores of the utterances that hold a word of either pole; `evidence` are those words."""
    found = []
    for group in utterances(statements):
        first = best_dated(group)
        counts = pole_counts(first.text, low, high)
        score = dictionary_score(counts, issue)
        if score:
            found.append(_indicator(issue, first, len(group), score[0], score[1], "dictionary", counts.found[:6]))
    return found


def pole_words(issue: Issue) -> tuple[list[str], list[str]]:
    """The words that stand for the low and the high pole, for the dictionary scale.

    Seed words with a sign say it themselves ("-withdraw*", "+extend*"); one without a sign belongs to the pole whose name,
    definition or examples use it. Without seed words on both sides: all longer words of the poles' texts that the other
    pole does not use.
    """
    low_texts = (issue.low, issue.low_definition, *issue.low_examples)
    high_texts = (issue.high, issue.high_definition, *issue.high_examples)
    used = [{word for text in texts for word in words(text) if len(word) > 3} for texts in (low_texts, high_texts)]
    own = [used[0] - used[1], used[1] - used[0]]
    sides: list[list[str]] = [[], []]
    for seed in issue.seed_words:
        plain = seed.lstrip("+-−").strip()
        if seed[:1] in "-−+" and plain:
            sides[seed[0] == "+"].append(plain)
        else:
            at = [place for place in (0, 1) if any(word[:STEM] == plain.lower()[:STEM] for word in own[place])]
            if plain and len(at) == 1:
                sides[at[0]].append(plain)
    return (sides[0], sides[1]) if all(sides) else (sorted(own[0]), sorted(own[1]))


def pole_model(issue: Issue, low_texts: Iterable[str], high_texts: Iterable[str]) -> tuple[Wordscores | None, int]:
    """Wordscores learnt from texts of the two poles, and the words of the smaller one; None below 1,000."""
    low, high = counts_of(" ".join(low_texts)), counts_of(" ".join(high_texts))
    smaller = min(sum(low.values()), sum(high.values()))
    if smaller < NEEDED_WORDS:
        return None, smaller
    return wordscores([(issue.lowest, low), (issue.highest, high)]), smaller


def wordscores_positions(issue: Issue, statements: Iterable[Statement], model: Wordscores) -> list[Position]:
    """Martin-Vanberg scores of utterances, with their wide intervals; `evidence` are the words that pull most."""
    found = []
    middle = (issue.lowest + issue.highest) / 2
    for group in utterances(statements):
        first = best_dated(group)
        counts = counts_of(first.text)
        score = model.martin_vanberg(counts)
        if score:
            side = 1 if score.score > middle else -1
            known = sorted((word for word in counts if word in model.scores),
                           key=lambda word: (-side * (model.scores[word] - middle) * counts[word], word))  # fmt: skip
            between = _within(issue, score.low, score.high)
            value = min(max(score.score, issue.lowest), issue.highest)
            found.append(_indicator(issue, first, len(group), value, between, "wordscores", tuple(known[:6])))
    return found


def suggested_positions(issue: Issue, statements: Iterable[Statement], model: SuggestionModel) -> list[Position]:
    """The leaning utterances without a code as positions with status "suggested", for export and plot."""
    found = []
    learnt = {key for key, _ in model.examples}
    for group in utterances(statements):
        if any(statement.id in learnt for statement in group):
            continue
        first = best_dated(group)
        result = suggestion(model, first, issue)
        if result and result.side:
            found.append(_indicator(
                issue, first, len(group), result.prediction, result.interval, "suggested", result.evidence
            ))  # fmt: skip
    return found


def _within(issue: Issue, low: float, high: float) -> tuple[float, float]:
    return min(max(low, issue.lowest), issue.highest), max(min(high, issue.highest), issue.lowest)


def _indicator(
    issue: Issue, first: Statement, n: int, score: float, between: tuple[float, float] | None, method: str,
    evidence: tuple[str, ...],
) -> Position:  # fmt: skip
    return Position(
        statement_id=first.id, issue_id=issue.id, actor_id=first.actor_id, when=first.when, score=score,
        interval=between, method=method, status="suggested", evidence=evidence, n=n,
    )  # fmt: skip
