"""A list of statements, by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import wording
from desktop.models.rows import DocumentRole, IdRole, ObjectRole, Rows
from index.model import Document, Statement

if TYPE_CHECKING:
    from index.library import Library

Index = QModelIndex | QPersistentModelIndex


class StatementList(QAbstractListModel):
    """One row per statement, painted by a `StatementDelegate`; `sources`: with its document (`DocumentRole`)."""

    def __init__(self, parent: QObject | None = None, sources: bool = False) -> None:
        super().__init__(parent)
        self._library: Library | None = None
        self._sources = sources
        self._documents: dict[int, Document] = {}
        self._rows: Rows[Statement] = Rows(self._fetch)

    def show(self, library: Library | None, ids: Sequence[int]) -> None:
        """Show these statements of a library. The same ids again: only what they say is read anew."""
        if library is self._library and list(ids) == self._rows.ids:
            self._rows.forget()
            self._documents = {}
            if self._rows.ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        self.beginResetModel()
        self._library = library
        self._rows.set_ids(ids)
        self.endResetModel()

    @property
    def ids(self) -> list[int]:
        """The ids, in the order of the rows."""
        return self._rows.ids

    def place(self, statement_id: int) -> int:
        """The row of a statement; -1: it isn't here."""
        return self._rows.ids.index(statement_id) if statement_id in self._rows.ids else -1

    def statement(self, place: int) -> Statement | None:
        """The statement of a row."""
        return self._rows.at(place) if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == IdRole:
            return self._rows.ids[index.row()]
        found = self._rows.at(index.row())
        if found is None:
            return None
        if role == ObjectRole:
            return found
        if role == DocumentRole:
            return self._documents.get(found.document_id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            who, said = wording.speaker(found), wording.when(found.when)
            return f"{who}, {said}: {found.text}"
        return None

    def _fetch(self, ids: Sequence[int]) -> Sequence[Statement]:
        if self._library is None:
            return ()
        found = self._library.statements(ids)
        if self._sources:
            self._documents |= {d.id: d for d in self._library.documents(list({s.document_id for s in found}))}
        return found
