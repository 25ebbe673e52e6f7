"""Days and ranges of days as they are typed into a query: 2024, March 2024, 5.3.2024, 2023..2024-03, <2024, since 2023."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAME = r"(?P<name>[a-z]{3,9}+)\.?"
_ISO = re.compile(r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?$")
_TURNED = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<y>\d{4})$")
_NAMED = (
    re.compile(rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?{_NAME},? (?P<y>\d{{4}})$"),
    re.compile(rf"{_NAME} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})$"),
    re.compile(rf"(?P<y>\d{{4}}) {_NAME}(?: (?P<d>\d{{1,2}}))?$"),
)
_QUARTER = (re.compile(r"(?P<y>\d{4})[- ]?q(?P<q>[1-4])$"), re.compile(r"q(?P<q>[1-4])[- /]?(?P<y>\d{4})$"))
_DECADE = re.compile(r"(?P<y>\d{3}0)'?s$")
_BACK = re.compile(r"(\d{1,4})\s?(d|day|days|w|week|weeks|m|month|months|y|year|years)$")
_NAMED_SPAN = re.compile(r"(last|this) (year|month|week)$")
_BETWEEN = re.compile(r"\s*+(?:\.\.++|…|\bTO\b|\bto\b|\buntil\b)\s*+|\s++[-–—]\s++|(?<=\d{4})[-–—](?=\d{4}$)|–|—")
_OPEN_END = re.compile(r"\.\.|…|(?<=\S)[–—]$|^[–—](?=\S)")  # what may stand alone at one side of a day
_OPEN = re.compile(r"(?:(?P<mark><=|>=|<|>|≤|≥)|(?P<word>before|after|since|from|until|till|up to)\b)\s*+", re.IGNORECASE)
_MEANT = {"before": "<", "after": ">", "since": ">=", "from": ">=", "until": "<=", "till": "<=", "up to": "<="}
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


class BadDate(Exception):
    """`part` is the piece of the value that is not a date; `either` are the days it can be, when it can be two."""

    def __init__(self, part: str, either: tuple[str, ...] = ()) -> None:
        super().__init__(part)
        self.part = part
        self.either = either


def period(text: str, today: str | None = None) -> tuple[int | None, int | None]:
    """(earliest, latest) day as ordinals, both included, None: open. Raises `BadDate`.

    `today` (ISO) lets "30d", "6 months", "last year" and "today" be used.
    """
    text = text.strip().strip("[]{}")
    if begin := _OPEN.match(text):
        mark = begin["mark"] or _MEANT[begin["word"].lower()]
        if begin["word"] and mark in (">", ">=") and len(ends := _BETWEEN.split(text[begin.end() :])) == 2:
            first, last = _day(ends[0], today)  # from 2023 to 2024, after 2023 until 2025
            return (last + 1 if mark == ">" else first), _day(ends[1], today)[1]
        first, last = _day(text[begin.end() :], today)
        if mark == ">" and last == date.max.toordinal():
            raise BadDate(text)
        return {"<": (None, first - 1), "<=": (None, last), "≤": (None, last), ">": (last + 1, None)}.get(
            mark, (first, None)
        )
    ends = _BETWEEN.split(text)
    if len(ends) > 2 or ends in ([""], ["", ""]):
        raise BadDate(text)
    if "" in ends and not _OPEN_END.search(text):
        raise BadDate(text)  # "said:2023 to Brussels": the word, or the dash with a blank, belongs to what follows
    if len(ends) == 2:
        return (_day(ends[0], today)[0] if ends[0] else None), (_day(ends[1], today)[1] if ends[1] else None)
    return _day(text, today)


def is_period(text: str, today: str | None = None) -> bool:
    """True where `period` understands the text."""
    try:
        period(text, today)
    except BadDate as error:
        return bool(error.either) or text.lower() in ("none", "unknown")
    return True


def turned(text: str) -> str:
    """A range that ends before it begins, the other way round."""
    text = text.strip().strip("[]{}")
    begin = _OPEN.match(text)  # only the word before the range: "until" inside is what stands between its ends
    ends = _BETWEEN.split(text[begin.end() :] if begin else text)
    return "..".join(reversed(ends))


def _day(text: str, today: str | None) -> tuple[int, int]:
    """First and last day of what is not a range of two."""
    text = text.strip()
    low = " ".join(text.lower().split())
    if today and (found := _from_today(low, date.fromisoformat(today))):
        return found
    try:
        if m := _ISO.match(low):
            return _whole(int(m["y"]), int(m["m"] or 0), int(m["d"] or 0), text)
        if len(low) == 8 and low.isascii() and low.isdecimal():
            return _whole(int(low[:4]), int(low[4:6]), int(low[6:]), text)
        if m := _TURNED.match(low):
            return _turned_day(int(m["a"]), int(m["b"]), int(m["y"]), m["mark"], text)
        for pattern in _NAMED:
            if (m := pattern.match(low)) and (month := _month(m["name"])):
                return _whole(int(m["y"]), month, int(m["d"] or 0), text)
        for pattern in _QUARTER:
            if m := pattern.match(low):
                year, month = int(m["y"]), 3 * int(m["q"])
                return _whole(year, month - 2, 0, text)[0], _whole(year, month, 0, text)[1]
        if m := _DECADE.match(low):
            return date(int(m["y"]), 1, 1).toordinal(), date(int(m["y"]) + 9, 12, 31).toordinal()
    except ValueError as error:
        raise BadDate(text) from error
    raise BadDate(text)


def _month(name: str) -> int:
    """The number of a month by its English name or the beginning of it, 0 for another word."""
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _whole(year: int, month: int, day: int, text: str) -> tuple[int, int]:
    """The year, the month or the day."""
    if not month:
        if re.search(r"\D", text):
            raise BadDate(text)
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if not day:
        return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
    return date(year, month, day).toordinal(), date(year, month, day).toordinal()


def _turned_day(a: int, b: int, year: int, mark: str, text: str) -> tuple[int, int]:
    """A day with the year at its end: with dots the day comes first; else only where it can't be the other way round."""
    if mark == "." or a > 12 or a == b:
        return _whole(year, b, a, text)
    if b > 12:
        return _whole(year, a, b, text)
    raise BadDate(text, (date(year, b, a).isoformat(), date(year, a, b).isoformat()))


def _from_today(text: str, now: date) -> tuple[int, int] | None:
    """Days that are told from today on."""
    if m := _BACK.match(text):
        return max(now.toordinal() - int(m[1]) * _DAYS[m[2][0]], 1), now.toordinal()
    if text in ("today", "yesterday"):
        there = now - timedelta(days=text == "yesterday")
        return there.toordinal(), there.toordinal()
    if not (m := _NAMED_SPAN.match(text)):
        return None
    last = m[1] == "last"
    if m[2] == "week":
        monday = now.toordinal() - now.weekday() - 7 * last
        return monday, monday + 6
    if m[2] == "year":
        return date(now.year - last, 1, 1).toordinal(), date(now.year - last, 12, 31).toordinal()
    end = now.replace(day=1) - timedelta(days=1) if last else now.replace(day=monthrange(now.year, now.month)[1])
    return end.replace(day=1).toordinal(), end.toordinal()
