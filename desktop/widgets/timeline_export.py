"""The timeline as a file: the same marks at the same places as on the screen, on white, with title and caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter

from desktop.widgets.timeline_drawing import thicken
from desktop.widgets.timeline_plot import TimelinePlot
from desktop.wording import tr
from index.files import write_whole
from index.model import Timeline
from index.plot.captions import caption, title
from index.problems import Problem

MARGIN = 16
FORMATS = (".svg", ".png", ".pdf")


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of the page in pixels of the screen."""

    size: QSize
    head: QRectF
    plot: QRect
    foot: QRectF
    lines: tuple[str, ...]


def write_picture(plot: TimelinePlot, out: Path, scale: float = 2.0) -> None:
    """Write what the plot shows (the same days) as .svg, .png or .pdf. Raises `Problem`.

    SVG is written by the engine: Qt's has strokes of a fixed width on the screen (`vector-effect`), which most word
    processors, layout programs and converters draw as wide as a lane, and cuts nothing off where days are left out.
    """
    if plot.timeline is None:
        raise Problem("bad-value", detail="There is nothing to draw yet.")
    if out.suffix.lower() == ".svg":
        write_whole(out, svg_of(plot, plot.timeline).encode("utf-8"))
        return
    copy = printed(plot)
    try:
        _write(copy, plot.timeline, out, scale)
    finally:
        copy.hide()
        copy.deleteLater()


def svg_of(plot: TimelinePlot, timeline: Timeline) -> str:
    """The same lanes and days as on the screen, in the engine's drawing."""
    from index.plot.layout import View
    from index.plot.svg import svg

    apart = len(plot.frames) > 1 if timeline.issue else None
    return svg(timeline, lanes=apart, view=View(plot.first, plot.most(timeline), plot.days()), say=tr)


def printed(plot: TimelinePlot) -> TimelinePlot:
    """A copy of the plot in the light look, as large and at the same days, that never reaches the screen."""
    assert plot.timeline is not None
    copy = TimelinePlot(plot.theme, "light")
    copy.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    copy.view.setFixedSize(plot.view.size())
    copy.resize(plot.view.size())
    copy.first = plot.first  # the lanes that were turned to
    copy.show_timeline(plot.timeline, len(plot.frames) > 1)
    copy.show()
    copy.view.ci.layout.activate()
    for box in copy.boxes:
        box.parentItem().layout.activate()
    copy.show_days(*plot.days())
    for box in copy.boxes:
        box.updateMatrix()
    return copy


def draw_into(plot: TimelinePlot, painter: QPainter, room: QRectF) -> None:
    """What the plot shows, with title and caption, as large as fits a room on paper."""
    assert plot.timeline is not None
    copy = printed(plot)
    try:
        page = page_of(copy, plot.timeline)
        scale = min(room.width() / page.size.width(), room.height() / page.size.height())
        thicken(copy.boxes, scale)
        painter.scale(scale, scale)
        _paint(painter, copy, plot.timeline, page)
    finally:
        copy.hide()
        copy.deleteLater()


def is_wide(plot: TimelinePlot) -> bool:
    """True where the picture with its caption becomes larger on a page turned sideways."""
    assert plot.timeline is not None
    lines = said_of(plot, plot.timeline)
    height = plot.view.height() + plot.fontMetrics().height() * (len(lines) + 4)
    return plot.view.width() > 1.07 * height


def said_of(plot: TimelinePlot, timeline: Timeline) -> list[str]:
    """The lines of the caption of what the plot shows."""
    return caption(timeline, plot.first, plot.most(timeline), tr, legend=True, days=plot.days())


def page_of(copy: TimelinePlot, timeline: Timeline) -> Page:
    """Title above, plot in the middle, caption below."""
    font = copy.look.font(0.92)
    metrics = QFontMetricsF(font)
    width = copy.view.width()
    said = said_of(copy, timeline)
    lines = tuple(part for line in said for part in _wrapped(line, metrics, width - 2 * MARGIN))
    head = QFontMetricsF(copy.look.font(1.3)).height() + 2 * MARGIN
    foot = metrics.height() * len(lines) + 2 * MARGIN
    height = copy.view.height()
    return Page(
        QSize(width, round(head + height + foot)), QRectF(MARGIN, 0, width - 2 * MARGIN, head),
        QRect(0, round(head), width, height),
        QRectF(MARGIN, round(head) + height + MARGIN / 2, width - 2 * MARGIN, foot), lines,
    )  # fmt: skip


def _write(copy: TimelinePlot, timeline: Timeline, out: Path, scale: float) -> None:
    page, kind = page_of(copy, timeline), out.suffix.lower()
    dpi = copy.logicalDpiX()
    if kind == ".png":
        image = QImage(page.size * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.setDotsPerMeterX(round(dpi / 0.0254))
        image.setDotsPerMeterY(round(dpi / 0.0254))
        thicken(copy.boxes, scale)
        _draw(copy, timeline, page, image)
        if not image.save(str(out)):
            raise Problem("unwritable", file=out, detail="")
        return
    try:
        out.write_bytes(b"")
    except OSError as error:
        raise Problem("unwritable", file=out, detail=error.strerror or error) from error
    _draw(copy, timeline, page, _vector(kind, out, page, timeline, dpi))


def _vector(kind: str, out: Path, page: Page, timeline: Timeline, dpi: int) -> QPaintDevice:
    if kind == ".pdf":
        writer = QPdfWriter(str(out))
        writer.setResolution(dpi)
        points = QSizeF(page.size.width() * 72 / dpi, page.size.height() * 72 / dpi)
        writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(title(timeline, tr))
        return writer
    raise Problem("bad-value", detail=f"A picture is written as {', '.join(FORMATS)}, not as {kind}.")


def _draw(copy: TimelinePlot, timeline: Timeline, page: Page, device: QPaintDevice) -> None:
    painter = QPainter(device)
    try:
        _paint(painter, copy, timeline, page)
    finally:
        painter.end()


def _paint(painter: QPainter, copy: TimelinePlot, timeline: Timeline, page: Page) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRect(0, 0, page.size.width(), page.size.height()), copy.look["base"])
    painter.setPen(copy.look["text"])
    painter.setFont(copy.look.font(1.3, QFont.Weight.DemiBold))
    painter.drawText(page.head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title(timeline, tr))
    _uncached(copy)
    copy.view.render(painter, QRectF(page.plot), copy.view.viewport().rect())
    painter.setPen(copy.look["text"])
    painter.setFont(copy.look.font(0.92))
    step = QFontMetricsF(copy.look.font(0.92)).height()
    for k, line in enumerate(page.lines):
        rect = QRectF(page.foot.left(), page.foot.top() + k * step, page.foot.width(), step)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip, line)


def _uncached(copy: TimelinePlot) -> None:
    """Scatter plots must draw outlines, not pictures of them."""
    for box in copy.boxes:
        for item in box.addedItems:
            if hasattr(item, "opts") and "useCache" in item.opts:
                item.opts["useCache"] = False


def _wrapped(text: str, metrics: QFontMetricsF, room: float) -> Sequence[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and metrics.horizontalAdvance(f"{lines[-1]} {word}") > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
