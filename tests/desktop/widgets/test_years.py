"""Hits per year: few years have a bar each, and single early years don't squeeze the others to nothing."""

from __future__ import annotations

from itertools import pairwise

from desktop.widgets.years import MOST_BARS, bars_of


def test_few_years_have_a_bar_each() -> None:
    assert bars_of({2023: 4, 2025: 1}, None) == [(2023, 2023), (2024, 2024), (2025, 2025)]
    assert bars_of({}, None) == []
    assert bars_of({}, (2020, 2021)) == [(2020, 2020), (2021, 2021)]


def test_rare_early_years_share_a_bar() -> None:
    bars = bars_of({1805: 1, 1914: 1, 2014: 300, 2015: 500, 2016: 200}, None)
    assert bars == [(1805, 2013), (2014, 2014), (2015, 2015), (2016, 2016)]


def test_many_years_become_decades_and_none_is_left_out() -> None:
    bars = bars_of(dict.fromkeys(range(1863, 2026), 10), None)
    assert len(bars) <= MOST_BARS
    assert bars[0][0] == 1863 and bars[-1][1] == 2025
    assert all(before[1] + 1 == after[0] for before, after in pairwise(bars))
