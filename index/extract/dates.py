"""Finds every date and time expression of a text and says which days it means, by which rule, and how surely.

One finder serves documents, statements and the `dates` command. A weekday is the nearest one that is past (the same
day included) unless the words beside it speak of the future; a day and month without a year lie in the nearest year;
"last week", "earlier this year" become intervals; a time keeps its day. Without a publication date, and without a
dateline in the text, whatever depends on one stays unknown (both ends None, certainty 0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.extract.date_grammar import Reading, readings_of
from index.extract.date_meanings import Days, Fixed
from index.extract.date_resolution import Resolution
from index.extract.date_tokens import Tokens
from index.extract.date_words import date_words, language_of
from index.model import Span, When

BLOCK = 100_000  # characters read at once: bounds the memory that a long text needs
_BREAK = re.compile(r"\n")
_HEAD = 400  # a dateline stands within the first characters
_PLACE = re.compile(r"[^\W\d_a-zа-я][^\n\d]{0,60}[,(\s]{1,3}$")


def date_expressions(text: str, published: When | None = None, language: str | None = None) -> list[When]:
    """All date and time expressions of `text` in order, each with its place, its days, its rule and its certainty.

    `published` is when the text was published (an interval is allowed: what depends on it becomes as wide).
    `language` is a code such as "en"; None lets the frequent words of the text decide.
    """
    language = language or _language(text)
    found = list(readings(text, language))
    anchor, name = _anchor(published, text, found)
    return list(Resolution(text, anchor, name, found, named_days=date_words(language).named_days).dates())


def dateline(text: str, language: str | None = None) -> When | None:
    """The full date that stands alone or after a place name at the head of a text ("YEREVAN, Nov. 27, 2024 —")."""
    head = text[:_HEAD]
    for reading in readings(head, language):
        if isinstance(reading.meaning, Fixed) and reading.meaning.precision == "day" and _is_dateline(head, reading):
            days = reading.meaning.earliest
            return When(days, days, "day", "dateline of the text", 0.9, Span(reading.start, reading.end))
    return None


def readings(text: str, language: str | None = None) -> Iterator[Reading]:
    """Every date expression of `text` before the publication date is known."""
    words = date_words(language or _language(text))
    sentence = paragraph = 0
    start = 0
    while start < len(text):
        end = _block_end(text, start)
        tokens = Tokens(text, start, end, words, sentence, paragraph)
        yield from readings_of(tokens, words)
        if len(tokens):
            sentence, paragraph = tokens.sentences[-1], tokens.paragraphs[-1]
        start = end


def _language(text: str) -> str:
    """The language of a text, by the frequent words of its head."""
    return language_of(re.findall(r"[^\W\d_]+", text[:20_000].lower()))


def _block_end(text: str, start: int) -> int:
    """Where to cut the text after `start`: behind a line break, else a blank, else anywhere."""
    if len(text) - start <= BLOCK:
        return len(text)
    for mark in ("\n", " "):
        at = text.rfind(mark, start + BLOCK // 2, start + BLOCK)
        if at > 0:
            return at + 1
    return start + BLOCK


def _anchor(published: When | None, text: str, found: list[Reading]) -> tuple[Days | None, str]:
    """The day (or interval) from which relative expressions are counted, and what to call it in a rule."""
    if published and published.earliest and published.latest:
        return (published.earliest, published.latest), "publication"
    head = text[:_HEAD]
    for reading in found:
        if reading.start >= _HEAD:
            break
        if isinstance(reading.meaning, Fixed) and reading.meaning.precision == "day" and _is_dateline(head, reading):
            return (reading.meaning.earliest, reading.meaning.latest), "the dateline"
    return None, ""


def _is_dateline(head: str, reading: Reading) -> bool:
    """True when the date fills its line, or follows a place at the start of a line and is followed by a dash or mark."""
    start = head.rfind("\n", 0, reading.start) + 1
    stop = head.find("\n", reading.end)
    before, after = head[start : reading.start], head[reading.end : stop if stop >= 0 else len(head)]
    if not before.strip(" \t(,") and not after.strip(" \t).,") and len(after) < _HEAD - reading.end:
        return True
    placed = not before.strip(" \t(") or bool(_PLACE.fullmatch(before.strip(" \t(") + " "))
    return placed and bool(re.match(r"\s{0,2}(?:\([^)\n]{1,30}\)\s{0,2})?(?:--|[–—:]|-\s|\)\s{0,2}[–—:-])", after))
