"""Where an actor stood in a period, and how sure that is: means of hand codes with n and a t interval.

The plain mean of sentence codes recovers scaled expert positions (Benoit, Conway, Lauderdale, Laver & Mikhaylov
2016, APSR 110(2), 278-295: r above .99 on eighteen manifestos), so nothing fancier stands behind the dots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from math import exp, inf, isfinite, lgamma, log, sqrt
from statistics import fmean
from typing import Literal

from index.model import Estimate, Issue, Position
from index.positions.labels import label

Period = Literal["month", "quarter", "year"] | int


def interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    """Student's t interval of the mean of `values` (Student 1908, Biometrika 6, 1-25), in the unit of the values.

    None below three values, and where all are equal: then their spread, and so the uncertainty, is not known.
    """
    n = len(values)
    if n < 3:
        return None
    half = t_quantile(0.5 + level / 2, n - 1) * deviation(values) / sqrt(n)
    if half == 0:
        return None
    mean = fmean(values)
    return mean - half, mean + half


def deviation(values: Sequence[float]) -> float:
    """The sample standard deviation (divisor n - 1); 0 for a single value or equal ones."""
    if len(values) < 2 or min(values) == max(values):
        return 0.0
    mean = fmean(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def estimate(
    actor_id: int, start: date, end: date, values: Sequence[float], issue: Issue, uncoded: int = 0
) -> Estimate | None:
    """The mean position of one actor in the days `start`..`end`; None without a value (nothing is imputed).

    The interval is cut at the ends of the scale: no position lies beyond them.
    """
    if not values:
        return None
    mean, between = fmean(values), interval(values)
    if between:
        between = max(between[0], issue.lowest), min(between[1], issue.highest)
    return Estimate(
        actor_id=actor_id, start=start, end=end, n=len(values), mean=mean,
        sd=deviation(values) if len(values) > 1 else None, interval=between, uncoded=uncoded,
        label=label(mean, len(values), issue),
    )  # fmt: skip


def estimates(
    issue: Issue, positions: Iterable[Position], period: Period = "year", uncoded: Iterable[Position] = ()
) -> list[Estimate]:
    """One estimate per actor and period, by actor and date. Positions of unknown speakers or dates stand in none.

    A statement whose date may lie in two periods is in neither: it would be a guess (`across` counts them).
    `uncoded` are utterances in scope without a code; their score is not read.
    """
    found = []
    waiting = _counted(uncoded, period)
    for actor_id, own in sorted(_by_actor(positions).items()):
        for start, end, members in grouped(own, period):
            values = [position.score for position in members]
            result = estimate(actor_id, start, end, values, issue, waiting.get((actor_id, start), 0))
            if result:
                found.append(result)
    return found


def grouped(positions: Sequence[Position], period: Period) -> list[tuple[date, date, list[Position]]]:
    """The dated positions of one actor in their periods, in order of date: (first day, last day, members).

    A number as `period` makes blocks of so many, counted back from the newest: the last block is full, the first
    may be short.
    """
    dated = sorted(
        (day, position.statement_id, position) for position in positions if (day := day_of(position)) is not None
    )
    if isinstance(period, int):
        first = len(dated) % max(period, 1)
        edges = [0, *range(first, len(dated), max(period, 1))] if first else list(range(0, len(dated), max(period, 1)))
        blocks = [dated[a:b] for a, b in zip(edges, [*edges[1:], len(dated)], strict=True)]
        return [(block[0][0], block[-1][0], [item[2] for item in block]) for block in blocks if block]
    groups: dict[tuple[date, date], list[Position]] = {}
    for _, _, position in dated:
        place = period_of_position(position, period)
        if place:
            groups.setdefault(place, []).append(position)
    return [(start, end, members) for (start, end), members in sorted(groups.items())]


def across(positions: Iterable[Position], period: Period) -> int:
    """How many dated positions may lie in two periods, and so count in none."""
    if isinstance(period, int):
        return 0
    return sum(day_of(p) is not None and period_of_position(p, period) is None for p in positions)


def day_of(position: Position) -> date | None:
    """The day a position is drawn at: the middle of an uncertain date, the known end of an open one, else None."""
    when = position.when
    if when is None:
        return None
    if when.earliest is None or when.latest is None:
        return when.earliest or when.latest
    return when.earliest + timedelta((when.latest.toordinal() - when.earliest.toordinal()) // 2)


def period_of(day: date, period: Literal["month", "quarter", "year"]) -> tuple[date, date]:
    """First and last day of the calendar period that `day` lies in."""
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    last = first + months - 1
    end = date(day.year, 12, 31) if last == 12 else date(day.year, last + 1, 1) - timedelta(1)
    return start, end


def period_of_position(position: Position, period: Period) -> tuple[date, date] | None:
    """The calendar period a position lies in; None when its date is unknown or reaches into another.

    What a text reports without a date ("until its publication") counts where it was published: news is printed soon
    after the words. `by_publication` counts how many rest on that, and captions say so.
    """
    when = position.when
    if isinstance(period, int) or when is None or when.latest is None:
        return None
    place = period_of(when.earliest or when.latest, period)
    return place if when.latest <= place[1] else None


def by_publication(positions: Iterable[Position]) -> int:
    """How many positions have no date but that of the publication: their dates are open towards the past."""
    return sum(p.when is not None and p.when.earliest is None and p.when.latest is not None for p in positions)


def _by_actor(positions: Iterable[Position]) -> dict[int, list[Position]]:
    found: dict[int, list[Position]] = {}
    for position in positions:
        if position.actor_id is not None:
            found.setdefault(position.actor_id, []).append(position)
    return found


def _counted(uncoded: Iterable[Position], period: Period) -> Mapping[tuple[int, date], int]:
    counts: dict[tuple[int, date], int] = {}
    for position in uncoded:
        place = period_of_position(position, period)
        if place and position.actor_id is not None:
            counts[position.actor_id, place[0]] = counts.get((position.actor_id, place[0]), 0) + 1
    return counts


# --- Student's t without scipy ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The `p` quantile of Student's t with `df` degrees of freedom, right to about 1e-10; p in (0, 1), df > 0.

    Bisection on the distribution function, which is the regularised incomplete beta function (Abramowitz & Stegun
    1964, 26.7.1).
    """
    if not 0 < p < 1 or df <= 0:
        raise ValueError("p must lie between 0 and 1, df above 0")
    if p == 0.5:
        return 0.0
    if p < 0.5:
        return -t_quantile(1 - p, df)
    low, high = 0.0, 1.0
    while _t_distribution(high, df) < p and high < 1e300:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _t_distribution(middle, df) < p else (low, middle)
    return (low + high) / 2


def _t_distribution(t: float, df: float) -> float:
    return 1 - 0.5 * _incomplete_beta(df / (df + t * t), df / 2, 0.5)


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function by its continued fraction (Abramowitz & Stegun 26.5.8; Lentz 1976)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * result if isfinite(result) else inf


def _away_from_zero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300


# --- does the interval keep its promise? ------------------------------------------------------------------------------


def coverage(populations: Sequence[Sequence[float]], n: int, seeds: Iterable[int], draws: int = 1) -> float:
    """The share of 95 % intervals from `n` random members that hold the mean of their population (0..1).

    `draws` samples are taken per population and seed; a sample whose values are all equal has no interval and
    counts as a miss.
    """
    import numpy as np

    held = tried = 0
    for seed in seeds:
        random = np.random.default_rng(seed)
        for population in populations:
            values = np.asarray(population, dtype=float)
            for _ in range(draws):
                between = interval(random.choice(values, size=n, replace=False).tolist())
                held += bool(between and between[0] <= values.mean() <= between[1])
                tried += 1
    return held / tried if tried else 0.0
