"""What an import is given and what it keeps: files found in folders, and copies of the originals in the library."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.files import sync_folder
from index.problems import Problem
from index.readers import limits

ORIGINALS = "originals"
_SYSTEM_FILES = frozenset(("thumbs.db", "desktop.ini", "icon\r", "ehthumbs.db"))
_SYSTEM_FOLDERS = frozenset(("__macosx", "$recycle.bin", "system volume information", "node_modules", "lost+found"))
# What browsers call the folder of pictures and scripts beside a saved page, in some of their languages.
_COMPANION = re.compile(
    r"(.+?)(?:_files|-files|_fichiers|-Dateien|_archivos|_arquivos|_ficheiros|-filer|_bestanden|_soubory|_pliki|_файлы|_elemei|_file)\Z"
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.I)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import: `name` is what the user knows it by (its path below the chosen folder, with forward
    slashes)."""

    path: Path
    name: str
    problem: str | None = None
    detail: str = ""


def expand(paths: Iterable[Path]) -> Iterator[Found]:
    """The files behind paths: files themselves, folders with all below them, sorted by name.

    Only regular files; hidden and system files are left out, links are not followed out of the chosen folder, and no
    folder is entered twice. What was named directly and can't be read comes with its problem.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:
            yield Found(path, _shown(path.name or str(path)), "not-found")
            continue
        except (OSError, ValueError) as error:
            yield Found(
                path, _shown(path.name or str(path)), "unreadable", getattr(error, "strerror", "") or type(error).__name__
            )
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _below(path, path.resolve(), "", seen)
        else:
            yield _checked(path, path.name, status)


def _below(folder: Path, root: Path, prefix: str, seen: set[tuple[int, int]]) -> Iterator[Found]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, prefix.rstrip("/") or _shown(folder.name), "unreadable", error.strerror or type(error).__name__)
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    pages = {
        entry.name.rpartition(".")[0] for entry in entries if entry.name.lower().endswith((".html", ".htm", ".xhtml"))
    }
    for entry in entries:
        path = Path(entry.path)
        name = f"{prefix}{_shown(entry.name)}"
        lower = entry.name.lower()
        if entry.name.startswith((".", "~$")) or lower in _SYSTEM_FILES:
            continue
        try:
            if entry.is_symlink():
                if not path.resolve().is_relative_to(root):
                    continue
                status = path.stat()
            else:
                status = entry.stat(follow_symlinks=False)
        except (OSError, ValueError, RuntimeError):
            continue  # a dangling link or a loop of links
        if stat.S_ISDIR(status.st_mode):
            companion = _COMPANION.match(entry.name)
            if companion and companion[1] in pages:
                continue
            if lower not in _SYSTEM_FOLDERS and not (path / "library.standpoint").exists():
                yield from _below(path, root, f"{name}/", seen)
        elif stat.S_ISREG(status.st_mode):
            yield _checked(path, name, status)


def _checked(path: Path, name: str, status: os.stat_result) -> Found:
    if not stat.S_ISREG(status.st_mode):
        return Found(path, _shown(name), "not-regular")
    if status.st_size > limits.FILE_BYTES:
        return Found(path, _shown(name), "too-large", f"{status.st_size // limits.MB} MB")
    if status.st_size == 0:
        return Found(path, _shown(name), "empty")
    return Found(path, _shown(name))


def _shown(name: str) -> str:
    """A file name that can be stored: what is no character is shown as such."""
    return re.sub(r"[\x00\ud800-\udfff]", "\ufffd", name)


def keep_original(library: Path, source: Path, digest: str) -> str:
    """Copy a file into the library's originals and return its path there, relative and with forward slashes.

    The name begins with the digest, so the same bytes are kept once. Written under another name, flushed to the disk
    and
    renamed: there is never half a file. Raises Problem: "unreadable" for the source, also when its bytes are no longer
    those of `digest`, "disk-full" or "not-kept" for the library.
    """
    relative = f"{ORIGINALS}/{digest[:2]}/{digest[:16]}_{safe_name(source.name)}"
    target = library / relative
    if target.exists():
        return relative
    try:
        _copy(source, target, digest)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Problem("disk-full", library, f"{source.stat().st_size:,} bytes are needed") from error
        raise Problem("not-kept", source, error.strerror or type(error).__name__) from error
    return relative


def _blocks(source: Path) -> Iterator[bytes]:
    """The bytes of a file. Raises Problem("unreadable")."""
    try:
        with source.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
    except OSError as error:
        raise Problem("unreadable", source, error.strerror or type(error).__name__) from error


def _copy(source: Path, target: Path, digest: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{digest[:16]}.{os.getpid()}.{threading.get_ident()}.part")
    counted = hashlib.sha256()
    try:
        with draft.open("wb") as out:
            for block in _blocks(source):
                counted.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        if counted.hexdigest() != digest:
            raise Problem("unreadable", source, "it changed while it was being read")
        draft.replace(target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    sync_folder(target.parent)


def forget_drafts(library: Path) -> None:
    """Remove half copies that an import left behind when it was killed."""
    for draft in (library / ORIGINALS).glob("??/.*.part"):
        owner = draft.name.split(".")[2]
        with suppress(OSError):
            if not _is_running(int(owner) if owner.isdigit() else 0) or time.time() - draft.stat().st_mtime > 86_400:
                draft.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":
        return True  # asking would need more than the standard library has: old drafts go by their age
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def safe_name(name: str) -> str:
    """A file name that every system takes: no control or reserved characters, at most 80 characters, the extension
    kept."""
    clean = (
        re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]', "_", name).strip(" .")
        or "file"
    )
    if _RESERVED.match(clean):
        clean = f"_{clean}"
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = clean, ""
    while len(stem.encode("utf-8")) > 120:
        stem = stem[: max(1, len(stem) - 8)]
    return f"{stem[:80]}.{suffix}" if suffix else stem[:80]
