"""Dates of documents: what is written counts before what is guessed, and nothing is invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from index.readers import dates


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2024-11-27", "2024-11-27"),
        ("2024-11-27T10:00:00Z", "2024-11-27"),
        ("20241127", "2024-11-27"),
        ("27.11.2024", "2024-11-27"),
        ("27 Nov. 2024", "2024-11-27"),
        ("November 27th, 2024", "2024-11-27"),
        ("Fri, 01 May 2009 10:00:00 +0400", "2009-05-01"),
        ("27 ноября 2024", "2024-11-27"),
        ("27 de noviembre de 2024", "2024-11-27"),
        ("2024年11月27日", "2024-11-27"),
        ("2024-11", "2024-11"),
        ("November 2024", "2024-11"),
        ("2024", "2024"),
        ("1848", "1848"),
        ("02/03/2024", "2024-02-03/2024-03-02"),
        ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"),
    ],
)
def test_a_written_date_is_read(value: str, edtf: str) -> None:
    found = dates.stated(value, "table", 1.0)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    "value",
    ["", "soon", "31/02/2023", "2023-02-30", "30 February 2023", "2024-13-01", "99999999", "12", "May", "Mr Smith"],
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert dates.stated(value, "table", 1.0) is None


@pytest.mark.parametrize(
    ("name", "edtf"),
    [
        ("2024-11-27_talks.txt", "2024-11-27"),
        ("talks 20241127.pdf", "2024-11-27"),
        ("minutes-2024-11.docx", "2024-11"),
        ("27.11.2024 talks.txt", "2024-11-27"),
        ("h_2024_11_27.html", "2024-11-27"),
    ],
)
def test_a_file_name_may_hold_a_date(name: str, edtf: str) -> None:
    assert [(one.edtf, one.rule) for one in dates.in_name(name)] == [(edtf, "guessed from the file name")]


@pytest.mark.parametrize(
    "name",
    ["000_d72a76753b022cea.txt", "report 1234.txt", "2024.txt", "20249999.txt", "IMG_20991231.txt", "v1.2.3.txt"],
)
def test_other_numbers_in_a_file_name_are_no_dates(name: str) -> None:
    assert list(dates.in_name(name)) == []


@pytest.mark.parametrize(
    ("top", "rule"),
    [
        ("Strait opens\nPublished: 3 April 2019\n\n", "labelled date at the top"),
        ("Strait opens\nApril 3, 2019\n\n", "date line"),
        ("Strait opens\n\nBELMAR, April 3, 2019 \u2014 ", "dateline"),
        ("Strait opens\nBy Mirel Dasko of the Strait Herald, 3 April 2019\n\n", "byline"),
        ("Strait opens\nStrait Herald, Wednesday, 3 April 2019\n\n", "date line"),
        ("Strait opens\nThe Strait Herald of Belmar, Wednesday, 3 April 2019\n\n", "short line"),
    ],
)
def test_the_top_of_a_text_may_print_its_date(top: str, rule: str) -> None:
    text = top + "Ilra Venn opened the strait in the morning and said that it would stay open.\n"
    found = list(dates.in_text(text))
    assert [one.edtf for one in found] == ["2019-04-03"]
    assert rule in found[0].rule
    assert found[0].expression is not None
    assert "2019" in found[0].expression.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was signed on 3 April 2019.\nVenn said so.",
        "Updated: 3 April 2019\n\nWords.",
        "A long story\n\nOn April 3, 2019, Venn opened the strait and said that it would stay open.",
        "Words\n" * 300 + "On 3 April 2019 it ended.",
    ],
)
def test_a_date_in_a_sentence_is_not_the_date_of_the_text(text: str) -> None:
    assert list(dates.in_text(text)) == []


def test_the_surest_candidate_is_chosen_and_conflicts_stay() -> None:
    a = dates.when(date(2019, 4, 3), date(2019, 4, 3), "guessed from the file name", 0.8)
    b = dates.when(date(2019, 4, 5), date(2019, 4, 5), "HTML metadata", 0.97)
    tomorrow = date.today() + timedelta(days=30)
    future = dates.when(tomorrow, tomorrow, "HTML metadata", 1.0)
    assert dates.chosen([a, b, future, b]) == (b, (b, a))
    assert dates.chosen([]) == (None, ())


def test_a_dateline_without_a_year_sharpens_a_month() -> None:
    month = dates.when(date(2019, 4, 1), date(2019, 4, 30), "guessed from the file name", 0.6)
    best, _ = dates.chosen([month], "Strait opens\n\nBELMAR, Apr. 3 (Herald) \u2014 Venn opened it.")
    assert best is not None
    assert best.edtf == "2019-04-03"
    assert dates.chosen([month], "BELMAR, May 3 \u2014 Venn opened it.")[0] == month


def test_a_day_counts_as_printed_in_any_form() -> None:
    day = date(2019, 4, 3)
    for text in (
        "3 April 2019",
        "April 3rd, 2019",
        "2019/04/03",
        "03.04.19",
        "20190403T10",
        "3 de abril de 2019",
        "2019年4月3日",
    ):
        assert dates.prints_day(f"<p>{text}</p>", day), text
    for text in ("13 April 2019", "April 30, 2019", "2019-04-30", "April 2019", "3 May 2019"):
        assert not dates.prints_day(f"<p>{text}</p>", day), text


def test_a_weekday_in_the_first_paragraphs_is_a_hint() -> None:
    text = "Venn opened the strait on Tuesday.\n\nThe council had met on Tuesday too."
    found = dates.weekday_hint(text)
    assert found is not None
    assert (found[0], found[1].of(text)) == (1, "Tuesday")
    assert dates.weekday_hint("On Monday it rained, on Friday it snowed.") is None
    assert dates.weekday_hint("Nothing of the kind.") is None
