"""When a document was published: every hint a file gives is a candidate with its rule; the best is chosen, conflicts
stay.

Rules that start with "guessed" are inferences (a line below the title, a file name, a property of the file); the others
are what somebody wrote down as the date of publication (a metadata table, HTML metadata, a mail header, a column).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from index.model import Precision, Span, When

_MONTH_WORDS = {
    1: "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari января январь янв січня "
    "stycznia ocak ledna januára",
    2: "february feb februar février fevrier févr febrero fevereiro fev febbraio februari февраля февраль "
    "фев лютого lutego şubat února",
    3: "march mar märz maerz mrz mars marzo março marco mrt maart марта март мар березня marca mart března",
    4: "april apr avril avr abril abr aprile апреля апрель апр квітня kwietnia nisan dubna apríla",
    5: "may mai mayo maio maggio mag mei мая май травня maja mayıs května mája",
    6: "june jun juni juin junio junho giugno giu июня июнь червня czerwca haziran června júna",
    7: "july jul juli juillet juil julio julho luglio lug июля июль липня lipca temmuz července júla",
    8: "august aug août aout agosto ago augustus августа август авг серпня sierpnia ağustos srpna",
    9: "september sep sept septembre septiembre setiembre setembro set settembre сентября сентябрь сен "
    "вересня września eylül září septembra",
    10: "october oct oktober okt octobre octubre outubro out ottobre ott октября октябрь окт жовтня "
    "października ekim října októbra",
    11: "november nov novembre noviembre novembro ноября ноябрь ноя листопада listopada kasım listopadu novembra",
    12: "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre декабря декабрь дек "
    "грудня grudnia aralık prosince decembra",
}
MONTHS: dict[str, int] = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}
_WORD = r"[^\W\d_]{3,12}"
_ISO = re.compile(r"(?<![\d.\-/])([12]\d{3})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])")
_DAY_MONTH = re.compile(
    rf"(?<![\d.,:])(\d{{1,2}})(?:st|nd|rd|th|er|º|\.|-го)?\s{{0,2}}(?:of\s|de\s|\-)?\s?({_WORD})\.?,?(?:\s"
    rf"|-){{1,2}}(?:de\s|del\s)?(\d{{4}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"(?<!\w)({_WORD})\.?\s{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(\d{{4}})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d.\-/])(\d{1,2})([./-])(\d{1,2})\2([12]\d{3})(?!\d)")
_EAST = re.compile(r"([12]\d{3})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_YEAR_MONTH = re.compile(r"(?<![\d.\-/])([12]\d{3})[-/](\d{1,2})(?![\d\-/])")
_MONTH_YEAR = re.compile(rf"(?<!\w)({_WORD})\.?,?\s(?:de\s)?([12]\d{{3}})(?!\d)")
_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_UNDERSCORED = re.compile(r"(?<!\d)((?:18|19|20)\d{2})[_\- .](\d{1,2})[_\- .](\d{1,2})(?!\d)")
EARLIEST = date(1500, 1, 1)


def when(earliest: date, latest: date, rule: str, certainty: float, expression: Span | None = None) -> When:
    """A `When` whose precision follows from its two ends."""
    precision: Precision = "range"
    if earliest == latest:
        precision = "day"
    elif (earliest.year, earliest.month) == (latest.year, latest.month):
        precision = "month"
    elif (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31) and earliest.year == latest.year:
        precision = "year"
    return When(earliest, latest, precision, rule, certainty, expression)


def stated(raw: str, rule: str, certainty: float) -> When | None:
    """The date that a single value means ("2024-11-27T10:00:00Z", "27 Nov. 2024", "2024-11", "Fri, 01 May 2009
    10:00:00 +0400").

    None for a value that holds no valid date: 31 February is no date, it isn't moved to another day.
    """
    value = raw.strip()[:120]
    if not value:
        return None
    for start, end, first, last in full_dates(value):
        del start, end
        return when(first, last, rule, certainty)
    if _ISO.search(value) or _DAY_MONTH.search(value) or _NUMBERS.search(value):
        return None  # it has the form of a day and isn't one
    compact = _COMPACT.match(value)
    if compact:
        day = _day(int(compact[1]), int(compact[2]), int(compact[3]))
        return when(day, day, rule, certainty) if day else None
    months = _YEAR_MONTH.search(value)
    if months:
        return _month(int(months[1]), int(months[2]), rule, certainty)
    for found in _MONTH_YEAR.finditer(value):
        number = MONTHS.get(found[1].lower())
        if number:
            return _month(int(found[2]), number, rule, certainty)
    if re.fullmatch(r"[12]\d{3}", value):
        return when(date(int(value), 1, 1), date(int(value), 12, 31), rule, certainty)
    return _mail_date(value, rule, certainty)


def _mail_date(value: str, rule: str, certainty: float) -> When | None:
    try:
        day = parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when(day, day, rule, certainty) if plausible(day) else None


def _month(year: int, month: int, rule: str, certainty: float) -> When | None:
    if not (1 <= month <= 12 and EARLIEST.year <= year <= 2999):
        return None
    return when(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), rule, certainty)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def plausible(day: date, earliest: date = EARLIEST) -> bool:
    """True for a day that a document can have been published on: not in the future (a day of grace for time zones)."""
    return earliest <= day <= date.today() + timedelta(days=1)


def full_dates(text: str) -> Iterator[tuple[int, int, date, date]]:
    """Dates with a year and a day in `text`: (start, end, earliest, latest), in reading order; only valid days.

    02/03/2024 may be two days: when both readings are valid the pair (earliest, latest) says so.
    """
    found: list[tuple[int, int, date, date]] = []
    for match in _ISO.finditer(text):
        _add(found, match, _day(int(match[1]), int(match[3]), int(match[4])))
    for match in _EAST.finditer(text):
        _add(found, match, _day(int(match[1]), int(match[2]), int(match[3])))
    for match in _DAY_MONTH.finditer(text):
        month = MONTHS.get(match[2].lower())
        _add(found, match, _day(int(match[3]), month, int(match[1])) if month else None)
    for match in _MONTH_DAY.finditer(text):
        month = MONTHS.get(match[1].lower())
        _add(found, match, _day(int(match[3]), month, int(match[2])) if month else None)
    for match in _NUMBERS.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        european, american = _day(year, second, first), _day(year, first, second)
        if match[2] == "." or not american or european == american:
            _add(found, match, european)
        elif not european:
            _add(found, match, american)
        else:
            found.append((match.start(), match.end(), min(european, american), max(european, american)))
    yield from sorted(found)


def _add(found: list[tuple[int, int, date, date]], match: re.Match[str], day: date | None) -> None:
    if day:
        found.append((match.start(), match.end(), day, day))


def prints_day(text: str, day: date) -> bool:
    """Whether a page or its source prints this day in any common form."""
    names = "|".join(word for word, number in MONTHS.items() if number == day.month)
    number, month, year = (
        f"0?{day.day}(?!\\d)",
        f"0?{day.month}(?!\\d)",
        rf"(?:{day.year}|['’]?{day.year % 100:02d}(?!\d))",
    )
    gap = r"[\s./,\-]{1,3}"
    forms = (
        rf"(?<!\d){day.year}[-/.\s]{{1,2}}{month}[-/.\s]{{1,2}}{number}",
        rf"(?<!\d){day.year}{day.month:02d}{day.day:02d}(?!\d{{1,2}}(?!\d))",
        rf"(?<!\d){number}{gap}{month}{gap}{year}",
        rf"(?<!\d){month}{gap}{number}{gap}{year}",
        rf"(?<!\d)0?{day.day}(?:st|nd|rd|th|er|º|\.)?{gap}(?:de |of )?(?:{names})\.?{gap}(?:de |del )?{year}",
        rf"(?<!\w)(?:{names})\.?{gap}0?{day.day}(?:st|nd|rd|th)?{gap}{year}",
        rf"{day.year}\s?[年년]\s?{month}\s?[月월]\s?{number}",
    )
    return any(re.search(form, text, re.I) for form in forms)


def prints_month(text: str, day: date) -> bool:
    """Whether a page prints the month and year of this day."""
    names = "|".join(word for word, number in MONTHS.items() if number == day.month)
    return (
        re.search(
            rf"(?<!\w)(?:{names})\.?,?\s(?:de )?{day.year}(?!\d)|(?<!\d){day.year}-{day.month:02d}(?![\d-])", text, re.I
        )
        is not None
    )


def month_of(day: date, rule: str, certainty: float) -> When:
    """The month of a day, as a date of that precision."""
    last = calendar.monthrange(day.year, day.month)[1]
    return when(day.replace(day=1), day.replace(day=last), rule, certainty)


# --- hints in names and texts --------------------------------------------------------------------------------

_LABEL = re.compile(
    r"(?:first\s)?(?:published|publication date|pubdate|posted|date|dated|issued|released|release date|load-date"
    r"|created|veröffentlicht"
    r"|publié(?:e)?|publicado|publicada|pubblicato|erschienen|datum|fecha|data|опубликовано|дата)"
    r"(?:\s(?:on|at|le|el|am|il|em))?\s?[:\-–]?\s",
    re.I,
)
_UPDATED = re.compile(
    r"updated|modified|accessed|retrieved|downloaded|printed|saved|actualiz|aktualisiert|mis à jour|обновлено", re.I
)
_EXTRA = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"|\b[ap]\.?m\.?(?=\W|$)"
    r"|\b(?:gmt|utc|bst|est|edt|cet|cest|msk|z)\b|[+-]\d{2}:?\d{2}",
    re.I,
)
_PLACE = r"[A-ZÀ-ÖØ-ÞА-ЯЁԱ-Ֆ][\w.'’\-]{1,30}"
_DATELINE = re.compile(
    rf"\A\W{{0,3}}{_PLACE}(?:[ ,/-]{{1,3}}(?:{_PLACE}|de|do|di|la|of|am|and|и|upon)){{0,5}}[,.]?\s\(?\Z"
)
_AFTER_DATELINE = re.compile(r"\A\)?[.,]?\s{0,2}(?:[-–—:]|/[A-Z]|\([A-Z]|\.)|\A\)")


def in_name(name: str) -> Iterator[When]:
    """Candidates that a file name gives: "2024-11-27_talks.txt", "20241127.pdf", "minutes 2024-11.docx"."""
    stem = name.rpartition(".")[0] or name
    for match in (*_UNDERSCORED.finditer(stem), *_COMPACT.finditer(stem)):
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        if day and plausible(day):
            yield when(day, day, "guessed from the file name", 0.8)
            return
    for start, end, first, last in full_dates(stem.replace("_", " ")):
        del start, end
        if first == last and plausible(first):
            yield when(first, last, "guessed from the file name", 0.75)
            return
    months = re.search(r"(?<!\d)((?:19|20)\d{2})[-_](0[1-9]|1[0-2])(?![\d])", stem)
    if months:
        found = _month(int(months[1]), int(months[2]), "guessed from the file name", 0.6)
        if found and found.earliest and plausible(found.earliest):
            yield found


def in_text(text: str, title: str | None = None) -> Iterator[When]:
    """Candidates printed in the text itself: a date line near the title, a dateline, a labelled date at the top or
    the end."""
    seen = 0
    for start, line in _first_lines(text):
        if title and line.strip() == title.strip():
            continue
        seen += 1
        candidate = _of_line(line, start, seen)
        if candidate:
            yield candidate
        if len(line) > 400 and seen > 2:
            break
    yield from _labelled_at_the_end(text)


def _first_lines(text: str) -> Iterator[tuple[int, str]]:
    start, count = 0, 0
    head = text[:6000]
    for line in head.split("\n"):
        if line.strip():
            count += 1
            yield start, line
        if count == 12:
            return
        start += len(line) + 1


def _of_line(line: str, start: int, number: int) -> When | None:
    for at, end, first, last in full_dates(line[:300]):
        if not plausible(first):
            continue
        sure = 1.0 if first == last else 0.55
        before, after = line[:at], line[end : end + 60]
        expression = Span(start + at, start + end)
        if _UPDATED.search(before):
            continue
        if len(line) <= 120 and _LABEL.search(before[-40:]):
            return when(first, last, "guessed from a labelled date at the top of the text", 0.9 * sure, expression)
        rest = _EXTRA.sub("", _LABEL.sub("", before) + line[end:])
        if number <= 8 and len(line) <= 100 and len(re.sub(r"\W+", "", rest)) <= 12:
            return when(first, last, "guessed from the date line at the top of the text", 0.9 * sure, expression)
        if number <= 6 and at <= 80 and _DATELINE.match(before) and _AFTER_DATELINE.match(after):
            return when(first, last, "guessed from the dateline", 0.9 * sure, expression)
        if number <= 5 and len(line) <= 110 and re.match(r"\W{0,3}(?:by|par|von|por|di)\s", line, re.I):
            return when(first, last, "guessed from the byline", 0.85 * sure, expression)
        if number <= 4 and len(line) <= 90 and not re.search(r"[.!?]\s{0,3}\Z", line) and len(rest.split()) <= 6:
            return when(first, last, "guessed from a short line at the top of the text", 0.7 * sure, expression)
        return None
    return None


def _labelled_at_the_end(text: str) -> Iterator[When]:
    tail_start = max(0, len(text) - 600)
    if tail_start < 400:
        return
    start = tail_start
    for line in text[tail_start:].split("\n"):
        if len(line) <= 120:
            for at, end, first, last in full_dates(line):
                before = line[:at]
                if first == last and plausible(first) and _LABEL.search(before[-40:]) and not _UPDATED.search(before):
                    yield when(
                        first,
                        last,
                        "guessed from a labelled date at the end of the text",
                        0.75,
                        Span(start + at, start + end),
                    )
        start += len(line) + 1


_NO_YEAR = re.compile(
    rf"\A\W{{0,3}}[A-ZА-ЯЁ][\w.'’\-]{{1,30}}(?:[ "
    rf",/-]{{1,3}}[\w.'’\-]{{1,30}}){{0,4}}?,?\s(?:({_WORD})\.?\s(\d{{1,2}})|(\d{{1,2}})\s({_WORD})\.?)"
    r"\s{0,2}(?:\([^)]{1,30}\)\s{0,2})?(?:[.,]?\s{0,2}[-–—/(:]|\.\s)"
)


def dateline_day(text: str) -> tuple[int, int, Span] | None:
    """(month, day, place) of a dateline without a year ("YEREVAN, Nov. 27 (Agency) —"), or None."""
    for start, line in _first_lines(text):
        match = _NO_YEAR.match(line[:160])
        if match and line[:3].strip()[:1].isupper():
            month = MONTHS.get((match[1] or match[4]).lower())
            day = int(match[2] or match[3])
            if month and 1 <= day <= calendar.monthrange(2000, month)[1]:
                return (
                    month,
                    day,
                    Span(start + match.start(1 if match[1] else 3), start + match.end(2 if match[1] else 4)),
                )
    return None


_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday montag lundi lunes понедельник",
            "tuesday dienstag mardi martes вторник",
            "wednesday mittwoch mercredi miércoles среду среда",
            "thursday donnerstag jeudi jueves четверг",
            "friday freitag vendredi viernes пятницу пятница",
            "saturday samstag samedi sábado субботу суббота",
            "sunday sonntag dimanche domingo воскресенье",
        )
    )
    for word in words.split()
}
_DAY_WORD = re.compile(r"(?<!\w)(" + "|".join(_WEEKDAYS) + r")(?!\w)", re.I)


def weekday_hint(text: str) -> tuple[int, Span] | None:
    """The weekday that the first paragraphs name (0 Monday ... 6 Sunday) and its place, where they name only one.

    A text that says "on Tuesday" of its news came out on that day or within the week: a hint for setting its date.
    """
    found = [(_WEEKDAYS[match[1].lower()], Span(*match.span(1))) for match in _DAY_WORD.finditer(text[:2500])]
    return found[0] if found and len({day for day, _ in found}) == 1 else None


# --- choosing ------------------------------------------------------------------------------------------------


def chosen(candidates: Iterable[When], text: str = "") -> tuple[When | None, tuple[When, ...]]:
    """The best candidate and all that differ in day or rule, best first. Days in the future are left out.

    The best is the most certain; among equals the more precise, then the one named first. A dateline without a year
    sharpens a candidate of its month or year, and makes one surer that says the same day.
    """
    kept: list[When] = []
    for candidate in candidates:
        if candidate.earliest and not plausible(candidate.earliest):
            continue
        if not any(
            (one.earliest, one.latest, one.rule) == (candidate.earliest, candidate.latest, candidate.rule)
            for one in kept
        ):
            kept.append(candidate)
    kept.sort(key=lambda one: (-one.certainty, _width(one)))
    sharper = _sharpened(kept[0], text) if kept and not kept[0].is_day else None
    if sharper:
        kept.insert(0, sharper)
    return (kept[0] if kept else None), tuple(kept)


def _width(one: When) -> int:
    return (one.latest - one.earliest).days if one.latest and one.earliest else 99999


def _sharpened(best: When, text: str) -> When | None:
    """A candidate that only knows the month or the year, together with a dateline that gives month and day, or a
    surer full date."""
    stated_day = dateline_day(text)
    if stated_day is None or best.earliest is None or best.latest is None or best.precision not in ("month", "year"):
        return None
    month, number, place = stated_day
    day = _day(best.earliest.year, month, number)
    if day is None or not best.earliest <= day <= best.latest:
        return None
    return when(day, day, f"guessed from the dateline; year: {best.rule}", min(best.certainty, 0.85), place)
