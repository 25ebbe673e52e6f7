"""A search over time: first and last use, every actor's part, who dropped it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop import wording
from desktop.dialogs.dialog import Dialog
from desktop.models.rows import IdRole
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.widgets.tables import Table
from desktop.widgets.years import YearBars
from desktop.wording import number, plural, tr
from index.model import Use, Watch

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Who", "Uses", "First", "Last", "Without it since")


class UseTable(QAbstractTableModel):
    """A row per actor; `IdRole` is the first statement."""

    def __init__(self, uses: tuple[Use, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.uses = uses

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.uses)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        use = self.uses[index.row()]
        if role == IdRole:
            return use.first
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(use)[index.column()]
        return None

    @staticmethod
    def cells(use: Use) -> tuple[str, ...]:
        """The row of an actor in words."""
        days = (wording.day(day) if day else tr("No date") for day in (use.first_day, use.last_day))
        since = plural(use.since, "statement", "statements") if use.since else ""
        return (use.actor or tr("Unknown speaker"), number(use.count), *days, since)


class SearchOverTime(Dialog):
    """`opened` tells the statement of the row that was opened: the first use by that actor."""

    opened = Signal(int)

    def __init__(self, watch: Watch, theme: Theme, parent: QWidget | None) -> None:
        words = plural(watch.total, "statement", "statements")
        if watch.undated:
            words += " · " + tr("{n} with no date, or only “until” one, take no part in first and last").format(
                n=number(watch.undated)
            )
        super().__init__(tr("“{query}” over time").format(query=watch.query), theme, parent, words, 720)
        self.watch = watch
        self.bars = YearBars(theme)
        self.bars.show_counts([(str(year), count) for year, count in watch.by_year], None)
        self.bars.setEnabled(False)
        self.model = UseTable(watch.uses, self)
        self.table = Table(tr("Who used it"), self.model, (0, 8, 13, 13, 18), theme)
        self.table.setMinimumHeight(240)
        self.table.opened = lambda row: self.opened.emit(self.model.uses[row].first)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.table, 1)
        words = tr("In the order of first use. Enter opens an actor's first use.")
        self.body.addWidget(label(words, "small", wrap=True))
        self.add_button(tr("Copy as a table"), self._copy)
        self.add_cancel(tr("Close")).setDefault(True)

    def _copy(self) -> None:
        rows = [tuple(tr(c) for c in COLUMNS), *(self.model.cells(use) for use in self.model.uses)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
