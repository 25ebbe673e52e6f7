"""The table of documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import wording
from desktop.models.rows import IdRole, ObjectRole, Rows
from desktop.theme import Theme
from desktop.wording import tr
from index.model import Document

if TYPE_CHECKING:
    from index.library import Library

Index = QModelIndex | QPersistentModelIndex


def conflict(document: Document) -> bool:
    """True where the file itself gives different publication days."""
    days = {when.earliest for when in document.dates if when.is_day}
    return len(days) > 1 and not (document.published and document.published.rule.startswith("set by hand"))


def trouble(document: Document) -> str:
    """What a person should look at, in a few words; "" for nothing."""
    if document.problem:
        return wording.problem(document.problem, document.file)
    if document.published is None:
        return tr("No date")
    if conflict(document):
        return tr("Several dates in the file")
    if document.duplicate_of:
        return copy_of(document)
    return ""


def copy_of(document: Document, twin: Document | None = None) -> str:
    """What a document is a copy of: by its title and outlet, by its number where that is all one knows."""
    if twin is None:
        return tr("Copy of document {id}").format(id=document.duplicate_of)
    same = tr("Same words as {name}") if twin.digest == document.digest else tr("Nearly the same words as {name}")
    return same.format(name="“" + twin.name + "”" + (f", {twin.outlet}" if twin.outlet else ""))


# Key (that the list is sorted by, "" for none), heading, words of a row.
COLUMNS: tuple[tuple[str, str, Callable[[Document], str]], ...] = (
    ("published", "Published", lambda d: wording.when(d.published)),
    ("title", "Title", lambda d: d.name),
    ("outlet", "Outlet", lambda d: d.outlet or ""),
    ("statements", "Statements", lambda d: wording.number(d.statements)),
    ("", "To look at", trouble),
)

TITLE, OUTLET, COUNT, LOOK = 1, 2, 3, 4


def in_order(documents: Sequence[Document], order: str) -> list[int]:
    """Their ids by a column, the other way round after "-"; those that have nothing there are last both ways."""
    name = order.removeprefix("-")
    keys: dict[int, Any] = {d.id: d.statements if name == "statements" else _letters(getattr(d, name)) for d in documents}
    if name == "title":
        keys = {d.id: _letters(d.name) for d in documents}
    filled = sorted((d.id for d in documents if keys[d.id] != ""), key=lambda i: keys[i], reverse=order.startswith("-"))
    return filled + [d.id for d in documents if keys[d.id] == ""]


def _letters(text: str | None) -> str:
    """For sorting: "ámbito" stands beside "Ambito", not after "z"."""
    bare = unicodedata.normalize("NFKD", text or "").casefold()
    return "".join(c for c in bare if not unicodedata.combining(c)).strip("\"'“”‘’«»„ ")


def file_of(document: Document) -> str:
    """The file's name, with the number of the article where it holds several."""
    return f"{document.file} #{document.part}" if document.part else document.file


class DocumentTable(QAbstractTableModel):
    """Ids in the order that the library gave; a row is fetched when it is painted."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._library: Library | None = None
        self.copies = False
        self._rows: Rows[Document] = Rows(self._fetch)
        self._twins: dict[int, Document] = {}  # what the copies among the rows are copies of

    def show(self, library: Library | None, ids: Sequence[int], copies: bool = False) -> None:
        """Show these documents; `copies`: with what each is a copy of. The same ids again: only what they say is read
        anew."""
        same = copies == self.copies
        self.copies = copies
        self._twins.clear()
        if same and library is self._library and list(ids) == self._rows.ids:
            self._rows.forget()
            if self._rows.ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._library = library
        self._rows.set_ids(ids)
        self.endResetModel()

    @property
    def ids(self) -> list[int]:
        """The ids, in the order of the rows."""
        return self._rows.ids

    def document(self, place: int) -> Document | None:
        """The document of a row, without its text."""
        return self._rows.at(place) if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(COLUMNS[section][1])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == IdRole:
            return self._rows.ids[index.row()]
        found = self._rows.at(index.row())
        if found is None:
            return None
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and column == LOOK and self.copies:
            return copy_of(found, self._twins.get(found.duplicate_of or 0))
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[column][2](found)
        if role == ObjectRole:
            return found
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == 0 and found.published:
                return tr("Rule: {rule}").format(rule=found.published.rule)
            return COLUMNS[column][2](found) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(found, column)
        return None

    def _colour(self, document: Document, column: int) -> Any:
        if column == LOOK or (column == 0 and document.published is None):
            return self._theme["danger" if document.problem else "warning"]
        return self._theme["text" if column == TITLE else "muted"]

    def _fetch(self, ids: Sequence[int]) -> Sequence[Document]:
        if self._library is None:
            return ()
        found = self._library.documents(ids)
        if self.copies:
            self._twins |= {d.id: d for d in self._library.documents(list({d.duplicate_of for d in found if d.duplicate_of}))}
        return found


def _side(column: int) -> Qt.AlignmentFlag:
    return (
        Qt.AlignmentFlag.AlignRight if column == COUNT else Qt.AlignmentFlag.AlignLeft
    ) | Qt.AlignmentFlag.AlignVCenter
