"""Background work, two ways and no third: a Job is a process for long writes, an Asker a thread for short reads."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QRunnable, QThreadPool, QTimer, Signal

from index.problems import Problem

log = logging.getLogger(__name__)
PATIENCE = 3000  # milliseconds between asking a job to stop and ending it


def engine_command() -> list[str]:
    """How to start the engine: the console program beside a frozen window, else this Python with `-m index`."""
    if getattr(sys, "frozen", False):
        name = "standpoint-engine.exe" if os.name == "nt" else "standpoint-engine"
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", "index"]


class Job(QObject):
    """One run of the engine's command line. `line` is each JSON object it prints; `ended` its exit code and last words.

    `told` is what it says of its progress on the way, on its standard error: rows done, rows in all.

    Exit codes: 0 done, 1 done but with problems, 2 wrong usage, 3 stopped on request, -1 it crashed or was ended.
    """

    line = Signal(dict)
    ended = Signal(int, str)
    told = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._rest = b""
        self._heard = b""
        self._words = b""
        self._stopping = False
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._listen)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    def start(self, arguments: Sequence[str]) -> None:
        """Run `standpoint-engine ARGUMENTS --json`."""
        program, *before = engine_command()
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        if not getattr(sys, "frozen", False):
            root = str(Path(__file__).resolve().parent.parent)
            before_path = environment.value("PYTHONPATH")
            environment.insert("PYTHONPATH", root + (os.pathsep + before_path if before_path else ""))
        self._process.setProcessEnvironment(environment)
        self._process.start(program, [*before, *arguments, "--json"])

    @property
    def running(self) -> bool:
        """True until it has ended."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def stop(self) -> None:
        """Ask it to finish the current document and end; end it when it doesn't in time."""
        self._stopping = True
        self._process.closeWriteChannel()
        QTimer.singleShot(PATIENCE, self, self._lose_patience)

    def end(self) -> None:
        """Stop and wait: for the closing of the window."""
        if self.running:
            self._stopping = True
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(PATIENCE):
                self._process.kill()
                self._process.waitForFinished(1000)

    def _lose_patience(self) -> None:
        if self.running:
            self._process.kill()

    def _read(self) -> None:
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = self._rest.split(b"\n")
        for raw in lines:
            self._deliver(raw)

    def _deliver(self, raw: bytes) -> None:
        if not raw.strip():
            return
        try:
            value = json.loads(raw)
        except ValueError:
            log.warning("not JSON from the engine: %r", raw[:200])
            return
        self.line.emit(value if isinstance(value, dict) else {"values": value})

    def _listen(self) -> None:
        *lines, self._heard = (self._heard + bytes(self._process.readAllStandardError().data())).split(b"\n")
        for raw in lines:
            if raw.startswith(b'{"done": '):
                told = json.loads(raw)
                self.told.emit(told["done"], told["total"])
            else:
                self._words = (self._words + raw + b"\n")[-4000:]

    def _finished(self, code: int, how: QProcess.ExitStatus) -> None:
        self._read()
        self._listen()
        self._deliver(self._rest)
        self._rest = b""
        if how == QProcess.ExitStatus.CrashExit:
            code = 3 if self._stopping else -1
        words = (self._words + self._heard).decode("utf-8", "replace").strip().splitlines()
        self.ended.emit(code, words[-1] if words else "")

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit(-1, self._process.errorString())


class _Told(QObject):
    """Carries one answer into the GUI thread: it is made there, so its slots run there."""

    told = Signal(int, object, object)


class _Question(QRunnable):
    def __init__(self, turn: int, question: Callable[[], Any], told: _Told, latest: Callable[[], int]) -> None:
        super().__init__()
        self._turn, self._question, self._told, self._latest = turn, question, told, latest

    def run(self) -> None:
        if self._turn != self._latest():
            return
        answer, error = None, None
        try:
            answer = self._question()
        except Exception as raised:
            error = raised
        with suppress(RuntimeError):  # the window went away meanwhile
            self._told.told.emit(self._turn, answer, error)


class Asker(QObject):
    """Asks short questions in one thread of its own; only the answer to the latest question is delivered.

    `asker.ask(lambda: library.search(query), self._show)`: `_show(answer)` runs in the GUI thread, unless
    another question was asked meanwhile. A `Problem` is told by `problem`; any other exception goes to the log, too.
    """

    problem = Signal(str)
    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._turn = 0
        self._then: Callable[[Any], None] | None = None
        self._otherwise: Callable[[Exception], None] | None = None
        self._told = _Told(self)
        self._told.told.connect(self._deliver)

    def ask(
        self,
        question: Callable[[], Any],
        then: Callable[[Any], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask; earlier questions are forgotten. `otherwise` takes the exception instead of `problem`."""
        self._turn += 1
        self._then, self._otherwise = then, otherwise
        self._pool.clear()
        self.busy.emit(True)
        self._pool.start(_Question(self._turn, question, self._told, lambda: self._turn))

    def forget(self) -> None:
        """Whatever is being answered, don't tell."""
        self._turn += 1
        self._then = None

    def finish(self) -> None:
        """Forget, and wait for the thread to be idle: before the library is closed."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone(5000)

    def _deliver(self, turn: int, answer: Any, error: Exception | None) -> None:
        if turn != self._turn:
            return
        self.busy.emit(False)
        then, otherwise = self._then, self._otherwise
        if error is None:
            if then is not None:
                then(answer)
        elif otherwise is not None:
            otherwise(error)
        else:
            from desktop import wording

            if not isinstance(error, Problem):
                log.error("a question failed", exc_info=error)
            words = wording.problem(error) if isinstance(error, Problem) else wording.unexpected(error)
            self.problem.emit(words)
