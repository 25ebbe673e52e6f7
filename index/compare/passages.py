"""A comparison sentence by sentence, for a Then/Now table: which passage answers to which, what is only on one side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from index.compare.tokens import Tokens, tokens
from index.model import Comparison, Part, Span

PassageKind = Literal["same", "minor", "changed", "dropped", "added", "moved"]
SHARE = 0.3  # of the words of the shorter sentence: so much makes two sentences one passage


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of a Then/Now table: sentences of the left and of the right text that answer to each other.

    `move` is the number of a moved block: its two rows, "moved" on either side, carry the same number.
    """

    kind: PassageKind
    left: Span | None
    right: Span | None
    move: int | None = None


def passages(comparison: Comparison) -> tuple[Passage, ...]:
    """The rows in reading order; every sentence of both texts stands in exactly one."""
    left, right = tokens(comparison.left), tokens(comparison.right)
    linked = _links(left, right, comparison.redline)
    changed = _Changed(comparison.redline)
    rows: list[Passage] = []
    s = t = 0
    for first, last, start, stop in _blocks(linked):
        rows += _one_sided(changed, left, right, (s, first), (t, start))
        a = Span(left.sentences[first].start, left.sentences[last].end)
        b = Span(right.sentences[start].start, right.sentences[stop].end)
        rows.append(Passage(changed.kind(a, b), a, b))
        s, t = last + 1, stop + 1
    rows += _one_sided(changed, left, right, (s, len(left.sentences)), (t, len(right.sentences)))
    return tuple(rows)


def _links(left: Tokens, right: Tokens, redline: tuple[Part, ...]) -> list[tuple[int, int]]:
    """Pairs of sentences that share enough words in their place, rising."""
    starts = [span.start for span in left.sentences]
    others = [span.start for span in right.sentences]
    shared: Counter[tuple[int, int]] = Counter()
    for part in redline:
        if part.left and part.right and (part.op == "equal" or part.minor):
            for place, far in _steps(left, part):
                s, t = bisect_right(starts, place) - 1, bisect_right(others, far) - 1
                if s >= 0 and t >= 0:
                    shared[s, t] += 1
    sizes = Counter(left.sentence[token] for token in left.words)
    more = Counter(right.sentence[token] for token in right.words)
    return sorted((s, t) for (s, t), count in shared.items() if count >= SHARE * min(sizes[s], more[t]))


def _steps(left: Tokens, part: Part) -> list[tuple[int, int]]:
    """The places of the words of a kept part on the left, each with its place on the right."""
    assert part.left and part.right
    first, stop = bisect_left(left.start, part.left.start), bisect_left(left.start, part.left.end)
    words = [left.start[token] for token in range(first, stop) if left.key[token]]
    if part.op == "equal":
        return [(place, part.right.start + place - part.left.start) for place in words]
    return [(place, part.right.start) for place in words]


def _blocks(linked: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """(first, last) sentence of the left and of the right for each passage: sentences linked with each other."""
    blocks: list[tuple[int, int, int, int]] = []
    for s, t in linked:
        if blocks and (s <= blocks[-1][1] or t <= blocks[-1][3]):
            first, last, start, stop = blocks[-1]
            blocks[-1] = (first, max(last, s), start, max(stop, t))
        else:
            blocks.append((s, s, t, t))
    return blocks


def _one_sided(changed: _Changed, left: Tokens, right: Tokens, ours: tuple[int, int], theirs: tuple[int, int]) -> list[Passage]:
    """Rows for sentences without a partner: dropped ones, then added ones."""
    rows: list[Passage] = []
    for number in range(*ours):
        move = changed.move(left.sentences[number], 0)
        rows.append(Passage("moved" if move else "dropped", left.sentences[number], None, move))
    for number in range(*theirs):
        move = changed.move(right.sentences[number], 1)
        rows.append(Passage("moved" if move else "added", None, right.sentences[number], move))
    return rows


class _Changed:
    """The parts of a redline that are not equal, by their places on either side."""

    def __init__(self, redline: tuple[Part, ...]) -> None:
        changed = [part for part in redline if part.op != "equal"]
        self.sides = [
            [(span, part) for part in changed if (span := part.right if side else part.left) and span.end > span.start]
            for side in (0, 1)
        ]
        self.starts = [[span.start for span, _ in found] for found in self.sides]

    def within(self, span: Span, side: int) -> list[Part]:
        """The changed parts that share a character with a span."""
        first = max(0, bisect_right(self.starts[side], span.start) - 1)
        stop = bisect_left(self.starts[side], span.end)
        return [part for place, part in self.sides[side][first:stop] if place.overlaps(span)]

    def move(self, sentence: Span, side: int) -> int | None:
        """The number of the move that a sentence belongs to."""
        return next((part.move for part in self.within(sentence, side) if part.op == "move"), None)

    def kind(self, a: Span, b: Span) -> PassageKind:
        """Whether two passages are the same, but for minor changes, or changed."""
        inside = self.within(a, 0) + self.within(b, 1)
        if all(part.minor for part in inside):
            return "minor" if inside else "same"
        return "changed"
