"""What became of the files of an import: a row per file, those with trouble first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import wording
from desktop.models.rows import IdRole, ObjectRole
from desktop.theme import Theme
from desktop.wording import tr
from index.model import Progress

Index = QModelIndex | QPersistentModelIndex
FILE, RESULT, DATE, FOUND, REASON = range(5)
HEADINGS = ("File", "Result", "Published", "Statements", "Reason")


def reason(row: Progress) -> str:
    """Why a file was not read, or what to look at; "" for nothing."""
    if row.problem:
        return wording.problem(row.problem, "", row.detail)  # which file it is stands beside it
    if row.status == "duplicate" and row.duplicate_of:
        return tr("The same text as document {id}").format(id=row.duplicate_of)
    if row.status == "added" and not row.published:
        return tr("No publication date was found: set it in the list of documents")
    return ""


def to_look_at(row: Progress) -> bool:
    """True where a person can do something about it; that a file is here already is no trouble."""
    return bool(reason(row)) and row.status != "duplicate"


def from_library(rows: Sequence[Mapping[str, Any]]) -> list[Progress]:
    """Rows of `Library.import_results` as `Progress`."""
    known = Progress.__dataclass_fields__
    named = [{**dict(row), "document": dict(row).get("document_id")} for row in rows]
    return [Progress(**{k: v for k, v in row.items() if k in known and v is not None}) for row in named]


class ResultTable(QAbstractTableModel):
    """Rows are few enough to be held whole."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[Progress] = []

    def show(self, rows: Sequence[Progress], trouble_only: bool = False) -> None:
        """Show these results."""
        self.beginResetModel()
        order = {"failed": 0, "skipped": 1}
        kept = [row for row in rows if to_look_at(row)] if trouble_only else list(rows)
        self._rows = sorted(kept, key=lambda row: (order.get(row.status, 2), not reason(row)))
        self.endResetModel()

    def row(self, place: int) -> Progress:
        """The result in a row."""
        return self._rows[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(HEADINGS):
            return tr(HEADINGS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (
                row.file,
                tr(wording.IMPORT_STATUSES.get(row.status, row.status)),
                row.published or "",
                wording.number(row.statements) if row.document else "",
                reason(row),
            )[column]
        if role == ObjectRole:
            return row
        if role == IdRole:
            return row.document
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            if column in (RESULT, REASON) and row.problem:
                return self._theme["danger"]
            if column == REASON:
                return self._theme["warning"]
            return self._theme["text" if column == FILE else "muted"]
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if column == FOUND else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
