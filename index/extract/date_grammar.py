"""How dates are written: the rules that read one date expression at one place of a text.

Every rule looks at most a dozen tokens ahead, so that reading a text takes time in proportion to its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from index.extract.date_meanings import (
    UNSAID,
    Chained,
    Clock,
    DayOfMonth,
    Days,
    Fixed,
    Meaning,
    Part,
    Relative,
    Weekly,
    Yearless,
    away,
    half_days,
    month_days,
    moved,
    narrowed_meaning,
    quarter_days,
    season_days,
    stretch,
    unit_days,
    year_days,
)
from index.extract.date_tokens import Tokens
from index.extract.date_words import DateWords
from index.model import Precision

Found = tuple[int, Meaning]  # the token after the expression, what it means
DASHES = frozenset("-–—‒")
SUFFIXES = frozenset(["st", "nd", "rd", "th", "er", "º", "°"])
FIRST_YEAR, LAST_YEAR = 1000, 2199
LOOK_BACK, LOOK_AHEAD = 12, 7
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SPANS: dict[str, Precision] = {"day": "day", "hour": "day", "month": "month", "quarter": "quarter", "year": "year"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One date expression: its place, its meaning, and whether the words beside it point back (-1) or ahead (1).

    `strong`: a word just before it says so ("until Friday", "said Friday").
    """

    start: int
    end: int
    meaning: Meaning
    lean: int
    strong: bool
    sentence: int
    paragraph: int


