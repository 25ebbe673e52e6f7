"""What of a comparison leaves the window: rich text for the clipboard, a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QMimeData
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from desktop import wording
from desktop.models.comparisons import Compared, counts
from index.model import Comparison


def redline_mime(comparison: Comparison, items: Sequence[Compared], minor: bool) -> QMimeData:
    """The redline with the citations of both texts, as rich text (struck, underlined) and as plain text with brackets."""
    from index.export.comparison import redline_html, redline_plain

    cited = [wording.citation(item.statement, item.document) if item.statement else item.source for item in items]
    lines = [*cited, counts(comparison)]
    data = QMimeData()
    data.setText("\n\n".join([redline_plain(comparison), *lines]))
    below = "".join(f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br>") for text in lines)
    data.setHtml(f"<p>{redline_html(comparison, minor=minor)}</p>{below}")
    return data


def write_pdf(page: str, path: Path) -> bool:
    """An HTML page as PDF on A4; False when the file cannot be written."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setHtml(page)
    document.print_(writer)
    return path.is_file() and path.stat().st_size > 0
