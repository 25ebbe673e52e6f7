"""A document for paper: its text with the statements marked, then the list of them with what a citation needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop import wording
from desktop.theme import MARKS, Theme, read_theme
from desktop.widgets.places import Places, shown
from desktop.widgets.reading import UNDERLINES, Mark
from desktop.wording import plural, tr
from index.model import Document, Statement

POINTS = 10.5  # of the text
LINE = 140  # per cent of the font's height


def on_paper(document: Document, statements: Sequence[Statement], marks: Sequence[Mark], theme: Theme) -> QTextDocument:
    """The pages of a document, always in the light colours."""
    colours = read_theme("light")[1]
    made = QTextDocument()
    font = theme.reading_font()
    font.setPointSizeF(POINTS)
    made.setDefaultFont(font)
    cursor = QTextCursor(made)
    _line(cursor, document.name, _form(theme, 15, QFont.Weight.DemiBold), first=True)
    _line(cursor, source_of(document), _form(theme, 9))
    _legend(cursor, theme, colours)
    cursor.insertBlock(_block(LINE, 6.0), _plain(font))
    start = cursor.position()
    cursor.insertText(shown(document.text))
    _draw_together(made, start)
    _colour(made, start, document.text, marks, colours)
    if statements:
        _line(cursor, plural(len(statements), "statement", "statements"), _form(theme, 11, QFont.Weight.DemiBold), 14.0)
    for statement in statements:
        _line(cursor, wording_of(statement), _form(theme, 8.5, QFont.Weight.DemiBold), 6.0)
        _line(cursor, shown(" ".join(statement.text.split())), _form(theme, 9))
    return made


def _draw_together(made: QTextDocument, start: int) -> None:
    """Empty lines between paragraphs take half a line."""
    gap = QTextBlockFormat()
    gap.setLineHeight(POINTS * 0.6, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    block = made.findBlock(start)
    while block.isValid():
        if not block.text().strip():
            QTextCursor(block).setBlockFormat(gap)
        block = block.next()


def source_of(document: Document) -> str:
    """Where a document comes from, in one line."""
    parts = (document.outlet, document.author, wording.when(document.published), document.file,
             tr("document {n}").format(n=document.id))  # fmt: skip
    return shown(" · ".join(part for part in parts if part))


def wording_of(statement: Statement) -> str:
    """ "3:10 · Ann Lee, minister · 4 Mar 2031 · Indirect": the head of a statement in the list."""
    who = ", ".join(part for part in (wording.speaker(statement), statement.role or "") if part)
    parts = (statement.label, who, wording.when(statement.when), wording.kind(statement.kind), wording.chain(statement))
    return shown(" · ".join(part for part in parts if part))


def _legend(cursor: QTextCursor, theme: Theme, colours: dict[str, str]) -> None:
    cursor.insertBlock(_block(100, 6.0), _form(theme, 8.5))
    for key in MARKS:
        cursor.insertText(tr(wording.MARKS[key]), _worn(_form(theme, 8.5), key, colours))
        cursor.insertText("   ", _form(theme, 8.5))


def _colour(made: QTextDocument, start: int, text: str, marks: Sequence[Mark], colours: dict[str, str]) -> None:
    """The marks as they stand on the screen; a later one lies over an earlier one."""
    places = Places(text)
    painter = QTextCursor(made)
    painter.beginEditBlock()
    for mark in marks:
        first, last = places.range(mark.span)
        painter.setPosition(start + first)
        painter.setPosition(start + last, QTextCursor.MoveMode.KeepAnchor)
        painter.mergeCharFormat(_worn(QTextCharFormat(), mark.kind, colours))
    painter.endEditBlock()


def _worn(form: QTextCharFormat, key: str, colours: dict[str, str]) -> QTextCharFormat:
    form.setBackground(QColor(colours[key]))
    if key in UNDERLINES:
        form.setUnderlineStyle(UNDERLINES[key])
    return form


def _line(cursor: QTextCursor, text: str, form: QTextCharFormat, above: float = 2.0, first: bool = False) -> None:
    if first:
        cursor.setBlockFormat(_block(115, above))
    else:
        cursor.insertBlock(_block(115, above), form)
    cursor.insertText(text, form)


def _block(height: int, above: float) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setTopMargin(above)
    return made


def _plain(font: QFont) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(font)
    form.setForeground(QColor("black"))
    return form


def _form(theme: Theme, points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QTextCharFormat:
    font = theme.font(1.0, weight)
    font.setPointSizeF(points)
    return _plain(font)
