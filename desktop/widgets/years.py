"""Hits per year as bars, with a range to choose: by dragging, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.theme import Theme
from desktop.wording import number, plural, tr

HEIGHT = 54
MOST_BARS = 40
RARE = 0.02  # of all hits: years before which there are no more than this share one bar when there are too many
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
    def bars(self) -> list[Range]:
        """The years that each bar stands for, first and last, over all that have hits or are chosen."""
        return bars_of(self._counts, self._range)

    def _hits(self, bar: Range) -> int:
        return sum(count for year, count in self._counts.items() if bar[0] <= year <= bar[1])

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

    def _bar_at(self, x: float) -> int | None:
        """The place of the bar at so many pixels from the left."""
        count = len(self.bars)
        return max(0, min(count - 1, int(x * count / max(1, self.width())))) if count else None

    def _picked(self, one: int, other: int) -> Range:
        """The years from one bar to another."""
        bars = self.bars
        first, last = min(one, other), max(one, other)
        return bars[first][0], bars[last][1]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._anchor = self._cursor = self._bar_at(event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._cursor = self._bar_at(event.position().x())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor is None or self._cursor is None:
            return
        picked = self._picked(self._anchor, self._cursor)
        self._anchor = None
        self._choose(None if picked == self._range else picked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bars, held = self.bars, self._range
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if not bars or (step is None and event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_Delete)):
            super().keyPressEvent(event)
        elif step is None:
            self._choose(None)
        else:
            inside = [place for place, bar in enumerate(bars) if held and bar[1] >= held[0] and bar[0] <= held[1]]
            end = len(bars) - 1
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and inside:
                self._choose(self._picked(inside[0], max(inside[0], min(end, inside[-1] + step))))
            else:
                now = inside[0] + step if inside else (0 if step > 0 else end)
                self._choose(bars[max(0, min(end, now))])

    def _choose(self, picked: Range | None) -> None:
        self._range = picked
        self._describe()
        self.update()
        self.chosen.emit(picked)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._bar_at(event.pos().x())
            bar = self.bars[place] if place is not None else None
            text = f"{_named(bar)}: {plural(self._hits(bar), 'hit', 'hits')}" if bar else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        bars = self.bars
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = self._theme.font(0.85)
        painter.setFont(small)
        if not bars:
            painter.setPen(self._theme["muted"])
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("No dated hits"))
            return
        held = self._held()
        hits = [self._hits(bar) for bar in bars]
        step, top = self.width() / len(bars), max(hits) or 1
        inside = [held is None or (bar[1] >= held[0] and bar[0] <= held[1]) for bar in bars]
        for place in range(len(bars)):
            height = (HEIGHT - 4) * hits[place] / top
            colour = self._theme["accent"] if inside[place] else self._theme["border"]
            gap = min(2.0, step / 5)
            bar = QRectF(place * step + gap / 2, HEIGHT - max(height, 1.5), max(step - gap, 1), max(height, 1.5))
            painter.fillRect(bar, colour)
        if held is not None and any(inside):
            left, right = inside.index(True) * step, (len(bars) - inside[::-1].index(True)) * step
            painter.fillRect(QRectF(left, HEIGHT + 1, right - left, 2), self._theme["accent"])
        self._labels(painter, bars)
        if self.hasFocus():
            painter.setPen(self._theme["accent"])
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _held(self) -> Range | None:
        if self._anchor is not None and self._cursor is not None:
            return self._picked(self._anchor, self._cursor)
        return self._range

    def _labels(self, painter: QPainter, bars: list[Range]) -> None:
        rect = self.rect().adjusted(0, HEIGHT + 3, 0, 0)
        painter.setPen(self._theme["muted"])
        held = self._held()
        width = painter.fontMetrics().horizontalAdvance("0000 0000–0000 0000")
        if held is None or width < rect.width():
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft, _named(bars[0]))
            if len(bars) > 1:
                painter.drawText(rect, Qt.AlignmentFlag.AlignRight, str(bars[-1][1]))
        if held is not None:
            text = _named(held)
            painter.setPen(self._theme["accent"])
            painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter, text)


def bars_of(counts: Mapping[int, int], chosen: Range | None) -> list[Range]:
    """A bar for each year; where these would be too many, one for all the early years that have hardly any hits, and
    then one for each year, or decade."""
    known = [*counts, *(chosen or ())]
    if not known:
        return []
    first, last = min(known), max(known)
    if last - first < MOST_BARS:
        return [(year, year) for year in range(first, last + 1)]
    room, start = RARE * sum(counts.values()), first
    for year in sorted(counts):
        room -= counts[year]
        if room < 0:
            start = year
            break
    step = 1 if last - start < MOST_BARS else 10
    start -= start % step
    early = [(first, start - 1)] if start > first else []
    return early + [(max(year, first), min(year + step - 1, last)) for year in range(start, last + 1, step)]


def _named(bar: Range) -> str:
    return str(bar[0]) if bar[0] == bar[1] else f"{bar[0]}–{bar[1]}"