class Grammar:
    """The rules of one language over the tokens of one stretch of text."""

    def __init__(self, tokens: Tokens, words: DateWords) -> None:
        self.t = tokens
        self.w = words

    def readings(self) -> Iterator[Reading]:
        """Every date expression of the stretch, in order, none overlapping another."""
        starters, words, i = starting_rules(self.w), self.t.words, 0
        while i < len(words):
            word = words[i]
            rules = starters.get(word) or (_NUMBER_RULES if word[0].isdecimal() else ())
            found = next(filter(None, (rule(self, i) for rule in rules)), None)
            if found is None:
                i += 1
                continue
            stop, meaning = found
            lean, strong = self.lean(i, stop)
            yield Reading(self.t.starts[i], self.t.ends[stop - 1], meaning, lean, strong, self.t.sentences[i], self.t.paragraphs[i])
            i = stop

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
            value, i = (value + numbers[t.word(i)] if value >= 20 > numbers[t.word(i)] > 0 else numbers[t.word(i)]), i + 1
        return value, i + 1 if t.word(i) in self.w.of and t.word(i + 1) in self.w.units else i

    def year_after(self, i: int) -> tuple[int, int, Meaning | None] | None:
        """A year that follows a day or month: ", 2023", "of 2023". The third value is unused."""
        t = self.t
        for skip in (1 if t.word(i) == "," or t.word(i) in self.w.of else 0, 0):
            found = self.year_at(i + skip)
            if found and t.word(found[1]) not in self.w.counted and t.word(found[1]) not in ("-", "%"):
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
        if year is None or t.ends[i] - t.starts[i] != 4 or mark not in ("-", "/", "‑") or not t.glued(i + 1) or not t.glued(i + 2):
            return None
        month = t.number(i + 2)
        if month is None or t.ends[i + 2] - t.starts[i + 2] > 2:
            return None
        day = t.number(i + 4) if t.word(i + 3) == mark and t.glued(i + 3) and t.glued(i + 4) else None
        if day is not None:
            there = _day(year, month, day)
            return (i + 5, Fixed(there, there, "day", "date written in the text", 1.0)) if there else None
        if mark == "-" and t.ends[i + 2] - t.starts[i + 2] == 2 and 1 <= month <= 12 and not year % 100 < month and FIRST_YEAR <= year <= LAST_YEAR:
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
        if t.glued(i) and t.word(i - 1) in ".,/-:" or t.glued(i + 5) and t.word(i + 5) in "./" and t.glued(i + 6):
            return None
        a, b, year = (n or 0 for n in numbers)
        if lengths[2] == 2:
            year += 2000 if year < 70 else 1900
        day_first, month_first = _day(year, b, a), _day(year, a, b)
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
        month = self.month_at(j + 1 if t.word(j) == "-" and t.glued(j) else j)
        if month is None or (t.words[j] in self.w.ambiguous and not t.capital(j) and self.w.code in ("en", "de")):
            return None
        j = month[1]
        further = self.month_range(j, month[0], day) if last == day else None
        if further:
            return further
        return self.finished(j + 1 if t.word(j) == "-" and t.glued(j) and self.year_at(j + 1) else j, Yearless(month[0], day, month[0], last))

    def month_range(self, j: int, month: int, day: int) -> Found | None:
        """The rest of "28 February – 3 March 2024" after its first month."""
        t = self.t
        if t.word(j) not in DASHES and t.word(j) not in self.w.between:
            return None
        second = self.day_at(j + 1)
        last = self.month_at(second[1]) if second else None
        if second is None or last is None or last[0] == month or t.word(j) == "and":
            return None
        return self.finished(last[1], Yearless(month, day, last[0], second[0]))

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
            if second and not (other is None and (second[0] <= day or t.word(second[1]) in self.w.counted)) and not (other and t.word(j) == "and"):
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
            sure = sure and t.capital(i) and not (t.word(i) in self.w.ambiguous and t.word(i - 1) in ("to", "for", "from", "and", "or", "by", "of", "the", "year") and last == month)
            sure = sure and not (t.capital(j) and t.word(j) not in self.w.months and t.word(j).isalpha())
        return (j, Yearless(month, None, last, None)) if sure and t.word(i) not in self.w.abbreviations else None

    def year(self, i: int) -> Found | None:
        """2014, 2014-2018, 2014-18, 2011/12, between 2014 and 2018: where a year is meant, not a number of things."""
        t, found = self.t, self.year_at(i)
        if found is None or (t.glued(i) and t.word(i - 1) not in ("(", "[", "-", "–", "—", "“", '"', "‘", "’", "'")):
            return None
        year, j = found
        before, after = t.word(i - 1), t.word(j)
        if before in self.w.not_before or before in ("$", "€", "£", "#", "№", "+", "=", "%", "*") or after in self.w.counted or after in ("%", "$", "€", "°", "+"):
            return None
        if t.glued(j) and (after.isalpha() or (after in ":/,." and t.glued(j + 1) and t.word(j + 1)[0].isdecimal() and after != "/")):
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
        if glued and self.t.glued(j) and self.t.glued(j + 1) and short is not None and self.t.ends[j + 1] - self.t.starts[j + 1] == 2:
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
        stop = i + 2 if t.word(i + 1) == "s" else i + 3 if t.word(i + 1) in "'’" and t.word(i + 2) == "s" and t.glued(i + 2) else 0
        if not stop or value % 10 or (t.glued(i) and t.word(i - 1) not in "('’‘“\"-–"):
            return None
        if t.ends[i] - t.starts[i] == 4 and 1000 <= value <= 2090:
            return stop, Fixed(*year_days(value, value + 9), "range", "decade written in the text", 0.95)
        short = t.word(i - 1) in "'’‘" or t.word(i - 1) in self.w.articles or t.word(i - 1) in self.w.early | self.w.middle | self.w.late
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
        if zone in self.w.zones and (zone != "am" or t.ends[j] - t.starts[j] == 2) and not (zone == "local" and t.word(j + 1) != "time"):
            if t.ends[i] - t.starts[i] == 4 and zone in ("am", "pm"):
                return None
            return j + (2 if zone == "local" else 1), Clock()
        return (j, Clock()) if minutes and colon and t.word(i - 1) in self.w.hour_leads and t.word(j) not in (":",) else None

    def nth(self, i: int) -> Found | None:
        """on the 27th."""
        t, day = self.t, self.day_at(i)
        if day is None or t.word(i + 1) not in SUFFIXES or t.word(i - 1) not in self.w.articles or t.word(i - 2) not in ("on", "until", "till", "by", "since", "le"):
            return None
        after = t.word(day[1])
        return (day[1], DayOfMonth(day[0])) if not after.isalpha() or after in self.w.common else None

    # --- dates with words -------------------------------------------------------------------------------------------

    def counted(self, i: int) -> Found | None:
        """two days ago, a week ago, three weeks later, a day earlier."""
        t, count = self.t, self.count_at(i)
        unit = self.w.units.get(t.word(count[1])) if count else None
        if count is None or unit is None:
            return None
        n, j = count[0], count[1] + 1
        if t.word(j) in self.w.ago:
            return j + 1, ago(n, unit, -1)
        for words, sign in ((self.w.later, 1), (self.w.before, -1)):
            if t.word(j) in words and (t.word(j) not in ("after", "before") or not (t.word(j + 1).isalnum())):
                if unit == "hour":
                    return None
                return j + 1, Chained(lambda day: away(day, unit, n, sign), SPANS.get(unit, "approximate"), f"counted from the day spoken of before ({t.word(j)})")
        return None

    def ago_phrase(self, i: int) -> Found | None:
        """vor zwei Tagen, il y a deux jours."""
        t = self.t
        for phrase in self.w.ago_before:
            parts = phrase.split()
            if all(t.word(i + k) == part for k, part in enumerate(parts)):
                count = self.count_at(i + len(parts))
                unit = self.w.units.get(t.word(count[1])) if count else None
                if count and unit:
                    return count[1] + 1, ago(count[0], unit, -1)
        return None

    def hence(self, i: int) -> Found | None:
        """in two weeks, within three days: only where the words beside it speak of the future."""
        count = self.count_at(i + 1)
        unit = self.w.units.get(self.t.word(count[1])) if count else None
        if count is None or unit in (None, "hour", "century", "decade") or count[0] == UNSAID or self.lean(i, count[1] + 1)[0] <= 0:
            return None
        n, j = count[0], count[1] + 1
        unit = unit or "day"
        if self.t.word(j) in ("'", "’") and self.t.word(j + 1) == "time":
            j += 2
        if self.t.word(i) in ("within", "binnen"):
            return j, Relative(lambda day: stretch(day, unit, n, 1), "range", f"within {n} {unit}s of publication", 0.8)
        return j, replace(ago(n, unit, 1), certainty=0.75)

    def day_word(self, i: int) -> Found | None:
        """today, yesterday evening, tomorrow."""
        t, n = self.t, self.w.days[self.t.word(i)]
        if self.w.code == "de" and t.capital(i) and n == 1:  # "der Morgen"
            return None
        j = i + 1
        if t.word(j) in self.w.day_part and n != 0 or t.word(j) in self.w.day_part and self.w.code != "en":
            j += 1
        return j, days_away(n)

    def weekday(self, i: int) -> Found | None:
        """Tuesday, Tuesday evening, Tuesday, March 14, Monday last week."""
        t, word = self.t, self.t.word(i)
        if word in self.w.weekdays:
            number, abbreviated = self.w.weekdays[word], False
        else:
            number, abbreviated = self.w.weekday_abbreviations[word], True
        if (self.w.code in ("en", "de") and not t.capital(i)) or t.word(i - 1) in self.w.weekday_names:
            return None
        j = i + 1
        if abbreviated and t.word(j) == "." and t.glued(j):
            j += 1
        dated = self.dated_weekday(j, number)
        if dated or abbreviated:
            return dated
        if t.word(j) in self.w.named_after and t.capital(j):
            return None
        if t.word(j) in self.w.day_part:
            j += 1
            dated = self.dated_weekday(j, number)
            if dated:
                return dated
        k = j + 1 if t.word(j) == "of" else j
        if t.word(k) in self.w.modifiers and self.w.units.get(t.word(k + 1)) == "week":
            return k + 2, Weekly(number, week=self.w.modifiers[t.word(k)])
        if self.w.postposed and t.word(j) in self.w.modifiers and self.w.modifiers[t.word(j)]:
            return j + 1, Weekly(number, self.w.modifiers[t.word(j)])
        return j, Weekly(number)

    def dated_weekday(self, j: int, weekday: int) -> Found | None:
        """The date that follows a weekday: ", March 14", "14 March 2023", " (14.3.2023)", "the 14th"."""
        t = self.t
        while t.word(j) in (",", "(", "the", "den", "dem", "der", "le", "on") and t.word(j):
            j += 1
        found: Found | None
        if t.word(j) in self.w.months and self.month_at(j):
            month = self.month_at(j)
            found = self.month_first(j) if month and self.day_at(month[1]) else None
        else:
            found = (self.iso(j) or self.dotted(j) or self.day_month(j)) if t.word(j)[:1].isdecimal() else None
            day = self.day_at(j)
            if found is None and day and t.word(j + 1) in SUFFIXES:
                found = day[1], DayOfMonth(day[0])
        if found and isinstance(found[1], Yearless):
            return found[0], replace(found[1], weekday=weekday)
        return found

    def modified(self, i: int) -> Found | None:
        """last week, this year, next month, last Tuesday, next June, the past two weeks, this morning, last night."""
        t, order = self.t, self.w.modifiers[self.t.word(i)]
        word, j = t.word(i), i + 1
        count = self.count_at(j) if t.word(j) not in ("a", "an", "one", "ein", "eine", "un", "une") else None
        if count and self.w.units.get(t.word(count[1])) and order:
            unit = self.w.units[t.word(count[1])]
            n = count[0]
            return (count[1] + 1, Relative(lambda day: stretch(day, unit, n, order), "range", f"the {word} {t.word(j)} {t.word(count[1])} at publication", 0.8)) if unit != "hour" else None
        if t.word(j) in self.w.weekdays and (t.capital(j) or self.w.code in ("fr", "ru")):
            return j + (2 if t.word(j + 1) in self.w.day_part else 1), Weekly(self.w.weekdays[t.word(j)], order)
        month = self.month_at(j)
        if month and (t.capital(j) or self.w.code in ("fr", "ru")):
            day = self.day_at(month[1])
            bare = Yearless(month[0], day[0] if day else None, month[0], day[0] if day else None, order=order)
            return (day[1] if day else month[1]), bare
        if t.word(j) in self.w.seasons and self.w.code in ("en", "de", "fr"):
            return j + 1, season(self.w.seasons[t.word(j)], order)
        if t.word(j) in self.w.day_part and self.w.code == "en" and order <= 0 and word in ("last", "this"):
            return j + 1, days_away(-1 if order and t.word(j) in ("night", "evening") else 0)
        if t.word(j) in self.w.weekend:
            return j + 1, weekend(order)
        return self.modified_unit(j, word, order)

    def modified_unit(self, j: int, word: str, order: int) -> Found | None:
        """The unit at token `j` after "last", "this" or "next"."""
        unit = self.w.units.get(self.t.word(j))
        if unit is None or unit == "hour" or (unit == "day" and (order == -1 or word in ("current", "coming", "upcoming"))):
            return None
        if unit == "day":
            return (j + 1, Chained(lambda day: unit_days(day, "day", 1), "day", "the day after the day spoken of before")) if order else None
        if word in ("following", "folgenden"):
            return j + 1, Chained(lambda day: unit_days(day, unit, 1), SPANS.get(unit, "range"), f"the {unit} after the one spoken of before")
        if word == "past":
            return j + 1, Relative(lambda day: stretch(day, unit, 1, -1), "range", f"the {unit} up to publication", 0.85)
        name = {-1: f"the {unit} before publication", 0: f"the {unit} of publication", 1: f"the {unit} after publication"}[order]
        return j + 1, Relative(lambda day: unit_days(day, unit, order), SPANS.get(unit, "range"), name, 0.93)

    def postposed(self, i: int) -> Found | None:
        """la semaine dernière, l'an dernier, le mois prochain."""
        unit, order = self.w.units[self.t.word(i)], self.w.modifiers.get(self.t.word(i + 1))
        if not self.w.postposed or order is None or order == 0 or unit in ("hour", "day"):
            return None
        found = self.modified_unit(i, "", order)
        return (i + 2, found[1]) if found else None

    def earlier(self, i: int) -> Found | None:
        """earlier this year, later this week, earlier today, later in the month."""
        t, back = self.t, self.t.word(i) in self.w.earlier
        j = i + 1
        if t.word(j) in self.w.days:
            return self.day_word(j)
        if t.word(j) in ("in", "on") and t.word(j + 1) in self.w.articles:
            j += 2
            if self.w.units.get(t.word(j)) == "day":
                return j + 1, days_away(0)
        elif self.w.modifiers.get(t.word(j)) == 0:
            j += 1
        else:
            return None
        unit = self.w.units.get(t.word(j))
        if unit in (None, "hour", "day") or unit is None:
            return None
        reach = _before if back else _after
        rule = f"the {unit} of publication, {'before' if back else 'after'} publication"
        return j + 1, Relative(lambda day: reach(unit_days(day, unit, 0), day), "range", rule, 0.9)

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
            found = None if self.day_at(month[1]) else self.month_first(j) or (month[1], Yearless(month[0], None, month[0], None))
        elif after[:1].isdecimal():
            found = self.decade(j) or self.year(j)
        elif after in self.w.modifiers:
            found = self.modified(j)
        elif self.w.units.get(after) in ("year", "month", "week", "decade") and j > i + 1 and t.word(j - 1) in self.w.articles and word not in ("close", "start"):
            unit = self.w.units[after]
            found = j + 1, Relative(lambda day: unit_days(day, unit, 0), SPANS.get(unit, "range"), f"the {unit} of publication", 0.7)
        if found is None or isinstance(found[1], Weekly | Clock | Chained):
            return None
        return found[0], narrowed_meaning(found[1], part)

    def ordinal_part(self, i: int) -> Found | None:
        """the third quarter of 2024, the first half of the year, third-quarter, the second half of this year."""
        t, n = self.t, self.w.ordinals[self.t.word(i)]
        j = i + 2 if t.word(i + 1) == "-" else i + 1
        half = t.word(j) in self.w.half
        if not half and self.w.units.get(t.word(j)) != "quarter" or (half and n > 2 and t.word(i) != "last"):
            return None
        if t.word(i) == "last":
            return None
        return self.part_of_year(j + 1, n, half=half)

    def lettered_quarter(self, i: int) -> Found | None:
        """Q3, Q3 2024."""
        n = self.t.number(i + 1)
        if n is None or not 1 <= n <= 4 or not self.t.glued(i + 1) or not self.t.capital(i) or self.t.ends[i + 1] - self.t.starts[i + 1] != 1:
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
        if shift is None and t.word(j) in self.w.of and t.word(j + 1) in self.w.articles and self.w.units.get(t.word(j + 2)) == "year":
            shift, stop = 0, j + 3
        if shift is not None:
            return stop, Relative(lambda day: days(day.year + shift, n), precision, f"{name} of the year told from publication", 0.9)
        return None if half else (j, Relative(lambda day: _last_quarter(day, n), precision, f"last such {name} at publication", 0.6))

    def season_word(self, i: int) -> Found | None:
        """summer 2023, the spring of 2020, in the autumn."""
        t, name = self.t, self.w.seasons[self.t.word(i)]
        year = self.year_after(i + 1)
        if year:
            return year[1], Fixed(*season_days(year[0], name), "season", "season written in the text", 0.9)
        shift, _, stop = self.year_told(i + 1)
        if shift is not None:
            return stop, Relative(lambda day: season_days(day.year + shift, name), "season", "season of the year told from publication", 0.85)
        return None

    def recently(self, i: int) -> Found | None:
        """recently, in recent weeks: before publication, nobody knows how long."""
        if self.t.word(i) in self.w.recent:
            unit = self.w.units.get(self.t.word(i + 1))
            if unit is None or unit == "hour":
                return None
            return i + 2, Relative(lambda day: stretch(day, unit, UNSAID, -1), "approximate", "shortly before publication", 0.5)
        return i + 1, Relative(lambda day: (date.min, day), "approximate", "before publication", 0.5)

    def spoken_of(self, i: int) -> Found | None:
        """that day, the same year, the next day, the previous week."""
        t, word = self.t, self.t.word(i)
        unit = self.w.units.get(t.word(i + 1))
        if unit is None or unit in ("hour", "quarter", "decade", "century") or (word == "that" and t.word(i - 1) in ("said", "so", "believe", "think", "say", "says")):
            if word in ("that", "same") and t.word(i + 1) in self.w.day_part:
                return i + 2, Chained(lambda day: (day, day), "day", "the day spoken of before")
            return None
        n = 1 if word in self.w.following and word not in self.w.same else -1 if word in self.w.previous else 0
        if word in ("next", "previous") and unit != "day":
            return None
        return i + 2, Chained(lambda day: unit_days(day, unit, n), SPANS.get(unit, "range"), f"the {unit} told from the day spoken of before")

    def closing_day(self, i: int) -> Found | None:
        """ "the day" in "to end the day"."""
        if self.t.word(i - 1) in self.w.closes and self.w.units.get(self.t.word(i + 1)) == "day" and not self.t.word(i + 1).endswith("s"):
            return i + 2, Chained(lambda day: (day, day), "day", "the day spoken of before")
        return None

    def around_yesterday(self, i: int) -> Found | None:
        """the day before yesterday, the day after tomorrow."""
        for words, name, n in ((self.w.before, "yesterday", -2), (self.w.later, "tomorrow", 2)):
            if self.t.word(i + 1) in words and self.t.word(i + 2) == name:
                return i + 3, days_away(n)
        return None

    def the_weekend(self, i: int) -> Found | None:
        """over the weekend."""
        if self.t.word(i - 1) not in self.w.articles:
            return None
        return i + 1, weekend(self.lean(i, i + 1)[0] or -1)

    # --- direction ----------------------------------------------------------------------------------------------------

    def lean(self, i: int, j: int) -> tuple[int, bool]:
        """Where the words beside tokens `i` to `j` point: -1 back, 1 ahead, 0 nowhere; and whether the word just before says it."""
        t, sentence = self.t, self.t.sentences[i]
        k = i - 1
        while k >= 0 and t.words[k] in ("on", "the", "am", "в", "le", "of", "late", "early", "this", "for", "to", "at", "in"):
            if t.words[k] == "for" and self.tense(k - 1) > 0:
                return 1, True
            k -= 1
        if k >= 0 and t.sentences[k] == sentence:
            if t.words[k] in self.w.future_before:
                return 1, True
            if self.tense(k):
                return self.tense(k), True
        if t.sentences[min(j, len(t) - 1)] == sentence and self.tense(j):
            return self.tense(j), True
        ahead = self.nearest_tense(range(j, min(j + LOOK_AHEAD, len(t))), sentence)
        behind = self.nearest_tense(range(i - 1, max(i - LOOK_BACK, -1), -1), sentence)
        opening = k < 0 or t.sentences[k] != sentence
        return (ahead or behind if opening else behind or ahead), False

    def nearest_tense(self, places: range, sentence: int) -> int:
        """The tense of the first telling word of the sentence among `places`."""
        for k in places:
            if self.t.sentences[k] != sentence:
                return 0
            tense = self.tense(k)
            if tense:
                return tense
        return 0

    def tense(self, k: int) -> int:
        """-1 for a word of the past, 1 for a word of the future, 0 for any other."""
        word = self.t.word(k)
        if word in self.w.future:
            return 1
        if word in self.w.past or (self.w.past_endings and len(word) > 3 and word.endswith(self.w.past_endings) and word not in self.w.not_past):
            return -1
        return 0


