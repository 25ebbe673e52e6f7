"""Dates written with words: "last Tuesday", "earlier this year", "two weeks ago", "the third quarter", "the next day"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial

from index.extract.date_direction import AHEAD
from index.extract.date_meanings import (
    SPANS,
    UNSAID,
    Chained,
    DayOfMonth,
    Days,
    Relative,
    Weekly,
    Yearless,
    ago,
    away,
    days_away,
    feast,
    moved,
    season,
    stretch,
    unit_days,
    weekend,
)
from index.extract.date_numbers import SUFFIXES, Found, Numbers
from index.extract.date_words import date_words

_NAME = re.compile(r"[^\W\d_]+|'")


@cache
def feasts(code: str) -> dict[str, list[tuple[list[str], Mapping[str, int]]]]:
    """{first word: the names of feasts that begin with it, longest first, each with its row}."""
    out: dict[str, list[tuple[list[str], Mapping[str, int]]]] = {}
    for name, rule in sorted(date_words(code).holidays.items(), key=lambda item: -len(item[0])):
        parts = _NAME.findall(name)
        out.setdefault(parts[0], []).append((parts, rule))
    return out


class Phrases(Numbers):
    """The rules for dates that begin with a word."""

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
                rule = f"counted from the {unit} spoken of before ({t.word(j)})"
                return j + 1, Chained(partial(away, unit=unit, n=n, sign=sign), SPANS.get(unit, "approximate"), rule, unit)
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
        if (
            count is None
            or unit in (None, "hour", "century", "decade")
            or count[0] == UNSAID
            or self.direction.lean(i, count[1] + 1)[0] != AHEAD
        ):
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
        if t.capital(i) and (t.word(i - 1) == "usa" or (t.word(i - 1) == "s" and t.word(i - 2) in ("'", "’"))):
            return None  # names of media
        j = i + 1
        if t.word(j) in self.w.day_part and (n != 0 or self.w.code != "en"):
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
        if (t.word(j) in self.w.named_after and t.capital(j)) or t.word(j).removesuffix("s") in self.w.day_part - {t.word(j)}:
            return None  # "Sunday Times"; "Friday evenings"
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
        if (word == "following" and t.word(i - 1) not in self.w.articles) or self.is_title(i):
            return None
        count = self.count_at(j) if t.word(j) not in ("a", "an", "one", "ein", "eine", "un", "une") else None
        if count and self.w.units.get(t.word(count[1])) and order:
            unit = self.w.units[t.word(count[1])]
            n = count[0]
            return (
                (
                    count[1] + 1,
                    Relative(
                        lambda day: stretch(day, unit, n, order),
                        "range",
                        f"the {word} {t.word(j)} {t.word(count[1])} at publication",
                        0.8,
                    ),
                )
                if unit != "hour"
                else None
            )
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
        holiday = self.holiday(j)
        if holiday and isinstance(holiday[1], Yearless):
            return holiday[0], replace(holiday[1], order=order)
        if t.word(j) in self.w.weekend:
            return j + 1, weekend(order)
        return self.modified_unit(j, word, order)

    def is_title(self, i: int) -> bool:
        """True for the name of a programme: “This Week”, NBC's Today."""
        t = self.t
        named = t.word(i - 1) in tuple('“"‘`') and t.glued(i)
        return (
            t.capital(i) and i > 0 and ((named and t.capital(i + 1)) or (t.word(i - 1) == "s" and t.word(i - 2) in ("'", "’")))
        )

    def modified_unit(self, j: int, word: str, order: int) -> Found | None:
        """The unit at token `j` after "last", "this" or "next"."""
        unit = self.w.units.get(self.t.word(j))
        if unit is None or unit == "hour" or (unit == "day" and (order == -1 or word in ("current", "coming", "upcoming"))):
            return None
        if (
            order
            and self.t.word(j + 1) == "of"
            and self.t.word(j - 2) in self.w.articles
            and self.t.word(j + 2) in ("the", "his", "her", "their", "its", "a")
        ):
            return None  # "in the last week of the race"
        if unit == "day":
            return (
                (j + 1, Chained(lambda day: unit_days(day, "day", 1), "day", "the day after the day spoken of before"))
                if order
                else None
            )
        if word in ("following", "folgenden"):
            return j + 1, Chained(
                lambda day: unit_days(day, unit, 1),
                SPANS.get(unit, "range"),
                f"the {unit} after the one spoken of before",
                unit,
            )
        if word == "past":
            return j + 1, Relative(lambda day: stretch(day, unit, 1, -1), "range", f"the {unit} up to publication", 0.85)
        name = {
            -1: f"the {unit} before publication",
            0: f"the {unit} of publication",
            1: f"the {unit} after publication",
        }[order]
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

    def holiday(self, i: int) -> Found | None:
        """Christmas Day, Easter Sunday 2016, New Year's Eve."""
        t = self.t
        for parts, rule in feasts(self.w.code).get(t.word(i), ()):
            said = ["'" if word == "’" else word for word in t.words[i : i + len(parts)]]
            if said == parts and t.capital(i):
                return self.finished(i + len(parts), Yearless(1, 1, 1, 1, feast=feast(rule)))
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
        if (
            unit is None
            or unit in ("hour", "quarter", "decade", "century")
            or (self.w.code == "en" and t.word(i + 1).endswith("s"))
            or (word == "that" and t.word(i - 1) in ("said", "so", "believe", "think", "say", "says"))
        ):
            if word in self.w.following and word not in self.w.same and t.word(i + 1) in self.w.day_part:
                return i + 2, Chained(lambda day: unit_days(day, "day", 1), "day", "the day after the day spoken of before")
            if word in ("that", "same") and t.word(i + 1) in self.w.day_part:
                return i + 2, Chained(lambda day: (day, day), "day", "the day spoken of before")
            return None
        n = 1 if word in self.w.following and word not in self.w.same else -1 if word in self.w.previous else 0
        if word in ("next", "previous") and unit != "day":
            return None
        return i + 2, Chained(
            lambda day: unit_days(day, unit, n),
            SPANS.get(unit, "range"),
            f"the {unit} told from the one spoken of before",
            unit,
        )

    def closing_day(self, i: int) -> Found | None:
        """ "the day" in "to end the day"."""
        if (
            self.t.word(i - 1) in self.w.closes
            and self.w.units.get(self.t.word(i + 1)) == "day"
            and not self.t.word(i + 1).endswith("s")
        ):
            return i + 2, Chained(lambda day: (day, day), "day", "the day spoken of before")
        return None

    def around_yesterday(self, i: int) -> Found | None:
        """the day before yesterday, the day after tomorrow."""
        for words, name, n in ((self.w.before, "yesterday", -2), (self.w.later, "tomorrow", 2)):
            if self.t.word(i + 1) in words and self.t.word(i + 2) == name:
                return i + 3, days_away(n)
        return None

    def the_eve(self, i: int) -> Found | None:
        """on the eve, as translations from Russian and Armenian say for the day before; not "on the eve of the vote"."""
        t = self.t
        alone = t.word(i + 1) == "the" and t.word(i + 2) == "eve" and not t.capital(i + 2) and t.word(i + 3) != "of"
        return (i + 3, replace(days_away(-1), certainty=0.6)) if alone and self.w.code == "en" else None

    def the_weekend(self, i: int) -> Found | None:
        """over the weekend."""
        if self.t.word(i - 1) not in self.w.articles:
            return None
        return i + 1, weekend(1 if self.direction.lean(i, i + 1)[0] == AHEAD else -1)


def _before(days: Days, day: date) -> Days:
    return days[0], max(days[0], moved(day, "day", -1))


def _after(days: Days, day: date) -> Days:
    return min(days[1], day), days[1]
