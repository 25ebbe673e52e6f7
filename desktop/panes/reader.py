"""A document with its statements marked: what is said, by whom, why the program thinks so, and means to correct it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from desktop import printing, wording
from desktop.actions import MARK_MENU, SEPARATOR, STATEMENT_MENU, fill_menu
from desktop.delegates.statements import StatementDelegate
from desktop.models.opened import Opened, first_opened, next_to_review, opened
from desktop.models.statements import StatementList
from desktop.panes.pane import Pane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.find_bar import FindBar
from desktop.widgets.legend import Legend
from desktop.widgets.pieces import Elided, Segments, act, box, fill
from desktop.widgets.reading import Mark, ReadingView
from desktop.widgets.reading_marks import length, marks_of, place, statement_at
from desktop.widgets.statement_details import StatementDetails
from desktop.widgets.tables import List
from desktop.wording import number, plural, tr
from index.model import Document, Span, Statement

if TYPE_CHECKING:
    pass


# It is open in the reader already.
HERE = tuple(name for name in STATEMENT_MENU if name != "statement.open")


class ReaderPane(Pane):
    """Text, list of statements, panel "why"."""

    reads: ClassVar[frozenset[str]] = frozenset({"document", "statement", "actor"})
    help_page = "reader"

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(actions, settings, theme, parent)
        self.document: Document | None = None
        self._statements: dict[int, Statement] = {}
        self._current: int | None = None
        self._document_id: int | None = None
        self._wanted: tuple[int | None, Span | None] = (None, None)
        self._hits: tuple[int, str, list[Span]] = (0, "", [])

        self.title = Elided("", "title")
        self.source = Elided("", "muted")
        self.text = ReadingView(theme, tr("Text of the document"))
        self.find_bar = FindBar(self.text, theme)
        self.legend = Legend(theme)
        self.list_model = StatementList(self)
        self.list = List(tr("Statements of the document"), self.list_model, StatementDelegate(theme))
        self.which = Segments(tr("Which statements"), lambda key: self._list())
        self.details = StatementDetails(actions, theme)
        self.splitter, self.side = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)

        self.text.pressed.connect(self._pressed)
        self.text.asked.connect(self._menu)
        self.text.selectionChanged.connect(self.selection_changed)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._chosen(now.row()))
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.list.asked = lambda position: self.popup(self.list.viewport(), position, HERE)
        self.list.opened = lambda row: self.text.setFocus()
        self.details.actor_requested.connect(self.actor_requested)
        self.details.statement_requested.connect(self.statement_requested)
        self._assemble()

    def _assemble(self) -> None:
        for key, text in (("all", "All"), ("found", "To review"), ("rejected", "Rejected")):
            self.which.add(key, tr(text))
        words = fill(box(vertical=True, spacing=2), self.title, self.source)
        header = box("header", margins=(20, 10, 14, 9), spacing=4)
        fill(
            header,
            words,
            act(self.acts["document.original"], True, tr("Original")),
            act(self.acts["find"]),
            act(self.acts["statement.previous"]),
            act(self.acts["statement.next"]),
            act(self.acts["statement.review"], True, tr("Review")),
        )
        layout = header.layout()
        assert layout is not None
        layout.setStretch(0, 1)  # type: ignore[attr-defined]
        foot = fill(box("footer", margins=(16, 6, 16, 6)), self.legend, 1)
        left = fill(box("page", vertical=True, spacing=0), self.text, self.find_bar, foot)
        strip = fill(box("strip", margins=(10, 5, 10, 5)), self.which, 1)
        listing = fill(box("panel", vertical=True, spacing=0), strip, self.list)
        self.side.addWidget(listing)
        self.side.addWidget(self.details)
        self.side.setSizes([380, 330])
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([800, 370])
        for one in (self.splitter, self.side):
            one.setChildrenCollapsible(False)
        self.assemble(fill(box("page", vertical=True, spacing=0), header, self.splitter))

    # --- what the window asks for ---

    def show_document(self, document_id: int, span: Span | None = None) -> None:
        """Show a document, at a place."""
        self._wanted = (None, span)
        self._open(document_id)

    def show_hits(self, document_id: int, query: str, places: list[Span]) -> None:
        """What a search found in the document that is (being) opened: F3 goes from one to the next."""
        self._hits = (document_id, query, places)
        self._show_hits()

    def _show_hits(self) -> None:
        document_id, query, places = self._hits
        if places and self.document is not None and self.document.id == document_id:
            self._hits = (0, "", [])
            self.find_bar.show_hits(query, places)

    def show_statement(self, statement_id: int) -> None:
        """Show a statement in its document."""
        if statement_id in self._statements and self.document is not None:
            self._select(statement_id)
            return
        library = self.library
        if library is not None:
            self._wanted = (statement_id, None)
            self.asker.ask(lambda: opened(library, library.statement(statement_id).document_id), self._show)

    def _open(self, document_id: int) -> None:
        library = self.library
        self._document_id = document_id
        if library is not None:
            self.asker.ask(lambda: opened(library, document_id), self._show)

    # --- loading ---

    def load(self) -> None:
        library, document = self.library, self._document_id
        if library is None:
            self._clear()
        elif document is None:
            self.asker.ask(lambda: first_opened(library), self._show)
        else:
            if self._wanted == (None, None):
                self._wanted = (self._current, None)
            self.asker.ask(lambda: opened(library, document), self._show, lambda _: self._clear())

    def set_library(self, library: Any) -> None:
        self._clear()
        super().set_library(library)

    def _clear(self) -> None:
        self.document, self._document_id, self._current = None, None, None
        self._statements = {}
        self.text.set_text("")
        self.list_model.show(None, [])
        self.details.show_statement(None, None)
        self.show_empty(
            "reader",
            tr("No document to read"),
            tr("Import documents first; then open one here to read its statements."),
            "import.files",
            tr("Import files…"),
        )
        self.selection_changed.emit()

    def _show(self, opened: Opened | None) -> None:
        if opened is None:
            self._clear()
            return
        same = (
            self.document is not None
            and self.document.id == opened.document.id
            and self.text.text == opened.document.text
        )
        self.document, self._document_id = opened.document, opened.document.id
        self._statements = {s.id: s for s in opened.statements}
        self.show_body()
        if not same:
            self.text.set_text(opened.document.text)
            self.find_bar.refresh()
        self._head()
        wanted, span = self._wanted
        self._wanted = (None, None)
        if not same:
            self._current = None
        self._list()
        self._mark()
        target = wanted if wanted in self._statements else None
        if target is not None and (not same or target != self._current):
            self._select(target)
        elif span is not None:
            self._show_span(span)
        elif not same:
            self._select(self.list_model.ids[0], scroll=False) if self.list_model.ids else self._choose_none()
        else:
            self._refresh_details()
        self._show_hits()
        self.selection_changed.emit()

    def _head(self) -> None:
        document = self.document
        assert document is not None
        self.title.set_full(document.name)
        found = [s for s in self._statements.values() if s.status != "rejected"]
        parts = [
            document.outlet or "",
            document.author or "",
            wording.when(document.published),
            plural(len(found), "statement", "statements"),
            document.file,
        ]
        self.source.set_full("   ·   ".join(part for part in parts if part))
        review = sum(s.status == "found" for s in found)
        rejected = len(self._statements) - len(found)
        self.which.set_text("all", f"{tr('All')}  {number(len(found))}")
        self.which.set_text("found", f"{tr('To review')}  {number(review)}")
        self.which.set_text("rejected", f"{tr('Rejected')}  {number(rejected)}")
        self.which.set_shown("rejected", rejected > 0 or self.which.current == "rejected")

    def _list(self) -> None:
        key = self.which.current
        ids = [s.id for s in self._statements.values() if (s.status == key if key != "all" else s.status != "rejected")]
        before = self._current
        self.list_model.show(self.library, ids)
        if before in ids:
            self.list.choose(ids.index(before))

    # --- marks ---

    def _mark(self) -> None:
        marks: list[Mark] = []
        for statement in self._statements.values():
            if statement.id != self._current and statement.status != "rejected":
                marks += marks_of(statement, strong=False)
        current = self._statements.get(self._current or 0)
        if current is not None:
            marks += marks_of(current, strong=True)
        self.text.set_marks(marks)

    def _show_span(self, span: Span) -> None:
        inside = [s for s in self._statements.values() if any(part.overlaps(span) for part in s.content)]
        if inside:
            self._select(min(inside, key=length).id, scroll=False)
        self.text.show_span(span)

    def theme_changed(self) -> None:
        super().theme_changed()
        self._refresh_details()

    # --- choosing ---

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self.list_model.ids) and self.list_model.ids[row] != self._current:
            self._select(self.list_model.ids[row])

    def _select(self, statement_id: int, scroll: bool = True) -> None:
        if statement_id not in self._statements:
            return
        self._current = statement_id
        statement = self._statements[statement_id]
        if statement_id not in self.list_model.ids:
            self.which.choose("rejected" if statement.status == "rejected" else "all")
            self._list()
        row = self.list_model.place(statement_id)
        if row >= 0 and self.list.currentIndex().row() != row:
            self.list.choose(row)
        self._mark()
        if scroll and statement.content:
            self.text.show_span(statement.content[0])
        self._refresh_details()
        self.selection_changed.emit()

    def _choose_none(self) -> None:
        self._current = None
        self._refresh_details()

    def _refresh_details(self) -> None:
        self.details.show_statement(self._statements.get(self._current or 0), self.document)

    def _pressed(self, point: int) -> None:
        found = self._at(point)
        if found is not None:
            self._select(found.id, scroll=False)

    def _at(self, point: int) -> Statement | None:
        return statement_at(self._statements.values(), point)

    def selected_statements(self) -> list[int]:
        chosen = self.list.selected_ids()
        if self._current is None:
            return []
        return chosen if self._current in chosen and len(chosen) > 1 else [self._current]

    def selected_documents(self) -> list[int]:
        return [self._document_id] if self.document is not None and self._document_id is not None else []

    def shown_statements(self) -> tuple[str, str, Callable[[], Sequence[int]]] | None:
        document = self.document
        ids = [s.id for s in self._statements.values() if s.status != "rejected"]
        if document is None or not ids:
            return None
        return tr("All statements of this document ({n})").format(n=number(len(ids))), document.name, lambda: ids

    def step(self, by: int) -> None:
        """The next or previous statement of the list."""
        row = self.list_model.place(self._current) if self._current is not None else -1
        self._chosen_row(max(0, min(len(self.list_model.ids) - 1, row + by)))

    def _chosen_row(self, row: int) -> None:
        if self.list_model.ids:
            self._select(self.list_model.ids[row])

    def review(self) -> None:
        """The next statement that nobody has looked at: in this document, then in the others."""
        library, document = self.library, self._document_id
        here = [s for s in self._statements.values() if s.status == "found"]
        now = self._statements.get(self._current or 0)
        later = [s for s in here if now is None or place(s) > place(now)] or [
            s for s in here if now is None or s.id != now.id
        ]
        if later:
            self._select(later[0].id)
        elif library is not None:
            self.asker.ask(lambda: next_to_review(library, document), self._reviewed)

    def _reviewed(self, statement_id: int | None) -> None:
        if statement_id is None:
            self.message.emit(tr("Everything has been looked at."), "")
        else:
            self.show_statement(statement_id)

    # --- acts ---

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.document is None:
            return {}
        found = printing.commands(self, self.printout)
        found |= {"find": self._find, "statement.review": self.review}
        if self.find_bar.isVisible():
            found |= {"find.next": lambda: self.find_bar.step(1), "find.previous": lambda: self.find_bar.step(-1)}
        if self.list_model.ids:
            found |= {"statement.next": lambda: self.step(1), "statement.previous": lambda: self.step(-1)}
        if self._current is not None:
            found |= {
                "statement.confirm": lambda: self._judge("confirm"),
                "statement.reject": lambda: self._judge("reject"),
            }
        span = self.text.selected_span()
        if span is not None:
            found["statement.mark"] = lambda: self._add(span)
            if self._current is not None:
                found |= {
                    f"statement.{name}": lambda field=field: self._set_span(field, span)
                    for name, field in (("words", "content"), ("speaker", "speaker"), ("addressee", "addressee"))
                }
        return found

    def printout(self, ready: printing.Ready) -> None:
        """The document for paper: the text with its marks, then its statements; rejected ones are left out."""
        from desktop.widgets.reading_out import on_paper, source_of

        document = self.document
        if document is not None:
            kept = [s for s in self._statements.values() if s.status != "rejected"]
            marks = [mark for statement in kept for mark in marks_of(statement, strong=False)]
            ready(printing.Printout(document.name, source_of(document), on_paper(document, kept, marks, self.theme)))

    def _find(self) -> None:
        span = self.text.selected_span()
        self.find_bar.open(span.of(self.text.text) if span and span.end - span.start < 80 else "")

    def _judge(self, verdict: str) -> None:
        """Confirm or reject, then go on: reviewing is one key per statement."""
        assert self.library is not None
        ids = self.selected_statements()
        row = self.list_model.place(ids[-1])
        following = self.list_model.ids[row + 1] if 0 <= row < len(self.list_model.ids) - 1 else None
        self._wanted = (following, None)
        if verdict == "confirm":
            with self.edit("Confirm statements", plural(len(ids), "statement confirmed.", "statements confirmed.")):
                self.library.confirm_statements(ids)
        else:
            with self.edit("Reject statements", plural(len(ids), "statement rejected.", "statements rejected.")):
                self.library.reject_statements(ids)

    def _menu(self, position: QPoint, point: int) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        span = self.text.selected_span()
        if span is not None:
            self._selection_menu(menu, span)
            menu.addSeparator()
        found = self._at(point) if span is None else None  # selected words are for the statement that is chosen now
        if found is not None:
            self._select(found.id, scroll=False)
            fill_menu(menu, (*HERE, SEPARATOR), self.acts, {})
        fill_menu(menu, ("find", "document.original"), self.acts, {})
        menu.popup(position)

    def _selection_menu(self, menu: QMenu, span: Span) -> None:
        menu.addAction(tr("Copy"), self.text.copy)
        words = " ".join(span.of(self.text.text).split())
        short = words if len(words) < 40 else words[:38] + "…"
        menu.addAction(tr("Search for “{words}”").format(words=short), lambda: self.search_requested.emit(f'"{words}"'))
        menu.addSeparator()
        fill_menu(menu, MARK_MENU, self.acts, {})

    def _set_span(self, field: str, span: Span) -> None:
        assert self.library is not None and self._current is not None
        value: Any = [span] if field == "content" else span
        with self.edit("Correct statement", tr("Statement corrected.")):
            self.library.correct_statement(self._current, **{field: value})

    def _add(self, span: Span) -> None:
        from desktop.dialogs.correct import AddDialog

        assert self.library is not None and self.document is not None
        dialog = AddDialog(self.library, self.document, span, self.theme, self.window())
        dialog.told.connect(self.message)
        dialog.failed.connect(self.problem)
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, statement_id: int) -> None:
        self._wanted = (statement_id, None)
        self.load()

    def home(self) -> QWidget:
        return self.list

    def parts(self) -> list[QWidget]:
        return [self.text, self.which, self.list, self.details]

    # --- session ---

    def save_state(self) -> dict[str, Any]:
        return {
            "document": self._document_id,
            "statement": self._current,
            "splitter": _kept(self.splitter),
            "side": _kept(self.side),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        for splitter, key in ((self.splitter, "splitter"), (self.side, "side")):
            if state.get(key):
                splitter.restoreState(QByteArray.fromBase64(str(state[key]).encode()))
        if isinstance(state.get("document"), int) and self._document_id is None:
            self._document_id = state["document"]
            statement = state.get("statement")
            self._wanted = (statement if isinstance(statement, int) else None, None)
            self._load_soon()


def _kept(splitter: QSplitter) -> str:
    return bytes(splitter.saveState().toBase64().data()).decode()
