"""Commands on where texts come from and what is found in them: watched folders, extraction done anew."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from index.commands.libraries import report, stop_signal
from index.commands.output import emit, say
from index.library import Library
from index.model import Progress
from index.problems import Problem


def rescan(args: argparse.Namespace) -> int:
    """`rescan`: what is new or changed in the watched folders, as `import` would bring it in."""
    stopped = stop_signal(args.stop_on_eof)
    with Library.open(args.library) as library:
        if args.watch:
            library.watch_folder(Path(args.watch))
        if args.unwatch:
            library.unwatch_folder(Path(args.unwatch))
        folders = library.watched_folders()
        problems = _run(library.import_watched(jobs=args.jobs, stop=stopped), args.json)
        if not args.json:
            say("watched: " + (", ".join(map(str, folders)) or "no folder"))
    return _ended(problems, stopped)


def reextract(args: argparse.Namespace) -> int:
    """`reextract`: the statements of documents anew. What people confirmed, corrected, rejected or scored stays."""
    stopped = stop_signal(args.stop_on_eof)
    with Library.open(args.library) as library:
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
