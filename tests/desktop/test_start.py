"""A start imports what its first page needs and nothing else: this holds what tests/bench/launch.py measures, untimed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import window as window_module
from desktop.panes.search import SearchPane
from desktop.window import MainWindow
from index.library import Library

ROOT = Path(__file__).resolve().parents[2]
# What costs a start time, and what asks for it: imported then, not before.
LATER = {
    "index.extract": "looking for statements, which an import does in processes of its own",
    "index.readers": "reading files, which an import does",
    "index.ingest": "an import, and the split rules' dialog",
    "index.actors": "merging actors and naming them by hand",
    "index.positions": "coding and the timeline",
    "index.positions.timeline": "the timeline",
    "index.plot": "the timeline in a file",
    "index.compare": "the page that compares",
    "index.utterances": "the page that compares",
    "index.export": "exports and citations",
    "pyqtgraph": "the timeline: as long as all of Qt",
    "rapidfuzz": "queries that are fuzzy or find nothing",
    "lxml": "reading files",
    "docx": "reading and writing files",
    "pypdfium2": "reading files",
    "trafilatura": "reading files",
    "dateparser": "reading files",
    "multiprocessing": "nothing: processes are started by name",
    "asyncio": "nothing",
    "logging.handlers": "the first entry of the log",
    "ssl": "nothing: the program goes nowhere",
}
PAGES = {
    "desktop.dialogs": "a dialog that was asked for",
    "desktop.pictures": "pictures of the window by itself",
    "desktop.panes.actors": "its page",
    "desktop.panes.compare": "its page",
    "desktop.panes.documents": "its page",
    "desktop.panes.issues": "its page",
    "desktop.panes.reader": "its page",
    "desktop.panes.timeline": "its page",
    "PySide6.QtPrintSupport": "printing",
}
ENGINE = {
    "index.library": "an open library",
    "index.store": "an open library",
    "sqlite3": "an open library",
    "index.search": "a search",
    "whoosh": "a search",
    "numpy": "a search",
}
QT = {"PySide6": "the window", "shiboken6": "the window"}
WINDOW = """
import json, sys
from PySide6.QtCore import QTimer
from desktop import app, window
from desktop.__main__ import arguments

class Watched(app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        self.looking = QTimer(self)
        self.looking.timeout.connect(self.look)
        self.looking.start(10)

    def look(self):
        pane = self.panes.get("search")
        front = self.stack.currentWidget()
        there = pane is not None and pane.model.rowCount() and pane.list.isVisible()
        if there or (front is not None and front is self.__dict__.get("welcome")):
            self.looking.stop()
            self.repaint()
            print(json.dumps({"modules": sorted(sys.modules), "rows": pane.model.rowCount() if pane else 0,
                              "welcome": "welcome" in self.__dict__}))
            self.close()

app.MainWindow = Watched
window.A_MOMENT = 60_000  # a slow machine doesn't bring the first page instead
sys.exit(app.run(arguments(sys.argv[1:])))
"""
COMMAND = """
import json, sys
from index.__main__ import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print()
print(json.dumps({"modules": sorted(sys.modules), "code": code}))
"""


def started(script: str, *arguments: str) -> dict[str, object]:
    """What a new process says of itself in its last line."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120,
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def too_early(told: dict[str, object], *tables: dict[str, str]) -> list[str]:
    """Which modules were loaded that something else asks for."""
    modules = told["modules"]
    assert isinstance(modules, list)
    assert "index" in modules
    return [
        f"{name}, which is for {reason}"
        for table in tables for name, reason in table.items()
        if any(module == name or module.startswith(f"{name}.") for module in modules)
    ]  # fmt: skip


@pytest.fixture
def folder(sample: Library) -> str:
    """A library with its search index made."""
    sample.search("")
    return str(sample.path)


def test_the_first_page_of_a_library_needs_only_searching(folder: str, tmp_path: Path) -> None:
    told = started(WINDOW, folder, "--profile", str(tmp_path / "profile"))
    assert told["rows"]
    assert told["welcome"] is False
    assert too_early(told, LATER, PAGES) == []


def test_the_welcome_page_needs_no_library(tmp_path: Path) -> None:
    told = started(WINDOW, "--welcome", "--profile", str(tmp_path / "profile"))
    assert told["welcome"] is True
    assert too_early(told, LATER, PAGES, ENGINE) == []


def test_the_engine_tells_its_version_without_an_engine() -> None:
    told = started(COMMAND, "--version")
    assert told["code"] == 0
    assert too_early(told, LATER, ENGINE, QT, {"index.model": "nouns", "platformdirs": "an open library"}) == []


def test_a_search_on_the_command_line_only_searches(folder: str) -> None:
    told = started(COMMAND, "search", folder, "treaty")
    assert told["code"] == 0
    assert too_early(told, LATER, QT, {"desktop": "the window"}) == []


def test_a_check_on_the_command_line_reads_no_file_and_looks_for_no_statement(folder: str) -> None:
    told = started(COMMAND, "check", folder)
    assert told["code"] == 0
    assert too_early(told, LATER, QT, {"desktop": "the window"}) == []


# --- what a start shows meanwhile ---


def test_a_library_that_does_not_open_leads_to_the_first_page_and_says_why(
    hidden_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    hidden_window.open_library(tmp_path / "nothing there")
    hidden_window.show()
    assert hidden_window.stack.currentWidget() is None
    qtbot.waitUntil(hidden_window.messages.isVisible)
    assert hidden_window.stack.currentWidget() is hidden_window.welcome
    assert hidden_window.welcome.isVisible()


def test_a_library_that_opens_slowly_is_announced(
    hidden_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_module, "A_MOMENT", 0)
    hidden_window._wait_for("Opening the archive …")
    hidden_window.show()
    qtbot.waitUntil(lambda: hidden_window.stack.currentWidget() is not None)
    assert hidden_window.welcome._waiting.text() == "Opening the archive …"


def test_a_library_that_opens_at_once_shows_no_first_page(
    hidden_window: MainWindow, sample: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_module, "A_MOMENT", 60_000)  # whatever else the processor has to do
    with qtbot.waitSignal(hidden_window.library_opened, timeout=30_000):
        hidden_window.open_library(sample.path)
        hidden_window.show()
    assert hidden_window.current_pane is hidden_window.panes["search"]
    assert hidden_window._awaited == ""  # what the first page would come for
    assert "welcome" not in hidden_window.__dict__


def test_one_can_type_a_query_before_the_first_answer(bare_window: MainWindow, sample: Library, qtbot: QtBot) -> None:
    bare_window.set_library(sample)
    pane = bare_window.panes["search"]
    assert isinstance(pane, SearchPane)
    assert pane.field.isVisible()
    assert bare_window.focusWidget() is pane.field
    qtbot.keyClicks(pane.field, "treaty")
    qtbot.waitUntil(lambda: pane._results is not None and pane._results.query == "treaty")
    assert pane.model.rowCount()
