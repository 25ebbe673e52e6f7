"""The program from outside: it starts, draws, prints nothing unexpected, and there is one of it."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.__main__ import arguments
from desktop.panes.documents import DocumentsPane
from desktop.paths import profile_paths
from desktop.window import MainWindow
from index.library import Library
from index.problems import Problem

ROOT = Path(__file__).resolve().parents[2]


def run(*given: str, timeout: int = 110) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-m", "desktop", *given], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=timeout,
        check=False,
    )  # fmt: skip


def test_the_smoke_test_goes_through_all_pages_and_prints_nothing(tmp_path: Path) -> None:
    found = run("--smoke", str(tmp_path / "out.png"))
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    picture = QImage(str(tmp_path / "out.png"))
    assert picture.width() == 1280
    assert len({picture.pixel(x, y) for x in range(0, 1280, 7) for y in range(0, 820, 7)}) > 12


def test_a_picture_of_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert run("--picture", "nowhere", str(tmp_path / "out.png")).returncode == 2


def test_wrong_usage_is_said_in_a_line() -> None:
    found = run("--no-such-option")
    assert found.returncode == 2
    assert "Traceback" not in found.stderr


def test_a_second_start_hands_its_library_to_the_first(bare_window: MainWindow, library: Library, qtbot: QtBot) -> None:
    server = app.listen(bare_window.paths, bare_window)
    assert server.isListening()
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; QCoreApplication([]);"
        "from desktop import app; from desktop.__main__ import arguments; from desktop.paths import profile_paths;"
        "print(app.hand_over(profile_paths(Path(sys.argv[1])), arguments([sys.argv[2]])))"
    )
    second = subprocess.Popen(
        [sys.executable, "-c", code, str(bare_window.paths.settings.parent), str(library.path)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    with qtbot.waitSignal(bare_window.library_opened, timeout=60_000):
        pass
    assert second.communicate(timeout=60)[0].strip() == "True"
    assert bare_window.library is not None
    assert bare_window.library.name == "River treaty"
    server.close()


def test_a_start_while_the_first_is_not_ready_yet_waits_for_it(bare_window: MainWindow, qtbot: QtBot) -> None:
    lock = app.first_lock(bare_window.paths, arguments([]))
    assert lock is not None and lock.isLocked()
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; QCoreApplication([]);"
        "from desktop import app; from desktop.__main__ import arguments; from desktop.paths import profile_paths;"
        "ask = app.hand_over; app.hand_over = lambda *given: [ask(*given), print('asked', flush=True)][0];"
        "print(app.first_lock(profile_paths(Path(sys.argv[1])), arguments([])))"
    )
    second = subprocess.Popen(
        [sys.executable, "-c", code, str(bare_window.paths.settings.parent)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert second.stdout is not None and second.stdout.readline() == "asked\n"
    server = app.listen(bare_window.paths, bare_window, lock)
    assert second.communicate(timeout=60)[0].splitlines()[-1] == "None"
    server.close()


def test_rubbish_on_the_socket_does_nothing(bare_window: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtNetwork import QLocalSocket

    server = app.listen(bare_window.paths, bare_window)
    socket = QLocalSocket()
    socket.connectToServer(bare_window.paths.server)
    assert socket.waitForConnected(30_000)
    socket.write(b'{"library": 7}\n')
    socket.waitForBytesWritten(30_000)
    qtbot.wait(100)
    assert bare_window.library is None
    server.close()


def test_without_a_first_one_there_is_nobody_to_hand_over_to(tmp_path: Path, qapp: object) -> None:
    assert not app.hand_over(profile_paths(tmp_path), arguments([]))


def test_the_log_is_written_and_names_the_error(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    level = root.level
    try:
        app.keep_log(profile_paths(tmp_path))
        logging.getLogger("desktop").error("something odd")
        assert "something odd" in profile_paths(tmp_path).log.read_text("utf-8")
    finally:
        app.qInstallMessageHandler(None)
        app.faulthandler.disable()
        for handler in root.handlers[:]:
            if handler not in before:
                root.removeHandler(handler)
                handler.close()
        root.setLevel(level)
        assert app._fault_file is not None
        app._fault_file.close()


def test_the_first_start_opens_the_sample_and_later_ones_the_last_library(
    bare_window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    nothing = argparse.Namespace(library=None, welcome=False)
    bare_window.settings.add_recent(library.path)
    with qtbot.waitSignal(bare_window.library_opened, timeout=60_000):
        app.open_first(bare_window, nothing)
    assert bare_window.library is not None
    assert bare_window.library.path == library.path
    bare_window.close_library()
    app.open_first(bare_window, argparse.Namespace(library=None, welcome=True))
    qtbot.wait(100)
    assert bare_window.library is None


@pytest.mark.skipif(os.name == "nt", reason="Windows ends programs in another way")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_end_of_a_session_ends_the_program_as_closing_its_window_does(tmp_path: Path, number: int) -> None:
    command = [sys.executable, "-m", "desktop", "--welcome", "--profile", str(tmp_path)]
    socket = Path(tempfile.gettempdir()) / profile_paths(tmp_path).server
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as program:
        until = time.monotonic() + 60
        while not socket.exists() and time.monotonic() < until:
            time.sleep(0.05)
        program.send_signal(number)
        told, _ = program.communicate(timeout=60)
    assert (program.returncode, told) == (0, b"")
    assert not socket.exists()


def test_a_profile_of_its_own_keeps_index_and_backups_to_itself(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STANDPOINT_DATA", "STANDPOINT_CACHE"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    app.keep_apart(tmp_path / "stick")
    assert library.back_up().is_relative_to(tmp_path / "stick" / "data")
    monkeypatch.setenv("STANDPOINT_CACHE", "elsewhere")
    app.keep_apart(tmp_path / "stick")
    assert os.environ["STANDPOINT_CACHE"] == "elsewhere"


def test_a_log_that_cannot_be_opened_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)  # as in a program without a console
    (tmp_path / "standpoint.log").mkdir()
    log = app.Log(tmp_path / "standpoint.log")
    log.handle(logging.LogRecord("desktop", logging.ERROR, "app.py", 1, "something odd", (), None))
    (tmp_path / "standpoint.log").rmdir()
    log.handle(logging.LogRecord("desktop", logging.ERROR, "app.py", 1, "something else", (), None))
    log.close()
    assert "something else" in (tmp_path / "standpoint.log").read_text("utf-8")


def test_an_act_that_cannot_begin_is_told_in_words(
    bare_window: MainWindow, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program writes to the library as long as it likes."""
    for name in ("sys.excepthook", "threading.excepthook"):
        monkeypatch.setattr(name, None)
    app.watch_for_bugs(bare_window)
    library.store.busy_seconds = 0.0
    library.store.connection().execute("PRAGMA busy_timeout=0")
    bare_window.set_library(library)
    pane = bare_window.show_pane("documents")
    assert isinstance(pane, DocumentsPane)
    qtbot.waitUntil(lambda: len(pane.table_model.ids) == 2)
    pane.table.selectAll()
    with Library.open(library.path) as other, other.store.transaction():
        try:
            bare_window.run("document.delete")
        except Problem as problem:
            sys.excepthook(Problem, problem, None)
    qtbot.waitUntil(lambda: "in use by another program" in bare_window.messages.words.text())
    assert library.counts()["documents"] == 2
