"""What a start of the window costs until the first search results are on the screen, beside an empty window of Qt.

    QT_QPA_PLATFORM=offscreen python tests/bench/launch.py [--runs 5] [--library FOLDER] [--beside CHECKOUT]

Milliseconds of processor time of a new process from its first instruction on, children counted in, medians of the runs;
all kinds of process by turns. It is the program's own start, `python -m desktop LIBRARY`, that is watched. Without
`--library` it is the sample library. Its index is there already, and so is the bytecode, as at every start but the first.
`--beside` measures another checkout (what was there before a change) in the same run.
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
import desktop.__main__ as program

def watch(window):
    from PySide6.QtCore import QTimer
    reached = []
    def reach(name):
        print(name, cost())
        reached.append(name)
    def look():
        pane = window.panes.get("search")
        if not reached:
            window.repaint()
            reach("painted")
        elif len(reached) == 1 and window.library is not None:
            reach("opened")
            window.search("president OR treaty")
        elif len(reached) == 2 and pane is not None and pane.model.rowCount() and pane.list.isVisible():
            pane.repaint()
            reach("results")
            window.close()
    window.looking = QTimer(window)
    window.looking.timeout.connect(look)
    window.looking.start(5)
    QTimer.singleShot(60_000, window, window.close)

def arguments(given):  # what the program calls first
    import desktop.app
    class Watched(desktop.app.MainWindow):
        def showEvent(self, event):
            super().showEvent(event)
            if not hasattr(self, "looking"):
                watch(self)
    desktop.app.MainWindow = Watched
    return understood(given)

understood, program.arguments = program.arguments, arguments
program.main(sys.argv[1:])
"""


def costs(script: str, *arguments: str, root: Path = ROOT) -> dict[str, float]:
    """What a new process says of itself: milliseconds of CPU by milestone."""
    command = [sys.executable, "-c", COST + script, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=120)
    pairs = [line.split() for line in done.stdout.splitlines() if len(line.split()) == 2]
    if not pairs:
        sys.exit(done.stderr)
    return {name: float(value) for name, value in pairs}


def main() -> None:
    """Print the milestones of all, and the ratio that counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--beside", type=Path, metavar="CHECKOUT")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    roots = {"Standpoint": ROOT} | ({"beside it": args.beside.resolve()} if args.beside else {})
    with tempfile.TemporaryDirectory(prefix="launch-") as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        empty: list[dict[str, float]] = []
        ours: dict[str, list[dict[str, float]]] = {name: [] for name in roots}
        for turn in range(-2, args.runs):  # the first two of each make bytecode and index
            empty += [costs(EMPTY)][: turn >= 0]
            for name, root in roots.items():
                os.environ["STANDPOINT_CACHE"] = str(Path(folder) / f"cache of {name}")
                library = args.library.resolve() if args.library else _sample(Path(folder) / f"library of {name}", root)
                profile = str(Path(folder) / f"profile of {name}")
                ours[name] += [costs(OURS, str(library), "--profile", profile, root=root)][: turn >= 0]
    base = median(run["painted"] for run in empty)
    print(f"empty window painted: {base:.0f} ms")
    for name, runs in ours.items():
        for milestone in ("painted", "opened", "results"):
            value = median(run[milestone] for run in runs)
            print(f"{name}, {milestone}: {value:.0f} ms = {value / base:.2f} x")


def _sample(folder: Path, root: Path) -> Path:
    """The sample library as a checkout makes it; made once."""
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "index", "sample", str(folder)], cwd=root, check=True, capture_output=True)
    return folder


if __name__ == "__main__":
    main()
