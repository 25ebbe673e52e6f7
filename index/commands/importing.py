"""Commands that fill a library and look at its texts again: `import`, `rescan` and `reextract`."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from index.commands.opening import opened
from index.commands.output import emit, listed, progress, say
from index.library import Library
from index.model import Progress
from index.problems import Problem, sentence


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


def rescan(args: argparse.Namespace) -> int:
    """`rescan`: what is new or changed in the watched folders, as `import` would bring it in; or which folders these are."""
    stopped = stop_signal(args.stop_on_eof)
    with opened(args.library) as library:
        if args.watch:
            library.watch_folder(Path(args.watch))
        if args.unwatch:
            library.unwatch_folder(Path(args.unwatch))
        folders = library.watched_folders()
        if args.list:
            listed([{"folder": str(folder)} for folder in folders], {"folder": 0}, args.json)
            return 0
        problems = _run(library.import_watched(jobs=args.jobs, stop=stopped), args.json)
        if not args.json:
            say("watched: " + (", ".join(map(str, folders)) or "no folder"))
    return _ended(problems, stopped)


def reextract(args: argparse.Namespace) -> int:
    """`reextract`: the statements of documents anew. What people confirmed, corrected, rejected or scored stays."""
    stopped = stop_signal(args.stop_on_eof)
    with opened(args.library) as library:
        ids = args.documents or library.outdated_documents()
        problems = _run(library.reextract(ids, jobs=args.jobs, stop=stopped), args.json)
        counts = library.counts()
        if args.json:
            emit({"documents": len(ids), "statements": counts["statements"]})
        else:
            say(f"{len(ids)} documents looked at, {counts['statements']} statements in {library.path}")
    return _ended(problems, stopped)


def _run(results: Iterator[Progress], as_json: bool) -> int:
    problems = 0
    for result in results:
        problems += result.problem is not None
        report(result, as_json)
    return problems


def _ended(problems: int, stopped: Callable[[], bool]) -> int:
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
