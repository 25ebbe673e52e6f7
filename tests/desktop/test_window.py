"""The real window, driven as a person drives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.dialogs.command_palette import CommandPalette
from desktop.dialogs.history import History
from desktop.pages import PANES
from desktop.panes.pane import Pane
from desktop.panes.search import SearchPane
from desktop.theme import Theme
from desktop.window import MainWindow
from index.library import Library

NAMES = [row.id for row in PANES]


def settle(qtbot: QtBot, pane: Pane) -> None:
    """Wait until the pane has shown what it asked for."""
    qtbot.wait(60)
    assert pane.asker._pool.waitForDone(30_000)
    qtbot.wait(60)


def colours(widget: QWidget) -> int:
    """How many colours a widget shows: a blank one has one or two."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in [root, *root.findChildren(QWidget)]:
        inner = isinstance(widget.parentWidget(), QAbstractScrollArea | QLineEdit)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(root) and not inner:
            yield widget


def test_without_a_library_the_window_offers_the_three_ways_to_begin(bare_window: MainWindow) -> None:
    assert bare_window.stack.currentWidget() is bare_window.welcome
    enabled = {name for name, action in bare_window.acts.items() if action.isEnabled()}
    assert {"library.new", "library.open", "library.sample", "palette", "help"} <= enabled
    assert not enabled & {"import.files", "undo", "export", "history", "pane.documents"}


def test_the_sample_opens_with_one_press(bare_window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bare_window.library_opened, timeout=30_000):
        bare_window.acts["library.sample"].trigger()
    assert bare_window.library is not None
    assert bare_window.library.counts()["statements"] >= 20
    assert bare_window.settings.recent() == [bare_window.library.path]
    assert "Sample" in bare_window.windowTitle()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_draws_itself_in_light_and_dark(window: MainWindow, qtbot: QtBot, name: str, look: str) -> None:
    window.theme.wear(look)
    pane = window.show_pane(name)
    settle(qtbot, pane)
    assert colours(pane) > 12
    assert pane.grab().toImage().pixelColor(3, 3).lightnessF() < 0.4 if look == "dark" else True


@pytest.mark.parametrize("name", NAMES)
def test_every_page_without_anything_to_show_says_so_and_offers_an_act(
    bare_window: MainWindow, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    bare_window.set_library(Library.create(tmp_path / "empty"))
    pane = bare_window.show_pane(name)
    settle(qtbot, pane)
    empty = pane._empty
    if not empty.isVisible():  # a page to write on is not empty
        assert any(field.isVisible() and not field.isReadOnly() for field in pane.findChildren(QLineEdit))
        return
    needed = empty.sentence.heightForWidth(empty.sentence.width())
    assert empty.sentence.height() >= needed
    assert len(empty.heading.text()) > 4
    assert len(empty.sentence.text()) > 10
    assert empty.button.isVisible()
    assert empty.button.isEnabled()
    assert empty.button.accessibleName()


@pytest.mark.parametrize("name", NAMES)
def test_every_widget_that_takes_the_focus_has_a_name_for_screen_readers(
    window: MainWindow, qtbot: QtBot, name: str
) -> None:
    settle(qtbot, window.show_pane(name))
    nameless = []
    for widget in focusable(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}")
    assert nameless == []


def test_control_and_a_digit_go_to_a_page(window: MainWindow, qtbot: QtBot) -> None:
    for place, row in enumerate(PANES):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{place + 1}"), Qt.KeyboardModifier.ControlModifier)
        assert window.current_pane is window.panes[row.id]
        assert window.rail._buttons[row.id].isChecked()


def test_f6_goes_round_all_parts_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot, window.show_pane("documents"))
    window.activateWindow()
    seen = []
    for _ in range(12):
        window.run("go.part")
        seen.append(QApplication.focusWidget())
    assert None not in seen
    assert len(set(seen)) >= 5
    assert seen[0] in seen[1:]


def test_back_and_forward_follow_what_was_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.show_pane("documents")
    window.show_pane("actors")
    window.run("go.back")
    assert window.current_pane is window.panes["documents"]
    window.run("go.forward")
    assert window.current_pane is window.panes["actors"]


def test_going_back_to_a_page_whose_focused_part_is_gone_is_no_error(window: MainWindow, qtbot: QtBot) -> None:
    pane = window.show_pane("search")
    assert isinstance(pane, SearchPane)
    qtbot.waitUntil(lambda: pane.model.total > 50)
    values = pane.filters.lists["actor"]
    values.setCurrentIndex(values.values.index(0))
    qtbot.keyClick(values, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: pane.strip.isVisible() and bool(pane.filters.values))
    chip = pane.strip.findChild(QToolButton)
    assert chip is not None
    chip.setFocus()
    window.show_pane("documents")
    pane.filters._clear()
    qtbot.waitUntil(lambda: not isValid(chip))
    window.run("go.back")
    assert window.current_pane is pane


