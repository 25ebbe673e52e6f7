"""A search over time: first and last use, every actor's part, who dropped it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop import wording
from desktop.dialogs.dialog import Dialog
from desktop.models.cells import CellTable
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.widgets.tables import Table
from desktop.widgets.years import YearBars
from desktop.wording import number, plural, tr
from index.model import Use, Watch


class UseTable(CellTable[Use]):
    """A row per actor; `IdRole` is the first statement."""

    headings = ("Who", "Uses", "First", "Last", "Without it since")

    def cells(self, row: Use) -> tuple[str, ...]:
        """The row of an actor in words."""
        days = (wording.day(day) if day else tr("No date") for day in (row.first_day, row.last_day))
        since = plural(row.since, "statement", "statements") if row.since else ""
        return (row.actor or tr("Unknown speaker"), number(row.count), *days, since)

    def key(self, row: Use) -> int:
        return row.first


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
        self.table.opened = lambda row: self.opened.emit(self.model.rows[row].first)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.table, 1)
        words = tr("In the order of first use. Enter opens an actor's first use.")
        self.body.addWidget(label(words, "small", wrap=True))
        self.add_button(tr("Copy as a table"), self.model.copy)
        self.add_cancel(tr("Close")).setDefault(True)
