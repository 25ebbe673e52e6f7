"""The documents of the library: what needs a look first, dates set for many at once, files that were not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QWidget

from desktop.actions import DOCUMENT_MENU
from desktop.delegates.documents import TwoLines
from desktop.models.documents import COLUMNS, COUNT, LOOK, OUTLET, TITLE, DocumentTable, conflict, in_order
from desktop.models.results import DATE, FOUND, RESULT, ResultTable, from_library
from desktop.panes.pane import Pane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.document_details import DocumentDetails
from desktop.widgets.pieces import Elided, FilterField, Segments, act, at_least, box, fill, flowing, label
from desktop.widgets.tables import Table
from desktop.wording import number, tr
from index.model import Document, Progress

SEGMENTS = (
    ("all", "All"),
    ("undated", "No date"),
    ("conflict", "Several dates"),
    ("duplicate", "Duplicates"),
    ("empty", "No statements"),
    ("unread", "Not read"),
)
MOST_COMPARED = 6
# What the first press on a column's heading asks for, and the second.
ORDERS = {
    "published": ("newest", "published"), "title": ("title", "-title"), "outlet": ("outlet", "-outlet"),
    "statements": ("-statements", "statements"),
}  # fmt: skip
BY_LIBRARY = ("undated", "newest", "published")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a load finds: ids in order, by segment, words to filter by, and files that were not read."""

    ids: list[int]
    segments: dict[str, set[int]]
    words: dict[int, str]
    unread: list[Progress]


