"""Quotations: which stretch of a text stands between which marks. Everything direct rests on this.

Marks of all kinds are read paragraph by paragraph with a stack, so that an inner pair never cuts the outer one, an
apostrophe never closes a quotation, and a mark that was forgotten costs one paragraph at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.extract.lexicon import Lexicon
from index.model import Span

_DOUBLE = '“”„‟"«»「」『』＂'
_SINGLE = "‘’'‹›‚"
_CLOSES = {
    "“": '”"“',
    "”": '”"',
    "„": '“”"',
    "‟": '”"',
    '"': '"”“',
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "＂": "＂",
    "‘": "’'",
    "'": "'’",
    "‹": "›",
    "›": "‹",
    "‚": "‘’'",
}
_OPENING_BEFORE = "([{—–-/“”„\"‘'«»‹›「『…:"
_ELIDED = "0123456789"
_INNER_REACH = 1500  # characters within which an inner pair must close


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks. `inner` leaves the marks out, `outer` has them; `level` 0 is not inside another.

    `closed`: its closing mark was found. `continued`: it goes on in the next paragraph, which opens with the mark again.
    """

    inner: Span
    outer: Span
    level: int = 0
    closed: bool = True
    continued: bool = False


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    width: int
    single: bool


def quotations(text: str, paragraphs: Sequence[Span], words: Lexicon) -> list[Quotation]:
    """All quotations of a text in the order in which they open."""
    found: list[Quotation] = []
    for n, paragraph in enumerate(paragraphs):
        following = paragraphs[n + 1] if n + 1 < len(paragraphs) else None
        found += _in_paragraph(text, paragraph, following, words)
    return found


def _in_paragraph(text: str, where: Span, following: Span | None, words: Lexicon) -> list[Quotation]:
    found: list[Quotation] = []
    stack: list[_Open] = []
    singles = _closing_singles(text, where)
    at = where.start
    while at < where.end:
        mark, width = text[at], 1
        if mark in "`'" and text[at : at + 2] in ("``", "''"):
            mark, width = ("“" if mark == "`" else "”"), 2
        elif mark == "`":
            mark = "‘"
        if mark in _DOUBLE or mark in _SINGLE:
            _step(text, where, at, mark, width, stack, found, singles, words)
        at += width
    _leave_open(text, where, following, stack, found)
    found.sort(key=lambda q: (q.outer.start, -q.outer.end))
    return _levelled(found)


def _step(
    text: str,
    where: Span,
    at: int,
    mark: str,
    width: int,
    stack: list[_Open],
    found: list[Quotation],
    singles: list[int],
    words: Lexicon,
) -> None:
    """One mark: it opens, closes, or is an apostrophe."""
    before = text[at - 1] if at > where.start else " "
    after = text[at + width] if at + width < where.end else " "
    opens = (before.isspace() or before in _OPENING_BEFORE) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or not after.isalnum() or (mark in "”»" and before in ".,?!…"))
    single = mark in "‘’'‚"
    if single and before.isalnum() and after.isalnum():
        return
    top = _matching(stack, mark)
    spaced = mark == "»" and top is not None and text[stack[top].at] == "«" and text[stack[top].at + 1].isspace()
    closes = closes or (spaced and before.isspace())  # « French »
    if top is not None and (closes or mark in "」』") and not (opens and mark in "“\"'»«" and not closes):
        if mark == "“" and stack[top].mark == "“" and opens:
            pass
        elif single and _is_possessive(text, at, where, before, after, singles):
            return
        else:
            entry = stack[top]
            del stack[top:]
            inner = Span(entry.at + entry.width, at)
            if spaced and not inner.of(text).isspace():
                blank = len(inner.of(text)) - len(inner.of(text).lstrip())
                inner = Span(inner.start + blank, inner.start + len(inner.of(text).rstrip()))
            if inner.end > inner.start:
                found.append(Quotation(inner, Span(entry.at, at + width)))
            return
    if single:
        if opens and not before.isalnum() and mark in "‘'‚" and _opens_single(text, at, where, after, singles, words):
            stack.append(_Open(mark, at, width, True))
        return
    if opens or mark in "„「『" or (mark in "“«" and not closes):
        if (
            mark in "“„«"
            and stack
            and not stack[-1].single
            and stack[-1].mark == mark
            and not _closed_twice(text, at, where)
        ):
            stack.pop()  # the earlier one was never closed
        stack.append(_Open(mark, at, width, False))
    elif mark in '”»"' and not stack and before in ".,?!…" and not found:
        found.append(Quotation(Span(where.start, at), Span(where.start, at + width), closed=False))


