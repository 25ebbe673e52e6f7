"""Paths to documents: files and folders are read in processes of their own, stored one document to a transaction.

Nothing is lost and nothing comes twice, whenever it is interrupted: a file counts as done when its result stands in the
database; what an interrupted run stored of it before is recognised by the digest of its bytes and the part's number.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from index.ingest import filing
from index.ingest.bundles import BUILT_IN, rule_message
from index.ingest.duplicates import near_duplicate
from index.ingest.intake import Found, expand, forget_drafts, keep_original
from index.ingest.messages import article_message
from index.ingest.processes import ReadingProcesses, Reply
from index.ingest.worker import SHARED_FROM
from index.model import Article, Extraction, Progress
from index.problems import Problem
from index.readers.metadata import MetadataTable
from index.store import documents
from index.store.settings import setting
from index.store.store import Store

RULES = "3"  # version of the rules of extraction: documents of an older one can be extracted again
_DIED = ("crashed", "too-slow", "bomb")


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the run: where it is, what the user calls it, the digest of its bytes, and why it is not read at
    all."""

    found: Found
    digest: str = ""
    problem: str | None = None
    detail: str = ""
    known: int | None = None


@dataclass(slots=True)
class Spent:
    """Seconds of a run: processor time of reading and extracting (in the reading processes), time of storing by the
    clock."""

    reading: float = 0.0
    extracting: float = 0.0
    storing: float = 0.0


def ingest(
    store: Store,
    paths: Iterable[Path],
    *,
    metadata: Path | None = None,
    jobs: int | None = None,
    skip_duplicates: bool = False,
    retry: bool = False,
    model: bool = True,
    spent: Spent | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Progress]:
    """Import files and folders; a `Progress` for each document, and for each file that gave none.

    `skip_duplicates` leaves near-duplicates out, `retry` reads files again that ended the reading process twice.
    `stop` is asked before each document; what was stored until then stays. `spent` counts the seconds. Raises Problem
    for a bad metadata table.
    """
    store.check_writable()
    table = MetadataTable.read(metadata) if metadata else MetadataTable()
    files = [found for found in expand(paths) if found.path.absolute() != table.path]
    if table.rows and files and not any(table.rows_for(found.path, found.path.name) for found in files):
        yield Progress(
            table.path.name if table.path else "", None, "skipped", problem="metadata-unused", detail=table.sample
        )
    originals: set[str] = set()
    forget_drafts(store.folder)
    try:
        with ReadingProcesses(jobs, partial(_copied, store.folder, originals)) as processes:
            look = partial(_extractions, processes, model, spent, stop)
            replies = processes.replies(_jobs(store, files, table, retry, model), stop)
            yield from _run(store, replies, len(files), skip_duplicates, look, spent, stop)
    finally:
        forget_unused(store, originals)


def _jobs(
    store: Store, files: Sequence[Found], table: MetadataTable, retry: bool, model: bool
) -> Iterator[tuple[_File, Mapping[str, Any] | None]]:
    """The files, each with the job for a reading process; None where it needs not be read, or cannot."""
    rules = [*setting(store, "split_rules", []), *(rule_message(rule) for rule in BUILT_IN)]  # own ones first
    job = {
        "rules": rules, "columns": setting(store, "columns", []), "extract": True, "share": True, "bands": True,
        "model": model,
    }  # fmt: skip
    for found in files:
        file = _recognised(store, found, retry)
        if file.problem or file.known is not None:
            yield file, None
        else:
            metadata = table.rows_for(found.path, found.path.name)
            place = {"path": str(found.path.absolute()), "name": found.path.name, "digest": file.digest}
            yield file, {**job, **place, "metadata": metadata}


def _copied(library: Path, originals: set[str], job: Mapping[str, Any], reply: Reply) -> str | None:
    """Copy the file of a job into the library (in a thread of the pool) and note that among `originals`; its path there,
    or None where there is nothing to keep."""
    if "path" not in job or not any(article.text for article in reply.articles):
        return None
    kept = keep_original(library, Path(job["path"]), job["digest"])
    originals.add(kept)
    return kept


Look = Callable[[Reply, Sequence[int]], Iterator[tuple[Extraction | None, str]]]


