"""REFI-QDA projects (.qdpx): documents and coded passages for ATLAS.ti, MAXQDA, NVivo and QualCoder.

After the standard "REFI-QDA Exchange Format 1.5" (2019): a zip of project.qde (XML) and the plain-text sources, in which
places are counted in code points. Actors become codes, each statement a selection coded with its actor.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

from index.export.citations import Citation

_SPACE = "urn:QDA-XML:project:1.0"
_ROOT = uuid.UUID("6f0f7a52-3d4b-5d0e-9d53-7b2d4a5f7e11")  # makes our ids the same each time for the same thing
_EPOCH = (1980, 1, 1, 0, 0, 0)


def qdpx_bytes(citations: Sequence[Citation], title: str, texts: Mapping[int, str] | None = None) -> bytes:
    """The project as a zip. `texts` maps document ids to their texts; without it a document is made of its quotations."""
    texts = texts or {}
    project = etree.Element(f"{{{_SPACE}}}Project", nsmap={None: _SPACE}, name=_clean(title), origin="Standpoint")
    user = _id("user")
    users = etree.SubElement(project, f"{{{_SPACE}}}Users")
    etree.SubElement(users, f"{{{_SPACE}}}User", guid=user, name="Standpoint")
    codes = etree.SubElement(etree.SubElement(project, f"{{{_SPACE}}}CodeBook"), f"{{{_SPACE}}}Codes")
    for actor in sorted({found.actor for found in citations}):
        etree.SubElement(codes, f"{{{_SPACE}}}Code", guid=_id("code", actor), name=_clean(actor), isCodable="true")
    sources = etree.SubElement(project, f"{{{_SPACE}}}Sources")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in sorted({found.document for found in citations}):
            own = [found for found in citations if found.document == document]
            text = texts.get(document)
            places = [found.spans for found in own]
            if text is None:
                text, places = _joined(own)
            _source(sources, own, places, user)
            _write(archive, f"sources/{_id('text', str(document))}.txt", text.encode("utf-8", "replace"))
        xml = etree.tostring(project, xml_declaration=True, encoding="utf-8", standalone=True, pretty_print=True)
        _write(archive, "project.qde", xml)
    return out.getvalue()


def _source(
    sources: etree._Element, own: Sequence[Citation], places: Sequence[Sequence[tuple[int, int]]], user: str
) -> None:
    """One document with its coded passages: a statement that is split by its cue has one for each of its parts."""
    document = str(own[0].document)
    source = etree.SubElement(
        sources, f"{{{_SPACE}}}TextSource", guid=_id("source", document), name=_clean(own[0].title or own[0].file),
        plainTextPath=f"internal://{_id('text', document)}.txt",
    )  # fmt: skip
    parts = [(found, k, span) for found, spans in zip(own, places, strict=True) for k, span in enumerate(spans)]
    for found, k, (start, end) in parts:
        more = (str(k),) if k else ()
        passage = etree.SubElement(
            source, f"{{{_SPACE}}}PlainTextSelection", guid=_id("statement", found.quotation, *more),
            name=_clean(found.line)[:250], startPosition=str(start), endPosition=str(end), creatingUser=user,
        )  # fmt: skip
        coding = etree.SubElement(passage, f"{{{_SPACE}}}Coding", guid=_id("coding", found.quotation, *more), creatingUser=user)
        etree.SubElement(coding, f"{{{_SPACE}}}CodeRef", targetGUID=_id("code", found.actor))


def _joined(own: Sequence[Citation]) -> tuple[str, list[tuple[tuple[int, int], ...]]]:
    """Quotations as one text, a paragraph each, and where each stands in it."""
    text = ""
    places: list[tuple[tuple[int, int], ...]] = []
    for found in own:
        places.append(((len(text), len(text) + len(found.text)),))
        text += found.text + "\n"
    return text, places


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_ROOT, "\x1f".join(parts)))


def _clean(text: str) -> str:
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """A member without the time of day, so that equal projects are equal files."""
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
