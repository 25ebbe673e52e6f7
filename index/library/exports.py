"""What goes out of the open library: citations, files of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.files import write_whole
from index.library.documents import Documents
from index.library.searches import Searches
from index.library.statements import Statements
from index.problems import Problem
from index.store import actors, documents, issues

if TYPE_CHECKING:
    from index.export.citations import Citation


class Exports(Documents, Searches, Statements):
    """Statements as others cite them."""

    def citations(self, ids: Sequence[int]) -> list[Citation]:
        """The citations of statements, in the order of `ids`."""
        from index.export.citations import citation

        found = self.statements(ids)
        whole = {i: documents.document(self.store, i) for i in {statement.document_id for statement in found}}
        scores = self._scores(ids)
        speakers = sorted({statement.actor_id for statement in found if statement.actor_id})
        kinds = {actor.id: actor.kind for actor in actors.actors(self.store, speakers)}
        return [citation(s, whole[s.document_id], scores.get(s.id), kinds.get(s.actor_id or 0, "")) for s in found]

    def export(
        self, path: Path, kind: str, *, query: str = "", ids: Sequence[int] | None = None, title: str = ""
    ) -> int:
        """Write statements (those of `ids`, those that a query finds, or all) to a file; returns how many.

        `title` says which those of `ids` are. The file is there whole or not at all. Raises `Problem`.
        """
        from index.export import FORMATS, exported

        if kind not in FORMATS:
            raise Problem("bad-value", detail=f"{kind!r} is not one of {', '.join(FORMATS)}.")
        if ids is None:
            ids = self.statement_ids(order="said")
            if query.strip():
                wanted = set(self.search_ids(query))
                ids = [i for i in ids if i in wanted]
        found = self.citations(ids)
        title = f"{self.name}: {title or query}" if (title or query).strip() else self.name
        if kind == "qdpx":
            from index.export.refi import qdpx_bytes

            texts = {c.document: documents.text_of(self.store, c.document) for c in found}
            data = qdpx_bytes(found, title, texts)
        else:
            data = exported(found, kind, title)
        write_whole(path, data)
        return len(found)

    def _scores(self, ids: Sequence[int]) -> dict[int, Mapping[str, str]]:
        """{statement: {issue: its codes in words}}."""
        wanted = set(ids)
        found: dict[int, dict[str, str]] = {}
        for issue in issues.issues(self.store):
            for code in issues.codes(self.store, issue.id):
                if code.statement_id in wanted:
                    value = "not about it" if code.value is None else f"{code.value:g}"
                    who = f" by {code.coder}" if code.coder else ""
                    words = f"{value} by hand{who}, definition {code.issue_version}"
                    row = found.setdefault(code.statement_id, {})
                    row[issue.name] = f"{row[issue.name]}; {words}" if issue.name in row else words
        return dict(found)
