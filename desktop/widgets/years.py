"""Hits per year as bars, with a range to choose: by dragging, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.theme import Theme
from desktop.wording import number, plural, tr

HEIGHT = 54
Range = tuple[int, int]


class YearBars(QWidget):
    """`chosen` tells (first year, last year), or None when the choice was taken back."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: dict[int, int] = {}
        self._range: Range | None = None
        self._anchor: int | None = None
        self._cursor: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._describe()
        theme.changed.connect(self.updateGeometry)

    def show_counts(self, pairs: Sequence[tuple[str, int]], chosen: Range | None) -> None:
        """Bars for (year, hits); `chosen` is the range of the filter that holds."""
        self._counts = {int(year): count for year, count in pairs if year}
        self._range = chosen
        self._describe()
        self.update()

    @property
    def years(self) -> list[int]:
        """All years from the first to the last that has hits or is chosen."""
        known = [*self._counts, *(self._range or ())]
        return list(range(min(known), max(known) + 1)) if known else []

    def sizeHint(self) -> QSize:
        return QSize(180, HEIGHT + QFontMetrics(self._theme.font(0.85)).height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _describe(self) -> None:
        words = ", ".join(f"{year}: {number(count)}" for year, count in sorted(self._counts.items()))
        chosen = tr("chosen {first} to {last}").format(first=self._range[0], last=self._range[1]) if self._range else ""
        self.setAccessibleName(tr("Hits per year"))
        self.setAccessibleDescription(". ".join(part for part in (words, chosen) if part))

    # --- choosing ---

    def _year_at(self, x: float) -> int | None:
        years = self.years
        if not years:
            return None
        return years[max(0, min(len(years) - 1, int(x * len(years) / max(1, self.width()))))]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._anchor = self._cursor = self._year_at(event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._cursor = self._year_at(event.position().x())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor is None or self._cursor is None:
            return
        picked = (min(self._anchor, self._cursor), max(self._anchor, self._cursor))
        self._anchor = None
        self._choose(None if picked == self._range else picked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        years = self.years
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if not years or (step is None and event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_Delete)):
            super().keyPressEvent(event)
        elif step is None:
            self._choose(None)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._range:
            first, last = self._range
            self._choose((first, max(first, min(years[-1], last + step))))
        else:
            now = self._range[0] + step if self._range else (years[0] if step > 0 else years[-1])
            year = max(years[0], min(years[-1], now))
            self._choose((year, year))

    def _choose(self, picked: Range | None) -> None:
        self._range = picked
        self._describe()
        self.update()
        self.chosen.emit(picked)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            year = self._year_at(event.pos().x())
            text = f"{year}: {plural(self._counts.get(year, 0), 'hit', 'hits')}" if year else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        years = self.years
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = self._theme.font(0.85)
        painter.setFont(small)
        if not years:
            painter.setPen(self._theme["muted"])
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("No dated hits"))
            return
        held = self._held()
        step, top = self.width() / len(years), max(self._counts.values(), default=1) or 1
        for place, year in enumerate(years):
            height = (HEIGHT - 4) * self._counts.get(year, 0) / top
            inside = held is None or held[0] <= year <= held[1]
            colour = self._theme["accent"] if inside else self._theme["border"]
            gap = min(2.0, step / 5)
            bar = QRectF(place * step + gap / 2, HEIGHT - max(height, 1.5), max(step - gap, 1), max(height, 1.5))
            painter.fillRect(bar, colour)
        if held is not None:
            left, right = (held[0] - years[0]) * step, (held[1] - years[0] + 1) * step
            painter.fillRect(QRectF(left, HEIGHT + 1, right - left, 2), self._theme["accent"])
        self._labels(painter, years)
        if self.hasFocus():
            painter.setPen(self._theme["accent"])
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _held(self) -> Range | None:
        if self._anchor is not None and self._cursor is not None:
            return min(self._anchor, self._cursor), max(self._anchor, self._cursor)
        return self._range

    def _labels(self, painter: QPainter, years: list[int]) -> None:
        rect = self.rect().adjusted(0, HEIGHT + 3, 0, 0)
        painter.setPen(self._theme["muted"])
        held = self._held()
        width = painter.fontMetrics().horizontalAdvance("0000 0000–0000 0000")
        if held is None or width < rect.width():
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft, str(years[0]))
            if len(years) > 1:
                painter.drawText(rect, Qt.AlignmentFlag.AlignRight, str(years[-1]))
        if held is not None:
            text = str(held[0]) if held[0] == held[1] else f"{held[0]}–{held[1]}"
            painter.setPen(self._theme["accent"])
            painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter, text)
