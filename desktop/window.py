"""The main window: navigation, pages, messages, status; it connects the panes, which know nothing of each other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop import statement_acts, wording
from desktop.actions import fill_menu_bar, make_actions
from desktop.importing import Importing
from desktop.jobs import Asker, Job
from desktop.panes.pane import Pane
from desktop.panes.welcome import Welcome
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.status import Status
from desktop.theme import Theme
from desktop.widgets.drop import DropSheet, dropped_paths
from desktop.widgets.message_bar import MessageBar
from desktop.widgets.rail import Rail
from desktop.wording import tr
from index.model import Changed, Span
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PaneRow:
    """One page: `make` imports its module when the page is first shown, so that the start stays short."""

    id: str
    text: str
    icon: str
    tip: str
    make: Callable[[], type[Pane]]


def _reader() -> type[Pane]:
    from desktop.panes.reader import ReaderPane

    return ReaderPane


def _actors() -> type[Pane]:
    from desktop.panes.actors import ActorsPane

    return ActorsPane


def _documents() -> type[Pane]:
    from desktop.panes.documents import DocumentsPane

    return DocumentsPane


def _search() -> type[Pane]:
    from desktop.panes.search import SearchPane

    return SearchPane


def _issues() -> type[Pane]:
    from desktop.panes.issues import IssuesPane

    return IssuesPane


def _compare() -> type[Pane]:
    from desktop.panes.compare import ComparePane

    return ComparePane


def _timeline() -> type[Pane]:
    from desktop.panes.timeline import TimelinePane

    return TimelinePane


PANES: tuple[PaneRow, ...] = (
    PaneRow("search", "Search", "search", "Statements and documents, by words and by who said what when", _search),
    PaneRow("reader", "Reader", "reader", "A document with its statements marked", _reader),
    PaneRow("compare", "Compare", "compare", "Statements or documents side by side: what changed", _compare),
    PaneRow("timeline", "Timeline", "timeline", "Where each actor stands over time", _timeline),
    PaneRow("actors", "Actors", "actors", "Who speaks: names, roles, merging and splitting", _actors),
    PaneRow("issues", "Issues", "issues", "Questions with two poles, and the coding of statements on them", _issues),
    PaneRow("documents", "Documents", "documents", "All documents, the undated ones first", _documents),
)


class MainWindow(QMainWindow):
    """One window, one open library or none."""

    library_changed = Signal(object)  # a Changed, from whatever thread
    library_opened = Signal()  # library is another one now, or None

    def __init__(self, paths: Paths, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.paths, self.settings, self.theme = paths, settings, theme
        self.library: Library | None = None
        self.panes: dict[str, Pane] = {}
        self._visited: list[tuple[str, Any]] = []
        self._place = -1

        self.acts = make_actions(self, theme.icons)
        self.rail = Rail(theme)
        self.messages = MessageBar(theme)
        self.stack = QStackedWidget()
        self.welcome = Welcome(self.acts, settings, theme)
        self.importing = Importing(theme, self)
        self.status = Status(theme, self.importing)
        self.sheet = DropSheet(theme, self)
        self._recent_menu, self._pane_menu = QMenu(self), QMenu(self)
        self._asker, self._counter = Asker(self), Asker(self)

        for name, action in self.acts.items():
            action.triggered.connect(lambda _=False, name=name: self.run(name))
        self.rail.chosen.connect(self.show_pane)
        self.welcome.open_requested.connect(self.open_library)
        self.library_changed.connect(self._on_changed)
        self._asker.problem.connect(self.say_problem)
        self._counter.problem.connect(self.say_problem)
        self.importing.changed.connect(self._imported_some)
        self.importing.finished.connect(self._imported_all)
        self.importing.stop_requested.connect(self.importing.stop)
        self.status.library_pressed.connect(self._popup_libraries)
        self._recent_menu.aboutToShow.connect(self._fill_recent)
        theme.changed.connect(self._refresh_icons)

        self._assemble()
        self.refresh_actions()

    def _assemble(self) -> None:
        for place, row in enumerate(PANES):
            self.rail.add(row.id, tr(row.text), row.icon, f"{tr(row.tip)}  (Ctrl+{place + 1})")
            action = self._pane_menu.addAction(tr(row.text))
            action.setShortcut(f"Ctrl+{place + 1}")
            action.setObjectName(f"pane.{row.id}")
            action.triggered.connect(lambda _=False, name=row.id: self.show_pane(name))
            self.addAction(action)
            self.acts[f"pane.{row.id}"] = action
        self.rail.add_below(self.acts["help"], tr("Help"))
        fill_menu_bar(self.menuBar(), self.acts, {"recent": self._recent_menu, "panes": self._pane_menu})
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.stack, 1)
        row_ = QHBoxLayout()
        row_.setContentsMargins(0, 0, 0, 0)
        row_.setSpacing(0)
        row_.addWidget(self.rail)
        row_.addLayout(column, 1)
        central = QWidget()
        central.setLayout(row_)
        self.setCentralWidget(central)
        self.setStatusBar(self.status)
        self.stack.addWidget(self.welcome)
        self.setAcceptDrops(True)
        self.setWindowIcon(QApplication.windowIcon())
        self.setMinimumSize(860, 560)
        self.resize(1280, 820)
        geometry: QByteArray = self.settings.bytes("window")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self._show_welcome()

    # --- what can be done ---

    def commands(self) -> dict[str, Callable[[], object]]:
        """What can be done now, by action id: the window's own acts, the statement acts, the front pane's acts."""
        found: dict[str, Callable[[], object]] = {
            "library.new": self._ask_new,
            "library.open": self._ask_open,
            "library.sample": self.open_sample,
            "settings": self._settings,
            "quit": self.close,
            "palette": self._palette,
            "help": self._help,
            "help.keys": self._keys,
            "help.log": self._show_log,
            "about": self._about,
            "view.theme": self._toggle_theme,
            "view.larger": lambda: self._resize_text(1),
            "view.smaller": lambda: self._resize_text(-1),
            "view.full": self._full_screen,
            "go.part": lambda: self._go_part(1),
            "go.part.back": lambda: self._go_part(-1),
        }
        if self.library is None:
            return found
        found |= {
            "library.close": self.close_library,
            "library.check": self._check,
            "library.rebuild": self._rebuild,
            "library.folder": self._show_folder,
            "import.files": self._ask_files,
            "import.folder": self._ask_folder,
            "export": self._export,
            "history": self._history,
        }
        if self.importing.rows:
            found["import.results"] = self._results
        if self.importing.running:
            found["import.stop"] = self.importing.stop
        if self.library.undo_label:
            found["undo"] = self.undo
        if self.library.redo_label:
            found["redo"] = self.redo
        if self._place > 0:
            found["go.back"] = lambda: self._go(-1)
        if self._place + 1 < len(self._visited):
            found["go.forward"] = lambda: self._go(1)
        pane = self.current_pane
        if pane is not None:
            found |= statement_acts.commands(self, pane)
            found |= pane.commands()
        return found

    def run(self, name: str) -> None:
        """Do the act of this id if it can be done now."""
        act = self.commands().get(name)
        if act is not None:
            act()
        self.refresh_actions()

    def refresh_actions(self) -> None:
        """Enable exactly what can be done now."""
        possible = self.commands()
        for name, action in self.acts.items():
            action.setEnabled(name in possible or (name.startswith("pane.") and self.library is not None))
        undo, redo = (self.library.undo_label, self.library.redo_label) if self.library else (None, None)
        self.acts["undo"].setText(tr("Undo") + (f" “{tr(undo)}”" if undo else ""))
        self.acts["redo"].setText(tr("Redo") + (f" “{tr(redo)}”" if redo else ""))

    # --- messages ---

    def say(self, words: str, action: str = "") -> None:
        """An inline message, with a button for one of the actions."""
        if action in self.acts:
            text = tr("Undo") if action == "undo" else self.acts[action].text().rstrip("…")
            self.messages.say(words, "info", text, lambda: self.run(action))
        else:
            self.messages.say(words)

    def say_problem(self, words: str) -> None:
        """An inline message that stays until it is closed."""
        self.messages.say(words, "problem")

    def say_unexpected(self, words: str) -> None:
        """A bug of ours: say so and offer the log."""
        self.messages.say(words, "problem", tr("Show the log"), self._show_log)

    # --- libraries ---

    def open_library(self, path: Path) -> None:
        """Open the library in a folder; on failure what was open stays open."""
        self._asker.ask(lambda: _library().open(path), self.set_library)

    def create_library(self, path: Path) -> None:
        """Make a library in a folder and open it."""
        self._asker.ask(lambda: _library().create(path), self.set_library)

    def open_sample(self) -> None:
        """Open the user's copy of the sample library; it is made the first time."""
        path = self.paths.sample
        if (path / "library.standpoint").exists():
            self.open_library(path)
            return
        self.status.say(tr("Preparing the sample library …"))
        self._asker.ask(lambda: _library().create_sample(path), self.set_library)

    def set_library(self, library: Library | None) -> None:
        """Show this library in all panes."""
        self._leave_library()
        self.library = library
        self._visited, self._place = [], -1
        self.messages.hide()
        for pane in self.panes.values():
            pane.set_library(library)
        if library is None:
            self._show_welcome()
        else:
            library.listeners.append(self.library_changed.emit)
            self.settings.add_recent(library.path)
            self.rail.set_enabled(True)
            self._restore(self.settings.session(library.id))
        self._describe()
        self.refresh_actions()
        self.library_opened.emit()

    def close_library(self) -> None:
        """Close the library and show the welcome page."""
        self.set_library(None)

    def _leave_library(self) -> None:
        if self.library is None:
            return
        self.importing.end()
        self._save_session()
        self._counter.finish()
        for pane in self.panes.values():
            pane.asker.finish()
        self.library.listeners.clear()
        self.library.close()
        self.library = None

    def _on_changed(self, changed: Changed) -> None:
        for pane in self.panes.values():
            pane.changed(changed)
        self._describe()
        self.refresh_actions()

    def _describe(self) -> None:
        library = self.library
        name = library.name if library else ""
        row = next(
            (row for row in PANES if self.current_pane is not None and self.panes.get(row.id) is self.current_pane),
            None,
        )
        parts = [tr(row.text) if row and library else "", name, "Standpoint"]
        self.setWindowTitle(" — ".join(part for part in parts if part))
        self.status.set_library(name)
        if library is not None:
            self._counter.ask(library.counts, self.status.set_counts)

    # --- pages ---

    @property
    def current_pane(self) -> Pane | None:
        """The pane in front; None on the welcome page."""
        front = self.stack.currentWidget()
        return front if isinstance(front, Pane) else None

    def pane(self, name: str) -> Pane:
        """The pane of this id, made when first asked for."""
        found = self.panes.get(name)
        if found is None:
            row = next(row for row in PANES if row.id == name)
            found = self.panes[name] = row.make()(self.acts, self.settings, self.theme)
            self._connect(found)
            self.stack.addWidget(found)
            found.set_library(self.library)
            if self.library is not None:
                found.restore_state(self.settings.session(self.library.id).get("panes", {}).get(name, {}))
        return found

    def show_pane(self, name: str, remember: bool = True) -> Pane:
        """Bring a pane to the front."""
        pane = self.pane(name)
        if self.library is not None:
            if self.stack.currentWidget() is not pane:
                self.stack.setCurrentWidget(pane)
                pane.home().setFocus(Qt.FocusReason.OtherFocusReason)
            self.rail.choose(name)
            if remember:
                self._remember("pane", name)
            self._describe()
        self.refresh_actions()
        return pane

    def _connect(self, pane: Pane) -> None:
        pane.statement_requested.connect(self.show_statement)
        pane.document_requested.connect(self.show_document)
        pane.hits_requested.connect(lambda document, query, places: self._ask("reader", "show_hits", document, query, places))
        pane.compare_requested.connect(self.compare)
        pane.actor_requested.connect(self.show_actor)
        pane.search_requested.connect(self.search)
        pane.issue_requested.connect(self.show_issue)
        pane.timeline_requested.connect(self.show_timeline)
        pane.import_requested.connect(self.import_paths)
        pane.message.connect(self.say)
        pane.problem.connect(self.say_problem)
        pane.selection_changed.connect(self.refresh_actions)

    def _show_welcome(self) -> None:
        self.welcome.load()
        self.stack.setCurrentWidget(self.welcome)
        self.rail.choose("")
        self.rail.set_enabled(False)
        self.status.set_library("")

    def _ask(self, pane: str, method: str, *values: Any) -> None:
        """Show a pane and call one of its `show_...` methods: how a request of one pane reaches another."""
        if any(row.id == pane for row in PANES) and self.library is not None:
            getattr(self.show_pane(pane, remember=False), method)(*values)
            self.refresh_actions()

    def show_statement(self, statement_id: int) -> None:
        """The reader at a statement."""
        self._remember("statement", statement_id)
        self._ask("reader", "show_statement", statement_id)

    def show_document(self, document_id: int, span: Span | None = None) -> None:
        """The reader at a document, at a place in it."""
        self._remember("document", (document_id, span))
        self._ask("reader", "show_document", document_id, span)

    def compare(self, statement_ids: list[int]) -> None:
        """The comparison of these statements."""
        self._remember("compare", list(statement_ids))
        self._ask("compare", "show_statements", list(statement_ids))

    def compare_documents(self, document_ids: list[int]) -> None:
        """The comparison of these documents as wholes."""
        self._ask("compare", "show_documents", list(document_ids))

    def collect(self, statement_ids: list[int]) -> None:
        """These statements beside those that are compared already; the page in front stays."""
        if any(row.id == "compare" for row in PANES):
            self.pane("compare").add_statements(list(statement_ids))  # type: ignore[attr-defined]
            self.say(tr("Added to the comparison."), "pane.compare")

    def show_actor(self, actor_id: int) -> None:
        """The card of an actor."""
        self._remember("actor", actor_id)
        self._ask("actors", "show_actor", actor_id)

    def search(self, query: str) -> None:
        """The search page with this query."""
        self._remember("search", query)
        self._ask("search", "show_query", query)

    def show_timeline(self, issue_id: int) -> None:
        """The timeline of an issue."""
        self._remember("timeline", issue_id)
        self._ask("timeline", "show_issue", issue_id)

    def show_issue(self, issue_id: int) -> None:
        """The page of an issue."""
        self._remember("issue", issue_id)
        self._ask("issues", "show_issue", issue_id)

    def _remember(self, kind: str, value: Any) -> None:
        if 0 <= self._place < len(self._visited) and self._visited[self._place] == (kind, value):
            return
        self._visited = [*self._visited[: self._place + 1][-49:], (kind, value)]
        self._place = len(self._visited) - 1

    def _go(self, step: int) -> None:
        self._place += step
        kind, value = self._visited[self._place]
        if kind == "pane":
            self.show_pane(value, remember=False)
        elif kind == "document":
            self._ask("reader", "show_document", *value)
        else:
            pane, method = _PLACES[kind]
            self._ask(pane, method, value)

    def _go_part(self, step: int) -> None:
        pane = self.current_pane
        parts = [self.rail, *(pane.parts() if pane else [self.welcome]), self.status]
        focus = QApplication.focusWidget()
        here = next(
            (n for n, part in enumerate(parts) if focus is not None and (part is focus or part.isAncestorOf(focus))), -1
        )
        for distance in range(1, len(parts) + 1):
            part = parts[(here + step * distance) % len(parts)]
            target = part if part.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_focusable(part)
            if target is not None and target.isVisible():
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # --- import ---

    def import_paths(self, paths: list[Path], metadata: Path | None = None) -> None:
        """Import files and folders in the background."""
        if self.library is None:
            self.say_problem(tr("Open or create a library first, then import into it."))
            return
        if self.importing.running:
            self.say_problem(tr("An import is running. Wait until it is done, or stop it."))
            return
        self.importing.start(self.library.path, paths, metadata)
        self.refresh_actions()

    def _imported_some(self) -> None:
        if self.library is not None:
            self.library.changed_outside("document", "statement", "actor")

    def _imported_all(self, words: str, trouble: bool) -> None:
        self._imported_some()
        self.messages.say(words, "warning" if trouble else "info", tr("Show results"), self._results)
        self.refresh_actions()

    def _results(self) -> None:
        from desktop.dialogs.import_results import ImportResults

        dialog = ImportResults(self.importing.rows, self.theme, self)
        dialog.document_requested.connect(self.show_document)
        dialog.show()

    def _ask_files(self) -> None:
        self._import_dialog("files")

    def _ask_folder(self) -> None:
        self._import_dialog("folder")

    def _import_dialog(self, what: str) -> None:
        from desktop.dialogs.import_dialog import ImportDialog

        dialog = ImportDialog(self.theme, self)
        dialog.import_requested.connect(self.import_paths)
        dialog.open()
        dialog.choose_files() if what == "files" else dialog.choose_folder()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.sheet.show_over(self.centralWidget(), self.library.name if self.library else None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.sheet.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.sheet.hide()
        paths = dropped_paths(event.mimeData())
        event.acceptProposedAction()
        if len(paths) == 1 and (paths[0] / "library.standpoint").is_file():
            self.open_library(paths[0])
        elif len(paths) == 1 and paths[0].name.endswith(".standpoint"):
            self.open_library(paths[0].parent)
        elif paths:
            self.import_paths(paths)

    # --- undo ---

    def undo(self) -> None:
        """Take the last change back."""
        self._undo_or_redo("undo")

    def redo(self) -> None:
        """Do it again."""
        self._undo_or_redo("redo")

    def _undo_or_redo(self, which: str) -> None:
        assert self.library is not None
        try:
            label = self.library.undo() if which == "undo" else self.library.redo()
        except Problem as found:
            self.say_problem(wording.problem(found))
            return
        words = tr("Undone: {act}") if which == "undo" else tr("Done again: {act}")
        self.say(words.format(act=tr(label)), "redo" if which == "undo" else "undo")

    # --- dialogs ---

    def _ask_new(self) -> None:
        from desktop.dialogs.new_library import NewLibrary

        dialog = NewLibrary(self.paths.libraries, self.theme, self)
        dialog.create_requested.connect(self.create_library)
        dialog.open()

    def _ask_open(self) -> None:
        from desktop.dialogs.choosing import choose_folder

        start = self.library.path.parent if self.library else self.paths.libraries
        choose_folder(self, tr("Open a library"), start, self.open_library)

    def _popup_libraries(self) -> None:
        self._fill_recent()
        self._recent_menu.popup(self.status.mapToGlobal(self.status.rect().topLeft()))

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for path in self.settings.recent():
            action = self._recent_menu.addAction(f"{path.name}  —  {path.parent}")
            action.setEnabled((path / "library.standpoint").exists())
            action.triggered.connect(lambda _=False, path=path: self.open_library(path))
        if not self._recent_menu.actions():
            self._recent_menu.addAction(tr("No library was opened yet")).setEnabled(False)

    def _palette(self) -> None:
        from desktop.dialogs.command_palette import CommandPalette

        CommandPalette([action for action in self.acts.values() if action.isEnabled()], self.theme, self).open()

    def _settings(self) -> None:
        from desktop.dialogs.settings_dialog import SettingsDialog

        SettingsDialog(self.settings, self.theme, self).open()

    def _history(self) -> None:
        from desktop.dialogs.history import History

        assert self.library is not None
        History(self.library, self.acts, self.theme, self).show()

    def _export(self) -> None:
        from desktop.dialogs.export_dialog import ExportDialog

        assert self.library is not None
        pane = self.current_pane
        query = getattr(pane, "query", "") if pane is not None else ""
        dialog = ExportDialog(self.library, query if isinstance(query, str) else "", self.theme, self)
        dialog.told.connect(self.say)
        dialog.failed.connect(self.say_problem)
        dialog.open()

    def _help(self) -> None:
        from desktop.dialogs.help_viewer import HelpViewer

        page = self.current_pane.help_page if self.current_pane else "index"
        HelpViewer.show_page(page, self.theme, self)

    def _keys(self) -> None:
        from desktop.dialogs.keys import Keys

        Keys(self.acts, self.theme, self).show()

    def _about(self) -> None:
        from desktop.dialogs.about import About

        About(self.theme, self.paths, self).open()

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.paths.log)))

    def _show_folder(self) -> None:
        assert self.library is not None
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.library.path)))

    def _check(self) -> None:
        from desktop.dialogs.check import Check

        assert self.library is not None
        Check(self.library, self.theme, self).open()

    def _rebuild(self) -> None:
        assert self.library is not None
        job = Job(self)
        self.status.set_index(tr("Rebuilding the search index …"))

        def ended(code: int, words: str) -> None:
            self.status.set_index("")
            if code == 0:
                self.say(tr("The search index was made anew."))
            else:
                self.say_problem(words or tr("The search index could not be made anew."))
            job.deleteLater()

        job.ended.connect(ended)
        job.start(["rebuild", str(self.library.path), "--stop-on-eof"])

    # --- looks ---

    def _toggle_theme(self) -> None:
        self.settings["theme"] = "light" if self.theme.is_dark else "dark"
        self.theme.refresh()

    def _resize_text(self, step: int) -> None:
        sizes = [75, 85, 100, 115, 130, 150, 175, 200]
        place = min(range(len(sizes)), key=lambda n: abs(sizes[n] - self.settings["text_size"]))
        size = sizes[max(0, min(len(sizes) - 1, place + step))]
        self.settings["text_size"] = self.settings["reading_size"] = size
        self.theme.refresh()

    def _full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _refresh_icons(self) -> None:
        for widget in self.rail.findChildren(QWidget):
            widget.update()

    # --- the session ---

    def _restore(self, session: dict[str, Any]) -> None:
        for name, state in session.get("panes", {}).items():
            if name in self.panes:
                self.panes[name].restore_state(state)
        wanted = session.get("pane", "")
        known = {row.id for row in PANES}
        if known:
            self.show_pane(wanted if wanted in known else PANES[0].id)

    def _save_session(self) -> None:
        if self.library is None:
            return
        front = next((name for name, pane in self.panes.items() if pane is self.current_pane), "")
        before = self.settings.session(self.library.id).get("panes", {})
        states = before | {name: pane.save_state() for name, pane in self.panes.items()}
        self.settings.save_session(self.library.id, {"pane": front, "panes": states})

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.save_bytes("window", self.saveGeometry())
        self._leave_library()
        self._asker.finish()
        self.settings.sync()
        event.accept()


_PLACES = {
    "statement": ("reader", "show_statement"),
    "compare": ("compare", "show_statements"),
    "actor": ("actors", "show_actor"),
    "search": ("search", "show_query"),
    "issue": ("issues", "show_issue"),
    "timeline": ("timeline", "show_issue"),
}


def _library() -> type[Library]:
    """The engine, imported in the thread that asks: that takes longer than the first paint of the window."""
    from index.library import Library

    return Library


def _first_focusable(part: QWidget) -> QWidget | None:
    for child in part.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(part) and child.isEnabled():
            return child
    return None
