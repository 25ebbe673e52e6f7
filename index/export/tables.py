"""CSV and XLSX of citations, safe to open in a spreadsheet: no cell can run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from index.export.citations import COLUMNS, Citation, written

# What a spreadsheet runs (full-width signs, too, where people write in those), and what would be taken for such a prefix.
_LIVE = re.compile("'*+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def csv_bytes(citations: Sequence[Citation], title: str) -> bytes:
    """UTF-8 with a byte-order mark, CRLF. Cells that a spreadsheet would run are prefixed with ' (CWE-1236)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    head, rows = _rows(citations)
    writer.writerow(head)
    writer.writerows([[inert(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig", "replace")


def xlsx_bytes(citations: Sequence[Citation], title: str) -> bytes:
    """A workbook with one sheet; every text cell is stored as text, never as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Statements")
    sheet.freeze_panes = "A2"
    head, rows = _rows(citations)
    for at, name in enumerate(head):
        sheet.column_dimensions[_letter(at)].width = 70 if name == "text" else 18
    for number, row in enumerate([head, *rows]):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, _CONTROL.sub("", value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 40)
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    book.properties.title = title
    book.properties.creator = "Standpoint"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def inert(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and _LIVE.match(value) else value


def _rows(citations: Sequence[Citation]) -> tuple[list[str], list[list[Any]]]:
    """Head and rows: the columns of a citation, then one for each issue."""
    issues = sorted({issue for found in citations for issue in found.scores})
    head = [*COLUMNS, *(f"score: {issue}" for issue in issues)]
    return head, [
        [*(written(found, name) for name in COLUMNS), *(found.scores.get(issue, "") for issue in issues)]
        for found in citations
    ]


def _letter(at: int) -> str:
    """The letters of a column, from 0."""
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)
