"""DOCX: paragraphs, tables, text boxes, content controls, foot- and endnotes, read straight from the XML.

python-docx lost text boxes and content controls on real files, and unpacks bombs; this reader does neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.model import Article, When
from index.problems import Problem
from index.readers import dates
from index.readers.archives import Package
from index.readers.decoding import declared_charset, decoded
from index.readers.markup import html_text, local, xml_tree
from index.readers.plain import article, clean, first_line_title

# what changed, what is not shown, and what would come twice
_SKIPPED = frozenset(
    (
        "del",
        "moveFrom",
        "Fallback",
        "instrText",
        "delText",
        "annotationRef",
        "commentReference",
        "sdtPr",
        "pPr",
        "rPr",
        "tblPr",
        "tcPr",
    )
)


def docx_article(data: bytes) -> Article:
    """The text of a DOCX: blocks a blank line apart, cells of a row by tabs, notes and comments at the end. Raises
    Problem."""
    package = Package(data)
    if package.encrypted:
        raise Problem("password")
    main = _main_part(package)
    root = xml_tree(package.read(main), recover=True)
    styles = _title_styles(package, main)
    blocks = _Blocks(package, main, styles)
    blocks.walk(root)
    comments = [f"[Comment: {comment}]" for comment in _notes(package, main, "comments")]
    parts = [*blocks.out, *_notes(package, main, "footnotes"), *_notes(package, main, "endnotes"), *comments]
    text = "\n\n".join(part for part in parts if part.strip()).strip()
    if not text:
        raise Problem("no-text")
    properties = core_properties(package)
    return article(
        text,
        title=_title(properties, blocks.title, text),
        author=_author(properties),
        language=properties.get("language"),
        candidates=property_dates(properties),
    )


def _main_part(package: Package) -> str:
    rels = package.read_if_there("_rels/.rels")
    if rels:
        for relation in xml_tree(rels, recover=True):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in package:
                return str(target)
    if "word/document.xml" in package:
        return "word/document.xml"
    for name in package.names:
        if re.fullmatch(r"word/document\d*\.xml", name):
            return name
    raise Problem("damaged", detail="it has no document part")


def _title_styles(package: Package, main: str) -> frozenset[str]:
    """Ids of the styles named Title or Heading 1 (the id may be in another language)."""
    data = package.read_if_there(main.rpartition("/")[0] + "/styles.xml")
    if not data:
        return frozenset(("Title", "Heading1"))
    try:
        root = xml_tree(data, recover=True)
    except Problem:
        return frozenset(("Title", "Heading1"))
    found = {"Title", "Heading1"}
    for style in root:
        if local(style) != "style":
            continue
        name = next((_value(child) for child in style if local(child) == "name"), "")
        if name.lower() in ("title", "heading 1"):
            found.add(_attribute(style, "styleId"))
    return frozenset(found)


class _Blocks:
    """Walks a document part and gathers its blocks in reading order; the first title or heading is kept."""

    def __init__(self, package: Package, main: str, styles: frozenset[str]) -> None:
        self.package = package
        self.folder = main.rpartition("/")[0]
        self.main = main
        self.styles = styles
        self.out: list[str] = []
        self.title: str | None = None

    def walk(self, element: Any) -> None:
        """Appends the blocks below `element`."""
        for child in element:
            name = local(child)
            if name in _SKIPPED:
                continue
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "altChunk":
                self._alternative(child)
            else:
                self.walk(child)

    def _paragraph(self, paragraph: Any) -> None:
        text, boxes = _paragraph_text(paragraph)
        if text.strip():
            self.out.append(text)
            if self.title is None and _style(paragraph) in self.styles and len(text) < 300:
                self.title = text
        for box in boxes:
            self.walk(box)

    def _table(self, table: Any) -> None:
        rows = []
        for row in _children(table, "tr"):
            cells = [" ".join(_cell_lines(cell)) for cell in _children(row, "tc")]
            if any(cells):
                rows.append("\t".join(cells).rstrip("\t"))
        if rows:
            self.out.append("\n".join(rows))

    def _alternative(self, chunk: Any) -> None:
        """Text of another format that the file holds as a part of its own (HTML or plain text)."""
        wanted = _attribute(chunk, "id")
        rels = self.package.read_if_there(f"{self.folder}/_rels/{self.main.rpartition('/')[2]}.rels")
        if not rels or not wanted:
            return
        for relation in xml_tree(rels, recover=True):
            if relation.get("Id") != wanted or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            data = self.package.read_if_there(
                target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
            )
            text = _foreign(data) if data else ""
            if text:
                self.out.append(text)


def _foreign(data: bytes) -> str:
    """The text of an alternative chunk: a web page, one saved as MIME, RTF or plain text."""
    from index.readers import read_bytes

    if data.startswith(b"PK"):
        return ""
    if data.lstrip()[:5].lower() in (b"<html", b"<!doc"):
        try:
            return html_text(decoded(data, declared_charset(data))[0])
        except Problem:
            return ""
    return read_bytes("chunk.mht" if b"MIME-Version" in data[:500] else "chunk", data)[0].text


def _children(element: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls and tracked changes."""
    for child in element:
        name = local(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _children(child, wanted)


def _cell_lines(cell: Any) -> list[str]:
    lines = []
    for paragraph in cell.iter("{*}p"):
        text, _ = _paragraph_text(paragraph)
        if text.strip():
            lines.append(" ".join(text.split()))
    return lines


def _paragraph_text(paragraph: Any) -> tuple[str, list[Any]]:
    """The text of a paragraph and the text boxes anchored in it (their text stands on its own)."""
    pieces: list[str] = []
    boxes: list[Any] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = local(element)
        if name in _SKIPPED:
            continue
        if name == "txbxContent":
            boxes.append(element)
        elif name == "t":
            pieces.append(element.text or "")
        elif name == "tab" or name == "ptab":
            pieces.append("\t")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "softHyphen":
            pass
        elif name == "sym":
            pieces.append(_symbol(element))
        else:
            stack.extend(reversed(element))
    text = "".join(pieces).replace("\u00ad", "")
    return "\n".join(line.strip() for line in text.split("\n")).strip("\n"), boxes


def _symbol(element: Any) -> str:
    try:
        code = int(_attribute(element, "char"), 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= code <= 0xF8FF or code < 32 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _notes(package: Package, main: str, kind: str) -> Iterator[str]:
    data = package.read_if_there(f"{main.rpartition('/')[0]}/{kind}.xml")
    if not data:
        return
    try:
        root = xml_tree(data, recover=True)
    except Problem:
        return
    for note in root:
        if _attribute(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        lines = _cell_lines(note)
        if lines:
            yield " ".join(lines)


def _style(paragraph: Any) -> str:
    for child in paragraph:
        if local(child) == "pPr":
            return next((_value(one) for one in child if local(one) == "pStyle"), "")
    return ""


def _value(element: Any) -> str:
    return _attribute(element, "val")


def _attribute(element: Any, name: str) -> str:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def core_properties(package: Package) -> dict[str, str]:
    """title, creator, created, modified, language ... of an Office Open XML file; empty when it has none."""
    for name in ("docProps/core.xml", "docProps/core0.xml"):
        data = package.read_if_there(name)
        if data:
            try:
                return {
                    local(one): one.text.strip()
                    for one in xml_tree(data, recover=True)
                    if one.text and one.text.strip()
                }
            except Problem:
                return {}
    return {}


def _author(properties: dict[str, str]) -> str | None:
    author = clean(properties.get("creator"))
    return (
        None
        if author
        and author.lower()
        in ("python-docx", "user", "admin", "administrator", "author", "microsoft office user", "unknown")
        else author
    )


def _title(properties: dict[str, str], heading: str | None, text: str) -> str | None:
    told = clean(properties.get("title"))
    if told and not re.search(
        r"\.(?:docx?|rtf|odt)\b|^microsoft word|^untitled|^document\d*$|^word document$|^slide \d+$", told, re.I
    ):
        return told
    return heading or first_line_title(text)


def property_dates(properties: dict[str, str]) -> list[When]:
    """The date of creation as a candidate. The one that python-docx's template carries (2013-12-23) means nothing."""
    created = properties.get("created", "")
    if "python-docx" in properties.get("description", "") and created.startswith("2013-12-23"):
        return []
    found = dates.stated(created, "guessed from the document's properties (created)", 0.6)
    return [found] if found else []
