"""What can always be done: looks, settings, help, going from part to part of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from desktop.window import MainWindow

SIZES = (75, 85, 100, 115, 130, 150, 175, 200)


def commands(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Action ids and functions."""
    return {
        "settings": lambda: _settings(window),
        "quit": window.close,
        "palette": lambda: _palette(window),
        "help": lambda: _help(window),
        "help.keys": lambda: _keys(window),
        "help.log": lambda: show_log(window),
        "about": lambda: _about(window),
        "view.theme": lambda: _toggle_theme(window),
        "view.larger": lambda: _resize_text(window, 1),
        "view.smaller": lambda: _resize_text(window, -1),
        "view.full": lambda: window.showNormal() if window.isFullScreen() else window.showFullScreen(),
        "go.part": lambda: _go_part(window, 1),
        "go.part.back": lambda: _go_part(window, -1),
    }


def _palette(window: MainWindow) -> None:
    from desktop.dialogs.command_palette import CommandPalette

    CommandPalette([action for action in window.acts.values() if action.isEnabled()], window.theme, window).open()


def _settings(window: MainWindow) -> None:
    from desktop.dialogs.settings_dialog import SettingsDialog

    SettingsDialog(window.settings, window.theme, window).open()


def _help(window: MainWindow) -> None:
    from desktop.dialogs.help_viewer import HelpViewer

    HelpViewer.show_page(window.current_pane.help_page if window.current_pane else "index", window.theme, window)


def _keys(window: MainWindow) -> None:
    from desktop.dialogs.keys import Keys

    Keys(window.acts, window.theme, window).show()


def _about(window: MainWindow) -> None:
    from desktop.dialogs.about import About

    About(window.theme, window.paths, window).open()


def show_log(window: MainWindow) -> None:
    """Open the log in the program that the system uses for text."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(window.paths.log)))


def _toggle_theme(window: MainWindow) -> None:
    window.settings["theme"] = "light" if window.theme.is_dark else "dark"
    window.theme.refresh()


def _resize_text(window: MainWindow, step: int) -> None:
    now = window.settings["text_size"]
    place = min(range(len(SIZES)), key=lambda n: abs(SIZES[n] - now))
    size = SIZES[max(0, min(len(SIZES) - 1, place + step))]
    window.settings["text_size"] = window.settings["reading_size"] = size
    window.theme.refresh()


def _go_part(window: MainWindow, step: int) -> None:
    """Give the focus to the next part of the window that can take it."""
    pane = window.current_pane
    parts: list[QWidget] = [window.rail, *(pane.parts() if pane else [window.welcome]), window.messages, window.status]
    focus = QApplication.focusWidget()
    holding = [n for n, part in enumerate(parts) if focus is not None and (part is focus or part.isAncestorOf(focus))]
    here = holding[0] if holding else -1
    for distance in range(1, len(parts) + 1):
        part = parts[(here + step * distance) % len(parts)]
        target = part if part.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_focusable(part)
        if target is not None and target.isVisible():
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _first_focusable(part: QWidget) -> QWidget | None:
    for child in part.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(part) and child.isEnabled():
            return child
    return None
