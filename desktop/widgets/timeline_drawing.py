"""What one pair of axes of the timeline shows: points, means, ticks, whiskers, events, watched phrases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from desktop.widgets.timeline_axes import Look
from index.model import Lane, Timeline, TimelinePoint
from index.plot.words import Box, Paper, Word, words

Places = dict[int, tuple[float, float]]

DENSE = 300  # points of an actor from which on single ones are faint
ARROW = 18.0  # pixels of the stroke that says "this day or before"
STACK = (0.0, 0.15, -0.15, 0.3, -0.3)
MANY = 10  # lanes without scores from which on they are so low that the stack takes their whole height


class Drawing:
    """The marks of some lanes in one box: in days since the timeline's epoch and in scores (or rows without an issue)."""

    def __init__(self, lanes: Sequence[Lane], timeline: Timeline, look: Look, low: bool = False) -> None:
        self.lanes, self.timeline, self.look = list(lanes), timeline, look
        self._low = low  # one of several frames, with little height for each
        self.box: Any = None

    def draw(self, box: pg.ViewBox) -> None:
        """Put everything into a box, the later lanes below the earlier ones."""
        self.box = box
        low, high = self.heights()
        self._events(low, high)
        for lane in reversed(self.lanes):
            self._points(lane)
        for lane in reversed(self.lanes):
            self._means(lane, high)
        self._phrases()
        box.addItem(Words(self.lanes, self.timeline, self.look, self.places), ignoreBounds=True)

    def heights(self) -> tuple[float, float]:
        """The range of scores that is shown, with room for the ticks of uncoded statements below."""
        issue = self.timeline.issue
        if issue is None:
            return 0.5 - max(len(self.lanes), 1), 0.5
        width = issue.highest - issue.lowest
        return issue.lowest - width * (0.08 + self._tick_step() * max(len(self.lanes), 1)), issue.highest + width * 0.09

    def _tick_step(self) -> float:
        """From one row of uncoded ticks to the next, as a share of the scale: a lane of its own shows them larger."""
        return 0.09 if self._low and len(self.lanes) == 1 else 0.035

    def _stacked(self, x: Sequence[float]) -> list[float]:
        """Heights of marks in a lane without scores: those of one day stand beside each other, near also in a high lane."""
        near = min(1.0, len(self.lanes) / MANY)
        seen: dict[float, int] = {}
        heights = []
        for value in x:
            nth = seen.get(value, 0)
            seen[value] = nth + 1
            heights.append(STACK[nth % len(STACK)] * near)
        return heights

    def _tick_rows(self, lane: Lane) -> tuple[float, float]:
        """Top and bottom of the row of a lane's uncoded ticks."""
        assert self.timeline.issue is not None
        width = self.timeline.issue.highest - self.timeline.issue.lowest
        if len(self.lanes) == 1 and not lane.points:  # nothing else stands in this lane
            return self.timeline.issue.highest - width * 0.3, self.timeline.issue.lowest + width * 0.3
        step = self._tick_step()
        top = self.timeline.issue.lowest - width * (0.06 + step * self.lanes.index(lane))
        return top, top - width * step * 0.75

    def places(self, lane: Lane) -> dict[int, tuple[float, float]]:
        """Where the mark of each statement of a lane stands."""
        found = {point.statement_id: (point.x, point.score + point.jitter) for point in reversed(lane.points)}
        if self.timeline.issue is None:
            row, heights = self.lanes.index(lane), self._stacked([tick.x for tick in lane.ticks])
            found.update({t.statement_id: (t.x, h - row) for t, h in zip(lane.ticks, heights, strict=True)})
        else:
            top, bottom = self._tick_rows(lane)
            found.update({tick.statement_id: (tick.x, (top + bottom) / 2) for tick in lane.ticks})
        return found

    def _points(self, lane: Lane) -> None:
        """The bottom of an actor's marks: band, uncoded ticks, whiskers, single utterances."""
        colour, symbol = self.look.actor(lane.style)
        faint = pg.mkColor(colour)
        for band in lane.bands:
            faint.setAlphaF(0.14)
            low, high = (pg.PlotCurveItem(np.array(band.x), np.array(edge)) for edge in (band.low, band.high))
            filled = pg.FillBetweenItem(low, high, brush=pg.mkBrush(faint))
            filled.setZValue(-50)
            self.box.addItem(filled)
        self._ticks(lane)
        codes = [point for point in lane.points if point.kind == "code"]
        others = [point for point in lane.points if point.kind != "code"]
        self._open_ends(codes, colour)
        self._open_ends(others, self.look["muted"])
        self._whiskers(codes, colour)
        self._whiskers(others, self.look["muted"])
        dense = len(codes) > DENSE
        inner, outer = pg.mkColor(colour), pg.mkColor(colour)
        inner.setAlphaF(0.16 if dense else 0.5)
        if codes:
            solid = [point for point in codes if not point.outdated]
            old = [point for point in codes if point.outdated]
            for some, brush in ((solid, pg.mkBrush(inner)), (old, pg.mkBrush(self.look["base"]))):
                if some:
                    pen = None if dense and some is solid else pg.mkPen(outer, width=1)
                    self.box.addItem(_scatter(some, symbol, 8, pen, brush))
        if others:
            self.box.addItem(_scatter(others, "d", 11, pg.mkPen(self.look["muted"], width=1.3), None))

    def _ticks(self, lane: Lane) -> None:
        if not lane.ticks:
            return
        x = np.array([tick.x for tick in lane.ticks])
        colour, symbol = self.look.actor(lane.style)
        if self.timeline.issue is None:
            y = np.array(self._stacked(x)) - self.lanes.index(lane)
            spread = [(tick.low_x, tick.high_x, height) for tick, height in zip(lane.ticks, y, strict=True)]
            _pairs(self.box, [(a, h, b, h) for a, b, h in spread if b > a], _faded(colour, 0.5), 1.4)
            for way in (-1, 1):
                ends = [k for k, tick in enumerate(lane.ticks) if (tick.open_start if way < 0 else tick.open_end)]
                if ends:
                    pen = pg.mkPen(_faded(colour, 0.6), width=1.2)
                    self.box.addItem(pg.ScatterPlotItem(x[ends], y[ends], symbol=_arrow(way), size=2 * ARROW, pen=pen,
                                                        brush=None))  # fmt: skip
            brush = _faded(colour, 0.3 if len(x) > DENSE else 0.6)
            self.box.addItem(pg.ScatterPlotItem(x, y, symbol=symbol, size=9, pen=None, brush=pg.mkBrush(brush)))
            return
        top, bottom = self._tick_rows(lane)
        _pairs(self.box, [(value, top, value, bottom) for value in x.tolist()], _faded(self.look["muted"], 0.75), 1.0)

    def _open_ends(self, points: Sequence[TimelinePoint], colour: Any) -> None:
        """Short arrows towards the side on which a date is open: "that day or before"."""
        for way, some in ((-1, [p for p in points if p.open_start]), (1, [p for p in points if p.open_end])):
            if some:
                self.box.addItem(_scatter(some, _arrow(way), 2 * ARROW, pg.mkPen(_faded(colour, 0.8), width=1.2), None))

    def _whiskers(self, points: Sequence[TimelinePoint], colour: Any) -> None:
        lines = [(p.low_x, p.score + p.jitter, p.high_x, p.score + p.jitter) for p in points if p.high_x > p.low_x]
        _pairs(self.box, lines, _faded(colour, 0.6), 1.2)

    def _means(self, lane: Lane, top: float) -> None:
        """What lies on top: lines between means, means with their intervals, first moves."""
        colour, symbol = self.look.actor(lane.style)
        for run in lane.segments:
            if len(run) > 1:
                x, y = [lane.means[k].x for k in run], [lane.means[k].estimate.mean for k in run]
                line = pg.PlotCurveItem(x, y, pen=pg.mkPen(colour, width=2))
                line.setZValue(10)
                self.box.addItem(line)
        bars = [(m.x, m.estimate.interval[0], m.x, m.estimate.interval[1]) for m in lane.means if m.estimate.interval]
        _pairs(self.box, bars, colour, 1.8, z=11)
        for hollow in (False, True):
            some = [mean for mean in lane.means if mean.hollow is hollow]
            if some:
                brush = pg.mkBrush(self.look["base"] if hollow else colour)
                pen = pg.mkPen(colour, width=1.8) if hollow else pg.mkPen(self.look["base"], width=1.6)
                marks = pg.ScatterPlotItem([m.x for m in some], [m.estimate.mean for m in some], symbol=symbol,
                                           size=14, pen=pen, brush=brush)  # fmt: skip
                marks.setZValue(20)
                self.box.addItem(marks)
        turns = [point for point in lane.points if point.statement_id in lane.turns and point.kind == "code"]
        _pairs(self.box, [(p.x, p.score, p.x, top) for p in turns], colour, 1.2, style=Qt.PenStyle.DotLine)

    def _events(self, low: float, high: float) -> None:
        shown = self.timeline.events
        _pairs(self.box, [(e.x, low, e.x, high) for e in shown], self.look["muted"], 1.2, style=Qt.PenStyle.DashLine, z=-20)
        for event in shown:
            if event.high_x > event.x:
                region = pg.LinearRegionItem((event.x, event.high_x), movable=False, pen=pg.mkPen(None),
                                             brush=pg.mkBrush(self.look.faded("muted", 0.10)))  # fmt: skip
                self.box.addItem(region)

    def _phrases(self) -> None:
        """Rings around the statements that use a watched phrase."""
        for use in self.timeline.phrases:
            lane = next((lane for lane in self.lanes if lane.actor_id == use.actor_id), None)
            if lane is None:
                continue
            places = self.places(lane)
            spots = [places[key] for key in use.statements if key in places]
            if spots:
                ring = pg.ScatterPlotItem([x for x, _ in spots], [y for _, y in spots], symbol="o", size=15, brush=None,
                                          pen=pg.mkPen(self.look["text"], width=1.4))  # fmt: skip
                ring.setZValue(30)
                self.box.addItem(ring)


