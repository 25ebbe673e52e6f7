"""Files read, and their statements found, without a library: what import would store of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.ingest.bundles import BUILT_IN, rule_message
from index.ingest.messages import when_message
from index.ingest.processes import ReadingProcesses, Reply, default_jobs
from index.model import Article, Extraction, SplitRule, TableHead, When
from index.problems import Problem
from index.readers.metadata import MetadataTable


def read_files(
    paths: Sequence[Path], *, metadata: Path | None = None, jobs: int | None = None
) -> Iterator[tuple[str, Article]]:
    """What import would store of each file: (NAME, article), or NAME#1, NAME#2 ... for files that hold several."""
    for _, name, article, _ in _each(paths, metadata, jobs, {}):
        yield name, article


def extract_files(
    paths: Sequence[Path],
    *,
    metadata: Path | None = None,
    published: When | None = None,
    jobs: int | None = None,
    model: bool = True,
) -> Iterator[tuple[str, Article, Extraction]]:
    """The statements of each file: (NAME, article, extraction).

    `published` dates all files but those that the metadata table dates. `model` off leaves the sequence model out.
    """
    options = {"extract": True, "model": model, "published": when_message(published)}
    for _, name, article, extraction in _each(paths, metadata, jobs, options):
        stated = article.published is not None and article.published.rule == "metadata table"
        if published is not None and not stated and not article.problem:
            article = replace(article, published=published)
        yield name, article, extraction or Extraction()


def _each(
    paths: Sequence[Path], metadata: Path | None, jobs: int | None, options: Mapping[str, Any]
) -> Iterator[tuple[Path, str, Article, Extraction | None]]:
    table = MetadataTable.read(metadata) if metadata else MetadataTable()
    rules = [rule_message(rule) for rule in BUILT_IN]
    work = (
        (
            path,
            {
                "path": str(path.absolute()),
                "name": path.name,
                "metadata": table.rows_for(path, path.name),
                "rules": rules,
                **options,
            },
        )
        for path in paths
    )
    with ReadingProcesses(min(jobs or default_jobs(), max(1, len(paths)))) as processes:
        for path, reply in processes.replies(work):
            assert reply is not None
            if not reply.read or not reply.articles:
                yield path, path.name, Article("", problem=reply.problem or "no-text", detail=reply.detail), None
                continue
            parts = list(zip(reply.articles, reply.extractions, strict=True))
            # A part of a file that can't be read is told of by an import; here it stands for nothing.
            parts = [part for part in parts if part[0].text or not part[0].problem] or parts[:1]
            for number, (article, extraction) in enumerate(parts, 1):
                if extraction is None and article.text and options.get("extract"):
                    article = replace(article, problem="extraction", detail=reply.lost.get(number - 1, reply.detail))
                yield path, path.name if len(parts) == 1 else f"{path.name}#{number}", article, extraction


def split_preview(path: Path, rule: SplitRule) -> list[Article]:
    """The articles that a split rule makes of a file, within the limits of the reading process. Raises Problem."""
    reply = _one({"path": str(path.absolute()), "name": path.name, "rules": [rule_message(rule)], "preview": True})
    failed = next((one for one in reply.articles if one.problem), None)
    if failed is not None or not reply.read:
        raise Problem(
            (failed.problem if failed else reply.problem) or "no-text",
            path.name,
            failed.detail if failed else reply.detail,
        )
    return reply.articles


def table_head(path: Path) -> TableHead:
    """The columns and first rows of a table, and which column is taken for what. Raises Problem."""
    reply = _one({"path": str(path.absolute()), "name": path.name, "head": True})
    if reply.head is None:
        raise Problem(reply.problem or "no-text", path.name, reply.detail)
    return reply.head


def _one(job: Mapping[str, Any]) -> Reply:
    with ReadingProcesses(1) as processes:
        for _, reply in processes.replies([(None, job)]):
            assert reply is not None
            return reply
    raise AssertionError("a job always has a reply")
