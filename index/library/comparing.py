"""Comparing in the open library: statements and documents side by side, and who reports the same words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.files import write_whole
from index.library.documents import Documents
from index.library.statements import Statements
from index.model import Comparison, Document, Statement, Utterance
from index.problems import Problem
from index.store import documents, issues, settings, statements, utterances
from index.store.columns import number_of

if TYPE_CHECKING:
    from index.export.comparison import Source
    from index.utterances.reports import Report
    from index.utterances.versions import Version

_JOINED = "utterances_joined_up_to"  # the newest statement that was held against the others
_TRIES = 3  # to find groups while others write


class Comparing(Documents, Statements):
    """What can be asked about how statements differ, and about which of them are one utterance."""

    def comparable(self, name: str) -> Statement | Document:
        """A statement by its id ("12"), or a whole document ("doc:3"). Raises `Problem`."""
        kind, _, digits = name.rpartition(":")
        number = number_of(digits)
        if kind not in ("", "doc") or number is None:
            raise Problem("bad-value", detail=f"{name!r} is neither a statement (12) nor a document (doc:3).")
        return self.document(number) if kind == "doc" else self.statement(number)

    def compare(self, names: Sequence[str]) -> list[Comparison]:
        """Each of the others compared with the first: what changed from the first to it."""
        from index.compare import compare

        if len(names) < 2:
            raise Problem("bad-value", detail="A comparison needs at least two statements or documents.")
        texts = [self.comparable(name).text for name in names]
        return [compare(texts[0], text) for text in texts[1:]]

    def export_comparison(self, names: Sequence[str], path: Path) -> None:
        """Write a comparison with its citations as .html or .docx; whole or not at all. Raises `Problem`."""
        from index.export import comparison as written

        writers = {".html": written.html_bytes, ".htm": written.html_bytes, ".docx": written.docx_bytes}
        writer = writers.get(path.suffix.casefold())
        if writer is None:
            raise Problem("bad-value", detail=f"A comparison is written as .html or .docx, not as {path.name!r}.")
        write_whole(path, writer(f"{self.name}: comparison", self._sources(names), self.compare(names)))

    def comparison_page(self, names: Sequence[str]) -> str:
        """The comparison with its citations as an HTML page, for printing. Raises `Problem`."""
        from index.export.comparison import html_bytes

        return html_bytes(f"{self.name}: comparison", self._sources(names), self.compare(names)).decode()

    def _sources(self, names: Sequence[str]) -> list[Source]:
        """What is cited over each compared text."""
        from index.export.citations import citation
        from index.export.comparison import source_of_document, source_of_statement

        return [
            source_of_statement(citation(item, self.document(item.document_id)))
            if isinstance(item, Statement) else source_of_document(item)
            for item in map(self.comparable, names)
        ]  # fmt: skip

    def utterances(self) -> list[Utterance]:
        """Utterances of two or more statements, with what these disagree about, the earliest and the one to cite."""
        from index.utterances.described import described

        found = utterances.members(self.store)
        reports = {one.id: one for one in self._reports([i for ids in found.values() for i in ids])}
        return [described([reports[i] for i in ids]) for ids in found.values()]

    def utterance_of(self, statement_id: int) -> Utterance:
        """The utterance that a statement belongs to, alone or with others. Raises `Problem`."""
        from index.utterances.described import described

        utterance_id = self.statement(statement_id).utterance_id
        ids = self.statement_ids(utterance_id=utterance_id) if utterance_id else [statement_id]
        return described(self._reports(ids or [statement_id]))

    @property
    def unjoined(self) -> bool:
        """True when statements were held against no other yet: an import was ended before it could."""
        newest = int(settings.setting(self.store, _JOINED, 0))
        return not self.read_only and statements.is_newer_than(self.store, newest)

    def join_utterances(self) -> int:
        """Hold statements that are new since the last time against the others; returns how many joined an utterance.

        What people cut or linked stays as they left it, also while this goes on: the groups are found before anything
        is written, and found anew where somebody has changed something meanwhile.
        """
        if not self.unjoined:
            return 0
        for _ in range(_TRIES):
            state = self.store.state()
            new, groups = self._joined_anew()
            with self.store.transaction():
                if self.store.state() == state:
                    return self._join(new, groups)
        with self.store.transaction():  # somebody writes all the time: they wait this once
            return self._join(*self._joined_anew())

    def _joined_anew(self) -> tuple[list[int], list[list[Report]]]:
        """The statements that were held against no other yet, and the utterances as they are with them."""
        from index.utterances.groups import groups

        new = statements.newer_than(self.store, int(settings.setting(self.store, _JOINED, 0)))
        if not new:
            return [], []
        reports = {one.id: one for one in self._reports(self.statement_ids())}
        cut, linked = (utterances.judgements(self.store, verdict) for verdict in ("cut", "linked"))
        found = groups(list(reports.values()), new=new, cut=cut, linked=linked)
        return new, [[reports[i] for i in ids] for ids in found if len(ids) > 1]

    def _join(self, new: Sequence[int], groups: Sequence[Sequence[Report]]) -> int:
        """Write groups as utterances (within the caller's transaction); how many statements changed theirs."""
        if not new:
            return 0
        joined = 0
        for reports in groups:
            known = sorted({one.utterance for one in reports if one.utterance is not None})
            if len(known) == 1 and all(one.utterance is not None for one in reports):
                continue
            utterances.set_utterance(self.store, [one.id for one in reports], known[0] if known else None)
            joined += sum(one.utterance != known[0] for one in reports) if known else len(reports)
        utterances.drop_empty(self.store)
        settings.set_setting(self.store, _JOINED, max(new, default=0))
        return joined

    def versions(self, statement_id: int, limit: int = 20) -> list[Version]:
        """What the same actor said before and after on the same matter, the likeliest first. Raises `Problem`."""
        from index.utterances.versions import versions

        actor = self.statement(statement_id).actor_id
        if actor is None:
            return []
        reports = self._reports(self.statement_ids(actor_id=actor))
        chosen = next((one for one in reports if one.id == statement_id), None)
        coded = issues.issues_of_statements(self.store)
        return versions(chosen, reports, issues=coded, limit=limit) if chosen else []

    def first_and_last(self, statement_ids: Sequence[int]) -> tuple[int, int] | None:
        """The earliest and the latest of some statements; None when fewer than two have a date."""
        from index.utterances.versions import first_and_last

        ends = first_and_last(self._reports(statement_ids))
        return (ends[0].id, ends[1].id) if ends else None

    def by_date(self, statement_ids: Sequence[int]) -> list[int]:
        """Statements from the earliest to the latest; those without any date at the end."""
        from index.utterances.versions import by_date

        return [one.id for one in by_date(self._reports(statement_ids))]

    def document_versions(self, document_id: int) -> list[int]:
        """Documents that speak for the same actor, or have the same outlet and title, by date; itself among them."""
        return documents.versions_of(self.store, self.document(document_id))

    def _reports(self, ids: Sequence[int]) -> list[Report]:
        """Statements as reports: with outlet and publication date of their documents."""
        from index.utterances.reports import report

        found = self.statements(ids)
        printed = {d.id: d for d in self.documents(sorted({statement.document_id for statement in found}))}
        return [report(statement, printed[statement.document_id]) for statement in found]
