"""Pictures of the window by the program itself: the smoke test of an installed program, the README's screenshot."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.pages import PANES
from desktop.window import MainWindow

PATIENCE = 60_000  # milliseconds until a step counts as failed
CALM = 700  # milliseconds without a change before the picture is taken


def take(window: MainWindow, options: argparse.Namespace) -> int:
    """Open a library (the sample if none is named), go through the pages, save the picture; the exit code."""
    width, _, height = options.size.partition("x")
    window.resize(int(width), int(height))
    window.show()
    wanted, out = options.picture or (None, options.smoke)
    if wanted == "welcome":
        return _save(window, Path(out))
    known = [row.id for row in PANES]
    if wanted is not None and wanted not in known:
        print(f"there is no page {wanted}: {', '.join(known)} or welcome", file=sys.stderr)
        return 2
    if not _open(window, options.library):
        print(window.messages.words.text() or "the library did not open in time", file=sys.stderr)
        return 1
    for name in [wanted] if wanted else known:
        show(window, name)
        wait(CALM)
    return _save(window, Path(out))


def show(window: MainWindow, name: str) -> None:
    """A page with something on it."""
    pane = window.show_pane(name)
    demonstrate = getattr(pane, "demonstrate", None)
    if demonstrate is not None:
        wait(CALM)
        demonstrate()


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _open(window: MainWindow, library: Path | None) -> bool:
    loop = QEventLoop()
    window.library_opened.connect(loop.quit)
    window._asker.problem.connect(loop.quit)
    QTimer.singleShot(PATIENCE, loop.quit)
    window.open_library(library.resolve()) if library else window.open_sample()
    loop.exec()
    return window.library is not None


def _save(window: MainWindow, out: Path) -> int:
    wait(CALM)
    QApplication.sendPostedEvents()
    return 0 if window.grab().save(str(out)) else 1
