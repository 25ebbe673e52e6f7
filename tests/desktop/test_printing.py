"""Pages: a text of any length is spread over them, every page names its source and its number."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageRanges, QPainter, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.printing import Printout, ask_printer, write_pdf
from desktop.theme import Theme
from desktop.window import MainWindow
from index.library import Library

SOURCE = "Strait News · 4 Mar 2031 · orm.txt"


def pages_of(path: Path) -> list[str]:
    """The words of each page, without white space: how glyphs are placed says where a PDF's spaces are seen."""
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(str(path))
    found = []
    for page in document:
        words = page.get_textpage()
        found.append("".join(words.get_text_range().split()))
        words.close()
        page.close()
    document.close()
    return found


def test_every_page_of_a_long_text_has_source_title_and_number(theme: Theme, tmp_path: Path) -> None:
    document = QTextDocument()
    document.setPlainText("\n".join(f"Paragraph {n} of the treaty of Orm." for n in range(200)))
    assert write_pdf(Printout("Treaty of Orm", SOURCE, document), tmp_path / "orm.pdf")
    pages = pages_of(tmp_path / "orm.pdf")
    assert len(pages) > 2
    for number, words in enumerate(pages, 1):
        assert all(part.replace(" ", "") in words for part in (SOURCE, "Treaty of Orm", f"Page {number} of {len(pages)}"))
    assert all(f"Paragraph{n}ofthetreaty" in "".join(pages) for n in range(200))


def test_a_picture_gets_the_room_between_head_and_foot(theme: Theme, tmp_path: Path) -> None:
    rooms: list[QRectF] = []

    def draw(painter: QPainter, room: QRectF) -> None:
        rooms.append(room)
        painter.drawRect(room)

    assert write_pdf(Printout("Positions", SOURCE, picture=draw, resolution=96, wide=True), tmp_path / "a.pdf")
    assert len(rooms) == 1 and rooms[0].width() > 1.3 * rooms[0].height()
    assert len(pages_of(tmp_path / "a.pdf")) == 1


def test_a_place_that_cannot_be_written_is_told(theme: Theme, tmp_path: Path) -> None:
    assert not write_pdf(Printout("Treaty", SOURCE, QTextDocument("words")), tmp_path / "no" / "such" / "a.pdf")


def test_reader_comparison_and_timeline_can_be_printed(
    bare_window: MainWindow, sample: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    bare_window.set_library(sample)
    ids = sample.statement_ids()
    made: list[Printout] = []
    bare_window.show_statement(ids[0])
    qtbot.waitUntil(lambda: "print" in bare_window.commands(), timeout=30_000)
    bare_window.current_pane.printout(made.append)  # type: ignore[union-attr]
    bare_window.compare(ids[:2])
    qtbot.waitUntil(lambda: "print" in bare_window.commands(), timeout=30_000)
    bare_window.current_pane.printout(made.append)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(made) == 2, timeout=30_000)
    bare_window.show_pane("timeline")
    qtbot.waitUntil(lambda: "print.pdf" in bare_window.commands(), timeout=30_000)
    bare_window.current_pane.printout(made.append)  # type: ignore[union-attr]
    words = []
    for place, printout in enumerate(made):
        assert write_pdf(printout, tmp_path / f"{place}.pdf")
        words.append("".join(pages_of(tmp_path / f"{place}.pdf")))
    (first,) = sample.statements(ids[:1])
    assert first.label in words[0] and "Whatchanged" in words[1] and "Page1of1" in words[2]
    others = sample.statements(sample.statement_ids(document_id=first.document_id))
    assert all(statement.label in words[0] for statement in others)


def test_printing_asks_for_a_printer_and_prints_into_a_file_where_there_is_none(
    bare_window: MainWindow, sample: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    bare_window.set_library(sample)
    bare_window.show_statement(sample.statement_ids()[0])
    qtbot.waitUntil(lambda: "print" in bare_window.commands(), timeout=30_000)
    bare_window.run("print")
    dialog = bare_window.findChild(QPrintDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.printer().setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.accepted.emit(dialog.printer())
    assert "Page1of" in "".join(pages_of(tmp_path / "out.pdf"))
    dialog.reject()


def test_chosen_pages_are_printed_and_no_others(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    document = QTextDocument()
    document.setPlainText("\n".join(f"Paragraph {n} of the treaty of Orm." for n in range(200)))
    pane = window.current_pane
    assert pane is not None
    ask_printer(pane, Printout("Treaty of Orm", SOURCE, document))
    dialog = window.findChild(QPrintDialog)
    assert dialog is not None
    dialog.printer().setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.printer().setPageRanges(QPageRanges.fromString("1,3"))
    dialog.accepted.emit(dialog.printer())
    dialog.reject()
    pages = pages_of(tmp_path / "out.pdf")
    assert len(pages) == 2 and "Page1of" in pages[0] and "Page3of" in pages[1]
