"""Where ticks and labels of the plot go: round dates, and labels pushed apart. Numbers and dates only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class DateTick:
    """A mark on the date axis: its day and its text ("2001", "2001-03" or "2001-03-05")."""

    day: date
    text: str


_STEPS: tuple[tuple[Literal["day", "month", "year"], int, float], ...] = (
    ("day", 1, 1), ("day", 2, 2), ("day", 7, 7), ("day", 14, 14), ("month", 1, 30.4), ("month", 3, 91.3),
    ("month", 6, 182.6), *(("year", years, years * 365.25) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)  # fmt: skip


def date_ticks(start: date, end: date, most: int = 10) -> list[DateTick]:
    """Round dates from `start` to `end`, both included, at most `most` (but at least one step's worth) of them."""
    span = max((end - start).days, 0)
    unit, size, _ = next((step for step in _STEPS if span / step[2] + 1 <= max(most, 2)), _STEPS[-1])
    found = []
    day: date | None = _first_tick(start, unit, size)
    while day is not None and day <= end:
        if day >= start:
            found.append(DateTick(day, _tick_text(day, unit)))
        day = _next_tick(day, unit, size)
    return found


def _first_tick(start: date, unit: str, size: int) -> date:
    if unit == "day":
        return date.fromordinal(max(start.toordinal() - start.toordinal() % size, 1))
    if unit == "month":
        return date(start.year, (start.month - 1) // size * size + 1, 1)
    return date(max(start.year - start.year % size, 1), 1, 1)


def _next_tick(day: date, unit: str, size: int) -> date | None:
    try:
        if unit == "day":
            return day + timedelta(size)
        if unit == "month":
            months = day.year * 12 + day.month - 1 + size
            return date(months // 12, months % 12 + 1, 1)
        return date(day.year + size - day.year % size, 1, 1)
    except (OverflowError, ValueError):
        return None


def _tick_text(day: date, unit: str) -> str:
    return {"day": f"{day.isoformat()}", "month": f"{day.year:04d}-{day.month:02d}", "year": f"{day.year}"}[unit]


def pushed_apart(wanted: Sequence[float], size: float, low: float, high: float) -> list[float]:
    """Places for labels of height `size` between `low` and `high`, in the order given, as near as may be to `wanted`.

    Neighbours stand at least `size` apart where there is room for all; else they share the room evenly.
    """
    n = len(wanted)
    if n == 0:
        return []
    size = min(size, (high - low) / max(n - 1, 1))
    order = sorted(range(n), key=lambda k: (wanted[k], k))
    blocks: list[list[float]] = []  # [mean wanted position of the block's first label, count]
    for place, k in enumerate(order):
        blocks.append([min(max(wanted[k], low), high) - place * size, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            value, count = blocks.pop()
            before, known = blocks[-1]
            blocks[-1] = [(before * known + value * count) / (known + count), known + count]
    found = [0.0] * n
    place = 0
    for value, count in blocks:
        for _ in range(int(count)):
            found[order[place]] = min(max(value, low), high - (n - 1) * size) + place * size
            place += 1
    return found


