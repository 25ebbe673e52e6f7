"""Compound files (OLE2): what Outlook's .msg, old Word files and encrypted Office files are wrapped in.

Only what is needed is read, after [MS-CFB] and [MS-OXMSG]: streams by their path, with every chain bounded.
"""

from __future__ import annotations

import struct
from datetime import date, timedelta

from index.model import Article
from index.problems import Problem
from index.readers import dates, limits
from index.readers.markup import html_text
from index.readers.plain import article, clean

_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_SUBJECT, _BODY, _HTML, _SENDER, _FROM = "0037", "1000", "1013", "0C1A", "0042"
_TIMES = (0x0039, 0x0E06, 0x3007)  # submitted, delivered, created


def ole_article(data: bytes) -> Article:
    """A message of Outlook. Raises Problem: "password" for encrypted Office files, "unknown-format" for other
    compound files."""
    streams = Compound(data)
    names = {name.casefold() for name in streams.paths}
    if {"encryptedpackage", "encryptioninfo"} & names:
        raise Problem("password")
    if "__properties_version1.0" in names or any(name.startswith("__substg1.0_") for name in names):
        return _message(streams)
    if {"worddocument", "workbook", "book", "powerpoint document"} & names:
        raise Problem("old-office")
    raise Problem("unknown-format")


class Compound:
    """The streams of a compound file: `paths` maps "storage/name" to where the stream lies."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, IndexError, ValueError) as error:
            raise Problem("damaged", detail="the container of the file is broken") from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        (first_directory,) = struct.unpack_from("<I", data, 48)
        self._cutoff, first_mini, _, first_difat, difat_count = struct.unpack_from("<IIIII", data, 56)
        fat_sectors = [one for one in struct.unpack_from("<109I", data, 76) if one < _END]
        seen: set[int] = set()
        while first_difat < _END and first_difat not in seen and len(seen) <= difat_count:
            seen.add(first_difat)
            entries = struct.unpack(f"<{self._size // 4}I", self._sector(first_difat))
            fat_sectors += [one for one in entries[:-1] if one < _END]
            first_difat = entries[-1]
        self._fat: list[int] = []
        for sector in fat_sectors[: len(data) // self._size + 1]:
            block = self._sector(sector)
            self._fat += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
        self._mini_fat: list[int] = []
        mini = self._chain(first_mini)
        self._mini_fat += struct.unpack(f"<{len(mini) // 4}I", mini[: len(mini) // 4 * 4])
        self._directory(self._chain(first_directory))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, first: int, size: int | None = None) -> bytes:
        out: list[bytes] = []
        limit = len(self._data) // self._size + 2
        number = first
        while number < _END and len(out) < limit:
            out.append(self._sector(number))
            number = self._fat[number] if number < len(self._fat) else _END
        whole = b"".join(out)
        return whole if size is None else whole[:size]

    def _directory(self, raw: bytes) -> None:
        entries = []
        for at in range(0, min(len(raw) - 127, 128 * 20_000), 128):
            (length,) = struct.unpack_from("<H", raw, at + 64)
            name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<III", raw, at + 68)
            start, size = struct.unpack_from("<IQ", raw, at + 116)
            entries.append((name, raw[at + 66], left, right, child, start, size & 0xFFFFFFFF))
        if not entries:
            raise ValueError("no directory")
        self._mini = self._chain(entries[0][5], entries[0][6])
        self.paths: dict[str, tuple[int, int]] = {}
        stack = [(entries[0][4], "")]
        seen: set[int] = set()
        while stack:
            number, folder = stack.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            name, kind, left, right, child, start, size = entries[number]
            stack += [(left, folder), (right, folder)]
            if kind == 1:
                stack.append((child, f"{folder}{name}/"))
                self.paths.setdefault(f"{folder}{name}/", (0, 0))
            elif kind == 2:
                self.paths[f"{folder}{name}"] = (start, size)

    def read(self, path: str) -> bytes:
        """The bytes of a stream; b"" when there is none of that path."""
        start, size = self.paths.get(path, (0, 0))
        size = min(size, len(self._data), limits.ZIP_PART_BYTES)
        if not size:
            return b""
        if size >= self._cutoff:
            return self._chain(start, size)
        out: list[bytes] = []
        number = start
        while number < _END and len(out) * 64 < size:
            out.append(self._mini[number * 64 : number * 64 + 64])
            number = self._mini_fat[number] if number < len(self._mini_fat) else _END
        return b"".join(out)[:size]


def _message(streams: Compound) -> Article:
    text = _string(streams, _BODY)
    if not text.strip():
        markup = _string(streams, _HTML) or _decoded_html(streams.read(f"__substg1.0_{_HTML}0102"))
        text = html_text(markup) if markup else ""
    text = (
        "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        .strip()
        .replace("\x00", "")
    )
    if not text:
        raise Problem("no-text")
    day = _sent(streams.read("__properties_version1.0"))
    return article(
        text,
        title=clean(_string(streams, _SUBJECT)),
        author=clean(_string(streams, _SENDER) or _string(streams, _FROM)),
        candidates=[dates.when(day, day, "mail header (sent)", 0.97)] if day else [],
    )


def _string(streams: Compound, tag: str) -> str:
    wide = streams.read(f"__substg1.0_{tag}001F")
    if wide:
        return wide[: len(wide) // 2 * 2].decode("utf-16-le", "replace")
    narrow = streams.read(f"__substg1.0_{tag}001E")
    return _decoded_html(narrow)


def _decoded_html(octets: bytes) -> str:
    from index.readers.decoding import declared_charset, decoded

    try:
        return decoded(octets, declared_charset(octets))[0] if octets else ""
    except Problem:
        return octets.decode("latin-1")


def _sent(properties: bytes) -> date | None:
    """The day on which the message was sent (FILETIME: 100 ns since 1601), or None."""
    found: dict[int, int] = {}
    for at in range(32, len(properties) - 15, 16):
        kind, tag, _, value = struct.unpack_from("<HHIQ", properties, at)
        if kind == 0x0040:
            found[tag] = value
    for tag in _TIMES:
        if found.get(tag):
            try:
                day = date(1601, 1, 1) + timedelta(microseconds=found[tag] // 10)
            except OverflowError:
                continue
            if dates.plausible(day):
                return day
    return None
