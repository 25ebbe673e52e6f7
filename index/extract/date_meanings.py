"""What a date expression means before it is known when the text was published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from index.model import Precision

Days = tuple[date, date]
Part = Literal["", "early", "mid", "late"]
FIRST_YEAR, LAST_YEAR = 1000, 2199
SPANS: dict[str, Precision] = {"day": "day", "hour": "day", "month": "month", "quarter": "quarter", "year": "year"}
UNSAID = 0  # "several days": a small number that the text does not say


@dataclass(frozen=True, slots=True)
class Fixed:
    """Says itself when it is: from `earliest` to `latest`."""

    earliest: date
    latest: date
    precision: Precision
    rule: str
    certainty: float = 0.99


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day or month whose year is to be found: "March 14", "May-June", "early October".

    `year` is the year relative to the publication's when the text says it ("of last year": -1), `order` whether
    "last" (-1) or "next" (1) stands before it, `same_year` that it is the year spoken of before ("of that year"),
    `feast` gives the day of a year for feasts.
    """

    month: int
    day: int | None
    last_month: int
    last_day: int | None
    weekday: int | None = None
    part: Part = ""
    year: int | None = None
    order: int | None = None
    same_year: bool = False
    feast: Callable[[int], date] | None = None


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day of the week (Monday 0). `order`: -1 "last", 0 "this", 1 "next", None bare; `week`: "Monday last week" is -1."""

    weekday: int
    order: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Counted from the day of publication: "today", "last week", "two days ago"."""

    reach: Callable[[date], Days]
    precision: Precision
    rule: str
    certainty: float = 0.95


