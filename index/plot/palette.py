"""Colours that colour-blind readers can tell apart, and a shape per actor, so that colour is never the only sign.

Colours: Okabe & Ito, "Color Universal Design" (2008), without the yellow, which is too faint on white.
"""

from __future__ import annotations

from math import cos, pi, sin

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
GREY = "#767676"
SHAPES = ("circle", "square", "triangle", "pentagon", "down", "hexagon", "star")


def colour(style: int) -> str:
    """The colour of the nth actor; grey from the eighth on (a highlight brings one out)."""
    return COLOURS[style] if style < len(COLOURS) else GREY


def shape(style: int) -> str:
    """The shape of the nth actor."""
    return SHAPES[style] if style < len(SHAPES) else "circle"


def outline(name: str, radius: float) -> list[tuple[float, float]]:
    """Corners of a shape around (0, 0), y downwards, with about the area of a circle of `radius`; circles have none."""
    corners = {"square": 4, "triangle": 3, "down": 3, "diamond": 4, "pentagon": 5, "hexagon": 6, "star": 10}[name]
    turn = {"square": pi / 4, "down": pi / 2, "hexagon": 0.0}.get(name, -pi / 2)
    size = {"square": 1.25, "triangle": 1.4, "down": 1.4, "diamond": 1.3, "pentagon": 1.15, "hexagon": 1.1, "star": 1.4}
    found = []
    for k in range(corners):
        reach = radius * size[name] * (0.45 if name == "star" and k % 2 else 1.0)
        angle = turn + 2 * pi * k / corners
        found.append((reach * cos(angle), reach * sin(angle)))
    return found
