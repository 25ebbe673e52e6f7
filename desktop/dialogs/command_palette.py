"""The command palette: type three letters of what you want to do, Enter does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.widgets.tables import List
from desktop.wording import tr

Index = QModelIndex | QPersistentModelIndex


def words_of(action: QAction) -> str:
    """What the palette shows for an action."""
    return action.text().replace("&", "").rstrip("…")


def likeness(typed: str, text: str) -> int:
    """How well typed letters fit: beginning of the text, of its words, inside, letters in order; 0: not at all."""
    typed, text = typed.casefold().strip(), text.casefold()
    if not typed or text.startswith(typed):
        return 4
    if all(any(word.startswith(part) for word in text.split()) for part in typed.split()):
        return 3
    if typed in text:
        return 2
    letters = iter(text)
    return 1 if all(letter in letters for letter in typed.replace(" ", "")) else 0


class _Actions(QAbstractListModel):
    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._all = sorted(actions, key=words_of)
        self.shown = list(self._all)

    def filter(self, typed: str) -> None:
        self.beginResetModel()
        ranked = [
            (likeness(typed, f"{words_of(action)} {action.toolTip()}" if len(typed) > 3 else words_of(action)), action)
            for action in self._all
        ]
        self.shown = [action for rank, action in sorted(ranked, key=lambda pair: -pair[0]) if rank]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        action = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(action)
        if role == Qt.ItemDataRole.DecorationRole:
            return action.icon()
        if role == Qt.ItemDataRole.UserRole:
            return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round(QFontMetrics(self._theme.font()).height() * 2.1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme["soft" if selected else "hover"])
        inner = rect.adjusted(14, 0, -14, 0)
        index.data(Qt.ItemDataRole.DecorationRole).paint(painter, QRect(inner.left(), inner.top(), 18, inner.height()))
        painter.setFont(self._theme.font())
        painter.setPen(self._theme["on_soft" if selected else "text"])
        painter.drawText(inner.adjusted(30, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
        painter.setFont(self._theme.font(0.9))
        painter.setPen(self._theme["on_soft" if selected else "muted"])
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, flags, index.data(Qt.ItemDataRole.UserRole))
        painter.restore()


class CommandPalette(QDialog):
    """Lists what can be done now. The arrow keys move in the list while one types."""

    def __init__(self, actions: Sequence[QAction], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("palette")
        self.setWindowTitle(tr("Find an action"))
        self.model = _Actions([a for a in actions if a.text() and a.objectName() != "palette"])
        self.field = QLineEdit()
        self.field.setProperty("role", "search")
        self.field.setPlaceholderText(tr("What do you want to do?"))
        self.field.setAccessibleName(tr("What do you want to do?"))
        self.list = List(tr("Actions"), self.model, _Delegate(theme), many=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._run)
        self.list.clicked.connect(lambda index: self._run())
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.resize(560, 420)
        middle = parent.mapToGlobal(parent.rect().center())
        self.move(middle.x() - 280, parent.mapToGlobal(parent.rect().topLeft()).y() + 90)
        self.list.choose(0)
        self.field.setFocus()

    def _filter(self, typed: str) -> None:
        self.model.filter(typed)
        if self.model.shown:
            self.list.choose(0)

    def _run(self) -> None:
        row = self.list.currentIndex().row()
        action = self.model.shown[row] if 0 <= row < len(self.model.shown) else None
        self.close()
        if action is not None:
            action.trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.model.shown:
            super().keyPressEvent(event)
            return
        row = max(0, min(len(self.model.shown) - 1, self.list.currentIndex().row() + step))
        self.list.choose(row)
