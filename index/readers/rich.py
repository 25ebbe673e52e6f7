"""RTF: striprtf reads the text, the information group gives title, author and dates."""

from __future__ import annotations

import re

from index.model import Article, When
from index.problems import Problem
from index.readers import dates, limits
from index.readers.plain import article, clean, first_line_title

_TIME = re.compile(r"\{\\(creatim|revtim)\\yr(\d{4})(?:\\mo(\d{1,2}))?(?:\\dy(\d{1,2}))?")
_HEX = re.compile(r"(?:\\'[0-9a-fA-F]{2})+")
_CODEPAGE = re.compile(r"\\ansicpg(\d{1,5})")
_PICTURE = re.compile(r"[0-9a-fA-F\s]{2000,}+")


def rtf_article(data: bytes) -> Article:
    """The text of an RTF file. Raises Problem: "damaged", "no-text", "too-large"."""
    from striprtf.striprtf import rtf_to_text

    if len(data) > limits.TEXT_FILE_BYTES:
        raise Problem("too-large", detail=f"{len(data) // limits.MB} MB")
    raw = _PICTURE.sub("", _without_binary(data).decode("latin-1"))
    codepage = _codec(raw)
    raw = _upright_escapes(raw, codepage)
    try:
        text = str(rtf_to_text(raw, encoding=codepage, errors="replace"))  # type: ignore[no-untyped-call]
    except (UnicodeError, ValueError, IndexError, KeyError, TypeError, LookupError) as error:
        raise Problem("damaged", detail=str(error)[:120]) from error
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad]", "", text)
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n\n".join(_rows(lines)).strip()
    if not text:
        raise Problem("no-text")
    return article(
        text,
        title=_information(raw, "title", codepage) or first_line_title(text),
        author=_information(raw, "author", codepage),
        candidates=_dates(raw),
    )


def _rows(lines: list[str]) -> list[str]:
    """Paragraphs; the rows of a table (cells end with |) stay together."""
    out: list[str] = []
    for line in lines:
        if not line.strip("| "):
            continue
        if line.endswith("|") and out and out[-1].endswith("|"):
            out[-1] += "\n" + line
        else:
            out.append(line)
    return [
        "\n".join("\t".join(cell.strip() for cell in row.rstrip("|").split("|")) for row in one.split("\n"))
        if one.endswith("|")
        else one
        for one in out
    ]


def _without_binary(data: bytes) -> bytes:
    """The file without the bytes that `\\bin` announces, however many it claims."""
    if b"\\bin" not in data:
        return data
    out: list[bytes] = []
    at = 0
    for match in re.finditer(rb"\\bin(\d{1,10}) ?", data):
        if match.start() < at:
            continue
        out.append(data[at : match.start()])
        at = min(len(data), match.end() + int(match[1]))
    out.append(data[at:])
    return b"".join(out)


def _codec(raw: str) -> str:
    found = _CODEPAGE.search(raw[:4000])
    name = f"cp{found[1]}" if found and found[1] not in ("0", "1") else "cp1252"
    name = {"cp65001": "utf-8", "cp10000": "mac_roman", "cp10007": "mac_cyrillic", "cp936": "gb18030"}.get(name, name)
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _upright_escapes(raw: str, codepage: str) -> str:
    """In two-byte codepages an escape may be followed by a plain letter as the second byte: written as an escape
    too."""
    if codepage not in ("cp932", "cp949", "cp950", "gb18030"):
        return raw
    return re.sub(r"((?:\\'[0-9a-fA-F]{2}){1,2000})([@-~])(?![a-z])", lambda m: _paired(m, codepage), raw)


def _paired(match: re.Match[str], codepage: str) -> str:
    octets = bytes(int(one, 16) for one in re.findall(r"[0-9a-fA-F]{2}", match[1]))
    try:
        octets.decode(codepage)
        return match[0]
    except UnicodeDecodeError:
        return f"{match[1]}\\'{ord(match[2]):02x}" if match[2] not in "\\{}" else match[0]


def _information(raw: str, field: str, codepage: str) -> str | None:
    found = re.search(r"\{\\" + field + r"\s([^{}]{1,1000})\}", raw[:200_000])
    if not found:
        return None
    value = _HEX.sub(
        lambda m: bytes(int(one, 16) for one in re.findall(r"[0-9a-fA-F]{2}", m[0])).decode(codepage, "replace"),
        found[1],
    )
    value = re.sub(r"\\u(-?\d{1,6})\??", lambda m: chr(int(m[1]) % 65536), value)
    value = re.sub(r"\\[a-z]{1,32}-?\d{0,9} ?", "", value)
    value = re.sub("[\ud800-\udfff]", "", value)
    return clean(value)


def _dates(raw: str) -> list[When]:
    for match in _TIME.finditer(raw[:200_000]):
        if match[1] == "creatim":
            value = "-".join(part.zfill(2) for part in match.groups()[1:] if part)
            found = dates.stated(value, "guessed from the document's properties (created)", 0.6)
            if found:
                return [found]
    return []