# --- meanings that several rules share ------------------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def with_year(bare: Yearless, year: int) -> Fixed | None:
    """The days of a yearless expression in `year`; None when that year has no such day."""
    first_year = year - 1 if (bare.last_month, bare.last_day or 31) < (bare.month, bare.day or 1) else year
    if bare.day is None:
        return Fixed(month_days(first_year, bare.month)[0], month_days(year, bare.last_month)[1], "month" if bare.month == bare.last_month else "range", "month written in the text")
    first, last = _day(first_year, bare.month, bare.day), _day(year, bare.last_month, bare.last_day or bare.day)
    if first is None or last is None:
        return None
    return Fixed(first, last, "day" if first == last else "range", "date written in the text")


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
    names = {-2: "two days before publication", -1: "the day before publication", 0: "the day of publication", 1: "the day after publication"}
    return Relative(lambda day: unit_days(day, "day", n), "day", names.get(n, f"{n} days after publication"), 0.95 if n <= 0 else 0.93)


def weekend(order: int) -> Relative:
    """The weekend before (-1), of (0) or after (1) publication."""

    def reach(day: date) -> Days:
        if order < 0:
            return unit_days(day, "weekend", 0 if day.weekday() == 6 else -1)
        return unit_days(day, "weekend", 1 if order and day.weekday() >= 5 else 0)

    return Relative(reach, "range", {-1: "last weekend at publication", 0: "the weekend of the week of publication", 1: "first weekend after publication"}[order], 0.8)