def _matching(stack: list[_Open], mark: str) -> int | None:
    """Place in the stack of what `mark` may close: the innermost of its kind; a double mark passes over open singles."""
    for place in range(len(stack) - 1, -1, -1):
        if mark in _CLOSES[stack[place].mark]:
            return place
        if not stack[place].single:
            if mark in '”"' and stack[place].mark in '“„”"':
                return place
            return None
    return None


def _closing_singles(text: str, where: Span) -> list[int]:
    """Places of marks that can close a single quotation: ’ or ' after a letter or stop, before a space or stop."""
    places = []
    for at in range(where.start + 1, where.end):
        if text[at] in "’'‘" and not text[at - 1].isspace() and not (at + 1 < where.end and text[at + 1].isalnum()):
            places.append(at)
    return places


def _next_single(singles: list[int], at: int) -> int | None:
    from bisect import bisect_right

    place = bisect_right(singles, at)
    return singles[place] if place < len(singles) else None


def _opens_single(text: str, at: int, where: Span, after: str, singles: list[int], words: Lexicon) -> bool:
    """‘ or ' opens a quotation when it is no elision (’90s, ’em) and something closes it further on."""
    if _next_single(singles, at) is None:
        return False
    word_end = at + 1
    while word_end < where.end and text[word_end].isalpha():
        word_end += 1
    return not (after in _ELIDED or text[at + 1 : word_end].casefold() in words.elisions)


def _is_possessive(text: str, at: int, where: Span, before: str, after: str, singles: list[int]) -> bool:
    """The ’ of “the leaders’ meetings” inside single marks: an s before, a small letter after, another ’ to come."""
    if before not in "sS" or not after.isspace():
        return False
    following = text[at + 1 : min(where.end, at + 3)].strip()
    later = _next_single(singles, at)
    return bool(following) and following[0].islower() and later is not None and "‘" not in text[at + 1 : later]


def _closed_twice(text: str, at: int, where: Span) -> bool:
    """True when two closing marks follow, so that an inner pair of the same kind is meant."""
    rest = text[at + 1 : min(where.end, at + _INNER_REACH)]
    closing = "»" if text[at] == "«" else "”" if text[at] == "“" else "“"
    first = rest.find(closing)
    opening = rest.find(text[at])
    return (
        first >= 0 and rest.find(closing, first + 1) >= 0 and (opening < 0 or opening > rest.find(closing, first + 1))
    )


def _leave_open(text: str, where: Span, following: Span | None, stack: list[_Open], found: list[Quotation]) -> None:
    """What was never closed: goes on in the next paragraph when that opens with a mark, else ends with this one."""
    doubles = [entry for entry in stack if not entry.single]
    if not doubles:
        return
    entry = doubles[0]
    goes_on = following is not None and text[following.start] in '“"„«”「‘'
    if any(q.outer.start > entry.at for q in found) and not goes_on:
        return
    inner = Span(entry.at + entry.width, where.end)
    if inner.end > inner.start:
        found.append(Quotation(inner, Span(entry.at, where.end), closed=False, continued=goes_on))


def _levelled(found: list[Quotation]) -> list[Quotation]:
    """The same with `level` counted: how many other quotations each lies in."""
    out: list[Quotation] = []
    ends: list[int] = []
    for q in found:
        while ends and ends[-1] <= q.outer.start:
            ends.pop()
        out.append(Quotation(q.inner, q.outer, len(ends), q.closed, q.continued))
        ends.append(q.outer.end)
    return out
