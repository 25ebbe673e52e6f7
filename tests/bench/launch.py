"""What a start of the window costs until the first search results are on the screen, beside an empty window of Qt.

    QT_QPA_PLATFORM=offscreen python tests/bench/launch.py [--runs 5] [--library FOLDER]

CPU milliseconds of a new process from its first instruction on, children counted in, medians of the runs; both kinds of
process by turns. Without `--library` it is the sample library. Its index is there already, as at every start but the first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
COST = """
def cost():
    import resource
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime)
"""
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1280, 820)
window.show()
application.processEvents()
window.repaint()
print("painted", cost())
"""
OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from desktop.app import keep_log, make_application
from desktop.paths import profile_paths
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.window import MainWindow
profile, library = Path(sys.argv[1]), Path(sys.argv[2])
paths = profile_paths(profile)
keep_log(paths)
application = make_application()
settings = Settings(paths.settings)
window = MainWindow(paths, settings, Theme(settings))
window.resize(1280, 820)
window.show()
application.processEvents()
window.repaint()
print("painted", cost())
window.open_library(library)
asked = False
def look():
    global asked
    if window.library is not None and not asked:
        asked = True
        print("opened", cost())
        window.search("president OR treaty")
    pane = window.panes.get("search")
    if asked and pane is not None and pane.model.rowCount() and pane.list.isVisible():
        pane.repaint()
        print("results", cost())
        loop.quit()
loop = QEventLoop()
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
QTimer.singleShot(60_000, loop.quit)
loop.exec()
sys.stdout.flush()
window.close()
"""


def costs(script: str, *arguments: str) -> dict[str, float]:
    """What a new process says of itself: milliseconds of CPU by milestone."""
    command = [sys.executable, "-c", COST + script, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    pairs = [line.split() for line in done.stdout.splitlines() if len(line.split()) == 2]
    if not pairs:
        sys.exit(done.stderr)
    return {name: float(value) for name, value in pairs}


def main() -> None:
    """Print the milestones of both, and the ratio that counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--library", type=Path)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="launch-") as folder:
        os.environ["STANDPOINT_CACHE"] = str(Path(folder) / "cache")
        library = args.library or Path(folder) / "Sample"
        if args.library is None:
            sys.path.insert(0, str(ROOT))
            from index.library import Library

            Library.create_sample(library).close()
        empty, ours = [], []
        costs(OURS, folder, str(library.resolve()))
        for _ in range(args.runs):
            empty.append(costs(EMPTY))
            ours.append(costs(OURS, folder, str(library.resolve())))
    base = median(run["painted"] for run in empty)
    print(f"empty window painted: {base:.0f} ms")
    for name in ("painted", "opened", "results"):
        value = median(run[name] for run in ours)
        print(f"Standpoint, {name}: {value:.0f} ms = {value / base:.2f} x")


if __name__ == "__main__":
    main()
