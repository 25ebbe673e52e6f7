"""Comparing in the open library: statements and documents side by side, and who reports the same words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.library.documents import Documents
from index.library.statements import Statements
from index.model import Comparison, Document, Statement, Utterance
from index.problems import Problem


class Comparing(Documents, Statements):
    """What can be asked about how statements differ."""

    def comparable(self, name: str) -> Statement | Document:
        """A statement by its id ("12"), or a whole document ("doc:3"). Raises `Problem`."""
        kind, _, number = name.rpartition(":")
        if kind not in ("", "doc") or not number.isdigit():
            raise Problem("bad-value", detail=f"{name!r} is neither a statement (12) nor a document (doc:3).")
        return self.document(int(number)) if kind == "doc" else self.statement(int(number))

    def compare(self, names: Sequence[str]) -> list[Comparison]:
        """Each of the others compared with the first: what changed from the first to it."""
        from index.compare import compare

        if len(names) < 2:
            raise Problem("bad-value", detail="A comparison needs at least two statements or documents.")
        texts = [self.comparable(name).text for name in names]
        return [compare(texts[0], text) for text in texts[1:]]

    def export_comparison(self, names: Sequence[str], path: Path) -> None:
        """Write a comparison with its citations as .html or .docx. Raises `Problem`."""
        raise NotImplementedError

    def utterances(self) -> list[Utterance]:
        """Clusters of two or more statements that report the same words, with what they disagree about."""
        raise NotImplementedError
