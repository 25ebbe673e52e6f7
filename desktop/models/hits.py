"""The hits of a search, page after page: more are asked for when the list is scrolled to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop import wording
from desktop.models.rows import IdRole, ObjectRole
from index.model import Hit

Index = QModelIndex | QPersistentModelIndex


class HitList(QAbstractListModel):
    """One row per hit (`ObjectRole`: a Hit). `more_wanted` asks for the hits after those that are here."""

    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unit = "statements"
        self.total = 0
        self.hits: list[Hit] = []
        self._asked = 0

    def show(self, unit: str, hits: Sequence[Hit], total: int) -> None:
        """Show the first hits of an answer."""
        self.beginResetModel()
        self.unit, self.hits, self.total, self._asked = unit, list(hits), total, 0
        self.endResetModel()

    def add(self, hits: Sequence[Hit]) -> None:
        """The hits that follow."""
        if hits:
            self.beginInsertRows(QModelIndex(), len(self.hits), len(self.hits) + len(hits) - 1)
            self.hits += hits
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return len(self.hits) < self.total and self._asked < len(self.hits)

    def fetchMore(self, parent: Index) -> None:
        self._asked = len(self.hits)
        self.more_wanted.emit(len(self.hits))

    def hit(self, place: int) -> Hit | None:
        """The hit of a row."""
        return self.hits[place] if 0 <= place < len(self.hits) else None

    def place(self, hit_id: int) -> int:
        """The row of an id; -1: it isn't here (yet)."""
        return next((n for n, hit in enumerate(self.hits) if hit.id == hit_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.hit(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == IdRole:
            return found.id
        if role == ObjectRole:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return hit_text(found, self.unit)
        return None


def hit_text(hit: Hit, unit: str) -> str:
    """A hit in one line, for screen readers."""
    words = " ".join(hit.snippet.split())
    if unit == "documents":
        return f"{hit.title}, {wording.when(hit.published)}: {words}"
    who = hit.actor or wording.tr("Unknown speaker")
    return f"{who}, {wording.when(hit.said)}: {words} ({hit.outlet or hit.title})"
