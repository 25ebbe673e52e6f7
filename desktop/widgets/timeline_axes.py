"""Axes of the timeline: they paint straight onto the page, so that exports keep tick and mark together.

pyqtgraph's own axes paint by way of a QPicture, which is scaled by the ratio of resolutions when it is exported: tick
labels then stand at wrong dates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from desktop import wording
from desktop.theme import Theme, read_theme
from index.model import Lane, Timeline
from index.plot.axes import DateTick, date_ticks, pushed_apart

TICK = 5.0
GAP = 6.0


class Look:
    """Colours and fonts of the plot: the theme's as it is worn, or those of one theme by name (exports are white)."""

    def __init__(self, theme: Theme, name: str = "") -> None:
        self._theme, self._name = theme, name

    @property
    def fixed(self) -> bool:
        """True for what leaves the screen: one look by name, whatever screen the window is on."""
        return bool(self._name)

    def __getitem__(self, key: str) -> QColor:
        return QColor(read_theme(self._name or self._theme.name)[1][key])

    def faded(self, key: str, alpha: float) -> QColor:
        """The colour with an opacity of 0..1."""
        found = self[key]
        found.setAlphaF(alpha)
        return found

    def actor(self, place: int) -> tuple[QColor, str]:
        """Colour and pyqtgraph symbol of the actor at this place; from the eighth on muted circles."""
        _, colours, actors, shapes = read_theme(self._name or self._theme.name)
        if place >= len(actors):
            return QColor(colours["faint"]), "o"
        return QColor(actors[place]), shapes[place]

    def font(self, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The interface's font."""
        return self._theme.font(scale, weight)


class PlainAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis without pyqtgraph's ticks; derived classes paint."""

    def __init__(self, side: str, look: Look) -> None:
        super().__init__(side, showValues=False)
        self.look = look

    def at(self, value: float) -> float:
        """Pixels along the axis, from the left or the top, of a value."""
        low, high = self.range
        share = (value - low) / (high - low) if high != low else 0.5
        size = self.size()
        along = self.orientation in ("bottom", "top")
        return float(share * size.width() if along else (1 - share) * size.height())

    def paint(self, p: QPainter, opt: QStyleOptionGraphicsItem, widget: QWidget | None) -> None:
        p.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.draw(p)

    def draw(self, p: QPainter) -> None:
        """Paint the axis in its own coordinates."""

    def write(self, p: QPainter, rect: QRectF, flags: Qt.AlignmentFlag, words: str, key: str, font: QFont) -> None:
        """Text, as text."""
        p.setFont(font)
        p.setPen(self.look[key])
        p.drawText(rect, flags | Qt.TextFlag.TextDontClip, words)


class DateAxis(PlainAxis):
    """Round dates under the plot (or above it); `timeline` tells which day stands where."""

    def __init__(self, look: Look, timeline: Timeline, labelled: bool, side: str = "bottom") -> None:
        super().__init__(side, look)
        self.timeline = timeline
        self._labelled = labelled
        self.setHeight(TICK + GAP + QFontMetricsF(look.font()).height() if labelled else 1)

    def ticks(self) -> list[tuple[float, DateTick]]:
        """The dates that are shown now, with their places in days since the epoch."""
        low, high = self.range
        room = QFontMetricsF(self.look.font()).horizontalAdvance("0000-00-00") + 24
        first, last = self.timeline.day(low), self.timeline.day(high)
        found = date_ticks(first, last, max(int(self.size().width() / room), 2))
        return [(self.timeline.x(tick.day), tick) for tick in found if low <= self.timeline.x(tick.day) <= high]

    def draw(self, p: QPainter) -> None:
        p.setPen(QPen(self.look["muted"], 1))
        width, font = self.size().width(), self.look.font()
        above = self.orientation == "top"
        edge = self.size().height() if above else 0.0
        p.drawLine(QPointF(0, edge), QPointF(width, edge))
        if not self._labelled:
            return
        height = QFontMetricsF(font).height()
        for x, tick in self.ticks():
            p.setPen(QPen(self.look["muted"], 1))
            at = self.at(x)
            p.drawLine(QPointF(at, edge), QPointF(at, edge - TICK if above else TICK))
            half = QFontMetricsF(font).horizontalAdvance(tick.text) / 2
            middle = min(max(at, half), width - half) if half * 2 < width else at
            rect = QRectF(middle - half, edge - TICK - 2 - height if above else TICK + 2, 2 * half, height)
            self.write(p, rect, Qt.AlignmentFlag.AlignCenter, tick.text, "muted", font)


class EventAxis(DateAxis):
    """Labels of events above the plot, each where its line stands, in rows so that none lies on another."""

    ROWS = 2

    def __init__(self, look: Look, timeline: Timeline, labelled: bool) -> None:
        super().__init__(look, timeline, labelled, side="top")
        self._line = QFontMetricsF(look.font(0.9)).height()
        self._dates = self.minimumHeight() if labelled else 0.0
        self.setHeight(self._dates + self._line * self.ROWS + 4)

    def labels(self) -> list[tuple[float, float, str]]:
        """Left edge, row and words of the labels that have room now; of two in one place the earlier one."""
        font = QFontMetricsF(self.look.font(0.9))
        low, high = self.range
        width = self.size().width()
        free = [-1e9] * self.ROWS
        found = []
        for event in self.timeline.events:
            if not low <= event.x <= high:
                continue
            words = font.elidedText(event.label, Qt.TextElideMode.ElideRight, width * 0.3)
            size = font.horizontalAdvance(words)
            left = min(self.at(event.x), width - size)
            row = next((row for row in range(self.ROWS) if free[row] <= left), None)
            if row is not None:
                free[row] = left + size + 12
                found.append((left, float(row), words))
        return found

    def draw(self, p: QPainter) -> None:
        super().draw(p)
        font = self.look.font(0.9)
        for left, row, words in self.labels():
            rect = QRectF(left, row * self._line, self.size().width(), self._line)
            self.write(p, rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words, "text", font)


class ScoreAxis(PlainAxis):
    """Scores at the left, with the poles in the issue's own words at the ends."""

    def __init__(self, look: Look, timeline: Timeline, small: bool, bare: bool = False) -> None:
        super().__init__("left", look)
        self._timeline, self._small, self._bare = timeline, small, bare
        letters = QFontMetricsF(look.font()).averageCharWidth()
        self.setWidth(letters * (22 if timeline.issue else 2))

    def ticks(self) -> list[float]:
        """The scores that have a number: five, or three in a low lane."""
        issue = self._timeline.issue
        if issue is None or self._bare:
            return []
        steps = (0.0, 0.5, 1.0) if self._small else (0.0, 0.25, 0.5, 0.75, 1.0)
        return [issue.lowest + step * (issue.highest - issue.lowest) for step in steps]

    def draw(self, p: QPainter) -> None:
        issue = self._timeline.issue
        width = self.size().width()
        p.setPen(QPen(self.look["muted"], 1))
        p.drawLine(QPointF(width, 0), QPointF(width, self.size().height()))
        if issue is None or self._bare:
            return
        font = self.look.font()
        metrics = QFontMetricsF(font)
        numbers = metrics.horizontalAdvance("+00.0")
        for score in self.ticks():
            y = self.at(score)
            p.setPen(QPen(self.look["muted"], 1))
            p.drawLine(QPointF(width - TICK, y), QPointF(width, y))
            rect = QRectF(0, y - 15, width - TICK - GAP / 2, 30)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self.write(p, rect, flags, wording.score(score), "muted", font)
        bold = self.look.font(1.0, QFont.Weight.DemiBold)
        room = width - TICK - numbers - GAP
        lines = metrics.height() * (1.9 if self._small else 4)
        for score, words, side in ((issue.highest, issue.high, Qt.AlignmentFlag.AlignTop),
                                   (issue.lowest, issue.low, Qt.AlignmentFlag.AlignBottom)):  # fmt: skip
            y, half = self.at(score), metrics.height() / 2
            top = y - half if side == Qt.AlignmentFlag.AlignTop else y + half - lines
            flags = Qt.AlignmentFlag.AlignRight | side
            wrapped = _wrapped(words, QFontMetricsF(bold), room, int(lines / metrics.height() + 0.2))
            self.write(p, QRectF(0, top, room, lines), flags, wrapped, "text", bold)


class NamesAxis(PlainAxis):
    """Names with n at the line ends, pushed apart, each with its shape."""

    def __init__(
        self, look: Look, lanes: Sequence[Lane], ends: Sequence[float], counts: Sequence[int], width: float
    ) -> None:
        super().__init__("right", look)
        self._lanes, self._ends, self._counts = lanes, ends, counts
        self.setWidth(width)

    def draw(self, p: QPainter) -> None:
        font = self.look.font()
        metrics = QFontMetricsF(font)
        height = self.size().height()
        step = metrics.height() + 3
        room = (step / 2, max(height - step / 2, step / 2 + 1))
        places = pushed_apart([self.at(end) for end in self._ends], step, *room)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane, place, count in zip(self._lanes, places, self._counts, strict=True):
            colour, shape = self.look.actor(lane.style)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour)
            p.drawPath(placed(shape, 16.0, place, 9.0))
            end = f" ({count})"
            room = self.size().width() - 28 - metrics.horizontalAdvance(end)
            words = metrics.elidedText(lane.actor, Qt.TextElideMode.ElideRight, room) + end
            rect = QRectF(27, place - 15, self.size().width() - 27, 30)
            self.write(p, rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words, "text", font)


