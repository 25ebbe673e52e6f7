"""Which column of a table holds what: asked where the names of the columns don't tell, remembered with the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QGridLayout, QHeaderView, QTableView, QWidget

from desktop import wording
from desktop.dialogs.dialog import Dialog
from desktop.jobs import Asker
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.wording import tr
from index.model import TableHead

if TYPE_CHECKING:
    from index.library import Library

Index = QModelIndex | QPersistentModelIndex
FIELDS = ("text", "title", "published", "outlet", "author", "url", "language", "actor")
TABLES = (".csv", ".tsv", ".xlsx", ".jsonl", ".json", ".ndjson")
SHOWN = 160  # characters of a cell


def is_table(path: Path) -> bool:
    """True for files that may hold a table with an article per row."""
    return path.suffix.lower() in TABLES


def field_name(field: str) -> str:
    """What a column can hold, in words."""
    return tr("Text") if field == "text" else wording.field(field)


class HeadTable(QAbstractTableModel):
    """The first rows of a table; a column that is taken for something says so in its head."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = TableHead((), (), {})
        self._taken: dict[str, str] = {}

    def show(self, head: TableHead) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._head = head
        self.endResetModel()

    def take(self, columns: Mapping[str, str]) -> None:
        """What is taken for what: field -> column."""
        self._taken = {column: field for field, column in columns.items()}
        if self._head.header:
            last = len(self._head.header) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._head.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._head.header)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._head.header):
            return None
        name = self._head.header[section]
        if role == Qt.ItemDataRole.DisplayRole:
            field = self._taken.get(name)
            return f"{name}\n{field_name(field) if field else '–'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._head.rows):
            return None
        row, column = self._head.rows[index.row()], index.column()
        cell = " ".join(row[column].split()) if column < len(row) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return cell[:SHOWN]
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell or None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme["text" if self._head.header[column] in self._taken else "muted"]
        return None


class ColumnsDialog(Dialog):
    """`import_requested` has the table once its columns are remembered."""

    import_requested = Signal(list)

    def __init__(self, library: Library, path: Path, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Columns of {file}").format(file=path.name),
            theme,
            parent,
            tr("Say which column holds what. It is remembered with the library for all tables that have these columns; "
               "columns that hold none of this become attributes of the documents."),
            760,
        )  # fmt: skip
        self._library, self._path = library, path
        self._asker = Asker(self)
        self.fields: dict[str, QComboBox] = {}
        self.model = HeadTable(theme)
        self.table = self._view()
        self.state = label(tr("Reading the table …"), "small", wrap=True)
        self.body.addLayout(self._combos())
        self.body.addSpacing(8)
        self.body.addWidget(label(tr("The first rows"), "section"))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.state)
        self.add_cancel()
        self.keep = self.add_button(tr("Remember"), self._remember)
        self.chief = self.add_button(tr("Remember and import"), self._import, chief=True)
        self._asker.problem.connect(self._failed)
        self.finished.connect(lambda _: self._asker.finish())
        self._look()
        self._asker.ask(lambda: (library.table_head(path), library.column_mappings()), lambda found: self._show(*found))

    def only_remember(self) -> None:
        """Leave the import to the dialog below."""
        self.chief.hide()
        self.chief.setDefault(False)
        self.keep.setDefault(True)

    def _combos(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, field in enumerate(FIELDS):
            made = self.fields[field] = QComboBox()
            made.setAccessibleName(field_name(field))
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            made.setMinimumContentsLength(12)
            made.activated.connect(lambda _=0, field=field: self._chosen(field))
            row, column = divmod(place, 4)
            grid.addWidget(label(field_name(field), "section"), 2 * row, column)
            grid.addWidget(made, 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowMinimumHeight(2, label("", "section").sizeHint().height() + 8)
        return grid

    def _view(self) -> QTableView:
        made = QTableView()
        made.setModel(self.model)
        made.setAccessibleName(tr("The first rows"))
        made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setTabKeyNavigation(False)
        made.setWordWrap(False)
        made.setShowGrid(False)
        made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(round(made.fontMetrics().height() * 1.9))
        made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        made.horizontalHeader().setStretchLastSection(True)
        made.horizontalHeader().setHighlightSections(False)
        made.setMinimumHeight(230)
        return made

    # --- showing ---

    def _show(self, head: TableHead, remembered: Sequence[Mapping[str, str]]) -> None:
        names = [name for name in dict.fromkeys(head.header) if name]
        said = next((one for one in remembered if "text" in one and set(one.values()) <= set(names)), None)
        columns = dict(said) if said else dict(head.columns)
        for field, made in self.fields.items():
            made.addItem(tr("(no column)"), "")
            for name in names:
                made.addItem(name, name)
            made.setCurrentIndex(max(0, made.findData(columns.get(field, ""))))
        self.model.show(head)
        letters = self.table.fontMetrics().averageCharWidth()
        for place in range(len(head.header)):
            longest = max((len(row[place]) for row in head.rows if place < len(row)), default=0)
            self.table.setColumnWidth(place, letters * max(14, min(44, longest)) + 24)
        self._look(remembered=said is not None)

    def _failed(self, words: str) -> None:
        self.state.hide()
        self.say_trouble(words)

    # --- choosing ---

    def columns(self) -> dict[str, str]:
        """What is chosen: field -> column."""
        return {field: made.currentData() for field, made in self.fields.items() if made.currentData()}

    def _chosen(self, field: str) -> None:
        """A column holds one thing only: who had it loses it."""
        column = self.fields[field].currentData()
        for other, made in self.fields.items():
            if column and other != field and made.currentData() == column:
                made.setCurrentIndex(0)
        self._look()

    def _look(self, remembered: bool = False) -> None:
        columns = self.columns()
        ready = "text" in columns
        self.model.take(columns)
        self.keep.setEnabled(ready)
        self.chief.setEnabled(ready)
        if self.fields["text"].count():
            words = tr("This is what you said before.") if remembered else tr("Each row becomes a document.")
            self.state.setText(words if ready else tr("Choose the column that holds the texts."))

    # --- keeping ---

    def _remember(self) -> None:
        columns = self.columns()
        with self.edit(self._library, "Set columns", tr("The columns are remembered.")):
            self._library.set_column_mapping(columns)

    def _import(self) -> None:
        self.accepted.connect(lambda: self.import_requested.emit([self._path]))
        self._remember()
