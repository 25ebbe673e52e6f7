"""Plain text and Markdown: the text as it stands, its title, and the dates it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.model import Article, When
from index.problems import Problem
from index.readers import dates, limits
from index.readers.decoding import declared_charset, decoded
from index.readers.languages import language_of

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]?\s*\Z")


def text_article(data: bytes) -> Article:
    """A `.txt` file: the decoded text, unchanged but for the byte-order mark and `\\r\\n` read as `\\n`."""
    text, _ = decoded(data, declared_charset(data))
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise Problem("no-text")
    if len(text) > limits.TEXT_CHARACTERS:
        raise Problem("too-large", detail=f"{len(text):,} characters")
    return article(text, title=first_line_title(text))


def unread(member: str, problem: Problem) -> Article:
    """What stands for a part of a file (of an archive, a mailbox, a message) that can't be read: an article without text,
    with its reason; the attribute "member" names the part."""
    return Article("", problem=problem.code, detail=problem.detail, attributes={"member": member[:300]})


def article(
    text: str,
    *,
    title: str | None = None,
    author: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    candidates: Iterable[When] = (),
    attributes: dict[str, str] | None = None,
) -> Article:
    """An `Article` of a text and what its container says of it; candidates of the text itself are added here."""
    text = _SURROGATES.sub("\ufffd", text)  # they cannot be stored as UTF-8
    everything = [*candidates, *dates.in_text(text, title)]
    best, conflicting = dates.chosen(everything, text)
    return Article(
        text,
        title=clean(title),
        outlet=clean(outlet),
        author=clean(author),
        published=best,
        dates=conflicting,
        language=language_of(text, language),
        url=clean(url),
        attributes=attributes or {},
    )


_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(value: str | None) -> str | None:
    """A one-line value: white space collapsed, at most 1,000 characters; None when nothing is left."""
    flat = _SURROGATES.sub("", " ".join((value or "").split())[:1000])
    return flat or None


def first_line_title(text: str) -> str | None:
    """The first line, when it looks like a headline: short, and set off from what follows. None otherwise."""
    lines = text.lstrip()[:4000].split("\n")
    first = lines[0].strip()
    rest = [line.strip() for line in lines[1:] if line.strip()]
    if not first or len(first) > 200 or not rest or not any(letter.isalpha() for letter in first):
        return None
    set_off = len(lines) > 1 and not lines[1].strip()
    dated = any(True for _ in dates.full_dates(rest[0])) and len(rest[0]) < 60
    long_follows = len(rest[0]) > 2 * len(first)
    if any(True for _ in dates.full_dates(first)) and len(first) < 40:
        return None
    if _SENTENCE_END.search(first) and (len(first) > 120 or sum(map(len, rest)) < 3 * len(first)):
        return None
    return first if set_off or dated or long_follows else None


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,8000}?)\n(?:---|\.\.\.)[ \t]*\n", re.S)
_FIELD = re.compile(r"([A-Za-z_][\w \-]{0,30}):[ \t]*(.{0,500})\Z")
_INLINE = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,1000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,500})\]\[[^\]\n]{0,100}\]"), r"\1"),
    (re.compile(r"<(https?://[^>\s]{1,500})>"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])\1(?![\w_])"), r"\2"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])"), r"\1"),
)


def markdown_article(data: bytes) -> Article:
    """A Markdown file as its reader would see it: no marks of headings, emphasis, links or quotations; front matter
    read."""
    fields, body = _front_matter(decoded(data)[0].replace("\r\n", "\n"))
    lines, heading = [], None
    for line in body.split("\n"):
        match = re.match(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*\s*\Z", line[:2000])
        if match:
            line = match[2]
            heading = heading or _plain_line(line)
        elif re.fullmatch(r" {0,3}(?:=+|-+|\*(?: ?\*)+|_(?: ?_)+)\s*", line):
            continue
        line = re.sub(r"\A(?: {0,3}> ?){1,5}", "", line)
        lines.append(_plain_line(line))
    text = re.sub(r"\n{3,}+", "\n\n", "\n".join(lines)).strip()
    if not text:
        raise Problem("no-text")
    told = next((fields[name] for name in ("date", "published", "pubdate") if fields.get(name)), "")
    candidate = dates.stated(told, "front matter", 0.95)
    return article(
        text,
        title=fields.get("title") or heading or first_line_title(text),
        author=fields.get("author"),
        outlet=fields.get("outlet") or fields.get("source"),
        url=fields.get("url"),
        language=fields.get("lang") or fields.get("language"),
        candidates=[candidate] if candidate else [],
    )


def _front_matter(raw: str) -> tuple[dict[str, str], str]:
    """The fields of the block before a Markdown text, by their names in small letters; and the text behind it."""
    front = _FRONT_MATTER.match(raw)
    if front is None:
        return {}, raw
    found = (_FIELD.match(line.strip()) for line in front[1].split("\n"))
    return {field[1].strip().lower(): field[2].strip().strip("\"'") for field in found if field}, raw[front.end() :]


def _plain_line(line: str) -> str:
    for pattern, shown in _INLINE:
        line = pattern.sub(shown, line)
    return line.rstrip()
