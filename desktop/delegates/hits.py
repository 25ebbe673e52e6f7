"""A hit in the list of a search: who and when, the words with what matched marked, and where they stand."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop import wording
from desktop.delegates.lines import draw_lines
from desktop.delegates.rows import STATUS_ICONS, paint_background
from desktop.models.rows import ObjectRole
from desktop.theme import Theme
from desktop.widgets.places import Places, shown
from desktop.wording import tr
from index.model import Hit

LINES = {"statements": 2, "documents": 3}
SIDE, EDGE, GAP = 14, 9, 3


class HitDelegate(QStyledItemDelegate):
    """Paints `ObjectRole` (a Hit) of statements or of documents (`unit`)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.unit = "statements"

    @property
    def lines(self) -> int:
        """Lines of a snippet."""
        return LINES[self.unit]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        strong, plain, small = self._fonts()
        height = strong.height() + GAP + self.lines * plain.lineSpacing() + GAP + small.height()
        return QSize(240, 2 * EDGE + height)

    def _fonts(self) -> tuple[QFontMetrics, QFontMetrics, QFontMetrics]:
        theme = self._theme
        strong = theme.font(1.0, QFont.Weight.DemiBold)
        return QFontMetrics(strong), QFontMetrics(self._quote()), QFontMetrics(theme.font(0.9))

    def _quote(self) -> QFont:
        """The reading font in the size of the interface: a list is not a page to read."""
        font = self._theme.reading_font()
        font.setPointSizeF(self._theme.points * 1.1)
        return font

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit = index.data(ObjectRole)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        selected = paint_background(painter, option, self._theme)
        painter.fillRect(QRect(rect.left() + SIDE, rect.bottom(), rect.width() - 2 * SIDE, 1), self._theme["line"])
        if isinstance(hit, Hit):
            self._paint(painter, rect.adjusted(SIDE, EDGE, -SIDE, -EDGE), hit, selected)
        painter.restore()

    def _paint(self, painter: QPainter, rect: QRect, hit: Hit, selected: bool) -> None:
        strong, plain, small = self._fonts()
        head = QRect(rect.left(), rect.top(), rect.width(), strong.height())
        self._head(painter, head, hit, selected)
        body = QRect(rect.left(), head.bottom() + 1 + GAP, rect.width(), self.lines * plain.lineSpacing())
        self._snippet(painter, body, hit, selected)
        foot = QRect(rect.left(), body.bottom() + 1 + GAP, rect.width(), small.height())
        painter.setFont(self._theme.font(0.9))
        painter.setPen(self._theme["on_soft" if selected else "muted"])
        text = small.elidedText(self._source(hit), Qt.TextElideMode.ElideRight, foot.width())
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, text)

    def _head(self, painter: QPainter, head: QRect, hit: Hit, selected: bool) -> None:
        theme, documents = self._theme, self.unit == "documents"
        text = theme["on_soft" if selected else "text"]
        right = head.right()
        if hit.status in STATUS_ICONS:
            icon, colour = STATUS_ICONS[hit.status]
            side = head.height() - 1
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(right - side, head.top(), theme.icons.pixmap(icon, side, ratio, colour))
            right -= side + 6
        when = hit.published if documents else hit.said
        said = wording.when(when)
        if not documents and hit.kind and hit.kind != "direct":
            said = f"{wording.kind(hit.kind)} · {said}"
        small = theme.font(0.9)
        width = QFontMetrics(small).horizontalAdvance(said)
        painter.setFont(small)
        quiet = text if selected else theme["muted"]
        painter.setPen(quiet if when else text if selected else theme["warning"])
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(right - width, head.top(), width + 1, head.height()), middle, said)
        known = bool(hit.title if documents else hit.actor)
        name = hit.title if documents else hit.actor
        strong = theme.font(1.0, QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(text if known or selected else theme["warning"])
        room = right - width - 12 - head.left()
        name = shown(name or tr("Unknown speaker"))
        name = QFontMetrics(strong).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(head.left(), head.top(), room, head.height()), middle, name)

    def _source(self, hit: Hit) -> str:
        if self.unit == "documents":
            return " · ".join(part for part in (hit.outlet, hit.actor) if part) or tr("No outlet")
        parts = (hit.role, hit.outlet, hit.title, wording.when(hit.published, "undated"))
        return shown(" · ".join(part for part in parts if part))

    def _snippet(self, painter: QPainter, rect: QRect, hit: Hit, selected: bool) -> None:
        """The snippet on at most so many lines; the marked words stand on a ground of their own and are underlined."""
        font = self._quote()
        text = shown(hit.snippet)
        places = Places(text)
        marks = [self._mark(*places.range(mark)) for mark in hit.marks]
        painter.setPen(self._theme["on_soft" if selected else "text"])
        draw_lines(painter, rect, text, font, self.lines, marks)

    def _mark(self, start: int, end: int) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, end - start  # type: ignore[attr-defined]
        look = QTextCharFormat()
        look.setBackground(self._theme["found"])
        look.setForeground(self._theme["text"])
        look.setFontUnderline(True)
        made.format = look  # type: ignore[attr-defined]
        return made
