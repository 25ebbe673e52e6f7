"""The columns of a library kept beside its index, so that opening a large one reads no table of the database.

Like the index they lie in the user's cache folder, named by a manifest with a keyed checksum. A token that stands both
there and in the database tells that they were this database's columns at a certain state of it; what has changed since
is told by the journal and the counters, as within a running program. Plain arrays: nothing in the file can run code.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.problems import Problem
from index.search import trust
from index.search.arrays import Array, read_arrays, write_arrays
from index.search.fieldnames import KINDS, STATUSES
from index.store.store import Store

MANIFEST = "columns.json"
FORMAT = [1, list(KINDS), list(STATUSES)]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: arrays by kind of row and name, what else was known, and the state of the database it is of."""

    state: Any
    arrays: dict[str, dict[str, Array]]
    values: dict[str, Any]


def save(
    store: Store, state: Any, now: Any, arrays: Mapping[str, Mapping[str, Array]], values: Mapping[str, Sequence[str]]
) -> bool:
    """Keep columns that were read at `state`. `now()` tells the state once nobody else can write; not when it differs.

    False where it can't be done: another one is writing (nobody waits for that), or the library can't be written to.
    """
    if store.connection().in_transaction:
        return False
    folder = trust.index_folder(store.meta("id"), store.folder)
    token = secrets.token_hex(8)
    path = folder / f"columns-{token}.arr"
    try:
        trust.make_private(folder)
        write_arrays(path, {f"{kind}.{name}": a for kind, named in arrays.items() for name, a in named.items()})
        with store.without_waiting():
            if now() != state:
                raise Problem("busy")
            store.set_meta("columns", token)
        facts = path.stat()
        file = [path.name, facts.st_size, facts.st_mtime_ns, trust.digest(path)]
        written = {"format": FORMAT, "library": store.meta("id"), "token": token, "file": file, "state": state}
        trust.write_manifest(folder, {**written, "values": {k: list(v) for k, v in values.items()}}, MANIFEST)
    except (OSError, Problem):
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return False
    _sweep(folder, path)
    return True


def load(store: Store) -> Kept | None:
    """The kept columns of this library if they are ours and whole. The arrays may be changed; the file will not be."""
    folder = trust.index_folder(store.meta("id"), store.folder)
    facts = trust.read_manifest(folder, MANIFEST)
    if facts is None or facts.get("format") != FORMAT or facts.get("library") != store.meta("id"):
        return None
    if not facts.get("token") or store.meta("columns") != facts["token"]:
        return None
    try:
        name, *known = facts["file"]
        path = folder / name
        if path.is_symlink() or not trust.same(str(path), known):
            return None
        arrays: dict[str, dict[str, Array]] = {}
        for key, array in read_arrays(path, private=True).items():
            kind, _, column = key.partition(".")
            arrays.setdefault(kind, {})[column] = array
        return Kept(facts["state"], arrays, facts["values"])
    except trust.DAMAGE:
        return None


def _sweep(folder: Path, but: Path) -> None:
    for path in folder.glob("columns*"):
        if path != but and path.name != MANIFEST:
            with suppress(OSError):
                path.unlink()
