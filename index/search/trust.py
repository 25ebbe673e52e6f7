"""Whether an index on disk is ours, whole and of this library: decided before Whoosh reads a single byte of it.

Whoosh's table of contents is a pickle, and reading a prepared pickle runs code. So the index lies in the user's own
cache folder, never in a library; a manifest with a keyed checksum names every file; whatever does not fit is made anew.
As a second wall the pickle is read by a reader that knows three names and no more.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import pickle
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import IndexError as IndexError_

MANIFEST = "manifest.json"
# What reading a damaged index may raise.
DAMAGE = (
    OSError, ValueError, LookupError, EOFError, AssertionError, TypeError, struct.error, pickle.PickleError,
    IndexError_,
)  # fmt: skip
_NAMES = {("index.search.codec", "Segment"), ("index.search.codec", "Codec"), ("builtins", "set")}
_HARMLESS = ("WRITELOCK", ".tmp")  # endings of what Whoosh may leave behind and never reads


def cache_root() -> Path:
    """Where all indexes of this user lie; the environment's STANDPOINT_CACHE goes before the system's cache folder."""
    told = os.environ.get("STANDPOINT_CACHE")
    return Path(told) if told else user_cache_path("standpoint", appauthor=False)


def index_folder(library_id: str, library: Path) -> Path:
    """The folder for the index of the library at a place; a copy of the library elsewhere has another one."""
    place = hashlib.blake2b(os.fsencode(library.resolve()), digest_size=6).hexdigest()
    safe = "".join(c for c in library_id if c.isalnum())[:40]
    return cache_root() / f"{safe}-{place}"


def make_private(folder: Path) -> None:
    """Make a folder that only this user can enter."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name == "posix":
        folder.chmod(0o700)


def _key() -> bytes:
    """This user's key, made on first use."""
    path = cache_root() / "key"
    try:
        key = path.read_bytes()
        if len(key) == 32:
            return key
    except OSError:
        pass
    make_private(path.parent)
    fresh = path.with_name(f"key.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    fresh.replace(path)
    return path.read_bytes()


def digest(path: Path) -> str:
    """BLAKE2b of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=20)).hexdigest()


def listed(folder: Path, before: dict[str, Any] | None = None) -> dict[str, list[Any]]:
    """{relative path: [size, modification time, checksum]} of an index; what `before` knows is not read again."""
    files: dict[str, list[Any]] = {}
    for name, _ in sorted(_files(str(folder))):
        if name.endswith(_HARMLESS):
            continue
        facts = os.lstat(f"{folder}/{name}")
        known = (before or {}).get(name)
        same = known is not None and known[:2] == [facts.st_size, facts.st_mtime_ns]
        files[name] = [facts.st_size, facts.st_mtime_ns, known[2] if same and known else digest(folder / name)]
    return files


def _files(folder: str, name: str = "") -> Iterator[tuple[str, bool]]:
    """(relative path, whether it is a link) of all that is not a folder. An edit asks this often, hence no Path here."""
    with os.scandir(f"{folder}/{name}") as entries:
        for entry in entries:
            link = entry.is_symlink()
            if not link and entry.is_dir():
                yield from _files(folder, f"{name}{entry.name}/")
            else:
                yield f"{name}{entry.name}", link


def write_manifest(folder: Path, facts: dict[str, Any], name: str = MANIFEST) -> None:
    """Publish the manifest: written aside, renamed. (If a power cut loses it, the index is made anew.)"""
    text = json.dumps(facts, sort_keys=True)
    mac = hmac.new(_key(), text.encode(), hashlib.blake2b).hexdigest()
    aside = folder / f"{name}.{secrets.token_hex(4)}"
    with aside.open("w", encoding="utf-8") as file:
        json.dump({"facts": text, "mac": mac}, file)
    aside.replace(folder / name)


def read_manifest(folder: Path, name: str = MANIFEST) -> dict[str, Any] | None:
    """The facts of the manifest in a folder if this user's program wrote it, else None."""
    try:
        outer = json.loads((folder / name).read_text(encoding="utf-8"))
        text, mac = outer["facts"], outer["mac"]
        if not hmac.compare_digest(hmac.new(_key(), text.encode(), hashlib.blake2b).hexdigest(), str(mac)):
            return None
        facts: dict[str, Any] = json.loads(text)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return facts


def whole(folder: Path, files: dict[str, list[Any]], every: bool = False) -> bool:
    """True when the files of an index are those of the manifest and no others.

    The tables of contents (pickles) are always read and compared; the arrays, which cannot run code, when their size
    or time differ from what was written, or with `every`.
    """
    try:
        found = set()
        for name, link in _files(str(folder)):
            if link:
                return False
            if not name.endswith(_HARMLESS):
                found.add(name)
        return found == set(files) and all(same(f"{folder}/{name}", files[name], every) for name in files)
    except (OSError, TypeError, ValueError):
        return False


def same(path: str, known: list[Any], every: bool = False) -> bool:
    """True when a file is the one of which [size, modification time, checksum] are known."""
    size, time, checksum = known
    facts = os.lstat(path)
    if facts.st_size != size:
        return False
    if facts.st_mtime_ns == time and not every and not path.endswith(".toc"):
        return True
    return hmac.compare_digest(digest(Path(path)), str(checksum))


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        module = "builtins" if module == "__builtin__" else module
        if (module, name) not in _NAMES:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return super().find_class(module, name)


class _File(StructFile):  # type: ignore[misc]
    def read_pickle(self) -> Any:
        try:
            return _Reader(self.file).load()
        except BaseException:
            self.close()
            raise


class Storage(FileStorage):  # type: ignore[misc]
    """A folder of Whoosh's whose pickles can hold nothing but our segments."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Whoosh wants a folder for sorted runs; our writer makes none."""
        return RamStorage()

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """A file for reading."""
        return _File(Path(self._fpath(name)).open("rb"), name=name, **kwargs)
