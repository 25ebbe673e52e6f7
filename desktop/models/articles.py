"""The articles that a split rule finds in a bundle, as rows: what import would make of the file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from desktop import wording
from desktop.models.cells import CellTable, Index
from desktop.theme import Theme
from desktop.wording import number, tr
from index.model import Article

BEGINNING = 120  # characters


class ArticleTable(CellTable[Article]):
    """A row per article: what the splitting found of it."""

    headings = ("", "Title", "Published", "Outlet", "Author", "Begins")

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._theme = theme

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and index.isValid() and index.column() == 0:
            return number(index.row() + 1)
        return super().data(index, role)

    def cells(self, row: Article) -> tuple[str, ...]:
        """An article in words; its number is its place in the list."""
        begins = " ".join(row.text[: 2 * BEGINNING].split())[:BEGINNING]
        return "", row.title or tr("No title"), wording.when(row.published), row.outlet or "", row.author or "", begins

    def tip(self, row: Article, column: int) -> str | None:
        if column == 2 and row.published:
            return tr("Rule: {rule}").format(rule=row.published.rule)
        return row.text[:1500] if column == 5 else None

    def colour(self, row: Article, column: int) -> QColor:
        missing = (column == 1 and not row.title) or (column == 2 and row.published is None)
        return self._theme["warning" if missing else "text" if column == 1 else "muted"]
