"""Pages on paper or as PDF: a text or a picture with its title, its source on every page, and page numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageRanges,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QDialog

from desktop.dialogs.choosing import choose_target
from desktop.panes.pane import Pane
from desktop.wording import tr

MARGIN = 18.0  # millimetres on all sides
RESOLUTION = 300  # dots an inch of a PDF: only pictures notice
SMALL = 8.0  # points of the lines at head and foot


@dataclass(frozen=True, slots=True)
class Printout:
    """What is printed. `source` stands at the head of every page; `document` is a text of any length, `picture` draws
    one page into the room that it is given."""

    title: str
    source: str
    document: QTextDocument | None = None
    picture: Callable[[QPainter, QRectF], None] | None = None
    resolution: int = RESOLUTION  # dots an inch; what is measured in pixels of the screen needs those of the screen
    wide: bool = False  # on a page turned sideways


Ready = Callable[[Printout], None]


def commands(pane: Pane, make: Callable[[Ready], object]) -> dict[str, Callable[[], object]]:
    """The acts of a pane that can be printed; `make` hands the printout on as soon as it is read."""
    return {
        "print": lambda: make(lambda printout: ask_printer(pane, printout)),
        "print.pdf": lambda: make(lambda printout: ask_file(pane, printout)),
    }


def ask_printer(pane: Pane, printout: Printout) -> None:
    """The system's own dialog, then the pages."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(file_name(printout.title))
    printer.setResolution(printout.resolution)
    printer.setPageLayout(layout_of(printout, printer.pageLayout().pageSize()))
    dialog = QPrintDialog(printer, pane.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintCollateCopies)
    dialog.setWindowTitle(tr("Print"))

    def go() -> None:
        if draw(printout, printer, printer.pageRanges()):
            written = Path(printer.outputFileName()).name
            sent = tr("Sent to {printer}.").format(printer=printer.printerName())
            pane.message.emit(tr("Saved as {file}.").format(file=written) if written else sent, "")
        else:
            pane.problem.emit(tr("The printer took nothing. Choose another one, or save as PDF."))

    dialog.accepted.connect(go)
    QDialog.open(dialog)  # its own `open` wants a receiver and a slot by name


def ask_file(pane: Pane, printout: Printout) -> None:
    """Ask for a file name, then write the pages as PDF."""
    def write(path: Path) -> None:
        if write_pdf(printout, path):
            pane.message.emit(tr("Saved as {file}.").format(file=path.name), "")
        else:
            pane.problem.emit(tr("{file} could not be written.").format(file=path.name))

    choose_target(pane, tr("Save as PDF"), f"{file_name(printout.title)}.pdf", "pdf", write)


def file_name(title: str) -> str:
    """A title as every system takes it for a name."""
    name = "".join(c if c.isalnum() or c in " -_" else " " for c in title)
    return " ".join(name.split())[:80] or "standpoint"


def write_pdf(printout: Printout, path: Path) -> bool:
    """The pages as a PDF on A4; False when the file cannot be written."""
    try:
        path.write_bytes(b"")
    except OSError:
        return False
    writer = QPdfWriter(str(path))
    writer.setResolution(printout.resolution)
    writer.setTitle(printout.title)
    writer.setPageLayout(layout_of(printout, QPageSize(QPageSize.PageSizeId.A4)))
    return draw(printout, writer) > 0 and path.is_file() and path.stat().st_size > 0


def layout_of(printout: Printout, size: QPageSize) -> QPageLayout:
    """The page with its margins, upright or turned."""
    kind = QPageLayout.Orientation
    turned = kind.Landscape if printout.wide else kind.Portrait
    return QPageLayout(size, turned, QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)


def draw(printout: Printout, device: QPagedPaintDevice, pages: QPageRanges | None = None) -> int:
    """Draw the pages (`pages`: which, none or empty: all); the number drawn, 0 when the device took nothing."""
    painter = QPainter()
    if not painter.begin(device):
        return 0
    try:
        small = QFont(painter.font())
        small.setPointSizeF(SMALL)
        line = QFontMetricsF(small, device).height()
        area = device.pageLayout().paintRectPixels(device.logicalDpiX())
        sheet = QRectF(0, 0, area.width(), area.height())
        body = sheet.adjusted(0, 2.2 * line, 0, -2.2 * line)
        document = _paged(printout.document, device, body) if printout.document is not None else None
        count = document.pageCount() if document is not None else 1
        wanted = [n for n in range(1, count + 1) if pages is None or pages.isEmpty() or pages.contains(n)]
        for number in wanted:
            if number > wanted[0]:
                device.newPage()
            painter.setFont(small)
            _head_and_foot(painter, sheet, line, printout, number, count)
            painter.save()
            painter.translate(body.topLeft())
            if document is not None:
                painter.translate(0, -(number - 1) * body.height())
                document.drawContents(painter, QRectF(0, (number - 1) * body.height(), body.width(), body.height()))
            elif printout.picture is not None:
                printout.picture(painter, QRectF(0, 0, body.width(), body.height()))
            painter.restore()
        return len(wanted)
    finally:
        painter.end()


def _paged(document: QTextDocument, device: QPagedPaintDevice, body: QRectF) -> QTextDocument:
    """The text laid out for the device; paper has its margins already."""
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    document.setPageSize(body.size())
    return document


def _head_and_foot(
    painter: QPainter, sheet: QRectF, line: float, printout: Printout, number: int, count: int
) -> None:
    """The source above, the page number below, in a small grey."""
    painter.setPen(Qt.GlobalColor.darkGray)
    metrics = painter.fontMetrics()
    side = Qt.AlignmentFlag
    source = metrics.elidedText(printout.source, Qt.TextElideMode.ElideRight, int(sheet.width()))
    painter.drawText(QRectF(0, 0, sheet.width(), line), side.AlignLeft | side.AlignTop, source)
    below = QRectF(0, sheet.height() - line, sheet.width(), line)
    words = tr("Page {n} of {count}").format(n=number, count=count)
    painter.drawText(below, side.AlignRight | side.AlignBottom, words)
    room = int(sheet.width() - metrics.horizontalAdvance(words) - 4 * line)
    title = metrics.elidedText(printout.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(below, side.AlignLeft | side.AlignBottom, title)
