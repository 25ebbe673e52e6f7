"""The timeline on the screen: draws what `index.timeline` computed, tells which mark is pressed and what is brushed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QScrollArea, QToolTip, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.timeline_axes import DateAxis, EventAxis, Grid, Look, NamesAxis, ScoreAxis
from index.model import Lane, Timeline, TimelinePoint
from index.plot.layout import SHARED

pg.setConfigOptions(antialias=True)

NEAR = 12.0  # pixels between a press and the mark that it means
DENSE = 300  # points of an actor from which on single ones are faint
MOST_WORDS = 150  # small labels in the plot: more would be unreadable, and slow
MOST_LANES, MOST_ROWS = 16, 80  # drawn lanes with scores, and rows without: what more there are is in the table
ROW_HEIGHT = 30
STACK = (0.0, 0.15, -0.15, 0.3, -0.3)
LANE_HEIGHT, LINE_HEIGHT = 124, 58


class TimeBox(pg.ViewBox):  # type: ignore[misc]
    """Drag pans and the wheel zooms along time; with the brush (or Shift) a drag marks days."""

    def __init__(self, plot: TimelinePlot) -> None:
        super().__init__(enableMenu=False)
        self.plot = plot
        self.setMouseEnabled(x=True, y=False)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        brushing = self.plot.brushing or ev.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if brushing and ev.button() == Qt.MouseButton.LeftButton:
            ev.accept()
            start = self.mapSceneToView(ev.buttonDownScenePos()).x()
            end = self.mapSceneToView(ev.scenePos()).x()
            self.plot.brush(start, end, ev.isFinish())
        else:
            super().mouseDragEvent(ev, axis)

    def mouseDoubleClickEvent(self, ev: Any) -> None:
        ev.accept()
        self.plot.fit()


class TimelinePlot(QWidget):
    """Everything in pixels; what is shown is a `Timeline`."""

    pressed = Signal(int)  # a mark's statement: pressed, or chosen with Enter
    current_changed = Signal(int)  # the mark that the keyboard stands on
    ranges_changed = Signal()  # other days are brushed

    def __init__(self, theme: Theme, look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.look = theme, Look(theme, look)
        self.timeline: Timeline | None = None
        self.words: Callable[[int], str] = lambda statement_id: ""
        self.brushing = False
        self.boxes: list[TimeBox] = []
        self.frames: list[Sequence[Lane]] = []
        self._ranges: list[tuple[float, float]] = []
        self._regions: list[pg.LinearRegionItem] = []
        self._growing = False
        self._current = self._hovered = -1
        self._ring: list[pg.ScatterPlotItem] = []
        self._clear_marks()

        self.view = pg.GraphicsLayoutWidget()
        self.area = QScrollArea()

        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.scene().sigMouseClicked.connect(self._clicked)
        self.view.scene().sigMouseMoved.connect(self._moved)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)

    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    def _clear_marks(self) -> None:
        self._ids = np.empty(0, dtype=np.int64)
        self._x = self._y = np.empty(0)
        self._frame = np.empty(0, dtype=np.int64)

    # --- drawing ---

    def show_timeline(self, timeline: Timeline, lanes: bool | None = None, keep_view: bool = False) -> None:
        """Draw a timeline; `lanes`: one lane per actor (None: above four). `keep_view`: stay at the same days."""
        before = self.days() if keep_view and self.boxes else None
        same = self.timeline is not None and self.timeline.epoch == timeline.epoch
        self.timeline = timeline
        self._reset()
        drawn = self.drawn(timeline)
        apart = timeline.issue is not None and (len(drawn) > SHARED if lanes is None else lanes)
        self.frames = [[lane] for lane in drawn] if apart and drawn else [drawn]
        self._room()
        for place, frame in enumerate(self.frames):
            self._frame_of(place, frame, last=place == len(self.frames) - 1)
        self._collect()
        self._limit()
        if before is not None and same:
            self.show_days(*before)
        else:
            self.fit()
        self._draw_regions()
        self.setAccessibleDescription(self._described())

    @staticmethod
    def drawn(timeline: Timeline) -> list[Lane]:
        """The lanes that are drawn: those with most codes or statements."""
        return list(timeline.lanes[: MOST_LANES if timeline.issue else MOST_ROWS])

    def _reset(self) -> None:
        self.view.clear()
        self.view.setBackground(self.look["base"])
        self.view.ci.setSpacing(6)
        self.view.ci.setContentsMargins(10, 8, 6, 4)
        self.boxes, self._regions, self._ring = [], [], []
        self._current = -1

    def _room(self) -> None:
        larger = max(self.look.font().pointSizeF() / 10, 1.0)
        heights = [round(larger * (LANE_HEIGHT if any(lane.points for lane in frame) else LINE_HEIGHT))
                   for frame in self.frames]  # fmt: skip
        tall = sum(heights) + 70 if len(self.frames) > 1 else 0
        if self.timeline is not None and self.timeline.issue is None:
            tall = round(larger * ROW_HEIGHT * len(self.frames[0])) + 60
        self.view.setMinimumHeight(tall)
        grid = self.view.ci.layout
        for place in range(max(grid.rowCount(), len(heights))):
            grid.setRowStretchFactor(place, heights[place] if place < len(heights) else 0)

    def _frame_of(self, place: int, frame: Sequence[Lane], last: bool) -> None:
        assert self.timeline is not None
        issue = self.timeline.issue
        small = len(self.frames) > 1
        rows = issue is None
        bare = rows or (small and not any(lane.points for lane in frame))
        dates = DateAxis(self.look, self.timeline, labelled=last)
        scores = ScoreAxis(self.look, self.timeline, small, bare)
        counts = [self._count(lane) for lane in frame]
        names = NamesAxis(self.look, frame, self._ends(frame), counts, self._names_width())
        box = TimeBox(self)
        axes = {"bottom": dates, "left": scores, "right": names}
        if place == 0 and self.timeline.events:
            axes["top"] = EventAxis(self.look, self.timeline, labelled=small or rows)
        elif place == 0 and (small or rows):
            axes["top"] = DateAxis(self.look, self.timeline, labelled=True, side="top")
        item = pg.PlotItem(viewBox=box, axisItems=axes, enableMenu=False)
        item.hideButtons()
        for side in axes:
            item.showAxis(side)
        item.setDefaultPadding(0)
        self.view.addItem(item, row=place, col=0)
        low, high = self._heights(frame)
        box.disableAutoRange()
        box.setYRange(low, high, padding=0)
        if self.boxes:
            box.setXLink(self.boxes[0])
        self.boxes.append(box)
        middle = (issue.lowest + issue.highest) / 2 if issue else None
        edges = [0.5 - row for row in range(len(frame) + 1)]
        box.addItem(Grid(dates.ticks, (lambda: edges) if rows else scores.ticks, None if bare else middle, self.look))
        self._events(box, low, high)
        for lane in reversed(frame):
            self._points(box, lane, frame)
        for lane in reversed(frame):
            self._means(box, lane, high)
        self._phrases(box, frame)
        ring = pg.ScatterPlotItem(size=19, symbol="o", brush=None, pen=pg.mkPen(self.look["text"], width=2))
        ring.setZValue(60)
        box.addItem(ring)
        self._ring.append(ring)

    def _heights(self, frame: Sequence[Lane]) -> tuple[float, float]:
        """The range of scores that is shown, with room for the ticks of uncoded statements below."""
        assert self.timeline is not None
        issue = self.timeline.issue
        if issue is None:
            return 0.5 - max(len(frame), 1), 0.5
        width = issue.highest - issue.lowest
        rows = max(len(frame), 1)
        return issue.lowest - width * (0.07 + 0.035 * rows), issue.highest + width * 0.09

    def _tick_rows(self, frame: Sequence[Lane], lane: Lane) -> tuple[float, float]:
        """Top and bottom of the row of a lane's uncoded ticks."""
        assert self.timeline is not None and self.timeline.issue is not None
        width = self.timeline.issue.highest - self.timeline.issue.lowest
        top = self.timeline.issue.lowest - width * (0.05 + 0.035 * list(frame).index(lane))
        return top, top - width * 0.026

    def _count(self, lane: Lane) -> int:
        return lane.coded if self.timeline and self.timeline.issue else lane.uncoded

    def _names_width(self) -> float:
        metrics = self.fontMetrics()
        names = [lane.actor for frame in self.frames for lane in frame]
        return float(min(max((metrics.horizontalAdvance(f"{name} (0000)") for name in names), default=40) + 34, 230))

    def _ends(self, frame: Sequence[Lane]) -> list[float]:
        if self.timeline is None or self.timeline.issue is None:
            return [float(-row) for row in range(len(frame))]
        middle = (self.timeline.issue.lowest + self.timeline.issue.highest) / 2
        ends = []
        for lane in frame:
            coded = [point for point in lane.points if point.kind == "code"]
            ends.append(lane.means[-1].estimate.mean if lane.means else coded[-1].score if coded else middle)
        return ends

    def _points(self, box: TimeBox, lane: Lane, frame: Sequence[Lane]) -> None:
        """The bottom of an actor's marks: band, uncoded ticks, whiskers, single utterances."""
        colour, symbol = self.look.actor(lane.style)
        faint = pg.mkColor(colour)
        for band in lane.bands:
            faint.setAlphaF(0.14)
            low, high = (pg.PlotCurveItem(np.array(band.x), np.array(edge)) for edge in (band.low, band.high))
            filled = pg.FillBetweenItem(low, high, brush=pg.mkBrush(faint))
            filled.setZValue(-50)
            box.addItem(filled)
        self._ticks(box, lane, frame)
        codes = [point for point in lane.points if point.kind == "code"]
        others = [point for point in lane.points if point.kind != "code"]
        self._open_ends(box, codes, colour)
        self._open_ends(box, others, self.look["muted"])
        self._whiskers(box, codes, colour)
        self._whiskers(box, others, self.look["muted"])
        dense = len(codes) > DENSE
        inner, outer = pg.mkColor(colour), pg.mkColor(colour)
        inner.setAlphaF(0.16 if dense else 0.5)
        if codes:
            solid = [point for point in codes if not point.outdated]
            old = [point for point in codes if point.outdated]
            for some, brush in ((solid, pg.mkBrush(inner)), (old, pg.mkBrush(self.look["base"]))):
                if some:
                    pen = None if dense and some is solid else pg.mkPen(outer, width=1)
                    box.addItem(_scatter(some, symbol, 8, pen, brush))
        if others:
            box.addItem(_scatter(others, "d", 11, pg.mkPen(self.look["muted"], width=1.3), None))

    def _ticks(self, box: TimeBox, lane: Lane, frame: Sequence[Lane]) -> None:
        assert self.timeline is not None
        if not lane.ticks:
            return
        x = np.array([tick.x for tick in lane.ticks])
        colour, symbol = self.look.actor(lane.style)
        if self.timeline.issue is None:
            y = np.array(_stacked(x)) - list(frame).index(lane)
            spread = [(tick.low_x, tick.high_x, height) for tick, height in zip(lane.ticks, y, strict=True)]
            _pairs(box, [(a, h, b, h) for a, b, h in spread if b > a], _faded(colour, 0.5), 1.4)
            for way in (-1, 1):
                ends = [k for k, tick in enumerate(lane.ticks) if (tick.open_start if way < 0 else tick.open_end)]
                if ends:
                    pen = pg.mkPen(_faded(colour, 0.6), width=1.2)
                    box.addItem(pg.ScatterPlotItem(x[ends], y[ends], symbol=_arrow(way), size=34, pen=pen, brush=None))
            brush = _faded(colour, 0.3 if len(x) > DENSE else 0.6)
            box.addItem(pg.ScatterPlotItem(x, y, symbol=symbol, size=9, pen=None, brush=pg.mkBrush(brush)))
            return
        top, bottom = self._tick_rows(frame, lane)
        _pairs(box, [(value, top, value, bottom) for value in x.tolist()], _faded(self.look["muted"], 0.75), 1.0)

    def _open_ends(self, box: TimeBox, points: Sequence[TimelinePoint], colour: Any) -> None:
        """Short arrows towards the side on which a date is open: "that day or before"."""
        for way, some in ((-1, [p for p in points if p.open_start]), (1, [p for p in points if p.open_end])):
            if some:
                box.addItem(_scatter(some, _arrow(way), 40, pg.mkPen(_faded(colour, 0.8), width=1.2), None))

    def _whiskers(self, box: TimeBox, points: Sequence[TimelinePoint], colour: Any) -> None:
        lines = [(p.low_x, p.score + p.jitter, p.high_x, p.score + p.jitter) for p in points if p.high_x > p.low_x]
        _pairs(box, lines, _faded(colour, 0.6), 1.2)

    def _means(self, box: TimeBox, lane: Lane, top: float) -> None:
        """What lies on top: lines between means, means with their intervals, first moves."""
        colour, symbol = self.look.actor(lane.style)
        for run in lane.segments:
            if len(run) > 1:
                x, y = [lane.means[k].x for k in run], [lane.means[k].estimate.mean for k in run]
                line = pg.PlotCurveItem(x, y, pen=pg.mkPen(colour, width=2))
                line.setZValue(10)
                box.addItem(line)
        bars = [(m.x, m.estimate.interval[0], m.x, m.estimate.interval[1]) for m in lane.means if m.estimate.interval]
        _pairs(box, bars, colour, 1.8, z=11)
        for hollow in (False, True):
            some = [mean for mean in lane.means if mean.hollow is hollow]
            if some:
                brush = pg.mkBrush(self.look["base"] if hollow else colour)
                pen = pg.mkPen(colour, width=1.8) if hollow else pg.mkPen(self.look["base"], width=1.6)
                marks = pg.ScatterPlotItem([m.x for m in some], [m.estimate.mean for m in some], symbol=symbol,
                                           size=14, pen=pen, brush=brush)  # fmt: skip
                marks.setZValue(20)
                box.addItem(marks)
        few = [mean for mean in lane.means if mean.estimate.n < 5]
        for mean in few[: MOST_WORDS // max(len(self.frames[0]), 1)]:
            self._word(box, mean.x, mean.estimate.mean, f"{mean.estimate.n}", anchor=(-0.7, 1.1), colour=colour)
        self._turns(box, lane, top, colour)

    def _turns(self, box: TimeBox, lane: Lane, top: float, colour: Any) -> None:
        assert self.timeline is not None
        found = [point for point in lane.points if point.statement_id in lane.turns and point.kind == "code"]
        _pairs(box, [(p.x, p.score, p.x, top) for p in found], colour, 1.2, style=Qt.PenStyle.DotLine)
        for point in found:
            text = self.timeline.day(point.x).isoformat()[:7] if point.is_day else ""
            late = point.x > self.timeline.start + 0.9 * (self.timeline.end - self.timeline.start)
            self._word(box, point.x, top, text, anchor=(1.0 if late else 0.0, 0.0), colour=self.look["muted"])

    def _events(self, box: TimeBox, low: float, high: float) -> None:
        assert self.timeline is not None
        shown = self.timeline.events
        _pairs(box, [(e.x, low, e.x, high) for e in shown], self.look["muted"], 1.2, style=Qt.PenStyle.DashLine, z=-20)
        for event in shown:
            if event.high_x > event.x:
                region = pg.LinearRegionItem((event.x, event.high_x), movable=False, pen=pg.mkPen(None),
                                             brush=pg.mkBrush(self.look.faded("muted", 0.10)))  # fmt: skip
                box.addItem(region)

    def _phrases(self, box: TimeBox, frame: Sequence[Lane]) -> None:
        """Rings around the statements that use a watched phrase; an open triangle marks first, a bar the last use."""
        assert self.timeline is not None
        for use in self.timeline.phrases:
            lane = next((lane for lane in frame if lane.actor_id == use.actor_id), None)
            if lane is None:
                continue
            places = self._places(lane, frame)
            spots = [places[key] for key in use.statements if key in places]
            if spots:
                ring = pg.ScatterPlotItem([x for x, _ in spots], [y for _, y in spots], symbol="o", size=15, brush=None,
                                          pen=pg.mkPen(self.look["text"], width=1.4))  # fmt: skip
                ring.setZValue(30)
                box.addItem(ring)
                self._word(box, *spots[0], f"“{use.phrase}”", anchor=(-0.1, 1.3), colour=self.look["text"])

    def _word(self, box: TimeBox, x: float, y: float, text: str, anchor: tuple[float, float], colour: Any) -> None:
        item = pg.TextItem(text, color=colour, anchor=anchor)
        item.setFont(self.look.font(0.86))
        item.setZValue(40)
        box.addItem(item, ignoreBounds=True)
        item.setPos(x, y)

    # --- where things are ---

    def _places(self, lane: Lane, frame: Sequence[Lane]) -> dict[int, tuple[float, float]]:
        assert self.timeline is not None
        found = {point.statement_id: (point.x, point.score + point.jitter) for point in reversed(lane.points)}
        if self.timeline.issue is None:
            row, heights = list(frame).index(lane), _stacked([tick.x for tick in lane.ticks])
            found.update({t.statement_id: (t.x, h - row) for t, h in zip(lane.ticks, heights, strict=True)})
        else:
            top, bottom = self._tick_rows(frame, lane)
            found.update({tick.statement_id: (tick.x, (top + bottom) / 2) for tick in lane.ticks})
        return found

    def _collect(self) -> None:
        """All marks as arrays, in order of time, for presses and keys."""
        rows = [(key, x, y, place) for place, frame in enumerate(self.frames) for lane in frame
                for key, (x, y) in self._places(lane, frame).items()]  # fmt: skip
        rows.sort(key=lambda row: (row[1], row[3], row[0]))
        self._ids = np.array([row[0] for row in rows], dtype=np.int64)
        self._x = np.array([row[1] for row in rows], dtype=float)
        self._y = np.array([row[2] for row in rows], dtype=float)
        self._frame = np.array([row[3] for row in rows], dtype=np.int64)

    def mark_at(self, scene: QPointF) -> int:
        """The statement whose mark lies nearest to a place of the scene, within a few pixels; -1 for none."""
        for place, box in enumerate(self.boxes):
            if not box.sceneBoundingRect().contains(scene):
                continue
            at = box.mapSceneToView(scene)
            wide, high = box.viewPixelSize()
            away = np.hypot((self._x - at.x()) / wide, (self._y - at.y()) / high)
            away[self._frame != place] = np.inf
            if len(away) and away.min() <= NEAR:
                return int(self._ids[int(away.argmin())])
        return -1

    def ids_between(self, start: float, end: float) -> list[int]:
        """The statements whose marks lie between two places in time."""
        chosen = (self._x >= min(start, end)) & (self._x <= max(start, end))
        return [int(key) for key in self._ids[chosen]]

    def pixel_of(self, statement_id: int) -> QPointF | None:
        """Where a mark stands in the scene; None when it is not drawn."""
        found = np.nonzero(self._ids == statement_id)[0]
        if not len(found):
            return None
        k = int(found[0])
        return self.boxes[int(self._frame[k])].mapViewToScene(QPointF(self._x[k], self._y[k]))

    # --- going about in time ---

    def days(self) -> tuple[float, float]:
        """The days that are shown: start and end, since the epoch."""
        low, high = self.boxes[0].viewRange()[0]
        return float(low), float(high)

    def show_days(self, start: float, end: float) -> None:
        """Show these days."""
        if self.boxes:
            self.boxes[0].setXRange(start, end, padding=0)

    def fit(self) -> None:
        """Show all of the data."""
        if self.timeline is not None:
            start, end = self._padded()
            self.show_days(start, end)

    def zoom(self, factor: float) -> None:
        """Show fewer (below 1) or more days around the middle."""
        if self.boxes:
            low, high = self.days()
            middle, half = (low + high) / 2, (high - low) / 2 * factor
            self.show_days(middle - half, middle + half)

    def pan(self, share: float) -> None:
        """Move by a share of what is shown."""
        if self.boxes:
            low, high = self.days()
            step = (high - low) * share
            self.show_days(low + step, high + step)

    def _padded(self) -> tuple[float, float]:
        assert self.timeline is not None
        start, end = self.timeline.start, self.timeline.end
        room = max((end - start) * 0.03, (40 - (end - start)) / 2, 1.0)
        return start - room, end + room

    def _limit(self) -> None:
        start, end = self._padded()
        room = end - start
        for box in self.boxes:
            box.setLimits(xMin=start - room, xMax=end + room, minXRange=4, maxXRange=room * 3)

    # --- brushing ---

    @property
    def ranges(self) -> list[tuple[float, float]]:
        """The brushed days, at most two ranges, in the order in which they were brushed."""
        return list(self._ranges)

    def set_ranges(self, ranges: Sequence[tuple[float, float]]) -> None:
        """Brush these days."""
        self._ranges = [(min(pair), max(pair)) for pair in ranges[:2]]
        self._draw_regions()
        self.ranges_changed.emit()

    def brush(self, start: float, end: float, done: bool) -> None:
        """A drag with the brush from `start` to `end`; a third range takes the place of the first two."""
        pair = (min(start, end), max(start, end))
        if self._growing:
            self._ranges[-1] = pair
        else:
            if len(self._ranges) >= 2:
                self._ranges = []
            self._ranges.append(pair)
            self._growing = True
        self._draw_regions()
        if done:
            self._growing = False
            self.ranges_changed.emit()

    def _draw_regions(self) -> None:
        for region in self._regions:
            box = region.getViewBox()
            if box is not None:
                box.removeItem(region)
        self._regions = []
        for place, pair in enumerate(self._ranges):
            for box in self.boxes:
                brush = pg.mkBrush(self.look.faded("accent", 0.16 if place == 0 else 0.09))
                region = pg.LinearRegionItem(pair, movable=False, brush=brush, pen=pg.mkPen(self.look["accent"]))
                region.setZValue(-30)
                box.addItem(region, ignoreBounds=True)
                self._regions.append(region)

    # --- mouse and keys ---

    def _clicked(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not event.double():
            found = self.mark_at(event.scenePos())
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if found >= 0:
                event.accept()
                self.choose(found)
                self.pressed.emit(found)

    def _moved(self, scene: QPointF) -> None:
        found = self.mark_at(scene)
        self.view.setCursor(Qt.CursorShape.PointingHandCursor if found >= 0 else Qt.CursorShape.ArrowCursor)
        if found == self._hovered and QToolTip.isVisible():
            return
        self._hovered = found
        words = self.words(found) if found >= 0 else ""
        if words:
            place = self.view.mapToGlobal(self.view.mapFromScene(scene) + QPoint(12, 12))
            QToolTip.showText(place, words, self.view)
        elif QToolTip.isVisible():
            QToolTip.hideText()

    def choose(self, statement_id: int) -> None:
        """Put the ring around a mark, without telling."""
        found = np.nonzero(self._ids == statement_id)[0]
        self._current = int(found[0]) if len(found) else -1
        self._draw_ring()

    def _draw_ring(self) -> None:
        for place, ring in enumerate(self._ring):
            k = self._current
            here = k >= 0 and int(self._frame[k]) == place
            ring.setData([self._x[k]] if here else [], [self._y[k]] if here else [])

    def _step(self, by: int) -> None:
        if not len(self._ids):
            return
        low, high = self.days()
        if self._current < 0:
            self._current = int(np.searchsorted(self._x, low if by > 0 else high)) - (0 if by > 0 else 1)
        else:
            self._current += by
        self._current = min(max(self._current, 0), len(self._ids) - 1)
        x = float(self._x[self._current])
        if not low <= x <= high:
            self.show_days(x - (high - low) / 2, x + (high - low) / 2)
        self._draw_ring()
        self.current_changed.emit(int(self._ids[self._current]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Right: lambda: self._step(1), Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Plus: lambda: self.zoom(0.7), Qt.Key.Key_Minus: lambda: self.zoom(1 / 0.7),
            Qt.Key.Key_Home: self.fit, Qt.Key.Key_PageDown: lambda: self.pan(0.5),
            Qt.Key.Key_PageUp: lambda: self.pan(-0.5), Qt.Key.Key_Return: self._press, Qt.Key.Key_Enter: self._press,
        }  # fmt: skip
        act = acts.get(event.key())
        if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act()
        elif event.key() == Qt.Key.Key_Escape and self._ranges:
            self.set_ranges([])
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        if self._current >= 0:
            self.pressed.emit(int(self._ids[self._current]))

    def _described(self) -> str:
        """What a screen reader says of the picture: the table under it holds the same data."""
        if self.timeline is None:
            return ""
        from index.plot.captions import caption

        return " ".join(caption(self.timeline))

    def wear(self) -> None:
        """Draw anew in the colours and fonts of now."""
        if self.timeline is not None:
            self.show_timeline(self.timeline, len(self.frames) > 1, keep_view=True)


# --- pieces -----------------------------------------------------------------------------------------------------------


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


def _pairs(box: TimeBox, lines: Sequence[tuple[float, float, float, float]], colour: Any, width: float,
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


def _stacked(x: Sequence[float]) -> list[float]:
    """Heights of marks in a lane without scores: those of one day stand beside each other."""
    seen: dict[float, int] = {}
    heights = []
    for value in x:
        nth = seen.get(value, 0)
        seen[value] = nth + 1
        heights.append(STACK[nth % len(STACK)])
    return heights