def thicken(boxes: Sequence[pg.ViewBox], by: float) -> None:
    """Lines have a width in pixels: where pixels are finer, in a picture or on a screen, they need more of them."""
    for box in boxes:
        for item in box.childGroup.childItems():
            pen = item.opts.get("pen") if hasattr(item, "opts") else getattr(item, "pen", None)
            if isinstance(pen, QPen):
                wider = QPen(pen)
                wider.setWidthF(pen.widthF() * by)
                if hasattr(item, "opts"):
                    item.opts["pen"] = wider
                else:
                    item.setPen(wider)


def _arrow(way: int) -> QPainterPath:
    """An open arrow from the middle to the left (-1) or right (1), half as long as the symbol is wide."""
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(way * 0.5, 0)
    path.moveTo(way * 0.4, -0.08)
    path.lineTo(way * 0.5, 0)
    path.lineTo(way * 0.4, 0.08)
    return path


def _scatter(points: Sequence[TimelinePoint], symbol: Any, size: float, pen: Any, brush: Any) -> pg.ScatterPlotItem:
    x, y = [point.x for point in points], [point.score + point.jitter for point in points]
    return pg.ScatterPlotItem(x, y, symbol=symbol, size=size, pen=pen, brush=brush)


class Lines(pg.GraphicsObject):  # type: ignore[misc]
    """Many short straight lines as one item: those in view are drawn in one call (a path is 30 times slower)."""

    def __init__(self, lines: Sequence[tuple[float, float, float, float]], pen: Any) -> None:
        super().__init__()
        self._lines = np.array(lines, dtype=float)
        self.opts = {"pen": pen}
        self._box = QRectF(QPointF(self._lines[:, 0].min(), self._lines[:, 1::2].min()),
                           QPointF(self._lines[:, 2].max(), self._lines[:, 1::2].max()))  # fmt: skip

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-1, -0.1, 1, 0.1)

    def paint(self, p: QPainter, *_: object) -> None:
        view = self.viewRect()
        seen = self._lines[(self._lines[:, 2] >= view.left()) & (self._lines[:, 0] <= view.right())]
        if not len(seen):
            return
        few = len(seen) <= DENSE
        p.setRenderHint(QPainter.RenderHint.Antialiasing, few)
        p.setPen(self.opts["pen"])
        if few:
            p.drawLines([QLineF(*line) for line in seen.tolist()])
        else:
            drawn = PrimitiveArray(QLineF, 4)
            drawn.resize(len(seen))
            drawn.ndarray()[:] = seen
            p.drawLines(*drawn.drawargs())


