"""Commands on a library: import, list, correct, merge, undo, check, rebuild."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.commands.output import emit, progress, published_text, say, table, when_json
from index.dates import parse_day
from index.library import Library
from index.model import Actor, Document, MergeMember, Progress, Statement
from index.problems import Problem, sentence
from index.store.backups import restore


def import_paths(args: argparse.Namespace) -> int:
    """`import`: files and folders into a library, a line for each document."""
    stopped = stop_signal(args.stop_on_eof)
    problems = 0
    with Library.open_or_create(args.library) as library:
        results = library.import_paths(
            [Path(path) for path in args.paths],
            metadata=Path(args.metadata) if args.metadata else None,
            jobs=args.jobs, skip_duplicates=args.skip_duplicates,
            retry=args.retry, stop=stopped,
        )  # fmt: skip
        for result in results:
            problems += result.status in ("failed", "skipped") and result.problem is not None
            report(result, args.json)
        if not args.json:
            counts = library.counts()
            say(f"{counts['documents']} documents and {counts['statements']} statements in {library.path}")
    if stopped():
        raise Problem("stopped")
    return int(problems > 0)


def report(result: Progress, as_json: bool) -> None:
    """Print the result of one document of a long task."""
    problem = sentence(*_problem(result)) if result.problem else None
    if problem:
        say(problem)
    if as_json:
        emit(
            {
                "file": result.file, "document": result.document, "status": result.status,
                "duplicate_of": result.duplicate_of, "published": result.published,
                "statements": result.statements, "problem": problem, "code": result.problem, "detail": result.detail,
                "done": result.done, "total": result.total,
            }
        )  # fmt: skip
    else:
        progress(result.done, result.total, result.file)


def _problem(result: Progress) -> tuple[str, str, str]:
    return result.problem or "", result.file, result.detail


def stop_signal(on_eof: bool) -> Callable[[], bool]:
    """A function that says whether to stop: with `on_eof`, once standard input is closed (that is how the window asks)."""
    asked = threading.Event()
    if on_eof:
        if hasattr(os, "nice"):
            os.nice(10)  # the window that waits for us, and draws meanwhile, goes first

        def wait() -> None:
            # Not sys.stdin.buffer: a thread that waits in it holds its lock, and Python aborts at the end.
            with suppress(OSError):
                while os.read(0, 1024):
                    pass
            asked.set()

        threading.Thread(target=wait, daemon=True).start()
    return asked.is_set


def documents(args: argparse.Namespace) -> int:
    """`documents`: all of them, or those without a date."""
    with Library.open(args.library) as library:
        rows = [document_json(d) for d in library.documents(library.document_ids(undated=args.undated, order="added"))]
    if args.json:
        for row in rows:
            emit(row)
    else:
        table(rows, {"id": 6, "published": 12, "outlet": 18, "statements": 10, "title": 50, "file": 0})
    return 0


def document_json(document: Document) -> dict[str, Any]:
    """A document's row, without its text."""
    when = document.published
    return {
        "id": document.id, "file": document.file, "part": document.part, "title": document.title,
        "outlet": document.outlet, "author": document.author, "published": published_text(when),
        "published_rule": when and when.rule, "published_certainty": when and when.certainty,
        "dates": [when_json(date) for date in document.dates], "url": document.url,
        "language": document.language, "digest": document.digest, "original": document.original,
        "attributes": dict(document.attributes), "duplicate_of": document.duplicate_of,
        "problem": document.problem, "statements": document.statements,
    }  # fmt: skip


def statements(args: argparse.Namespace) -> int:
    """`statements`: all of them, or those of a document or an actor."""
    with Library.open(args.library) as library:
        if args.document is not None:
            library.document(args.document)
        ids: list[int] = []
        if args.actor is None:
            ids = library.statement_ids(document_id=args.document)
        else:
            found = library.actors_named(args.actor)
            if not found:
                raise Problem("no-actor", detail=repr(args.actor))
            for actor in found:
                ids += library.statement_ids(document_id=args.document, actor_id=actor.id, order="said")
        rows = [statement_json(statement) for statement in library.statements(ids)]
    if args.json:
        for row in rows:
            emit(row)
    else:
        plain = [{**row, "said": row["date"] and (row["date"]["earliest"] or row["date"]["latest"])} for row in rows]
        table(plain, {"id": 6, "label": 8, "kind": 8, "said": 10, "actor": 26, "text": 0})
    return 0


