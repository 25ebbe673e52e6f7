"""Issues: what is asked, how far the coding has come, whether coders agree; and the coding itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QWidget

from desktop import wording
from desktop.dialogs.choosing import choose_files, choose_target
from desktop.jobs import Asker
from desktop.panes.pane import Pane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.coding import Coding
from desktop.widgets.issue_form import IssueForm
from desktop.widgets.pieces import box, button, fill, flowing, label, scrolled
from desktop.wording import number, plural, tr
from index.model import Changed, Issue
from index.positions.agreement import Agreement
from index.problems import Problem

PAUSE = 350  # milliseconds after the last key before the query is tried


@dataclass(frozen=True, slots=True)
class Facts:
    """What a load finds about the chosen issue."""

    issue: Issue
    coded: int
    uncoded: int
    excluded: int
    outdated: int
    coders: tuple[str, ...]
    agreement: Agreement
    recodes: tuple[Agreement, ...]


class IssuesPane(Pane):
    """List at the left, the definition and its coding at the right; the queue takes the whole page."""

    reads: ClassVar[frozenset[str]] = frozenset({"issue", "code", "statement"})
    help_page = "issues"

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(actions, settings, theme, parent)
        self._current: int | None = None  # None: the first, 0: a new one
        self._issues: list[Issue] = []
        self._facts_asker, self._query_asker = Asker(self), Asker(self)
        self._pause = QTimer(self)

        self.list = QListWidget()
        self.form = IssueForm()
        self.name = label("", "title", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.agree = label("", "small", wrap=True)
        self.code_button = button(tr("Start coding"), self.start_coding, "primary")
        self.coding = Coding(theme)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.body = QStackedWidget()

        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._try_query)
        self.list.setAccessibleName(tr("Issues"))
        self.list.currentRowChanged.connect(self._chosen)
        self.form.saved.connect(self._save)
        self.form.query_changed.connect(lambda _: self._pause.start())
        self.coding.ended.connect(self.end_coding)
        self.coding.problem.connect(self.problem)
        self.coding.statement_requested.connect(self.statement_requested)
        self._assemble()

    def _assemble(self) -> None:
        top = fill(box("header", margins=(14, 12, 14, 10), spacing=8), label(tr("Issues"), "title"), 1,
                   button(tr("New"), self.new_issue, "", tr("Define a question with two poles")))  # fmt: skip
        left = fill(box("page", vertical=True, spacing=0), top, self.list)
        left.setMinimumWidth(210)
        names = fill(box(vertical=True, spacing=2), self.name, self.facts, self.agree)
        again = tr("Code 20 random statements again, to see whether you agree with yourself")
        columns = tr("CSV with the columns statement, score, note")
        acts = flowing("", (0, 0, 0, 0), self.code_button, button(tr("Timeline"), self._timeline),
                       button(tr("Second look"), self.look_again, "", again),
                       button(tr("Scores from a table…"), self._ask_scores, "", columns),
                       button(tr("Scores as a table…"), self._ask_target), button(tr("Delete"), self._delete))  # fmt: skip
        self.issue_acts = acts
        header = fill(box("header", vertical=True, margins=(22, 14, 18, 12), spacing=10), names, acts)
        right = fill(box("page", vertical=True, spacing=0), header, scrolled(self.form, "page"))
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([250, 900])
        self.splitter.setChildrenCollapsible(False)
        self.body.addWidget(self.splitter)
        self.body.addWidget(self.coding)
        self.assemble(self.body)

    # --- loading ---

    @property
    def is_coding(self) -> bool:
        """True while the queue is in front."""
        return self.body.currentWidget() is self.coding

    def changed(self, changed: Changed) -> None:
        if self.is_coding and self.isVisible():
            self._stale = True  # the queue keeps its own count; the rest is read when the coding ends
            if "code" in changed.kinds:
                self.coding.refresh()
        else:
            super().changed(changed)

    def set_library(self, library: Any) -> None:
        if library is not self.library:
            self.coding.finish()
            self._facts_asker.finish()
            self._query_asker.finish()
            self._current = None
            self.body.setCurrentWidget(self.splitter)
        super().set_library(library)

    def load(self) -> None:
        library = self.library
        if library is not None and not self.is_coding:
            self.asker.ask(library.issues, self._show)

    def _show(self, issues: list[Issue]) -> None:
        self._issues = issues
        self.show_body()
        known = [issue.id for issue in issues]
        if self._current not in (*known, 0):
            self._current = known[0] if known else None
        self.list.blockSignals(True)
        self.list.clear()
        for issue in issues:
            item = QListWidgetItem(issue.name)
            item.setToolTip(f"{issue.low} … {issue.high}")
            self.list.addItem(item)
        self.list.setCurrentRow(known.index(self._current) if self._current in known else -1)
        self.list.blockSignals(False)
        self._show_chosen()

    def show_issue(self, issue_id: int) -> None:
        """The page of an issue."""
        self._current = issue_id
        if self.is_coding:
            self.end_coding()
        self.load()

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self._issues):
            self._current = self._issues[row].id
            self._show_chosen()

    @property
    def issue(self) -> Issue | None:
        """The chosen issue; None while a new one is being defined."""
        return next((issue for issue in self._issues if issue.id == self._current), None)

    def _show_chosen(self) -> None:
        issue = self.issue
        self.form.show_issue(issue)
        self.issue_acts.setVisible(issue is not None)
        self.name.setText(issue.name if issue else tr("New issue"))
        hint = tr("A question with a scale between two poles that you name.")
        self.facts.setText(f"{issue.low} … {issue.high}" if issue else hint)
        self.agree.setText("")
        library = self.library
        if issue is not None and library is not None:
            self._facts_asker.ask(lambda: _facts(library, issue), self._show_facts)
        self._try_query()
        self.selection_changed.emit()

    def _show_facts(self, facts: Facts) -> None:
        if facts.issue.id != self._current:
            return
        parts = [f"{facts.issue.low} … {facts.issue.high}", plural(facts.coded, "utterance coded", "utterances coded"),
                 tr("{n} wait").format(n=number(facts.uncoded))]  # fmt: skip
        if facts.excluded:
            parts.append(tr("{n} not about it").format(n=number(facts.excluded)))
        if facts.outdated:
            parts.append(tr("{n} under an earlier definition").format(n=number(facts.outdated)))
        self.facts.setText("   ·   ".join(parts))
        lines = [agreement_line(facts.agreement)] if facts.agreement.units else []
        lines += [agreement_line(recode) for recode in facts.recodes if recode.units]
        self.agree.setText("\n".join(lines))
        self.agree.setVisible(bool(lines))

    def _try_query(self) -> None:
        library, query = self.library, self.form.query.text().strip()
        if library is None:
            return
        if not query:
            self._query_asker.forget()
            self.form.say_gathered(tr("Without a query, all statements wait to be coded."))
            return
        self._query_asker.ask(lambda: library.search(query, limit=1), self._gathered, self._not_gathered)

    def _not_gathered(self, error: Exception) -> None:
        words = wording.problem(error) if isinstance(error, Problem) else wording.unexpected(error)
        self.form.say_gathered(words, True)

    def _gathered(self, results: Any) -> None:
        if results.problem is not None:
            self.form.say_gathered(results.problem.message, True)
        else:
            found = plural(results.total, "statement", "statements")
            self.form.say_gathered(tr("Gathers {n}: {explained}").format(n=found, explained=results.explained))

    # --- acts ---

    def new_issue(self) -> None:
        """An empty form."""
        self._current = 0
        self.list.setCurrentRow(-1)
        self._show_chosen()
        self.form.fields["name"].setFocus()

    def _save(self, values: dict[str, Any]) -> None:
        library, issue = self.library, self.issue
        if library is None:
            return
        if issue is None:
            with self.edit("Define issue"):
                self._current = library.define_issue(**values)
        else:
            with self.edit("Change issue"):
                library.change_issue(issue.id, **values)

    def _delete(self) -> None:
        library, issue = self.library, self.issue
        if library is not None and issue is not None:
            with self.edit("Delete issue"):
                library.delete_issue(issue.id)

    def start_coding(self) -> None:
        """The queue of the chosen issue over the whole page."""
        if self.library is not None and self.issue is not None:
            self.body.setCurrentWidget(self.coding)
            self.coding.start(self.library, self.issue)
            self.selection_changed.emit()

    def look_again(self) -> None:
        """Twenty random statements that the coder coded, for a second time."""
        if self.library is not None and self.issue is not None:
            self.body.setCurrentWidget(self.coding)
            self.coding.start(self.library, self.issue, again=True)

    def end_coding(self) -> None:
        """Back to the issue."""
        self.body.setCurrentWidget(self.splitter)
        self._stale = False
        self.load()
        self.selection_changed.emit()

    def _timeline(self) -> None:
        if self.issue is not None:
            self.timeline_requested.emit(self.issue.id)

    def _ask_scores(self) -> None:
        choose_files(self, tr("Scores from a table"), [tr("Tables (*.csv)")], self._import_scores)

    def _import_scores(self, paths: list[Path]) -> None:
        library, issue = self.library, self.issue
        if library is None or issue is None:
            return
        try:
            found = [library.import_scores(issue.id, path) for path in paths]
        except Problem as problem:
            self.problem.emit(wording.problem(problem))
            return
        left = [wording.problem(row.code, detail=row.detail) for _, rows in found for row in rows]
        taken = plural(sum(count for count, _ in found), "score taken", "scores taken")
        if left:
            rows = plural(len(left), "row left out", "rows left out")
            self.problem.emit(f"{taken}, {rows}: {'  '.join(left[:3])}{' …' if len(left) > 3 else ''}")
        else:
            self.message.emit(taken, "undo")

    def _ask_target(self) -> None:
        if self.issue is not None:
            choose_target(self, tr("Scores as a table"), f"{self.issue.name}.csv", "csv", self._export_scores)

    def _export_scores(self, out: Path) -> None:
        library, issue = self.library, self.issue
        if library is None or issue is None:
            return
        try:
            out.write_text(library.export_scores(issue.id), encoding="utf-8-sig", newline="")
        except OSError as error:
            self.problem.emit(wording.problem("unwritable", str(out), error.strerror or ""))
        else:
            self.message.emit(tr("Written: {file}").format(file=out.name), "")

    # --- the window's conventions ---

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.is_coding:
            return {}
        found: dict[str, Callable[[], object]] = {"issue.new": self.new_issue}
        if self.issue is not None:
            found |= {"issue.code": self.start_coding, "issue.again": self.look_again, "issue.timeline": self._timeline}
        return found

    def selected_statements(self) -> list[int]:
        return [self.coding.current] if self.is_coding and self.coding.current is not None else []

    def parts(self) -> list[QWidget]:
        return [self.coding] if self.is_coding else [self.list, self.code_button, self.form]

    def save_state(self) -> dict[str, Any]:
        state = bytes(self.splitter.saveState().toBase64().data()).decode("ascii")
        return {"issue": self._current, "coder": self.coding.coder.text(), "splitter": state}

    def restore_state(self, state: dict[str, Any]) -> None:
        if isinstance(state.get("issue"), int):
            self._current = state["issue"]
        self.coding.coder.setText(str(state.get("coder", "")))
        if isinstance(state.get("splitter"), str):
            self.splitter.restoreState(QByteArray.fromBase64(state["splitter"].encode("ascii")))
        self._load_soon()

    def demonstrate(self) -> None:
        """Something to look at, for pictures of the program."""
        if self.issue is not None:
            self.start_coding()


def _facts(library: Any, issue: Issue) -> Facts:
    """Runs in the asker's thread."""
    found = library.coded(issue.id)
    coders = tuple(library.coders(issue.id))
    recodes = tuple(library.recode_agreement(issue.id, coder) for coder in coders)
    return Facts(issue, len(found.positions), len(found.uncoded), len(found.excluded), len(found.outdated), coders,
                 library.agreement(issue.id), recodes)  # fmt: skip


def agreement_line(found: Agreement) -> str:
    """Agreement in one line: alphas, kappa, how many statements it rests on."""
    who = " / ".join(coder or tr("unnamed") for coder in found.coders)
    parts = [tr("Agreement of {who} on {n}").format(who=who, n=plural(found.units, "statement", "statements"))]
    measures = (
        ("alpha of the codes {a}", found.interval), ("ordinal {a}", found.ordinal),
        ("about the issue or not {a}", found.relevance), ("weighted kappa {a}", found.kappa),
    )  # fmt: skip
    for words, value in measures:
        if value is not None:
            parts.append(tr(words).format(a=f"{value:.2f}"))
    return ", ".join(parts)
