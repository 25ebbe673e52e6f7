"""Statements looked for again after the rules changed: what people confirmed, corrected, rejected or scored stays.

Old and new statements are matched by the characters they share. A statement that nobody touched takes on what is found
now and keeps its id and number; one that somebody touched stays as it is; one that is no longer found goes, unless a
person scored it or judged it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from index.ingest import filing
from index.ingest.messages import article_message
from index.ingest.processes import ReadingProcesses
from index.ingest.run import RULES
from index.model import Article, Document, Extraction, FoundStatement, Progress, Span, Statement
from index.store import documents, statements
from index.store.store import Store

ALIKE = 0.5  # share of common characters from which an old and a new statement are the same


def outdated(store: Store) -> list[int]:
    """Ids of the documents whose statements were found by older rules than this program's."""
    return documents.of_other_rules(store, RULES)


def reextract(
    store: Store,
    document_ids: Sequence[int],
    *,
    jobs: int | None = None,
    model: bool = True,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Progress]:
    """Look for the statements of documents again; a `Progress` for each, one document to a transaction.

    Status "extracted", or "failed" with a problem (then the document's statements stay as they were).
    """

    store.check_writable()

    def work() -> Iterator[tuple[Document, Mapping[str, Any]]]:
        for document_id in document_ids:
            document = documents.document(store, document_id)
            article = Article(
                document.text,
                title=document.title,
                outlet=document.outlet,
                published=document.published,
                language=document.language,
                actor=document.actor,
            )
            yield document, {"articles": [article_message(article)], "name": document.file, "extract": True, "model": model}

    with ReadingProcesses(jobs) as processes:
        for done, (document, reply) in enumerate(processes.replies(work(), stop), 1):
            extraction = reply.extractions[0] if reply and reply.extractions else None
            if extraction is None:
                problem, detail = ("extraction", reply.lost.get(0, reply.detail) if reply else "")
                progress = Progress(document.file, document.id, "failed", problem=problem, detail=detail)
            else:
                with store.transaction():
                    count = renew(store, document, extraction)
                progress = Progress(document.file, document.id, "extracted", statements=count)
            yield replace(progress, done=done, total=len(document_ids))


def renew(store: Store, document: Document, extraction: Extraction) -> int:
    """Put a new extraction in the place of the old one (within the caller's transaction); how many statements there
    are now."""
    old = statements.statements(store, statements.statement_ids(store, document_id=document.id, rejected=True))
    new = filing.as_cited(document.text, extraction)
    actor_ids = filing.link_actors(store, document.id, extraction)
    pairs = matched(old, new)
    kept = {statement.id for statement in old if _touched(store, statement)}
    ids: dict[int, int] = {}  # position among the new ones -> id
    for at, statement in pairs.items():
        ids[at] = statement.id
        if statement.id not in kept:
            statements.take_over(store, statement.id, document.text, new[at], actor_ids.get(new[at].actor or ""))
    fresh = [at for at in range(len(new)) if at not in pairs]
    added = statements.add_statements(
        store, document.id, document.text, [replace(new[at], parent=None) for at in fresh], actor_ids
    )
    ids |= dict(zip(fresh, added, strict=True))
    for at, found in enumerate(new):
        if ids[at] not in kept:
            statements.set_parent(store, ids[at], ids[found.parent] if found.parent is not None else None)
    stay = kept | set(ids.values())
    for statement in old:
        if statement.id not in stay and not statements.is_judged(store, statement.id):
            statements.delete_statement(store, statement.id)
    documents.set_rules(store, document.id, RULES)
    return statements.number_of_statements(store, document.id)


def matched(old: Sequence[Statement], new: Sequence[FoundStatement]) -> dict[int, Statement]:
    """{position among the new statements: the old one that it is}, the best matches first, each used once."""
    likely: list[tuple[float, int, int]] = []
    by_start = sorted((statement.content[0].start, number) for number, statement in enumerate(old))
    starts = [start for start, _ in by_start]
    longest = max((statement.content[-1].end - statement.content[0].start for statement in old), default=0)
    for at, found in enumerate(new):
        near = slice(bisect_left(starts, found.content[0].start - longest), bisect_left(starts, found.content[-1].end))
        for _, number in by_start[near]:  # the others share no character
            share = common(old[number].content, found.content)
            if share >= ALIKE:
                likely.append((-share, at, number))
    pairs: dict[int, Statement] = {}
    used: set[int] = set()
    for _, at, number in sorted(likely):
        if at not in pairs and number not in used:
            pairs[at] = old[number]
            used.add(number)
    return pairs


def common(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Share of characters that two contents have in common, 0..1."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)
    total = sum(a.end - a.start for a in left) + sum(b.end - b.start for b in right) - shared
    return shared / total if total else 0.0


def _touched(store: Store, statement: Statement) -> bool:
    return statement.status != "found" or bool(statements.fixed_fields(store, statement.id)) or bool(statement.note)