class Words(pg.GraphicsObject):  # type: ignore[misc]
    """The small words of one box. They find their places when they are painted, for then it is known what is near."""

    def __init__(self, lanes: Sequence[Lane], timeline: Timeline, look: Look, places: Callable[[Lane], Places]) -> None:
        super().__init__()
        self._lanes, self._timeline, self._look, self._places = lanes, timeline, look, places
        self.setZValue(40)

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self.informViewBoundsChanged()

    def found(self) -> list[Word]:
        """The words with their places in pixels of the scene."""
        to, frame = self.sceneTransform(), self.getViewBox().sceneBoundingRect()
        metrics = QFontMetricsF(self._look.font(0.86))

        def spots(lane: Lane) -> Places:
            return {key: (x * to.m11() + to.dx(), y * to.m22() + to.dy()) for key, (x, y) in self._places(lane).items()}

        paper = Paper(
            Box(frame.left(), frame.top(), frame.right(), frame.bottom()), lambda x: x * to.m11() + to.dx(),
            lambda y: y * to.m22() + to.dy(), lambda text: (metrics.horizontalAdvance(text), metrics.height()), spots, ARROW,
        )  # fmt: skip
        return words(self._timeline, self._lanes, paper)

    def paint(self, p: QPainter, *_: object) -> None:
        p.setTransform(self.sceneTransform().inverted()[0], True)  # from here on in pixels of the scene
        p.setFont(self._look.font(0.86))
        p.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for word in self.found():
            box = QRectF(QPointF(word.box.left, word.box.top), QPointF(word.box.right, word.box.bottom))
            if not word.free:
                p.fillRect(box, self._look.faded("base", 0.8))
            p.setPen(self._look["text"] if word.style is None else self._look.actor(word.style)[0])
            p.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, word.text)


def _pairs(box: pg.ViewBox, lines: Sequence[tuple[float, float, float, float]], colour: Any, width: float,
           style: Qt.PenStyle = Qt.PenStyle.SolidLine, z: float = 0.0) -> None:  # fmt: skip
    """Many short lines (x1, y1, x2, y2) as one item."""
    if lines:
        item = Lines(lines, pg.mkPen(colour, width=1 if len(lines) > DENSE else width, style=style))
        item.setZValue(z)
        box.addItem(item, ignoreBounds=True)


def _faded(colour: Any, alpha: float) -> Any:
    found = pg.mkColor(colour)
    found.setAlphaF(alpha)
    return found
