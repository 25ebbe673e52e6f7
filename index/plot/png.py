"""The picture as PNG, drawn from the SVG without Qt, so that both formats show the same marks in the same places."""

from __future__ import annotations

from pathlib import Path

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "DejaVuSans.ttf"


def png(svg: str, scale: float = 2.0) -> bytes:
    """PNG bytes of an SVG text, `scale` pixels to one of its units (resvg; system fonts serve rarer scripts)."""
    import resvg_py

    fonts = [str(FONT)] if FONT.is_file() else None
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, font_files=fonts, sans_serif_family="DejaVu Sans"))
