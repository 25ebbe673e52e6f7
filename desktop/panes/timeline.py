"""Where each actor stands over time: the plot, the same data as a table under it, and what the numbers come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QToolButton, QWidget

from desktop import printing, wording
from desktop.actions import SEPARATOR, STATEMENT_MENU
from desktop.models.timeline import DATE, HOW, SCORE, Mark, MarkTable, marks, scorer
from desktop.panes.pane import Pane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.pieces import Segments, ToolButton, act, box, button, fill, flowing, label, scrolled
from desktop.widgets.standing import Standing
from desktop.widgets.tables import Table
from desktop.widgets.timeline_export import draw_into, is_wide
from desktop.widgets.timeline_menu import TimelineMenu
from desktop.widgets.timeline_plot import TimelinePlot
from desktop.wording import number, plural, tr
from index.bidi import isolated
from index.model import Issue, Timeline
from index.plot.captions import PROBLEMS, title
from index.positions.estimates import Period
from index.problems import Problem

PERIODS: tuple[tuple[Period, str], ...] = (
    ("month", "Means per month"), ("quarter", "Means per quarter"), ("year", "Means per year"),
    (5, "Means of 5 codes"), (10, "Means of 10 codes"), (20, "Means of 20 codes"),
)  # fmt: skip
METHODS = (
    ("manual", "Codes by hand only"), ("suggested", "With suggestions"), ("wordscores", "With Wordscores"),
    ("dictionary", "With dictionary scores"),
)  # fmt: skip
COMPARED = 6


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load finds: the issues, the timeline, and why a text method is silent."""

    issues: list[Issue]
    issue_id: int
    timeline: Timeline
    marks: list[Mark]
    silent: str = ""
    watched: tuple[str, ...] = ()


