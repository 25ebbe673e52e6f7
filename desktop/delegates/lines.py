"""Words in a row: on so many lines and no more, with … after the last whole word where they go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from desktop.widgets.places import Places, shown


def draw_lines(
    painter: QPainter, rect: QRect, text: str, font: QFont, lines: int, marks: Sequence[QTextLayout.FormatRange] = ()
) -> None:
    """Draw the text into a rectangle, in the pen's colour; `marks` are in Qt's units of the text, and those beyond what
    is drawn are left out."""
    text = shown(text)
    layout = laid_out(text, font, marks, rect.width(), lines)
    last = layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None
    if last is not None and last.textStart() + last.textLength() < Places(text).units(len(text)):
        layout = laid_out(shortened(text, last.textStart(), font, rect.width()), font, marks, rect.width(), lines)
    painter.save()
    painter.setClipRect(rect.adjusted(-2, -2, 2, 2))
    layout.draw(painter, QPointF(rect.left(), rect.top()))
    painter.restore()


def laid_out(text: str, font: QFont, marks: Sequence[QTextLayout.FormatRange], width: int, lines: int) -> QTextLayout:
    """The text on at most so many lines of `width` pixels."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(list(marks))
    layout.beginLayout()
    for place in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, place * QFontMetrics(font).lineSpacing()))
    layout.endLayout()
    return layout


def shortened(text: str, start: int, font: QFont, width: int) -> str:
    """The text up to the end of the line that begins at `start` (UTF-16 units), with … after its last whole word."""
    before = text[: Places(text).point(start)]
    rest = QFontMetrics(font).elidedText(text[len(before) :], Qt.TextElideMode.ElideRight, width - 2)
    words, space, _ = rest.rpartition(" ")
    return before + (f"{words} …" if space else rest)
