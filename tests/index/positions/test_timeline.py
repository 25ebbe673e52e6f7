"""The timeline as numbers: where points stand, where lines break, and what is honest when there is little to show."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from index.model import Code, Issue, Position, Span, Statement, When
from index.positions.timeline import gap_limit, timeline

ISSUE = Issue(7, "The treaty", "against", "for", question="For or against?")
START = date(2030, 1, 1)


def statement(k: int, day: date | When | None, actor: int | None = 1, utterance: int | None = None) -> Statement:
    when = When(day, day) if isinstance(day, date) else day
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text=f"t{k}", actor_id=actor,
                     actor=None if actor is None else f"Actor {actor}", when=when, utterance_id=utterance)  # fmt: skip


def code(statement_id: int, value: float | None) -> Code:
    return Code(statement_id, statement_id, 7, 1, value)


def series(values: list[float], step: int = 30, start: date = START) -> tuple[list[Statement], list[Code]]:
    rows = [statement(k, start + timedelta(step * (k - 1))) for k in range(1, len(values) + 1)]
    return rows, [code(k, value) for k, value in enumerate(values, 1)]


def test_points_stand_at_days_since_an_epoch_near_the_data() -> None:
    found = timeline(ISSUE, *series([1, 2]))
    assert found.epoch == date(2030, 1, 1)
    assert [point.x for point in found.lanes[0].points] == [0.0, 30.0]
    assert found.day(30.0) == date(2030, 1, 31)
    assert found.x(date(2030, 1, 31)) == 30.0
    assert (found.start, found.end) == (0.0, 30.0)


def test_an_uncertain_date_is_a_bar_from_its_first_to_its_last_day() -> None:
    month = When(date(2030, 3, 1), date(2030, 3, 31), "month")
    point = timeline(ISSUE, [statement(1, month)], [code(1, 1)]).lanes[0].points[0]
    assert (point.low_x, point.x, point.high_x) == (59.0, 74.0, 89.0)


def test_an_utterance_is_one_point_that_knows_all_its_statements() -> None:
    rows = [statement(1, START, utterance=4), statement(2, START, utterance=4)]
    lane = timeline(ISSUE, rows, [code(1, 2), code(2, 2)]).lanes[0]
    assert [point.statements for point in lane.points] == [(1, 2)]
    assert lane.overall and lane.overall.n == 1 and lane.overall.label is None


def test_lanes_are_ordered_by_codes_and_uncoded_statements_are_ticks() -> None:
    rows = [statement(1, START, 1), statement(2, START, 2), statement(3, START, 2), statement(4, START, 3)]
    found = timeline(ISSUE, rows, [code(2, 1), code(3, None)])
    assert [(lane.actor, lane.style, lane.coded, lane.uncoded, lane.excluded) for lane in found.lanes] == [
        ("Actor 2", 0, 1, 0, 1), ("Actor 1", 1, 0, 1, 0), ("Actor 3", 2, 0, 1, 0)
    ]  # fmt: skip
    assert [tick.statement_id for tick in found.lanes[1].ticks] == [1]


def test_means_have_their_n_and_are_hollow_on_one_or_two_codes() -> None:
    found = timeline(ISSUE, *series([1, 2, 0, 1, -1], step=100))
    means = found.lanes[0].means
    assert [(m.estimate.start.year, m.estimate.n, m.hollow) for m in means] == [(2030, 4, False), (2031, 1, True)]
    assert means[0].x == pytest.approx(150.0)


def test_a_line_breaks_where_nothing_was_coded_for_four_times_the_usual_gap() -> None:
    early = [statement(k, START + timedelta(30 * k)) for k in range(6)]
    late = [statement(10 + k, START + timedelta(30 * k + 1200)) for k in range(6)]
    found = timeline(ISSUE, [*early, *late], [code(s.id, 1) for s in (*early, *late)], period="quarter")
    assert [len(run) for run in found.lanes[0].segments] == [2, 2]
    assert gap_limit([0, 30, 60, 90]) == 120
    assert gap_limit([0, 1, 2, 3]) == 90


def test_two_days_far_apart_are_not_joined_because_no_gap_is_usual_yet() -> None:
    assert gap_limit([5.0]) == gap_limit([0, 30, 900]) == 365
    found = timeline(ISSUE, *series([1, -1], step=600))
    assert found.lanes[0].segments == ((0,), (1,))


def test_actors_put_together_share_a_lane_and_keep_their_statements() -> None:
    rows = [statement(1, START, 1), statement(2, START + timedelta(9), 2), statement(3, START, 3)]
    extra = [Position(2, 7, 2, rows[1].when, 1.0, method="dictionary", status="suggested")]
    found = timeline(ISSUE, rows, [code(1, 2), code(2, 0), code(3, -1)], sides={"Westria": [1, 2]}, extra=extra)
    assert [(lane.actor, lane.coded, len(lane.points)) for lane in found.lanes] == [("Westria", 2, 3), ("Actor 3", 1, 1)]
    assert found.lanes[0].overall and found.lanes[0].overall.mean == 1.0
    assert found.lanes[0].actor_id < 0


def test_the_moving_mean_needs_twenty_codes_and_stops_at_gaps() -> None:
    chance = random.Random(1)
    values = [float(chance.randint(-2, 2)) for _ in range(24)]
    assert not timeline(ISSUE, *series(values[:19])).lanes[0].bands
    rows = [statement(k, START + timedelta(20 * k + (900 if k > 12 else 0))) for k in range(1, 25)]
    bands = timeline(ISSUE, rows, [code(k, v) for k, v in enumerate(values, 1)]).lanes[0].bands
    assert len(bands) == 2
    assert all(low <= mean <= high for b in bands for low, mean, high in zip(b.low, b.mean, b.high, strict=True))
    assert all(-2 <= value <= 2 for b in bands for value in (*b.low, *b.high))
    assert bands[0].x[-1] < bands[1].x[0]


def test_first_moves_to_the_other_side_are_named() -> None:
    found = timeline(ISSUE, *series([1, 1, 0, -1, -1, 0, 2]))
    assert found.lanes[0].turns == (4, 7)


def test_the_change_point_is_given_only_on_request() -> None:
    rows = series([-2.0, -1.0] * 12 + [2.0, 1.0] * 12)
    assert timeline(ISSUE, *rows).lanes[0].change is None
    change = timeline(ISSUE, *rows, change=True).lanes[0].change
    assert change and (change.n_before, change.n_after, change.statement_id) == (24, 24, 25)
    assert change.last_before < change.first_after
    assert change.p < 0.05


def test_points_on_one_spot_are_spread_on_the_screen_only() -> None:
    rows = [statement(k, START) for k in range(1, 41)]
    points = timeline(ISSUE, rows, [code(k, 2) for k in range(1, 41)]).lanes[0].points
    assert {point.score for point in points} == {2.0}
    assert len({point.jitter for point in points}) > 15
    assert all(abs(point.jitter) <= 0.12 and point.score + point.jitter <= 2 for point in points)


def test_indicators_are_drawn_and_never_averaged() -> None:
    rows, codes = series([2, 2])
    extra = [Position(1, 7, 1, rows[0].when, -2.0, method="dictionary", status="suggested", evidence=("leave",)),
             Position(2, 7, 1, rows[1].when, -1.0, method="suggested", status="suggested")]  # fmt: skip
    lane = timeline(ISSUE, rows, codes, extra=extra).lanes[0]
    assert [point.kind for point in lane.points] == ["code", "code", "indicator", "suggestion"]
    assert [mean.estimate.mean for mean in lane.means] == [2.0]
    assert lane.overall and lane.overall.mean == 2.0


def test_without_an_issue_statements_stand_in_lanes_by_date() -> None:
    found = timeline(None, [statement(1, START, 1), statement(2, START, 2), statement(3, None, 2)])
    assert found.problem is None
    lanes = [(lane.actor, len(lane.ticks), lane.undated) for lane in found.lanes]
    assert lanes == [("Actor 2", 1, 1), ("Actor 1", 1, 0)]
    assert (found.undated, found.coded, found.uncoded) == (1, 0, 3)


def test_events_and_watch_phrases_come_along() -> None:
    event = (When(date(2030, 1, 15), date(2030, 1, 20)), "Summit")
    found = timeline(ISSUE, *series([1, 1]), events=[event, (When(None, None), "nowhere")], phrases=["t1"])
    assert [(e.x, e.high_x, e.label) for e in found.events] == [(14.0, 19.0, "Summit")]
    assert [use.statements for use in found.phrases] == [(1,)]


@pytest.mark.parametrize(
    ("rows", "codes", "problem"),
    [
        ([], [], "no-statements"),
        ([statement(1, START)], [], "no-codes"),
        ([statement(1, None)], [code(1, 1)], "no-dates"),
        ([statement(1, START, None)], [code(1, 1)], "no-dates"),
        ([statement(1, START)], [code(1, 1)], None),
    ],
)
def test_when_there_is_little_to_show_it_says_why(
    rows: list[Statement], codes: list[Code], problem: str | None
) -> None:
    assert timeline(ISSUE, rows, codes).problem == problem


def test_unknown_speakers_are_counted_and_stand_in_no_lane() -> None:
    found = timeline(ISSUE, [statement(1, START, None), statement(2, START)], [code(1, 1), code(2, 1)])
    assert found.unnamed == 1
    assert [lane.actor for lane in found.lanes] == ["Actor 1"]


def test_all_codes_equal_give_means_without_a_false_certainty() -> None:
    lane = timeline(ISSUE, *series([1.0] * 30), change=True).lanes[0]
    assert all(mean.estimate.interval is None for mean in lane.means)
    assert lane.bands == ()
    assert lane.change and lane.change.p == 1.0


@pytest.mark.parametrize("start", [date(1, 1, 1), date(1848, 3, 1), date(9998, 1, 1)])
def test_dates_far_from_today_are_dates_as_well(start: date) -> None:
    found = timeline(ISSUE, *series([1, -1, 2], start=start))
    assert found.day(found.lanes[0].points[0].x) == start
    assert found.lanes[0].points[0].x <= 366


def test_open_dates_stand_at_their_known_end() -> None:
    rows = [statement(1, When(None, date(2030, 3, 13))), statement(2, When(date(2030, 1, 1), None))]
    points = timeline(ISSUE, rows, [code(1, 1), code(2, 1)]).lanes[0].points
    assert [(point.low_x, point.high_x) for point in points] == [(0.0, 0.0), (71.0, 71.0)]
    assert [(point.open_start, point.open_end) for point in points] == [(False, True), (True, False)]


def test_twenty_thousand_points_take_no_longer_than_a_breath() -> None:
    chance = random.Random(7)
    rows = [statement(k, START + timedelta(chance.randrange(7000)), 1 + k % 5) for k in range(1, 20_001)]
    codes = [code(k, float(chance.randint(-2, 2))) for k in range(1, 20_001)]
    found = timeline(ISSUE, rows, codes, period="month")
    assert sum(len(lane.points) for lane in found.lanes) == 20_000
    assert all(lane.bands for lane in found.lanes)
