"""Messages: a routine one goes by itself, but not from under somebody's hand; the others stay until they are closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.message_bar import MessageBar


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> MessageBar:
    made = MessageBar(theme)
    qtbot.addWidget(made)
    return made


def test_only_a_routine_message_goes_by_itself(bar: MessageBar) -> None:
    bar.say("Saved.")
    assert bar._timer.isActive()
    for level, stays in (("warning", False), ("problem", False), ("info", True)):
        bar.say("Look at this.", level, stays=stays)
        assert not bar._timer.isActive() and bar.isVisible()


def test_a_message_does_not_go_while_its_button_has_the_focus(bar: MessageBar, qtbot: QtBot) -> None:
    with qtbot.waitActive(bar, timeout=30_000):
        bar.say("Deleted.", "info", "Undo", lambda: None)
        bar.activateWindow()
    bar.button.setFocus()
    qtbot.waitUntil(bar.button.hasFocus)
    bar._timer.timeout.emit()
    assert bar.isVisible()
    bar.button.clearFocus()
    bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)  # wherever the mouse of this machine is
    bar._timer.timeout.emit()
    assert not bar.isVisible()


def test_the_report_of_an_import_comes_back_after_a_routine_message(bar: MessageBar) -> None:
    pressed: list[str] = []
    bar.say("9 could not be read.", "warning", "Show results", lambda: pressed.append("results"))
    bar.say("My search: 2 new hits")
    bar.say("1 statement confirmed.", "info", "Undo", lambda: pressed.append("undo"))
    bar.button.click()
    assert pressed == ["undo"] and bar.words.text() == "9 could not be read." and not bar._timer.isActive()
    bar.button.click()
    assert pressed == ["undo", "results"] and not bar.isVisible()
    bar.say("9 could not be read.", "warning")
    bar.say("No such file.", "problem")
    bar.shut.click()
    assert not bar.isVisible()
    bar.say("9 could not be read.", "warning")
    bar.clear()
    bar.say("Saved.")
    bar.shut.click()
    assert not bar.isVisible()


def test_a_screen_reader_hears_a_message(bar: MessageBar, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    bar.say("2 statements confirmed.")
    assert heard == ["2 statements confirmed."]
