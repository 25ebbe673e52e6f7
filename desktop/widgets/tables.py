"""Tables and lists as the program wears them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QStyledItemDelegate, QTableView

from desktop.models.rows import IdRole
from desktop.theme import Theme
from desktop.widgets.kept_rows import KeptRows
from desktop.widgets.pieces import letter_width

OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason)
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
        self._absent: frozenset[int] = frozenset()
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
        KeptRows(self)
        self._measure()

    def _measure(self) -> None:
        header = self.horizontalHeader()
        for column, width in enumerate(self._widths):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, self._width_of(column))
        self._share()
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(self.fontMetrics().height() * (self._lines + (1.1 if self._lines == 1 else 1.0))))

    def _width(self, characters: int) -> int:
        return round(characters * letter_width(self.fontMetrics())) + 20

    def _width_of(self, column: int) -> int:
        """What a column of a fixed width gets: at least what its heading needs."""
        return max(self._width(self._widths[column]), self.horizontalHeader().sectionSizeHint(column))

    def _share(self) -> None:
        """In a narrow window the optional columns go; if even then the one that takes the rest has none, it gets some
        and the table is scrolled sideways."""
        shown = [n for n in range(len(self._widths)) if n not in self._absent]
        room = self.viewport().width() - sum(self._width_of(n) for n in shown if self._widths[n])
        least = self._width(LEAST) - 20
        for column in self._absent:
            self.setColumnHidden(column, True)
        for column in (n for n in self._optional if n in shown):
            hide = room < least
            self.setColumnHidden(column, hide)
            room += self._width_of(column) if hide else 0
        header = self.horizontalHeader()
        for column in (n for n in shown if not self._widths[n]):
            crowded = room < least * 0.6
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(column, mode.Interactive if crowded else mode.Stretch)
            if crowded:
                self.setColumnWidth(column, least)

    def leave_out(self, columns: Iterable[int]) -> None:
        """Hide columns that say nothing now; the others are shown."""
        self._absent = frozenset(columns)
        for column in range(len(self._widths)):
            self.setColumnHidden(column, column in self._absent)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share()
        super().resizeEvent(event)

    def selected_ids(self) -> list[int]:
        """The ids (`IdRole`) of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.model().index(row, 0).data(IdRole) for row in rows]

    def selectRow(self, row: int) -> None:
        """Select this row alone. Qt's own would add it to the others while Ctrl is held, as it is when Ctrl+Z led here."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags.ClearAndSelect | flags.Rows)

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
        """Select a row, it alone, and bring it into view. `setCurrentIndex` of the view would add it to the selected
        ones while Ctrl is held, as it is when Ctrl+J led here: the next Ctrl+Return would confirm what nobody has read."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def choose_rows(self, rows: Sequence[int], place: int | None = None) -> None:
        """Select these rows, the first is the current one; the list stands where `place` (of its scroll bar) says,
        else where that one is in view."""
        if rows:
            self.choose(rows[0])
        for row in rows[1:]:
            self.selectionModel().select(self.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)
        if place is not None:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPENING and not event.modifiers() and self.currentIndex().isValid():
            self.opened(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by a key sees where they are: Qt makes the first row current, but selects none."""
        super().focusInEvent(event)
        if event.reason() in BY_KEY and self.model().rowCount() and not self.selectionModel().hasSelection():
            self.choose(max(self.currentIndex().row(), 0))
