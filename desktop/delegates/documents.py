"""A document's title, and below it, small, the name of its file."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.models.documents import file_of
from desktop.models.rows import ObjectRole
from desktop.theme import Theme
from index.model import Document


class TwoLines(QStyledItemDelegate):
    """Paints `ObjectRole` (a Document) in the title's column."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        document = index.data(ObjectRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme["soft" if selected else "hover"])
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._theme["line"])
        if isinstance(document, Document):
            self._paint(painter, rect.adjusted(10, 0, -8, 0), document, selected)
        painter.restore()

    def _paint(self, painter: QPainter, rect: QRect, document: Document, selected: bool) -> None:
        name, file = self._theme.font(), self._theme.font(0.88)
        high, low = QFontMetrics(name), QFontMetrics(file)
        top = rect.center().y() - (high.height() + low.height()) // 2
        elide, middle = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle
        painter.setPen(self._theme["on_soft" if selected else "text"])
        painter.setFont(name)
        line = QRect(rect.left(), top, rect.width(), high.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, high.elidedText(document.name, elide, rect.width()))
        painter.setPen(self._theme["on_soft" if selected else "muted"])
        painter.setFont(file)
        line = QRect(rect.left(), top + high.height(), rect.width(), low.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, low.elidedText(file_of(document), middle, rect.width()))
