"""Dates that people write into tables, dialogs and command lines: a day, a month or a year, and ranges of them."""

from __future__ import annotations

import calendar
import re
from datetime import date

from index.model import Precision, When
from index.problems import Problem

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(\d{4})")
# Not calendar.month_name, which speaks the language of whoever has set one (Qt does).
_MONTHS = "january february march april may june july august september october november december".split()
_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"  # as the program itself writes dates: "26 Nov 2024", "Nov 2024"
_WORDS = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<day>\d{{1,2}}) {_NAME},? (?P<year>\d{{4}})", rf"{_NAME} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
        rf"{_NAME},? (?P<year>\d{{4}})",
    )
]  # fmt: skip


def parse_day(text: str, rule: str = "set by hand", certainty: float = 1.0) -> When:
    """The date that a text names: YYYY-MM-DD (a time after it is dropped), YYYY-MM, YYYY, "26 Nov 2024", "November 26,
    2024", "Nov 2024", or two of them as START/END or START..END, either of which may be empty or "..".

    Raises `Problem("bad-date")`."""
    bare = text.strip().rstrip("~?")
    try:
        if "/" in bare or ".." in bare:
            first, last = (part.strip(". ") for part in re.split(r"/|\.\.(?=[^/]|$)", bare, maxsplit=1))
            a, b = first and _interval(first), last and _interval(last)
            if not a and not b:
                raise ValueError
            earliest, latest = a[0] if a else None, b[1] if b else None
            if earliest and latest and earliest > latest:
                raise ValueError
            return When(earliest, latest, "range", rule, certainty)
        start, end, precision = _interval(bare)
    except (ValueError, OverflowError) as error:
        raise Problem("bad-date", detail=repr(text)) from error
    if text.strip()[-1:] in "~?":
        precision = "approximate"
    return When(start, end, precision, rule, certainty)


def _interval(text: str) -> tuple[date, date, Precision]:
    """First and last day of a day, month or year. Raises ValueError."""
    text = _in_figures(text)
    if found := _DAY.fullmatch(text):
        day = date(*map(int, found.groups()))
        return day, day, "day"
    if found := _MONTH.fullmatch(text):
        year, month = map(int, found.groups())
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    if found := _YEAR.fullmatch(text):
        year = int(text)
        return date(year, 1, 1), date(year, 12, 31), "year"
    raise ValueError(text)


def _in_figures(text: str) -> str:
    """ "26 Nov 2024" as "2024-11-26"; any other text as it is."""
    bare = " ".join(text.split())
    for pattern in _WORDS:
        found = pattern.fullmatch(bare)
        if found is None:
            continue
        name = found["month"].lower()
        month = next((n for n, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0)
        if month:
            day = found.groupdict().get("day")
            return f"{found['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
    return text
