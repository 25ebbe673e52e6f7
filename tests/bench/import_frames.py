"""How late frames of the window are while it imports: QT_QPA_PLATFORM=offscreen python tests/bench/import_frames.py

A tick is due 60 times a second on the thread of the window. How much later than that it comes is measured while the
window stands still and while it imports files (made here) with the search page in front, which asks again as the
library grows. Late is a tick that misses the next frame, more than 16.7 ms after it was due.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from import_speed import html, story, txt
from PySide6.QtCore import QEventLoop, Qt, QTimer

from desktop.app import make_application
from desktop.paths import profile_paths
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.window import MainWindow

FRAME = 1000 / 60


class Ticks:
    """Sixty times a second: how many milliseconds after it was due each tick came."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._due = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin anew."""
        self.late = []
        self._due = time.perf_counter() * 1000
        self._next()

    def stop(self) -> list[float]:
        """The lateness of all ticks since `start`."""
        self._timer.stop()
        return self.late

    def _tick(self) -> None:
        now = time.perf_counter() * 1000
        self.late.append(max(now - self._due, 0))
        self._due = max(self._due, now - FRAME)  # a frame that was missed is not missed again by the next
        self._next()

    def _next(self) -> None:
        self._due += FRAME
        self._timer.start(max(0, round(self._due - time.perf_counter() * 1000)))


def described(name: str, late: list[float]) -> str:
    """One line of the report."""
    ordered = sorted(late)
    parts = [f"p{p} {ordered[min(len(ordered) - 1, len(ordered) * p // 100)]:.1f}" for p in (50, 95, 99)]
    missed = sum(ms > FRAME for ms in late) / len(late)
    return f"{name}: {len(late)} frames, {'  '.join(parts)}  max {ordered[-1]:.1f} ms, {missed:.2%} late"


def main() -> None:
    """Print how late frames are at rest and during an import."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rest", type=float, default=10, help="seconds of rest (default: 10)")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="import-frames-") as folder:
        os.environ["STANDPOINT_CACHE"] = f"{folder}/cache"
        files = Path(folder) / "files"
        files.mkdir()
        for number in range(args.files):
            make, ending = ((txt, "txt"), (html, "html"))[number % 2]
            (files / f"{number}.{ending}").write_bytes(make(*story(number)))
        measure(Path(folder), files, args.rest)


def measure(folder: Path, files: Path, rest: float) -> None:
    """One window: at rest, then importing."""
    application = make_application()
    paths = profile_paths(folder / "profile")
    settings = Settings(paths.settings)
    window = MainWindow(paths, settings, Theme(settings))
    window.resize(1280, 820)
    window.show()
    loop = QEventLoop()
    window.library_opened.connect(loop.quit)
    window.open_sample()
    loop.exec()
    window.search("strait OR treaty")
    wait(loop, 3)
    ticks = Ticks()
    ticks.start()
    wait(loop, rest)
    print(described("at rest", ticks.stop()), flush=True)
    window.importing.finished.connect(loop.quit)
    ticks.start()
    window.import_paths([files])
    loop.exec()
    print(described("importing", ticks.stop()), flush=True)
    wait(loop, 1)
    assert window.library is not None
    print(f"documents now: {window.library.counts()['documents']}", flush=True)
    window.close()
    application.processEvents()


def wait(loop: QEventLoop, seconds: float) -> None:
    """Let the window live."""
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
