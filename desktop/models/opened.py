"""A document that is read: its text, its statements, and which one is to be looked at next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.model import Document, Statement

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Opened:
    """What is read for a document: its text and all its statements, rejected ones too."""

    document: Document
    statements: tuple[Statement, ...]


def opened(library: Library, document_id: int) -> Opened:
    """A document with its statements. Raises `Problem`."""
    ids: Sequence[int] = library.statement_ids(document_id=document_id, rejected=True)
    return Opened(library.document(document_id), tuple(library.statements(ids)))


def first_opened(library: Library) -> Opened | None:
    """The document with the newest text and statements, for a reader that was never used in this library."""
    ids = library.document_ids(order="newest")
    return opened(library, ids[0]) if ids else None


def next_to_review(library: Library, document_id: int | None) -> int | None:
    """A statement that nobody has looked at: in a later document if there is one; None: all are done."""
    ids = library.statement_ids(status="found")
    if not ids:
        return None
    later = [s.id for s in library.statements(ids[:5000]) if document_id is not None and s.document_id > document_id]
    return later[0] if later else ids[0]
