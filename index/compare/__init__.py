"""Two texts side by side: what stayed, what went, what came, what moved, and what that means in words."""

from __future__ import annotations

from index.compare.alignment import aligned
from index.compare.parts import mirrored, parts
from index.compare.reading import moves, without_islands
from index.compare.sliding import slid
from index.compare.summary import summary
from index.compare.tokens import Tokens, tokens
from index.model import Comparison, Part

__all__ = ["compare", "mirrored"]


def compare(left: str, right: str) -> Comparison:
    """The two texts aligned: as many words kept as can be, moves and minor changes told apart, the changes in words.

    `parts` is the exact alignment; `redline` the same for reading, with islands of equal words drawn into the change
    around them. Both cover both texts from end to end. Exchanging the sides mirrors the result exactly.
    """
    swapped = (len(left), left) > (len(right), right)
    a, b = (tokens(right), tokens(left)) if swapped else (tokens(left), tokens(right))
    pairs = slid(a, b, aligned(a, b))
    shown = without_islands(a, b, pairs)
    blocks = moves(a, b, shown)
    exact = parts(a, b, pairs, blocks)
    redline = parts(a, b, shown, blocks) if len(shown) < len(pairs) or blocks else exact
    if swapped:
        a, b = b, a
        exact, redline = mirrored(exact), mirrored(redline)
    removed, added, kept = _counted(redline, a, b)
    total = removed + added + 2 * kept
    return Comparison(
        left=left,
        right=right,
        parts=exact,
        redline=redline,
        likeness=2 * kept / total if total else 1.0,
        summary=summary(a, b, redline),
        words_added=added,
        words_removed=removed,
    )


def _counted(redline: tuple[Part, ...], left: Tokens, right: Tokens) -> tuple[int, int, int]:
    """Words removed, added and kept, as the redline shows them. What moved, or changed in a minor way, is kept."""
    removed = added = 0
    for part in redline:
        if part.op == "equal" or part.op == "move" or part.minor:
            continue
        if part.left:
            removed += _words(left, part.left.start, part.left.end)
        if part.right:
            added += _words(right, part.right.start, part.right.end)
    kept = (len(left.words) + len(right.words) - removed - added) // 2
    return removed, added, kept


def _words(text: Tokens, start: int, end: int) -> int:
    """How many words begin in a stretch of characters."""
    from bisect import bisect_left

    first, stop = bisect_left(text.start, start), bisect_left(text.start, end)
    return sum(1 for token in range(first, stop) if text.key[token])
