"""Why a statement is shown as it is: who, when, through whom, each with the rule that found it and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import wording
from desktop.theme import Theme
from desktop.widgets.pieces import act, box, button, empty_layout, fill, label, scrolled
from desktop.wording import tr
from index.model import Document, Statement


class Certainty(QWidget):
    """How sure the program is: five blocks and a word, so that colour is not the only sign."""

    def __init__(self, value: float, theme: Theme) -> None:
        super().__init__()
        self._value, self._theme = value, theme
        self.setFixedSize(46, 12)
        self.setToolTip(f"{wording.certainty(value)} ({wording.share(value)})")
        self.setAccessibleName(tr("Certainty: {words}").format(words=wording.certainty(value)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        filled = round(self._value * 5)
        key = "good" if self._value >= 0.75 else "warning" if self._value >= 0.5 else "danger"
        for n in range(5):
            painter.setBrush(self._theme[key if n < filled else "line"])
            painter.drawRoundedRect(n * 9, 3, 7, 6, 2, 2)
        painter.end()


class StatementDetails(QFrame):
    """The panel "why". `show_statement(None, None)` empties it."""

    actor_requested = Signal(int)
    statement_requested = Signal(int)

    def __init__(self, actions: Mapping[str, QAction], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.statement: Statement | None = None
        self.setObjectName("panel")
        self._column = QVBoxLayout()
        self._column.setContentsMargins(18, 14, 18, 14)
        self._column.setSpacing(3)
        inside = QFrame()
        inside.setObjectName("panelbody")
        inside.setLayout(self._column)
        self._buttons = fill(
            box("footer", margins=(10, 7, 10, 7), spacing=2),
            act(actions["statement.confirm"], True), act(actions["statement.correct"], True, tr("Correct")),
            act(actions["statement.reject"], True), 1, act(actions["quote.copy"]), act(actions["statement.collect"]),
        )  # fmt: skip
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolled(inside), 1)
        outer.addWidget(self._buttons)
        self.show_statement(None, None)

    def show_statement(self, statement: Statement | None, document: Document | None) -> None:
        """Show why this statement of this document is as it is."""
        self.statement = statement
        empty_layout(self._column)
        self._buttons.setVisible(statement is not None)
        if statement is None:
            self._column.addWidget(
                label(
                    tr("Choose a statement to see who says it, when, and why the program thinks so."),
                    "muted",
                    wrap=True,
                )
            )
            self._column.addStretch(1)
            return
        self._who(statement, document)
        self._when(statement, document)
        self._chain(statement)
        self._what(statement)
        self._column.addStretch(1)

    def _who(self, statement: Statement, document: Document | None) -> None:
        self._section(tr("Who"))
        if statement.actor_id is not None:
            actor = statement.actor_id
            name: QWidget = button(
                wording.speaker(statement), lambda: self.actor_requested.emit(actor), "link", tr("Show the actor")
            )
        else:
            name = label(wording.speaker(statement), "warning")
        row = QHBoxLayout()
        row.addWidget(name)
        row.addStretch(1)
        self._column.addLayout(row)
        if statement.role:
            self._say(statement.role, "")
        if statement.actor_rule:
            self._say(wording.why_actor(statement.actor_rule), "small")
        if statement.addressee is not None and document is not None:
            self._section(tr("To whom"))
            self._say(" ".join(statement.addressee.of(document.text).split()), "")

    def _when(self, statement: Statement, document: Document | None) -> None:
        self._section(tr("When"), statement.when.certainty if statement.when else None)
        if statement.when is not None:
            self._say(wording.when(statement.when), "")
            self._say(statement.when.rule, "small")
        elif document is not None and document.published is None:
            self._say(tr("Not known: the document has no publication date yet."), "warning")
        else:
            self._say(tr("Not known: the text does not say it."), "warning")

    def _chain(self, statement: Statement) -> None:
        if statement.via or statement.parent_id is not None:
            self._section(tr("Through whom"))
        if statement.via:
            self._say(wording.chain(statement), "")
        if statement.parent_id is not None:
            parent = statement.parent_id
            self._column.addWidget(
                button(tr("Inside another statement"), lambda: self.statement_requested.emit(parent), "link")
            )

    def _what(self, statement: Statement) -> None:
        self._section(tr("Kind"), statement.certainty)
        self._say(f"{wording.kind(statement.kind)} · {wording.kind_explained(statement.kind)}", "")
        if statement.rule:
            self._say(wording.how_found(statement.rule), "small")
        self._section(tr("Checked"))
        self._say(wording.status_explained(statement.status), "")
        if statement.note:
            self._section(tr("Note"))
            self._say(statement.note, "")
        self._say(tr("Number {label}").format(label=statement.label), "small")

    def _section(self, text: str, certainty: float | None = None) -> None:
        if self._column.count():
            self._column.addSpacing(7)
        row = QHBoxLayout()
        row.addWidget(label(text, "section"))
        row.addStretch(1)
        if certainty is not None:
            row.addWidget(Certainty(certainty, self._theme))
        self._column.addLayout(row)

    def _say(self, text: str, role: str) -> None:
        if text:
            self._column.addWidget(label(text, role, wrap=True, selectable=True))
