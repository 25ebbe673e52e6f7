"""Where small words stand among the marks: n at a mean, the date at a first move, a watched phrase at its first use.

Each takes the first of a few places around its mark that lies in the frame, on no other mark, line or word; where none is
free, the one that covers least.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.model import Lane, Timeline

FEW = 5  # a mean of fewer codes has its n beside it
MOST = 150  # words in one frame: more would be unreadable, and slow
DENSE = 300  # single points of an actor from which on they are too faint to be in the way
POINT, MEAN, RING = 5.0, 8.0, 9.0  # pixels from the middle of a mark to its edge
ROWS = 4  # rows below the upper edge that dates may stand in
Line = tuple[float, float, float, float]  # x1, y1, x2, y2 in pixels


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        """Whether another one lies inside."""
        return (self.left <= other.left and other.right <= self.right
                and self.top <= other.top and other.bottom <= self.bottom)  # fmt: skip

    def meets(self, other: Box) -> bool:
        """Whether they have room in common."""
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)  # fmt: skip

    def crossed(self, line: Line) -> bool:
        """Whether a straight line goes through it (Liang & Barsky 1984)."""
        x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
        first, last = 0.0, 1.0
        for step, room in ((-dx, x - self.left), (dx, self.right - x), (-dy, y - self.top), (dy, self.bottom - y)):
            if step == 0:
                if room < 0:
                    return False
            elif step < 0:
                first = max(first, room / step)
            else:
                last = min(last, room / step)
        return first <= last


@dataclass(frozen=True, slots=True)
class Word:
    """A small word and its place. `style` is the look of the actor whose colour it has; None: plain ink.

    `free`: it stands on nothing; else it needs some ground of its own to be read.
    """

    kind: Literal["n", "turn", "phrase"]
    text: str
    style: int | None
    box: Box
    free: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """What is drawn on: `x` and `y` map days and scores to pixels, `size` measures a word, `spots` finds a lane's marks."""

    frame: Box
    x: Callable[[float], float]
    y: Callable[[float], float]
    size: Callable[[str], tuple[float, float]]
    spots: Callable[[Lane], Mapping[int, tuple[float, float]]]
    arrow: float  # pixels of the stroke of an open date


def words(timeline: Timeline, lanes: Sequence[Lane], paper: Paper) -> list[Word]:
    """The small words of one frame, each with its place; those whose marks lie outside of it are left out."""
    marks = sorted(_marks(lanes, paper), key=lambda box: box.left)
    lefts = [box.left for box in marks]
    lines = [line for line in _lines(timeline, lanes, paper) if paper.frame.crossed(line)]
    found: list[Word] = []
    for kind, text, style, places in _wanted(timeline, lanes, paper):
        best: tuple[int, Box] | None = None
        for box in places:
            if not paper.frame.holds(box):
                continue
            near = marks[bisect_left(lefts, box.left - 2 * RING) : bisect_right(lefts, box.right)]
            cost = (3 * sum(box.meets(word.box) for word in found) + 2 * sum(map(box.meets, near))
                    + sum(map(box.crossed, lines)))  # fmt: skip
            if best is None or cost < best[0]:
                best = (cost, box)
            if cost == 0:
                break
        if best is not None:
            found.append(Word(kind, text, style, best[1], best[0] == 0))
    return found


Wanted = tuple[Literal["n", "turn", "phrase"], str, int | None, list[Box]]


def _wanted(timeline: Timeline, lanes: Sequence[Lane], paper: Paper) -> Iterator[Wanted]:
    """The words by what they weigh, each with the places that it may take, the dearest first."""
    each = MOST // max(len(lanes), 1)
    for lane in lanes:
        for mean in [mean for mean in lane.means if mean.estimate.n < FEW][:each]:
            text = f"{mean.estimate.n}"
            yield "n", text, lane.style, _around(paper.x(mean.x), paper.y(mean.estimate.mean), MEAN, paper.size(text))
    for lane in lanes:
        for point in lane.points:
            if point.statement_id in lane.turns and point.kind == "code" and point.is_day:
                text = timeline.day(point.x).isoformat()[:7]
                yield "turn", text, None, _beside(paper.x(point.x), paper.frame.top, paper.size(text))
    for lane in lanes:
        for use in timeline.phrases:
            spots = paper.spots(lane) if use.actor_id == lane.actor_id else {}
            spot = next((spots[key] for key in use.statements if key in spots), None)
            if spot is not None:
                text = f"“{use.phrase}”"
                yield "phrase", text, None, _around(*spot, RING, paper.size(text))


def _around(x: float, y: float, reach: float, size: tuple[float, float]) -> list[Box]:
    """Places around a mark: at the right above, at the right below, the same at the left, above, below, right, left."""
    width, height = size
    near = reach * 0.9
    corners = [
        (x + near, y - near - height), (x + near, y + near), (x - near - width, y - near - height),
        (x - near - width, y + near), (x - width / 2, y - reach - 1 - height), (x - width / 2, y + reach + 1),
        (x + reach + 2, y - height / 2), (x - reach - 2 - width, y - height / 2),
    ]  # fmt: skip
    return [Box(left, top, left + width, top + height) for left, top in corners]


def _beside(x: float, top: float, size: tuple[float, float]) -> list[Box]:
    """Places right and left of an upright line, from its upper end down."""
    width, height = size
    return [
        Box(left, top + 1 + row * height, left + width, top + 1 + (row + 1) * height)
        for row in range(ROWS) for left in (x + 3, x - 3 - width)
    ]  # fmt: skip


def _marks(lanes: Sequence[Lane], paper: Paper) -> Iterator[Box]:
    for lane in lanes:
        for mean in lane.means:
            yield _square(paper.x(mean.x), paper.y(mean.estimate.mean), MEAN - 1)
        if len(lane.points) <= DENSE:
            for point in lane.points:
                yield _square(paper.x(point.x), paper.y(point.score + point.jitter), POINT)


def _square(x: float, y: float, reach: float) -> Box:
    return Box(x - reach, y - reach, x + reach, y + reach)


def _lines(timeline: Timeline, lanes: Sequence[Lane], paper: Paper) -> Iterator[Line]:
    """Events, lines between means, intervals, dates of first moves, and dates that aren't one day."""
    x, y, top = paper.x, paper.y, paper.frame.top
    for event in timeline.events:
        yield x(event.x), top, x(event.x), paper.frame.bottom
    for lane in lanes:
        for run in lane.segments:
            for one, other in pairwise(lane.means[k] for k in run):
                yield x(one.x), y(one.estimate.mean), x(other.x), y(other.estimate.mean)
        for mean in lane.means:
            if mean.estimate.interval:
                low, high = mean.estimate.interval
                yield x(mean.x), y(low), x(mean.x), y(high)
        dense = len(lane.points) > DENSE
        for point in lane.points:
            height = y(point.score + point.jitter)
            if point.statement_id in lane.turns and point.kind == "code":
                yield x(point.x), top, x(point.x), height
            if not dense and (point.open_start or point.open_end or point.high_x > point.low_x):
                left = x(point.low_x) - (paper.arrow if point.open_start else 0)
                yield left, height, x(point.high_x) + (paper.arrow if point.open_end else 0), height