def test_the_palette_finds_an_action_by_three_letters_and_enter_does_it(window: MainWindow, qtbot: QtBot) -> None:
    window.show_pane("reader")
    window.run("palette")
    palette = window.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.field, "docum")
    assert palette.model.shown[0].objectName() == "pane.documents"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.current_pane is window.panes["documents"]


def test_every_action_that_can_be_done_is_in_the_palette(window: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot, window.show_pane("reader"))
    window.run("palette")
    palette = window.findChild(CommandPalette)
    assert palette is not None
    shown = {action.objectName() for action in palette.model.shown}
    assert shown == {name for name, action in window.acts.items() if action.isEnabled() and action.text()} - {"palette"}
    palette.close()


def test_undo_and_redo_say_what_they_do(window: MainWindow, sample: Library, qtbot: QtBot) -> None:
    ids = sample.statement_ids()[:3]
    sample.confirm_statements(ids)
    assert "Confirm" in window.acts["undo"].text()
    window.run("undo")
    assert {s.status for s in sample.statements(ids)} == {"found"}
    assert window.messages.isVisible()
    assert "Confirm" in window.messages.words.text()
    window.run("redo")
    assert {s.status for s in sample.statements(ids)} == {"confirmed"}


def test_the_message_about_a_change_takes_it_back(window: MainWindow, sample: Library, qtbot: QtBot) -> None:
    pane = window.show_pane("documents")
    settle(qtbot, pane)
    before = sample.counts()["documents"]
    window.run("document.delete")
    assert sample.counts()["documents"] == before - 1
    assert not [w for w in QApplication.topLevelWidgets() if w.isModal() and w.isVisible()]
    qtbot.mouseClick(window.messages.button, Qt.MouseButton.LeftButton)
    assert sample.counts()["documents"] == before


def test_the_history_leads_back_to_any_point(window: MainWindow, sample: Library, qtbot: QtBot) -> None:
    first, second, third = sample.statement_ids()[:3]
    for one in (first, second, third):
        sample.confirm_statements([one])
    window.run("history")
    history = window.findChild(History)
    assert history is not None
    newest = sample.statement(third)
    qtbot.waitUntil(lambda: history.details.toPlainText().startswith(f"{newest.label} “"))  # the newest is chosen
    assert history.details.toPlainText().endswith("Status: Found → Confirmed")
    history.table.selectRow(1)
    qtbot.waitUntil(lambda: history.details.toPlainText().startswith(f"{sample.statement(second).label} “"))
    qtbot.mouseClick(history.back, Qt.MouseButton.LeftButton)
    assert [s.status for s in sample.statements([first, second, third])] == ["confirmed", "found", "found"]
    assert [entry.state for entry in history.model.rows][:3] == ["undone", "undone", "done"]
    history.close()


