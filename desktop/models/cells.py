"""Tables that are few enough to be held whole: a row is a noun, its cells are words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication

from desktop.models.rows import IdRole
from desktop.wording import tr

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CellTable(QAbstractTableModel, Generic[Row]):
    """A table model; a derived one says its `headings` and the `cells` of a row, and what else of the rest it likes."""

    headings: ClassVar[tuple[str, ...]] = ()

    def __init__(self, rows: Sequence[Row] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = list(rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    # --- what a derived table says ---

    def cells(self, row: Row) -> Sequence[str]:
        """The words of a row, one for each heading."""
        raise NotImplementedError

    def key(self, row: Row) -> int | None:
        """What `IdRole` gives; None: rows have no id."""
        return None

    def tip(self, row: Row, column: int) -> str | None:
        """The tool tip of a cell."""
        return None

    def colour(self, row: Row, column: int) -> QColor | None:
        """The colour of a cell's words; None: as all are."""
        return None

    # --- what views ask ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.headings[section]) if self.headings[section] else ""
        return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(row)[column]
        if role == IdRole:
            return self.key(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.colour(row, column)
        return None

    def copy(self) -> None:
        """Put the whole table on the clipboard: a spreadsheet takes it as cells."""
        rows = [[tr(heading) for heading in self.headings], *(self.cells(row) for row in self.rows)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
