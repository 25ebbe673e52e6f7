"""The program's icon: the pictures fit the drawing, and the files are what their systems expect."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APP = ROOT / "resources" / "icons" / "app"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def test_the_pictures_were_painted_from_the_drawing_as_it_is() -> None:
    """Fails when the drawing changed and packaging/icons.py was not run."""
    drawing = (APP / "standpoint.svg").read_bytes()
    assert (APP / "drawing.sha256").read_text().strip() == hashlib.sha256(drawing).hexdigest()


@pytest.mark.parametrize("size", SIZES)
def test_every_png_has_the_size_of_its_name(size: int) -> None:
    data = (APP / f"standpoint-{size}.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (size, size)


def test_the_windows_icon_holds_whole_pngs() -> None:
    data = (APP / "standpoint.ico").read_bytes()
    zero, kind, count = struct.unpack("<HHH", data[:6])
    assert (zero, kind, count) == (0, 1, 7)
    for number in range(count):
        *_, length, offset = struct.unpack("<BBBBHHII", data[6 + 16 * number : 22 + 16 * number])
        assert data[offset : offset + length] == (APP / f"standpoint-{SIZES[number]}.png").read_bytes()


def test_the_mac_icon_tells_its_own_length() -> None:
    data = (APP / "standpoint.icns").read_bytes()
    assert data[:4] == b"icns" and struct.unpack(">I", data[4:8]) == (len(data),)
