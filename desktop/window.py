"""The main window: navigation, pages, messages, status; it connects the panes, which know nothing of each other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from desktop import library_acts, statement_acts, view_acts, wording
from desktop.actions import fill_menu_bar, make_actions
from desktop.importing import Importing
from desktop.jobs import Asker
from desktop.pages import PANES, PLACES
from desktop.panes.pane import Pane
from desktop.panes.welcome import Welcome
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.status import Status
from desktop.theme import Theme
from desktop.visits import Place, Visits
from desktop.widgets.drop import DropSheet, dropped_paths
from desktop.widgets.message_bar import MessageBar
from desktop.widgets.rail import Rail
from desktop.wording import tr
from index.model import Changed, Span
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

log = logging.getLogger(__name__)
KEEP_EVERY = 10_000  # milliseconds between two savings of the session
BACK_UP_EVERY = 300_000  # milliseconds between two looks whether a backup is due
EMACS = (Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_H, Qt.Key.Key_K)  # keys of actions: Compare, Export, History, Correct
A_MOMENT = 300  # milliseconds that nobody has to be told what is being waited for


class MainWindow(QMainWindow):
    """One window, one open library or none."""

    library_changed = Signal(object)  # a Changed, from whatever thread
    library_opened = Signal()  # library is another one now, or None

    def __init__(self, paths: Paths, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.paths, self.settings, self.theme = paths, settings, theme
        self.library: Library | None = None
        self.panes: dict[str, Pane] = {}
        self.visits = Visits()
        self._awaited = ""  # what takes a moment, in words
        self._focused: dict[Pane, QWidget] = {}  # what had the focus when a page was left

        self.acts = make_actions(self, theme.icons)
        self.rail = Rail(theme)
        self.messages = MessageBar(theme)
        self.stack = QStackedWidget()
        self.importing = Importing(theme, self)
        self.status = Status(theme, self.importing)
        self.sheet = DropSheet(theme, self)
        self.recent_menu, self._pane_menu = QMenu(self), QMenu(self)
        self._asker, self._counter, self._saver = Asker(self), Asker(self), Asker(self)

        for name, action in self.acts.items():
            action.triggered.connect(lambda _=False, name=name: self.run(name))
        self.rail.chosen.connect(self.show_pane)
        self.library_changed.connect(self._on_changed)
        self._asker.problem.connect(self._not_opened)
        self._asker.busy.connect(lambda busy: None if busy else self._wait_for(""))
        self._counter.problem.connect(self.say_problem)
        self._saver.problem.connect(self._not_backed_up)
        self.importing.changed.connect(self._imported_some)
        self.importing.finished.connect(self._imported_all)
        self.importing.stop_requested.connect(self.importing.stop)
        self.status.library_pressed.connect(lambda: library_acts.popup_recent(self))
        self.recent_menu.aboutToShow.connect(lambda: library_acts.fill_recent(self))
        theme.changed.connect(self._refresh_icons)

        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._keeper = QTimer(self)  # the session survives a crash, too
        self._keeper.setInterval(KEEP_EVERY)
        self._keeper.timeout.connect(self._save_session)
        self._keeper.start()
        self._backups = QTimer(self)
        self._backups.setInterval(BACK_UP_EVERY)
        self._backups.timeout.connect(self._back_up)
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
        fill_menu_bar(self.menuBar(), self.acts, {"recent": self.recent_menu, "panes": self._pane_menu})
        row_ = QHBoxLayout()
        row_.setContentsMargins(0, 0, 0, 0)
        row_.setSpacing(0)
        row_.addWidget(self.rail)
        row_.addWidget(self.stack, 1)
        self._central = QWidget()
        self._central.setLayout(row_)
        self.messages.lie_over(self.stack)
        self.setCentralWidget(self._central)
        self.setStatusBar(self.status)
        self.setAcceptDrops(True)
        self.setWindowIcon(QApplication.windowIcon())
        self.setMinimumSize(860, 560)
        self.resize(1280, 820)
        geometry: QByteArray = self.settings.bytes("window")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self._show_no_library()

    # --- what can be done ---

    def commands(self) -> dict[str, Callable[[], object]]:
        """What can be done now, by action id: the window's own acts, the statement acts, the front pane's acts."""
        found = view_acts.commands(self) | library_acts.commands(self)
        if self.library is None:
            return found
        if self.visits.before:
            found["go.back"] = lambda: self._go(self.visits.back())
        if self.visits.after:
            found["go.forward"] = lambda: self._go(self.visits.forward())
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
        self.messages.say(words, "problem", tr("Show the log"), lambda: view_acts.show_log(self))

    # --- libraries ---

    def open_library(self, path: Path, then: Callable[[], object] = lambda: None) -> None:
        """Open the library in a folder, then do this; on failure what was open stays open."""
        self._wait_for(tr("Opening {name} …").format(name=path.name))
        self._asker.ask(
            lambda: _library().open(path), lambda library: (self.set_library(library), then()), lambda e: self._refused(path, e)
        )

    def _refused(self, path: Path, error: Exception) -> None:
        """A library that cannot be opened: why, and for a damaged one the way to its backups."""
        damaged = isinstance(error, Problem) and error.code == "library-damaged"
        if not isinstance(error, Problem):
            log.error("a library could not be opened", exc_info=error)
        words = wording.problem(error) if isinstance(error, Problem) else wording.unexpected(error)
        self._not_opened(words)
        if damaged:
            self.messages.say(words, "problem", tr("Backups"), lambda: library_acts.offer_backups(self, path))

    def create_library(self, path: Path) -> None:
        """Make a library in a folder and open it."""
        self._asker.ask(lambda: _library().create(path), self.set_library)

    def open_sample(self) -> None:
        """Open the user's copy of the sample library; it is made the first time."""
        path = self.paths.sample
        if (path / "library.standpoint").exists():
            self.open_library(path)
            return
        self._wait_for(tr("Preparing the sample library …"))
        self._asker.ask(lambda: _library().create_sample(path), self.set_library)

    def _wait_for(self, words: str) -> None:
        """Say on the first page what takes a moment, "" when it is done; a page that isn't there yet waits whether it does."""
        self._awaited = words
        if "welcome" in self.__dict__:
            self.welcome.wait_for(words)
        elif words:
            QTimer.singleShot(A_MOMENT, self, lambda: self._show_welcome() if self._awaited and not self.library else None)

    def _not_opened(self, words: str) -> None:
        self.say_problem(words)
        if self.library is None:
            self._show_welcome()

    def set_library(self, library: Library | None) -> None:
        """Show this library in all panes."""
        self._leave_library()
        self.library = library
        self.visits = Visits()
        self.messages.clear()
        for pane in self.panes.values():
            pane.set_library(library)
        if library is None:
            self._show_welcome()
        else:
            library.listeners.append(self.library_changed.emit)
            self.settings.add_recent(library.path)
            self.settings.sync()
            self.rail.set_enabled(True)
            self._restore(self.settings.session(library.id))
            self._backups.start()
            if library.unjoined:
                library_acts.join_utterances(self, library)
            if library.read_only:
                self.messages.say(wording.problem("opened-read-only", str(library.path)), "warning")
        self._describe()
        self.refresh_actions()
        self.library_opened.emit()

    def close_library(self) -> None:
        """Close the library and show the welcome page."""
        self.set_library(None)

    def _leave_library(self) -> None:
        if self.library is None:
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.importing.end()
        self._save_session()
        self._backups.stop()
        self._saver.finish()
        for asker in self.findChildren(Asker):  # whatever still reads would keep the library open
            if asker is not self._asker:
                asker.finish()
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
        if library is not None and library.read_only:
            name = tr("{library} (read-only)").format(library=name)
        row = next(
            (row for row in PANES if self.current_pane is not None and self.panes.get(row.id) is self.current_pane),
            None,
        )
        parts = [tr(row.text) if row and library else "", name, "Standpoint"]
        self.setWindowTitle(" — ".join(part for part in parts if part))
        self.status.set_library(name)
        if library is not None:
            self._counter.ask(library.counts, self.status.set_counts)

    def _back_up(self) -> None:
        """Make a backup where one is due, in a thread: SQLite does it, without a word of Python."""
        if self.library is not None:
            self._saver.ask(self.library.back_up_if_due, lambda _: None)

    def _not_backed_up(self, words: str) -> None:
        """Say it once; the next look is when a library is opened."""
        self._backups.stop()
        self.say_problem(words)

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
        front = self.current_pane
        pane = self.pane(name)  # the first page of all comes to the front by being made
        if self.library is not None:
            if front is not pane:
                self._keep_focus(front)
                self.stack.setCurrentWidget(pane)
                pane.home().setFocus(Qt.FocusReason.OtherFocusReason)
            self.rail.choose(name)
            if remember:
                self.visits.add("pane", name)
            self._describe()
        self.refresh_actions()
        return pane

    def _keep_focus(self, pane: Pane | None) -> None:
        """Remember what had the focus on the page that is left: going back finds it again."""
        focus = self.focusWidget()
        if pane is not None and focus is not None and pane.isAncestorOf(focus):
            self._focused[pane] = focus

    def _connect(self, pane: Pane) -> None:
        pane.statement_requested.connect(self.show_statement)
        pane.document_requested.connect(self.show_document)
        pane.hits_requested.connect(lambda document, query, places: self._ask("reader", "show_hits", document, query, places))
        pane.compare_requested.connect(self.compare)
        pane.documents_compare_requested.connect(self.compare_documents)
        pane.actor_requested.connect(self.show_actor)
        pane.search_requested.connect(self.search)
        pane.issue_requested.connect(self.show_issue)
        pane.timeline_requested.connect(self.show_timeline)
        pane.import_requested.connect(self.import_paths)
        pane.message.connect(self.say)
        pane.problem.connect(self.say_problem)
        pane.selection_changed.connect(self.refresh_actions)

    @cached_property
    def welcome(self) -> Welcome:
        """The page without a library. Most starts open one at once and never see it, so it is made when it is wanted."""
        page = Welcome(self.acts, self.settings, self.theme)
        page.open_requested.connect(self.open_library)
        page.wait_for(self._awaited)
        self.stack.addWidget(page)
        return page

    def _show_welcome(self) -> None:
        self.welcome.load()
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_no_library()

    def _show_no_library(self) -> None:
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
        self.visits.add("statement", statement_id)
        self._ask("reader", "show_statement", statement_id)

    def show_document(self, document_id: int, span: Span | None = None) -> None:
        """The reader at a document, at a place in it."""
        self.visits.add("document", (document_id, span))
        self._ask("reader", "show_document", document_id, span)

    def show_listed(self, document_ids: list[int]) -> None:
        """These documents in the list of documents."""
        self._ask("documents", "show_documents", list(document_ids))

    def compare(self, statement_ids: list[int]) -> None:
        """The comparison of these statements."""
        self.visits.add("compare", list(statement_ids))
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
        self.visits.add("actor", actor_id)
        self._ask("actors", "show_actor", actor_id)

    def search(self, query: str) -> None:
        """The search page with this query."""
        self.visits.add("search", query)
        self._ask("search", "show_query", query)

    def show_timeline(self, issue_id: int) -> None:
        """The timeline of an issue."""
        self.visits.add("timeline", issue_id)
        self._ask("timeline", "show_issue", issue_id)

    def show_issue(self, issue_id: int) -> None:
        """The page of an issue."""
        self.visits.add("issue", issue_id)
        self._ask("issues", "show_issue", issue_id)

    def _go(self, place: Place) -> None:
        kind, value = place
        if kind == "pane":
            self.show_pane(value, remember=False)
        elif kind == "document":
            self._ask("reader", "show_document", *value)
        else:
            pane, method = PLACES[kind]
            self._ask(pane, method, value)
        front = self.current_pane
        focus = self._focused.get(front) if front is not None else None
        if focus is not None and isValid(focus) and focus.isVisible():  # a chip may be gone since
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- import ---

    def import_paths(self, paths: list[Path], metadata: Path | None = None, skip_duplicates: bool = False) -> None:
        """Import files and folders in the background."""
        if self._may_import() and self.library is not None:
            self.importing.start(self.library.path, paths, metadata, skip_duplicates)
            self.refresh_actions()

    def import_watched(self) -> None:
        """Import what is new in the watched folders, in the background."""
        if self._may_import() and self.library is not None:
            self.importing.look(self.library.path, self.library.watched_folders())
            self.refresh_actions()

    def _may_import(self) -> bool:
        if self.library is None:
            self.say_problem(tr("Open or create a library first, then import into it."))
        elif self.importing.running:
            self.say_problem(tr("An import is running. Wait until it is done, or stop it."))
        else:
            return True
        return False

    def _imported_some(self) -> None:
        if self.library is not None:
            self.library.changed_outside("document", "statement", "actor")

    def _imported_all(self, words: str, trouble: bool) -> None:
        self._imported_some()
        level = "warning" if trouble else "info"  # it stays: whoever imports a thousand files has gone for a coffee
        self.messages.say(words, level, tr("Show results"), lambda: library_acts.show_results(self), stays=True)
        self.refresh_actions()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stack.currentWidget() is None and not self._awaited:
            self._show_welcome()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.sheet.show_over(self._central, self.library.name if self.library else None)

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

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(old, QLineEdit) and isValid(old):
            old.removeEventFilter(self)
        if isinstance(now, QLineEdit) and self.isAncestorOf(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field keeps some keys to itself that are meant for the window."""
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not _is_for_field(watched, event)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

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
        session = {"pane": front, "panes": states}
        if session != self.settings.session(self.library.id):
            self.settings.save_session(self.library.id, session)
            self.settings.sync()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.save_bytes("window", self.saveGeometry())
        self._leave_library()
        self._asker.finish()
        self.settings.sync()
        event.accept()


def _is_for_field(field: QLineEdit, event: QKeyEvent) -> bool:
    """False for Ctrl+Z where nothing was typed to take back (the document has just got its date there, and that is what
    shall go), and for the letters that X11 gives the meaning they have in Emacs: Ctrl+E is Export everywhere."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return field.isUndoAvailable()
    if event.matches(QKeySequence.StandardKey.Redo):
        return field.isRedoAvailable()
    return event.modifiers() != Qt.KeyboardModifier.ControlModifier or event.key() not in EMACS


def _library() -> type[Library]:
    """The engine, imported in the thread that asks: that takes longer than the first paint of the window."""
    from index.library import Library

    return Library
