"""Places in a text, from the engine's code points to Qt's UTF-16 units and back: the one converter there is."""

from __future__ import annotations

import re
from bisect import bisect_left

from index.model import Span

_BEYOND = re.compile("[\U00010000-\U0010ffff]")
# One character for one, so that every place stays where it is: what Qt would take for the end of a paragraph, what a
# screen cannot show, and the controls of writing direction, which could show words in another order than they stand in.
_SHOWN = {
    0x00: "\N{SYMBOL FOR NULL}",
    0x0D: " ",
    0x0C: " ",
    0x0B: " ",
    0xFDD0: "\ufffd",
    0xFDD1: "\ufffd",
    0x2028: " ",
    0x2029: " ",
    **dict.fromkeys(
        [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069], "\N{WHITE VERTICAL RECTANGLE}"
    ),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def shown(text: str) -> str:
    """The text as the screen may show it: as long as before, in code points and in UTF-16 units."""
    return text.translate(_SHOWN)


class Places:
    """Converts places of one text. Characters beyond the basic plane are one code point, but two units of Qt."""

    def __init__(self, text: str) -> None:
        self._beyond = [found.start() for found in _BEYOND.finditer(text)]
        self._beyond_units = [place + n for n, place in enumerate(self._beyond)]
        self.length = len(text)

    def units(self, point: int) -> int:
        """UTF-16 units before this code point; places outside the text are moved to its ends."""
        point = max(0, min(point, self.length))
        return point + bisect_left(self._beyond, point)

    def point(self, unit: int) -> int:
        """Code points before this unit; in the middle of a character: before it."""
        before = bisect_left(self._beyond_units, unit)
        if before and self._beyond_units[before - 1] == unit - 1:
            return self._beyond[before - 1]
        return unit - before

    def range(self, span: Span) -> tuple[int, int]:
        """(start, end) of a span in units."""
        return self.units(span.start), self.units(span.end)


_ALIKE = {
    "'": "['’‘ʼ′]",
    "’": "['’‘ʼ′]",
    "‘": "['’‘ʼ′]",
    '"': '["“”„«»]',
    "“": '["“”„«»]',
    "”": '["“”„«»]',
    "«": '["“”„«»]',
    "»": '["“”„«»]',
    "-": "[-‐‑–—]",
    "–": "[-‐‑–—]",
    "—": "[-‐‑–—]",
}


def find(text: str, words: str) -> list[Span]:
    """Where words stand in a text: upper and lower case, curly and straight marks, and all white space are alike."""
    pieces = words.split()
    if not pieces:
        return []
    pattern = r"\s{1,40}".join("".join(_ALIKE.get(c, re.escape(c)) for c in piece) for piece in pieces)
    return [Span(found.start(), found.end()) for found in re.finditer(pattern, text, re.IGNORECASE)]
