"""Libraries on a drive or in a folder that cannot be written: they are read from a copy of their database in the user's cache.

SQLite cannot share a database whose folder it may not write to, and reading one as if nobody else could change it gives
wrong answers once somebody does. A copy of one state is always whole. Original files are read where they lie.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

import platformdirs

from index.problems import Problem

_UNUSED = 7 * 86_400  # seconds after which a copy that nobody has opened goes
_TRIES = 5  # to copy a database that somebody else is writing to


def copied(path: Path) -> Path:
    """A copy of the database `path` as it stands now, its log of writes (`-wal`) included; made once for each state.

    Raises `Problem` where it cannot be read, or there is no room.
    """
    base = os.environ.get("STANDPOINT_CACHE") or platformdirs.user_cache_path("standpoint", appauthor=False)
    folder = Path(base) / "read-only"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(folder)
        for _ in range(_TRIES):
            state = _state(path)
            copy = folder / hashlib.blake2b(repr((str(path.resolve()), state)).encode(), digest_size=16).hexdigest()
            if copy.exists():
                os.utime(copy)
                return copy
            draft = folder / f".{secrets.token_hex(8)}"
            try:
                _copy(path, draft)
                if _state(path) == state:
                    if not copy.exists():  # else another program was faster, and may have it open
                        _put_in_place(draft, copy)
                    return copy
            finally:
                for part in _parts(draft):
                    part.unlink(missing_ok=True)
            time.sleep(0.2)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise Problem("disk-full" if full else "unreadable", folder if full else path, error.strerror or error) from error
    raise Problem("library-busy", path.parent)


def _parts(path: Path) -> list[Path]:
    return [path, Path(f"{path}-wal")]


def _state(path: Path) -> list[tuple[int, int]]:
    """Size and time of change of a database and of its log. Raises OSError where there is no database."""
    found = [part.stat() for part in _parts(path) if part == path or part.exists()]
    return [(status.st_size, status.st_mtime_ns) for status in found]


def _copy(path: Path, draft: Path) -> None:
    for part, copy in zip(_parts(path), _parts(draft), strict=True):
        if part.exists():
            shutil.copyfile(part, copy)
            copy.chmod(0o600)


def _put_in_place(draft: Path, copy: Path) -> None:
    """The log first: a database without it would be of another state."""
    for source, target in reversed(list(zip(_parts(draft), _parts(copy), strict=True))):
        if source.exists():
            source.replace(target)


def _sweep(folder: Path) -> None:
    """Remove copies that nobody has opened for a week."""
    for copy in folder.iterdir():
        with suppress(OSError):  # still open (Windows), or another program was faster
            if time.time() - copy.stat().st_mtime > _UNUSED:
                copy.unlink()
