"""Dates that are parts of a year or month: "early June", "the third quarter of 2024", "summer 2021", "late last year"."""

from __future__ import annotations

from datetime import date

from index.extract.date_meanings import (
    SPANS,
    Chained,
    Clock,
    Days,
    Fixed,
    Part,
    Relative,
    Weekly,
    Yearless,
    half_days,
    narrowed_meaning,
    quarter_days,
    season_days,
    unit_days,
)
from index.extract.date_numbers import Found
from index.extract.date_phrases import Phrases
from index.model import Precision


class Periods(Phrases):
    """The rules for parts of longer times."""

    def part(self, i: int) -> Found | None:
        """early June, mid-2023, late last year, the end of this year, the beginning of the 1990s."""
        t, word = self.t, self.t.word(i)
        part: Part = "early" if word in self.w.early else "mid" if word in self.w.middle else "late"
        j = i + 1
        while (t.word(j) in self.w.of or t.word(j) in self.w.articles or t.word(j) == "-") and j < i + 4:
            j += 1
        after = t.word(j)
        found: Found | None = None
        month = self.month_at(j)
        if month and (t.capital(j) or self.w.code in ("fr", "ru")):
            found = (
                None if self.day_at(month[1]) else self.month_first(j) or (month[1], Yearless(month[0], None, month[0], None))
            )
        elif after[:1].isdecimal():
            found = self.decade(j) or self.year(j)
        elif after in self.w.modifiers:
            found = self.modified(j)
        elif (
            self.w.units.get(after) in ("year", "month", "week", "decade")
            and j > i + 1
            and t.word(j - 1) in self.w.articles
            and word not in ("close", "start")
        ):
            unit = self.w.units[after]
            found = (
                j + 1,
                Relative(lambda day: unit_days(day, unit, 0), SPANS.get(unit, "range"), f"the {unit} of publication", 0.7),
            )
        if found is None or isinstance(found[1], Weekly | Clock | Chained):
            return None
        return found[0], narrowed_meaning(found[1], part)

    def ordinal_part(self, i: int) -> Found | None:
        """the third quarter of 2024, the first half of the year, third-quarter, the second half of this year."""
        t, n = self.t, self.w.ordinals[self.t.word(i)]
        j = i + 2 if t.word(i + 1) == "-" else i + 1
        half = t.word(j) in self.w.half
        if t.word(i) == "last" or (n > 2 if half else self.w.units.get(t.word(j)) != "quarter"):
            return None
        return self.part_of_year(j + 1, n, half=half)

    def lettered_quarter(self, i: int) -> Found | None:
        """Q3, Q3 2024."""
        n = self.t.number(i + 1)
        if (
            n is None
            or not 1 <= n <= 4
            or not self.t.glued(i + 1)
            or not self.t.capital(i)
            or self.t.ends[i + 1] - self.t.starts[i + 1] != 1
        ):
            return None
        if self.t.word(i + 2) in (".", ":", ")") and not self.year_after(i + 2):  # the question of a list
            return None
        return self.part_of_year(i + 2, n, half=False)

    def part_of_year(self, j: int, n: int, *, half: bool) -> Found | None:
        """A quarter or half with the year after it."""
        t, days, name = self.t, half_days if half else quarter_days, "half-year" if half else "quarter"
        precision: Precision = "range" if half else "quarter"
        year = self.year_after(j)
        if year:
            return year[1], Fixed(*days(year[0], n), precision, f"{name} written in the text")
        shift, _, stop = self.year_told(j)
        if (
            shift is None
            and t.word(j) in self.w.of
            and t.word(j + 1) in self.w.articles
            and self.w.units.get(t.word(j + 2)) == "year"
        ):
            shift, stop = 0, j + 3
        if shift is not None:
            return stop, Relative(
                lambda day: days(day.year + shift, n), precision, f"{name} of the year told from publication", 0.9
            )
        return (
            None
            if half
            else (j, Relative(lambda day: _last_quarter(day, n), precision, f"last such {name} at publication", 0.6))
        )

    def season_word(self, i: int) -> Found | None:
        """summer 2023, the spring of 2020, in the autumn."""
        name = self.w.seasons[self.t.word(i)]
        year = self.year_after(i + 1)
        if year:
            return year[1], Fixed(*season_days(year[0], name), "season", "season written in the text", 0.9)
        shift, _, stop = self.year_told(i + 1)
        if shift is not None:
            return stop, Relative(
                lambda day: season_days(day.year + shift, name),
                "season",
                "season of the year told from publication",
                0.85,
            )
        return None


def _last_quarter(day: date, n: int) -> Days:
    days = quarter_days(day.year, n)
    return days if days[0] <= day else quarter_days(day.year - 1, n)
