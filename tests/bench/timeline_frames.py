"""Frame times of the timeline with 20,000 points: QT_QPA_PLATFORM=offscreen python tests/bench/timeline_frames.py [POINTS]

Every frame is painted before the next step; the raster is Qt's own (no graphics card), at 1400 x 700.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop, QTimer

from desktop.app import make_application
from desktop.settings import Settings
from desktop.theme import Theme
from index.model import Code, Issue, Span, Statement, Timeline, When
from index.positions.timeline import timeline

FRAMES = 80


def sample(points: int, actors: int) -> Timeline:
    """Statements of some actors over fourteen years; a quarter of the dates is uncertain by a month."""
    chance = random.Random(7)
    rows = []
    for k in range(1, points + 1):
        day = date(2010, 1, 1) + timedelta(chance.randrange(5000))
        last = day + timedelta(chance.choice((0, 0, 0, 30)))
        rows.append(Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text="t",
                              actor_id=1 + k % actors, actor=f"Actor {k % actors}", when=When(day, last)))  # fmt: skip
    codes = [Code(k, k, 1, 1, float(chance.randint(-2, 2))) for k in range(1, points + 1)]
    return timeline(Issue(1, "The treaty", "against", "for"), rows, codes, period="quarter")


def measured(act: Callable[[int], object], paint: Callable[[], object]) -> str:
    """Median, 90th percentile and longest frame of an act in milliseconds, by the processor's clock and by the wall's."""
    worked, waited = [], []
    for k in range(FRAMES):
        cpu, wall = time.process_time(), time.perf_counter()
        act(k)
        paint()
        worked.append((time.process_time() - cpu) * 1000)
        waited.append((time.perf_counter() - wall) * 1000)
    parts = (f"{name}: median {median(ms):5.1f}  p90 {quantiles(ms, n=10)[8]:5.1f}  max {max(ms):5.1f}"
             for name, ms in (("processor", worked), ("wall", waited)))  # fmt: skip
    return "   ".join(parts)


def main() -> None:
    """Print frame times in one frame of four actors and in eight lanes."""
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    make_application()
    theme = Theme(Settings(Path(tempfile.mkdtemp()) / "settings.ini"))
    for actors in (4, 8):
        show(theme, points, actors)


def show(theme: Theme, points: int, actors: int) -> None:
    """One timeline: computed, shown, panned and zoomed."""
    from desktop.widgets.timeline_plot import TimelinePlot

    start = time.perf_counter()
    found = sample(points, actors)
    computed = time.perf_counter() - start
    plot = TimelinePlot(theme)
    plot.resize(1400, 700)
    start = time.perf_counter()
    plot.show_timeline(found)
    plot.show()
    plot.grab()
    shown = time.perf_counter() - start
    loop = QEventLoop()
    QTimer.singleShot(200, loop.quit)
    loop.exec()  # from here on a repaint paints what has changed
    print(f"{points:,} points, {actors} actors: computed in {computed:.1f} s, shown in {shown:.2f} s")
    half, paint = FRAMES // 2, plot.view.viewport().repaint
    print("  pan ", measured(lambda k: plot.pan(0.01 if k < half else -0.01), paint))
    print("  zoom", measured(lambda k: plot.zoom(0.95 if k < half else 1 / 0.95), paint))
    plot.hide()
    plot.deleteLater()


if __name__ == "__main__":
    main()
