"""Commands on a whole library: `new`, `check`, `rebuild`, `backup`, `sample`, and the acts of people: `undo`, `journal`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from index.commands.importing import stop_signal
from index.commands.opening import opened
from index.commands.output import emit, listed, progress, say, shown
from index.library import Library
from index.problems import Problem
from index.store.backups import Backup, all_backups, restore


def new(args: argparse.Namespace) -> int:
    """`new`: an empty library in a folder of its own."""
    with Library.create(args.library, args.name or None) as library:
        row = {"library": str(library.path), "name": library.name, "id": library.id}
    shown([row], args.json)
    return 0


def check(args: argparse.Namespace) -> int:
    """`check`: the integrity of a library and of its search index."""
    with opened(args.library) as library:
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
    with opened(args.library) as library:
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
        kept = restore(folder.parent if folder.is_file() else folder, Path(args.restore))
        say(f"restored{f'; what was there is kept as {kept}' if kept else ''}")
        return 0
    if args.list:
        columns = {"at": 26, "reason": 12, "documents": 9, "statements": 10, "library": 24, "file": 0}
        listed([_backup_json(found) for found in _backups(args.library)], columns, args.json)
        return 0
    with opened(args.library) as library:
        made = str(library.back_up())
    if args.json:
        emit({"file": made})
    else:
        print(made)
    return 0


def _backups(folder: str) -> list[Backup]:
    """The backups of a library; of a damaged one, which cannot say its id, those of all libraries."""
    try:
        with opened(folder) as library:
            return library.backups()
    except Problem as problem:
        if problem.code not in ("library-damaged", "library-foreign", "no-library", "unreadable"):
            raise
        say(f"{problem} These are the backups of all libraries:")
        return all_backups()


def _backup_json(found: Backup) -> dict[str, object]:
    return {
        "at": found.at.isoformat(), "reason": found.reason, "documents": found.documents,
        "statements": found.statements, "library": found.library, "file": str(found.path),
    }  # fmt: skip


def sample(args: argparse.Namespace) -> int:
    """`sample`: the sample library."""
    with Library.create_sample(args.library) as library:
        counts = library.counts()
    if args.json:
        emit(counts)
    else:
        print(f"{counts['documents']} documents and {counts['statements']} statements in {args.library}")
    return 0


def undo(args: argparse.Namespace) -> int:
    """`undo`: take the last act back, or with `--redo` do it again."""
    with opened(args.library) as library:
        label = library.redo() if args.redo else library.undo()
    if args.json:
        emit({"redone" if args.redo else "undone": label})
    else:
        print(f"{'done again' if args.redo else 'taken back'}: {label}")
    return 0


def journal(args: argparse.Namespace) -> int:
    """`journal`: the acts of users, newest first."""
    with opened(args.library) as library:
        rows = [
            {"id": entry.id, "at": entry.at, "state": entry.state, "rows": entry.steps, "label": entry.label}
            for entry in library.journal()
        ]
    listed(rows, {"id": 6, "at": 20, "state": 6, "rows": 6, "label": 0}, args.json)
    return 0
