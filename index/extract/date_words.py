"""What the languages call days, months and spans of time: the tables that the date grammar reads.

One file per language, `words/dates_CODE.toml`; a new language is a new file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class DateWords:
    """The date words of one language, lower case. `kinds` says of each word by which rules it can begin a date."""

    code: str
    common: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekday_abbreviations: Mapping[str, int]
    days: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    modifiers: Mapping[str, int]
    seasons: Mapping[str, str]
    ambiguous: frozenset[str]
    ago: frozenset[str]
    ago_before: frozenset[str]
    within: frozenset[str]
    later: frozenset[str]
    before: frozenset[str]
    of: frozenset[str]
    between: frozenset[str]
    articles: frozenset[str]
    year_words: frozenset[str]
    century: frozenset[str]
    recently: frozenset[str]
    recent: frozenset[str]
    same: frozenset[str]
    following: frozenset[str]
    previous: frozenset[str]
    earlier: frozenset[str]
    early: frozenset[str]
    middle: frozenset[str]
    late: frozenset[str]
    day_part: frozenset[str]
    weekend: frozenset[str]
    half: frozenset[str]
    leads: frozenset[str]
    counted: frozenset[str]
    not_before: frozenset[str]
    weekday_names: frozenset[str]
    named_after: frozenset[str]
    closes: frozenset[str]
    zones: frozenset[str]
    hour_leads: frozenset[str]
    quarter_letter: frozenset[str]
    future: frozenset[str]
    future_before: frozenset[str]
    schedule: frozenset[str]
    lasting: frozenset[str]
    modals: frozenset[str]
    past_modals: frozenset[str]
    future_to: frozenset[str]
    aims: frozenset[str]
    agreements: frozenset[str]
    skipped: frozenset[str]
    past_nouns: frozenset[str]
    holidays: Mapping[str, Mapping[str, int]]
    named_days: tuple[tuple[int, int, int, frozenset[str]], ...]
    past: frozenset[str]
    past_endings: tuple[str, ...]
    not_past: frozenset[str]
    abbreviations: frozenset[str]
    postposed: bool


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages whose dates are read, English first."""
    names = (entry.name for entry in files("index.extract").joinpath("words").iterdir())
    codes = sorted(name[6:-5] for name in names if name.startswith("dates_") and name.endswith(".toml"))
    return tuple(sorted(codes, key=lambda code: (code != "en", code)))


@cache
def date_words(code: str) -> DateWords:
    """The date words of the language `code`; English for a language that has no table."""
    if code not in languages():
        return date_words("en")
    table = tomllib.loads(files("index.extract").joinpath("words", f"dates_{code}.toml").read_text("utf-8"))
    fields: dict[str, object] = {"named_days": (), "holidays": {}}
    for name, value in table.items():
        if name == "past_endings":
            fields[name] = tuple(value)
        elif name == "named_days":
            fields[name] = tuple((day["month"], day["day"], day["year"], frozenset(day["near"])) for day in value)
        else:
            fields[name] = frozenset(value) if isinstance(value, list) else value
    return DateWords(**fields)  # type: ignore[arg-type]


def language_of(words: Iterable[str]) -> str:
    """The language whose frequent words are most among `words` (lower case); English when none is."""
    seen = list(words)
    counts = {code: sum(map(date_words(code).common.__contains__, seen)) for code in languages()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] else "en"