class DocumentsPane(Pane):
    """A table, and beside it what is known of the selected documents."""

    reads: ClassVar[frozenset[str]] = frozenset({"document", "statement"})
    help_page = "documents"

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(actions, settings, theme, parent)
        self._listing = Listing([], {}, {}, [])
        self._order = "undated"
        self._wanted: list[int] = []
        self._twins: list[int] = []  # the selected copies, after what they are copies of

        self.table_model = DocumentTable(theme, self)
        self.table = Table(
            tr("Documents"), self.table_model, (13, 0, 21, 10, 22), theme, lines=2, optional=(LOOK, COUNT, OUTLET)
        )
        self.table.setItemDelegateForColumn(TITLE, TwoLines(theme, self.table))
        self.unread_model = ResultTable(theme, self)
        self.unread = Table(tr("Files that were not read"), self.unread_model, (36, 12, 14, 11, 0), theme, lines=2)
        self.unread.leave_out((RESULT, DATE, FOUND))
        self.segments = Segments(tr("Which documents"), lambda key: self._filter())
        for key, text in SEGMENTS:
            self.segments.add(key, tr(text))
        self.filter = FilterField(tr("Filter by title, outlet or file"))
        self.filter.below = self.table
        at_least(self.filter, 36)
        self.filter.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.details = DocumentDetails(actions, theme)
        at_least(self.details, 38)
        self.tables = QStackedWidget()
        self.none = label("", "muted")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)

        self.filter.textChanged.connect(self._filter)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.opened = lambda row: self.document_requested.emit(self.table_model.ids[row], None)
        self.unread.opened = self._open_unread
        self.table.asked = self._menu
        self.table.removed = self.acts["document.delete"].trigger
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.details.date_entered.connect(self._set_date)
        self.details.field_entered.connect(self._set_field)
        self.details.place_requested.connect(self.document_requested)
        self._assemble()

    def _assemble(self) -> None:
        title = label(tr("Documents"), "title")
        header = fill(
            box("header", margins=(20, 12, 16, 10), spacing=12),
            title,
            1,
            act(self.acts["import.files"], True, tr("Import files")),
            act(self.acts["import.folder"], True, tr("Import a folder")),
        )
        strip = flowing("strip", (16, 6, 16, 6), self.segments, self.filter)
        self.copies = fill(
            box("strip", margins=(16, 6, 16, 6), spacing=10),
            Elided(tr("Reports printed in a second place. Compare a copy with its original, or take it out."), "muted"),
            act(self.acts["document.twin"], True, tr("Side by side")),
            act(self.acts["document.delete"], True, tr("Remove the selected")),
        )
        self.copies.hide()
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page in (self.table, self.unread, self.none):
            self.tables.addWidget(page)
        self.splitter.addWidget(self.tables)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([840, 330])
        self.splitter.setChildrenCollapsible(False)
        page = fill(box("page", vertical=True, spacing=0), header, strip, self.copies, self.splitter)
        page.layout().setStretch(3, 1)  # type: ignore[union-attr]
        self.assemble(page)

    # --- loading ---

    def forget(self) -> None:
        self.table_model.show(None, [])

    def load(self) -> None:
        library, order = self.library, self._order
        if library is None:
            self._show(Listing([], {}, {}, []))
            return

        def read() -> Listing:
            ids = library.document_ids(order=order if order in BY_LIBRARY else "undated")
            found = library.documents(ids)
            return Listing(
                ids if order in BY_LIBRARY else in_order(found, order),
                _segments(found),
                {d.id: f"{d.title or ''} {d.outlet or ''} {d.file}".casefold() for d in found},
                [row for row in from_library(library.import_results(problems_only=True)) if not row.document],
            )

        self.asker.ask(read, self._show)

    def _show(self, listing: Listing) -> None:
        self._listing = listing
        if not listing.ids and not listing.unread:
            self.show_empty(
                "documents",
                tr("No documents yet"),
                tr(
                    "Drop files or folders on this window: articles, interviews, transcripts, mails, tables."
                ),
                "import.files",
                tr("Import files…"),
            )
            return
        self.show_body()
        for key, text in SEGMENTS:
            count = len(listing.unread) if key == "unread" else len(listing.segments.get(key, ()))
            self.segments.set_text(key, f"{tr(text)}  {number(count)}")
            self.segments.set_shown(key, key == "all" or count > 0 or self.segments.current == key)
        self.unread_model.show(listing.unread)
        self._filter()

    def _filter(self) -> None:
        key = self.segments.current
        self.unread_model.show(self._listing.unread)
        self.copies.hide()
        if key == "unread":
            self.tables.setCurrentWidget(self.unread)
            self.details.show_documents([], None)
            self.details.hide()
            return
        self.details.show()
        kept = self._listing.segments.get(key, set())
        needles = self.filter.text().casefold().split()
        words = self._listing.words
        ids = [i for i in self._listing.ids if i in kept and all(n in words[i] for n in needles)]
        chosen = self._wanted or self.selected_documents()
        self.table_model.show(self.library, ids, copies=key == "duplicate")
        self.copies.setVisible(key == "duplicate" and bool(ids))
        self._choose(chosen)
        self.none.setText(tr("No document matches the filter.") if needles else tr("Nothing here: all is in order."))
        self.tables.setCurrentWidget(self.table if ids else self.none)

    def _choose(self, ids: list[int]) -> None:
        if self.table_model.ids:
            self._wanted = []
        rows = [self.table_model.ids.index(i) for i in ids if i in self.table_model.ids] or [0]
        if self.table_model.ids and (set(self.selected_documents()) != set(ids) or not ids):
            self.table.selectRow(rows[0])
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            for row in rows[1:]:
                self.table.selectionModel().select(self.table_model.index(row, 0), flags)
        self._selected()

    # --- selection ---

    def selected_documents(self) -> list[int]:
        if self.segments.current == "unread":
            return []
        return self.table.selected_ids()

    def show_documents(self, ids: list[int]) -> None:
        """Select these documents in the full list."""
        self.segments.choose("all")
        self.filter.clear()
        self._wanted = list(ids)
        self._filter()

    def _selected(self) -> None:
        ids = self.selected_documents()
        found = self.library.documents(ids[:500]) if self.library is not None and ids else []
        twins = {d.id: d.duplicate_of for d in found if d.duplicate_of}
        self._twins = list(dict.fromkeys([*twins.values(), *twins]))[:MOST_COMPARED]
        self.details.show_documents(list(found), self.library)
        self.selection_changed.emit()

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"find": self.filter.setFocus}
        if self._twins and self.segments.current != "unread":
            found["document.twin"] = lambda: self.documents_compare_requested.emit(self._twins)
        return found

    def home(self) -> QWidget:
        return self.table

    def parts(self) -> list[QWidget]:
        return [self.segments, self.filter, self.tables, self.details]

    def _open_unread(self, row: int) -> None:
        """A table whose columns did not tell: ask what they hold."""
        if self.unread_model.row(row).problem == "no-column":
            self.acts["import.columns"].trigger()

    def _menu(self, position: QPoint) -> None:
        self.popup(self.table.viewport(), position, DOCUMENT_MENU)

    def _sort(self, column: int) -> None:
        orders = ORDERS.get(COLUMNS[column][0])
        if orders is not None:
            self._order = orders[1] if self._order == orders[0] else orders[0]
            self._show_order()
            self.load()

    def _show_order(self) -> None:
        """The arrow in the heading of the column that the list is sorted by."""
        header = self.table.horizontalHeader()
        column = next((n for n, (key, _, _) in enumerate(COLUMNS) if self._order in ORDERS.get(key, ())), None)
        header.setSortIndicatorShown(column is not None)
        if column is not None:
            down = self._order == "newest" or self._order.startswith("-")
            header.setSortIndicator(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    # --- editing ---

    def _set_date(self, when: object) -> None:
        ids = self.selected_documents()
        if ids and self.library is not None:
            with self.edit("Set publication date"):
                self.library.set_published(ids, when)  # type: ignore[arg-type]

    def _set_field(self, name: str, value: str) -> None:
        ids = self.selected_documents()
        if ids and self.library is not None:
            with self.edit("Describe documents"):
                self.library.describe_documents(ids, **{name: value.strip() or None})

    # --- session ---

    def save_state(self) -> dict[str, Any]:
        sizes = bytes(self.splitter.saveState().toBase64().data()).decode()
        return {
            "segment": self.segments.current,
            "filter": self.filter.text(),
            "order": self._order,
            "selected": self.selected_documents()[:1],
            "splitter": sizes,
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        self.segments.choose(str(state.get("segment", "all")))
        self.filter.setText(str(state.get("filter", "")))
        order = state.get("order", "undated")
        self._order = order if order in {"undated", *(o for pair in ORDERS.values() for o in pair)} else "undated"
        self._show_order()
        self._wanted = [i for i in state.get("selected", []) if isinstance(i, int)]
        if state.get("splitter"):
            self.splitter.restoreState(QByteArray.fromBase64(str(state["splitter"]).encode()))


def _segments(found: list[Document]) -> dict[str, set[int]]:
    return {
        "all": {d.id for d in found},
        "undated": {d.id for d in found if d.published is None},
        "conflict": {d.id for d in found if conflict(d)},
        "duplicate": {d.id for d in found if d.duplicate_of},
        "empty": {d.id for d in found if not d.statements},
    }
