"""Tables and lists: what a key chooses is chosen alone, and whoever comes by a key sees where they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QStyledItemDelegate, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.tables import List, Table


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A window with a button, in front of what a test puts below it."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(QPushButton("before"))
    return made


def rows(view: QAbstractItemView) -> list[int]:
    return sorted(index.row() for index in view.selectionModel().selectedRows())


@pytest.fixture
def control_held(page: QWidget, qtbot: QtBot) -> Iterator[None]:
    """The Ctrl key is down, as it is while its shortcuts act."""
    with qtbot.waitExposed(page, timeout=30_000):
        page.show()
    QTest.keyPress(page.windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    yield
    QTest.keyRelease(page.windowHandle(), Qt.Key.Key_Control)


@pytest.mark.usefixtures("control_held")
def test_a_row_chosen_while_ctrl_is_held_is_chosen_alone(page: QWidget, theme: Theme) -> None:
    made = List("Letters", QStringListModel(["a", "b", "c"]), QStyledItemDelegate())
    page.layout().addWidget(made)  # type: ignore[union-attr]
    made.choose(0)
    made.choose(1)
    assert rows(made) == [1]
    model = QStandardItemModel()
    for letter in "abc":
        model.appendRow([QStandardItem(letter), QStandardItem("x")])
    table = Table("Letters", model, (0, 10), theme)
    page.layout().addWidget(table)  # type: ignore[union-attr]
    table.selectRow(2)
    table.selectRow(1)
    assert rows(table) == [1]


def test_a_list_that_gets_the_focus_by_a_key_selects_the_row_it_stands_on(page: QWidget, qtbot: QtBot) -> None:
    made = List("Letters", QStringListModel(["a", "b", "c"]), QStyledItemDelegate())
    page.layout().addWidget(made)  # type: ignore[union-attr]
    with qtbot.waitActive(page, timeout=30_000):
        page.show()
        page.activateWindow()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(made.hasFocus)
    assert rows(made) == [0]
    made.choose(2)
    page.findChildren(QPushButton)[0].setFocus()
    made.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert rows(made) == [2]
    QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=made.visualRect(made.model().index(1, 0)).center())
    assert rows(made) == [1]
