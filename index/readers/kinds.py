"""What a file is, told by its content: the extension only decides between kinds of plain text."""

from __future__ import annotations

import re

from index.problems import Problem
from index.readers.archives import Package

_MAGIC = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90", "binary"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"SQLite format 3", "binary"),
    (b"OggS", "binary"),
    (b"ID3", "binary"),
    (b"\x00\x00\x00\x18ftyp", "binary"),
    (b"\x00\x00\x00\x20ftyp", "binary"),
    (b"RIFF", "binary"),
    (b"!BDN", "binary"),
)
_MAIL_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9\-]{1,40}):(?:[ \t]|\r?\n[ \t]|\r?\n)")
_MAIL_NAMES = frozenset(
    b"from to subject date received message-id mime-version return-path delivered-to reply-to content-type cc bcc "
    b"sender"
    b" x-mailer in-reply-to references content-transfer-encoding snapshot-content-location user-agent".split()
)
_HTML_START = re.compile(
    r"\A\s*+(?:<\?xml[^>]{0,200}\?>\s*+)?(?:<!--.{0,2000}?-->\s*+){0,5}<(?:!doctype\s+html|html|head|body|meta"
    r"|title)\b",
    re.I | re.S,
)
_HTML_TAG = re.compile(
    r"<(?:p|div|br|a|span|h[1-6]|table|td|li|ul|body|html|head|title|script|meta)\b[^<>]{0,500}>", re.I
)
_XML_ROOT = re.compile(r"<([A-Za-z_][\w.\-]{0,60}:)?([A-Za-z_][\w.\-]{0,60})")
_SRT = re.compile(r"\A\s*+\d{1,6}[ \t]*\r?\n\s{0,4}\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s{0,4}-->")

EXTENSIONS = {
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "htm": "html",
    "html": "html",
    "xhtml": "html",
    "mht": "mhtml",
    "mhtml": "mhtml",
    "pdf": "pdf",
    "docx": "docx",
    "docm": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "epub": "epub",
    "eml": "mail",
    "mbox": "mbox",
    "mbx": "mbox",
    "msg": "msg",
    "csv": "csv",
    "tsv": "csv",
    "tab": "csv",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "json": "json",
    "jsonl": "json",
    "ndjson": "json",
    "srt": "subtitles",
    "vtt": "subtitles",
    "zip": "zip",
    "xml": "xml",
    "rss": "xml",
    "atom": "xml",
    "rdf": "xml",
    "fodt": "xml",
}


# Programs, their settings and data: text, but nobody's words.
PROGRAM_FILES = frozenset((
    "js", "mjs", "ts", "css", "scss", "map", "py", "pyc", "java", "class", "c", "h", "cpp", "hpp", "cs", "go", "rs",
    "rb", "php", "pl", "sh", "bat", "cmd", "ps1", "sql", "ini", "cfg", "conf", "toml", "yaml", "yml", "lock", "svg",
    "ttf", "woff", "woff2", "plist", "lnk",
))  # fmt: skip


def extension(name: str) -> str:
    """The extension of a file name in lower case, without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def binary_kind(name: str, data: bytes) -> str | None:
    """The kind of a file that isn't text by its first bytes (zip containers are looked into), or None for text."""
    head = data[:1024]
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _container_kind(name, data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if b"%PDF-" in head and not _looks_like_markup(head):
        return "pdf"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    suffix = EXTENSIONS.get(extension(name))
    if suffix in ("docx", "odt", "epub", "xlsx", "zip"):
        return suffix  # a container whose first bytes are gone: its reader says what is wrong
    if suffix == "pdf" and not _looks_like_markup(head):
        return "pdf"
    if suffix == "msg" and b"\x00" in head:
        return "ole"
    return None


def _looks_like_markup(head: bytes) -> bool:
    start = head.lstrip()[:300].lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body"))


def _container_kind(name: str, data: bytes) -> str:
    suffix = EXTENSIONS.get(extension(name), "")
    try:
        package = Package(data)
    except Problem as problem:
        if problem.code != "damaged" and suffix not in ("docx", "odt", "epub", "xlsx"):
            raise
        return suffix if suffix in ("docx", "odt", "epub", "xlsx") else "zip"
    names = set(package.names)
    mimetype = (package.read_if_there("mimetype") or b"")[:100].strip()
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if mimetype.startswith(b"application/epub") or "META-INF/container.xml" in names:
        return "epub"
    if any(one.startswith("word/") for one in names):
        return "docx"
    if any(one.startswith("xl/") for one in names):
        return "xlsx"
    types = package.read_if_there("[Content_Types].xml") or b""
    if b"wordprocessingml" in types:
        return "docx"
    if b"spreadsheetml" in types:
        return "xlsx"
    if "content.xml" in names:
        return "odt"
    return suffix if suffix in ("docx", "odt", "epub", "xlsx") else "zip"


def text_kind(name: str, data: bytes, text: str) -> str:
    """The kind of a file that is text: mail, web page, table, subtitles ... `text` is its first part, decoded."""
    suffix = EXTENSIONS.get(extension(name), "")
    head = text[:20_000].lstrip("\ufeff")
    if suffix == "text":
        return "html" if _HTML_START.match(head) and "</" in head else "text"
    if head.startswith("WEBVTT") or _SRT.match(head):
        return "subtitles"
    mail = _mail_kind(suffix, data)
    if mail:
        return mail
    if suffix in ("csv", "markdown", "subtitles"):
        return suffix
    if _HTML_START.match(head):
        return "html"
    if head.lstrip().startswith("<?xml") or suffix == "xml":
        return "xml"
    if suffix == "json" or (suffix == "" and re.match(r"\s*+[\[{]\s{0,9}[\"{\[]", head)):
        return "json"
    if suffix in ("html", "mail", "mhtml", "mbox"):
        return "html" if suffix == "html" else suffix
    if len(_HTML_TAG.findall(head)) >= 5 and "</" in head:
        return "html"
    return "text"


def _mail_kind(suffix: str, data: bytes) -> str | None:
    head = data[:8192].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if head.startswith(b"From ") and suffix in ("mbox", "mbx", "mail", "") and b"\n" in head:
        following = head.split(b"\n", 1)[1]
        return "mbox" if _MAIL_FIELD.match(following) else None
    if not _MAIL_FIELD.match(head):
        return None
    names = {
        match.group(1).lower()
        for match in re.finditer(rb"^([A-Za-z][A-Za-z0-9\-]{1,40}):", head.split(b"\n\n", 1)[0], re.M)
    }
    known = names & _MAIL_NAMES
    if len(known) < (1 if suffix in ("mail", "mhtml") else 3):
        return None
    if (
        suffix == "mhtml"
        or b"snapshot-content-location" in names
        or (b"multipart/related" in head.lower() and b"saved by" in head.lower())
    ):
        return "mhtml"
    return "mail"