def statement_json(statement: Statement) -> dict[str, Any]:
    """A stored statement: the object of `extract` plus id, document and text."""
    return {
        "id": statement.id, "label": statement.label, "document": statement.document_id, "kind": statement.kind,
        "content": [list(span) for span in statement.content],
        "speaker": statement.speaker and list(statement.speaker), "cue": statement.cue and list(statement.cue),
        "addressee": statement.addressee and list(statement.addressee), "actor": statement.actor,
        "actor_id": statement.actor_id, "actor_rule": statement.actor_rule, "role": statement.role,
        "date": when_json(statement.when), "via": list(statement.via), "parent": statement.parent_id,
        "utterance": statement.utterance_id, "rule": statement.rule, "certainty": statement.certainty,
        "status": statement.status, "note": statement.note, "text": statement.text,
    }  # fmt: skip


def actors(args: argparse.Namespace) -> int:
    """`actors`: the registry; `--merge KEEP OTHER ...` makes the others part of the first."""
    with Library.open(args.library) as library:
        if args.merge:
            keep, *others = args.merge
            if not others:
                raise Problem("bad-value", detail="--merge needs at least two actors")
            for warning in sorted({code for other in others if (code := library.merge_warning(keep, other))}):
                say(sentence(warning))
            library.merge_many(keep, others)
        if args.proposals or args.groups:
            for proposal in library.merge_proposals() if args.proposals else ():
                one, two = library.actor(proposal.keep), library.actor(proposal.other)
                row = {"keep": one.id, "other": two.id, "names": [one.name, two.name]}
                emit(row | {"score": round(proposal.score, 3), "reason": proposal.reason})
            for group in library.merge_groups() if args.groups else ():
                emit({"group": [member_json(member, library) for member in (group.keep, *group.others)]})
            return 0
        rows = [actor_json(actor) for actor in library.actors()]
    if args.json:
        for row in rows:
            emit(row)
    else:
        table(rows, {"id": 6, "statements": 10, "kind": 13, "name": 0})
    return 0


def member_json(member: MergeMember, library: Library) -> dict[str, Any]:
    """An actor of a group that may be one; the first of a group is the one to keep."""
    actor, example = member.actor, member.example
    row = {
        "id": actor.id, "name": actor.name, "aliases": list(actor.aliases), "statements": actor.statements,
        "documents": [{"id": i, "title": title, "outlet": outlet} for i, title, outlet in member.documents],
        "example": library.statement(example).text if example is not None else None,
    }  # fmt: skip
    if member.reason:
        row |= {"score": member.score, "reason": member.reason, "warning": member.warning}
    return row


def actor_json(actor: Actor) -> dict[str, Any]:
    """An actor with its names and dated roles."""
    return {
        "id": actor.id, "name": actor.name, "kind": actor.kind, "aliases": list(actor.aliases),
        "roles": [
            {
                "title": role.title, "earliest": role.earliest and role.earliest.isoformat(),
                "latest": role.latest and role.latest.isoformat(),
            }
            for role in actor.roles
        ],
        "note": actor.note, "statements": actor.statements,
    }  # fmt: skip


def set_fields(args: argparse.Namespace) -> int:
    """`set`: date, outlet, title or author of documents; their statements are dated anew."""
    given = {name: getattr(args, name) for name in ("outlet", "title", "author") if getattr(args, name) is not None}
    with Library.open(args.library) as library, library.edit("Describe documents"):
        for document_id in args.documents:
            library.document(document_id)
        if args.published is not None:
            library.set_published(args.documents, parse_day(args.published) if args.published else None)
        if given:
            library.describe_documents(args.documents, **{name: value or None for name, value in given.items()})
    return _show(args, library_path=args.library)


