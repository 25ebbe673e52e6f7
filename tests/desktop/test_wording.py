"""Codes become words: all of them, and dates as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from PySide6.QtCore import QLocale

from desktop import wording
from index.actors import apart
from index.model import ActorKind, Document, Span, Statement, StatementKind, Status, When
from index.problems import SENTENCES, Problem


@pytest.fixture(autouse=True)
def english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def test_every_code_of_the_engine_has_words() -> None:
    assert set(wording.KINDS) == set(get_args(StatementKind))
    assert set(wording.STATUSES) == set(get_args(Status))
    assert set(wording.ACTOR_KINDS) == set(get_args(ActorKind))
    assert set(wording.MERGE_WARNINGS) == {apart.OFFICE_AND_HOLDER, apart.DIFFERENT_KINDS, apart.DIFFERENT_GIVEN_NAMES}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_problem_is_a_sentence_without_holes(code: str) -> None:
    words = wording.problem(Problem(code, "ferry.txt", "it is so"))
    assert words.strip()
    assert "{" not in words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, "No date"),
        (When(None, None), "No date"),
        (When(date(2031, 3, 4), date(2031, 3, 4)), "4 Mar 2031"),
        (When(date(2031, 3, 1), date(2031, 3, 31)), "Mar 2031"),
        (When(date(2031, 1, 1), date(2031, 12, 31)), "2031"),
        (When(date(2031, 3, 4), date(2031, 3, 9)), "4–9 Mar 2031"),
        (When(date(2031, 3, 4), date(2031, 5, 9)), "4 Mar – 9 May 2031"),
        (When(date(2030, 3, 4), date(2031, 5, 9)), "4 Mar 2030 – 9 May 2031"),
        (When(None, date(2031, 3, 4)), "until 4 Mar 2031"),
        (When(date(2031, 3, 4), None), "from 4 Mar 2031"),
        (When(date(2031, 1, 1), date(2031, 12, 31), "approximate"), "about 2031"),
    ],
)
def test_a_date_reads_as_people_write_it(when: When | None, words: str) -> None:
    assert wording.when(when) == words


def test_a_moment_is_told_in_the_time_of_this_place() -> None:
    """The engine keeps UTC; who works elsewhere must not read that as their own clock."""
    here = datetime(2031, 3, 4, 22, 30, tzinfo=UTC).astimezone()
    assert wording.moment("2031-03-04T22:30:00Z").endswith(f"{here:%H:%M}")
    assert wording.moment("2031-03-04T22:30:00Z").startswith(wording.day(here.date()))


def test_a_language_is_told_by_its_name() -> None:
    assert (wording.language("tr"), wording.language("hy"), wording.language(None)) == ("Turkish", "Armenian", "")


def test_a_citation_names_words_speaker_date_chain_and_source() -> None:
    statement = Statement(
        7, 3, 2, "direct", (Span(0, 4),), "Wait", actor="Mira Olanda", role="foreign minister",
        when=When(date(2031, 3, 4), date(2031, 3, 4)), via=("Harbour Radio",),
    )  # fmt: skip
    document = Document(3, "f.txt", title="Ferry talks", outlet="The Harbour Post")
    text = wording.citation(statement, document)
    for part in (
        "“Wait”",
        "Mira Olanda (foreign minister)",
        "4 Mar 2031",
        "Harbour Radio",
        "Ferry talks",
        "The Harbour Post",
        "undated",
        "3:2",
    ):
        assert part in text
    assert "<b>" not in wording.citation_html(Statement(1, 1, 1, "own", (), "<b>bold</b>"), document)


def test_only_what_was_printed_as_a_quotation_is_copied_in_quotation_marks() -> None:
    """An outlet's own words in quotation marks would be a false quote."""
    document = Document(3, "f.txt", title="Ferry talks")
    direct, indirect, mixed = (
        Statement(7, 3, 2, kind, (), "they would “never” wait", actor="Mira Olanda")  # type: ignore[arg-type]
        for kind in ("direct", "indirect", "mixed")
    )
    assert wording.citation(direct, document).startswith("“they would “never” wait”\n— Mira Olanda, date unknown. Ferry")
    assert wording.citation(indirect, document).startswith(
        "they would “never” wait\n— Mira Olanda, date unknown, indirect speech. Ferry"
    )
    assert ", mixed speech." in wording.citation(mixed, document)
    assert wording.citation_html(indirect, document).startswith("<blockquote><p>they would “never” wait</p><p>— Mira")


def test_a_quote_of_two_paragraphs_is_copied_whole() -> None:
    words = wording.citation_html(Statement(7, 3, 2, "answer", (), "One.\n\nTwo."), Document(3, "f.txt"))
    assert words.index("One.") < words.index("Two.") < words.index("— Unknown speaker")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "a few seconds left"),
        (42, "about 40 seconds left"),
        (300, "about 5 minutes left"),
        (7200, "about 2 hours left"),
    ],
)
def test_a_time_left_is_rounded(seconds: float, words: str) -> None:
    assert wording.duration(seconds) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (When(date(2031, 3, 4), date(2031, 3, 4)), When(date(2032, 1, 9), date(2032, 1, 9)), "4 Mar 2031 – 9 Jan 2032"),
        (When(date(1869, 1, 1), date(1869, 12, 31), "year"), When(None, date(2032, 1, 9)), "1869 – 9 Jan 2032"),
        (When(date(2031, 3, 4), date(2031, 3, 4)), When(date(2031, 3, 4), date(2031, 3, 4)), "4 Mar 2031"),
    ],
)
def test_a_period_does_not_make_a_day_of_a_year(first: When, last: When, words: str) -> None:
    assert wording.period(first, last) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("model", "Found by the trained model"),
        ("model, judged-for", "Found by the trained model (“accused … of …”, “criticised … for …”)"),
        ("quote-alone, negated cue", "Found by rule: a quotation with nobody beside it (the text says that it was not said)"),
        ("answer without a label", "Found by the rule “answer without a label”"),
    ],
)
def test_how_a_statement_was_found_is_told_in_words(rule: str, words: str) -> None:
    assert wording.how_found(rule) == words
