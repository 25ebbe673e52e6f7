"""A text to read, with places marked in colour: the text stays plain, marks are laid over it by their spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit

from desktop.theme import Theme
from desktop.widgets.places import Places, shown
from index.model import Span

LINE = 152  # per cent of the font's height
COLUMN = 76  # characters in a line of text at most
MANY = 400  # marks from which on only those near the view are drawn
AROUND = 4000  # characters around the view that are marked too
LONG = 400_000  # characters from which on a text is set without wide lines, because that costs seconds

UNDERLINES = {
    "speaker": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "cue": QTextCharFormat.UnderlineStyle.DotLine,
    "date": QTextCharFormat.UnderlineStyle.DashUnderline,
}


class Mark(NamedTuple):
    """A coloured place. `kind`: speaker, cue, content, date, found; `strong`: of the statement that is selected."""

    span: Span
    kind: str
    strong: bool = False


class ReadingView(QTextEdit):
    """A read-only text. `pressed` tells the code point that was clicked; `asked` a place for a context menu."""

    pressed = Signal(int)
    asked = Signal(object, int)  # a global QPoint, the code point under it

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self._places = Places("")
        self._marks: Sequence[Mark] = ()
        self._found: Sequence[Span] = ()
        self._current: Span | None = None
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self._many = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(30)
        self._later.timeout.connect(self._draw)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._wear)

    # --- the text ---

    @property
    def text(self) -> str:
        """The document's text, as it is in the library."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a text, without marks, from its start."""
        self._text, self._places = text, Places(text)
        self._marks, self._found, self._current = (), (), None
        self.setExtraSelections([])
        self.setFont(self._theme.reading_font())
        self.document().setDocumentMargin(0)
        self.setPlainText(shown(text))
        self._set_lines()
        self._set_margins()
        self.verticalScrollBar().setValue(0)

    def _set_lines(self) -> None:
        if len(self._text) > LONG:
            return
        form = QTextBlockFormat()
        form.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setBottomMargin(self.fontMetrics().height() * 0.35)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.beginEditBlock()
        cursor.mergeBlockFormat(form)
        gap = QTextBlockFormat()
        gap.setLineHeight(self.fontMetrics().height() * 0.45, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        gap.setBottomMargin(0)
        block = self.document().begin()
        while block.isValid():
            if not block.text().strip():
                QTextCursor(block).setBlockFormat(gap)
            block = block.next()
        cursor.endEditBlock()

    def _set_margins(self) -> None:
        wide = self.fontMetrics().averageCharWidth() * COLUMN
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        side = max(28, (room - wide) // 2)
        self.setViewportMargins(side, 22, side, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins()
        super().resizeEvent(event)

    def _wear(self) -> None:
        self.setFont(self._theme.reading_font())
        self._set_lines()
        self._set_margins()
        self._draw()

    # --- marks ---

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Colour these places; a later mark lies over an earlier one."""
        self._marks = marks
        self._draw()

    def set_found(self, spans: Sequence[Span], current: Span | None) -> None:
        """Colour what a search found, over the marks."""
        self._found, self._current = spans, current
        self._draw()

    def _draw(self) -> None:
        marks = [*self._marks, *(Mark(span, "found") for span in self._found)]
        self._many = len(marks) > MANY
        if self._many:
            near = self._near()
            marks = [mark for mark in marks if mark.span.overlaps(near)]
        if self._current is not None:
            marks.append(Mark(self._current, "found", True))
        block = QTextCursor(self.document())
        block.beginEditBlock()  # nothing is edited: inside, moving a cursor does not lay out the text up to it
        chosen = [self._selection(mark) for mark in marks]
        block.endEditBlock()
        self.setExtraSelections(chosen)

    def _near(self) -> Span:
        """What is in view, and some screens around it."""
        view = self.viewport().rect()
        first, last = self.point_at(QPointF(view.topLeft())), self.point_at(QPointF(view.bottomRight()))
        return Span(first - AROUND, last + AROUND)

    def _scrolled(self) -> None:
        if self._many:
            self._later.start()

    def _selection(self, mark: Mark) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        start, end = self._places.range(mark.span)
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        key = f"{mark.kind}_current" if mark.kind == "found" and mark.strong else mark.kind
        key = f"{mark.kind}_strong" if mark.strong and mark.kind != "found" else key
        form = QTextCharFormat()
        form.setBackground(self._theme[key])
        form.setForeground(self._theme["text"])
        if mark.kind in UNDERLINES:
            form.setUnderlineStyle(UNDERLINES[mark.kind])
            form.setUnderlineColor(self._theme["muted"])
        made.cursor, made.format = cursor, form
        return made

    # --- places ---

    def show_span(self, span: Span) -> None:
        """Scroll so that the place stands in the upper third of the view."""
        start, end = self._places.range(span)
        cursor = QTextCursor(self.document())
        cursor.setPosition(end)
        self.setTextCursor(cursor)
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        top, height = self.cursorRect(cursor).top(), self.viewport().height()
        bar = self.verticalScrollBar()
        if not (height * 0.08 <= top <= height * 0.55):
            bar.setValue(bar.value() + int(top - height * 0.3))

    def selected_span(self) -> Span | None:
        """The place that the user has selected, without white space at its ends; None: nothing."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start, end = self._places.point(cursor.selectionStart()), self._places.point(cursor.selectionEnd())
        words = self._text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return Span(start, end) if start < end else None

    def is_visible(self, span: Span) -> bool:
        """True where the start of the place is inside the view."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._places.units(span.start))
        return self.viewport().rect().intersects(self.cursorRect(cursor))

    def point_at(self, position: QPointF) -> int:
        """The code point at a place of the view."""
        return self._places.point(self.cursorForPosition(position.toPoint()).position())

    # --- what the user does ---

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.pressed.emit(self.point_at(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit(event.globalPos(), self.point_at(QPointF(event.pos())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Backspace)
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            bar = self.verticalScrollBar()
            back = event.key() == Qt.Key.Key_Backspace or bool(event.modifiers())
            bar.setValue(bar.value() + (-1 if back else 1) * int(bar.pageStep() * 0.9))
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copying gives the words of the document, not those that stand for unshowable characters."""
        data = QMimeData()
        span = self.selected_span()
        data.setText(span.of(self._text) if span else "")
        return data
