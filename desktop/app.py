"""The application around the window: one instance, a log, a look, and what happens when something unexpected does."""

from __future__ import annotations

import argparse
import faulthandler
import json
import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QLockFile, QMessageLogContext, QSocketNotifier, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop import wording
from desktop.collecting import Collector
from desktop.icons import ICONS
from desktop.paths import Paths, profile_paths, user_paths
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.window import MainWindow
from index.problems import Problem

log = logging.getLogger("desktop")
STARTS = 60.0  # seconds until an instance that has begun listens, on a busy machine
HARMLESS = ("This plugin does not support propagateSizeHints",)
_fault_file: IO[str] | None = None


def run(options: argparse.Namespace) -> int:
    """Start, show the window (or take the picture that is asked for), and run until it is closed."""
    picture = options.smoke is not None or options.picture is not None
    throwaway = None
    if picture and not options.profile:
        from tempfile import TemporaryDirectory

        throwaway = TemporaryDirectory(prefix="standpoint-")
    folder = options.profile or (Path(throwaway.name) if throwaway else None)
    paths = profile_paths(folder) if folder else user_paths()
    if options.profile:
        keep_apart(options.profile)
    keep_log(paths)
    application = make_application()
    lock = None if picture else first_lock(paths, options)
    if lock is None and not picture:
        return 0
    collector = Collector()
    settings = Settings(paths.settings)
    theme = Theme(settings)
    if options.theme:
        theme.wear(options.theme)
    window = MainWindow(paths, settings, theme)
    watch_for_bugs(window)
    try:
        if picture:
            from desktop.pictures import take

            return take(window, options)
        end_on_signals(application)  # before there is a socket that a sudden end would leave behind
        server = listen(paths, window, lock)
        open_first(window, options)  # in a thread, while the window is painted
        window.show()
        code = application.exec()
        server.close()
        return code
    finally:
        collector.stop()
        window.close()
        window.deleteLater()
        application.processEvents() if picture else None
        if throwaway is not None:
            logging.shutdown()
            throwaway.cleanup()


def keep_apart(profile: Path) -> None:
    """A profile of its own, on a stick perhaps, leaves no index and no backup with those of the user."""
    for name, part in (("STANDPOINT_DATA", "data"), ("STANDPOINT_CACHE", "cache")):
        os.environ.setdefault(name, str(profile.resolve() / part))


def make_application() -> QApplication:
    """The QApplication, the only one."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        application = QApplication(sys.argv[:1])
    if application.property("dressed"):
        return application
    application.setProperty("dressed", True)
    application.setApplicationName("standpoint")
    application.setApplicationDisplayName("Standpoint")
    application.setDesktopFileName("org.standpoint.Standpoint")
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setWindowIcon(QIcon(str(ICONS / "app" / "standpoint.svg")))
    return application


def open_first(window: MainWindow, options: argparse.Namespace) -> None:
    """The library that was asked for, else the last one, else the sample where none was ever opened."""
    recent = window.settings.recent()
    if options.library is not None:
        window.open_library(options.library.resolve())
    elif options.welcome:
        return
    elif not recent:
        window.open_sample()
    elif window.settings["restore"] and (recent[0] / "library.standpoint").exists():
        window.open_library(recent[0])


def end_on_signals(application: QApplication) -> None:
    """The end of a session, `kill` and Ctrl+C end the program as closing its window does."""
    if os.name == "nt":
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    # Python's own handlers wait until Python runs, which may be never in a quiet event loop; this wakes the loop.
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, application)
    notifier.activated.connect(lambda: (notifier.setEnabled(False), application.exit(0)))


# --- one instance ---


def hand_over(paths: Paths, options: argparse.Namespace) -> bool:
    """Give the arguments to the instance that runs already; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(paths.server)
    if not socket.waitForConnected(300):
        return False
    wish = {"version": 1, "library": str(options.library.resolve()) if options.library else ""}
    socket.write(json.dumps(wish).encode() + b"\n")
    return socket.waitForBytesWritten(1000)


def first_lock(paths: Paths, options: argparse.Namespace) -> QLockFile | None:
    """The lock that the instance holds which others hand their arguments to; None where one has been given them.

    Of several that are started at once one gets the lock, and the others wait until it listens. One that has it and
    never listens is waited for no longer than `STARTS` seconds: a second window is better than none.
    """
    with suppress(OSError):
        paths.settings.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(paths.settings.with_suffix(".lock")))
    patience = time.monotonic() + STARTS
    while not hand_over(paths, options):
        if lock.tryLock(0) or lock.error() != QLockFile.LockError.LockFailedError or time.monotonic() > patience:
            return lock
        time.sleep(0.1)
    return None


def listen(paths: Paths, window: MainWindow, lock: QLockFile | None = None) -> QLocalServer:
    """Take the arguments of later instances."""
    lock = lock or QLockFile(str(paths.settings.with_suffix(".lock")))
    server = QLocalServer(window)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    if lock.isLocked() or lock.tryLock(0):  # whoever holds the lock may clear away what a crashed instance left
        QLocalServer.removeServer(paths.server)
    server.lock = lock  # type: ignore[attr-defined]  # held as long as the server lives
    server.listen(paths.server)

    def take() -> None:
        socket = server.nextPendingConnection()
        socket.readyRead.connect(lambda: _obey(socket, window))
        socket.disconnected.connect(socket.deleteLater)

    server.newConnection.connect(take)
    return server


def _obey(socket: QLocalSocket, window: MainWindow) -> None:
    if not socket.canReadLine():
        return
    try:
        wish = json.loads(bytes(socket.readLine(65536).data()))
    except ValueError:
        return
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    if isinstance(wish, dict) and isinstance(wish.get("library"), str) and wish["library"]:
        window.open_library(Path(wish["library"]))


# --- the log ---


class Log(logging.Handler):
    """The log's file, opened when there is something to say: most runs have nothing, and the means of it load slowly."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
            )
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def keep_log(paths: Paths) -> None:
    """Warnings and errors go to a file of bounded size; a crash of the interpreter leaves its stacks beside it."""
    global _fault_file
    paths.logs.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger()
    root.addHandler(Log(paths.log))
    root.setLevel(logging.INFO)
    _fault_file = (paths.logs / "crash.log").open("a", encoding="utf-8")
    faulthandler.enable(_fault_file)
    qInstallMessageHandler(_qt_says)


def _qt_says(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    if any(part in words for part in HARMLESS):
        return
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    logging.getLogger("qt").log(level.get(kind, logging.ERROR), "%s", words)
    if sys.stderr is not None and kind not in level:
        print(words, file=sys.stderr)


def watch_for_bugs(window: MainWindow) -> None:
    """An unexpected exception goes to the log and is said in the window; the window goes on. What befell the library or
    a drive in the middle of an act (see `Pane.edit`) is said in words."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, Problem):
            words = wording.problem(error)
            QTimer.singleShot(0, window, lambda: window.say_problem(words))
            return
        log.critical("unexpected", exc_info=(kind, error, trace))
        QTimer.singleShot(0, window, lambda: window.say_unexpected(wording.unexpected(error)))

    sys.excepthook = tell

    def tell_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            log.critical("unexpected in a thread", exc_info=arguments.exc_value)

    threading.excepthook = tell_thread
