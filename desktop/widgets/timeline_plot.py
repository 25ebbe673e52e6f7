"""The timeline on the screen: draws what `positions.timeline` computed, tells which mark is pressed and what is brushed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QToolTip, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.timeline_axes import DateAxis, EventAxis, Grid, Look, NamesAxis, ScoreAxis
from desktop.widgets.timeline_drawing import Drawing, thicken
from desktop.wording import tr
from index.model import Lane, Timeline
from index.plot.layout import SHARED

pg.setConfigOptions(antialias=True)

NEAR = 12.0  # pixels between a press and the mark that it means
MOST_LANES, MOST_ROWS = 16, 80  # drawn lanes with scores, and rows without: what more there are is in the table
ROW_HEIGHT = 30
FOCUS = 2  # pixels of the frame around the plot while it has the focus
FEW, LITTLE = 20, 0.4  # marks from which on, and share of all days below which, far single ones are left out of view
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
    days_changed = Signal()  # other days are shown

    def __init__(self, theme: Theme, look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.look = theme, Look(theme, look)
        self.timeline: Timeline | None = None
        self.words: Callable[[int], str] = lambda statement_id: ""
        self.brushing = False
        self.first = 0  # the place of the first lane that is drawn
        self.boxes: list[TimeBox] = []
        self.frames: list[Sequence[Lane]] = []
        self._drawings: list[Drawing] = []
        self._ranges: list[tuple[float, float]] = []
        self._regions: list[pg.LinearRegionItem] = []
        self._growing = self._marking = False
        self._anchor: float | None = None  # where days began to be marked by key
        self._apart: bool | None = None
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
        column.setContentsMargins(FOCUS, FOCUS, FOCUS, FOCUS)
        column.addWidget(self.area)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground; a frame tells that the keys go here."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look["base"])
        if self.hasFocus():
            painter.setPen(QPen(self.look["accent"], FOCUS))
            painter.drawRect(QRectF(self.rect()).adjusted(FOCUS / 2, FOCUS / 2, -FOCUS / 2, -FOCUS / 2))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.wear()  # on another screen now
        return super().event(event)

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
        self.timeline, self._apart = timeline, lanes
        self._reset()
        self.first = min(max(self.first, 0), max(len(timeline.lanes) - 1, 0)) // self.most(timeline) * self.most(timeline)
        drawn = self.drawn(timeline)
        apart = timeline.issue is not None and (len(drawn) > SHARED if lanes is None else lanes)
        self.frames = [[lane] for lane in drawn] if apart and drawn else [drawn]
        self._room()
        for place, frame in enumerate(self.frames):
            self._frame_of(place, frame, last=place == len(self.frames) - 1)
        if not self.look.fixed:
            thicken(self.boxes, self.devicePixelRatioF())
        self._collect()
        self._limit()
        if before is not None and same:
            self.show_days(*before)
        else:
            self._fit_most()
        self.boxes[0].sigXRangeChanged.connect(lambda *_: self.days_changed.emit())
        self.days_changed.emit()
        self._draw_regions()
        self.setAccessibleDescription(self._described())

    def drawn(self, timeline: Timeline) -> list[Lane]:
        """The lanes that are drawn, from `first` on: at the start those with most codes or statements."""
        return list(timeline.lanes[self.first : self.first + self.most(timeline)])

    @staticmethod
    def most(timeline: Timeline) -> int:
        """How many lanes are drawn at a time."""
        return MOST_LANES if timeline.issue else MOST_ROWS

    def turn(self, by: int) -> None:
        """Draw the next lanes (1) or those before (-1), at the same days."""
        timeline = self.timeline
        if timeline is not None:
            self.first += by * self.most(timeline)
            self.show_timeline(timeline, self._apart, keep_view=True)
            self.area.verticalScrollBar().setValue(0)

    def _reset(self) -> None:
        self.view.clear()
        self.view.setBackground(self.look["base"])
        self.view.ci.setSpacing(6)
        self.view.ci.setContentsMargins(10, 8, 6, 4)
        self.boxes, self._drawings, self._regions, self._ring = [], [], [], []
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
        drawing = Drawing(frame, self.timeline, self.look, low=len(self.frames) > 1)
        low, high = drawing.heights()
        box.disableAutoRange()
        box.setYRange(low, high, padding=0)
        if self.boxes:
            box.setXLink(self.boxes[0])
        self.boxes.append(box)
        middle = (issue.lowest + issue.highest) / 2 if issue else None
        edges = [0.5 - row for row in range(len(frame) + 1)]
        box.addItem(Grid(dates.ticks, (lambda: edges) if rows else scores.ticks, None if bare else middle, self.look))
        drawing.draw(box)
        self._drawings.append(drawing)
        ring = pg.ScatterPlotItem(size=19, symbol="o", brush=None, pen=pg.mkPen(self.look["text"], width=2))
        ring.setZValue(60)
        box.addItem(ring)
        self._ring.append(ring)

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

    # --- where things are ---

    def _collect(self) -> None:
        """All marks as arrays, in order of time, for presses and keys."""
        rows = [(key, x, y, place) for place, drawing in enumerate(self._drawings) for lane in drawing.lanes
                for key, (x, y) in drawing.places(lane).items()]  # fmt: skip
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

    def _fit_most(self) -> None:
        """All of the data, but not where single marks stand so far off that the others would become one spot."""
        if self.timeline is not None and len(self._x) >= FEW:
            start, end = (float(x) for x in np.quantile(self._x, (0.01, 0.99)))
            room = max((end - start) * 0.05, 20.0)
            if end - start + 2 * room < LITTLE * (self.timeline.end - self.timeline.start):
                self.show_days(start - room, end + room)
                return
        self.fit()

    def outside(self) -> tuple[int, int]:
        """How many marks stand before and after the days that are shown."""
        if not self.boxes:
            return 0, 0
        low, high = self.days()
        before, after = np.searchsorted(self._x, low), np.searchsorted(self._x, high, side="right")
        return int(before), len(self._x) - int(after)

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
        self._anchor, self._marking = None, False
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

    def mark_on(self, by: int) -> None:
        """By key what a drag with the brush does: the days from the mark of now to the next one (1) or the one before."""
        if not len(self._ids):
            return
        if self._current < 0:
            self._step(by)
        if self._anchor is None:
            self._anchor = float(self._x[self._current])
        anchor = self._anchor
        while True:  # past the marks of the same day
            before = self._current
            self._step(by)
            if self._current == before or self._x[self._current] != self._x[before]:
                break
        self._anchor = anchor
        low, high = sorted((anchor, float(self._x[self._current])))
        self._growing = self._marking
        self.brush(low - 0.5, high + 0.5, done=True)
        self._marking = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Right: lambda: self._step(1), Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Plus: lambda: self.zoom(0.7), Qt.Key.Key_Minus: lambda: self.zoom(1 / 0.7),
            Qt.Key.Key_Home: self.fit, Qt.Key.Key_PageDown: lambda: self.pan(0.5),
            Qt.Key.Key_PageUp: lambda: self.pan(-0.5), Qt.Key.Key_Return: self._press, Qt.Key.Key_Enter: self._press,
        }  # fmt: skip
        act = acts.get(event.key())
        marking = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if marking and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.mark_on(marking)
            return
        if event.key() != Qt.Key.Key_Shift:
            self._anchor, self._marking = None, False  # the next days that are marked by key are another range
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

        return " ".join(caption(self.timeline, self.first, self.most(self.timeline), tr))

    def wear(self) -> None:
        """Draw anew in the colours and fonts of now."""
        if self.timeline is not None:
            self.show_timeline(self.timeline, len(self.frames) > 1, keep_view=True)
