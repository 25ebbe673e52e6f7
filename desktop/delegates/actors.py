"""An actor in a list: what it is, its name, its role or other names, how many statements."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.delegates.rows import paint_background
from desktop.models.rows import ObjectRole, PlaceRole
from desktop.theme import Theme
from desktop.wording import number
from index.model import Actor

SIDE, EDGE, ICON = 14, 9, 20


class ActorDelegate(QStyledItemDelegate):
    """Paints `ObjectRole` (an Actor)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heights = [QFontMetrics(self._theme.font(scale)).height() for scale in (1.0, 0.9)]
        return QSize(180, sum(heights) + 2 * EDGE + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        actor = index.data(ObjectRole)
        rect: QRect = option.rect
        painter.save()
        selected = paint_background(painter, option, self._theme)
        if isinstance(actor, Actor):
            place = index.data(PlaceRole) or ""
            self._paint(painter, rect.adjusted(SIDE, EDGE, -SIDE, -EDGE), actor, place, selected)
        painter.restore()

    def _paint(self, painter: QPainter, rect: QRect, actor: Actor, place: str, selected: bool) -> None:
        text = self._theme["on_soft" if selected else "text"]
        quiet = text if selected else self._theme["muted"]
        picture = self._theme.icons.pixmap(actor.kind, ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.left(), rect.center().y() - ICON // 2, picture)
        strong, small = self._theme.font(1.0, QFont.Weight.DemiBold), self._theme.font(0.9)
        count = number(actor.statements)
        painter.setFont(small)
        painter.setPen(quiet)
        width = QFontMetrics(small).horizontalAdvance(count)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect, flags, count)
        left = rect.left() + ICON + 10
        room = rect.right() - width - 10 - left
        height = QFontMetrics(strong).height()
        under = actor.roles[-1].title if actor.roles else " · ".join(a for a in actor.aliases if a != actor.name)
        painter.setFont(strong)
        painter.setPen(text)
        name = QFontMetrics(strong).elidedText(actor.name, Qt.TextElideMode.ElideRight, room)
        top = rect.top() if under else rect.center().y() - height // 2
        painter.drawText(QRect(left, top, room, height), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(small)
        painter.setPen(quiet)
        metrics = QFontMetrics(small)
        beside = room - QFontMetrics(strong).horizontalAdvance(name) - 8
        if place and beside > metrics.averageCharWidth() * 4:  # what tells it from another of the same name
            title = metrics.elidedText(place, Qt.TextElideMode.ElideRight, beside)
            right = QRect(left + room - beside, top, beside, height)
            painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, title)
        below = QRect(left, rect.top() + height + 2, room, metrics.height())
        painter.drawText(
            below, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(under, Qt.TextElideMode.ElideRight, room)
        )
