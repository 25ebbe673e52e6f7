"""Backups of the library's database: making one, and putting one back; what was there until then is backed up first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop import wording
from desktop.dialogs.dialog import Dialog
from desktop.jobs import Asker
from desktop.models.cells import CellTable
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.widgets.tables import Table
from desktop.wording import number, tr

if TYPE_CHECKING:
    from index.library import Library

REASONS = {
    "by-hand": "Made by hand",
    "before-restore": "Before another was put back",
    "repair": "Before a repair",
    "automatic": "By itself, after changes",
    "import": "Before an import",
    "extraction": "Before statements were found anew",
    "deletion": "Before documents were removed",
    "migration": "Before its format was brought up to date",
}


LIBRARY = 4  # column


class BackupTable(CellTable[Any]):
    """What `Library.backups` returns as a table."""

    headings = ("Made", "Why", "Documents", "Statements", "Library")

    def cells(self, row: Any) -> tuple[str, ...]:
        """A backup in words."""
        why = REASONS.get(row.reason)
        made, counts = wording.moment(row.at.isoformat()), (number(row.documents), number(row.statements))
        return made, tr(why) if why else row.reason, *counts, row.library

    def tip(self, row: Any, column: int) -> str | None:
        return str(row.path)


class Backups(Dialog):
    """`restore_requested` tells the file of the backup that shall be put back.

    `library` is None for one that is too damaged to be opened: `show_backups` says what there is, of other libraries, too.
    """

    restore_requested = Signal(Path)

    def __init__(self, library: Library | None, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Backups"),
            theme,
            parent,
            tr("Copies of what was found and corrected, kept in your user profile. The original files are not among them: "
               "they never change. To have all of it elsewhere, copy the folder of the library."),
            760,
        )  # fmt: skip
        self._library = library
        self._asker = Asker(self)
        self._asker.problem.connect(self._failed)
        self.model = BackupTable()
        self.table = Table(tr("Backups"), self.model, (20, 0, 12, 12, 24), theme)
        self.table.leave_out(() if library is None else (LIBRARY,))
        self.table.setMinimumHeight(240)
        self.none = label(tr("There is no backup of this library yet."), "muted")
        self.none.hide()
        self.body.addWidget(self.none)
        self.body.addWidget(self.table, 1)
        self.back = self.add_button(tr("Put back the selected one"), self._restore)
        self.back.setToolTip(tr("The library becomes as it was then; how it is now is backed up first"))
        self.add_cancel(tr("Close"))
        self.chief = self.add_button(tr("Back up now"), self._make, chief=True)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._look())
        self.finished.connect(lambda _: self._asker.finish())
        self.chief.setVisible(library is not None)
        if library is not None:
            self._asker.ask(library.backups, self.show_backups)

    def _make(self) -> None:
        library = self._library
        assert library is not None
        self.chief.setEnabled(False)
        self.say_trouble("")
        self._asker.ask(lambda: (library.back_up(), library.backups())[1], self._made)

    def _made(self, found: list[Any]) -> None:
        self.show_backups(found)
        self.table.selectRow(0)
        self.table.setFocus()

    def show_backups(self, found: list[Any]) -> None:
        """Show these, newest first."""
        self.chief.setEnabled(True)
        self.model.show(found)
        self.none.setVisible(not found)
        self.table.setVisible(bool(found))
        self._look()

    def _look(self) -> None:
        self.back.setEnabled(bool(self.table.selectionModel().selectedRows()))

    def _restore(self) -> None:
        rows, library = self.table.selectionModel().selectedRows(), self._library
        if rows:
            wanted: Path = self.model.rows[rows[0].row()].path
            if library is None:  # the engine keeps the damaged database beside the other
                self._ready(wanted)
                return
            self.back.setEnabled(False)
            self.chief.setEnabled(False)
            self._asker.ask(lambda: library.back_up("before-restore"), lambda _: self._ready(wanted))

    def _ready(self, wanted: Path) -> None:
        self.accept()
        self.restore_requested.emit(wanted)

    def _failed(self, words: str) -> None:
        self.chief.setEnabled(True)
        self._look()
        self.say_trouble(words)
