"""What of a comparison leaves the window: rich text for the clipboard, pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QTextDocument

from desktop import wording
from desktop.models.comparisons import Compared, counts
from desktop.printing import Printout
from desktop.wording import tr
from index.model import Comparison

CSS = 96  # pixels of a web page in an inch


def redline_mime(comparison: Comparison, items: Sequence[Compared], minor: bool) -> QMimeData:
    """The redline with the citations of both texts, as rich text (struck, underlined) and as plain text with brackets."""
    from index.export.comparison import redline_html, redline_plain, source_of_document

    cited = [wording.citation(item.statement, item.document) if item.statement else source_of_document(item.document).line
             for item in items]  # fmt: skip
    lines = [tr("Struck through: {source}").format(source=cited[0]), tr("Underlined: {source}").format(source=cited[1]),
             counts(comparison)]  # fmt: skip
    data = QMimeData()
    data.setText("\n\n".join([redline_plain(comparison, minor=minor), *lines]))
    below = "".join(f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br>") for text in lines)
    data.setHtml(f'<p dir="auto">{redline_html(comparison, minor=minor)}</p>{below}')
    return data


def compared_pages(title: str, source: str, page: str) -> Printout:
    """The HTML page of a comparison for paper."""
    document = QTextDocument()
    document.setDefaultFont(QFont(document.defaultFont().family(), 10))
    document.setHtml(page)
    return Printout(title, source, document, resolution=CSS)
