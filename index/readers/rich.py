"""RTF: the text of the document, its notes, and what its information group says of title, author and dates.

Read by a tokeniser of its own: striprtf gave nothing for five of Tika's 44 test files, and one codepage for a file
whose fonts have several. Groups, destinations and escapes follow the RTF specification 1.9.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.model import Article, When
from index.problems import Problem
from index.readers import dates, limits
from index.readers.decoding import codec_name
from index.readers.plain import article, clean, first_line_title

# A control word with its number, a hexadecimal byte, a control symbol, a brace, or plain characters.
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]++|([^\\{}\r\n]++)", re.S | re.I
)
_SKIPPED = frozenset((
    "list", "listlevel", "leveltext", "levelnumbers", "listname", "listoverride", "lfolevel", "liststylename",
    "listpicture", "datafield", "fonttbl", "colortbl", "stylesheet", "pict", "object", "header", "headerl",
    "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "fldinst", "themedata", "colorschememapping",
    "datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "revtbl",
    "pgptbl", "filetbl", "userprops", "docvar", "mmathpr", "objdata", "bkmkstart", "bkmkend", "shppict",
    "nonshppict", "falt", "panose", "atnid", "atnauthor", "atndate", "atnref", "atrfstart", "atrfend", "atnparent",
    "passwordhash", "pntext", "sp", "sn", "sv", "do", "xe", "tc", "txe", "rxe", "template", "operator", "company",
    "keywords", "subject", "category", "doccomm", "hlinkbase", "vern", "nofpages", "nofwords", "nofchars",
    "nofcharsws", "id", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "wgrffmtfilter",
))  # fmt: skip
_SYMBOLS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
    "cell": "\t", "nestcell": "\t", "row": "\n\n", "nestrow": "\n\n", "softline": "\n", "column": "\n\n",
}  # fmt: skip
_CHARACTERS = {
    b"~": "\u00a0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n\n", b"\r": "\n\n", b"\t": "\t",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_DEEPEST = 200_000


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces: where its text goes ("" is the document), its encoding, characters to leave out."""

    target: str | None = ""
    codec: str | None = None
    uc: int = 1
    hidden: bool = False


@dataclass(slots=True)
class _Reader:
    """The state of reading: open groups, fonts, and what was gathered for each target."""

    default: str = "cp1252"
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int | None = None
    out: dict[str, list[str]] = field(default_factory=dict)
    octets: bytearray = field(default_factory=bytearray)
    ignore: int = 0
    starred: bool = False
    times: dict[str, dict[str, int]] = field(default_factory=dict)
    high: int = 0


def rtf_article(data: bytes) -> Article:
    """The text of an RTF file. Raises Problem: "damaged", "no-text", "too-large"."""
    if len(data) > limits.TEXT_FILE_BYTES:
        raise Problem("too-large", detail=f"{len(data) // limits.MB} MB")
    reader = _Reader()
    for token in _tokens(data):
        _take(reader, token)
    _flush(reader)
    text = _paragraphs("".join(reader.out.get("", [])))
    notes = [" ".join(note.split()) for note in "".join(reader.out.get("note", [])).split("\x00")]
    comments = [" ".join(one.split()) for one in "".join(reader.out.get("comment", [])).split("\x00")]
    comments = [f"[Comment: {one}]" for one in comments if one]
    text = "\n\n".join([part for part in (text, *notes, *comments) if part])
    if not text:
        raise Problem("no-text")
    title, author = (clean("".join(reader.out.get(name, []))) for name in ("title", "author"))
    return article(text, title=title or first_line_title(text), author=author, candidates=_created(reader))


def _tokens(data: bytes) -> Iterator[re.Match[bytes]]:
    """The tokens of a file, the bytes that `\\bin` announces left out, however many it claims."""
    at = 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:  # a lone backslash at the end
            at += 1
            continue
        at = match.end()
        if match[1] == b"bin":
            at += max(0, min(len(data), int(match[2] or 0)))
            continue
        yield match


def _take(reader: _Reader, token: re.Match[bytes]) -> None:
    word, number, octet, symbol, brace, plain = token.groups()
    if plain is not None:
        _plain(reader, plain)
    elif octet is not None:
        if reader.ignore:
            reader.ignore -= 1
        else:
            reader.octets.append(int(octet, 16))
    elif brace is not None:
        _brace(reader, brace)
    elif word is not None:
        _word(reader, word.decode("ascii"), int(number) if number else None)
    elif symbol is not None:
        _symbol(reader, symbol)


def _plain(reader: _Reader, plain: bytes) -> None:
    skip = min(reader.ignore, len(plain))
    reader.ignore -= skip
    reader.octets += plain[skip:]
    reader.starred = False
    if skip < len(plain):
        reader.high = 0


