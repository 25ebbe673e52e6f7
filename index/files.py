"""Writing files so that they are there whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
from pathlib import Path

from index.problems import Problem


def write_whole(path: Path, data: bytes) -> None:
    """Write a file: to a draft beside it, flushed to the drive, then moved into place. Raises `Problem`."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(draft).chmod(0o666 & ~_umask())
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        if error.errno == 28:
            raise Problem("disk-full", path, f"{len(data)} bytes are needed") from error
        raise Problem("unwritable", path, error.strerror or error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Flush the folder's own entry, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
