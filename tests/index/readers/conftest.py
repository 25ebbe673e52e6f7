"""Small files of every format, made here, about an invented strait."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = (
    "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
    "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'"
)
CORE = (
    "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'>{}</cp:coreProperties>"
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def docx(body: str, core: str = "", **parts: str) -> bytes:
    """A DOCX with this body (the prefix w is known)."""
    names = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "word/document.xml": f"<w:document xmlns:w='{WORD}' xmlns:mc='urn:mc' "
        f"xmlns:wps='urn:wps'><w:body>{body}</w:body></w:document>",
    }
    if core:
        names["docProps/core.xml"] = CORE.format(core)
    for name, content in parts.items():
        names[f"word/{name}.xml"] = f"<w:{name} xmlns:w='{WORD}'>{content}</w:{name}>"
    return zipped(names)


def odt(body: str, meta: str = "", manifest: str = "") -> bytes:
    """An ODT with this body."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"<office:document-content {OPEN}><office:body><office:text>{body}</office:text></office:body>"
            f"</office:document-content>"
        ),
    }
    if meta:
        parts["meta.xml"] = (
            f"<office:document-meta {OPEN} xmlns:dc='http://purl.org/dc/elements/1.1/' "
            f"xmlns:meta='urn:meta'><office:meta>{meta}</office:meta></office:document-meta>"
        )
    if manifest:
        parts["META-INF/manifest.xml"] = manifest
    return zipped(parts)


def pdf(pages: list[list[tuple[float, float, float, str]]], info: str = "") -> bytes:
    """A PDF of pages of (x, y, size, text) pieces in Helvetica."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, size, text in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents "
            f"{6 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(shown.encode('cp1252'))} >>\nstream\n{shown}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE2) with streams in its root, all kept in ordinary sectors by a cutoff of 0."""
    sectors: list[bytes] = []
    fat: list[int] = []
    places: dict[str, tuple[int, int]] = {}

    def add(data: bytes) -> int:
        first = len(sectors)
        for at in range(0, max(len(data), 1), 512):
            sectors.append(data[at : at + 512].ljust(512, b"\0"))
            fat.append(len(sectors))
        fat[-1] = 0xFFFFFFFE
        return first

    for name, data in streams.items():
        places[name] = (add(data), len(data))
    entries = [("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE, 0)]
    names = list(streams)
    for at, name in enumerate(names):
        right = at + 2 if at + 1 < len(names) else 0xFFFFFFFF
        entries.append((name, 2, right, 0xFFFFFFFF, *places[name]))
    directory = b""
    for name, kind, right, child, start, size in entries:
        raw = name.encode("utf-16-le") + b"\0\0"
        directory += (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )
    first_directory = add(directory)
    fat_at = len(sectors)
    fat.append(0xFFFFFFFD)
    sectors.append(struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, first_directory, 0, 0, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat_at, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)


@pytest.fixture
def made() -> Mapping[str, Callable[..., bytes]]:
    """Makers of files: docx, odt, pdf, zipped, compound."""
    return {"docx": docx, "odt": odt, "pdf": pdf, "zipped": zipped, "compound": compound}