def test_a_library_dropped_on_the_window_is_opened(bare_window: MainWindow, library: Library, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(library.path))])
    with qtbot.waitSignal(bare_window.library_opened, timeout=30_000):
        bare_window.dropEvent(
            QDropEvent(
                QPoint(200, 200),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
    assert bare_window.library is not None
    assert bare_window.library.name == "River treaty"


def test_a_folder_that_is_no_library_is_said_inline_and_nothing_is_lost(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    before = window.library
    window.open_library(tmp_path)
    qtbot.waitUntil(window.messages.isVisible)
    assert "no Standpoint library" in window.messages.words.text()
    assert window.library is before


def test_the_session_comes_back(window: MainWindow, sample: Library, qtbot: QtBot) -> None:
    reader = window.show_pane("reader")
    settle(qtbot, reader)
    wanted = sample.statement_ids()[40]
    window.show_statement(wanted)
    settle(qtbot, reader)
    path = sample.path
    window.close_library()
    assert window.current_pane is None
    with qtbot.waitSignal(window.library_opened, timeout=30_000):
        window.open_library(path)
    again = window.current_pane
    assert again is reader
    settle(qtbot, reader)
    assert reader.selected_statements() == [wanted]
    window.close_library()


def test_the_session_survives_a_killed_program(window: MainWindow, sample: Library, qtbot: QtBot) -> None:
    from desktop.settings import Settings

    settle(qtbot, window.show_pane("actors"))
    window._save_session()
    kept = Settings(window.paths.settings)
    assert kept.session(sample.id)["pane"] == "actors"
    assert kept.recent()[0] == sample.path


def test_the_theme_and_the_size_change_while_the_window_is_open(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    window.run("view.theme")
    assert theme.is_dark
    assert window.grab().toImage().pixelColor(300, 300).lightnessF() < 0.4
    before = theme.font().pointSizeF()
    window.run("view.larger")
    assert theme.font().pointSizeF() > before
    window.run("view.smaller")
    window.run("view.theme")
    assert not theme.is_dark


def test_an_unexpected_error_is_said_with_the_way_to_the_log(window: MainWindow) -> None:
    from desktop import wording

    window.say_unexpected(wording.unexpected(KeyError("x")))
    assert "KeyError" in window.messages.words.text()
    assert window.messages.button.text() == "Show the log"


def test_pyqtgraph_is_not_loaded_before_the_timeline_is_shown() -> None:
    import subprocess
    import sys

    code = "import sys, desktop.app; print([m for m in ('pyqtgraph', 'numpy', 'whoosh', 'lxml') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout.strip() == "[]"


def test_the_document_of_a_statement_is_shown_in_the_list(window: MainWindow, sample: Library, qtbot: QtBot) -> None:
    statement = sample.statement(sample.statement_ids()[60])
    window.show_statement(statement.id)
    qtbot.waitUntil(lambda: window.panes["reader"].selected_statements() == [statement.id])
    window.run("document.list")
    documents = window.panes["documents"]
    assert window.current_pane is documents
    qtbot.waitUntil(lambda: documents.selected_documents() == [statement.document_id])


def test_the_first_page_has_the_focus_when_a_library_opens(bare_window: MainWindow, sample: Library) -> None:
    bare_window.set_library(sample)
    pane = bare_window.current_pane
    assert pane is not None and pane.home().hasFocus()


def test_a_changed_library_is_backed_up_by_itself_and_failing_is_said_once(
    bare_window: MainWindow, library: Library, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare_window.set_library(library)
    assert bare_window._backups.isActive()
    bare_window._backups.timeout.emit()
    qtbot.waitUntil(lambda: len(library.backups()) == 1)
    assert library.backups()[0].reason == "automatic"
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "file"))
    bare_window._backups.timeout.emit()
    qtbot.waitUntil(lambda: "cannot be written" in bare_window.messages.words.text())
    assert not bare_window._backups.isActive()
    bare_window.close_library()
    assert not bare_window._backups.isActive()


def test_the_window_s_keys_act_while_the_search_box_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    """On X11 a field takes Ctrl+E for the end of the line, and Ctrl+K for deleting what is behind the cursor."""
    pane = window.show_pane("search")
    assert isinstance(pane, SearchPane)
    with qtbot.waitActive(window, timeout=30_000):
        window.activateWindow()
    pane.field.setFocus()
    qtbot.waitUntil(pane.field.hasFocus)
    pane.field.setText("treaty")
    pane.field.home(False)
    done: list[str] = []
    for name in ("export", "statement.correct"):
        window.acts[name].triggered.disconnect()
        window.acts[name].triggered.connect(lambda _=False, name=name: done.append(name))
        window.acts[name].setEnabled(True)
    for key in (Qt.Key.Key_E, Qt.Key.Key_K):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
        assert window.eventFilter(pane.field, event) and not event.isAccepted()  # whatever the system's keys are
        QTest.keyClick(window.windowHandle(), key, Qt.KeyboardModifier.ControlModifier)
    assert done == ["export", "statement.correct"]
    assert pane.field.text() == "treaty"


def test_a_message_moves_nothing_that_somebody_points_at(window: MainWindow, qtbot: QtBot) -> None:
    pane = window.show_pane("documents")
    window.messages.clear()
    assert window.stack.contentsMargins().bottom() == 0
    before, foot = pane.mapToGlobal(pane.rect().topLeft()), window.stack.geometry().bottom()
    window.say("Copied.")
    QCoreApplication.sendPostedEvents()
    assert window.messages.isVisible() and window.messages.geometry().bottom() == foot
    assert pane.mapToGlobal(pane.rect().topLeft()) == before and pane.height() == window.stack.height()
    window.say_problem("No such file. " * 60)  # it stays: nothing is hidden below it
    QCoreApplication.sendPostedEvents()
    room = window.messages.height()
    assert room > 2 * window.fontMetrics().height() and pane.height() == window.stack.height() - room
    window.resize(window.width() + 120, window.height() + 40)
    qtbot.waitUntil(lambda: window.messages.geometry().bottomRight() == window.stack.geometry().bottomRight())
    window.messages.shut.click()
    QCoreApplication.sendPostedEvents()
    assert not window.messages.isVisible() and pane.height() == window.stack.height()


def test_the_button_of_a_message_is_reached_by_the_key_that_goes_through_the_parts(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.say("Added to the comparison.", "pane.compare")
    reached = set()
    for _ in range(12):
        window.run("go.part")
        reached.add(window.focusWidget())
    assert window.messages.button in reached


@pytest.mark.parametrize("name", ["search", "documents", "actors", "timeline", "compare", "reader"])
def test_nothing_can_be_done_to_the_rows_of_another_library(
    window: MainWindow, sample: Library, library: Library, qtbot: QtBot, name: str
) -> None:
    if name == "compare":
        window.compare(sample.statement_ids()[:2])
    if name == "search":
        window.search("treaty")
    pane = window.show_pane(name)
    qtbot.waitUntil(lambda: bool(pane.selected_statements() or pane.selected_documents() or pane.shown_statements()))
    window.set_library(library)  # whose answers are not there yet: they arrive by an event
    assert (pane.selected_statements(), pane.selected_documents(), pane.shown_statements()) == ([], [], None)
    assert not {"print", "document.delete", "statement.confirm", "actor.rename"} & set(pane.commands())
