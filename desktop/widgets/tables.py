"""Tables and lists as the program wears them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QStyledItemDelegate, QTableView

from desktop.models.rows import IdRole
from desktop.theme import Theme

OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAST = 34  # characters that the column which takes the rest has at least


class Table(QTableView):
    """Rows as wholes, no grid, Enter and double click open; `widths` are in characters, 0 takes what is left."""

    def __init__(
        self, name: str, model: QAbstractItemModel, widths: tuple[int, ...], theme: Theme, lines: int = 1,
        optional: tuple[int, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self._theme, self._widths, self._lines = theme, widths, lines
        self._optional = optional
        self.opened: Callable[[int], object] = lambda row: None
        self.asked: Callable[[QPoint], object] = lambda position: None
        self.removed: Callable[[], object] | None = None  # what the Delete key does
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(lines > 1)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(40)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda position: self.asked(position))
        self.doubleClicked.connect(lambda index: self.opened(index.row()))
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        letters = self.fontMetrics().averageCharWidth()
        header = self.horizontalHeader()
        for column, width in enumerate(self._widths):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, width * letters + 20)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(self.fontMetrics().height() * (2.1 if self._lines == 1 else 3.0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the optional columns go, so that the one that takes the rest keeps its room."""
        letters = self.fontMetrics().averageCharWidth()
        room = self.viewport().width() - sum(width * letters + 20 for width in self._widths if width)
        for column in self._optional:
            hide = room < LEAST * letters
            self.setColumnHidden(column, hide)
            room += (self._widths[column] * letters + 20) if hide else 0
        super().resizeEvent(event)

    def selected_ids(self) -> list[int]:
        """The ids (`IdRole`) of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.model().index(row, 0).data(IdRole) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPENING and not event.modifiers() and self.currentIndex().isValid():
            self.opened(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Delete and self.removed is not None and self.currentIndex().isValid():
            self.removed()
        else:
            super().keyPressEvent(event)


class List(QListView):
    """Rows painted by a delegate; Enter and double click open."""

    def __init__(self, name: str, model: QAbstractItemModel, delegate: QStyledItemDelegate, many: bool = True) -> None:
        super().__init__()
        self.opened: Callable[[int], object] = lambda row: None
        self.asked: Callable[[QPoint], object] = lambda position: None
        self._delegate = delegate
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda position: self.asked(position))
        self.doubleClicked.connect(lambda index: self.opened(index.row()))

    def selected_ids(self) -> list[int]:
        """The ids (`IdRole`) of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.model().index(row, 0).data(IdRole) for row in rows]

    def choose(self, row: int) -> None:
        """Select a row and bring it into view."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPENING and not event.modifiers() and self.currentIndex().isValid():
            self.opened(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
