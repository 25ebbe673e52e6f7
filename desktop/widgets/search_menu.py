"""What outlives a search: kept ones, those of before, batches from a table, a phrase over time; and the ways to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop import wording
from desktop.jobs import Asker
from desktop.theme import Theme
from desktop.wording import number, plural, tr
from index.model import BatchLine, Watch
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

SHOWN = 12
EXAMPLES = (
    ("treaty border", "Both words, in any form"), ('"west bank"', "Words side by side"),
    ('"treaty river"~5', "Near each other, in any order"), ("treaty OR accord", "One or the other"),
    ("treaty -draft", "Without a word"), ('="treaties"', "Exactly this form"), ("demo*", "Beginning with"),
    ("colour~1", "One letter different"), ("actor:Name", "Said by, under any of the names"),
    ('role:"foreign minister"', "Said as"), ("said:2023..2024-03", "Said in these days"), ("said:<2024", "Said before"),
    ("published:2024-11", "Published in"), ("outlet:Courier", "Printed by"), ("kind:direct", "In quotation marks"),
    ("via:Agency", "By way of"), ("issue:Name", "Placed on an issue"), ("title:word", "In the title"),
    ("status:confirmed", "Confirmed by you"), ("said:none", "Without a date"),
)  # fmt: skip


class SearchMenu(QObject):
    """`wanted` tells (query, unit, options) of a search to run, `said` something that was done, with the id of an action
    for its button or "", `failed` what could not be done."""

    wanted = Signal(str, str, dict)
    said = Signal(str, str)
    failed = Signal(str)

    def __init__(self, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._theme, self._pane = theme, pane
        self._library: Library | None = None
        self._now: tuple[str, str, dict[str, Any], int] = ("", "statements", {}, 0)
        self._saved: list[Mapping[str, Any]] = []
        self._history: list[tuple[str, str, str, int]] = []
        self._fresh: dict[int, int] = {}
        self.menu = QMenu(pane)
        self.menu.aboutToShow.connect(self._fill)
        self._asker = Asker(self)
        self._alerts = Asker(self)
        self._runner = Asker(self)
        self._runner.problem.connect(self.failed)

    def examples(self, chosen: Callable[[str], object]) -> QMenu:
        """A menu of the ways to ask; `chosen` gets the text of the one that is clicked."""
        menu = QMenu(self._pane)
        for text, words in EXAMPLES:
            menu.addAction(f"{text}\t{tr(words)}", lambda text=text: chosen(text))
        return menu

    def finish(self) -> None:
        """Before the library is closed: wait for what is being asked."""
        for asker in (self._asker, self._alerts, self._runner):
            asker.finish()
        self._library, self._saved, self._history, self._fresh = None, [], [], {}

    def describe(self, query: str, unit: str, options: dict[str, Any], total: int) -> None:
        """What is on the screen now: it is what would be kept."""
        self._now = (query, unit, options, total)

    def look(self, library: Library) -> None:
        """Read what is kept."""
        self._library = library
        self._asker.ask(lambda: (library.saved_searches(), library.search_history(SHOWN)), self._read)

    def _read(self, found: tuple[list[Mapping[str, Any]], list[tuple[str, str, str, int]]]) -> None:
        self._saved, self._history = found

    # --- new hits of kept searches ---

    def tell_new_hits(self, library: Library) -> None:
        """After an import: which kept searches with an alert find more than when they were last looked at."""

        def read() -> list[tuple[int, str, int]]:
            rows = [row for row in library.saved_searches() if row["alert"]]
            return [(row["id"], row["name"], len(library.new_hits(row["id"]))) for row in rows]

        self._alerts.ask(read, self._tell)

    def _tell(self, found: list[tuple[int, str, int]]) -> None:
        self._fresh = {row_id: count for row_id, _, count in found if count}
        lines = [f"{name}: {plural(count, 'new hit', 'new hits')}" for _, name, count in found if count]
        if lines:
            self.said.emit(" · ".join(lines[:4]), "")

    # --- the menu ---

    def commands(self) -> dict[str, Callable[[], object]]:
        """What can be done with the search on the screen, by action id."""
        found: dict[str, Callable[[], object]] = {"search.batch": self._batch}
        if self._now[0].strip() or self._now[2].get("filters"):
            found["search.keep"] = self._keep
        if self._now[0].strip():
            found["search.time"] = self._watch
        return found

    def _fill(self) -> None:
        menu = self.menu
        menu.clear()
        rows = (("save", tr("Keep this search…"), "search.keep"), ("timeline", tr("This search over time…"), "search.time"),
                ("table", tr("Run queries from a file…"), "search.batch"))  # fmt: skip
        acts = self.commands()
        for icon, text, name in rows:
            menu.addAction(self._theme.icons(icon), text, acts.get(name, lambda: None)).setEnabled(name in acts)
        if self._saved:
            menu.addSection(tr("Kept searches"))
            for row in self._saved:
                menu.addMenu(self._saved_menu(row))
        if self._history:
            menu.addSection(tr("Searched before"))
            for past, unit, _, total in self._history:
                short = past if len(past) < 60 else past[:58] + "…"
                text = short.replace("&", "&&") + f"\t{number(total)}"
                menu.addAction(text, lambda past=past, unit=unit: self.wanted.emit(past, unit, {}))

    def _saved_menu(self, row: Mapping[str, Any]) -> QMenu:
        fresh = self._fresh.get(row["id"], 0)
        name = str(row["name"]).replace("&", "&&")
        menu = QMenu(f"{name}  (+{number(fresh)})" if fresh else name, self.menu)
        menu.addAction(tr("Search"), lambda: self._run(row))
        menu.addAction(str(row["query"]).replace("&", "&&") or tr("everything")).setEnabled(False)
        alert = menu.addAction(tr("Tell me about new hits"))
        alert.setCheckable(True)
        alert.setChecked(bool(row["alert"]))
        alert.toggled.connect(lambda on: self._set_alert(row, on))
        menu.addAction(tr("Forget"), lambda: self._forget(row))
        return menu

    def _run(self, row: Mapping[str, Any]) -> None:
        self._fresh.pop(row["id"], None)
        self._mark_seen(row["id"])
        self.wanted.emit(row["query"], row["unit"], row["options"])

    def _keep(self) -> None:
        from desktop.dialogs.keep_search import KeepSearch

        query, unit, options, total = self._now
        dialog = KeepSearch(query, total, self._theme, self._pane)
        dialog.kept.connect(lambda name, alert: self.keep(name, query, unit, options, alert))
        dialog.open()

    def keep(self, name: str, query: str, unit: str, options: Mapping[str, Any], alert: bool) -> None:
        """Keep a search; what it finds now counts as seen."""
        library = self._library
        if library is None:
            return
        try:
            library.save_search(name, query, unit, options, alert=alert)
        except Problem as found:
            self.failed.emit(wording.problem(found))
            return
        row = next((r for r in library.saved_searches() if r["name"] == name), None)
        if row is not None:
            self._mark_seen(row["id"])
        self.look(library)
        self.said.emit(tr("Kept as “{name}”.").format(name=name), "")

    def _mark_seen(self, saved_id: int) -> None:
        library = self._library
        if library is not None:
            self._runner.ask(lambda: library.mark_seen(saved_id), lambda _: None)

    def _set_alert(self, row: Mapping[str, Any], on: bool) -> None:
        self.keep(row["name"], row["query"], row["unit"], row["options"], on)

    def _forget(self, row: Mapping[str, Any]) -> None:
        library = self._library
        if library is None:
            return
        try:
            library.delete_search(row["id"])
        except Problem as found:
            self.failed.emit(wording.problem(found))
        else:
            self.look(library)
            self.said.emit(tr("The search “{name}” is no longer kept.").format(name=row["name"]), "undo")

    def _watch(self) -> None:
        library, query = self._library, self._now[0]
        if library is not None:
            self._runner.ask(lambda: library.watched(query), self._show_watch)

    def _show_watch(self, watch: Watch) -> None:
        from desktop.dialogs.search_over_time import SearchOverTime

        dialog = SearchOverTime(watch, self._theme, self._pane)
        dialog.opened.connect(self._pane.statement_requested)  # type: ignore[attr-defined]
        dialog.open()

    def _batch(self) -> None:
        from desktop.dialogs.choosing import choose_files

        kinds = tr("Tables and texts (*.csv *.txt)")
        choose_files(self._pane, tr("Run queries from a file"), [kinds], lambda paths: self.run_batch(paths[0]))

    def run_batch(self, path: Path) -> None:
        """Run the queries of a file and show their counts."""
        library = self._library
        if library is None:
            return

        def run() -> list[BatchLine]:
            try:
                text = path.read_text(encoding="utf-8-sig", errors="replace")
            except OSError as error:
                raise Problem("unreadable", path, error.strerror or str(error)) from error
            return library.batch(text)

        self._runner.ask(run, lambda lines: self._show_batch(path, lines))

    def _show_batch(self, path: Path, lines: list[BatchLine]) -> None:
        from desktop.dialogs.batch_results import BatchResults

        dialog = BatchResults(path.name, lines, self._theme, self._pane)
        dialog.wanted.connect(lambda query, unit: self.wanted.emit(query, unit, {}))
        dialog.open()
