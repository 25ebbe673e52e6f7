"""Statements with their citations, in the formats that other programs and readers take. Pure: citations in, bytes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from index.export.citations import Citation

# Format: the module with its writer, and the function (citations, title) -> bytes.
FORMATS = {
    "csv": "tables:csv_bytes", "xlsx": "tables:xlsx_bytes", "json": "records:json_bytes",
    "jsonld": "records:jsonld_bytes", "md": "pages:markdown_bytes", "html": "pages:html_bytes",
    "docx": "pages:docx_bytes", "qdpx": "refi:qdpx_bytes",
}  # fmt: skip


def exported(citations: Sequence[Citation], kind: str, title: str) -> bytes:
    """The file of a format (a key of `FORMATS`) for some citations."""
    module, name = FORMATS[kind].split(":")
    writer: Callable[[Sequence[Citation], str], bytes] = getattr(import_module(f"index.export.{module}"), name)
    return writer(citations, title)
