"""When did it change? A permutation test on the cumulative sum, only on request and only with enough codes.

About forty statements are needed to see a shift of one point; with fewer than twelve no test is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST = 12


@dataclass(frozen=True, slots=True)
class Break:
    """The likeliest place of one change: `after` values lie before it. `p` is the permutation p value."""

    after: int
    p: float
    mean_before: float
    mean_after: float


def change_point(
    values: Sequence[float], days: Sequence[float] | None = None, permutations: int = 999, seed: int = 0
) -> Break | None:
    """One change in the mean of `values` in order of time, or None below twelve values.

    Source: Taylor 2000, "Change-Point Analysis: A Powerful New Tool For Detecting Changes", with the statistic
    max |S_k|, S_k the cumulative sum of deviations from the mean (Page 1954, Biometrika 41, 100-115); the p value is
    the share of shuffled series that reach it. `days`, in order, keep a break from falling between values of one
    day. The seed is fixed, so the answer is the same each time.
    """
    import numpy as np

    series = np.asarray(values, dtype=float)
    n = len(series)
    if n < SMALLEST:
        return None
    allowed = np.ones(n - 1, dtype=bool) if days is None else np.diff(np.asarray(days, dtype=float)) > 0
    if not allowed.any():
        return None
    centred = series - series.mean()
    sums = np.where(allowed, np.abs(np.cumsum(centred)[:-1]), -1.0)
    place = int(np.argmax(sums)) + 1
    reached, tried = 0, 0
    random = np.random.default_rng(seed)
    rows = max(1, 2_000_000 // n)
    while tried < permutations:
        size = min(rows, permutations - tried)
        shuffled = random.permuted(np.broadcast_to(centred, (size, n)), axis=1)
        tops = np.abs(np.cumsum(shuffled, axis=1)[:, :-1])[:, allowed].max(axis=1)
        reached += int((tops >= sums[place - 1] - 1e-12).sum())
        tried += size
    p = (1 + reached) / (1 + permutations)
    return Break(place, p, float(series[:place].mean()), float(series[place:].mean()))
