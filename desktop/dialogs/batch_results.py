"""The results of a batch of queries: a row per line, bad lines with their reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from desktop.dialogs.dialog import Dialog
from desktop.models.cells import CellTable
from desktop.theme import Theme
from desktop.widgets.tables import Table
from desktop.wording import number, plural, tr
from index.model import BatchLine


class BatchTable(CellTable[BatchLine]):
    """A row per query of a batch."""

    headings = ("Line", "Name", "Query", "Hits", "Undated hidden", "Note")

    def __init__(self, theme: Theme, lines: Sequence[BatchLine], parent: QObject | None = None) -> None:
        super().__init__(lines, parent)
        self._theme = theme

    def cells(self, row: BatchLine) -> tuple[str, ...]:
        """A line in words."""
        note = tr(row.problem.message) if row.problem else row.explained
        hits = "" if row.total is None else number(row.total)
        hidden = number(row.undated_hidden) if row.undated_hidden else ""
        return str(row.line), row.name, row.query, hits, hidden, note

    def key(self, row: BatchLine) -> int:
        return row.line

    def tip(self, row: BatchLine, column: int) -> str:
        return self.cells(row)[column]

    def colour(self, row: BatchLine, column: int) -> QColor | None:
        return self._theme["danger"] if row.problem is not None else None


class BatchResults(Dialog):
    """`wanted` tells the query and unit of the row that was opened."""

    wanted = Signal(str, str)

    def __init__(self, name: str, lines: Sequence[BatchLine], theme: Theme, parent: QWidget | None) -> None:
        bad = sum(line.problem is not None for line in lines)
        words = plural(len(lines), "query", "queries")
        if bad:
            words += " · " + plural(bad, "could not be run", "could not be run")
        super().__init__(tr("Queries of {name}").format(name=name), theme, parent, words, 860)
        self.model = BatchTable(theme, lines, self)
        self.table = Table(tr("Queries"), self.model, (6, 16, 34, 8, 14, 0), theme)
        self.table.setMinimumHeight(300)
        self.table.opened = self._open
        self.body.addWidget(self.table, 1)
        self.add_button(tr("Copy as a table"), self.model.copy)
        self.add_cancel(tr("Close")).setDefault(True)

    def _open(self, row: int) -> None:
        line = self.model.rows[row]
        self.wanted.emit(line.query, line.unit)