def correct(args: argparse.Namespace) -> int:
    """`correct`: speaker, date, kind or note of statements; or confirm or reject them."""
    with Library.open(args.library) as library, library.edit("Correct statements"):
        for statement_id in args.statements:
            library.statement(statement_id)
            library.correct_statement(
                statement_id,
                actor=False if args.actor is None else (args.actor or None),
                when=False if args.said is None else (parse_day(args.said) if args.said else None),
                kind=args.kind, note=args.note,
            )  # fmt: skip
        if args.confirm:
            library.confirm_statements(args.statements)
        if args.reject:
            library.reject_statements(args.statements)
    return _show(args, library_path=args.library)


def undo(args: argparse.Namespace) -> int:
    """`undo`: take the last act back, or with `--redo` do it again."""
    with Library.open(args.library) as library:
        label = library.redo() if args.redo else library.undo()
    if args.json:
        emit({"redone" if args.redo else "undone": label})
    else:
        print(f"{'done again' if args.redo else 'taken back'}: {label}")
    return 0


def journal(args: argparse.Namespace) -> int:
    """`journal`: the acts of users, newest first."""
    with Library.open(args.library) as library:
        rows = [
            {"id": entry.id, "at": entry.at, "state": entry.state, "rows": entry.steps, "label": entry.label}
            for entry in library.journal()
        ]
    if args.json:
        for row in rows:
            emit(row)
    else:
        table(rows, {"id": 6, "at": 20, "state": 6, "rows": 6, "label": 0})
    return 0


def _show(args: argparse.Namespace, library_path: str) -> int:
    """What the documents or statements look like after a change."""
    with Library.open(library_path) as library:
        if hasattr(args, "statements"):
            rows = [statement_json(statement) for statement in library.statements(args.statements)]
        else:
            rows = [document_json(document) for document in library.documents(args.documents)]
    for row in rows:
        if args.json:
            emit(row)
        else:
            print(" ".join(f"{name}={value}" for name, value in row.items() if value not in (None, [], "", {})))
    return 0


def check(args: argparse.Namespace) -> int:
    """`check`: the integrity of a library and of its search index."""
    with Library.open(args.library) as library:
        if args.repair:
            for line in library.repair():
                say(line)
        report = library.check()
    if args.json:
        emit(report)
    else:
        whole = f"whole: {report['documents']} documents, {report['statements']} statements"
        print("\n".join(report["problems"]) or whole)
    return int(not report["ok"])


def rebuild(args: argparse.Namespace) -> int:
    """`rebuild`: the full-text index anew from the database."""
    stopped = stop_signal(args.stop_on_eof)
    with Library.open(args.library) as library:
        report = library.rebuild_index(stopped, told=lambda done, total: told(done, total, args.json))
    if args.json:
        emit(report)
    else:
        print(f"indexed {report['statements']} statements and {report['documents']} documents")
    if stopped():
        raise Problem("stopped")
    return 0


def told(done: int, total: int, as_json: bool) -> None:
    """Progress of a rebuild on stderr: for a program as JSON lines {"done", "total"}, for a person as a counter."""
    if done % 2000 and done < total:
        return
    if as_json and not sys.stderr.isatty():
        print(json.dumps({"done": done, "total": total}), file=sys.stderr, flush=True)
    else:
        progress(done, total, "")


def backup(args: argparse.Namespace) -> int:
    """`backup`: make one, list them, or put one back."""
    if args.restore:
        folder = Path(args.library)
        kept = restore(folder if folder.is_dir() else folder.parent, Path(args.restore))
        say(f"restored{f'; what was there is kept as {kept}' if kept else ''}")
        return 0
    with Library.open(args.library) as library:
        if args.list:
            rows = [
                {"at": found.at.isoformat(), "reason": found.reason, "documents": found.documents,
                 "statements": found.statements, "file": str(found.path)}
                for found in library.backups()
            ]  # fmt: skip
        else:
            rows = [{"file": str(library.back_up())}]
    if args.json:
        for row in rows:
            emit(row)
    elif args.list:
        table(rows, {"at": 26, "reason": 12, "documents": 9, "statements": 10, "file": 0})
    else:
        print(rows[0]["file"])
    return 0


def sample(args: argparse.Namespace) -> int:
    """`sample`: the sample library."""
    with Library.create_sample(args.library) as library:
        counts = library.counts()
    if args.json:
        emit(counts)
    else:
        print(f"{counts['documents']} documents and {counts['statements']} statements in {args.library}")
    return 0
