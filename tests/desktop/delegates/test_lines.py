"""Words in a row: cut after a whole word, and at the right character whatever is written before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from desktop.delegates.lines import draw_lines, laid_out, shortened
from desktop.theme import Theme

DOORS = "The doors of the harbour stay open to the boats of both shores until spring comes back"


def test_a_line_ends_after_a_whole_word(theme: Theme) -> None:
    font = theme.reading_font()
    short = shortened(DOORS, 4, font, QFontMetrics(font).horizontalAdvance("doors of the harbour stay op"))
    assert short.startswith("The doors of the") and short.endswith(" …")
    assert set(short.removesuffix(" …").split()) <= set(DOORS.split())


def test_characters_of_two_units_shift_nothing(theme: Theme) -> None:
    font = theme.reading_font()
    text = "\U0001f6a2\U0001f6a2\U0001f6a2 " + DOORS
    layout = laid_out(text, font, (), QFontMetrics(font).horizontalAdvance("doors of the harbour stay"), 2)
    start = layout.lineAt(1).textStart()  # in units: three more than characters
    assert shortened(text, start, font, 10_000) == text.removesuffix(" back") + " …"


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_no_more_lines_are_drawn_than_asked_for(theme: Theme, lines: int) -> None:
    font = theme.reading_font()
    height = QFontMetrics(font).lineSpacing()
    image = QImage(160, 6 * height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_lines(painter, QRect(0, 0, 160, 6 * height), DOORS, font, lines)
    painter.end()
    inked = [y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 128 for x in range(160))]
    assert (lines - 1) * height < inked[-1] < lines * height + 2
