"""A page that has nothing to show says so; one that doesn't know yet stays blank."""

from __future__ import annotations

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.empty import EmptyState


def test_before_anything_is_said_there_is_no_button(theme: Theme, qtbot: QtBot) -> None:
    empty = EmptyState(theme)
    qtbot.addWidget(empty)
    empty.show()
    assert not empty.button.isVisible()
    empty.say("search", "Nothing is here", "There is nothing to search yet.", QAction("Import", empty))
    assert empty.button.isVisible()
    assert empty.button.text() == "Import"
    empty.say("search", "Nothing is here", "And nothing can be done.")
    assert not empty.button.isVisible()
