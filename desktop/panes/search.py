"""The search: one box, hits as one types, narrowed by who, when, where and what kind; the query said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QSplitter, QStackedWidget, QToolButton, QWidget

from desktop.actions import DOCUMENT_MENU, STATEMENT_MENU, fill_menu
from desktop.delegates.hits import HitDelegate
from desktop.jobs import Asker
from desktop.models.hits import HitList
from desktop.panes.pane import Pane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.actor_card import ActorCard
from desktop.widgets.nothing_found import NothingFound
from desktop.widgets.pieces import (
    Elided,
    Segments,
    ToolButton,
    box,
    button,
    fill,
    restyle,
    scrolled,
)
from desktop.widgets.search_filters import Filters
from desktop.widgets.search_menu import SearchMenu
from desktop.widgets.tables import List
from desktop.wording import number, plural, tr
from index.model import ActorCard as Card
from index.model import Changed, Hit, QuerySuggestion, Results, Span, Statement

PAGE = 100  # hits fetched at a time
IDLE = 20_000  # milliseconds after the last change until the index is tidied
PAUSE = 70  # milliseconds of silence after a key before the question is asked
UNFINISHED = ("open-quote", "open-parenthesis", "missing-operand")  # what the next keys may mend
SORTS = (
    ("relevance", "Best match first"), ("said", "Newest said first"), ("said-oldest", "Oldest said first"),
    ("published", "Newest published first"), ("published-oldest", "Oldest published first"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question brings back: hits, and the card of an actor whose name was typed."""

    results: Results
    card: Card | None
    latest: list[Statement]


