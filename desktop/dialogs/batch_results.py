"""The results of a batch of queries: a row per line, bad lines with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.dialogs.dialog import Dialog
from desktop.models.rows import IdRole
from desktop.theme import Theme
from desktop.widgets.tables import Table
from desktop.wording import number, plural, tr
from index.model import BatchLine

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Line", "Name", "Query", "Hits", "Undated hidden", "Note")


class BatchTable(QAbstractTableModel):
    """A row per query of a batch."""

    def __init__(self, theme: Theme, lines: Sequence[BatchLine], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines = list(lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == IdRole:
            return line.line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.cells(line)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and line.problem is not None:
            return self._theme["danger"]
        return None

    @staticmethod
    def cells(line: BatchLine) -> tuple[str, ...]:
        """A line in words."""
        note = tr(line.problem.message) if line.problem else line.explained
        hits = "" if line.total is None else number(line.total)
        hidden = number(line.undated_hidden) if line.undated_hidden else ""
        return str(line.line), line.name, line.query, hits, hidden, note


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
        self.add_button(tr("Copy as a table"), self._copy)
        self.add_cancel(tr("Close")).setDefault(True)

    def _open(self, row: int) -> None:
        line = self.model.lines[row]
        self.wanted.emit(line.query, line.unit)

    def _copy(self) -> None:
        rows = [tuple(tr(c) for c in COLUMNS), *(self.model.cells(line) for line in self.model.lines)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
