"""Commands on files alone, without a library: read, extract, dates. They print JSON lines in any case."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.commands.output import emit, published_text, say, when_json
from index.dates import parse_day
from index.model import Article, Extraction, FoundStatement, When
from index.problems import sentence


def read(args: argparse.Namespace) -> int:
    """`read`: what import would store of each file."""
    from index.ingest.reading import read_files

    problems = 0
    for doc, article in read_files(_paths(args), metadata=_metadata(args), jobs=args.jobs):
        problems += _report(doc, article)
        emit(
            {
                "doc": doc, "title": article.title, "outlet": article.outlet, "author": article.author,
                "published": published_text(article.published),
                "published_rule": article.published and article.published.rule,
                "published_certainty": article.published and article.published.certainty,
                "dates": [when_json(when) for when in article.dates],
                "language": article.language, "url": article.url, "text": article.text,
                "attributes": dict(article.attributes), "problem": _problem(doc, article),
            }
        )  # fmt: skip
    return int(problems > 0)


def extract(args: argparse.Namespace) -> int:
    """`extract`: the statements of each file."""
    problems = 0
    noted: set[str] = set()
    for doc, article, extraction in _extracted(args):
        problems += _report(doc, article)
        for note in set(extraction.notes) - noted:
            say(sentence(note))
        noted |= set(extraction.notes)
        emit(
            {
                "doc": doc, "published": published_text(article.published), "problem": _problem(doc, article),
                "statements": [statement_json(statement) for statement in extraction.statements],
                "notes": list(extraction.notes),
            }
        )  # fmt: skip
    return int(problems > 0)


def dates(args: argparse.Namespace) -> int:
    """`dates`: the date expressions of each file."""
    from index.extract.dates import date_expressions
    from index.ingest.reading import read_files

    given = _published(args)
    problems = 0
    for doc, article in read_files(_paths(args), metadata=_metadata(args), jobs=args.jobs):
        problems += _report(doc, article)
        emit(
            {
                "doc": doc,
                "dates": [
                    {
                        "expression": when.expression and list(when.expression),
                        "earliest": when.earliest and when.earliest.isoformat(),
                        "latest": when.latest and when.latest.isoformat(),
                        "precision": when.precision, "rule": when.rule, "certainty": round(when.certainty, 2),
                    }
                    for when in date_expressions(article.text, given or article.published)
                ],
            }
        )  # fmt: skip
    return int(problems > 0)


def statement_json(statement: FoundStatement) -> dict[str, Any]:
    """A found statement in the shape that other programs rely on."""
    return {
        "kind": statement.kind,
        "content": [list(span) for span in statement.content],
        "speaker": statement.speaker and list(statement.speaker),
        "cue": statement.cue and list(statement.cue),
        "addressee": statement.addressee and list(statement.addressee),
        "actor": statement.actor,
        "actor_rule": statement.actor_rule,
        "role": statement.role,
        "date": when_json(statement.when),
        "via": list(statement.via),
        "parent": statement.parent,
        "utterance": statement.utterance,
        "rule": statement.rule,
        "certainty": round(statement.certainty, 2),
    }


def _extracted(args: argparse.Namespace) -> Iterator[tuple[str, Article, Extraction]]:
    from index.ingest.reading import extract_files

    return extract_files(
        _paths(args), metadata=_metadata(args), published=_published(args), jobs=args.jobs, model=not args.no_model
    )


def _paths(args: argparse.Namespace) -> list[Path]:
    return [Path(name) for name in args.files]


def _metadata(args: argparse.Namespace) -> Path | None:
    return Path(args.metadata) if args.metadata else None


def _published(args: argparse.Namespace) -> When | None:
    return parse_day(args.published, rule="given on the command line") if args.published else None


def _problem(doc: str, article: Article) -> str | None:
    return sentence(article.problem, doc, article.detail) if article.problem else None


def _report(doc: str, article: Article) -> bool:
    """Name an input that had a problem; True where it had one."""
    if article.problem:
        say(sentence(article.problem, doc, article.detail))
    return article.problem is not None
