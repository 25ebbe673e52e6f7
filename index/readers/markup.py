"""The one door to lxml: parsers that resolve no entity, load no DTD and open no address, whatever the file asks for."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from index.problems import Problem
from index.readers import limits

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_XML_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]{0,200}\?>")

# Elements that stand on lines of their own; everything else flows with its neighbours.
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "title",
        "item",
    )
)
_SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "select",
        "button",
        "textarea",
    )
)


def _options() -> dict[str, bool]:
    return {"no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True}


def xml_tree(data: bytes | str, *, recover: bool = False) -> Any:
    """The root element of an XML document. Raises Problem("damaged") when it is not well-formed (or, with `recover`,
    hopeless)."""
    raw = data if isinstance(data, bytes) else _XML_DECLARATION.sub("", data).encode("utf-8", "replace")
    if len(raw) > limits.ZIP_PART_BYTES:
        raise Problem("too-large", detail=f"{len(raw) // limits.MB} MB of markup")
    declared = None if isinstance(data, bytes) else "utf-8"
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        recover=recover,
        encoding=declared,
        **_options(),
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Problem("damaged", detail=_short(error)) from error
    if root is None:
        raise Problem("damaged", detail="no XML element in it")
    return root


def html_tree(text: str) -> Any:
    """The root element of an HTML page, or None where there is none. Broken pages are mended the way libxml2 does
    it."""
    if len(text) > limits.MARKUP_BYTES:
        raise Problem("too-large", detail=f"{len(text) // limits.MB} MB of markup")
    clean = _CONTROL.sub(" ", _XML_DECLARATION.sub("", text))
    if not clean.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", recover=True, **_options())
    try:
        return html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def block_text(root: Any) -> str:
    """All text of an HTML tree in its order: a blank line between blocks, white space inside a block collapsed."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if name in _SILENT:
            if event == "end" and element.tail:
                pieces.append(_flat(element.tail))
            elif event == "start":
                for child in list(element):
                    element.remove(child)
            continue
        if event == "start":
            pieces.append("\n\n" if name in BLOCKS else "\n" if name == "br" else "")
            pieces.append(_flat(element.text) if name else "")
        else:
            pieces.append("\n\n" if name in BLOCKS else "")
            pieces.append(_flat(element.tail))
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Text whose lines have no white space at their ends and whose paragraphs stand one blank line apart."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}+", "\n\n", "\n".join(lines)).strip()


def html_text(markup: str) -> str:
    """The plain text of a piece of HTML (a mail, a feed entry, a cell): everything that shows, nothing else."""
    if "<" not in markup and "&" not in markup:
        return tidy(markup)
    tree = html_tree(markup)
    return "" if tree is None else block_text(tree)


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _short(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:160] or type(error).__name__