class SearchPane(Pane):
    """Filters at the left, hits in the middle, the card of an actor at the right."""

    reads: ClassVar[frozenset[str]] = frozenset({"statement", "document", "actor", "issue", "code", "search"})
    help_page = "search"

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(actions, settings, theme, parent)
        self._undated = False
        self._rebuilding = False
        self._sort = "relevance"  # as chosen; without words there is nothing to match, the newest come first
        self._results: Results | None = None
        self._wanted: list[int] = []
        self._followed = ""  # the query that Enter was pressed on, until it is answered

        self.field = QLineEdit()
        self.field.setProperty("role", "search")
        self.field.setPlaceholderText(tr("Words, a “phrase”, actor:Name said:2023..2024"))
        self.field.setAccessibleName(tr("Search"))
        self.field.setClearButtonEnabled(True)
        self.units = Segments(tr("What to search"), lambda key: self._ask_now())
        self.units.add("statements", tr("Statements"), tr("What somebody said"))
        self.units.add("documents", tr("Documents"), tr("Whole texts and their titles"))
        self.order = QComboBox()
        self.order.setAccessibleName(tr("Order of the hits"))
        for key, text in SORTS:
            self.order.addItem(tr(text), key)
        self.menu = SearchMenu(theme, self)
        self.explained = Elided("", "small")
        self.hidden = button("", self._show_undated, "link")
        self.model = HitList(self)
        self.delegate = HitDelegate(theme)
        self.list = List(tr("Hits"), self.model, self.delegate)
        self.nothing = NothingFound(theme)
        self.middle = QStackedWidget()
        self.filters = Filters(theme)
        self.card = ActorCard(theme)
        self.card_area = scrolled(self.card, "panel")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._more = Asker(self)
        self._places = Asker(self)
        self._tidier = Asker(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE)
        self._connect()
        self._assemble()

    def _connect(self) -> None:
        self._timer.timeout.connect(lambda: self._ask())
        self._idle.timeout.connect(self._tidy)
        self.field.textChanged.connect(lambda: self._timer.start())
        self.field.returnPressed.connect(self._entered)
        self.field.installEventFilter(self)
        self.order.activated.connect(lambda: self._choose_order())
        self.model.more_wanted.connect(self._ask_more)
        self.list.opened = self._open
        self.list.asked = self._popup
        self.list.selectionModel().selectionChanged.connect(lambda: self.selection_changed.emit())
        self.filters.changed.connect(self._ask_now)
        self.nothing.chosen.connect(self._follow)
        self.nothing.mended.connect(self.show_query)
        self.card.opened.connect(self.actor_requested)
        self.card.chosen.connect(lambda name: self.show_query(f'actor:="{name}"'))
        self.card.statement_opened.connect(self.statement_requested)
        self.menu.wanted.connect(self.show_search)
        self.menu.said.connect(self.message)
        self.menu.failed.connect(self.problem)
        self._more.problem.connect(self.problem)

    def _assemble(self) -> None:
        keep = ToolButton()
        keep.setIcon(self.theme.icons("star"))
        keep.setText(tr("Kept"))
        keep.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        keep.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        keep.setAccessibleName(tr("Kept searches, history, batches"))
        keep.setToolTip(tr("Kept searches, history, batches, phrases over time"))
        keep.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep.setMenu(self.menu.menu)
        signs = ToolButton()
        signs.setIcon(self.theme.icons("help"))
        signs.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        signs.setAccessibleName(tr("Ways to ask"))
        signs.setToolTip(tr("Ways to ask"))
        signs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        signs.setMenu(self.menu.examples(self._insert))
        self.keep, self.signs = keep, signs
        self.theme.changed.connect(self._icons)
        header = fill(box("header", margins=(16, 10, 16, 10), spacing=10), self.field, signs, keep)
        top = box("strip", margins=(16, 5, 16, 5), spacing=12)
        fill(top, self.units, self.explained, self.hidden, self.order)
        layout = top.layout()
        assert layout is not None
        layout.setStretch(1, 1)  # type: ignore[attr-defined]
        self.strip = fill(box("strip", margins=(16, 5, 16, 5)), self.filters.chips)
        for page in (self.list, self.nothing):
            self.middle.addWidget(page)
        self.side = scrolled(self.filters, "panel")
        for part in (self.side, self.middle, self.card_area):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([230, 640, 300])
        self.splitter.setChildrenCollapsible(False)
        self._widen()
        self.card_area.hide()
        self.strip.hide()
        self.assemble(fill(box("page", vertical=True, spacing=0), header, top, self.strip, self.splitter))

    def _widen(self) -> None:
        """Room for names in the size of the text."""
        letters = self.side.fontMetrics().averageCharWidth()
        self.side.setMinimumWidth(24 * letters + 50)
        self.card_area.setMinimumWidth(36 * letters)

    def _icons(self) -> None:
        self.keep.setIcon(self.theme.icons("star"))
        self.signs.setIcon(self.theme.icons("help"))
        self._widen()
        self.list.viewport().update()

    # --- asking ---

    def forget(self) -> None:
        self.model.show("statements", [], 0)

    def load(self) -> None:
        if self.library is None:
            return
        self._ask(again=True)
        self.menu.look(self.library)

    def changed(self, changed: Changed) -> None:
        super().changed(changed)
        self._idle.start()
        if self.library is not None and ("all" in changed.kinds or "document" in changed.kinds):
            self.menu.tell_new_hits(self.library)

    def set_library(self, library: Any) -> None:
        if library is not self.library:
            self.filters.values, self._undated, self._rebuilding = {}, False, False
            self.field.clear()
            self._timer.stop()
        self._idle.stop()
        for asker in (self._more, self._places, self._tidier):
            asker.finish()
        self.menu.finish()
        super().set_library(library)
        if library is not None:
            self.show_body()  # at once: one can type before the first answer is there

    def _tidy(self) -> None:
        library = self.library
        if library is not None:
            self._tidier.ask(library.tidy_index, lambda _: None)

    def show_query(self, query: str) -> None:
        """Ask this query, without filters."""
        self.show_search(query, "statements", {})

    def show_search(self, query: str, unit: str, options: Mapping[str, Any]) -> None:
        """Ask a query as it was kept: its unit, its filters, its order."""
        self.filters.take(dict(options.get("filters", {})))
        self._undated = False
        self.units.choose(unit)
        if "sort" in options:
            self._set_order(str(options["sort"]))
        self.field.setText(query)
        self._ask_now()

    def _set_order(self, sort: str) -> None:
        self._sort = sort if self.order.findData(sort) >= 0 else "relevance"
        self._show_order()

    def _choose_order(self) -> None:
        self._sort = str(self.order.currentData())
        self._ask_now()

    def _show_order(self) -> None:
        """The order that holds: "best match" can't while there are no words."""
        words = bool(self.field.text().strip())
        model = self.order.model()
        assert isinstance(model, QStandardItemModel)
        model.item(0).setEnabled(words)
        self.order.setCurrentIndex(self.order.findData(self._sort if words or self._sort != "relevance" else "said"))

    def _ask_now(self) -> None:
        self._timer.stop()
        self._ask()

    def _ask(self, again: bool = False, typing: bool = True) -> None:
        """Ask what the box and the filters say. `again`: the library has changed, the reader of the list stays where
        they are, so as many hits are asked for as were there. `typing`: what cannot be understood is passed over."""
        library, text = self.library, self.field.text()
        if library is None:
            return
        self._show_order()
        self.filters.unit = self.units.current
        unit, sort, filters, undated = self._question(text)
        limit = max(PAGE, len(self.model.hits)) if again else PAGE

        def read() -> Answer:
            found = library.search(
                text, unit=unit, sort=sort, limit=limit, filters=filters, undated=undated, typing=typing, wait=False
            )
            card = library.actor_card(text) if text.strip() else None
            return Answer(found, card, library.statements(card.latest) if card else [])

        self.asker.ask(read, lambda answer: self._show(answer, unit, again))

    def _question(self, text: str) -> tuple[str, str, dict[str, list[str]], bool]:
        sort = "said" if self._sort == "relevance" and not text.strip() else self._sort
        return self.units.current, sort, self.filters.copy(), self._undated

    def _ask_more(self, offset: int) -> None:
        library, text = self.library, self.field.text()
        if library is None:
            return
        unit, sort, filters, undated = self._question(text)

        def read() -> list[Hit]:
            return list(
                library.search(
                    text, unit=unit, sort=sort, limit=PAGE, offset=offset, filters=filters, undated=undated,
                    typing=True, facets=False, wait=False,
                ).hits
            )  # fmt: skip

        self._more.ask(read, lambda hits: self.model.add(hits) if len(self.model.hits) == offset else None)

    # --- showing ---

    def _show(self, answer: Answer, unit: str, again: bool = False) -> None:
        results = self._results = answer.results
        library = self.library
        if library is None:
            return
        broken = results.problem is not None and not results.explained
        restyle(self.field, "wrong", "true" if broken or self._is_wrong(results) else "false")
        if results.total == 0 and not self.field.text().strip() and not self.filters.values and unit == "statements":
            self.show_empty(
                "search", tr("Nothing to search yet"),
                tr("Import articles, interviews or press releases, or drop them on this window: what was said in them is "
                   "found here at once."),
                "import.files", tr("Import files…"),
            )  # fmt: skip
            return
        self.show_body()
        chosen = self._wanted or self.list.selected_ids()
        place = self.list.verticalScrollBar().value() if again and not self._wanted else None
        self._wanted = []
        self.delegate.unit = unit
        self.model.show(unit, results.hits, results.total)
        self._say(results)
        self.filters.show_results(results)
        self.strip.setVisible(bool(self.filters.values))
        self._show_card(answer)
        if broken:
            assert results.problem is not None
            self.nothing.show_problem(results.problem, results.query)
        elif not results.total:
            self.nothing.show_suggestions(results.suggestions, results.partial)
        self.middle.setCurrentWidget(self.list if results.total else self.nothing)
        entered, self._followed = self._followed, ""
        if entered and entered == results.query.strip():
            self._arrive(results)
            if not results.total and results.suggestions:
                self._enter_first(results.suggestions[0])
                return
        self._choose(chosen, place)
        self.menu.describe(self.field.text(), unit, self._options(), results.total)
        self.selection_changed.emit()  # what can be done with it may be other things, too
        if results.partial and not self._rebuilding:
            self._rebuilding = True  # once for a library: if it fails, searching does not start it again and again
            self.acts["library.rebuild"].trigger()

    @staticmethod
    def _is_wrong(results: Results) -> bool:
        """True for a mistake, which more typing does not mend; what can be understood is shown beside it."""
        return results.problem is not None and results.problem.code not in UNFINISHED

    def _say(self, results: Results) -> None:
        count = plural(results.total, "hit", "hits")
        words = results.explained
        if results.problem is not None and not results.explained:
            count, words = "", ""
        elif results.partial:
            words = tr("The search index is being made; not everything is found yet. {words}").format(words=words)
        wrong = tr(results.problem.message) if results.problem is not None and self._is_wrong(results) else ""
        restyle(self.explained, "role", "warning" if wrong and count else "small")
        self.explained.set_full(" · ".join(part for part in ((wrong if count else ""), count, words) if part))
        hidden = results.undated_hidden
        self.hidden.setVisible(bool(hidden) or self._undated)
        text = tr("Hide the undated") if self._undated else tr("{n} undated hidden: show").format(n=number(hidden))
        self.hidden.setText(text)
        self.hidden.setAccessibleName(text)

    def _show_card(self, answer: Answer) -> None:
        if answer.card is not None:
            self.card.show_card(answer.card, answer.latest)
        self.card_area.setVisible(answer.card is not None)
        self._fit()

    def _fit(self) -> None:
        """Without room for all three columns, or with nothing to narrow, the filters give way."""
        letters = self.fontMetrics().averageCharWidth()
        needed = self.side.minimumWidth() + self.card_area.minimumWidth() + 34 * letters
        crowded = not self.card_area.isHidden() and self.width() < needed
        self.side.setVisible(not crowded and self.filters.any_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_undated(self) -> None:
        self._undated = not self._undated
        self._ask_now()

    def _follow(self, suggestion: QuerySuggestion) -> None:
        if suggestion.reason == "filters":
            self.filters.values = {}
        self.units.choose(suggestion.unit)
        self.field.setText(suggestion.query)
        self._ask_now()

    def _options(self) -> dict[str, Any]:
        return {"filters": self.filters.copy(), "sort": self._sort}

    # --- keys, selection, opening ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the box the arrow keys lead into the hits."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and self.model.hits:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def _entered(self) -> None:
        """Enter in the box: keep the query in the history and go to the hits; of a name that no statement holds, to what
        its bearer said."""
        text = self.field.text().strip()
        self._timer.stop()
        self._ask(typing=False)
        known = self._results
        if known is not None and known.query.strip() == text and known.problem is None and known.total:
            self._arrive(known)  # it is answered already
        else:
            self._followed = text

    def _arrive(self, results: Results) -> None:
        """Keep an answered query in the history and go to its hits; one that cannot be understood is mended first."""
        if results.problem is not None:
            return
        if self.library is not None and results.query.strip():
            self.library.remember_search(results.query.strip(), self.units.current, results.total)
            self.menu.look(self.library)
        if self.model.hits:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.choose(max(self.list.currentIndex().row(), 0))

    def _enter_first(self, suggestion: QuerySuggestion) -> None:
        if suggestion.reason == "actor":
            self._follow(suggestion)
        else:
            self.nothing.focus_first()

    def _insert(self, text: str) -> None:
        """A way to ask, put where the cursor is; what stands for a name or a word is selected."""
        before = self.field.text()[: self.field.cursorPosition()]
        self.field.insert(text if not before or before.endswith((" ", "(")) else f" {text}")
        self.field.setFocus()

    def _choose(self, ids: Sequence[int], place: int | None) -> None:
        """Select these hits again, and stand where the list stood."""
        self.list.choose_rows([row for i in ids if (row := self.model.place(i)) >= 0], place)
        self.selection_changed.emit()

    def _open(self, row: int) -> None:
        hit = self.model.hit(row)
        if hit is None or self.library is None:
            return
        library, text, unit = self.library, self.field.text(), self.model.unit
        found = hit.document_id
        self._places.ask(lambda: library.search_marks(text, found), lambda marks: self._open_at(hit, unit, text, marks))

    def _open_at(self, hit: Hit, unit: str, text: str, marks: list[Span]) -> None:
        """The reader at the hit, with every place of the words in the document to go to."""
        if unit == "statements":
            self.statement_requested.emit(hit.id)
        else:
            self.document_requested.emit(hit.document_id, marks[0] if marks else None)
        if marks:
            self.hits_requested.emit(hit.document_id, text, marks)

    def _popup(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        statements = self.model.unit == "statements"
        ids = self.selected_statements()
        if statements and len(ids) == 1:
            menu.addAction(self.theme.icons("search"), tr("More like this"), lambda: self._more_like(ids[0]))
            menu.addSeparator()
        fill_menu(menu, STATEMENT_MENU if statements else DOCUMENT_MENU, self.acts, {})
        menu.popup(self.list.viewport().mapToGlobal(position))

    def _more_like(self, statement_id: int) -> None:
        """Ask for the rarer words of a statement; they stand in the box, to be read and changed."""
        library = self.library
        if library is not None:
            self._places.ask(lambda: library.like_query(statement_id), self._ask_like)

    def _ask_like(self, query: str) -> None:
        if query:
            self.show_query(query)
        else:
            self.message.emit(tr("This statement has no words that set it apart."), "")

    def selected_statements(self) -> list[int]:
        return self.list.selected_ids() if self.model.unit == "statements" and self.model.hits else []

    def selected_documents(self) -> list[int]:
        return self.list.selected_ids() if self.model.unit == "documents" and self.model.hits else []

    def shown_statements(self) -> tuple[str, str, Callable[[], Sequence[int]]] | None:
        """All hits, in their order, with the filters and what they hide or show."""
        library, text = self.library, self.field.text()
        if library is None or self.model.unit != "statements" or not self.model.total:
            return None
        if not text.strip() and not self.filters.values:
            return None
        _, sort, filters, undated = self._question(text)
        ids = [hit.id for hit in self.model.hits]
        whole = len(ids) == self.model.total
        return (
            tr("The hits of the search ({n})").format(n=number(self.model.total)),
            text.strip() or tr("search"),
            lambda: ids if whole else library.search_ids(text, sort=sort, filters=filters, undated=undated),
        )

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"find": self._focus, **self.menu.commands()}
        if self.model.hits:
            found |= {"find.next": lambda: self._step(1), "find.previous": lambda: self._step(-1)}
            if self.model.unit == "statements":
                found |= {"statement.next": lambda: self._step(1), "statement.previous": lambda: self._step(-1)}
        return found

    def _focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        if 0 <= row < len(self.model.hits):
            self.list.choose(row)

    def home(self) -> QWidget:
        return self.field

    def parts(self) -> list[QWidget]:
        parts: list[QWidget] = [self.field, self.units, self.filters.lists["actor"], self.list]
        return [*parts, self.card] if self.card_area.isVisible() else parts

    def demonstrate(self) -> None:
        """Something to look at, for the pictures of the window."""
        if not self.field.text():
            self.show_query("treaty")

    # --- session ---

    def save_state(self) -> dict[str, Any]:
        sizes = bytes(self.splitter.saveState().toBase64().data()).decode()
        return {
            "query": self.field.text(), "unit": self.units.current, **self._options(),
            "selected": self.list.selected_ids()[:1], "splitter": sizes,
        }  # fmt: skip

    def restore_state(self, state: dict[str, Any]) -> None:
        filters = state.get("filters", {})
        if isinstance(filters, dict):
            self.filters.take(filters)
        self.units.choose(str(state.get("unit", "statements")))
        self._set_order(str(state.get("sort", "relevance")))
        self.field.setText(str(state.get("query", "")))
        self._wanted = [i for i in state.get("selected", []) if isinstance(i, int)]
        if state.get("splitter"):
            self.splitter.restoreState(QByteArray.fromBase64(str(state["splitter"]).encode()))
