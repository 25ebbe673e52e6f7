"""What to import: files and folders, and the table that says what the files do not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.dialogs.choosing import choose_files, choose_folder
from desktop.dialogs.columns import is_table
from desktop.dialogs.dialog import Dialog
from desktop.theme import Theme
from desktop.widgets.drop import dropped_paths
from desktop.widgets.pieces import button, label
from desktop.wording import tr

FILTERS = [
    "Everything that can be read (*.txt *.md *.html *.htm *.mhtml *.mht *.pdf *.docx *.odt *.rtf *.epub *.eml "
    "*.mbox *.msg *.csv *.tsv *.xlsx *.jsonl *.json *.srt *.vtt *.zip)",
    "All files (*)",
]


class ImportDialog(Dialog):
    """`import_requested` tells the paths, the metadata table or None, and whether near-duplicates are left out."""

    import_requested = Signal(list, object, bool)
    columns_requested = Signal(Path)
    rules_requested = Signal(object)  # a path to try the rules on, or None

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Import"),
            theme,
            parent,
            tr("The originals are copied into the library. Importing the same files again adds nothing."),
            620,
        )
        self.setAcceptDrops(True)
        self.paths = _Paths()
        self.paths.setAccessibleName(tr("Files and folders to import"))
        self.paths.setMinimumHeight(180)
        self.metadata = QLineEdit()
        self.metadata.setAccessibleName(tr("Metadata table"))
        self.metadata.setPlaceholderText(tr("Optional CSV with the columns file, published, outlet, author, title …"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button(tr("Add files…"), self.choose_files))
        row.addWidget(button(tr("Add a folder…"), self.choose_folder))
        row.addStretch(1)
        self.remove = button(tr("Remove"), self.paths.take_selected, tip=tr("Off the list; nothing is deleted  (Del)"))
        row.addWidget(self.remove)
        table = QHBoxLayout()
        table.setSpacing(8)
        table.addWidget(self.metadata, 1)
        table.addWidget(button(tr("Choose…"), self._choose_metadata))
        self.body.addLayout(row)
        self.body.addWidget(self.paths, 1)
        self.body.addSpacing(6)
        self.body.addWidget(label(tr("Metadata table"), "section"))
        self.body.addLayout(table)
        self.body.addWidget(
            label(
                tr("What stands in the table wins over what is found in a file. Its other columns become attributes."),
                "small",
                wrap=True,
            )
        )
        self.skip = QCheckBox(tr("Leave near-duplicates out, such as wire copies in a second outlet"))
        self.columns = button(tr("Columns of the table…"), self._ask_columns, tip=tr("Which column holds what"))
        self.rules = button(tr("Split rules…"), self._ask_rules, tip=tr("How files with many articles are cut"))
        self.body.addSpacing(6)
        self.body.addWidget(self.skip)
        self.foot.insertWidget(0, self.columns)
        self.foot.insertWidget(1, self.rules)
        self.add_cancel()
        self.chief = self.add_button(tr("Import"), self._import, chief=True)
        self.chief.setEnabled(False)
        self.paths.model().rowsInserted.connect(self._look)
        self.paths.model().rowsRemoved.connect(self._look)
        self.paths.itemSelectionChanged.connect(self._look)
        self._look()

    def choose_files(self) -> None:
        """Ask for more files."""
        choose_files(self, tr("Files to import"), [tr(text) for text in FILTERS], self.add)

    def choose_folder(self) -> None:
        """Ask for one more folder."""
        choose_folder(self, tr("Folder to import"), None, lambda path: self.add([path]))

    def add(self, paths: list[Path]) -> None:
        """Put paths on the list; a metadata.csv among them, or in a folder, becomes the metadata table."""
        for path in paths:
            if path.name.lower() == "metadata.csv":
                self.metadata.setText(str(path))
                continue
            if not self.metadata.text() and (path / "metadata.csv").is_file():
                self.metadata.setText(str(path / "metadata.csv"))
            if str(path) not in self.paths.texts():
                icon = self.theme.icons("folder" if path.is_dir() else "document")
                QListWidgetItem(icon, str(path), self.paths)

    def _choose_metadata(self) -> None:
        choose_files(
            self, tr("Metadata table"), ["CSV (*.csv *.tsv)"], lambda paths: self.metadata.setText(str(paths[0]))
        )

    def _look(self) -> None:
        self.chief.setEnabled(self.paths.count() > 0)
        self.remove.setEnabled(bool(self.paths.selectedItems()))
        self.columns.setVisible(self._table() is not None)

    def _chosen(self) -> list[Path]:
        """The files on the list, the selected ones first."""
        selected = [item.text() for item in self.paths.selectedItems()]
        return [path for path in map(Path, dict.fromkeys([*selected, *self.paths.texts()])) if path.is_file()]

    def _table(self) -> Path | None:
        return next((path for path in self._chosen() if is_table(path)), None)

    def _ask_columns(self) -> None:
        path = self._table()
        if path is not None:
            self.columns_requested.emit(path)

    def _ask_rules(self) -> None:
        self.rules_requested.emit(next((path for path in self._chosen() if not is_table(path)), None))

    def _import(self) -> None:
        text = self.metadata.text().strip()
        if text and not Path(text).is_file():
            self.say_trouble(tr("There is no metadata table {path}.").format(path=text))
            return
        self.import_requested.emit([Path(t) for t in self.paths.texts()], Path(text) if text else None, self.skip.isChecked())
        self.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add(dropped_paths(event.mimeData()))
        event.acceptProposedAction()


class _Paths(QListWidget):
    """Delete takes the selected ones off the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def texts(self) -> list[str]:
        return [self.item(n).text() for n in range(self.count())]

    def take_selected(self) -> None:
        """Off the list with the selected ones."""
        for item in self.selectedItems():
            self.takeItem(self.row(item))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_selected()
        else:
            super().keyPressEvent(event)
