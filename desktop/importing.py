"""An import that runs: one engine process, its progress in the status line, a result per file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from desktop import wording
from desktop.jobs import Job
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.wording import plural, tr
from index.model import Progress

TOLD_EVERY = 1500  # milliseconds between two notices that the library has grown
METADATA_NAMES = ("metadata.csv",)


class Importing(QWidget):
    """Hidden while nothing is imported. `rows` holds the results of the last import."""

    changed = Signal()  # the library has grown; not for each file
    finished = Signal(str, bool)  # a sentence, and whether files had problems
    stop_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Progress] = []
        self.paths: list[Path] = []  # what the last import was given
        self._job: Job | None = None
        self._total = 0
        self._began = 0.0
        self._grown = False
        self.words: QLabel = label()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(160)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the import"))
        self.halt = QToolButton()
        self.halt.setIcon(theme.icons("stop"))
        self.halt.setIconSize(QSize(16, 16))
        self.halt.setAccessibleName(tr("Stop the import"))
        self.halt.setToolTip(tr("Stop the import: what is in stays in, the rest is imported the next time"))
        self.halt.clicked.connect(self.stop_requested)
        self._timer = QTimer(self)
        self._timer.setInterval(TOLD_EVERY)
        self._timer.timeout.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(10)
        for part in (self.words, self.bar, self.halt):
            row.addWidget(part)
        self.hide()

    @property
    def running(self) -> bool:
        """True from start to end."""
        return self._job is not None

    def start(
        self, library: Path, paths: list[Path], metadata: Path | None = None, skip_duplicates: bool = False
    ) -> None:
        """Import files and folders. A single metadata.csv among them, or in the one folder, describes the others."""
        paths, metadata = _metadata_of(paths, metadata)
        arguments = ["import", str(library), *[str(path) for path in paths]]
        if metadata is not None:
            arguments += ["--metadata", str(metadata)]
        if skip_duplicates:
            arguments += ["--skip-duplicates"]
        self._start(arguments, paths)

    def look(self, library: Path, folders: list[Path]) -> None:
        """Import what is new or has changed in the watched folders."""
        self._start(["rescan", str(library)], folders)

    def path_of(self, name: str) -> Path | None:
        """The file of the last import that is called `name` in its results; None for one out of an archive."""
        names = [path / name if path.is_dir() else path for path in self.paths if path.is_dir() or path.name == name]
        return next((path for path in names if path.is_file()), None)

    def _start(self, arguments: list[str], paths: list[Path]) -> None:
        self.rows, self.paths = [], list(paths)
        self._total, self._began = 0, time.monotonic()
        self.bar.setRange(0, 0)
        self.words.setText(tr("Looking at the files …"))
        self.show()
        self._job = Job(self)
        self._job.line.connect(self._line)
        self._job.ended.connect(self._ended)
        self._timer.start()
        self._job.start([*arguments, "--stop-on-eof"])

    def stop(self) -> None:
        """Finish the current document, then stop."""
        if self._job is not None:
            self.words.setText(tr("Stopping …"))
            self._job.stop()

    def end(self) -> None:
        """Stop and wait: the library is being closed."""
        if self._job is not None:
            self._job.ended.disconnect(self._ended)
            self._job.end()
            self._job.deleteLater()
            self._job = None
            self._timer.stop()
            self.hide()

    def _line(self, line: dict[str, Any]) -> None:
        line = line | {"problem": line.get("code")}
        known = {key: line[key] for key in Progress.__dataclass_fields__ if line.get(key) is not None}
        if "file" not in known:
            return
        row = Progress(**known)
        self.rows.append(row)
        self._grown = True
        self._total = max(row.total, self._total)
        done = row.done or len(self.rows)
        if self._total:
            self.bar.setRange(0, self._total)
            self.bar.setValue(min(done, self._total))
            spent = time.monotonic() - self._began
            left = (
                f" · {wording.duration(spent / done * (self._total - done))}"
                if done >= 3 and done < self._total
                else ""
            )
            count = tr("{done} of {total}").format(done=wording.number(done), total=wording.number(self._total))
            self.words.setText(tr("Importing {count}").format(count=count) + left)
        else:
            self.words.setText(tr("Importing, {n} done").format(n=wording.number(done)))

    def _tell(self) -> None:
        if self._grown:
            self._grown = False
            self.changed.emit()

    def _ended(self, code: int, words: str) -> None:
        self._timer.stop()
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self.hide()
        trouble = code not in (0, 3) or any(row.problem for row in self.rows)
        if not self.rows and code not in (0, 3):
            self.finished.emit(words or tr("The import ended unexpectedly. The log has the details."), True)
        elif not self.rows and code == 0:
            self.finished.emit(tr("Nothing new was found."), False)
        else:
            self.finished.emit(summary(self.rows, stopped=code == 3, crashed=code == -1), trouble)


def summary(rows: list[Progress], stopped: bool = False, crashed: bool = False) -> str:
    """What became of the files, in a sentence."""
    count = {status: sum(row.status == status for row in rows) for status in wording.IMPORT_STATUSES}
    parts = [plural(count["added"], "document added", "documents added")]
    if count["duplicate"]:
        parts.append(tr("{n} already here").format(n=wording.number(count["duplicate"])))
    if count["skipped"]:
        parts.append(tr("{n} left out").format(n=wording.number(count["skipped"])))
    if count["failed"]:
        parts.append(tr("{n} could not be read").format(n=wording.number(count["failed"])))
    found = sum(row.statements for row in rows)
    undated = sum(row.status == "added" and not row.published for row in rows)
    text = ", ".join(parts) + ". " + plural(found, "statement found", "statements found")
    text += (", " + plural(undated, "document has no date.", "documents have no date.")) if undated else "."
    if crashed:
        return tr("The import ended unexpectedly.") + " " + text
    return (tr("Stopped.") + " " if stopped else "") + text


def _metadata_of(paths: list[Path], metadata: Path | None) -> tuple[list[Path], Path | None]:
    if metadata is not None:
        return [path for path in paths if path != metadata], metadata
    named = [path for path in paths if path.name.lower() in METADATA_NAMES]
    if not named and len(paths) == 1 and paths[0].is_dir():
        named = [paths[0] / name for name in METADATA_NAMES if (paths[0] / name).is_file()]
    if len(named) != 1:
        return paths, None
    return [path for path in paths if path != named[0]] or paths, named[0]
