"""Folders that a library watches: what came or changed in them since the last look, told by size, time and bytes.

Looking again is the truth: events of the system are dropped when many come at once, and network drives send none. What
was seen is kept beside the program's own data and not in the library, whose folder holds no path of one machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.files import write_whole
from index.ingest.intake import Found, expand
from index.ingest.run import digest_of_file

Mark = tuple[int, int, str]  # size in bytes, time of change in nanoseconds, SHA-256


@dataclass(frozen=True, slots=True)
class Watched:
    """A watched folder and what was seen in it: name below the folder -> size, time of change and digest."""

    folder: Path
    seen: Mapping[str, Mark] = field(default_factory=dict)


def watched(memory: Path) -> list[Watched]:
    """The folders that a memory file names; none where the file is missing or damaged (all files count as new then)."""
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
        return [
            Watched(Path(one["folder"]), {name: (int(a), int(b), str(c)) for name, (a, b, c) in one["seen"].items()})
            for one in kept
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def watch(memory: Path, folder: Path) -> None:
    """Watch a folder from now on: everything in it counts as new at the next look."""
    folder = folder.resolve()
    others = [one for one in watched(memory) if one.folder != folder]
    _keep(memory, [*others, Watched(folder)])


def unwatch(memory: Path, folder: Path) -> None:
    """Watch a folder no longer."""
    _keep(memory, [one for one in watched(memory) if one.folder != folder.resolve()])


def changed(one: Watched) -> tuple[list[Path], Watched]:
    """The files of a folder that are new, or whose bytes changed, and the folder with what was seen now.

    A file whose size and time are as before is not opened. A folder that is away (a removed drive) has no changes and
    forgets nothing. Keep the second by `saw` once the files were imported, so that an interruption repeats the look.
    """
    if not one.folder.is_dir():
        return [], one
    fresh: list[Path] = []
    seen: dict[str, Mark] = {}
    for found in expand([one.folder]):
        mark = _mark(found, one.seen.get(found.name))
        if mark is None:
            continue
        seen[found.name] = mark
        if found.name not in one.seen or one.seen[found.name][2] != mark[2]:
            fresh.append(found.path)
    return fresh, Watched(one.folder, seen)


def saw(memory: Path, looks: Iterable[Watched]) -> None:
    """Remember what was seen in folders that are still watched."""
    now = {one.folder: one for one in looks}
    _keep(memory, [now.get(one.folder, one) for one in watched(memory)])


def _mark(found: Found, before: Mark | None) -> Mark | None:
    if found.problem:
        return None
    try:
        status = found.path.stat()
        if before is not None and (status.st_size, status.st_mtime_ns) == before[:2]:
            return before
        return status.st_size, status.st_mtime_ns, digest_of_file(found.path)
    except OSError:
        return None  # gone or locked: the next look will tell


def _keep(memory: Path, folders: Iterable[Watched]) -> None:
    rows = [{"folder": str(one.folder), "seen": one.seen} for one in folders]
    memory.parent.mkdir(parents=True, exist_ok=True)
    write_whole(memory, json.dumps(rows, ensure_ascii=False).encode("utf-8"))
