"""How the hits spread, as lists to narrow them by: every value can be included or excluded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.widgets.pieces import Flow, empty_layout, label
from desktop.wording import number, tr

Index = QModelIndex | QPersistentModelIndex
MOST_ROWS = 7
ValueRole, CountRole, StateRole = (Qt.ItemDataRole.UserRole + n for n in range(1, 4))
INCLUDED, EXCLUDED = "included", "excluded"


class FacetModel(QAbstractListModel):
    """(value, hits) with what is chosen of them; values that are chosen stay even when they have no hits now."""

    def __init__(self, words: Callable[[str], str]) -> None:
        super().__init__()
        self._words = words
        self.rows: list[tuple[str, int]] = []
        self.states: dict[str, str] = {}

    def show(self, pairs: Sequence[tuple[str, int]], states: Mapping[str, str]) -> None:
        """Other counts and choices."""
        self.beginResetModel()
        known = {value for value, _ in pairs}
        self.rows = [*pairs, *((value, 0) for value in states if value not in known)]
        self.states = dict(states)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        value, count = self.rows[index.row()]
        state = self.states.get(value, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (self._words(value), number(count), tr(state) if state else "") if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words(value)
        return {ValueRole: value, CountRole: count, StateRole: state}.get(role)


class FacetDelegate(QStyledItemDelegate):
    """A box (empty, ticked, crossed), the value, the number of hits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, QFontMetrics(self._theme.font()).height() + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        rect: QRect = option.rect  # type: ignore[attr-defined]
        flags: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        state = index.data(StateRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if flags & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme["hover"])
        if flags & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme["accent"])
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 4, 4)
        side = round(QFontMetrics(theme.font()).height() * 0.8)
        square = QRect(rect.left() + 4, rect.center().y() - side // 2, side, side)
        painter.setPen(theme["accent"] if state == INCLUDED else theme["danger"] if state else theme["border"])
        painter.setBrush(theme["accent"] if state == INCLUDED else theme["base"])
        painter.drawRoundedRect(square, 3, 3)
        if state:
            colour = "on_accent" if state == INCLUDED else "danger"
            name = "confirm" if state == INCLUDED else "close"
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(square.adjusted(1, 1, -1, -1), theme.icons.pixmap(name, side, ratio, colour))
        count = number(index.data(CountRole))
        font = theme.font(1.0, QFont.Weight.DemiBold if state == INCLUDED else QFont.Weight.Normal)
        font.setStrikeOut(state == EXCLUDED)
        small = theme.font(0.9)
        width = QFontMetrics(small).horizontalAdvance(count)
        painter.setFont(small)
        painter.setPen(theme["muted"])
        painter.drawText(rect.adjusted(0, 0, -6, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room = rect.right() - width - 14 - (square.right() + 8)
        painter.setFont(font)
        painter.setPen(theme["text"])
        text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        place = QRect(square.right() + 8, rect.top(), room, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class FacetList(QListView):
    """The values of one facet. Click or Space includes, Delete or a click with Ctrl (or the menu) excludes.

    `toggled` tells (value, "included" or "excluded" or "").
    """

    toggled = Signal(str, str)

    def __init__(self, theme: Theme, name: str, words: Callable[[str], str]) -> None:
        super().__init__()
        self.values = FacetModel(words)
        self._delegate = FacetDelegate(theme)
        self.setModel(self.values)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        theme.changed.connect(self._fit)

    def show_values(self, pairs: Sequence[tuple[str, int]], states: Mapping[str, str]) -> None:
        """Other counts; the list is as high as it needs to be, up to seven rows."""
        row = self.currentIndex().row()
        self.values.show(pairs, states)
        if 0 <= row < len(self.values.rows):
            self.setCurrentIndex(self.values.index(row))
        self._fit()

    def _fit(self) -> None:
        height = self._delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.setFixedHeight(height * min(max(len(self.values.rows), 1), MOST_ROWS) + 2)

    def _toggle(self, index: Index, state: str) -> None:
        value, now = index.data(ValueRole), index.data(StateRole)
        self.toggled.emit(value, "" if now == state else state)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._toggle(index, EXCLUDED if event.modifiers() & Qt.KeyboardModifier.ControlModifier else INCLUDED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(index, INCLUDED)
        elif index.isValid() and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Minus):
            self._toggle(index, EXCLUDED)
        else:
            super().keyPressEvent(event)

    def _menu(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = str(index.data())
        menu.addAction(tr("Only “{name}”").format(name=name), lambda: self._toggle(index, INCLUDED))
        menu.addAction(tr("Without “{name}”").format(name=name), lambda: self._toggle(index, EXCLUDED))
        menu.popup(self.viewport().mapToGlobal(position))


class ChipRow(QWidget):
    """The filters that hold, in rows as wide as there is room; as high as the rows need."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow()
        self.setLayout(self._flow)

    def show_chips(self, chips: Sequence[QWidget]) -> None:
        """Other chips."""
        empty_layout(self._flow)
        for chip in chips:
            self._flow.addWidget(chip)
            chip.show()  # a hidden item has no size
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(self._flow.heightForWidth(max(self.width(), 200)), 1))


class Facet(QWidget):
    """A heading and its list; hidden while there is nothing to choose."""

    def __init__(self, theme: Theme, title: str, inside: QWidget) -> None:
        super().__init__()
        self.heading: QLabel = label(title, "section")
        self.heading.setBuddy(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(inside)
