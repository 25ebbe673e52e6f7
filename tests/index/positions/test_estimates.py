"""Means, t intervals, periods and labels, against published tables and by hand."""

from __future__ import annotations

from datetime import date

import pytest

from index.model import Issue, Position, When
from index.positions.estimates import (
    across,
    by_publication,
    coverage,
    day_of,
    estimate,
    estimates,
    grouped,
    interval,
    period_of,
    period_of_position,
    t_quantile,
)
from index.positions.labels import label, label_text

ISSUE = Issue(1, "The treaty", "against the treaty", "for the treaty")


def position(k: int, score: float, first: str | None, last: str | None = None, actor: int | None = 1) -> Position:
    when = When(date.fromisoformat(first), date.fromisoformat(last or first), "day") if first else None
    return Position(k, 1, actor, when, score)


@pytest.mark.parametrize(
    ("p", "df", "published"),
    [(0.975, 1, 12.7062047), (0.975, 2, 4.30265273), (0.975, 9, 2.26215716), (0.975, 30, 2.04227246),
     (0.95, 5, 2.01504837), (0.995, 120, 2.61742115), (0.025, 9, -2.26215716), (0.5, 3, 0.0)],
)  # fmt: skip
def test_quantiles_of_t_are_those_of_the_printed_table(p: float, df: int, published: float) -> None:
    assert t_quantile(p, df) == pytest.approx(published, abs=1e-7)


def test_the_interval_is_the_one_students_formula_gives() -> None:
    # mean 3, sd sqrt(2.5), n 5, t(.975, 4) = 2.776445
    low, high = interval([1, 2, 3, 4, 5]) or (0, 0)
    assert (low, high) == (pytest.approx(3 - 1.963243, abs=1e-5), pytest.approx(3 + 1.963243, abs=1e-5))


@pytest.mark.parametrize("values", [[], [1.0], [1.0, -1.0], [2.0] * 40])
def test_there_is_no_interval_where_the_spread_is_not_known(values: list[float]) -> None:
    assert interval(values) is None


def test_an_interval_never_reaches_beyond_the_scale() -> None:
    found = estimate(1, date(2030, 1, 1), date(2030, 12, 31), [2, 2, 2, -1], ISSUE)
    assert found and found.interval and found.interval[1] == 2.0
    assert found.interval[0] > -2.0


def test_nothing_is_imputed_where_nothing_was_coded() -> None:
    assert estimate(1, date(2030, 1, 1), date(2030, 12, 31), [], ISSUE) is None


@pytest.mark.parametrize(
    ("mean", "code"),
    [(-2, "consistently-low"), (-1.5, "almost-always-low"), (-1.0, "generally-low"), (-0.5, "tends-low"),
     (0, "mixture"), (0.5, "tends-high"), (1.0, "generally-high"), (1.5, "almost-always-high"), (2, "consistently-high")],
)  # fmt: skip
def test_the_ladder_has_nine_steps(mean: float, code: str) -> None:
    assert label(mean, 12, ISSUE) == code


def test_opposite_means_stand_on_opposite_steps() -> None:
    for k in range(-40, 41):
        low, high = label(k / 20, 5, ISSUE), label(-k / 20, 5, ISSUE)
        swapped = (low or "").replace("low", "?").replace("high", "low").replace("?", "high")
        assert swapped == high


def test_one_code_has_no_label_and_a_label_speaks_with_the_poles_own_words() -> None:
    assert label(2.0, 1, ISSUE) is None
    assert label_text("almost-always-high", ISSUE.low, ISSUE.high) == "almost always “for the treaty”"
    assert label_text(None, ISSUE.low, ISSUE.high) == ""


def test_a_scale_without_width_has_no_label() -> None:
    assert label(0.0, 5, Issue(1, "x", "a", "b", lowest=0, highest=0)) is None


def test_estimates_are_per_actor_and_period() -> None:
    points = [position(1, 2, "2030-01-05"), position(2, 0, "2030-11-05"), position(3, -2, "2031-02-01"),
              position(4, 1, "2030-03-03", actor=2)]  # fmt: skip
    found = estimates(ISSUE, points, "year", [position(9, 0, "2030-06-01")])
    assert [(e.actor_id, e.start.year, e.n, e.mean, e.uncoded) for e in found] == [
        (1, 2030, 2, 1.0, 1), (1, 2031, 1, -2.0, 0), (2, 2030, 1, 1.0, 0)
    ]  # fmt: skip


def test_an_unknown_speaker_is_never_counted_as_a_speaker() -> None:
    assert estimates(ISSUE, [position(1, 2, "2030-01-05", actor=None)], "year") == []


def test_a_date_that_reaches_into_two_periods_counts_in_neither() -> None:
    points = [position(1, 2, "2030-12-20", "2031-01-10"), position(2, 1, "2030-05-01", "2030-05-31")]
    assert [e.n for e in estimates(ISSUE, points, "year")] == [1]
    assert across(points, "year") == 1
    assert across(points, "month") == 1


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("month", date(2032, 2, 1), date(2032, 2, 29)), ("quarter", date(2032, 1, 1), date(2032, 3, 31)),
     ("year", date(2032, 1, 1), date(2032, 12, 31))],
)  # fmt: skip
def test_periods_are_those_of_the_calendar(period: str, first: date, last: date) -> None:
    assert period_of(date(2032, 2, 29), period) == (first, last)  # type: ignore[arg-type]


def test_the_last_n_are_counted_back_from_the_newest() -> None:
    points = [position(k, k, f"2030-01-{k:02d}") for k in range(1, 8)]
    assert [[p.statement_id for p in members] for _, _, members in grouped(points, 3)] == [[1], [2, 3, 4], [5, 6, 7]]
    assert [e.n for e in estimates(ISSUE, [position(k, 1, f"2030-01-{k:02d}") for k in range(1, 7)], 3)] == [3, 3]


def test_an_open_date_is_drawn_at_its_known_end_and_an_unknown_one_nowhere() -> None:
    open_end = Position(1, 1, 1, When(date(2030, 1, 1), None), 1.0)
    assert day_of(open_end) == date(2030, 1, 1)
    assert day_of(Position(1, 1, 1, When(None, None), 1.0)) is None
    assert day_of(position(1, 1, None)) is None


def test_the_intervals_cover_as_often_as_they_promise() -> None:
    codes = [-2.0] * 15 + [-1.0] * 25 + [0.0] * 20 + [1.0] * 25 + [2.0] * 15
    assert 0.93 <= coverage([codes * 10], 10, range(12), draws=100) <= 0.97
    assert 0.93 <= coverage([codes * 10], 20, range(12), draws=100) <= 0.97


def test_what_only_its_publication_dates_counts_in_the_period_of_publication() -> None:
    reported = Position(1, 1, 1, When(None, date(2031, 3, 4), "range", "before publication", 0.5), 1.0)
    later = Position(2, 1, 1, When(date(2031, 3, 4), None, "range"), 1.0)
    assert period_of_position(reported, "year") == (date(2031, 1, 1), date(2031, 12, 31))
    assert period_of_position(later, "year") is None
    assert by_publication([reported, later]) == 1
