"""Whether a library is whole: everything that should hold is looked at, mended where it can be, and backed up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.library.documents import Documents
from index.library.searches import Searches
from index.library.statements import Statements
from index.store import backups, checks, documents, statements
from index.store.backups import Backup
from index.store.schema import VERSION


class Integrity(Documents, Searches, Statements):
    """Checking, mending and backing up a library."""

    def check(self) -> dict[str, Any]:
        """Look at everything that should hold: {"ok", "format", "problems": [sentence], "documents", "statements"}."""
        problems = [f"database: {words}" for words in checks.broken(self.store)]
        problems += [f"database: a row of {table} points nowhere" for table, *_ in checks.dangling(self.store)]
        for document_id in self.document_ids(order="added"):
            try:
                problems += self._document_problems(document_id)
            except (ValueError, LookupError, TypeError) as error:  # a value that is none: bytes on the drive have changed
                problems.append(f"document {document_id}: what is stored of it cannot be read: {error}")
        problems += self.index_problems()
        counts = self.counts()
        return {
            "ok": not problems, "format": VERSION, "problems": problems,
            "documents": counts["documents"], "statements": counts["statements"],
        }  # fmt: skip

    def repair(self) -> list[str]:
        """Mend what can be mended without guessing, after a backup; sentences on what was done.

        Rows that point nowhere lose the pointer or go; the words of a statement are read again at its place; the
        search index is made anew. A text that is not the one imported can't be mended: `check` goes on naming it.
        """
        self.store.check_writable()
        done = [f"backup made: {self.back_up('repair')}"]
        with self.store.transaction():
            checks.rebuild_indexes(self.store)
            for table, row, parent, pointer in checks.dangling(self.store):
                kept = checks.let_go(self.store, table, row, pointer)
                done.append(f"{'kept without it' if kept else 'removed'} a row of {table} whose {parent} is gone")
            for document_id in self.document_ids(order="added"):
                text = documents.text_of(self.store, document_id)
                for statement in self.statements(self.statement_ids(document_id=document_id, rejected=True)):
                    words = statements.text_of(text, statement.content)
                    if words != statement.text:
                        statements.set_text(self.store, statement.id, words)
                        done.append(f"read statement {statement.label} again at its place")
        report = self.rebuild_index()
        done.append(f"search index made anew: {report['statements']} statements, {report['documents']} documents")
        self.changed_outside("all")
        return done

    def back_up(self, reason: str = "by-hand") -> Path:
        """Copy the database to the user's backups; returns the file. Raises `Problem`."""
        return backups.back_up(self.store, reason)

    def backups(self) -> list[Backup]:
        """The backups of this library that open, newest first."""
        return backups.backups(self.id)

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