def _run(
    store: Store,
    replies: Iterable[tuple[_File, Reply | None]],
    total: int,
    skip_duplicates: bool,
    look: Look,
    spent: Spent | None,
    stop: Callable[[], bool],
) -> Iterator[Progress]:
    for done, (file, reply) in enumerate(replies, 1):
        if reply is not None and spent is not None:
            spent.reading += reply.seconds[0]
            spent.extracting += reply.seconds[1]
        started = time.perf_counter()
        for progress in _stored(store, file, reply, skip_duplicates, look):
            if spent is not None:
                spent.storing += time.perf_counter() - started
            yield replace(progress, done=done, total=total)
            if stop():
                return
            started = time.perf_counter()


def _extractions(
    processes: ReadingProcesses,
    model: bool,
    spent: Spent | None,
    stop: Callable[[], bool],
    reply: Reply,
    numbers: Sequence[int],
) -> Iterator[tuple[Extraction | None, str]]:
    """What was found in the articles of these numbers (counted from 0), each with why nothing could be looked for.

    The articles of a large file are looked at by all processes, a few at a time, and in their order.
    """
    if len(reply.articles) <= SHARED_FROM or reply.problem:
        for number in numbers:
            yield reply.extractions[number], reply.lost.get(number, reply.detail)
        return
    blocks = [numbers[at : at + SHARED_FROM] for at in range(0, len(numbers), SHARED_FROM)]
    jobs = (
        (block, {"articles": [article_message(reply.articles[n]) for n in block], "extract": True, "model": model})
        for block in blocks
    )
    for block, part in processes.replies(jobs, stop):
        assert part is not None
        if spent is not None:
            spent.extracting += part.seconds[1]
        found = [*part.extractions, *[None] * len(block)]
        for at in range(len(block)):
            yield found[at], part.lost.get(at, part.detail)


def _recognised(store: Store, found: Found, retry: bool) -> _File:
    """The file with its digest, and whether it needs to be read."""
    if found.problem:
        return _File(found, problem=found.problem, detail=found.detail)
    try:
        digest = digest_of_file(found.path)
    except OSError as error:
        return _File(found, problem="unreadable", detail=error.strerror or type(error).__name__)
    known = _complete(store, digest)
    if known is None and not retry and documents.times_failed(store, digest, _DIED) >= 2:
        return _File(found, digest, "quarantined")
    return _File(found, digest, known=known)


