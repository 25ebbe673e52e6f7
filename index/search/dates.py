"""Days and ranges of days as they are typed into a query: 2024, 2024-11, 2023..2024-03, <2024, >=2024-11-26."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$")
_BACK = re.compile(r"(\d{1,4})\s?(d|day|days|w|week|weeks|m|month|months|y|year|years)$")
_BETWEEN = re.compile(r"\s*(?:\.\.+|…|\bTO\b)\s*")


class BadDate(Exception):
    """`part` is the piece of the value that is not a date."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def period(text: str, today: str | None = None) -> tuple[int | None, int | None]:
    """(earliest, latest) day as ordinals, both included, None: open. Raises `BadDate`.

    `today` (ISO) lets "30d", "6 months" and "today" be used: so long ago until today.
    """
    text = text.strip().strip("[]{}")
    for mark in ("<=", ">=", "<", ">", "≤", "≥"):
        if text.startswith(mark):
            first, last = _day(text[len(mark) :], today)
            return {"<": (None, first - 1), "<=": (None, last), "≤": (None, last), ">": (last + 1, None)}.get(
                mark, (first, None)
            )
    ends = _BETWEEN.split(text)
    if len(ends) > 2 or ends in ([""], ["", ""]):
        raise BadDate(text)
    if len(ends) == 2:
        return (_day(ends[0], today)[0] if ends[0] else None), (_day(ends[1], today)[1] if ends[1] else None)
    return _day(text, today)


def is_period(text: str, today: str | None = None) -> bool:
    """True where `period` understands the text."""
    try:
        period(text, today)
    except BadDate:
        return text.lower() in ("none", "unknown")
    return True


def turned(text: str) -> str:
    """A range that ends before it begins, the other way round."""
    ends = _BETWEEN.split(text.strip().strip("[]{}"))
    return "..".join(reversed(ends))


def _day(text: str, today: str | None) -> tuple[int, int]:
    text = text.strip()
    if today and (m := _BACK.match(text.lower())):
        now = date.fromisoformat(today)
        days = int(m[1]) * {"d": 1, "w": 7, "m": 30, "y": 365}[m[2][0]]
        return max(now.toordinal() - days, 1), now.toordinal()
    if today and text.lower() in ("today", "yesterday"):
        there = date.fromisoformat(today) - timedelta(days=text.lower() == "yesterday")
        return there.toordinal(), there.toordinal()
    m = _DAY.match(text)
    if m is None:
        raise BadDate(text)
    year, month, day = (int(part or 0) for part in m.groups())
    try:
        if not month:
            return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if not day:
            from calendar import monthrange  # brings the names of days and months in the user's language: 2 ms

            return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
        return date(year, month, day).toordinal(), date(year, month, day).toordinal()
    except ValueError as error:
        raise BadDate(text) from error