def season(name: str, order: int) -> Relative:
    """last summer, this spring, next winter."""

    def reach(day: date) -> Days:
        if order == 0:
            return season_days(day.year, name)
        years = (season_days(day.year + n, name) for n in ((0, -1, -2) if order < 0 else (0, 1)))
        return next(days for days in years if (days[1] < day if order < 0 else days[0] > day))

    return Relative(reach, "season", {-1: "last such season at publication", 0: "season of the year of publication", 1: "first such season after publication"}[order], 0.8)


def _before(days: Days, day: date) -> Days:
    return days[0], max(days[0], moved(day, "day", -1))


def _after(days: Days, day: date) -> Days:
    return min(days[1], day), days[1]


def _last_quarter(day: date, n: int) -> Days:
    days = quarter_days(day.year, n)
    return days if days[0] <= day else quarter_days(day.year - 1, n)


Rule = Callable[[Grammar, int], Found | None]
_NUMBER_RULES: tuple[Rule, ...] = (Grammar.iso, Grammar.dotted, Grammar.day_month, Grammar.clock, Grammar.decade, Grammar.counted, Grammar.year, Grammar.nth)


@cache
def _starters(code: str) -> dict[str, tuple[Rule, ...]]:
    from index.extract.date_words import date_words

    w = date_words(code)
    by_rule: list[tuple[Rule, object]] = [
        (Grammar.month_first, w.months),
        (Grammar.weekday, [*w.weekdays, *w.weekday_abbreviations]),
        (Grammar.day_word, w.days),
        (Grammar.earlier, [*w.earlier, *({"later"} & w.later)]),
        (Grammar.ordinal_part, w.ordinals),
        (Grammar.spoken_of, [*w.same, *w.following, *w.previous]),
        (Grammar.modified, w.modifiers),
        (Grammar.part, [*w.early, *w.middle, *w.late]),
        (Grammar.season_word, w.seasons),
        (Grammar.counted, w.numbers),
        (Grammar.ago_phrase, [phrase.split()[0] for phrase in w.ago_before]),
        (Grammar.hence, w.within),
        (Grammar.recently, [*w.recently, *w.recent]),
        (Grammar.closing_day, w.articles),
        (Grammar.around_yesterday, [word for word, unit in w.units.items() if unit == "day"]),
        (Grammar.postposed, w.units if w.postposed else []),
        (Grammar.the_weekend, w.weekend),
        (Grammar.lettered_quarter, w.quarter_letter),
    ]
    rules: dict[str, tuple[Rule, ...]] = {}
    for rule, words in by_rule:
        for word in words:  # type: ignore[attr-defined]
            rules[word] = (*rules.get(word, ()), rule)
    return rules


def starting_rules(words: DateWords) -> dict[str, tuple[Rule, ...]]:
    """The rules that can begin at each word of a language, in the order in which they are tried."""
    return _starters(words.code)
