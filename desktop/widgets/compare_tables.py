"""Comparisons as tables to read: Then and now by passages, and one utterance as several outlets give it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QFont,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit

from desktop import wording
from desktop.jobs import Asker
from desktop.models.comparisons import Loaded, Piece, merged_pieces, side_pieces
from desktop.theme import Theme
from desktop.widgets.changed_text import piece_format
from desktop.widgets.places import shown
from desktop.wording import tr
from index.model import Comparison, Conflict, Span

if TYPE_CHECKING:
    from index.compare.passages import Passage

LONG = 20_000  # characters from which on passages are sought in a thread of their own
PASSAGES = {"same": "Same", "minor": "Minor", "changed": "Changed", "dropped": "Dropped", "added": "Added", "moved": "Moved"}
CONFLICTS = {
    "year": "Years differ", "number": "Numbers differ", "name": "Names differ", "negation": "One denies it",
    "speaker": "Speakers differ",
}  # fmt: skip
REASONS = {
    "direct": "in quotation marks", "named-source": "the outlet that the others name", "first-hand": "at first hand",
    "complete": "the fullest", "earliest": "the earliest",
}  # fmt: skip
MOST = 3000  # passages; a table of more takes seconds to lay out
CHUNK = 24  # passages written at a time


class TableText(QTextEdit):
    """A read-only page with a table (cut in pieces), of which a row is current. `row_pressed` tells the row clicked."""

    row_pressed = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(0)
        self._tables: list[tuple[int, QTextTable]] = []  # (its first row, a piece of the table)
        theme.changed.connect(self.draw)

    def draw(self) -> None:
        """Write the page anew."""

    def begin(self) -> QTextCursor:
        """An empty page with the margins of a page."""
        self.setFont(self._theme.font())
        self.clear()
        self._tables = []
        frame = self.document().rootFrame()
        form = QTextFrameFormat()
        form.setMargin(self.fontMetrics().height())
        frame.setFrameFormat(form)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        return cursor

    def add_table(self, cursor: QTextCursor, heads: Sequence[str], widths: Sequence[int], rows: int) -> QTextTable:
        """A table, or the next piece of one; it has a head row unless `heads` are empty strings. Widths in per cent."""
        form = QTextTableFormat()
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorder(0)
        form.setBorderCollapse(True)
        form.setCellPadding(round(self.fontMetrics().height() * 0.5))
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, width) for width in widths])
        table = cursor.insertTable(rows + 1, len(heads), form)
        self._tables.append((sum(one.rows() - 1 for _, one in self._tables), table))
        for column, text in enumerate(heads):
            table.cellAt(0, column).firstCursorPosition().insertText(text, self.words("muted", 0.92, True))
        for row in range(rows + 1):
            for column in range(len(heads)):
                cell = table.cellAt(row, column)
                line = cell.format().toTableCellFormat()
                line.setBottomBorder(1)
                line.setBottomBorderBrush(self._theme["line"])
                line.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                cell.setFormat(line)
        return table

    def words(self, colour: str = "text", scale: float = 1.0, strong: bool = False) -> QTextCharFormat:
        """Words of the interface inside the page."""
        form = QTextCharFormat()
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        form.setFont(self._theme.font(scale, weight))
        form.setForeground(self._theme[colour])
        return form

    def insert(self, cursor: QTextCursor, pieces: Sequence[Piece]) -> None:
        """Words with their changes, in the font of documents."""
        block = QTextBlockFormat()
        block.setLineHeight(138, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(block)
        for piece in pieces:
            form = piece_format(self._theme, piece.kind)
            font = self._theme.reading_font()
            font.setStrikeOut(form.fontStrikeOut())
            line, colour = form.underlineStyle(), form.underlineColor()
            form.setFont(font, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly)
            form.setUnderlineStyle(line)
            if colour.isValid():
                form.setUnderlineColor(colour)
            cursor.insertText(shown(piece.text.strip("\n")), form)

    def current_row(self) -> int:
        """The row of the table (from 0, without the head) that the cursor stands in; -1: none."""
        current = self.textCursor().currentTable()
        for first, table in self._tables:
            if table == current:
                return first + table.cellAt(self.textCursor()).row() - 1
        return -1

    def show_row(self, row: int) -> None:
        """Bring a row into the upper third of the view."""
        place = next(((table, row - first) for first, table in self._tables if 0 <= row - first < table.rows() - 1), None)
        if place is None:
            return
        cursor = place[0].cellAt(place[1] + 1, 0).firstCursorPosition()
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(top - self.viewport().height() // 4)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.current_row() >= 0:
            self.row_pressed.emit(self.current_row())


class PassageTable(TableText):
    """Then and now: passages of the base on the left, what answers to them on the right, what it is in the middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Then and now"))
        self._shown: tuple[Comparison, str, str, bool] | None = None
        self._found: tuple[Comparison, Sequence[Passage]] | None = None  # the passages of the comparison shown last
        self._asker = Asker(self)
        self._waiting: list[Passage] = []
        self._sides: tuple[list[Piece], list[Piece]] = ([], [])
        self.rows: list[tuple[Span | None, Span | None]] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._write_some)

    def show_comparison(self, comparison: Comparison, left: str, right: str, minor: bool) -> None:
        """Show two texts by passages; `left` and `right` head the columns."""
        self._shown = (comparison, left, right, minor)
        self.draw()

    def draw(self) -> None:
        from index.compare.passages import passages

        if self._shown is None:
            return
        comparison = self._shown[0]
        self._asker.forget()
        if self._found is not None and self._found[0] is comparison:
            self._draw(self._found[1])
        elif len(comparison.left) + len(comparison.right) > LONG:
            self._asker.ask(lambda: passages(comparison)[:MOST], self._answered)
        else:
            self._answered(passages(comparison)[:MOST])

    def _answered(self, found: Sequence[Passage]) -> None:
        if self._shown is not None:
            self._found = (self._shown[0], found)
            self._draw(found)

    def _draw(self, found: Sequence[Passage]) -> None:
        assert self._shown is not None
        comparison, left, right, minor = self._shown
        self.rows = [(row.left, row.right) for row in found]
        self._sides = (side_pieces(comparison, 0, minor), side_pieces(comparison, 1, minor))
        self._waiting = list(found)
        self.begin().endEditBlock()
        self._write_some((left, "", right))
        self.verticalScrollBar().setValue(0)

    def _write_some(self, heads: tuple[str, str, str] = ("", "", "")) -> None:
        """Write the next rows; the rest when the window has drawn these: long texts appear at once."""
        assert self._shown is not None
        rows, self._waiting = self._waiting[:CHUNK], self._waiting[CHUNK:]
        before, after = self._sides
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        table = self.add_table(cursor, heads, (45, 10, 45), len(rows))
        for number, row in enumerate(rows, 1):
            self.insert(table.cellAt(number, 0).firstCursorPosition(), _within(before, row.left))
            kind = row.kind if self._shown[3] or row.kind != "minor" else "same"
            name = tr(PASSAGES[kind]) + (f" {row.move}" if row.move else "")
            table.cellAt(number, 1).firstCursorPosition().insertText(name, self.words("muted", 0.88))
            self.insert(table.cellAt(number, 2).firstCursorPosition(), _within(after, row.right))
        cursor.endEditBlock()
        if self._waiting:
            self._later.start()

    def show_spans(self, left: Span | None, right: Span | None) -> None:
        """Bring the passage with these places into view."""
        for number, (ours, theirs) in enumerate(self.rows):
            if (left and ours and left.start < ours.end and ours.start <= left.start) or (
                right and theirs and right.start < theirs.end and theirs.start <= right.start
            ):
                self.show_row(number)
                return


