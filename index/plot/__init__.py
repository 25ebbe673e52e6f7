"""Drawing the timeline without a window: SVG by a small writer of its own, PNG from that SVG, CSV of what is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from index.files import write_whole
from index.model import Statement, Timeline
from index.plot.layout import WHOLE, View
from index.plot.png import png
from index.plot.svg import svg
from index.plot.table import table_csv
from index.problems import Problem

FORMATS = (".svg", ".png", ".csv")


def write_plot(
    timeline: Timeline, out: Path, statements: Mapping[int, Statement] | None = None, *, lanes: bool | None = None,
    view: View = WHOLE,
) -> None:  # fmt: skip
    """Write the timeline as .svg, .png or .csv, by the ending of `out`. Raises `Problem` for another ending."""
    known = dict(statements or {})
    kind = out.suffix.lower()
    if kind == ".svg":
        content = svg(timeline, lanes=lanes, names=known, view=view).encode("utf-8")
    elif kind == ".png":
        content = png(svg(timeline, lanes=lanes, names=known, view=view))
    elif kind == ".csv":
        content = table_csv(timeline, known, view.days).encode("utf-8-sig")
    else:
        raise Problem("bad-value", detail=f"A plot is written as {', '.join(FORMATS)}, not as {kind or out.name}.")
    write_whole(out, content)
