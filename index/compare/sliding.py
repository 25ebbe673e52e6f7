"""Puts an addition or deletion where a reader would: "[Ships left.] Ports are empty", never through two sentences.

Where a stretch ends with the words that stand before it, it can slide without changing what is equal; of all the
places it is put where it begins and ends with a sentence, else with a clause.
"""

from __future__ import annotations

from index.compare.alignment import Pairs
from index.compare.tokens import Tokens

FAR = 40  # words that a stretch may slide


def slid(left: Tokens, right: Tokens, pairs: Pairs) -> Pairs:
    """The same number of pairs, printed alike as before, with one-sided stretches at the best of their places."""
    pairs = list(pairs)
    for k in range(1, len(pairs)):
        (i, j), (after, beyond) = pairs[k - 1], pairs[k]
        if beyond == j + 1 and after > i + 1:
            _slide(left, pairs, k, 0)
        elif after == i + 1 and beyond > j + 1:
            _slide(right, pairs, k, 1)
    return pairs


def _slide(text: Tokens, pairs: Pairs, k: int, side: int) -> None:
    """Slide the stretch of `text` between the pairs k - 1 and k, by changing the pairs that it passes."""
    first, last = pairs[k - 1][side] + 1, pairs[k][side] - 1
    best, steps = _fit(text, first, last), 0
    back = 0  # to the left: the words before it are the words at its end
    while (
        back < FAR and k - 1 - back >= 0 and pairs[k - 1 - back][side] == first - 1 - back
        and pairs[k - 1 - back][1 - side] == pairs[k - 1][1 - side] - back
        and text.surface(text.words[first - 1 - back]) == text.surface(text.words[last - back])
    ):  # fmt: skip
        back += 1
        fit = _fit(text, first - back, last - back)
        if fit > best:
            best, steps = fit, -back
    on = 0
    while (
        on < FAR and k + on < len(pairs) and pairs[k + on][side] == last + 1 + on
        and pairs[k + on][1 - side] == pairs[k][1 - side] + on
        and text.surface(text.words[last + 1 + on]) == text.surface(text.words[first + on])
    ):  # fmt: skip
        on += 1
        fit = _fit(text, first + on, last + on)
        if fit > best:
            best, steps = fit, on
    length = last - first + 1
    for step in range(1, -steps + 1):
        pairs[k - step] = _moved(pairs[k - step], side, length)
    for step in range(steps):
        pairs[k + step] = _moved(pairs[k + step], side, -length)


def _moved(pair: tuple[int, int], side: int, by: int) -> tuple[int, int]:
    return (pair[0] + by, pair[1]) if side == 0 else (pair[0], pair[1] + by)


def _fit(text: Tokens, first: int, last: int) -> int:
    """How well the words first..last make a piece: 4 for each end at a sentence's end, 1 for each at a mark."""
    tokens, start, stop = text.words, text.words[first], text.words[last]
    opens = not first or text.sentence[tokens[first - 1]] != text.sentence[start]
    closes = last + 1 == len(tokens) or text.sentence[tokens[last + 1]] != text.sentence[stop]
    after_mark = first > 0 and start > tokens[first - 1] + 1
    before_mark = last + 1 < len(tokens) and tokens[last + 1] > stop + 1
    return 4 * (opens + closes) + after_mark + before_mark
