"""Documents of the open library: listed, described, dated, deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.library.opened import Opened
from index.model import Document, Span, When
from index.store import checks, documents

MANY = 20  # documents deleted in one act, before which a backup is made


class Documents(Opened):
    """What can be asked and done about documents."""

    def counts(self) -> dict[str, int]:
        """How much there is: documents, undated, statements, unattributed, to_review, actors, issues."""
        return checks.counts(self.store)

    def document_ids(self, *, undated: bool = False, order: str = "undated") -> list[int]:
        """Ids of documents; orders: undated (first), published, newest, added, title, outlet."""
        return documents.document_ids(self.store, undated=undated, order=order)

    def document(self, document_id: int) -> Document:
        """One document with its text. Raises `Problem`."""
        return documents.document(self.store, document_id)

    def documents(self, ids: Sequence[int]) -> list[Document]:
        """Documents without their texts."""
        return documents.documents(self.store, ids)

    def outlets(self) -> list[tuple[str, int]]:
        """(outlet, number of documents), most frequent first."""
        return documents.outlets(self.store)

    def import_results(self, *, problems_only: bool = False) -> list[Mapping[str, Any]]:
        """The newest result of every file ever imported, as rows of the table import_result."""
        return documents.results(self.store, problems_only=problems_only)

    def original(self, document_id: int) -> Path | None:
        """The kept file that a document came from, if it is there. Never outside the library folder."""
        found = documents.original_of(self.store, document_id)
        path = (self.path / found).resolve() if found else None
        return path if path and path.is_relative_to(self.path.resolve()) and path.is_file() else None

    def set_published(self, ids: Sequence[int], when: When | None) -> None:
        """Set or take away the publication date of documents; their statements are dated anew at once."""
        from index.ingest.filing import redate

        with self.edit("Set publication date"):
            for document_id in ids:
                documents.set_published(self.store, document_id, when)
                redate(self.store, document_id, when)

    def weekday_hint(self, document_id: int) -> tuple[int, Span] | None:
        """The weekday that a text says of its news (0 Monday ... 6 Sunday) and where; None for none or several."""
        from index.readers.dates import weekday_hint

        return weekday_hint(documents.text_of(self.store, document_id))

    def describe_documents(self, ids: Sequence[int], **fields: str | None) -> None:
        """Set title, outlet, author, url or language of documents."""
        with self.edit("Describe documents"):
            for document_id in ids:
                documents.describe(self.store, document_id, **fields)

    def delete_documents(self, ids: Sequence[int]) -> None:
        """Delete documents with their statements (undo brings them back); original files stay in the folder."""
        if len(ids) >= MANY:
            self.back_up_before("deletion")
        with self.edit("Delete documents"):
            for document_id in ids:
                documents.delete_document(self.store, document_id)
