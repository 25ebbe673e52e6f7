"""Every change made by hand, newest first: the audit trail, and a way back to any point of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop import wording
from desktop.dialogs.dialog import Dialog
from desktop.jobs import Asker
from desktop.models.cells import CellTable
from desktop.models.changes import changes
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.widgets.tables import Table
from desktop.wording import tr
from index.model import Changed, JournalEntry
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library


class JournalTable(CellTable[JournalEntry]):
    """The journal as a table."""

    headings = ("Change", "When", "")

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def cells(self, row: JournalEntry) -> tuple[str, ...]:
        """An act in words."""
        undone = tr("Undone") if row.state == "undone" else ""
        return tr(row.label), wording.moment(row.at), undone

    def key(self, row: JournalEntry) -> int:
        return row.id

    def colour(self, row: JournalEntry, column: int) -> QColor:
        return self._theme["muted" if row.state == "undone" or column else "text"]


class History(Dialog):
    """Stays open beside the window and follows what happens there."""

    def __init__(self, library: Library, actions: Mapping[str, QAction], theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("History of changes"),
            theme,
            parent,
            tr("What was changed by hand in this library, newest first. It survives a restart."),
            640,
        )
        self._library = library
        self.model = JournalTable(theme)
        self.table = Table(tr("History of changes"), self.model, (0, 20, 11), theme)
        self.table.setMinimumHeight(240)
        self._asker = Asker(self)
        self.finished.connect(lambda _: self._asker.finish())
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setProperty("role", "field")
        self.details.setAccessibleName(tr("What it changed"))
        self.details.setPlaceholderText(tr("Choose a change to see what became what."))
        self.details.setFixedHeight(self.fontMetrics().lineSpacing() * 6)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(label(tr("What it changed"), "section"))
        self.body.addWidget(self.details)
        self.back = self.add_button(tr("Undo back to the selected one"), self._back)
        self.add_cancel(tr("Close")).setDefault(True)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self._listener = self._changed
        library.listeners.append(self._listener)
        self.finished.connect(lambda _: self._leave())
        self.load()

    def load(self) -> None:
        """Show the journal as it is now."""
        self.model.show(self._library.journal())
        if self.model.rows and not self.table.selectionModel().hasSelection():
            self.table.selectRow(0)
        self._chosen()

    def _changed(self, changed: Changed) -> None:
        self.load()

    def _leave(self) -> None:
        if self._listener in self._library.listeners:
            self._library.listeners.remove(self._listener)

    def _steps(self) -> int:
        """How many undos lead to before the selected entry."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self.model.rows) or self.model.rows[row].state == "undone":
            return 0
        return sum(entry.state != "undone" for entry in self.model.rows[: row + 1])

    def _chosen(self) -> None:
        self._look()
        rows, library = self.table.selectionModel().selectedRows(), self._library
        if not rows:
            self._asker.forget()
            self.details.clear()
            return
        entry = self.model.rows[rows[0].row()].id
        self._asker.ask(lambda: changes(library, entry), lambda lines: self.details.setPlainText("\n".join(lines)))

    def _look(self) -> None:
        self.back.setEnabled(self._steps() > 0)

    def _back(self) -> None:
        try:
            for _ in range(self._steps()):
                self._library.undo()
        except Problem as found:
            self.say_trouble(wording.problem(found))
