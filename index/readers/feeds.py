"""XML files: RSS and Atom feeds (an article per entry), flat ODT, XHTML; of any other XML, the text that it holds."""

from __future__ import annotations

import re
from typing import Any

from index.model import Article
from index.problems import Problem
from index.readers import dates, limits
from index.readers.decoding import declared_charset, decoded
from index.readers.markup import html_text, local, tidy, xml_tree
from index.readers.plain import article, clean

_ENTRIES = frozenset(("item", "entry"))
_BODIES = ("encoded", "content", "description", "summary", "fulltext", "yandex:full-text", "full-text")


def xml_articles(data: bytes, *, name: str = "") -> list[Article]:
    """The articles of an XML file. Raises Problem: "damaged", "no-text"."""
    text, _ = decoded(data, declared_charset(data))
    try:
        root = xml_tree(text)
    except Problem:
        root = xml_tree(text, recover=True)
    kind = local(root)
    if kind == "html":
        from index.readers.web import html_article

        return [html_article(b"", name=name, text=text)]
    if kind in ("document", "document-content"):
        from index.readers import opendocument

        return [opendocument.document(root, opendocument.properties(root))]
    entries = [element for element in root.iter() if local(element) in _ENTRIES]
    if kind.lower() in ("rss", "feed", "rdf") and entries:
        outlet = _feed_title(root)
        found = [one for one in (_entry(element, outlet) for element in entries[: limits.ARTICLES]) if one]
        if found:
            return found
    whole = tidy("\n\n".join(piece for piece in root.itertext() if piece.strip()))
    if not whole:
        raise Problem("no-text")
    return [article(whole)]


def _feed_title(root: Any) -> str | None:
    for element in root.iter():
        if local(element) == "title":
            return clean(html_text("".join(element.itertext())))
        if local(element) in _ENTRIES:
            return None
    return None


def _entry(element: Any, outlet: str | None) -> Article | None:
    fields: dict[str, str] = {}
    for child in element:
        name = local(child)
        value = _content(child)
        if name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            value = child.get("href")
        if value and len(value) > len(fields.get(name, "")) if name in _BODIES else value and name not in fields:
            fields[name] = value
    body = max((html_text(fields[name]) for name in _BODIES if name in fields), key=len, default="")
    title = clean(html_text(fields.get("title", "")))
    text = body or title or ""
    if not text.strip():
        return None
    told = [
        dates.stated(fields.get(key, ""), f"feed ({key})", 0.95)
        for key in ("pubDate", "published", "issued", "date", "created", "updated", "modified")
    ]
    return article(
        text,
        title=title,
        outlet=outlet,
        author=_author(element) or fields.get("creator"),
        url=fields.get("link") or fields.get("guid"),
        candidates=[one for one in told if one][:1],
    )


def _content(element: Any) -> str:
    if len(element) and local(element) in _BODIES:  # XHTML inside Atom
        from lxml import etree

        return re.sub(r"\A<[^>]{0,500}>", "", etree.tostring(element, encoding="unicode"))
    return "".join(element.itertext()).strip()


def _author(element: Any) -> str | None:
    for child in element:
        if local(child) == "author":
            names = [one.text for one in child if local(one) == "name" and one.text]
            return clean(names[0] if names else "".join(child.itertext()))
    return None
