"""What every page of the window is: conventions for whoever adds one.

A pane is one file in desktop/panes with one class derived from `Pane`, and one row in `PANES` of desktop/pages.py.

    class ActorsPane(Pane):
        reads = frozenset({"actor", "statement"})      # the kinds of `Changed` after which it must load anew

        def __init__(self, actions, settings, theme, parent=None):
            super().__init__(actions, settings, theme, parent)
            # in this order: state, widgets, connections, assembly
            self.assemble(body)                         # the widget that is shown when there is something to show

        def load(self):                                 # show self.library (None: no library), called when needed only
            self.asker.ask(lambda: self.library.actors(), self._show)

        def commands(self):                             # what can be done NOW: action id -> function
            return {"actor.rename": self._rename} if self._current else {}

        def selected_statements(self): ...              # what the statement actions act on

Rules
- A pane imports no other pane. It emits requests (`statement_requested` ...) and the window does them.
- Reads that may take longer than a frame go through `self.asker` (latest answer only). Rows of a table are fetched when
  they are painted: models keep ids only. Long writes are a `Job`, started by the window.
- Writes go through `with self.edit("Merge actors"): self.library.merge_actors(...)`: a `Problem` becomes an inline
  message, success one with an Undo button; the library's `Changed` then reaches every pane whose `reads` it touches.
  Never reload by hand.
- After the selection or anything else that `commands()` depends on has changed, emit `selection_changed`.
- Words: `tr("...")`; codes become words in desktop/wording.py only. Text of documents is always shown as plain text.
- Colours and fonts: `self.theme["accent"]`, `self.theme.font(1.2)`, asked for at painting time; style by object
  names and roles of resources/themes/style.qss (`label(text, "muted")`, `box("header")`).
  Own painting repaints in `theme_changed()`.
- Nothing there to show: `self.show_empty(icon, heading, sentence, action id)`; otherwise `self.show_body()`.
- Every widget that takes the focus has a text or an accessible name. Context menus: `self.popup(...)`.
- A session is kept by `save_state()` / `restore_state(values)`: plain values that JSON can hold.
- pyqtgraph and numpy are imported by the timeline's own module only: it is imported when it is first shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from desktop import wording
from desktop.actions import fill_menu
from desktop.jobs import Asker
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.empty import EmptyState
from desktop.wording import tr
from index.model import Changed
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library


class Pane(QWidget):
    """The base of all pages. See the module's docstring for how to derive from it."""

    statement_requested = Signal(int)  # open the reader at this statement
    document_requested = Signal(int, object)  # open the reader at this document, at a Span or None
    hits_requested = Signal(int, str, list)  # in this document, what a query found: its places
    compare_requested = Signal(list)  # compare these statement ids
    documents_compare_requested = Signal(list)  # compare these documents as wholes
    actor_requested = Signal(int)  # show this actor's card
    search_requested = Signal(str)  # search this query
    issue_requested = Signal(int)  # show this issue
    timeline_requested = Signal(int)  # show the timeline of this issue
    import_requested = Signal(list)  # import these paths
    message = Signal(str, str)  # something done; an action id for the button ("undo") or ""
    problem = Signal(str)  # something that failed, in words
    selection_changed = Signal()  # commands() may answer differently now

    reads: ClassVar[frozenset[str]] = frozenset({"statement", "document", "actor"})
    help_page: ClassVar[str] = "index"

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.acts = actions
        self.settings = settings
        self.theme = theme
        self.library: Library | None = None
        self.asker = Asker(self)
        self.asker.problem.connect(self.problem)
        self._stale = False
        self._empty = EmptyState(theme)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._empty)
        theme.changed.connect(self.theme_changed)

    # --- what a pane overrides ---

    def load(self) -> None:
        """Show `self.library` as it is now (None: no library is open). Only called while the pane is shown."""

    def forget(self) -> None:
        """Another library is open: nothing may be done to what is shown of the one before, whose ids mean other things
        here, until `load` has shown this one."""

    def commands(self) -> dict[str, Callable[[], object]]:
        """What can be done now: action ids and functions."""
        return {}

    def selected_statements(self) -> list[int]:
        """The statements that the actions of the menu "Statement" act on."""
        return []

    def selected_documents(self) -> list[int]:
        """The documents that the actions of the menu "Document" act on."""
        return []

    def shown_statements(self) -> tuple[str, str, Callable[[], Sequence[int]]] | None:
        """What Export offers besides the selected ones: in words, a name for the file, and what gives the ids, which is
        called outside the GUI thread. None: the page shows no statements."""
        return None

    def parts(self) -> list[QWidget]:
        """The parts that F6 goes through, in reading order."""
        return [self]

    def home(self) -> QWidget:
        """What takes the focus when the pane comes to the front."""
        return self.parts()[0]

    def theme_changed(self) -> None:
        """Colours or fonts are others now: repaint what was painted by hand."""
        self.update()

    def save_state(self) -> dict[str, Any]:
        """What to restore the next time, as plain values."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show again what `save_state` kept; anything in it may be outdated or missing."""

    # --- what the window calls ---

    def set_library(self, library: Library | None) -> None:
        """Another library, or none, is open now."""
        self.asker.finish()
        before, self.library = self.library, library
        if library is not before:
            self.forget()
        self._load_soon()

    def changed(self, changed: Changed) -> None:
        """The library has changed: load if that touches what is shown, later if the pane is not in front."""
        if "all" in changed.kinds or changed.kinds & self.reads:
            self._load_soon()

    def _load_soon(self) -> None:
        if self.isVisible():
            self._stale = False
            self.load()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.load()

    # --- what a pane uses ---

    def assemble(self, body: QWidget) -> None:
        """Make `body` the page that is shown when there is something to show."""
        self._stack.addWidget(body)

    def show_body(self) -> None:
        """There is something to show."""
        self._stack.setCurrentIndex(1)

    def show_empty(self, icon: str, heading: str, sentence: str, action: str = "", text: str = "") -> None:
        """There is nothing to show: say why, and offer one act (an id of desktop/actions.py)."""
        self._empty.say(icon, heading, sentence, self.acts.get(action), text)
        self._stack.setCurrentWidget(self._empty)

    @contextmanager
    def edit(self, label: str, done: str = "") -> Iterator[None]:
        """One undoable change of the library: `label` names it in the journal, `done` is said afterwards.

        Raises `Problem` where it can't even begin (another program is writing, the drive is full): the window says so.
        """
        assert self.library is not None
        begun = False
        try:
            with self.library.edit(label):
                begun = True
                yield
        except Problem as found:
            if not begun:
                raise
            self.problem.emit(wording.problem(found))
        else:
            self.message.emit(done or tr(label), "undo")

    def popup(self, widget: QWidget, position: QPoint, ids: Sequence[str]) -> None:
        """A context menu of actions at a place of a widget."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, tuple(ids), self.acts, {})
        menu.popup(widget.mapToGlobal(position))
