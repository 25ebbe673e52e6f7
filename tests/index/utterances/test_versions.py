"""Earlier and later statements on the same matter: ranked, with the words that both share."""

from __future__ import annotations

from datetime import date

from index.model import When
from index.utterances.reports import Report
from index.utterances.versions import by_date, first_and_last, versions


def said(number: int, text: str, on: str | None, actor: int = 7, utterance: int | None = None) -> Report:
    when = When(date.fromisoformat(on), date.fromisoformat(on)) if on else None
    return Report(number, number, text, "direct", actor, when, utterance=utterance)


NOW = said(1, "The lighthouse of Orm belongs to Torland, and we will not sell it.", "2031-05-12", utterance=4)
OTHERS = [
    said(2, "We have no plan to sell the lighthouse of Orm.", "2030-02-01"),
    said(3, "The lighthouse of Orm can be leased for ninety years.", "2032-03-01"),
    said(4, "Wages will rise by nine percent in spring.", "2030-05-01"),
    said(5, "The lighthouse of Orm is not for sale.", "2030-02-01", actor=8),
    said(6, "The lighthouse of Orm belongs to Torland.", "2031-05-12", utterance=4),
    *[said(k, f"Torland will pay its {k} debts to the league.", f"2029-01-{k:02d}") for k in range(10, 20)],
]


def test_statements_on_the_same_matter_come_first_with_the_words_shared() -> None:
    found = versions(NOW, OTHERS)
    assert [(version.statement, version.order) for version in found[:2]] == [(2, -1), (3, 1)]
    assert {"lighthouse", "Orm"} <= set(found[0].words)
    assert found[0].score > found[1].score > 0


def test_other_actors_and_reports_of_the_same_utterance_are_left_out() -> None:
    assert not {5, 6} & {version.statement for version in versions(NOW, OTHERS)}


def test_a_common_issue_lifts_a_statement_that_shares_no_words() -> None:
    found = versions(NOW, OTHERS, issues={1: {3}, 4: {3}})
    assert next(version for version in found if version.statement == 4).on_issue
    assert 4 not in {version.statement for version in versions(NOW, OTHERS)}


def test_first_and_last_word() -> None:
    dated = [NOW, *OTHERS[:3], said(30, "Undated.", None)]
    ends = first_and_last(dated)
    assert ends is not None and [one.id for one in ends] == [2, 3]
    assert [one.id for one in by_date(dated)] == [2, 4, 1, 3, 30]
    assert first_and_last([NOW]) is None
