"""A mean that moves: the local-level model, whose band widens where nobody spoke."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

Z = 1.959963984540054
SMALLEST = 20


@dataclass(frozen=True, slots=True)
class LocalLevel:
    """A fitted local-level model. `level_variance` is per unit of time, `noise_variance` of one observation.

    `mean`, `low`, `high` are the smoothed level and its 95 % band at `times`; `filtered` uses the past only and is
    NaN-free from the first observation on (before it, the first observation stands).
    """

    times: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    filtered: tuple[float, ...]
    level_variance: float
    noise_variance: float


@dataclass(frozen=True, slots=True)
class _Group:
    """All observations of one time: their number, mean and sum of squares about it (n = 0: none, only asked for)."""

    time: float
    n: int
    mean: float
    squares: float


def local_level(times: Sequence[float], values: Sequence[float], grid: Sequence[float] = ()) -> LocalLevel | None:
    """Level, band and variances of a random walk seen with noise; times in any unit, several values per time allowed.

    Source: Durbin & Koopman, Time Series Analysis by State Space Methods (2012), chapter 2: Kalman filter with a
    diffuse start, fixed-interval smoother, variances by maximum likelihood (the noise variance concentrated out, the
    ratio found by golden-section search on its logarithm). The answer is given at the observed times and at `grid`.
    None below three times or when all values are equal.
    """
    groups = _groups(times, values, grid)
    if sum(group.n > 0 for group in groups) < 3 or min(values) == max(values):
        return None
    span = max(times) - min(times)
    step = span / max(sum(group.n > 0 for group in groups) - 1, 1)
    ratio = _best(lambda x: _likelihood(groups, exp(x) / step)[0], log(1e-9), log(1e6))
    ratio /= step
    if _likelihood(groups, 0.0)[0] >= _likelihood(groups, ratio)[0]:
        ratio = 0.0
    noise = _likelihood(groups, ratio)[1]
    return _smoothed(groups, ratio, noise)


def _groups(times: Sequence[float], values: Sequence[float], grid: Sequence[float]) -> list[_Group]:
    seen: dict[float, list[float]] = {float(time): [] for time in grid}
    for time, value in zip(times, values, strict=True):
        seen.setdefault(float(time), []).append(float(value))
    found = []
    for time, here in sorted(seen.items()):
        mean = sum(here) / len(here) if here else 0.0
        found.append(_Group(time, len(here), mean, sum((value - mean) ** 2 for value in here)))
    return found


def _filtered(groups: Sequence[_Group], ratio: float) -> list[tuple[float, float, float, float]]:
    """Level and variance before and after each time, in units of the noise variance; before the first: infinite."""
    steps = []
    level, variance, last = 0.0, inf, groups[0].time
    for group in groups:
        prior = variance + ratio * (group.time - last)
        before = level
        if group.n:
            own = 1 / group.n
            gain = 1.0 if prior == inf else prior / (prior + own)
            level, variance = before + gain * (group.mean - before), own if prior == inf else prior * (1 - gain)
        else:
            variance = prior
        steps.append((before, prior, level, variance))
        last = group.time
    return steps


def _likelihood(groups: Sequence[_Group], ratio: float) -> tuple[float, float]:
    """The concentrated log-likelihood of a ratio of variances, and the noise variance that goes with it."""
    squares, logs, count = 0.0, 0.0, -1
    for group, (before, prior, _, _) in zip(groups, _filtered(groups, ratio), strict=True):
        if not group.n:
            continue
        count += group.n
        squares += group.squares
        if prior != inf:
            f = prior + 1 / group.n
            squares += (group.mean - before) ** 2 / f
            logs += log(f)
    noise = max(squares / count, 1e-300)
    return -0.5 * (count * log(noise) + logs), noise


def _best(height: Callable[[float], float], low: float, high: float) -> float:
    """Where a function of one variable is highest: a coarse grid, then golden-section search; returns exp(x)."""
    grid = [low + (high - low) * k / 40 for k in range(41)]
    top = max(range(41), key=lambda k: height(grid[k]))
    a, b = grid[max(top - 1, 0)], grid[min(top + 1, 40)]
    golden = (sqrt(5) - 1) / 2
    c, d = b - golden * (b - a), a + golden * (b - a)
    at_c, at_d = height(c), height(d)
    while b - a > 1e-7:
        if at_c > at_d:
            b, d, at_d = d, c, at_c
            c = b - golden * (b - a)
            at_c = height(c)
        else:
            a, c, at_c = c, d, at_d
            d = a + golden * (b - a)
            at_d = height(d)
    return exp((a + b) / 2)


def _smoothed(groups: Sequence[_Group], ratio: float, noise: float) -> LocalLevel:
    steps = _filtered(groups, ratio)
    first = next(k for k, group in enumerate(groups) if group.n)
    n = len(groups)
    mean, variance = [0.0] * n, [0.0] * n
    mean[-1], variance[-1] = steps[-1][2], steps[-1][3]
    for k in range(n - 2, first - 1, -1):
        level, spread = steps[k][2], steps[k][3]
        ahead = spread + ratio * (groups[k + 1].time - groups[k].time)
        pull = spread / ahead if ahead > 0 else 0.0
        mean[k] = level + pull * (mean[k + 1] - level)
        variance[k] = max(spread + pull * pull * (variance[k + 1] - ahead), 0.0)
    for k in range(first - 1, -1, -1):  # before the first observation the walk is run backwards
        mean[k] = mean[first]
        variance[k] = variance[first] + ratio * (groups[first].time - groups[k].time)
    half = [Z * sqrt(value * noise) for value in variance]
    return LocalLevel(
        times=tuple(group.time for group in groups), mean=tuple(mean),
        low=tuple(m - h for m, h in zip(mean, half, strict=True)),
        high=tuple(m + h for m, h in zip(mean, half, strict=True)),
        filtered=tuple(groups[first].mean if k < first else step[2] for k, step in enumerate(steps)),
        level_variance=ratio * noise, noise_variance=noise,
    )  # fmt: skip
