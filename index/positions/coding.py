"""What to code next: the orders of the queue, and how far the coding has come."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.model import Code, Issue, Position, Statement
from index.positions.codes import best_dated, counted_codes, utterances
from index.positions.estimates import Period, day_of, period_of

Order = Literal["newest", "fewest", "extreme", "uncertain", "random"]
ORDERS: tuple[Order, ...] = ("newest", "fewest", "extreme", "uncertain", "random")


@dataclass(frozen=True, slots=True)
class Queue:
    """Statements that wait for a coder, one per utterance, in the asked order.

    `done` of `total` utterances have the coder's code. `honest`: only the random order gives estimates that stand for
    all statements (the others are fit for finding, not for counting). `problem` is "no-model" when an order by
    prediction was asked for and there is no usable model; the order is then by date.
    """

    statements: tuple[int, ...]
    done: int
    total: int
    order: Order
    honest: bool
    problem: str | None = None


def coding_queue(
    issue: Issue,
    statements: Iterable[Statement],
    codes: Iterable[Code],
    *,
    coder: str = "",
    order: Order = "newest",
    predictions: Mapping[int, float] | None = None,
    period: Period = "year",
    seed: int = 0,
) -> Queue:
    """The queue of one coder for one issue.

    "newest": latest date first. "fewest": from the actor and period with the fewest codes. "extreme": predictions
    farthest from the middle of the scale. "uncertain": nearest to it. "random": shuffled, the same for the same `seed`.
    Predictions are by statement id (`index.positions.suggestions`); only the two orders named after them read it.
    """
    known = counted_codes(codes, issue.id)
    waiting: list[Statement] = []
    done = 0
    groups = utterances(statements)
    for group in groups:
        if any(coder in known.get(statement.id, {}) for statement in group):
            done += 1
        else:
            waiting.append(best_dated(group))
    problem = None
    if order in ("extreme", "uncertain") and not predictions:
        problem = "no-model"
        ordered = _newest(waiting)
    else:
        ordered = _ordered(issue, waiting, groups, known, order, predictions or {}, period, seed)
    return Queue(tuple(s.id for s in ordered), done, len(groups), order, order == "random", problem)


def _ordered(
    issue: Issue, waiting: list[Statement], groups: list[list[Statement]], known: Mapping[int, Mapping[str, Code]],
    order: Order, predictions: Mapping[int, float], period: Period, seed: int,
) -> list[Statement]:  # fmt: skip
    if order == "random":
        shuffled = sorted(waiting, key=lambda statement: statement.id)
        random.Random(f"{issue.id}/{seed}").shuffle(shuffled)
        return shuffled
    if order == "newest":
        return _newest(waiting)
    if order == "fewest":
        return _fewest(waiting, groups, known, period)
    middle = (issue.lowest + issue.highest) / 2
    sign = -1 if order == "extreme" else 1

    def distance(statement: Statement) -> tuple[bool, float, int]:
        value = predictions.get(statement.id)
        return value is None, 0.0 if value is None else sign * abs(value - middle), statement.id

    return sorted(waiting, key=distance)


def _newest(waiting: Sequence[Statement]) -> list[Statement]:
    return sorted(waiting, key=lambda s: (-(_day(s) or date.min).toordinal(), s.id))


def _fewest(
    waiting: Sequence[Statement], groups: Sequence[Sequence[Statement]],
    known: Mapping[int, Mapping[str, Code]], period: Period,
) -> list[Statement]:  # fmt: skip
    """Round by round from the thinnest cell: each pick counts as a code, so that cells fill evenly."""
    cells: Counter[tuple[int | None, date | None]] = Counter()
    for group in groups:
        if any(statement.id in known for statement in group):
            cells[_cell(best_dated(group), period)] += 1
    members: dict[tuple[int | None, date | None], list[Statement]] = {}
    for statement in _newest(waiting):
        members.setdefault(_cell(statement, period), []).append(statement)
    ranked = []
    for cell, here in members.items():
        unknown = cell[0] is None or cell[1] is None
        for k, statement in enumerate(here):
            ranked.append(((unknown, cells[cell] + k, -_ordinal(cell[1]), statement.id), statement))
    return [statement for _, statement in sorted(ranked, key=lambda item: item[0])]


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _cell(statement: Statement, period: Period) -> tuple[int | None, date | None]:
    day = _day(statement)
    if day is None or isinstance(period, int):
        return statement.actor_id, day and date(day.year, 1, 1)
    return statement.actor_id, period_of(day, period)[0]


def _day(statement: Statement) -> date | None:
    return day_of(Position(statement.id, 0, statement.actor_id, statement.when, 0.0))
