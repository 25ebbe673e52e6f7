"""Dates written with numbers: "March 14, 2023", "14-16 March", "27.11.2024", "2014-2018", "the 1990s", "16:15 UTC".

Every rule looks at most a dozen tokens ahead, so that reading a text takes time in proportion to its length.
"""

from __future__ import annotations

from dataclasses import replace

from index.extract.date_direction import Direction
from index.extract.date_meanings import (
    FIRST_YEAR,
    LAST_YEAR,
    Clock,
    DayOfMonth,
    Fixed,
    Meaning,
    Yearless,
    calendar_day,
    month_days,
    with_year,
    year_days,
)
from index.extract.date_tokens import Tokens
from index.extract.date_words import DateWords

Found = tuple[int, Meaning]  # the token after the expression, what it means
DASHES = frozenset("-–—‒")
SUFFIXES = frozenset(["st", "nd", "rd", "th", "er", "º", "°"])


class Numbers:
    """The rules of one language, over the tokens of one stretch of text, for dates that begin with a number or month."""

    def __init__(self, tokens: Tokens, words: DateWords) -> None:
        self.t = tokens
        self.w = words
        self.direction = Direction(tokens, words)

    # --- small pieces ---------------------------------------------------------------------------------------------

    def day_at(self, i: int) -> tuple[int, int] | None:
        """A day of a month at token `i` ("14", "14th", "14."), and the token after it."""
        day, t = self.t.number(i), self.t
        if day is None or not 1 <= day <= 31 or t.ends[i] - t.starts[i] > 2 or (t.glued(i) and t.word(i - 1) in ".,:$€£/"):
            return None
        i += 1
        if t.glued(i) and t.word(i) in SUFFIXES:
            return day, i + 1
        if t.glued(i) and t.word(i) in ".:,/%" and t.glued(i + 1) and t.word(i + 1)[0].isdecimal():
            return None
        return None if t.word(i) == "%" else (day, i)

    def month_at(self, i: int) -> tuple[int, int] | None:
        """A month at token `i` ("March", "Sept."), and the token after it."""
        month = self.w.months.get(self.t.word(i))
        if month is None:
            return None
        i += 1
        if self.t.word(i) == "." and self.t.glued(i) and self.t.word(i - 1) in self.w.abbreviations:
            i += 1
        return month, i

    def year_at(self, i: int) -> tuple[int, int] | None:
        """A year of four digits at token `i`, and the token after it (with "года", "г.")."""
        t, year = self.t, self.t.number(i)
        if year is None or t.ends[i] - t.starts[i] != 4 or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        i += 1
        if t.glued(i) and t.glued(i + 1) and t.word(i) in ".,:" and t.word(i + 1)[0].isdecimal():
            return None
        if t.word(i) in self.w.year_words:
            i += 2 if t.word(i + 1) == "." and t.glued(i + 1) and t.word(i) in self.w.abbreviations else 1
        return year, i

    def count_at(self, i: int) -> tuple[int, int] | None:
        """A small number at token `i` ("3", "three", "a few", "a couple of"), and the token after it; UNSAID is 0."""
        t, numbers = self.t, self.w.numbers
        value = t.number(i)
        if value is not None and value < 1000:
            return value, i + 1
        if t.word(i) not in numbers:
            return None
        value, i = numbers[t.word(i)], i + 1
        if t.word(i) in numbers:  # "a few", "twenty five"
            value, i = (
                (value + numbers[t.word(i)] if value >= 20 > numbers[t.word(i)] > 0 else numbers[t.word(i)]),
                i + 1,
            )
        return value, i + 1 if t.word(i) in self.w.of and t.word(i + 1) in self.w.units else i

    def year_after(self, i: int) -> tuple[int, int, Meaning | None] | None:
        """A year that follows a day or month: ", 2023", "of 2023". The third value is unused."""
        t = self.t
        for skip in (1 if t.word(i) == "," or t.word(i) in self.w.of else 0, 0):
            found = self.year_at(i + skip)
            if found and t.word(found[1]) not in self.w.counted and not (t.word(found[1]) in ("-", "%") and t.glued(found[1])):
                return found[0], found[1], None
        return None

    def year_told(self, i: int) -> tuple[int | None, bool, int]:
        """A year told by words after a day or month ("of last year", "this year", "that year"): shift, same, next token."""
        t, j = self.t, i
        while t.word(j) in self.w.of and j < i + 2:
            j += 1
        if self.w.units.get(t.word(j + 1)) == "year":
            if t.word(j) in self.w.same:
                return None, True, j + 2
            if t.word(j) in self.w.modifiers:
                return self.w.modifiers[t.word(j)], False, j + 2
        return None, False, i

    # --- dates with numbers -----------------------------------------------------------------------------------------

    def iso(self, i: int) -> Found | None:
        """2024-11-27, 2024/11/27, 2024-11."""
        t, year = self.t, self.t.number(i)
        mark = t.word(i + 1)
        if (
            year is None
            or t.ends[i] - t.starts[i] != 4
            or mark not in ("-", "/", "‑")
            or not t.glued(i + 1)
            or not t.glued(i + 2)
        ):
            return None
        month = t.number(i + 2)
        if month is None or t.ends[i + 2] - t.starts[i + 2] > 2:
            return None
        day = t.number(i + 4) if t.word(i + 3) == mark and t.glued(i + 3) and t.glued(i + 4) else None
        if day is not None:
            there = calendar_day(year, month, day)
            return (i + 5, Fixed(there, there, "day", "date written in the text", 1.0)) if there else None
        if (
            mark == "-"
            and t.ends[i + 2] - t.starts[i + 2] == 2
            and 1 <= month <= 12
            and not year % 100 < month
            and FIRST_YEAR <= year <= LAST_YEAR
        ):
            return i + 3, Fixed(*month_days(year, month), "month", "month written in the text", 0.85)
        return None

    def dotted(self, i: int) -> Found | None:
        """27.11.2024, 27/11/2024, 11/27/2024, 7/8/07: with points the day comes first; a stroke leaves it open."""
        t, mark = self.t, self.t.word(i + 1)
        if mark not in (".", "/", "-") or not all(t.glued(k) for k in range(i + 1, i + 5)) or t.word(i + 3) != mark:
            return None
        numbers = [t.number(k) for k in (i, i + 2, i + 4)]
        lengths = [t.ends[k] - t.starts[k] for k in (i, i + 2, i + 4)]
        if None in numbers or lengths[0] > 2 or lengths[1] > 2 or lengths[2] not in ((2, 4) if mark != "-" else (4,)):
            return None
        if (t.glued(i) and t.word(i - 1) in ".,/-:") or (t.glued(i + 5) and t.word(i + 5) in "./" and t.glued(i + 6)):
            return None
        a, b, year = (n or 0 for n in numbers)
        if lengths[2] == 2:
            year += 2000 if year < 70 else 1900
        day_first, month_first = calendar_day(year, b, a), calendar_day(year, a, b)
        if mark == "." or self.w.code != "en" or not (day_first and month_first):
            there = day_first if mark == "." or day_first else month_first
            return (i + 5, Fixed(there, there, "day", "date written in the text", 0.97)) if there else None
        return i + 5, Fixed(month_first, month_first, "day", "date written in the text, read as month/day/year", 0.7)

    def day_month(self, i: int) -> Found | None:
        """27 November 2024, 27. November, 14-16 March, 28 February – 3 March 2024, 27 ноября 2024 года."""
        t, first = self.t, self.day_at(i)
        if first is None:
            return None
        day, j = first
        last = day
        if t.word(j) == "." and t.glued(j):
            j += 1
        second = self.day_at(j + 1) if t.word(j) in DASHES or t.word(j) in self.w.between else None
        if second and second[0] > day:
            last, j = second
            if t.word(j) == "." and t.glued(j):
                j += 1
        while t.word(j) in self.w.of and j < i + 6:
            j += 1
        if t.word(j - 1) == "in" and (t.capital(i - 1) or not first[1] - i > 1):  # “Channel 9 in March”
            return None
        month = self.month_at(j + 1 if t.word(j) == "-" and t.glued(j) else j)
        if month is None or (t.words[j] in self.w.ambiguous and not t.capital(j) and self.w.code in ("en", "de")):
            return None
        j = month[1]
        further = self.month_range(j, month[0], day) if last == day else None
        if further:
            return further
        return self.finished(
            j + 1 if t.word(j) == "-" and t.glued(j) and self.year_at(j + 1) else j,
            Yearless(month[0], day, month[0], last),
        )

    def month_range(self, j: int, month: int, day: int) -> Found | None:
        """The rest of "28 February – 3 March 2024" after its first month."""
        t = self.t
        if t.word(j) not in DASHES and t.word(j) not in self.w.between:
            return None
        second = self.day_at(j + 1)
        last = self.month_at(second[1]) if second else None
        if second is None or last is None or last[0] == month or not self.is_one_range(j, last[1]):
            return None
        return self.finished(last[1], Yearless(month, day, last[0], second[0]))

    def is_one_range(self, j: int, stop: int) -> bool:
        """True where two days with months of their own are one expression: joined by a dash, or sharing the year behind."""
        return self.t.word(j) in DASHES or (self.t.word(j) != "and" and self.year_after(stop) is not None)

    def finished(self, i: int, bare: Yearless) -> Found | None:
        """A day or month with the year that follows it, if any."""
        year = self.year_after(i)
        if year is None:
            shift, same, stop = self.year_told(i)
            return stop, replace(bare, year=shift, same_year=same)
        fixed = with_year(bare, year[0])
        return (year[1], fixed) if fixed else None

    def month_first(self, i: int) -> Found | None:
        """March 14, March 14-16, Feb. 28 – March 3, 2024, March 14 and 15, March 2023, May-June, in March."""
        t, month = self.t, self.month_at(i)
        if month is None or (t.word(i) in self.w.ambiguous and not t.capital(i) and self.w.code != "ru"):
            return None
        j = month[1]
        first = self.day_at(j)
        if first is None:
            return self.month_alone(i, month[0], j)
        if t.word(first[1]) in self.w.months and not t.glued(first[1]):  # "in May 14 June"
            return self.month_alone(i, month[0], j)
        day, j = first
        last_month, last = month[0], day
        if t.word(j) in DASHES or t.word(j) in self.w.between:
            other = self.month_at(j + 1)
            second = self.day_at(other[1] if other else j + 1)
            if (
                second
                and not (other is None and (second[0] <= day or t.word(second[1]) in self.w.counted))
                and not (other and not self.is_one_range(j, second[1]))
            ):
                last_month, last, j = (other[0] if other else month[0]), second[0], second[1]
        return self.finished(j, Yearless(month[0], day, last_month, last))

    def month_alone(self, i: int, month: int, j: int) -> Found | None:
        """A month without a day, where the words beside it show that a month is meant."""
        t, last = self.t, month
        if t.word(j) in DASHES or t.word(j) in self.w.between:
            other = self.month_at(j + 1)
            if other and t.capital(j + 1) and self.day_at(other[1]) is None:
                last, j = other
        year = self.year_after(j)
        sure = last != month or t.word(i - 1) in self.w.leads or self.w.code == "ru"
        if year:
            fixed = with_year(Yearless(month, None, last, None), year[0])
            return (year[1], fixed) if fixed else None
        shift, same, stop = self.year_told(j)
        if shift is not None or same:
            return stop, Yearless(month, None, last, None, year=shift, same_year=same)
        if not sure and t.word(i) not in self.w.ambiguous:
            sure = t.word(i - 1) in self.w.articles and t.capital(i) and not t.capital(j)
        if t.word(i) in self.w.ambiguous or self.w.code == "en":
            sure = (
                sure
                and t.capital(i)
                and not (
                    t.word(i) in self.w.ambiguous
                    and t.word(i - 1) in ("to", "for", "from", "and", "or", "by", "of", "the", "year")
                    and last == month
                )
            )
            sure = sure and not (t.capital(j) and t.word(j) not in self.w.months and t.word(j).isalpha())
        return (j, Yearless(month, None, last, None)) if sure and t.word(i) not in self.w.abbreviations else None

    def year(self, i: int) -> Found | None:
        """2014, 2014-2018, 2014-18, 2011/12, between 2014 and 2018: where a year is meant, not a number of things."""
        t, found = self.t, self.year_at(i)
        if found is None or (t.glued(i) and t.word(i - 1) not in ("(", "[", "-", "–", "—", "“", '"', "‘", "’", "'")):
            return None
        year, j = found
        before, after = t.word(i - 1), t.word(j)
        if (
            before in self.w.not_before
            or before in ("$", "€", "£", "#", "№", "+", "=", "%", "*")
            or after in self.w.counted
            or after in ("%", "$", "€", "°", "+")
        ):
            return None
        if t.glued(j) and (
            after.isalpha() or (after in ":/,." and t.glued(j + 1) and t.word(j + 1)[0].isdecimal() and after != "/")
        ):
            return None
        lead = before in self.w.leads or j > i + 1
        if not lead and not 1800 <= year <= 2099:
            return None
        if after in DASHES or after in ("/", *self.w.between):
            last = self.last_year(year, j, glued=after in DASHES or after == "/")
            if last:
                return last[1], Fixed(*year_days(year, last[0]), "range", "years written in the text", 0.97)
        return j, Fixed(*year_days(year), "year", "year written in the text", 0.97 if lead else 0.85)

    def last_year(self, year: int, j: int, *, glued: bool) -> tuple[int, int] | None:
        """The second year of a range after the dash or word at token `j`."""
        found = self.year_at(j + 1)
        if found and found[0] > year and (glued or self.t.word(j) != "and"):
            return found
        short = self.t.number(j + 1)
        if (
            glued
            and self.t.glued(j)
            and self.t.glued(j + 1)
            and short is not None
            and self.t.ends[j + 1] - self.t.starts[j + 1] == 2
        ):
            last = year - year % 100 + short
            return (last, j + 2) if last > year else None
        return None

    def decade(self, i: int) -> Found | None:
        """the 1990s, the '90s, the late 70s, the 19th century."""
        t, value = self.t, self.t.number(i)
        if value is None or not t.glued(i + 1):
            return None
        if t.word(i + 1) in SUFFIXES and t.word(i + 2) in self.w.century and 1 <= value <= 30:
            return i + 3, Fixed(*year_days(value * 100 - 99, value * 100), "range", "century written in the text", 0.95)
        stop = (
            i + 2 if t.word(i + 1) == "s" else i + 3 if t.word(i + 1) in "'’" and t.word(i + 2) == "s" and t.glued(i + 2) else 0
        )
        if not stop or value % 10 or (t.glued(i) and t.word(i - 1) not in "('’‘“\"-–"):
            return None
        if t.ends[i] - t.starts[i] == 4 and 1000 <= value <= 2090:
            return stop, Fixed(*year_days(value, value + 9), "range", "decade written in the text", 0.95)
        short = (
            t.word(i - 1) in "'’‘"
            or t.word(i - 1) in self.w.articles
            or t.word(i - 1) in self.w.early | self.w.middle | self.w.late
        )
        owner = {t.word(i - 1), t.word(i - 2), t.word(i - 3)} & {"his", "her", "their", "my", "your", "our"}
        if t.ends[i] - t.starts[i] == 2 and 20 <= value <= 90 and short and not owner and t.word(i - 1) != "":
            return stop, Fixed(*year_days(1900 + value, 1909 + value), "range", "decade written in the text", 0.9)
        return None

    def clock(self, i: int) -> Found | None:
        """16:15 UTC, 6:40 p.m., 4 pm, 0800 GMT, um 18 Uhr: the day is the one spoken of."""
        t, hour = self.t, self.t.number(i)
        if hour is None or (t.glued(i) and t.word(i - 1) in ".,:/$"):
            return None
        j, minutes = i + 1, False
        if t.word(j) in (":", ".") and t.glued(j) and t.glued(j + 1) and t.ends[i] - t.starts[i] <= 2 and hour < 24:
            value = t.number(j + 1)
            minutes = value is not None and t.ends[j + 1] - t.starts[j + 1] == 2 and value < 60
            colon = t.word(j) == ":"
            if not minutes:
                return None
            j += 2
        elif hour > 24 and not (t.ends[i] - t.starts[i] == 4 and hour < 2400 and hour % 100 < 60):
            return None
        zone = t.word(j)
        if zone in ("a", "p") and t.word(j + 1) == "." and t.word(j + 2) == "m":
            return (j + 4 if t.word(j + 3) == "." else j + 3), Clock()
        if (
            zone in self.w.zones
            and (zone != "am" or t.ends[j] - t.starts[j] == 2)
            and not (zone == "local" and t.word(j + 1) != "time")
        ):
            if t.ends[i] - t.starts[i] == 4 and zone in ("am", "pm"):
                return None
            return j + (2 if zone == "local" else 1), Clock()
        return (j, Clock()) if minutes and colon and t.word(i - 1) in self.w.hour_leads and t.word(j) not in (":",) else None

    def nth(self, i: int) -> Found | None:
        """on the 27th."""
        t, day = self.t, self.day_at(i)
        if (
            day is None
            or t.word(i + 1) not in SUFFIXES
            or t.word(i - 1) not in self.w.articles
            or t.word(i - 2) not in ("on", "until", "till", "by", "since", "le")
        ):
            return None
        after = t.word(day[1])
        return (day[1], DayOfMonth(day[0])) if not after.isalpha() or after in self.w.common else None
