"""Words for a mean position: a ladder of nine steps, and no word on thin evidence.

The ladder is that of TheyWorkForYou's voting summaries (mySociety, "Voting information": cut points at 5, 15, 40, 60,
85 and 95 % of the way between the poles), whose wide "generally" is divided at 30 and 70 % into "generally" and
"tends to", which makes nine steps.
"""

from __future__ import annotations

from collections.abc import Callable

from index.model import Issue

# Upper bound of each step as a share of the way from the nearer to the other pole, and its code (mirrored for "high").
LADDER: tuple[tuple[float, str], ...] = (
    (0.05, "consistently-low"),
    (0.15, "almost-always-low"),
    (0.30, "generally-low"),
    (0.40, "tends-low"),
    (0.50, "mixture"),
)
WORDS = {
    "consistently": "consistently “{pole}”",
    "almost-always": "almost always “{pole}”",
    "generally": "generally “{pole}”",
    "tends": "tends to “{pole}”",
}


def label(mean: float, n: int, issue: Issue) -> str | None:
    """The code of the step that `mean` stands on; None below two codes, or where the scale has no width."""
    width = issue.highest - issue.lowest
    if n < 2 or width <= 0:
        return None
    share = (mean - issue.lowest) / width
    # Measured from the nearer pole, so that a mean and its opposite stand on opposite steps.
    step = next(code for bound, code in LADDER if min(share, 1 - share) <= bound + 1e-12)
    return step if share <= 0.5 else step.replace("-low", "-high")


def label_text(code: str | None, low: str, high: str, say: Callable[[str], str] = str) -> str:
    """The step with the poles' own words: almost always “for the treaty”; empty where evidence is too thin for a label.

    `say` puts its pattern into another language.
    """
    if not code:
        return ""
    if code == "mixture":
        return say("mixed, between “{low}” and “{high}”").format(low=low, high=high)
    step, _, side = code.rpartition("-")
    return say(WORDS[step]).format(pole=low if side == "low" else high)
