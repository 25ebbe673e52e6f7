"""Round dates for the axis, and labels that do not stand on each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.plot.axes import date_ticks, pushed_apart


@pytest.mark.parametrize(
    ("start", "end", "texts"),
    [
        (date(1994, 2, 4), date(2015, 12, 16), ["1995", "2000", "2005", "2010", "2015"]),
        (date(2030, 1, 30), date(2031, 2, 2), ["2030-04", "2030-07", "2030-10", "2031-01"]),
        (date(2030, 1, 3), date(2030, 1, 6), ["2030-01-03", "2030-01-04", "2030-01-05", "2030-01-06"]),
        (date(2030, 1, 3), date(2030, 1, 3), ["2030-01-03"]),
    ],
)
def test_ticks_are_round_dates(start: date, end: date, texts: list[str]) -> None:
    assert [tick.text for tick in date_ticks(start, end, 8)] == texts


@given(st.dates(), st.integers(0, 400_000), st.integers(2, 20))
def test_ticks_lie_in_the_range_in_order_and_are_not_too_many(start: date, length: int, most: int) -> None:
    end = date.fromordinal(min(start.toordinal() + length, date.max.toordinal()))
    days = [tick.day for tick in date_ticks(start, end, most)]
    assert days == sorted(set(days))
    assert all(start <= day <= end for day in days)
    assert len(days) <= most + 1


def test_the_whole_calendar_has_ticks() -> None:
    assert 2 <= len(date_ticks(date.min, date.max, 10)) <= 11
    assert date_ticks(date.max, date.max)[0].day == date.max
    assert date_ticks(date.min + timedelta(2), date.min + timedelta(5))[0].day == date.min + timedelta(2)


def test_labels_are_pushed_apart_and_keep_their_order() -> None:
    assert pushed_apart([10, 11, 12, 50], 5, 0, 100) == [6.0, 11.0, 16.0, 50.0]
    assert pushed_apart([12, 10], 5, 0, 100) == [13.5, 8.5]
    assert pushed_apart([], 5, 0, 100) == []
    assert pushed_apart([99, 99, 99], 5, 0, 100) == [90.0, 95.0, 100.0]


@given(st.lists(st.floats(-50, 150), max_size=12), st.floats(1, 30))
def test_labels_stay_in_their_room_and_apart(wanted: list[float], size: float) -> None:
    found = pushed_apart(wanted, size, 0, 100)
    assert all(-1e-6 <= value <= 100 + 1e-6 for value in found)
    step = min(size, 100 / max(len(wanted) - 1, 1))
    ordered = sorted(found)
    assert all(b - a >= step - 1e-6 for a, b in pairwise(ordered))
