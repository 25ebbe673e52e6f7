"""Zip files read with limits: never unpacked to disk, never trusted in what their headers say of sizes."""

from __future__ import annotations

import io
import zipfile
import zlib

from index.problems import Problem
from index.readers import limits


class Package:
    """An opened zip file (also DOCX, ODT, EPUB, XLSX). Members are read by their exact names, each with a counter.

    Raises Problem: "damaged" (not a zip), "bomb" (unpacks to too much), "password" (members are encrypted).
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            KeyError,
        ) as error:
            raise Problem("damaged", detail="the zip container is broken") from error
        self._check(len(data))
        self._left = limits.ZIP_TOTAL_BYTES
        self.names = [member.filename for member in self._members if not member.is_dir()]
        self._known = {member.filename: member for member in self._members}

    def _check(self, packed: int) -> None:
        total = sum(member.file_size for member in self._members)
        if len(self._members) > limits.ZIP_ENTRIES:
            raise Problem("bomb", detail=f"{len(self._members)} entries")
        if total > limits.ZIP_TOTAL_BYTES or (
            total > limits.RATIO_FROM_BYTES and total > limits.ZIP_RATIO * max(packed, 1)
        ):
            raise Problem("bomb", detail=f"{total // limits.MB} MB from {max(1, packed // 1024)} KB")

    def __contains__(self, name: str) -> bool:
        return name in self._known

    @property
    def encrypted(self) -> bool:
        """True when members need a password."""
        return any(member.flag_bits & 1 for member in self._members)

    def read(self, name: str, limit: int = limits.ZIP_PART_BYTES) -> bytes:
        """The bytes of one member. Raises Problem "damaged" when it is missing or broken, "bomb" beyond `limit`."""
        member = self._known.get(name)
        if member is None:
            raise Problem("damaged", detail=f"its part {name} is missing")
        if member.flag_bits & 1:
            raise Problem("password")
        limit = min(limit, self._left)
        try:
            with self._zip.open(member) as stream:
                data = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
            RuntimeError,
        ) as error:
            raise Problem("damaged", detail=f"its part {name[:80]} is broken") from error
        if len(data) > limit:
            raise Problem("bomb", detail=f"more than {limit // limits.MB} MB in one part")
        self._left -= len(data)
        return data

    def read_if_there(self, name: str) -> bytes | None:
        """The bytes of a member that may be missing or broken: None then. Bombs still raise."""
        if name not in self._known:
            return None
        try:
            return self.read(name)
        except Problem as problem:
            if problem.code == "bomb":
                raise
            return None
