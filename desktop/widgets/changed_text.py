"""A text with its changes: removed words struck through, added ones underlined, moved ones dotted; colour comes on top."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from desktop.models.comparisons import Piece
from desktop.theme import Theme
from desktop.widgets.places import shown

_Line = QTextCharFormat.UnderlineStyle
LINE = 148  # per cent of the font's height
COLOURS = {"delete": "delete", "insert": "add", "moved_away": "move", "moved_here": "move", "minor": "edit"}


def piece_format(theme: Theme, kind: str, current: bool = False) -> QTextCharFormat:
    """How words of a kind look: struck or underlined first, then coloured. `current`: the change that is gone through."""
    form = QTextCharFormat()
    form.setForeground(theme["text"])
    if kind in ("equal", "gap"):
        return form
    if kind == "minor":
        form.setUnderlineStyle(_Line.DotLine)
        form.setUnderlineColor(theme["edit_text"])
        form.setForeground(theme["edit_text"])
        return form
    name = COLOURS.get(kind, "edit")
    form.setForeground(theme[f"{name}_text"])
    form.setBackground(theme[name])
    if kind in ("delete", "moved_away"):
        form.setFontStrikeOut(True)
    if kind == "insert":
        form.setUnderlineStyle(_Line.SingleUnderline)
    elif kind in ("moved_here", "moved_away"):
        form.setUnderlineStyle(_Line.DashUnderline)
    if current:
        form.setBackground(theme["found_current"] if not theme.is_dark else theme["accent"])
        form.setForeground(theme["on_soft"] if not theme.is_dark else theme["on_accent"])
    return form


class ChangedText(QTextEdit):
    """Read-only words in pieces. `change_pressed` tells the number of the change that was clicked, `scrolled` that it moved."""

    change_pressed = Signal(int)
    move_pressed = Signal(int)
    scrolled = Signal()
    laid_out = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._pieces: Sequence[Piece] = ()
        self._starts: list[int] = []  # Qt's position of each piece
        self._current: int | None = None
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.laid_out.emit())
        theme.changed.connect(lambda: self.show_pieces(self._pieces, self._current))

    def show_pieces(self, pieces: Sequence[Piece], current: int | None = None) -> None:
        """Show these words; the view stays where it is when they are the same words."""
        before = self.verticalScrollBar().value()
        same = [piece.text for piece in pieces] == [piece.text for piece in self._pieces]
        self._pieces, self._starts, self._current = (), [], current
        self.setFont(self._theme.reading_font())
        self.clear()
        self.document().setDocumentMargin(round(self.fontMetrics().height() * 0.9))
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        starts: list[int] = []
        cursor.beginEditBlock()
        cursor.setBlockFormat(block)
        formats: dict[tuple[str, bool], QTextCharFormat] = {}
        for piece in pieces:
            starts.append(cursor.position())
            key = (piece.kind, current is not None and piece.change == current)
            if key not in formats:
                formats[key] = piece_format(self._theme, *key)
            cursor.insertText(shown(piece.text), formats[key])
        cursor.endEditBlock()
        self._pieces, self._starts = pieces, starts
        self.verticalScrollBar().setValue(before if same else 0)

    @property
    def words(self) -> str:
        """What is shown, without what tells the pieces apart."""
        return "".join(piece.text for piece in self._pieces)

    def set_current(self, change: int | None) -> None:
        """Mark another change as the one that is gone through; only its words are drawn anew."""
        for number, strong in ((self._current, False), (change, True)):
            if number is None:
                continue
            for piece, start in zip(self._pieces, self._starts, strict=True):
                if piece.change == number:
                    cursor = self._cursor(start, len(shown(piece.text).encode("utf-16-le")) // 2)
                    cursor.setCharFormat(piece_format(self._theme, piece.kind, strong))
        self._current = change

    def _cursor(self, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(min(start + length, self.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # --- places ---

    def scroll_to_change(self, change: int) -> bool:
        """Bring the first words of a change into the upper third; False when it has none here."""
        for piece, start in zip(self._pieces, self._starts, strict=True):
            if piece.change == change:
                self.scroll_to(start)
                return True
        return False

    def scroll_to_place(self, place: int, fraction: float = 0.3) -> None:
        """Bring a place of the shown text (code points) to a height of the view."""
        self.scroll_to(self._position(place), fraction)

    def scroll_to(self, position: int, fraction: float = 0.3) -> None:
        """Bring a position of Qt's to a height of the view, where the text is long enough."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(max(0, min(position, self.document().characterCount() - 1)))
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(int(top - fraction * self.viewport().height()))

    def _position(self, place: int) -> int:
        """Qt's position of a place of the shown text."""
        chosen = 0
        for k, piece in enumerate(self._pieces):
            if piece.place > place:
                break
            chosen = k
        if not self._pieces:
            return 0
        inside = self._pieces[chosen].text[: max(0, place - self._pieces[chosen].place)]
        return self._starts[chosen] + len(inside.encode("utf-16-le", "surrogatepass")) // 2

    def top_place(self) -> int:
        """The place (code points) of the first words in view."""
        position = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        k = bisect_right(self._starts, position) - 1
        if k < 0:
            return 0
        units = shown(self._pieces[k].text).encode("utf-16-le")[: 2 * (position - self._starts[k])]
        return self._pieces[k].place + len(units.decode("utf-16-le", "ignore"))

    def heights(self) -> list[tuple[float, float, str, int]]:
        """(top, bottom, kind, change) of all changed pieces, as shares of the text's height: for the strip."""
        total = max(1.0, self.document().size().height())
        found = []
        for piece, start in zip(self._pieces, self._starts, strict=True):
            if piece.change is not None and piece.text.strip():
                end = start + len(shown(piece.text).encode("utf-16-le")) // 2 - 1
                top, bottom = self._height(start), self._height(end) + self._line()
                found.append((top / total, bottom / total, piece.kind, piece.change))
        return found

    def _line(self) -> float:
        return self.fontMetrics().height() * LINE / 100

    def _height(self, position: int) -> float:
        block = self.document().findBlock(position)
        layout = block.layout()
        line = layout.lineForTextPosition(position - block.position()) if layout is not None else None
        top = line.y() if line is not None and line.isValid() else 0.0
        return float(self.document().documentLayout().blockBoundingRect(block).top() + top)

    # --- what the user does ---

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        k = bisect_right(self._starts, self.cursorForPosition(event.position().toPoint()).position()) - 1
        if 0 <= k < len(self._pieces):
            piece = self._pieces[k]
            if piece.change is not None:
                self.change_pressed.emit(piece.change)
            if piece.move is not None:
                self.move_pressed.emit(piece.move)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Words only: the whole redline with its citations is copied by the page."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().replace("\u2009", ""))
        return data


