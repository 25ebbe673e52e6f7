"""The articles that a split rule finds in a bundle, as rows: what import would make of the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import wording
from desktop.theme import Theme
from desktop.wording import number, tr
from index.model import Article

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("", "Title", "Published", "Outlet", "Author", "Begins")
BEGINNING = 120  # characters


class ArticleTable(QAbstractTableModel):
    """Few enough to be held whole."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.articles: list[Article] = []

    def show(self, articles: Sequence[Article]) -> None:
        """Show these articles."""
        self.beginResetModel()
        self.articles = list(articles)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.articles)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and section < len(HEADINGS):
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(HEADINGS[section]) if HEADINGS[section] else ""
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.articles):
            return None
        one, column = self.articles[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                number(index.row() + 1), one.title or tr("No title"), wording.when(one.published), one.outlet or "",
                one.author or "", " ".join(one.text[: 2 * BEGINNING].split())[:BEGINNING],
            )[column]  # fmt: skip
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == 2 and one.published:
                return tr("Rule: {rule}").format(rule=one.published.rule)
            return one.text[:1500] if column == 5 else None
        if role == Qt.ItemDataRole.ForegroundRole:
            missing = (column == 1 and not one.title) or (column == 2 and one.published is None)
            return self._theme["warning" if missing else "text" if column == 1 else "muted"]
        return None
