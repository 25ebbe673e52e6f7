"""From what date expressions mean to the days they mean, once it is known when the text was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from index.extract.date_direction import AHEAD, BACK, NEAREST, NOWHERE
from index.extract.date_grammar import Reading
from index.extract.date_meanings import (
    Chained,
    Clock,
    DayOfMonth,
    Days,
    Fixed,
    Weekly,
    Yearless,
    month_days,
    months_from,
    narrowed,
    with_year,
)
from index.model import Precision, Span, When

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNTOLD_AHEAD = 1.3  # without a word of the future, a coming month counts as so much farther than a past one


@dataclass(slots=True)
class Resolution:
    """Goes through the readings of a text in order and gives each its days."""

    text: str
    anchor: Days | None
    anchor_name: str
    found: list[Reading]
    spoken: When | None = None  # the last day that was spoken of in the paragraph
    spoken_year: int | None = None
    paragraph: int = -1
    named_days: tuple[tuple[int, int, int, frozenset[str]], ...] = ()
    dated: list[tuple[int, date]] = field(default_factory=list)  # places of the full dates, for texts without a date

    def dates(self) -> Iterator[When]:
        """The readings as dates."""
        if self.anchor is None:
            self.dated = [
                (r.start, r.meaning.earliest)
                for r in self.found
                if isinstance(r.meaning, Fixed) and r.meaning.precision in ("day", "month")
            ]
        for i, reading in enumerate(self.found):
            if reading.paragraph != self.paragraph:
                self.paragraph, self.spoken, self.spoken_year = reading.paragraph, None, None
            try:
                when = self.resolved(i, reading)
            except (ValueError, OverflowError):  # a year before 1 or after 9999
                when = None
            if when is None:
                base = "a day" if isinstance(reading.meaning, Chained) else "a publication date"
                yield When(None, None, "day", f"depends on {base} that is not known", 0.0, Span(reading.start, reading.end))
                continue
            if (
                when.earliest
                and when.latest
                and (when.latest - when.earliest).days < 32
                and not isinstance(reading.meaning, Clock)
            ):
                self.spoken = when
            if when.earliest and when.latest and when.earliest.year == when.latest.year:
                self.spoken_year = when.earliest.year
            yield when

    def resolved(self, i: int, reading: Reading) -> When | None:
        """The days of one reading, or None when they depend on something unknown."""
        meaning = reading.meaning
        if isinstance(meaning, Fixed):
            return self.when(reading, (meaning.earliest, meaning.latest), meaning.precision, meaning.rule, meaning.certainty)
        if isinstance(meaning, Chained):
            return self.chained(reading, meaning)
        if isinstance(meaning, Clock):
            return self.clock(i, reading)
        if isinstance(meaning, Yearless):
            return self.yearless(i, reading, meaning)
        if isinstance(meaning, DayOfMonth):
            return self.day_of_month(reading, meaning)
        if self.anchor is None:
            return None
        if isinstance(meaning, Weekly):
            return self.weekly(reading, meaning)
        low, high = meaning.reach(self.anchor[0]), meaning.reach(self.anchor[1])
        rule = meaning.rule.replace("publication", self.anchor_name)
        if low[0] == date.min:
            return When(None, high[1], meaning.precision, rule, meaning.certainty, Span(reading.start, reading.end))
        return self.hull(reading, low, high, meaning.precision, rule, meaning.certainty)

    def when(self, reading: Reading, days: Days, precision: Precision, rule: str, certainty: float) -> When:
        """The date of a reading."""
        return When(days[0], days[1], precision, rule, round(certainty, 2), Span(reading.start, reading.end))

    def hull(self, reading: Reading, low: Days, high: Days, precision: Precision, rule: str, certainty: float) -> When:
        """A date counted from an anchor that may itself be an interval: as wide as the anchor leaves it."""
        if self.anchor_name != "publication":
            certainty *= 0.9
        if low == high:
            return self.when(reading, low, precision, rule, certainty)
        return self.when(reading, (min(low[0], high[0]), max(low[1], high[1])), "approximate", rule, certainty * 0.8)

    def weekly(self, reading: Reading, meaning: Weekly) -> When:
        """The day that a weekday means, counted from the anchor."""
        assert self.anchor is not None
        days = [self.weekday_from(day, reading, meaning) for day in self.anchor]
        name, at = WEEKDAYS[meaning.weekday], self.anchor_name
        back = (self.anchor[0] - days[0]).days
        if meaning.week is not None:
            rule, certainty = f"{name} of the week {('before', 'of', 'after')[meaning.week + 1]} {at}", 0.9
        elif back == 0:
            rule, certainty = f"{name}, the day of {at}", 0.93
        elif back > 0:
            rule, certainty = (
                f"last {name} before {at}",
                0.95 if meaning.order is None and (reading.strong or not reading.lean) else 0.9,
            )
        else:
            rule, certainty = f"first {name} after {at}", 0.9 if reading.strong else 0.8
        if meaning.order and meaning.week is None:
            certainty = 0.7
        return self.hull(reading, (days[0], days[0]), (days[1], days[1]), "day", rule, certainty)

    @staticmethod
    def weekday_from(day: date, reading: Reading, meaning: Weekly) -> date:
        """The weekday of `meaning` that is meant in a text of the day `day`."""
        back = (day.weekday() - meaning.weekday) % 7
        if meaning.week is not None:
            return day + timedelta(weeks=meaning.week, days=meaning.weekday - day.weekday())
        if meaning.order == -1:
            return day - timedelta(days=back or 7)
        if meaning.order == 1:
            return day + timedelta(days=(7 - back) or 7)
        if reading.lean == NEAREST and meaning.order is None:
            return day - timedelta(days=back) if back <= 3 else day + timedelta(days=7 - back)
        ahead = reading.lean == AHEAD or (meaning.order == 0 and reading.lean != BACK)
        return day + timedelta(days=-back % 7) if ahead else day - timedelta(days=back)

    def chained(self, reading: Reading, meaning: Chained) -> When | None:
        """ "the next day", "two years later", "that year": counted from what was spoken of before in the paragraph."""
        if meaning.unit in ("year", "decade", "century"):
            if self.spoken_year is None:
                return None
            days = meaning.reach(date(self.spoken_year, 7, 1))
            return self.when(reading, days, meaning.precision, meaning.rule, 0.7)
        if self.spoken is None or self.spoken.earliest is None or (meaning.unit == "day" and not self.spoken.is_day):
            return None
        return self.when(
            reading,
            meaning.reach(self.spoken.earliest),
            meaning.precision,
            meaning.rule,
            min(0.75, self.spoken.certainty),
        )

    def clock(self, i: int, reading: Reading) -> When | None:
        """The day that a time of day belongs to: named beside it, spoken of before, else that of publication."""
        for n, other in enumerate(self.found[i + 1 : i + 3], i + 1):
            if other.sentence == reading.sentence and other.start - reading.end <= 6 + 14 * (n - i - 1):
                found = None if isinstance(other.meaning, Clock) else self.resolved(n, other)
                if found and found.is_day and found.earliest:
                    return self.when(reading, (found.earliest, found.earliest), "day", "time of the day named beside it", 0.9)
        if self.spoken and self.spoken.is_day and self.spoken.earliest:
            return self.when(
                reading, (self.spoken.earliest, self.spoken.earliest), "day", "time of the day spoken of before", 0.8
            )
        if self.anchor is None:
            return None
        return self.hull(
            reading, (self.anchor[0],) * 2, (self.anchor[1],) * 2, "day", f"time of the day of {self.anchor_name}", 0.6
        )

    def day_of_month(self, reading: Reading, meaning: DayOfMonth) -> When | None:
        """ "the 27th": of the month spoken of before, else the nearest one."""
        if self.spoken and self.spoken.earliest:
            base, rule, certainty = self.spoken.earliest, "day of the month spoken of before", 0.75
        elif self.anchor is not None and self.anchor[0] == self.anchor[1]:
            base, rule, certainty = self.anchor[0], f"such a day nearest to {self.anchor_name}", 0.7
        else:
            return None
        candidates = []
        for n in (-1, 0, 1):
            year, month = months_from(base, n)
            if meaning.day <= month_days(year, month)[1].day:
                candidates.append(date(year, month, meaning.day))
        fitting = [
            day for day in candidates if reading.lean in (NOWHERE, NEAREST) or (day - base).days * reading.lean >= 0
        ] or candidates
        there = min(fitting, key=lambda day: abs((day - base).days))
        return self.when(reading, (there, there), "day", rule, certainty)

    # --- years --------------------------------------------------------------------------------------------------------

    def yearless(self, i: int, reading: Reading, meaning: Yearless) -> When | None:
        """A day or month in the year that is meant."""
        told = self.year_told(i, reading, meaning)
        if told is None:
            return None
        year, rule, certainty = told
        fixed = with_year(meaning, year)
        if fixed is None:
            return None
        days, precision = (fixed.earliest, fixed.latest), fixed.precision
        if meaning.part:
            days, precision = narrowed(days, meaning.part), "approximate"
        return self.when(reading, days, precision, rule, certainty)

    def year_told(self, i: int, reading: Reading, meaning: Yearless) -> tuple[int, str, float] | None:
        """The year of a yearless expression, by which rule, how surely."""
        if meaning.same_year:
            return (self.spoken_year, "year spoken of before", 0.8) if self.spoken_year else None
        for month, day_of_month, year, near in self.named_days:
            if (meaning.month, meaning.day, meaning.last_day) == (
                month,
                day_of_month,
                day_of_month,
            ) and self.stands_near(reading, near):
                return year, "a day known by its name", 0.9
        beside = self.year_beside(i, reading)
        if beside:
            return beside, "year named in the same sentence", 0.85
        if self.anchor is not None:
            return self.year_from(self.anchor, reading, meaning)
        if meaning.year is not None or meaning.order is not None or not self.dated:
            return None
        place, day = min(self.dated, key=lambda known: abs(known[0] - reading.start))
        years = self.fitting_years(day, meaning)
        year = min(years, key=lambda y: _distance(day, meaning, y)) if years else day.year
        shown = self.text[place : place + 30].split("\n")[0]
        return year, f"year nearest to the full date in the text ({shown[:20].strip()})", 0.7

    def stands_near(self, reading: Reading, words: frozenset[str]) -> bool:
        """True when one of `words` stands within some words of the date."""
        near = self.text[max(0, reading.start - 60) : reading.end + 60].casefold()
        return not words.isdisjoint(re.findall(r"[^\W\d_]+", near))

    def year_beside(self, i: int, reading: Reading) -> int | None:
        """The year of a date of another time, named just before in the same sentence ("In 2014, on March 18")."""
        if i == 0 or self.found[i - 1].sentence != reading.sentence or not isinstance(self.found[i - 1].meaning, Fixed):
            return None
        other = self.found[i - 1].meaning
        assert isinstance(other, Fixed)
        if other.precision == "year" and reading.start - self.found[i - 1].end <= 12:
            return other.earliest.year
        if other.precision == "day" and reading.start - self.found[i - 1].end <= 40 and self.anchor:
            return other.earliest.year if abs((other.earliest - self.anchor[0]).days) > 300 else None
        return None

    def year_from(self, anchor: Days, reading: Reading, meaning: Yearless) -> tuple[int, str, float] | None:
        """The year of a yearless expression, counted from the anchor."""
        day, at = anchor[1], self.anchor_name
        if meaning.year is not None:
            return day.year + meaning.year, f"year told from {at}", 0.95
        years = self.fitting_years(day, meaning)
        if not years:
            return None
        if meaning.order == -1:
            past = [y for y in years if _first(meaning, y) <= day and not (meaning.day is None and _last(meaning, y) >= day)]
            return (max(past), f"last one before {at}", 0.85) if past else None
        if meaning.order == 1:
            coming = [y for y in years if _first(meaning, y) > day]
            return (min(coming), f"first one after {at}", 0.85) if coming else None
        if meaning.order == 0:
            return (day.year if day.year in years else years[0]), f"year of {at}", 0.85
        nearest, certainty = self.nearest_year(years, day, reading, meaning)
        side = "before" if _last(meaning, nearest) < day else "after" if _first(meaning, nearest) > day else "of"
        rule = f"nearest one {side} {at}" if side != "of" else f"the one of {at}"
        return nearest, rule, certainty * (1.0 if anchor[0] == anchor[1] else 0.8)

    @staticmethod
    def nearest_year(years: list[int], day: date, reading: Reading, meaning: Yearless) -> tuple[int, float]:
        """The year in which the day or month lies nearest to `day`, unless the tense beside it points the other way."""

        def far(year: int) -> float:
            ahead = _first(meaning, year) > day
            return _distance(day, meaning, year) * (UNTOLD_AHEAD if ahead and reading.lean != AHEAD else 1.0)

        nearest = min(years, key=far)
        certainty = 0.95 if meaning.weekday is not None else 0.92 if _distance(day, meaning, nearest) < 120 else 0.7
        if meaning.day is None:
            certainty -= 0.07 if reading.lean in (BACK, AHEAD) else 0.15
        far_off = 30 if reading.strong else 45 if meaning.day is None else 130  # a day without its year is mostly near
        wrong = reading.lean == (
            BACK if _first(meaning, nearest) > day else AHEAD if _last(meaning, nearest) < day else NEAREST
        )
        if wrong and reading.lean != NEAREST and _distance(day, meaning, nearest) > far_off and meaning.weekday is None:
            other = [y for y in years if (_first(meaning, y) <= day if reading.lean == BACK else _last(meaning, y) >= day)]
            if other:
                return min(other, key=lambda y: _distance(day, meaning, y)), 0.75
        return nearest, certainty

    @staticmethod
    def fitting_years(day: date, meaning: Yearless) -> list[int]:
        """The years round `day` that have such a day, and on such a weekday if one is named."""
        reach = 6 if meaning.weekday is not None else 4
        years = range(max(1, day.year - reach), min(9998, day.year + reach) + 1)
        fitting = [y for y in years if with_year(meaning, y) is not None]
        if meaning.weekday is None:
            return fitting
        named = [y for y in fitting if _first(meaning, y).weekday() == meaning.weekday]
        return named or fitting


def _first(meaning: Yearless, year: int) -> date:
    fixed = with_year(meaning, year)
    assert fixed is not None
    return fixed.earliest


def _last(meaning: Yearless, year: int) -> date:
    fixed = with_year(meaning, year)
    assert fixed is not None
    return fixed.latest


def _distance(day: date, meaning: Yearless, year: int) -> int:
    """Days between `day` and the expression in `year`; 0 inside it."""
    first, last = _first(meaning, year), _last(meaning, year)
    return 0 if first <= day <= last else min(abs((first - day).days), abs((last - day).days))
