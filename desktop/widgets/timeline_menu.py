"""What the menu "More" of the timeline offers: files of the plot, events, watch phrases, actors put together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop import wording
from desktop.dialogs.choosing import choose_files, choose_target
from desktop.panes.pane import Pane
from desktop.widgets.timeline_export import write_picture
from desktop.widgets.timeline_plot import TimelinePlot
from desktop.wording import plural, tr
from index.model import Timeline
from index.plot.captions import title
from index.problems import Problem


class TimelineMenu(QMenu):
    """Acts on the library of a pane and on its plot; `chosen` tells that other drawings are wanted."""

    chosen = Signal()

    def __init__(self, pane: Pane, plot: TimelinePlot, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane, self._plot = pane, plot
        for kind, words in (("png", "Picture for the screen (PNG)…"), ("svg", "Drawing (SVG)…"),
                            ("pdf", "Page (PDF)…"), ("csv", "Table (CSV)…")):  # fmt: skip
            self.addAction(tr(words)).triggered.connect(lambda _=False, kind=kind: self._ask_export(kind))
        self.addSeparator()
        self.addAction(tr("Events from a table…")).triggered.connect(lambda: self._ask_events())
        self.addAction(tr("Remove the events")).triggered.connect(lambda: self._clear_events())
        self.addAction(tr("Watch phrases…")).triggered.connect(lambda: self._ask_phrases())
        self.addAction(tr("Put actors together…")).triggered.connect(lambda: self._ask_sides())
        self.addSeparator()
        self.change = self.addAction(tr("Test for a change"))
        self.change.setCheckable(True)
        self.change.setToolTip(tr("Permutation test on the cumulative sum, from 12 codes on"))
        self.change.toggled.connect(lambda _: self.chosen.emit())
        self.band = self.addAction(tr("Moving mean"))
        self.band.setCheckable(True)
        self.band.setChecked(True)
        self.band.toggled.connect(lambda _: self.chosen.emit())

    def _ask_export(self, kind: str) -> None:
        if self._plot.timeline is None:
            return
        name = "".join(c if c.isalnum() or c in " -_" else "_" for c in title(self._plot.timeline, tr)).strip() or "timeline"
        choose_target(self._pane, tr("Export the timeline"), f"{name}.{kind}", kind, self.export)

    def export(self, out: Path) -> None:
        """Write what the plot shows as .png, .svg or .pdf, or the table as .csv."""
        timeline = self._plot.timeline
        if timeline is None:
            return
        try:
            if out.suffix.lower() == ".csv":
                self._write_table(out, timeline)
            else:
                write_picture(self._plot, out)
        except Problem as found:
            self._pane.problem.emit(wording.problem(found))
        else:
            self._pane.message.emit(tr("Written: {file}").format(file=out.name), "")

    def _write_table(self, out: Path, timeline: Timeline) -> None:
        from index.plot import write_plot

        assert self._pane.library is not None
        ids = [mark.statement_id for lane in timeline.lanes for mark in (*lane.points, *lane.ticks)]
        write_plot(timeline, out, {statement.id: statement for statement in self._pane.library.statements(ids)})

    def _ask_events(self) -> None:
        choose_files(self._pane, tr("A table with the columns date and label"), [tr("Tables (*.csv)")], self._import_events)

    def _import_events(self, paths: list[Path]) -> None:
        assert self._pane.library is not None
        try:
            taken = [self._pane.library.import_events(path) for path in paths]
        except Problem as found:
            self._pane.problem.emit(wording.problem(found))
            return
        left = [wording.problem(row.code, detail=row.detail) for _, rows in taken for row in rows]
        if left:
            self._pane.problem.emit("  ".join(left[:3]))
        else:
            self._pane.message.emit(plural(sum(count for count, _ in taken), "event", "events"), "undo")

    def _clear_events(self) -> None:
        if self._pane.library is not None:
            with self._pane.edit("Remove events"):
                self._pane.library.clear_events()

    def _ask_phrases(self) -> None:
        from desktop.dialogs.watch_phrases import WatchPhrases

        if self._pane.library is not None:
            dialog = WatchPhrases(self._pane.library.watch_phrases(), self._pane)
            dialog.chosen.connect(self._set_phrases)
            dialog.open()

    def _set_phrases(self, phrases: list[str]) -> None:
        assert self._pane.library is not None
        with self._pane.edit("Change watch phrases"):
            self._pane.library.set_watch_phrases(phrases)

    def _ask_sides(self) -> None:
        from desktop.dialogs.sides import Sides

        if self._pane.library is not None:
            names = {actor.id: actor.name for actor in self._pane.library.actors()}
            dialog = Sides(names, self._pane.library.sides(), self._pane)
            dialog.chosen.connect(self._set_sides)
            dialog.open()

    def _set_sides(self, sides: dict[str, list[int]]) -> None:
        assert self._pane.library is not None
        with self._pane.edit("Put actors together"):
            self._pane.library.set_sides(sides)
