"""Whether a library is whole: everything that should hold is looked at."""

from __future__ import annotations

from typing import Any

from index.library.documents import Documents
from index.library.statements import Statements
from index.store import documents, statements
from index.store.schema import VERSION


class Integrity(Documents, Statements):
    """Checking a library."""

    def check(self) -> dict[str, Any]:
        """Look at everything that should hold: {"ok", "format", "problems": [sentence], "documents", "statements"}."""
        problems = [
            f"database: {row[0]}" for row in self.store.rows("PRAGMA integrity_check") if row[0] != "ok"
        ] + [f"database: a row of {row[0]} points nowhere" for row in self.store.rows("PRAGMA foreign_key_check")]
        for document_id in self.document_ids(order="added"):
            problems += self._document_problems(document_id)
        counts = self.counts()
        return {
            "ok": not problems, "format": VERSION, "problems": problems,
            "documents": counts["documents"], "statements": counts["statements"],
        }  # fmt: skip

    def _document_problems(self, document_id: int) -> list[str]:
        """Sentences on what is wrong with one document: its text, the places in it, its original."""
        found = self.document(document_id)
        problems = []
        if documents.digest_of(found.text) != found.digest:
            problems.append(f"document {document_id}: its text is not the one that was imported")
        if found.original and self.original(document_id) is None:
            problems.append(f"document {document_id}: its original file {found.original} is missing")
        for statement in self.statements(self.statement_ids(document_id=document_id, rejected=True)):
            if statements.text_of(found.text, statement.content) != statement.text:
                problems.append(f"statement {statement.label}: its words are not at its place in the text")
        return problems
