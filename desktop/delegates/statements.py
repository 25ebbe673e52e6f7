"""A statement in a list: who and when, two lines of the words, and whether somebody has looked at it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop import wording
from desktop.delegates.lines import draw_lines
from desktop.delegates.rows import STATUS_ICONS, paint_background
from desktop.models.rows import DocumentRole, ObjectRole
from desktop.theme import Theme
from index.model import Document, Statement

LINES = 2
SIDE, EDGE, GAP = 14, 10, 3


class StatementDelegate(QStyledItemDelegate):
    """Paints `ObjectRole` (a Statement). `show_actor` False: all rows have the same, so the source stands there."""

    def __init__(self, theme: Theme, show_actor: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._show_actor = show_actor

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        name, words = QFontMetrics(self._theme.font(1.0, QFont.Weight.DemiBold)), QFontMetrics(self._theme.font())
        return QSize(200, 2 * EDGE + name.height() + GAP + LINES * words.lineSpacing())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        statement = index.data(ObjectRole)
        rect: QRect = option.rect
        painter.save()
        selected = paint_background(painter, option, self._theme)
        painter.fillRect(QRect(rect.left() + SIDE, rect.bottom(), rect.width() - 2 * SIDE, 1), self._theme["line"])
        if isinstance(statement, Statement):
            document = index.data(DocumentRole)
            heading = self._heading(statement, document if isinstance(document, Document) else None)
            self._paint(painter, rect.adjusted(SIDE, EDGE, -SIDE, -EDGE), statement, heading, selected)
        painter.restore()

    def _heading(self, statement: Statement, document: Document | None) -> str:
        if self._show_actor:
            return wording.speaker(statement)
        if document is None:
            return statement.label
        return f"{document.outlet}: {document.name}" if document.outlet else document.name

    def _paint(self, painter: QPainter, rect: QRect, statement: Statement, name: str, selected: bool) -> None:
        strong, plain, small = self._theme.font(1.0, QFont.Weight.DemiBold), self._theme.font(), self._theme.font(0.9)
        text = self._theme["on_soft" if selected else "text"]
        quiet = text if selected else self._theme["muted"]
        head = QRect(rect.left(), rect.top(), rect.width(), QFontMetrics(strong).height())
        right = head.right()
        if statement.status in STATUS_ICONS:
            icon, colour = STATUS_ICONS[statement.status]
            side = head.height() - 1
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(right - side, head.top(), self._theme.icons.pixmap(icon, side, ratio, colour))
            right -= side + 6
        said = wording.when(statement.when)
        if statement.kind != "direct":
            said = f"{wording.kind(statement.kind)} · {said}"
        painter.setFont(small)
        painter.setPen(quiet if statement.when else self._theme["warning"])
        width = QFontMetrics(small).horizontalAdvance(said)
        painter.drawText(
            QRect(right - width, head.top(), width + 1, head.height()), Qt.AlignmentFlag.AlignVCenter, said
        )
        painter.setFont(strong)
        painter.setPen(text if statement.actor else self._theme["warning"])
        room = right - width - 10 - head.left()
        name = QFontMetrics(strong).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(head.left(), head.top(), room, head.height()), Qt.AlignmentFlag.AlignVCenter, name)
        below = QRect(rect.left(), head.bottom() + GAP, rect.width(), rect.bottom() - head.bottom())
        if statement.status == "rejected":
            plain.setStrikeOut(True)
        painter.setPen(quiet)
        draw_lines(painter, below, " ".join(statement.text[:1000].split()), plain, LINES)
