"""The bar that finds words in the text above it: n of m, next, previous."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from desktop.theme import Theme
from desktop.widgets.pieces import ToolButton, label, restyle
from desktop.widgets.places import find
from desktop.widgets.reading import ReadingView
from desktop.wording import number, tr
from index.model import Span


class FindBar(QFrame):
    """Hidden until `open` is called. Escape closes it."""

    closed = Signal()

    def __init__(self, view: ReadingView, theme: Theme) -> None:
        super().__init__()
        self._view = view
        self._places: Sequence[Span] = ()
        self._at = -1
        self._hits: tuple[str, Sequence[Span]] = ("", ())
        self.setObjectName("footer")
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find in this document"))
        self.field.setAccessibleName(tr("Find in this document"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(340)
        self.count: QLabel = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for icon, words, act in (
            ("previous", tr("Previous place (Shift+F3)"), lambda: self.step(-1)),
            ("next", tr("Next place (F3)"), lambda: self.step(1)),
        ):
            row.addWidget(self._button(theme, icon, words, act))
        row.addStretch(1)
        row.addWidget(self._button(theme, "close", tr("Close the find bar"), self.close_bar))
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(lambda: self.step(1))
        self.hide()

    def _button(self, theme: Theme, icon: str, words: str, act: object) -> QToolButton:
        made = ToolButton()
        made.setIcon(theme.icons(icon))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.clicked.connect(act)
        return made

    def open(self, words: str = "") -> None:
        """Show the bar; selected words become what is looked for."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus()
        self.field.selectAll()
        self._look()

    def show_hits(self, query: str, places: Sequence[Span]) -> None:
        """Show the bar with what a search found in this text; typing other words finds those instead."""
        self._hits = (query, tuple(places))
        self.field.blockSignals(True)
        self.field.setText(query)
        self.field.blockSignals(False)
        self.show()
        self._look()

    def close_bar(self) -> None:
        """Hide the bar and take its colours away."""
        self.hide()
        self._view.set_found((), None)
        self._view.setFocus()
        self.closed.emit()

    def refresh(self) -> None:
        """The text above is another one."""
        self._hits = ("", ())
        if self.isVisible():
            self._look()

    def step(self, by: int) -> None:
        """The next or previous place, round and round."""
        if self._places:
            self._show((self._at + by) % len(self._places))

    @property
    def places(self) -> Sequence[Span]:
        """What was found."""
        return self._places

    @property
    def at(self) -> int:
        """Which of them is shown, from 0; -1: none."""
        return self._at

    def _look(self) -> None:
        words = self.field.text()
        query, hits = self._hits
        self._places = hits if hits and words == query else find(self._view.text, words) if words.strip() else ()
        restyle(self.field, "wrong", bool(words.strip()) and not self._places)
        if self._places:
            here = self._view.textCursor().selectionStart()
            self._show(next((n for n, span in enumerate(self._places) if span.start >= here), 0))
        else:
            self._at = -1
            self._view.set_found((), None)
            self.count.setText(tr("Not found") if words.strip() else "")

    def _show(self, place: int) -> None:
        self._at = place
        self._view.set_found(self._places, self._places[place])
        self._view.show_span(self._places[place])
        self.count.setText(tr("{n} of {m}").format(n=number(place + 1), m=number(len(self._places))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)