class TimelinePane(Pane):
    """Choices above, the plot, then table and standings under it."""

    reads: ClassVar[frozenset[str]] = frozenset({"statement", "document", "actor", "issue", "code", "setting"})
    help_page = "timeline"

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(actions, settings, theme, parent)
        self._issue_id = -1  # -1: the first issue there is, 0: no issue
        self._loaded: Loaded | None = None
        self._filling = False

        self.issue = QComboBox()
        self.period = QComboBox()
        self.method = QComboBox()
        self.layout_choice = Segments(tr("Layout of the plot"), lambda _: self._redraw())
        self.plot = TimelinePlot(theme)
        self.brush = QToolButton()
        self.outside = button("", self.plot.fit, "link", tr("Show all days (Home)"))
        self.before = ToolButton()
        self.after = ToolButton()
        self.which = label("", "small")
        self.counts = label("", "small", wrap=True)
        self.silent = label("", "warning", wrap=True)
        self.brushed = label("", "small")
        self.table_model = MarkTable(self)
        self.table = Table(tr("What the plot shows"), self.table_model, (15, 22, 8, 0, 26), theme, optional=(HOW,))
        self.standing = Standing(theme)
        self.below = Segments(tr("Under the plot"), self._show_below)
        self.pages = QStackedWidget()
        self.splitter = QSplitter(Qt.Orientation.Vertical)

        self._set_up()
        self._connect()
        self._assemble()

    def _set_up(self) -> None:
        self.issue.setAccessibleName(tr("Issue"))
        self.period.setAccessibleName(tr("Period of the means"))
        self.method.setAccessibleName(tr("What is drawn beside the codes"))
        for period, words in PERIODS:
            self.period.addItem(tr(words), period)
        self.period.setCurrentIndex(2)
        for method, words in METHODS:
            self.method.addItem(tr(words), method)
        self.layout_choice.add("auto", tr("Fitting"), tr("One frame up to four actors, lanes above that"))
        self.layout_choice.add("shared", tr("One frame"), tr("All actors on one pair of axes"))
        self.layout_choice.add("lanes", tr("Lanes"), tr("One lane per actor"))
        self.below.add("table", tr("Statements"))
        self.below.add("standing", tr("Standing"), tr("Mean, n and interval of each actor; changes; watch phrases"))
        self.brush.setText(tr("Brush"))
        self.brush.setCheckable(True)
        self.brush.setProperty("role", "segment")
        self.brush.setToolTip(tr("Drag over the plot to mark days (also with Shift, or by Shift and the arrow keys); "
                                 "mark two ranges to compare them"))  # fmt: skip
        self.plot.setAccessibleName(tr("Timeline"))
        self.plot.words = self._tooltip
        self.table.setSortingEnabled(True)
        self.table.setToolTip(tr("Keys 1 to 5 score the selected statement, 0 sets it aside, Delete removes its score"))
        self.table.sortByColumn(DATE, Qt.SortOrder.AscendingOrder)

    def _connect(self) -> None:
        self.issue.activated.connect(lambda _: self._choose_issue())
        self.period.activated.connect(lambda _: self.load())
        self.method.activated.connect(lambda _: self.load())
        self.brush.toggled.connect(self._toggle_brush)
        self.plot.pressed.connect(self._pressed)
        self.plot.current_changed.connect(self._follow)
        self.plot.ranges_changed.connect(self._brushed)
        self.plot.days_changed.connect(self._say_outside)
        for turner, words, icon, by in ((self.before, tr("Actors before"), "back", -1),
                                        (self.after, tr("More actors"), "forward", 1)):  # fmt: skip
            turner.setIcon(self.theme.icons(icon))
            turner.setToolTip(words)
            turner.setAccessibleName(words)
            turner.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            turner.clicked.connect(lambda _=False, by=by: self._turn(by))
        self.table.opened = lambda row: self.statement_requested.emit(self.table_model.ids[row])
        for key in range(6):
            shortcut = QShortcut(QKeySequence(str(key)), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda key=key: self.score(key))
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self.remove_scores)
        menu = (*STATEMENT_MENU, SEPARATOR, "issue.uncode")
        self.table.asked = lambda position: self.popup(self.table.viewport(), position, menu)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selected())

    def _assemble(self) -> None:
        more = QToolButton()
        more.setText(tr("More"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setAccessibleName(tr("Export, events and watch phrases"))
        self.menu = TimelineMenu(self, self.plot, more)
        self.menu.chosen.connect(self.load)
        more.setMenu(self.menu)
        top = flowing("header", (14, 8, 14, 8), self.issue, self.period, self.method, self.layout_choice, self.brush,
                      button(tr("All days"), self.plot.fit, "", tr("Show all (Home)")), self.outside, more)  # fmt: skip
        self.issue.setMinimumContentsLength(18)
        self.turner = fill(box(spacing=4), self.before, self.which, self.after, 1)
        notes = fill(
            box("strip", vertical=True, margins=(16, 6, 16, 6), spacing=2), self.turner, self.counts, self.silent
        )
        upper = fill(box("page", vertical=True, spacing=0), top, self.plot, notes)
        upper.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.pages.addWidget(self.table)
        self.pages.addWidget(scrolled(self.standing, "page"))
        self.compare_button = button(tr("Compare the two ranges"), self._compare_ranges)
        unmark = tr("Mark no days (Escape in the plot)")
        self.clear_button = button(tr("Unmark"), lambda: self.plot.set_ranges([]), "link", unmark)
        bar = flowing("strip", (14, 4, 14, 4), self.below, act(self.acts["statement.open"], True, tr("Read")),
                      act(self.acts["statement.compare"], True), self.compare_button, self.clear_button,
                      self.brushed)  # fmt: skip
        lower = fill(box("page", vertical=True, spacing=0), bar, self.pages)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(lower)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([560, 230])
        self.splitter.setChildrenCollapsible(False)
        self.assemble(self.splitter)

    # --- loading ---

    def forget(self) -> None:
        self.table_model.show(None, [])

    def load(self) -> None:
        library = self.library
        if library is None:
            return
        wanted, period, method = self._issue_id, self.period.currentData(), self.method.currentData()
        options = {"period": period, "band": self.menu.band.isChecked(), "change": self.menu.change.isChecked()}
        self.asker.ask(lambda: _load(library, wanted, method, options), self._show)

    def set_library(self, library: Any) -> None:
        if library is not self.library:
            self._issue_id, self._loaded = -1, None
            self.plot.set_ranges([])
            self.plot.first = 0
        super().set_library(library)

    def show_issue(self, issue_id: int) -> None:
        """The timeline of an issue (0: all statements)."""
        self._issue_id = issue_id
        self.load()

    def _show(self, loaded: Loaded) -> None:
        again = self._loaded is not None and self._loaded.issue_id == loaded.issue_id
        self._loaded, self._issue_id = loaded, loaded.issue_id
        self._fill_issues(loaded)
        if loaded.timeline.problem == "no-statements" and not loaded.issues:
            self.show_empty("timeline", tr("Nothing to place in time yet"),
                            tr("Statements appear here by date and actor as soon as documents are imported."),
                            "import.files", tr("Import files…"))  # fmt: skip
            return
        self.show_body()
        for choice in (self.period, self.method, self.layout_choice):
            choice.setEnabled(loaded.issue_id != 0)
        self.silent.setText(loaded.silent)
        self.silent.setVisible(bool(loaded.silent))
        if not again:
            self.plot.first = 0  # another issue begins with those with most statements
        self.plot.show_timeline(loaded.timeline, self._lanes(), keep_view=again)
        self.table.leave_out(() if loaded.issue_id else (SCORE, HOW))
        self.table_model.show(self.library, loaded.marks)
        self.standing.show_timeline(loaded.timeline, loaded.watched)
        self._brushed()
        self._say_counts(loaded.timeline)

    def _fill_issues(self, loaded: Loaded) -> None:
        self.issue.clear()
        self.issue.addItem(tr("All statements, without an issue"), 0)
        for issue in loaded.issues:
            self.issue.addItem(issue.name, issue.id)
        self.issue.setCurrentIndex(max(self.issue.findData(loaded.issue_id), 0))

    def _choose_issue(self) -> None:
        self._issue_id = self.issue.currentData()
        self.load()

    def _lanes(self) -> bool | None:
        return {"auto": None, "shared": False, "lanes": True}[self.layout_choice.current]

    def _redraw(self) -> None:
        if self._loaded is not None:
            self.plot.show_timeline(self._loaded.timeline, self._lanes(), keep_view=True)

    def _say_counts(self, timeline: Timeline) -> None:
        parts = [plural(len(timeline.lanes), "actor", "actors")]
        if timeline.issue:
            parts.append(plural(timeline.coded, "coded utterance", "coded utterances"))
            parts.append(tr("{n} not coded").format(n=number(timeline.uncoded)))
        else:
            parts.append(plural(timeline.uncoded, "utterance", "utterances"))
        beside = sum(point.kind != "code" for lane in timeline.lanes for point in lane.points)
        for count, words in (
            (beside, "open diamonds beside the codes, in no mean: {n}"), (timeline.excluded, "{n} not about the issue"),
            (timeline.undated, "{n} with unknown date, not drawn"),
            (timeline.unnamed, "{n} by unknown speakers, not drawn"),
            (timeline.by_publication, "{n} dated by their publication alone"),
            (timeline.across, "{n} with dates in two periods, in no mean"),
            (timeline.outdated, "{n} coded under an earlier definition (open marks)"),
        ):  # fmt: skip
            if count:
                parts.append(tr(words).format(n=number(count)))
        text = "   ·   ".join(parts)
        if timeline.issue and timeline.issue.question:
            text = f"{timeline.issue.question}\n{text}"
        if timeline.problem:
            text += "\n" + tr(PROBLEMS[timeline.problem])
        self.counts.setText(text)
        self._say_lanes(timeline)

    def _say_lanes(self, timeline: Timeline) -> None:
        """Which of the actors are drawn, where there are too many for one picture; the table has them all."""
        count, first, most = len(timeline.lanes), self.plot.first, self.plot.most(timeline)
        self.turner.setVisible(count > most)
        self.before.setEnabled(first > 0)
        self.after.setEnabled(first + most < count)
        words = tr("Drawn: actors {first} to {last} of {count}, those with most statements first; the table has all")
        last = min(first + most, count)
        self.which.setText(words.format(first=number(first + 1), last=number(last), count=number(count)))

    def _turn(self, by: int) -> None:
        self.plot.turn(by)
        if self.plot.timeline is not None:
            self._say_lanes(self.plot.timeline)

    def _say_outside(self) -> None:
        before, after = self.plot.outside()
        parts = [tr("{n} earlier").format(n=number(before)) if before else "",
                 tr("{n} later").format(n=number(after)) if after else ""]  # fmt: skip
        self.outside.setText(" · ".join(part for part in parts if part))
        self.outside.setVisible(bool(before or after))

    # --- plot and table ---

    def _tooltip(self, statement_id: int) -> str:
        if self.library is None:
            return ""
        found = self.library.statements([statement_id])
        if not found:
            return ""
        text = " ".join(found[0].text.split())
        short = text if len(text) <= 240 else text[:239] + "…"
        return f"{isolated(wording.speaker(found[0]))}, {wording.when(found[0].when)}\n{short}"

    def _toggle_brush(self, on: bool) -> None:
        self.plot.brushing = on

    def _pressed(self, statement_id: int) -> None:
        self._follow(statement_id)
        self.statement_requested.emit(statement_id)

    def _follow(self, statement_id: int) -> None:
        row = self.table_model.place(statement_id)
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.table_model.index(row, 0))

    def _selected(self) -> None:
        ids = self.selected_statements()
        if len(ids) == 1:
            self.plot.choose(ids[0])
        self.selection_changed.emit()

    def _brushed(self) -> None:
        ranges = self.plot.ranges
        ids = [key for pair in ranges for key in self.plot.ids_between(*pair)]
        self.table_model.keep(ids if ranges else None)
        timeline = self.plot.timeline
        if ranges and timeline is not None:
            days = ", ".join(f"{wording.day(timeline.day(a))} – {wording.day(timeline.day(b))}" for a, b in ranges)
            self.brushed.setText(tr("{n} in {days}").format(n=number(len(set(ids))), days=days))
        else:
            self.brushed.setText("")
        self.clear_button.setVisible(bool(ranges))
        self.compare_button.setVisible(len(ranges) == 2)
        self.selection_changed.emit()

    def _compare_ranges(self) -> None:
        ids = self.compared()
        if len(ids) >= 2:
            self.compare_requested.emit(ids)
        else:
            self.problem.emit(tr("Each of the two ranges needs a statement to compare."))

    def compared(self) -> list[int]:
        """Up to three statements of each brushed range, those of one actor first: what a comparison opens with."""
        sides = [self.plot.ids_between(*pair) for pair in self.plot.ranges]
        if len(sides) != 2 or not all(sides):
            return []
        actors = {self.table_model.mark(row).id: self.table_model.mark(row).actor
                  for row in range(self.table_model.rowCount())}  # fmt: skip
        both = [actors[key] for key in sides[0] if actors.get(key) in {actors.get(other) for other in sides[1]}]
        if both:
            most = max(sorted(set(both)), key=both.count)
            sides = [[key for key in side if actors.get(key) == most] for side in sides]
        return [key for side in sides for key in _spread(side, COMPARED // 2)]

    def score(self, key: int) -> None:
        """Score the selected statements by a key, 1 to 5 or 0 for "not about this issue": so a suggestion is accepted."""
        timeline, library = self.plot.timeline, self.library
        if library is None or timeline is None or timeline.issue is None:
            return
        issue = timeline.issue
        value = issue.lowest + (key - 1) * (issue.highest - issue.lowest) / 4 if key else None
        rows = self._chosen()
        if not rows:
            return
        codes = library.codes(issue.id)
        coders = [scorer(codes, mark) for mark in rows]
        if None in coders:
            self.problem.emit(tr("Several people scored this. Score it on the page of the issue, under your own name."))
            return
        with self.edit("Score statement"):
            for mark, coder in zip(rows, coders, strict=True):
                seen = mark.method not in ("", "manual")
                library.code(mark.id, issue.id, value, coder=coder or "", suggestion_seen=seen)

    def remove_scores(self) -> None:
        """The selected statements, and what reports the same words, wait for a score again."""
        timeline, library = self.plot.timeline, self.library
        ids = [key for mark in self._scored() for key in mark.statements]
        if library is not None and timeline is not None and timeline.issue is not None and ids:
            with self.edit("Remove score"):
                library.remove_scores(timeline.issue.id, ids)

    def _chosen(self) -> list[Mark]:
        return [self.table_model.mark(index.row()) for index in self.table.selectionModel().selectedRows()]

    def _scored(self) -> list[Mark]:
        return [mark for mark in self._chosen() if mark.method == "manual"]

    def _show_below(self, page: str) -> None:
        self.pages.setCurrentIndex(0 if page == "table" else 1)

    # --- what can be done ---

    def selected_statements(self) -> list[int]:
        return self.table.selected_ids()

    def shown_statements(self) -> tuple[str, str, Callable[[], Sequence[int]]] | None:
        """Those of the list under the plot, of the marked days only where some are marked, with all that report the same."""
        timeline = self.plot.timeline
        rows = [self.table_model.mark(row) for row in range(self.table_model.rowCount())]
        ids = list(dict.fromkeys(key for mark in rows for key in (mark.id, *mark.statements)))
        if timeline is None or not ids:
            return None
        some = tr("The statements of the marked days ({n})") if self.plot.ranges else tr("The statements of the timeline ({n})")
        return some.format(n=number(len(ids))), title(timeline, tr), lambda: ids

    def commands(self) -> dict[str, Callable[[], object]]:
        drawn = self._loaded is not None and bool(self._loaded.timeline.lanes)
        found = printing.commands(self, self.printout) if self.library is not None and drawn else {}
        return found | ({"issue.uncode": self.remove_scores} if self._scored() else {})

    def printout(self, ready: printing.Ready) -> None:
        """What the plot shows, for paper."""
        timeline, library = self.plot.timeline, self.library
        if timeline is not None and library is not None:
            ready(printing.Printout(
                title(timeline, tr), library.name, picture=partial(draw_into, self.plot), resolution=self.plot.logicalDpiX(),
                wide=is_wide(self.plot),
            ))  # fmt: skip

    # --- the window's conventions ---

    def parts(self) -> list[QWidget]:
        return [self.issue, self.plot, self.table]

    def home(self) -> QWidget:
        return self.plot

    def theme_changed(self) -> None:
        super().theme_changed()
        self.plot.wear()
        self.standing.wear()

    def save_state(self) -> dict[str, Any]:
        return {
            "issue": self._issue_id, "period": self.period.currentIndex(), "layout": self.layout_choice.current,
            "splitter": bytes(self.splitter.saveState().toBase64().data()).decode("ascii"),
        }  # fmt: skip

    def restore_state(self, state: dict[str, Any]) -> None:
        if isinstance(state.get("issue"), int):
            self._issue_id = state["issue"]
        if isinstance(state.get("period"), int):
            self.period.setCurrentIndex(min(max(state["period"], 0), len(PERIODS) - 1))
        self.layout_choice.choose(str(state.get("layout", "auto")))
        if isinstance(state.get("splitter"), str):
            self.splitter.restoreState(QByteArray.fromBase64(state["splitter"].encode("ascii")))
        self._load_soon()

    def demonstrate(self) -> None:
        """Something to look at, for pictures of the program."""
        self.below.choose("standing")
        self._show_below("standing")


def _load(library: Any, wanted: int, method: str, options: dict[str, Any]) -> Loaded:
    """Runs in the asker's thread."""
    issues = library.issues()
    known = {issue.id for issue in issues}
    issue_id = wanted if wanted in known or wanted == 0 else (issues[0].id if issues else 0)
    silent = ""
    try:
        timeline = library.timeline(issue_id or None, method=method, **options)
    except Problem as problem:
        if method == "manual":
            raise
        silent = wording.problem(problem)
        timeline = library.timeline(issue_id or None, **options)
    return Loaded(issues, issue_id, timeline, marks(timeline), silent, tuple(library.watch_phrases()))


def _spread(ids: list[int], most: int) -> list[int]:
    """At most `most` of the ids, spread over all of them."""
    if len(ids) <= most:
        return ids
    return [ids[round(k * (len(ids) - 1) / (most - 1))] for k in range(most)]