class Grid(pg.GraphicsObject):  # type: ignore[misc]
    """Hair lines at the ticks of both axes, under everything else; the middle of the scale is dashed."""

    def __init__(self, dates: Callable[[], Sequence[tuple[float, Any]]], scores: Callable[[], Sequence[float]],
                 middle: float | None, look: Look) -> None:  # fmt: skip
        super().__init__()
        self._dates, self._scores, self._middle, self._look = dates, scores, middle, look
        self.setZValue(-100)

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self.informViewBoundsChanged()

    def paint(self, p: QPainter, *_: object) -> None:
        box = self.viewRect()
        pen = QPen(self._look["line"], 1)
        pen.setCosmetic(True)
        p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        p.setPen(pen)
        for x, _tick in self._dates():
            p.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        for y in self._scores():
            p.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        if self._middle is not None:
            pen.setColor(self._look["faint"])
            pen.setStyle(Qt.PenStyle.DashLine)
            p.setPen(pen)
            p.drawLine(QPointF(box.left(), self._middle), QPointF(box.right(), self._middle))


def symbol(shape: str) -> QPainterPath:
    """pyqtgraph's outline of a symbol, one unit wide around the origin."""
    from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols

    return QPainterPath(Symbols[shape])


def placed(shape: str, x: float, y: float, size: float) -> QPainterPath:
    """The outline of a symbol, `size` pixels wide around a place."""
    from PySide6.QtGui import QTransform

    return QTransform().translate(x, y).scale(size, size).map(symbol(shape))


def _wrapped(words: str, metrics: QFontMetricsF, room: float, most: int) -> str:
    """Words on at most `most` lines that fit the room; the last line ends in an ellipsis when there is more."""
    lines: list[str] = []
    for word in words.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines)
