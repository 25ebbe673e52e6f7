"""Paints the program's icon in all sizes from its one drawing: PNG for Linux, .ico for Windows, .icns for macOS.

Run it after the drawing has changed: `.venv/bin/python packaging/icons.py`. What it writes is committed, so that a
build needs no painter; a test checks that the pictures fit the drawing.
"""

from __future__ import annotations

import hashlib
import os
import struct
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons" / "app"
DRAWING = FOLDER / "standpoint.svg"
DIGEST = FOLDER / "drawing.sha256"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICNS_KINDS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def painted(size: int) -> bytes:
    """The drawing as a PNG of size x size pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon whose entries are PNGs (read by Windows Vista and newer); 256 is written as 0."""
    chosen = [(size, data) for size, data in sorted(pictures.items()) if size <= 256]
    head = struct.pack("<HHH", 0, 1, len(chosen))
    offset = len(head) + 16 * len(chosen)
    entries = b""
    for size, data in chosen:
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + entries + b"".join(data for _, data in chosen)


def icns(pictures: dict[int, bytes]) -> bytes:
    """A macOS icon: a head, then a chunk per size."""
    chunks = b"".join(
        kind + struct.pack(">I", len(pictures[size]) + 8) + pictures[size] for size, kind in ICNS_KINDS.items()
    )
    return b"icns" + struct.pack(">I", len(chunks) + 8) + chunks


def main() -> int:
    """Writes all sizes beside the drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    pictures = {size: painted(size) for size in SIZES}
    for size, data in pictures.items():
        (FOLDER / f"standpoint-{size}.png").write_bytes(data)
    (FOLDER / "standpoint.ico").write_bytes(ico(pictures))
    (FOLDER / "standpoint.icns").write_bytes(icns(pictures))
    DIGEST.write_text(hashlib.sha256(DRAWING.read_bytes()).hexdigest() + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
