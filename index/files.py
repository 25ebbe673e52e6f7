"""Files that people name: tables read as text, and files written whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from index.problems import Problem


def table_text(path: Path) -> str:
    """The text of a table that people give (UTF-8, with or without a byte-order mark). Raises `Problem`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Problem("not-found", path) from error
    except UnicodeDecodeError as error:
        raise Problem("unreadable", path, "it is not a text in UTF-8") from error
    except (OSError, ValueError) as error:
        raise Problem("unreadable", path, getattr(error, "strerror", None) or error) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file: to a draft beside it, flushed to the drive, then moved into place.

    Its folder must be there: one that is made from a slip of the pen would hide the file. Raises `Problem`.
    """
    import tempfile

    if not path.name:
        raise Problem("bad-value", detail="The name of a file to write is missing.")
    try:
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
        sync_folder(path.parent)
    except OSError as error:
        if error.errno == 28:
            raise Problem("disk-full", path, f"{len(data)} bytes are needed") from error
        raise Problem("unwritable", path, error.strerror or error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where the system can."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