class ChangeStrip(QWidget):
    """A narrow map of a text: where in it the changes are, and what part of it is in view. A click goes there."""

    pressed = Signal(float)

    def __init__(self, theme: Theme, text: ChangedText) -> None:
        super().__init__()
        self._theme, self._text = theme, text
        self._heights: list[tuple[float, float, str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        text.scrolled.connect(self.update)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self.refresh)
        text.laid_out.connect(self._soon.start)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(max(12, self.fontMetrics().height() * 3 // 4), 60)

    def refresh_soon(self) -> None:
        """As `refresh`, when there is time: a long text must be laid out to its end for it."""
        self._heights = []
        self._soon.start()

    def refresh(self) -> None:
        """The text is another one, or is laid out anew."""
        self._heights = self._text.heights()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme["window"])
        bar = self._text.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        if bar.maximum():
            top, size = bar.value() / whole * self.height(), bar.pageStep() / whole * self.height()
            painter.fillRect(QRectF(0, top, self.width(), size), self._theme["hover"])
        scale = self.height() if bar.maximum() else min(self.height(), self._text.document().size().height())
        for first, last, kind, change in self._heights:
            top, bottom = first * scale, last * scale
            place = QRectF(2, top, self.width() - 4, max(2.0, bottom - top))
            self._mark(painter, place, kind, change == self._text._current)
        painter.end()

    def _mark(self, painter: QPainter, place: QRectF, kind: str, current: bool) -> None:
        """Removed stands on the left half, added on the right half, moved over both: told apart without colour."""
        colour: QColor = self._theme[f"{COLOURS.get(kind, 'edit')}_text"]
        if kind == "minor":
            colour = self._theme["faint"]
        half = place.width() / 2
        if kind == "delete":
            place.setWidth(half)
        elif kind == "insert":
            place.setLeft(place.left() + half)
        painter.fillRect(place, self._theme["accent"] if current else colour)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bar = self._text.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        share = event.position().y() / max(1, self.height())
        bar.setValue(int(share * whole - bar.pageStep() / 2))
        self.pressed.emit(share)
