"""Lists and tables whose rows are made anew: the same rows stay selected, and the view where it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from desktop.models.rows import IdRole
from desktop.theme import Theme
from desktop.widgets.kept_rows import MOST
from desktop.widgets.tables import LEAST, Table

Index = QModelIndex | QPersistentModelIndex


class Numbers(QAbstractTableModel):
    """Rows that are their own ids."""

    def __init__(self, rows: Sequence[int]) -> None:
        super().__init__()
        self.rows = list(rows)

    def show(self, rows: Sequence[int]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.rows[index.row()] if role in (IdRole, Qt.ItemDataRole.DisplayRole) else None


def table_of(model: Numbers, theme: Theme, qtbot: QtBot) -> Table:
    table = Table("Numbers", model, (30, 0, 30), theme)
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    return table


def test_rows_stay_selected_and_in_their_place_when_the_model_is_made_anew(theme: Theme, qtbot: QtBot) -> None:
    model = Numbers(range(500))
    table = table_of(model, theme, qtbot)
    table.selectRow(250)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    place = table.verticalScrollBar().value()
    model.show([n for n in range(500) if n != 3])
    assert table.selected_ids() == [250]
    assert table.currentIndex().data(IdRole) == 250
    assert table.verticalScrollBar().value() == place


def test_other_rows_are_shown_from_their_start(theme: Theme, qtbot: QtBot) -> None:
    model = Numbers(range(500))
    table = table_of(model, theme, qtbot)
    table.selectRow(250)
    model.show(range(1000, 1400))
    assert table.selected_ids() == [] and table.verticalScrollBar().value() == 0


def test_the_column_that_takes_the_rest_never_vanishes(theme: Theme, qtbot: QtBot) -> None:
    table = table_of(Numbers(range(5)), theme, qtbot)
    table.resize(200, 300)
    assert table.columnWidth(1) >= LEAST * table.fontMetrics().averageCharWidth()
    table.resize(1500, 300)
    table.leave_out((2,))
    assert table.isColumnHidden(2) and table.columnWidth(1) > 800


def test_a_large_selection_stays_whole_and_is_told_once(theme: Theme, qtbot: QtBot) -> None:
    model = Numbers(range(1000))
    table = table_of(model, theme, qtbot)
    table.selectAll()
    told: list[int] = []
    table.selectionModel().selectionChanged.connect(lambda *_: told.append(1))
    model.show([n for n in range(1000) if n % 3])
    assert table.selected_ids() == model.rows
    assert len(told) == 1


def test_of_more_rows_than_are_looked_for_again_none_stays_selected(theme: Theme, qtbot: QtBot) -> None:
    model = Numbers(range(MOST + 10))
    table = table_of(model, theme, qtbot)
    table.selectAll()
    assert len(table.selected_ids()) == MOST + 10
    model.show(range(MOST + 9))
    assert table.selected_ids() == []
