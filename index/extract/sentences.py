"""Where paragraphs and sentences begin and end, because every rule about who said what stops at one of them.

Offsets are exact by construction: spans are cut from the text, never searched for again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.extract.lexicon import Lexicon
from index.model import Span

_PARAGRAPH = re.compile(r"[^\n\u2028\u2029\x0b\x0c]+")
# A full stop, closing marks, and the numbers of notes behind them ("in 1805. [19]").
_END = re.compile(r"[.!?…。！？]{1,4}[\"'”’»›)\]」』“]{0,4}(?: ?\[\d{1,3}\]){0,4}")
_LAST_WORD = re.compile(r"[^\s(\[“\"'‘«„]{1,24}\Z")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_OPENING = "\"'“‘„«‹(["


def paragraphs(text: str) -> list[Span]:
    """Every line that holds something, without the white space at its ends."""
    found = []
    for line in _PARAGRAPH.finditer(text):
        words = line.group()
        start = line.start() + len(words) - len(words.lstrip())
        end = line.start() + len(words.rstrip())
        if start < end:
            found.append(Span(start, end))
    return found


def sentences(text: str, within: Sequence[Span], words: Lexicon) -> list[Span]:
    """The sentences of the paragraphs `within`; together they cover all but the white space between them."""
    found: list[Span] = []
    for paragraph in within:
        cuts = [paragraph.start]
        for mark in _END.finditer(text, paragraph.start, paragraph.end):
            after = _after_space(text, mark.end(), paragraph.end)
            if after is not None and _ends(text, mark, after, cuts[-1], paragraph.end, words):
                cuts.append(after)
        cuts.append(paragraph.end)
        found += [Span(a, a + len(text[a:b].rstrip())) for a, b in pairwise(cuts) if a < b]
    return found


def _after_space(text: str, end: int, limit: int) -> int | None:
    """Where the next word starts after white space, or None when nothing or no space follows."""
    at = end
    while at < limit and text[at].isspace():
        at += 1
    wide = end > 0 and text[end - 1] in "。！？」』"
    return at if at < limit and (at > end or wide) else None


def _ends(text: str, mark: re.Match[str], after: int, start: int, limit: int, words: Lexicon) -> bool:
    """True when the full stop, question mark ... at `mark` closes a sentence that began at `start`."""
    first = text[after]
    at = after
    while at < limit and text[at] in _OPENING:
        at += 1
    opened = at > after
    head = text[at : at + 1]
    if head.islower() and not (opened and mark.group()[0] != "."):
        return False
    if not (head.isalnum() or opened or first in "-—–•*"):
        return False
    closed = mark.group().rstrip(".!?…。！？") != "" or mark.group()[-1] not in ".!?…。！？"
    if mark.group() == ".":
        before = _LAST_WORD.search(text, max(start, mark.start() - 24), mark.start())
        word = before.group() if before else ""
        if _is_abbreviation(word, text, at, limit, words):
            return False
    return not (closed and mark.group()[0] in "!?…" and _is_reporting(text, at, limit, words))


def _is_abbreviation(word: str, text: str, at: int, limit: int, words: Lexicon) -> bool:
    plain = word.casefold()
    if not plain:
        return False
    if plain in words.abbreviations:
        nxt = _word(text, at, limit)
        dotted_or_month = "." in plain or plain in words.closing_abbreviations
        return not (dotted_or_month and nxt.casefold() in words.sentence_openers)
    return bool(_INITIAL.match(word)) and word[:1].isupper() and not (word == "I" and not text[at : at + 1].isupper())


def _word(text: str, at: int, limit: int) -> str:
    end = at
    while end < limit and end < at + 24 and (text[end].isalnum() or text[end] in "’'"):
        end += 1
    return text[at:end]


def _is_reporting(text: str, at: int, limit: int, words: Lexicon) -> bool:
    """True when a reporting clause follows a closed quotation: “Never!” Smith said."""
    tail = text[at : min(limit, at + 48)].split()[:4]
    for n, word in enumerate(tail):
        if word.strip(",.").casefold() in words.say:
            return True
        if n and not word[:1].isupper():
            return False
    return False
