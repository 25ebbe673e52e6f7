"""ODT (and its flat form): paragraphs, headings, tables, notes and text boxes from the XML of the package."""

from __future__ import annotations

import re
from typing import Any

from index.model import Article, When
from index.problems import Problem
from index.readers import dates
from index.readers.archives import Package
from index.readers.markup import local, xml_tree
from index.readers.plain import article, clean, first_line_title

_SKIPPED = frozenset(
    ("tracked-changes", "annotation-end", "forms", "sequence-decls", "ruby-text", "title", "desc", "table-of-content")
)


def odt_article(data: bytes) -> Article:
    """The text of an ODT. Raises Problem: "password", "damaged", "no-text"."""
    package = Package(data)
    manifest = package.read_if_there("META-INF/manifest.xml") or b""
    if package.encrypted or b"encryption-data" in manifest:
        raise Problem("password")
    meta = package.read_if_there("meta.xml")
    facts: dict[str, str] = {}
    if meta:
        try:
            facts = properties(xml_tree(meta, recover=True))
        except Problem:
            facts = {}
    return document(xml_tree(package.read("content.xml"), recover=True), facts)


def document(root: Any, facts: dict[str, str]) -> Article:
    """The article of a parsed content part (or of a flat ODT, which holds its own properties)."""
    body = next((one for one in root.iter() if local(one) == "body"), root)
    writer = _Text()
    writer.walk(body)
    text = "\n\n".join([*writer.blocks, *writer.notes]).strip()
    if not text:
        raise Problem("no-text")
    return article(
        text,
        title=clean(facts.get("title")) or writer.heading or first_line_title(text),
        author=clean(facts.get("creator") or facts.get("initial-creator")),
        language=facts.get("language"),
        candidates=_dates(facts),
    )


def properties(root: Any) -> dict[str, str]:
    """title, creator, creation-date, date ... as the meta part states them (the first of each)."""
    found: dict[str, str] = {}
    for element in root.iter():
        if element.text and element.text.strip():
            found.setdefault(local(element), element.text.strip()[:1000])
    return found


def _dates(facts: dict[str, str]) -> list[When]:
    for key in ("creation-date", "date"):
        found = dates.stated(
            facts.get(key, ""),
            "guessed from the document's properties (created)",
            0.6 if key == "creation-date" else 0.5,
        )
        if found:
            return [found]
    return []


class _Text:
    """Blocks of a text document in reading order; foot- and endnotes and comments gathered for the end."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.notes: list[str] = []
        self.heading: str | None = None

    def walk(self, element: Any) -> None:
        """Appends the blocks below `element`."""
        for child in element:
            name = local(child)
            if name in _SKIPPED:
                continue
            if name == "annotation":
                self._comment(child)
            elif name in ("p", "h"):
                text = self._inline(child)
                if text.strip():
                    self.blocks.append(text)
                    if self.heading is None and len(text) < 300 and (name == "h" or _styled_title(child)):
                        self.heading = text
            elif name == "table":
                self._table(child)
            else:
                self.walk(child)

    def _table(self, table: Any) -> None:
        rows = []
        for row in table.iter("{*}table-row"):
            cells = []
            for cell in row:
                if local(cell) in ("table-cell", "covered-table-cell"):
                    cells.append(" ".join(self._inline(one) for one in cell.iter("{*}p", "{*}h")))
            if any(cells):
                rows.append("\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t"))
        if rows:
            self.blocks.append("\n".join(rows))

    def _inline(self, paragraph: Any) -> str:
        pieces: list[str] = []
        self._gather(paragraph, pieces, 0)
        text = re.sub(r"[ \t\r]+", " ", "".join(pieces).replace("\u00ad", ""))
        return "\n".join(line.strip() for line in text.split("\n")).strip()

    def _gather(self, element: Any, pieces: list[str], depth: int) -> None:
        if depth > 60:
            return
        pieces.append((element.text or "").replace("\n", " "))
        for child in element:
            name = local(child)
            if name == "s" or name == "tab":
                pieces.append(" ")
            elif name == "line-break":
                pieces.append("\n")
            elif name == "note":
                self._note(child)
            elif name == "annotation":
                self._comment(child)
            elif name in ("frame", "text-box"):
                self.walk(child)
            elif name and name not in _SKIPPED:
                self._gather(child, pieces, depth + 1)
            pieces.append((child.tail or "").replace("\n", " "))

    def _note(self, note: Any) -> None:
        for body in note.iter("{*}note-body"):
            text = " ".join("".join(one.itertext()) for one in body.iter("{*}p"))
            if text.strip():
                self.notes.append(" ".join(text.split()))

    def _comment(self, annotation: Any) -> None:
        text = " ".join("".join(one.itertext()) for one in annotation.iter("{*}p"))
        if text.strip():
            self.notes.append(f"[Comment: {' '.join(text.split())}]")


def _styled_title(paragraph: Any) -> bool:
    return any(key.endswith("}style-name") and value in ("Title", "Heading") for key, value in paragraph.attrib.items())