@dataclass(frozen=True, slots=True)
class Chained:
    """Counted from the day spoken of before: "the next day", "two weeks later"."""

    reach: Callable[[date], Days]
    precision: Precision
    rule: str
    unit: str = "day"


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """ "the 27th": a day of a month that is to be found."""

    day: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: it keeps the day that is spoken of."""


Meaning = Fixed | Yearless | Weekly | Relative | Chained | DayOfMonth | Clock


# --- days of the calendar ---------------------------------------------------------------------------------------------


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    first = date(year, month, 1)
    return first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if year < 9999 else date.max


def year_days(year: int, last: int | None = None) -> Days:
    """First and last day of a year, or of the years from `year` to `last`."""
    return date(year, 1, 1), date(last or year, 12, 31)


def months_from(day: date, n: int) -> tuple[int, int]:
    """Year and month `n` months after the month of `day`."""
    count = day.year * 12 + day.month - 1 + n
    return count // 12, count % 12 + 1


def quarter_days(year: int, quarter: int) -> Days:
    """First and last day of a quarter (1 to 4)."""
    return month_days(year, quarter * 3 - 2)[0], month_days(year, quarter * 3)[1]


def half_days(year: int, half: int) -> Days:
    """First and last day of a half of a year (1 or 2)."""
    return month_days(year, half * 6 - 5)[0], month_days(year, half * 6)[1]


def season_days(year: int, season: str) -> Days:
    """First and last day of a season of the northern hemisphere, as the months of meteorologists; winter ends in `year` + 1."""
    month = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[season]
    return date(year, month, 1), month_days(*((year + 1, 2) if month == 12 else (year, month + 2)))[1]


def unit_days(day: date, unit: str, n: int) -> Days:
    """The calendar unit `n` after the one that holds `day`: weeks run from Monday to Sunday."""
    if unit in ("day", "hour"):
        moved = day + timedelta(days=n if unit == "day" else 0)
        return moved, moved
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=n)
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        saturday = day - timedelta(days=day.weekday()) + timedelta(weeks=n, days=5)
        return saturday, saturday + timedelta(days=1)
    if unit == "fortnight":
        return day + timedelta(weeks=2 * min(n, 0)), day + timedelta(weeks=2 * max(n, 0))
    if unit == "month":
        return month_days(*months_from(day, n))
    if unit == "quarter":
        year, month = months_from(day, 3 * n)
        return quarter_days(year, (month + 2) // 3)
    if unit == "decade":
        first = (day.year // 10 + n) * 10
        return year_days(first, first + 9)
    if unit == "century":
        first = ((day.year - 1) // 100 + n) * 100 + 1
        return year_days(first, first + 99)
    return year_days(day.year + n)


def moved(day: date, unit: str, n: int) -> date:
    """The day `n` units after `day` (the last day of a month that is too short)."""
    if unit in ("day", "hour"):
        return day + timedelta(days=n if unit == "day" else 0)
    if unit in ("week", "fortnight"):
        return day + timedelta(weeks=n * (2 if unit == "fortnight" else 1))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit] * n
    year, month = months_from(day, months)
    return date(year, month, min(day.day, month_days(year, month)[1].day))


_UNSAID_REACH = {"day": (2, 7), "week": (2, 8), "month": (2, 11), "year": (2, 10), "hour": (0, 0)}


def away(day: date, unit: str, n: int, sign: int) -> Days:
    """The days meant by "n units ago" (sign -1) or "in n units" (1): exact for days, else as wide as the unit is loose."""
    if n == UNSAID:
        near, far = _UNSAID_REACH.get(unit, (2, 5))
        a, b = moved(day, unit, sign * far), moved(day, unit, sign * near)
        return min(a, b), max(a, b)
    if unit in ("day", "hour") or (unit == "week" and n == 1):
        there = moved(day, unit, sign * n)
        return there, there
    if unit in ("week", "fortnight"):
        there = moved(day, unit, sign * n)
        return there - timedelta(days=3), there + timedelta(days=3)
    return unit_days(day, unit, sign * n)


def stretch(day: date, unit: str, n: int, sign: int) -> Days:
    """The last (sign -1) or the coming (1) `n` units, up to or from `day`."""
    far = moved(day, unit, sign * (n or _UNSAID_REACH.get(unit, (2, 5))[1]))
    return min(day, far), max(day, far)


def narrowed(days: Days, part: Part) -> Days:
    """The early, middle or late part of a month or a longer time: halves, since writers mean no more than that."""
    first, last = days
    length = (last - first).days + 1
    if not part or length < 28:
        return days
    if length in (365, 366):
        early, middle, late = (
            date(first.year, 6, 30),
            (date(first.year, 4, 1), date(first.year, 9, 30)),
            date(first.year, 7, 1),
        )
        return (first, early) if part == "early" else (late, last) if part == "late" else middle
    half, quarter = timedelta(days=length // 2), timedelta(days=length // 4)
    return (
        (first, first + half)
        if part == "early"
        else (first + half, last)
        if part == "late"
        else (first + quarter, last - quarter)
    )


def narrowed_meaning(meaning: Meaning, part: Part) -> Meaning:
    """The same meaning for an early, middle or late part of it."""
    if not part:
        return meaning
    if isinstance(meaning, Fixed):
        first, last = narrowed((meaning.earliest, meaning.latest), part)
        return replace(
            meaning,
            earliest=first,
            latest=last,
            precision="approximate",
            rule=f"{part} part of: {meaning.rule}",
            certainty=0.9,
        )
    if isinstance(meaning, Relative):
        reach = meaning.reach
        return replace(
            meaning,
            reach=lambda day: narrowed(reach(day), part),
            precision="approximate",
            rule=f"{part} part of: {meaning.rule}",
            certainty=0.85,
        )
    if isinstance(meaning, Yearless) and meaning.day is None:
        return replace(meaning, part=part)
    return meaning


# --- meanings that several rules share ------------------------------------------------------------------------------


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has none such or the year is none that texts speak of."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def with_year(bare: Yearless, year: int) -> Fixed | None:
    """The days of a yearless expression in `year`; None when that year has no such day."""
    if bare.feast is not None:
        there = bare.feast(year)
        return Fixed(there, there, "day", "feast named in the text", 0.95)
    first_year = year - 1 if (bare.last_month, bare.last_day or 31) < (bare.month, bare.day or 1) else year
    if bare.day is None:
        return Fixed(
            month_days(first_year, bare.month)[0],
            month_days(year, bare.last_month)[1],
            "month" if bare.month == bare.last_month else "range",
            "month written in the text",
        )
    first, last = (
        calendar_day(first_year, bare.month, bare.day),
        calendar_day(year, bare.last_month, bare.last_day or bare.day),
    )
    if first is None or last is None:
        return None
    return Fixed(first, last, "day" if first == last else "range", "date written in the text")


def feast(rule: Mapping[str, int]) -> Callable[[int], date]:
    """The day of a feast in a year, from its row in the tables: a date, an n-th weekday of a month, or days from Easter."""
    if "easter" in rule:
        return lambda year: easter(year) + timedelta(days=rule["easter"])
    if "nth" not in rule:
        return lambda year: date(year, rule["month"], rule["day"])

    def nth(year: int) -> date:
        first, last = month_days(year, rule["month"])
        if rule["nth"] < 0:
            return last - timedelta(days=(last.weekday() - rule["weekday"]) % 7)
        return first + timedelta(days=(rule["weekday"] - first.weekday()) % 7 + 7 * (rule["nth"] - 1))

    return nth


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus printed in Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def ago(n: int, unit: str, sign: int) -> Relative:
    """ "n units ago" (sign -1) or "in n units" (1)."""
    exact = unit in ("day", "hour") and n != UNSAID
    precision: Precision = "day" if exact else "approximate"
    count = "some" if n == UNSAID else str(n)
    plural = unit if n == 1 else f"{unit}s"
    rule = "the day of publication" if unit == "hour" else f"{count} {plural} {'before' if sign < 0 else 'after'} publication"
    return Relative(lambda day: away(day, unit, n, sign), precision, rule, 0.93 if exact else 0.8 if n else 0.6)


def days_away(n: int) -> Relative:
    """today (0), yesterday (-1), tomorrow (1)."""
    names = {
        -2: "two days before publication",
        -1: "the day before publication",
        0: "the day of publication",
        1: "the day after publication",
    }
    return Relative(
        lambda day: unit_days(day, "day", n),
        "day",
        names.get(n, f"{n} days after publication"),
        0.95 if n <= 0 else 0.93,
    )


def weekend(order: int) -> Relative:
    """The weekend before (-1), of (0) or after (1) publication."""

    def reach(day: date) -> Days:
        if order < 0:
            return unit_days(day, "weekend", 0 if day.weekday() == 6 else -1)
        return unit_days(day, "weekend", 1 if order and day.weekday() >= 5 else 0)

    return Relative(
        reach,
        "range",
        {
            -1: "last weekend at publication",
            0: "the weekend of the week of publication",
            1: "first weekend after publication",
        }[order],
        0.8,
    )


def season(name: str, order: int) -> Relative:
    """last summer, this spring, next winter."""

    def reach(day: date) -> Days:
        if order == 0:
            return season_days(day.year, name)
        years = (season_days(day.year + n, name) for n in ((0, -1, -2) if order < 0 else (0, 1)))
        return next(days for days in years if (days[1] < day if order < 0 else days[0] > day))

    return Relative(
        reach,
        "season",
        {
            -1: "last such season at publication",
            0: "season of the year of publication",
            1: "first such season after publication",
        }[order],
        0.8,
    )
