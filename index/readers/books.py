"""EPUB: the chapters in the order of the book's spine, as one text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from index.model import Article
from index.problems import Problem
from index.readers import dates, limits
from index.readers.archives import Package
from index.readers.decoding import declared_charset, decoded
from index.readers.markup import block_text, html_tree, local, xml_tree
from index.readers.plain import article, clean, first_line_title


def epub_article(data: bytes) -> Article:
    """The text of an EPUB. Raises Problem: "password" (digital rights), "damaged", "no-text"."""
    package = Package(data)
    protected = b"".join(
        package.read_if_there(name) or b"" for name in ("META-INF/rights.xml", "META-INF/encryption.xml")
    )
    if package.encrypted or (protected and b"rights" in protected) or _text_is_encrypted(protected):
        raise Problem("password")
    place = _book_file(package)
    book = xml_tree(package.read(place), recover=True)
    facts = _facts(book)
    whole = "\n\n".join(_chapters(package, posixpath.dirname(place), _spine(book)))
    if not whole:
        raise Problem("no-text")
    stated = [dates.stated(value, "book metadata (dc:date)", 0.9) for value in facts.get("date", [])]
    return article(
        whole,
        title=_first(facts, "title") or first_line_title(whole),
        author="; ".join(facts.get("creator", [])) or None,
        outlet=_first(facts, "publisher"),
        language=_first(facts, "language"),
        candidates=[one for one in stated if one],
    )


def _chapters(package: Package, folder: str, parts: Iterable[str]) -> Iterator[str]:
    """The texts of the parts of a book, in their order; parts without text are left out. Raises Problem("too-large")."""
    size = 0
    for part in parts:
        name = posixpath.normpath(posixpath.join(folder, unquote(part)))
        chapter = package.read_if_there(name) or package.read_if_there(part)
        if not chapter:
            continue
        try:
            tree = html_tree(decoded(chapter, declared_charset(chapter))[0])
        except Problem:
            continue
        text = block_text(_body(tree)) if tree is not None else ""
        size += len(text)
        if size > limits.TEXT_CHARACTERS:
            raise Problem("too-large", detail=f"more than {limits.TEXT_CHARACTERS:,} characters")
        if text:
            yield text


def _text_is_encrypted(encryption: bytes) -> bool:
    """True when parts other than fonts are listed as encrypted (font obfuscation is common and harmless)."""
    return b"CipherReference" in encryption and any(
        mark in encryption for mark in (b".xhtml", b".html", b'.htm"', b'.xml"')
    )


def _book_file(package: Package) -> str:
    container = package.read_if_there("META-INF/container.xml")
    if container:
        try:
            for element in xml_tree(container, recover=True).iter("{*}rootfile"):
                path = element.get("full-path", "")
                if path in package:
                    return str(path)
        except Problem:
            pass
    for name in package.names:
        if name.endswith(".opf"):
            return name
    raise Problem("damaged", detail="it has no list of contents")


def _facts(book: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in book.iter():
        if (
            element.text
            and element.text.strip()
            and local(element) in ("title", "creator", "date", "publisher", "language")
        ):
            value = clean(element.text)
            if value:
                found.setdefault(local(element), []).append(value)
    return found


def _first(facts: dict[str, list[str]], key: str) -> str | None:
    return next(iter(facts.get(key, [])), None)


def _spine(book: Any) -> list[str]:
    items = {item.get("id"): item for item in book.iter("{*}item")}
    order = [
        items[ref.get("idref")]
        for ref in book.iter("{*}itemref")
        if ref.get("idref") in items and ref.get("linear") != "no"
    ]
    if not order:
        order = [item for item in items.values() if "html" in (item.get("media-type") or "")]
    return [item.get("href") or "" for item in order if "nav" not in (item.get("properties") or "").split()]


def _body(tree: Any) -> Any:
    return next((one for one in tree.iter("body")), tree)