def _brace(reader: _Reader, brace: bytes) -> None:
    _flush(reader)
    reader.ignore, reader.starred = 0, False
    if brace == b"{":
        if len(reader.stack) > _DEEPEST:
            raise Problem("damaged", detail="its groups are nested too deeply")
        reader.stack.append(reader.group)
        reader.group = replace(reader.group)
    elif reader.stack:
        if reader.group.target in ("note", "comment") and reader.stack[-1].target != reader.group.target:
            _put(reader, "\x00")
        reader.group = reader.stack.pop()
        if not reader.stack:
            reader.group = _Group(None)  # what follows the document is left over from a longer one


def _symbol(reader: _Reader, symbol: bytes) -> None:
    if symbol == b"*":
        reader.starred = True
        return
    shown = _CHARACTERS.get(symbol)
    if shown:
        _flush(reader)
        _put(reader, shown)


def _word(reader: _Reader, word: str, number: int | None) -> None:
    if word == "u" and number is not None:
        _unicode(reader, number)
        return
    _flush(reader)
    group = reader.group
    if word in _SYMBOLS:
        _put(reader, _SYMBOLS[word])
    elif word in ("footnote", "annotation"):
        if group.target is not None:
            group.target = "note" if word == "footnote" else "comment"
    elif word == "info":
        group.target = None
    elif word in ("title", "author") and len(reader.stack) > 1 and group.target is None and reader.stack[-1].target is None:
        group.target = word
    elif word == "shptxt":
        group.target = ""  # a text box stands inside of groups that are skipped
    elif word in _SKIPPED or (reader.starred and word not in ("shpinst", "ud")):
        group.target = None
    else:
        _state(reader, word, number)
    reader.starred = False


def _state(reader: _Reader, word: str, number: int | None) -> None:
    """Control words that change how the following characters are read."""
    group = reader.group
    if word == "ansicpg" and number:
        named = {65001: "utf-8", 10000: "mac_roman", 936: "gb18030"}.get(number)
        reader.default = named or codec_name(f"cp{number}") or "cp1252"
    elif word == "mac":
        reader.default = "mac_roman"
    elif word == "uc" and number is not None:
        group.uc = max(0, min(number, 16))
    elif word == "f" and number is not None:
        reader.font = number
        group.codec = reader.fonts.get(number)
    elif word == "fcharset" and reader.font is not None and number in _CHARSETS and number not in (0, 77, 255):
        reader.fonts.setdefault(reader.font, _CHARSETS[number])
    elif word == "plain":
        group.codec, group.hidden = None, False
    elif word == "v" or word == "deleted":
        group.hidden = number != 0
    elif word in ("creatim", "revtim"):
        reader.times.setdefault(word, {})
    elif word in ("yr", "mo", "dy") and number is not None and reader.times:
        reader.times[next(reversed(reader.times))].setdefault(word, number)


def _unicode(reader: _Reader, number: int) -> None:
    """A character by its UTF-16 code (negative beyond 32767); what follows for older readers is left out."""
    _flush(reader)
    code = number % 65536
    reader.ignore = reader.group.uc
    if 0xD800 <= code < 0xDC00:
        reader.high = code
    elif 0xDC00 <= code < 0xE000:
        if reader.high:
            _put(reader, chr(0x10000 + ((reader.high - 0xD800) << 10) + code - 0xDC00))
        reader.high = 0
    elif 0xF000 <= code <= 0xF0FF:
        _put(reader, "•" if code == 0xF0B7 else chr(code - 0xF000) if 32 <= code - 0xF000 < 127 else "")
    else:
        _put(reader, chr(code))


def _flush(reader: _Reader) -> None:
    """Decode the bytes gathered so far: two-byte encodings need them together."""
    if reader.octets:
        octets = bytes(reader.octets)
        reader.octets.clear()
        _put(reader, octets.decode(reader.group.codec or reader.default, "replace"))


def _put(reader: _Reader, text: str) -> None:
    target = reader.group.target
    if target is not None and not reader.group.hidden:
        reader.out.setdefault(target, []).append(text)


def _paragraphs(raw: str) -> str:
    """Paragraphs a blank line apart; rows of a table stay together, their cells apart by tabs."""
    raw = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad]", "", raw)
    out: list[str] = []
    in_table = False
    for paragraph in raw.split("\n\n"):
        row = paragraph.endswith("\t")
        lines = [re.sub(r"[ \u00a0]+", " ", line).strip(" ") for line in paragraph.rstrip().split("\n")]
        text = "\n".join(line for line in lines if line).strip("\n")
        if not text.strip():
            continue
        if row and in_table:
            out[-1] += "\n" + text
        else:
            out.append(text.strip() if not row else text)
        in_table = row
    return "\n\n".join(out)


def _created(reader: _Reader) -> list[When]:
    parts = reader.times.get("creatim", {})
    value = "-".join(f"{parts[key]:02d}" for key in ("yr", "mo", "dy") if parts.get(key))
    found = dates.stated(value, "guessed from the document's properties (created)", 0.6) if parts.get("yr") else None
    return [found] if found else []
