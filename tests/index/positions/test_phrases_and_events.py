"""Watch phrases and the analyst's table of events."""

from __future__ import annotations

from datetime import date

import pytest

from index.model import Span, Statement, When
from index.positions.events import read_events, when_from
from index.positions.phrases import phrase_pattern, phrase_uses
from index.positions.tokens import fold


def statement(
    k: int, text: str, actor: int | None = 1, day: int = 1, utterance: int | None = None
) -> Statement:
    when = When(date(2030, 1, day), date(2030, 1, day))
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text=text, actor_id=actor,
                     actor="x", when=when, utterance_id=utterance)  # fmt: skip


def test_first_use_last_use_and_who_took_it_up() -> None:
    rows = [statement(1, "An open door for all", 1, 3), statement(2, "The OPEN  DOOR stays", 2, 5),
            statement(3, "Open, door!", 1, 9), statement(4, "Opened doors", 3, 1)]  # fmt: skip
    uses = phrase_uses("open door", rows)
    assert [(use.actor_id, use.statements) for use in uses] == [(1, (1, 3)), (2, (2,))]
    assert (uses[0].first.earliest, uses[0].last.latest) == (date(2030, 1, 3), date(2030, 1, 9))


def test_an_utterance_counts_once_and_unknown_speakers_and_dates_not_at_all() -> None:
    rows = [statement(1, "open door", 1, 3, utterance=5), statement(2, "open door", 1, 3, utterance=5),
            statement(3, "open door", None, 1)]  # fmt: skip
    undated = Statement(
        id=9, document_id=1, number=9, kind="direct", content=(Span(0, 1),), text="open door", actor_id=2
    )
    assert [use.statements for use in phrase_uses("open door", [*rows, undated])] == [(1,)]


def test_a_phrase_is_dropped_when_the_silence_would_be_unlikely() -> None:
    used = [statement(k, "open door", 1, k) for k in range(1, 7)]
    silent = [statement(k, "roads and rivers", 1, k) for k in range(7, 12)]
    assert not phrase_uses("open door", [*used, silent[0]])[0].dropped
    found = phrase_uses("open door", [*used, *silent])[0]
    assert (found.dropped, found.since) == (True, 5)


def test_a_phrase_used_once_is_never_called_dropped() -> None:
    rows = [statement(1, "open door", 1, 1), *(statement(k, "rain", 1, k) for k in range(2, 25))]
    assert not phrase_uses("open door", rows)[0].dropped


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [("open door", "reopen doors", False), ("open door*", "open doors", True), ("организаци*", "в Организации", True),
     ("don't go", "Don’t go!", True), ("c++", "c++", True), ("(a", "a", True), ("red line", "red — line", True)],
)  # fmt: skip
def test_what_a_phrase_matches(phrase: str, text: str, found: bool) -> None:
    pattern = phrase_pattern(phrase)
    assert pattern is not None
    assert bool(pattern.search(fold(text))) is found


def test_a_phrase_without_a_word_matches_nothing() -> None:
    assert phrase_pattern(" *!… ") is None
    assert phrase_uses("", [statement(1, "x")]) == []


def test_events_are_read_by_date_and_bad_rows_named() -> None:
    table = "\ufeffdate;label\n2031-02;Talks end\n2030-05-01/2030-05-03;Summit\nsoon;Vote\n;\n2030;=Year\n"
    events, problems = read_events(table)
    assert [(when.edtf, label) for when, label in events] == [
        ("2030", "=Year"), ("2030-05-01/2030-05-03", "Summit"), ("2031-02", "Talks end")
    ]  # fmt: skip
    assert [(p.line, p.code) for p in problems] == [(4, "bad-date")]


def test_a_table_without_the_columns_is_one_problem() -> None:
    assert read_events("x,y\n1,2")[1][0].code == "bad-value"
    assert read_events("start,end,name\n2030-01-01,2030-02-01,Truce")[0][0][0].latest == date(2030, 2, 1)


@pytest.mark.parametrize("text", ["", "2030-13", "2030-02-30", "03/2030", "2031/2030", "0000", "20300101"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert when_from(text) is None


def test_years_before_1900_are_dates_as_well() -> None:
    found = when_from("1848")
    assert found and found.edtf == "1848"
