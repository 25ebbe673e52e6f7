"""How dates are written: tries the rules of a language at every token of a text and reads one expression after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from index.extract.date_meanings import Meaning
from index.extract.date_numbers import Found
from index.extract.date_periods import Periods
from index.extract.date_phrases import feasts
from index.extract.date_tokens import Tokens
from index.extract.date_words import DateWords, date_words


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


def readings_of(tokens: Tokens, words: DateWords) -> Iterator[Reading]:
    """Every date expression of a stretch of text, in order, none overlapping another."""
    rules_of, grammar, i = starting_rules(words), Periods(tokens, words), 0
    while i < len(tokens):
        word = tokens.words[i]
        rules = rules_of.get(word) or (_NUMBER_RULES if word[0].isdecimal() else ())
        found = next(filter(None, (rule(grammar, i) for rule in rules)), None) if rules else None
        if found is None:
            i += 1
            continue
        stop, meaning = found
        lean, strong = grammar.direction.lean(i, stop)
        place = tokens.starts[i], tokens.ends[stop - 1]
        yield Reading(*place, meaning, lean, strong, tokens.sentences[i], tokens.paragraphs[i])
        i = stop


Rule = Callable[[Periods, int], Found | None]
_NUMBER_RULES: tuple[Rule, ...] = (
    Periods.iso,
    Periods.dotted,
    Periods.day_month,
    Periods.clock,
    Periods.decade,
    Periods.counted,
    Periods.year,
    Periods.nth,
)


@cache
def _starters(code: str) -> dict[str, tuple[Rule, ...]]:
    w = date_words(code)
    by_rule: list[tuple[Rule, object]] = [
        (Periods.month_first, w.months),
        (Periods.weekday, [*w.weekdays, *w.weekday_abbreviations]),
        (Periods.day_word, w.days),
        (Periods.earlier, [*w.earlier, *({"later"} & w.later)]),
        (Periods.ordinal_part, w.ordinals),
        (Periods.spoken_of, [*w.same, *w.following, *w.previous]),
        (Periods.modified, w.modifiers),
        (Periods.part, [*w.early, *w.middle, *w.late]),
        (Periods.season_word, w.seasons),
        (Periods.counted, w.numbers),
        (Periods.ago_phrase, [phrase.split()[0] for phrase in w.ago_before]),
        (Periods.hence, w.within),
        (Periods.recently, [*w.recently, *w.recent]),
        (Periods.closing_day, w.articles),
        (Periods.around_yesterday, [word for word, unit in w.units.items() if unit == "day"]),
        (Periods.postposed, w.units if w.postposed else []),
        (Periods.the_weekend, w.weekend),
        (Periods.the_eve, ["on"]),
        (Periods.lettered_quarter, w.quarter_letter),
        (Periods.holiday, feasts(code)),
    ]
    rules: dict[str, tuple[Rule, ...]] = {}
    for rule, words in by_rule:
        for word in words:  # type: ignore[attr-defined]
            rules[word] = (*rules.get(word, ()), rule)
    return rules


def starting_rules(words: DateWords) -> dict[str, tuple[Rule, ...]]:
    """The rules that can begin at each word of a language, in the order in which they are tried."""
    return _starters(words.code)
