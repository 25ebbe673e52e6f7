"""How sure a statement is: the model's probability says too much, so it is turned into the share that was right."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from functools import cache
from importlib import resources

from index.extract.attributions import Attribution
from index.model import StatementKind

_FILE = "certainty.toml"


def certainty(a: Attribution, kind: StatementKind) -> float:
    """How likely the words and their speaker's mention are right, 0..1.

    What the model found is calibrated on articles that it was not trained on (isotonic regression: Zadrozny and Elkan,
    KDD 2002); what it found beside a negation or a modal, and what rules found, keeps the rule's own value.
    """
    if not a.rule.startswith("model") or a.rule.endswith(" cue"):
        return a.certainty
    knots = _knots().get(kind)
    return _between(knots, a.certainty) if knots else min(a.certainty, 0.97)


def _between(knots: tuple[tuple[float, float], ...], p: float) -> float:
    """The value at `p` on the straight lines between knots."""
    at = min(max(1, bisect_right(knots, (p, 2.0))), len(knots) - 1)
    (x0, y0), (x1, y1) = knots[at - 1], knots[at]
    return y0 + (y1 - y0) * (min(max(p, x0), x1) - x0) / (x1 - x0)


@cache
def _knots() -> dict[str, tuple[tuple[float, float], ...]]:
    """{kind: (probability, share right) pairs} of the data file; nothing when it is missing or damaged."""
    try:
        data = tomllib.loads((resources.files("resources") / "models" / _FILE).read_text(encoding="utf-8"))
        return {kind: tuple((float(x), float(y)) for x, y in pairs) for kind, pairs in data.items()}
    except (OSError, ValueError, TypeError, ModuleNotFoundError):
        return {}
