"""Words and phrases of a query as leaves of its tree: wildcards, exact words, any word."""

from __future__ import annotations

import re

from index.model import Span
from index.search.lexemes import Lexeme
from index.search.tree import Everything, Node, Phrase, Word
from index.search.words import WORD, fold

_WILD = re.compile(r"[*?]")


def is_pattern(text: str) -> bool:
    """True for a text with wildcards."""
    return _WILD.search(text) is not None


def pattern(text: str, start: int) -> Node | None:
    """A word with * or ?; marks at its ends that are no part of a word are left out."""
    span = Span(start, start + len(text))
    parts = tuple(_pattern_word(piece, span) for piece in re.findall(r"[\w*?\u0300-\u036f]+", text))
    kept = tuple(p for p in parts if p.text.strip("*?") or len(parts) == 1)
    if len(kept) > 1:
        return Phrase(kept, None, span)
    if kept and kept[0].text.strip("*?"):
        return kept[0]
    return Everything() if kept and "*" in kept[0].text else kept[0] if kept and kept[0].text else None


def words_in(text: str, start: int, exact: bool) -> tuple[Word, ...]:
    """The words of a run without blanks that stands at `start`; "president's" is president."""
    mode = "exact" if exact else "stem"
    found = [
        Word(fold(m.group()), mode, 0, Span(start + m.start(), start + m.end()), m.group())  # type: ignore[arg-type]
        for m in WORD.finditer(text)
    ]
    if len(found) > 1 and found[-1].text == "s" and re.search(r"['’ʼ][sS]\W*$", text):
        found = found[:-1]  # president's finds president
    return tuple(w for w in found if w.text)


def in_phrase(here: Lexeme) -> list[Word]:
    """The words between quotation marks; a star alone stands for any word, a question mark at the end for nothing."""
    start = here.start + 1 + here.exact
    found: list[Word] = []
    pieces = list(re.finditer(r"\S++", here.text))
    for m in pieces:
        question = m is pieces[-1] and len(pieces) > 1 and m.group().endswith("?")
        if m.group() == "*":
            found += [Word("*", "any", 0, Span(start + m.start(), start + m.end()), "*")] if found else []
        elif question and not is_pattern(m.group()[:-1]):
            found += _every_word(m, start, here.exact)
        elif is_pattern(m.group()) and not here.exact:
            part = pattern(m.group(), start + m.start())
            words = part.words if isinstance(part, Phrase) else (part,) if isinstance(part, Word) else ()
            found += (w for w in words if w.text.strip("*?"))
        else:
            found += _every_word(m, start, here.exact)
    while found and found[-1].mode == "any":
        found.pop()
    return found


def _every_word(m: re.Match[str], start: int, exact: bool) -> list[Word]:
    mode = "exact" if exact else "stem"
    at = start + m.start()
    return [
        Word(fold(w.group()), mode, 0, Span(at + w.start(), at + w.end()), w.group())  # type: ignore[arg-type]
        for w in WORD.finditer(m.group())
        if fold(w.group())
    ]


def _pattern_word(piece: str, span: Span) -> Word:
    if not is_pattern(piece):
        return Word(fold(piece), "stem", 0, span, piece)
    text = "".join(p if p in "*?" else fold(p) for p in re.findall(r"[*?]|[^*?]+", piece))
    return Word(re.sub(r"\*{2,}", "*", text), "pattern", 0, span, piece)