def _within(pieces: Sequence[Piece], span: Span | None) -> list[Piece]:
    """The pieces cut to a span."""
    if span is None:
        return []
    found = []
    first = max(0, bisect_right(pieces, span.start, key=lambda piece: piece.place) - 1)
    for piece in pieces[first:]:
        if piece.place >= span.end:
            break
        start, end = max(piece.place, span.start), min(piece.place + len(piece.text), span.end)
        if start < end:
            words = piece.text[start - piece.place : end - piece.place]
            found.append(Piece(words, piece.kind, piece.change, start, piece.move))
    return found


def joined(stretches: Sequence[str]) -> str:
    """Stretches of one text in a line, with … where something is left out; no mark is left alone at such a place."""
    words = [" ".join(stretch.split()) for stretch in stretches]
    inner = [one.lstrip(" ,;:.…") if k else one for k, one in enumerate(words)]
    return " … ".join(one.rstrip(" ,;:…") if k < len(inner) - 1 else one for k, one in enumerate(inner))


class UtteranceTable(TableText):
    """One utterance as several outlets print it: what all agree on, what they disagree about, every version."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Versions of the utterance"))
        self._loaded: Loaded | None = None
        self._actors: dict[str, str] = {}

    def show_loaded(self, loaded: Loaded, actors: dict[str, str]) -> None:
        """Show the utterance of the base; `actors` names the speakers in a conflict of speakers."""
        self._loaded, self._actors = loaded, actors
        self.draw()

    def draw(self) -> None:
        loaded = self._loaded
        if loaded is None or loaded.utterance is None:
            return
        cursor = self.begin()
        self._head(cursor, loaded)
        table = self.add_table(cursor, (tr("Version"), tr("Words, against the version to cite"), tr("Notes")),
                               (22, 58, 20), len(loaded.variants))  # fmt: skip
        flags = self._flags(loaded.utterance.conflicts)
        for number, item in enumerate(loaded.variants, 1):
            assert item.statement is not None
            place = table.cellAt(number, 0).firstCursorPosition()
            place.insertText(item.document.outlet or item.document.name, self.words(strong=True))
            published = wording.when(item.document.published, "Publication date unknown")
            place.insertText(f"\n{wording.speaker(item.statement)}, {item.day}", self.words())
            via = wording.chain(item.statement)
            lines = [tr("published {day}").format(day=published), wording.kind(item.statement.kind)]
            lines += [tr("through {chain}").format(chain=via)] if via else []
            place.insertText("\n" + "\n".join(lines), self.words("muted", 0.92))
            comparison = loaded.variant_comparisons[number - 1]
            whole = [Piece(item.text, "equal", None, 0)]
            pieces = merged_pieces(comparison, False) if comparison is not None else whole
            self.insert(table.cellAt(number, 1).firstCursorPosition(), pieces)
            notes = table.cellAt(number, 2).firstCursorPosition()
            self._notes(notes, loaded, item.statement.id, flags.get(item.statement.id, []))
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(0)

    def _head(self, cursor: QTextCursor, loaded: Loaded) -> None:
        utterance = loaded.utterance
        assert utterance is not None
        count = len(utterance.statements)
        outlets = len({item.document.outlet or item.document.name for item in loaded.variants})
        text = tr("{versions} in {outlets}, counted once").format(
            versions=wording.plural(count, "version", "versions"), outlets=wording.plural(outlets, "outlet", "outlets")
        )
        cursor.insertText(text, self.words("text", 1.15, True))
        if count > 1:
            cursor.insertText("\n" + tr("All versions agree on:") + " ", self.words("muted"))
            self._core(cursor, loaded)
        for conflict in utterance.conflicts:
            values = " / ".join(self._value(conflict.kind, value) for value, _ in conflict.values)
            cursor.insertText("\n" + tr(CONFLICTS.get(conflict.kind, conflict.kind)) + ": ", self.words("danger", 1, True))
            cursor.insertText(values, self.words("danger"))
        cursor.insertText("\n", self.words())

    def _core(self, cursor: QTextCursor, loaded: Loaded) -> None:
        from index.utterances.described import core

        base = loaded.variants[0].text
        spans = core(base, [item.text for item in loaded.variants[1:]])
        words = joined([span.of(base) for span in spans])
        cursor.insertText(f"“{shown(words)}”" if words else tr("no words in common"), self.words())

    def _value(self, kind: str, value: str) -> str:
        return self._actors.get(value, value) if kind == "speaker" else value

    def _flags(self, conflicts: Sequence[Conflict]) -> dict[int, list[str]]:
        """What each statement says in the conflicts it is part of."""
        found: dict[int, list[str]] = {}
        for conflict in conflicts:
            for value, ids in conflict.values:
                for number in ids:
                    found.setdefault(number, []).append(self._value(conflict.kind, value))
        return found

    def _notes(self, cursor: QTextCursor, loaded: Loaded, statement: int, flags: list[str]) -> None:
        utterance = loaded.utterance
        assert utterance is not None
        if statement == utterance.cite:
            cursor.insertText(tr("To cite"), self.words("good", 1, True))
            reasons = ", ".join(tr(REASONS[code]) for code in utterance.cite_reasons if code in REASONS)
            cursor.insertText(f"\n{reasons}" if reasons else "", self.words("muted", 0.92))
        if statement == utterance.earliest and len({item.document.id for item in loaded.variants}) > 1:
            start = "\n" if cursor.positionInBlock() else ""
            cursor.insertText(start + tr("Published first"), self.words("text", 1, True))
        if flags:
            start = "\n" if cursor.positionInBlock() else ""
            cursor.insertText(start + tr("prints: {values}").format(values=", ".join(flags)), self.words("danger"))
