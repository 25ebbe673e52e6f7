"""Bytes to text: which encoding a file is in, by its marks, its own word for it, and at last by its letters.

The order was measured on the labelled files of chardet's tests: byte-order mark, NUL patterns of UTF-16 and UTF-32,
escape sequences of ISO-2022, strict UTF-8, the declared charset, charset-normalizer.
"""

from __future__ import annotations

import codecs
import re

from index.problems import Problem

# What people and programs declare, and what the bytes then usually are (the superset that browsers use, WHATWG
# "Encoding").
_SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "iso8859-11",
    "big5": "big5hkscs",
    "iso8859-8": "cp1255",
}
_BY_NAME = {
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "x-mac-cyrillic": "mac_cyrillic",
    "maccyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "iso-8859-8-i": "cp1255",
    "windows-874": "cp874",
    "windows-950": "cp950",
    "unicode": "utf-16",
    "x-unicode": "utf-16",
    "iso-8859-6-i": "iso8859-6",
    "ibm855": "cp855",
    "ibm866": "cp866",
    "cp-1251": "cp1251",
    "windows-31j": "cp932",
    "unicode-1-1-utf-8": "utf-8",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPES = (
    (b"\x1b$)C", "iso2022_kr"),
    (b"\x1b$B", "iso2022_jp_2"),
    (b"\x1b$@", "iso2022_jp_2"),
    (b"\x1b(J", "iso2022_jp_2"),
    (b"\x1b$(D", "iso2022_jp_2"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.\-]{2,40})""", re.I)
_XML = re.compile(rb"""\A\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_:.\-]{2,40})["']""")
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
SAMPLE = 1 << 17


def decoded(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Text without byte-order mark and the name of its encoding. Raises Problem("binary") or Problem("encoding")."""
    for bom, marked in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(marked, "replace"), marked
    wide = _wide(data)
    if wide is not None:
        return data.decode(wide, "replace"), wide
    if _is_binary(data):
        raise Problem("binary")
    for escape, name in _ESCAPES:
        if escape in data[:SAMPLE]:
            text = data.decode(name, "replace")
            if text.count("\ufffd") * 50 <= len(text):
                return text, name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "replace"), "utf-8"
    codec = codec_name(declared)
    declared_text = _plausible(data, codec) if codec else None
    if codec and declared_text is not None:
        return declared_text, codec
    return _guessed(data)


def declared_charset(data: bytes) -> str | None:
    """What an XML declaration or an HTML meta element in the first bytes says of the encoding, or None."""
    head = data[:4096]
    found = _XML.search(head) or _META.search(head)
    return found.group(1).decode("ascii") if found else None


def codec_name(declared: str | None) -> str | None:
    """Python's codec for a declared charset (its usual superset), or None for one that does not exist."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    name = _BY_NAME.get(name, name)
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", True):
        return None
    return _SUPERSETS.get(codec.name, codec.name)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where the NULs lie."""
    head = data[:4096]
    if head.count(0) < max(2, len(head) // 16):
        return None
    if len(data) % 4 == 0:
        for wide, zeros in (("utf-32-be", (0, 1)), ("utf-32-le", (2, 3))):
            if all(not any(head[at::4]) or at not in (0, 3) for at in zeros) and _decodes(
                head[: len(head) // 4 * 4], wide
            ):
                return wide
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if even > 5 * odd and even > half // 5 and _decodes(head[: len(head) // 2 * 2], "utf-16-be"):
        return "utf-16-be"
    if odd > 5 * even and odd > half // 5 and _decodes(head[: len(head) // 2 * 2], "utf-16-le"):
        return "utf-16-le"
    return None


def _decodes(head: bytes, name: str) -> bool:
    text = head.decode(name, "replace")
    return text.count("\ufffd") * 50 <= len(text) and len(_ODD.findall(text)) * 20 <= len(text)


def _is_binary(data: bytes) -> bool:
    head = data[:SAMPLE]
    if not head:
        return False
    nuls = head.count(0)
    controls = sum(
        head.count(byte) for byte in (1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 28, 29, 30, 31)
    )
    if b"\x1b$" in head:  # ISO-2022 shifts with SO and SI
        controls -= head.count(14) + head.count(15)
    return nuls * 200 > len(head) or (nuls + controls) * 20 > len(head)


def _is_mostly_utf8(data: bytes) -> bool:
    """True for UTF-8 with a few broken places (a truncated character, a stray byte)."""
    head = data[:SAMPLE]
    text = head.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    good = sum(1 for letter in text if letter > "\x7f") - wrong
    return good >= 8 * wrong and good > 0


def _plausible(data: bytes, codec: str) -> str | None:
    """The text by a declared codec, or None when the result shows that the declaration is wrong."""
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, ValueError, LookupError):
        text = data.decode(codec, "replace") if codec not in ("utf-8", "ascii") else ""
        if not text or text.count("\ufffd") * 200 > len(text):
            return None
    return None if len(_ODD.findall(text[:SAMPLE])) * 100 > len(text[:SAMPLE]) else text


def _better_latin(data: bytes, guess: str) -> str | None:
    """Among the encodings of the Latin alphabet the one whose letters the text's language uses; None when `guess` is
    no such."""
    from index.readers.alphabets import best_latin
    from index.readers.languages import language_of

    text = data[:SAMPLE].decode(guess, "replace")
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or sum(1 for letter in letters if letter < "\u0250") < 0.9 * len(letters):
        return None
    found = best_latin(data[:SAMPLE], language_of(text) or "")
    return found[0] if found and found[1] >= 0.8 else None


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * SAMPLE]).best()
    if best is not None:
        name = str(best.encoding)
        codec = _better_latin(data, name) or {"latin_1": "cp1252"}.get(name, name)
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 50 <= len(text):
            return text, codec
    text = data.decode("cp1252", "replace")
    if len(_ODD.findall(text)) * 50 > len(text):
        raise Problem("encoding")
    return text, "cp1252"
