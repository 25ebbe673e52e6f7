"""The one report after an import: a row per file, those with trouble first, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.dialogs.dialog import Dialog
from desktop.importing import summary
from desktop.models.results import DATE, FOUND, ResultTable, reason, to_look_at
from desktop.theme import Theme
from desktop.widgets.pieces import Segments, box, fill
from desktop.widgets.tables import Table
from desktop.wording import number, tr
from index.model import Progress


class ImportResults(Dialog):
    """Stays open beside the window; Enter on a row opens the document."""

    document_requested = Signal(int)
    columns_requested = Signal(str)  # the file, as the results call it

    def __init__(self, rows: Sequence[Progress], theme: Theme, parent: QWidget | None) -> None:
        super().__init__(tr("Results of the import"), theme, parent, summary(list(rows)), 960)
        self._rows = list(rows)
        self.model = ResultTable(theme, self)
        heading, widths = tr("Results of the import"), (30, 12, 13, 11, 0)
        self.table = Table(heading, self.model, widths, theme, lines=3, optional=(DATE, FOUND))
        self.table.setMinimumHeight(360)
        troubled = sum(to_look_at(row) for row in self._rows)
        self.which = Segments(tr("Which files"), lambda key: self._show())
        self.which.add("all", f"{tr('All')}  {number(len(self._rows))}")
        self.which.add("trouble", f"{tr('To look at')}  {number(troubled)}")
        self.table.opened = self._open
        self.body.addWidget(fill(box(), self.which, 1))
        self.body.addWidget(self.table, 1)
        self.columns = self.add_button(tr("Say which column holds the texts…"), self._ask_columns)
        self.columns.setVisible(any(row.problem == "no-column" for row in self._rows))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._look())
        self.add_button(tr("Copy as a table"), self._copy)
        self.add_cancel(tr("Close")).setDefault(True)
        if troubled:
            self.which.choose("trouble")
        self._show()

    def _show(self) -> None:
        trouble = self.which.current == "trouble"
        self.model.show(self._rows, trouble_only=trouble)
        self.table.leave_out((DATE, FOUND) if trouble else ())  # the reasons need the room
        self._look()

    def _tables(self) -> list[str]:
        """Tables whose columns did not tell: those selected, else all."""
        rows = [self.model.row(index.row()) for index in self.table.selectionModel().selectedRows()]
        return [row.file for row in rows or self._rows if row.problem == "no-column"]

    def _look(self) -> None:
        self.columns.setEnabled(bool(self._tables()))

    def _ask_columns(self) -> None:
        self.columns_requested.emit(self._tables()[0])

    def _open(self, row: int) -> None:
        document = self.model.row(row).document
        if self.model.row(row).problem == "no-column":
            self.columns_requested.emit(self.model.row(row).file)
        elif document is not None:
            self.document_requested.emit(document)

    def _copy(self) -> None:
        lines = ["file\tresult\tpublished\tstatements\treason"]
        lines += [f"{r.file}\t{r.status}\t{r.published or ''}\t{r.statements}\t{reason(r)}" for r in self._rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
