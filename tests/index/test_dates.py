"""Dates that people type are read as they are meant, or refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from index.dates import parse_day
from index.problems import Problem


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "edtf"),
    [
        ("2024-11-27", date(2024, 11, 27), date(2024, 11, 27), "2024-11-27"),
        ("2024-11-27T10:00:00Z", date(2024, 11, 27), date(2024, 11, 27), "2024-11-27"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("1899", date(1899, 1, 1), date(1899, 12, 31), "1899"),
        ("../2023-03-13", None, date(2023, 3, 13), "../2023-03-13"),
        ("2023-03-14/2023-03-29", date(2023, 3, 14), date(2023, 3, 29), "2023-03-14/2023-03-29"),
        ("2023..2024-03", date(2023, 1, 1), date(2024, 3, 31), "2023-01-01/2024-03-31"),
        ("2024~", date(2024, 1, 1), date(2024, 12, 31), "2024~"),
        ("2023/..", date(2023, 1, 1), None, "2023-01-01/.."),
        ("27 Nov 2024", date(2024, 11, 27), date(2024, 11, 27), "2024-11-27"),
        ("27 november  2024", date(2024, 11, 27), date(2024, 11, 27), "2024-11-27"),
        ("Sept. 7, 2024", date(2024, 9, 7), date(2024, 9, 7), "2024-09-07"),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("14 Mar 2023/29 Mar 2023", date(2023, 3, 14), date(2023, 3, 29), "2023-03-14/2023-03-29"),
    ],
)
def test_a_typed_date_is_the_interval_it_names(text: str, earliest: date | None, latest: date | None, edtf: str) -> None:
    when = parse_day(text)
    assert (when.earliest, when.latest, when.edtf) == (earliest, latest, edtf)


@pytest.mark.parametrize("text", ["", "tomorrow", "2023-02-31", "2024-13", "27.11.2024", "..", "/", "2024/2023", "0000",
                                  "31 Feb 2024", "7 Maybe 2024", "7 Novel 2024", "7 Marx 2024", "Juno 2024", "Nov 27"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="is not a date"):
        parse_day(text)


def test_months_are_english_whatever_language_the_system_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calendar.month_name", ["", *(f"mes {n}" for n in range(1, 13))])
    assert parse_day("27 November 2024").edtf == "2024-11-27"