def digest_of_file(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _complete(store: Store, digest: str) -> int | None:
    """The first document of a file with these bytes that was imported to its end and is still there."""
    parts = documents.by_original(store, digest)
    if not parts:
        return None
    return min(parts.values()) if documents.was_added(store, digest) else None


def _stored(
    store: Store, file: _File, reply: Reply | None, skip_duplicates: bool, look: Look
) -> Iterator[Progress]:
    """Store what was read of a file; its results."""
    if reply is not None and reply.problem == "disk-full":
        raise Problem("disk-full", store.folder, reply.detail)
    if reply is None or not reply.articles:
        yield _without_articles(store, file, reply)
        return
    known = _complete(store, file.digest)  # the same bytes may have come twice in this run
    if known is not None:
        yield _without_articles(store, replace(file, known=known), None)
        return
    failed = [one for one in reply.articles if one.problem and not one.text]
    if len(failed) == len(reply.articles):
        yield _unread(store, file, failed[0])
    elif reply.kept is None or not reply.read:  # only an article with a text has its original kept
        yield _result(store, file, "failed", problem=reply.problem or "no-text", detail=reply.detail)
    else:
        for part in failed:
            # without the digest, by which files are counted that ended the reader: this one was read
            yield _unread(store, replace(file, digest=""), part)
        yield from _articles_stored(store, file, reply, reply.kept, skip_duplicates, look)


def _articles_stored(
    store: Store, file: _File, reply: Reply, original: str, skip_duplicates: bool, look: Look
) -> Iterator[Progress]:
    """Store the articles of a file that an interrupted run has not stored yet, each in a transaction; their results."""
    already = documents.by_original(store, file.digest)
    readable = [n for n, article in enumerate(reply.articles) if article.text or not article.problem]  # they come first
    several = len(readable) > 1
    numbers = [n for n in readable if (n + 1 if several else 0) not in already]
    found = look(reply, numbers)
    kept = bool(already)
    for number in numbers:
        extraction, why = next(found, (None, "stopped"))
        if why == "stopped":
            return
        article, bands = reply.articles[number], reply.bands[number]
        part = number + 1 if several else 0
        with store.transaction():
            progress = _file_one(store, file, article, extraction, bands, part, original, skip_duplicates)
            kept = kept or progress.status == "added"
            if progress.status == "added" and extraction is None and article.text:
                progress = replace(progress, problem="extraction", detail=why)
            if number == numbers[-1] or progress.status != "added":
                _keep(store, file, progress, finished=kept and number == numbers[-1])
        yield progress
    if not numbers:  # everything was stored, but not that it was
        yield _result(store, file, "added", problem=None)


def forget_unused(store: Store, originals: Iterable[str]) -> None:
    """Remove kept files that no document came from (duplicates, and what was read ahead when the run was stopped).

    Within a transaction each: another import that wants the same file stores its document before or after, never between.
    """
    for kept in originals:
        with suppress(OSError, Problem), store.transaction():
            if not documents.has_original(store, kept):
                (store.folder / kept).unlink(missing_ok=True)


_SKIPPED = ("metadata-table", "unknown-format", "old-office")


def _file_one(
    store: Store,
    file: _File,
    article: Article,
    extraction: Extraction | None,
    bands: Sequence[int],
    part: int,
    original: str,
    skip_duplicates: bool,
) -> Progress:
    """Store one article (within the caller's transaction) unless the library has it."""
    name = f"{file.found.name}#{part}" if part else file.found.name
    twin, same = _twin(store, article, bands)
    if twin is not None and (same or skip_duplicates):
        return Progress(name, None, "duplicate", duplicate_of=twin, published=_published(article))
    if not (store.folder / original).exists():  # another import had copied it too, needed it not, and let it go
        keep_original(store.folder, file.found.path, file.digest)
    found = extraction or Extraction()
    document_id = filing.file_article(
        store,
        article,
        found,
        file=file.found.name,
        part=part,
        original=original,
        original_digest=file.digest,
        duplicate_of=twin,
        rules=RULES,
    )
    documents.add_bands(store, document_id, bands)
    return Progress(
        name, document_id, "added", duplicate_of=twin, published=_published(article), statements=len(found.statements)
    )


def _twin(store: Store, article: Article, bands: Sequence[int]) -> tuple[int | None, bool]:
    """The document that this article repeats, and whether it is the same text from the same place (which isn't kept
    twice).

    The same words in two outlets are two documents: who printed them, and when, is what a researcher asks.
    """
    exact = documents.by_digest(store, documents.digest_of(article.text))
    if exact is not None:
        other = documents.documents(store, [exact])[0]
        elsewhere = bool(article.outlet and other.outlet and article.outlet != other.outlet)
        another_day = bool(
            article.published and other.published and article.published.earliest != other.published.earliest
        )
        return exact, not (elsewhere or another_day)
    seen: set[int] = set()
    for band in bands:
        for document_id in documents.with_band(store, band):
            if len(seen) < 40:
                seen.add(document_id)
    for document_id in sorted(seen):
        if near_duplicate(article.text, documents.text_of(store, document_id)):
            return document_id, False
    return None, False


def _unread(store: Store, file: _File, article: Article) -> Progress:
    """The result of a file, or of a part of one, that can't be read."""
    status = "skipped" if article.problem in _SKIPPED else "failed"
    member = article.attributes.get("member")
    name = f"{file.found.name}: {member}" if member else file.found.name
    return _result(store, file, status, problem=article.problem, detail=article.detail, name=name)


def _without_articles(store: Store, file: _File, reply: Reply | None) -> Progress:
    """The result of a file of which nothing is stored: known already, or not readable."""
    if file.known is not None:
        with store.transaction():
            progress = Progress(file.found.name, None, "duplicate", duplicate_of=file.known)
            _keep(store, file, progress)
        return progress
    problem, detail = (reply.problem, reply.detail) if reply else (file.problem, file.detail)
    status = "skipped" if problem in (*_SKIPPED, "quarantined", "not-regular") else "failed"
    return _result(store, file, status, problem=problem or "no-text", detail=detail)


def _result(
    store: Store, file: _File, status: str, *, problem: str | None, detail: str = "", name: str | None = None
) -> Progress:
    progress = Progress(name or file.found.name, None, status, problem=problem, detail=detail)
    with store.transaction():
        _keep(store, file, progress)
    return progress


def _keep(store: Store, file: _File, progress: Progress, finished: bool = False) -> None:
    """Note the result of a file in the database (within the caller's transaction)."""
    documents.add_result(
        store,
        progress.file,
        "added" if finished else progress.status,
        original_digest=file.digest or None,
        document_id=progress.document,
        duplicate_of=progress.duplicate_of,
        problem=progress.problem,
        detail=progress.detail,
    )


def _published(article: Article) -> str | None:
    return article.published.edtf if article.published else None
