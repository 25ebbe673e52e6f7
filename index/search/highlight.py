"""Where the words that matched stand in a text, and the piece of the text that shows them best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Span
from index.search.words import WORD, fold

WIDTH = 260  # characters of a snippet
FEW = 40  # words that are looked for one by one
FAR = 2000  # characters between two words after which their distance in words is of no interest
_ACCENTED = re.compile("[^\\W\\x00-\\x7f]|[\u0300-\u036f\u00ad\u200c\u200d]")
_LONGEST_TEXT = 400_000  # characters of a text that are looked at for a snippet


class _Folded(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if len(self) > 200_000:
            self.clear()
        self[word] = folded = fold(word)
        return folded


_FOLDED = _Folded()


@dataclass(frozen=True, slots=True)
class Sought:
    """One word (`slots` of length 1) or phrase: for every place, the folded words that may stand there (None: any word).

    `within`: the words may stand in any order with at most so many others among them, `runs` of them side by side.
    """

    slots: tuple[frozenset[str] | None, ...]
    within: int | None = None
    runs: tuple[int, ...] = ()


def marks(text: str, sought: Sequence[Sought]) -> list[Span]:
    """The places in `text` of what was sought, in order, without overlap; of a phrase only where it stands whole."""
    return [span for span, _ in _found(text, sought)]


def _found(text: str, sought: Sequence[Sought]) -> list[tuple[Span, int]]:
    """(place, number of what was sought there)."""
    every = frozenset().union(*(slot for s in sought for slot in s.slots if slot)) if sought else frozenset()
    if not every:
        return []
    placed = _placed(text, every)
    found: list[tuple[Span, int]] = []
    for number, what in enumerate(sought):
        first = what.slots[0]
        if first is None:
            continue
        if len(what.slots) == 1:
            found += [(span, number) for _, span, w in placed if w in first]
        elif what.within is None:
            at = {i: (span, w) for i, span, w in placed}
            n = len(what.slots)
            for i, span, w in placed:
                if w not in first:
                    continue
                rest = ((at.get(i + k), slot) for k, slot in enumerate(what.slots) if slot is not None)
                if all(r is not None and r[1] in slot for r, slot in rest):
                    found.append((Span(span.start, at[i + n - 1][0].end), number))
        else:
            slots = [slot for slot in what.slots if slot is not None]
            found += [(span, number) for span in _near(placed, slots, what.within, what.runs or (1,) * len(slots))]
    found.sort(key=lambda f: (f[0].start, -f[0].end))
    kept: list[tuple[Span, int]] = []
    for span, number in found:
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, number))
    return kept


def _placed(text: str, every: frozenset[str]) -> list[tuple[int, Span, str]]:
    """(number of the word in the text, place, folded word) of the words in `every`, in order.

    In a text without accented letters the words are looked for as they are, which is several times faster than
    cutting the whole text into words; words that stand far apart then get numbers that are merely far apart.
    """
    low = text.lower()
    if len(every) > FEW or len(low) != len(text) or _ACCENTED.search(text) or not all(map(str.isascii, every)):
        folded = _FOLDED
        return [
            (i, Span(m.start(), m.end()), w)
            for i, m in enumerate(WORD.finditer(text))
            if (w := folded[m.group()]) in every
        ]
    places = []
    for word in every:
        at = low.find(word) if word else -1
        while at >= 0:
            end = at + len(word)
            if not (at and _inside(low[at - 1])) and not (end < len(low) and _inside(low[end])):
                places.append((at, end, word))
            at = low.find(word, end)
    places.sort()
    found, number, before = [], 0, 0
    for start, end, word in places:
        gap = start - before
        number += FAR if gap > FAR else len(WORD.findall(low, before, start)) if gap > 1 else 0
        found.append((number, Span(start, end), word))
        number, before = number + 1, end
    return found


def _inside(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _near(
    placed: Sequence[tuple[int, Span, str]], slots: Sequence[frozenset[str]], within: int, runs: Sequence[int]
) -> list[Span]:
    """The words that stand near enough to each other, each of them a place; `runs` of them side by side."""
    numbered = {i: at for at, (i, _, _) in enumerate(placed)}
    last: dict[int, int] = {}  # run -> the number of its first word in the text
    good: set[int] = set()
    for i, _, _ in placed:
        first = 0
        for run, n in enumerate(runs):
            here = [numbered.get(i + k) for k in range(n)]
            if all(at is not None and placed[at][2] in slots[first + k] for k, at in enumerate(here)):
                last[run] = i
            first += n
        if len(last) == len(runs):
            end = max(start + runs[run] for run, start in last.items())
            if end - min(last.values()) <= len(slots) + within:
                good.update(numbered[start + k] for run, start in last.items() for k in range(runs[run]))
    return [span for at, (_, span, _) in enumerate(placed) if at in good]


def snippet(text: str, sought: Sequence[Sought], width: int = WIDTH) -> tuple[str, tuple[Span, ...]]:
    """The part of `text` (about `width` characters) with most of what was sought, and the marks in it.

    Left-out text is shown by "…"; line ends become blanks, so that offsets stay as they are.
    """
    text = text[:_LONGEST_TEXT]
    found = _found(text, sought)
    start, end = _window(text, found, width)
    piece = text[start:end].replace("\n", " ").replace("\r", " ").replace("\t", " ")
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple(Span(s.start + shift, s.end + shift) for s, _ in found if start <= s.start and s.end <= end)
    return before + piece + after, inside


def _window(text: str, found: Sequence[tuple[Span, int]], width: int) -> tuple[int, int]:
    """Start and end of the best part, cut between words."""
    if len(text) <= width + width // 4:
        return 0, len(text)
    best, at = (-1, 0), 0
    left = 0
    for right in range(len(found)):
        while found[right][0].end - found[left][0].start > width:
            left += 1
        if left > right:
            left = right
        score = (len({n for _, n in found[left : right + 1]}), right - left)
        if score > best:
            best, at = score, left
    start = max(found[at][0].start - width // 5, 0) if found else 0
    if start:
        blank = text.find(" ", start, found[at][0].start)
        start = blank + 1 if blank >= 0 else found[at][0].start
    end = min(start + width, len(text))
    if end < len(text):
        blank = text.rfind(" ", start + width // 2, end)
        end = blank if blank > 0 else end
    return start, end
