"""Aligns the words of two texts: as many equal words as can be (an exact longest common subsequence), kept together.

Among all alignments that keep the most words, the one is taken that keeps neighbours together, matches words of
sentences that resemble each other, and prefers words that carry matter. Longest common subsequence of whole texts:
bit-parallel (Hyyrö 2004, as in rapidfuzz); choice among the ties: a heaviest common subsequence by dynamic
programming over the stretches between sure anchors.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from index.compare.tokens import FUNCTION_WORDS, Tokens

Pairs = list[tuple[int, int]]

CELLS = 1_200_000  # up to this many word pairs the ties are weighed by dynamic programming
EXACT = 150_000_000  # up to this many word pairs the longest common subsequence is exact (memory: a bit for each)
VARIANT = 45  # per cent: what a pair counts whose letters or clinging marks differ, against one printed the same
ANCHOR = 6  # words of an unbroken run that counts as a sure place


def aligned(left: Tokens, right: Tokens) -> Pairs:
    """Pairs (word of left, word of right), both rising: positions in `left.words` and `right.words`.

    The alignment is a longest common subsequence wherever left x right words is at most `EXACT` (12,000 words each);
    larger texts are first cut at long unique runs that both have. Where pairs compete, words printed alike win.
    """
    a = [left.key[token] for token in left.words]
    b = [right.key[token] for token in right.words]
    head, tail = _ends(a, b)
    pairs: Pairs = [(i, i) for i in range(head)]
    pairs += _middle(left, right, a, b, (head, len(a) - tail, head, len(b) - tail))
    pairs += [(len(a) - k, len(b) - k) for k in range(tail, 0, -1)]
    return pairs


def _ends(a: list[str], b: list[str]) -> tuple[int, int]:
    """How many words the two have in common at the start and, of the rest, at the end."""
    most = min(len(a), len(b))
    head = 0
    while head < most and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < most - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return head, tail


def _middle(left: Tokens, right: Tokens, a: list[str], b: list[str], box: tuple[int, int, int, int]) -> Pairs:
    """The pairs between the common ends. `box` is (first, end) of the words of left and of right."""
    rows, columns = box[1] - box[0], box[3] - box[2]
    if not rows or not columns:
        return []
    if rows * columns <= CELLS:
        return _weighed(left, right, a, b, box)
    pairs: Pairs = []
    for block in _blocks(a, b, box):
        raw = _longest(a, b, block)
        pairs += _reweighed(left, right, a, b, block, raw)
    return pairs


def _ids(a: list[str], b: list[str]) -> tuple[list[int], list[int]]:
    """The keys as numbers, equal keys alike."""
    numbers: dict[str, int] = {}
    ids = [numbers.setdefault(word, len(numbers)) for word in a]
    return ids, [numbers.setdefault(word, len(numbers)) for word in b]


def _longest(a: list[str], b: list[str], box: tuple[int, int, int, int]) -> Pairs:
    """A longest common subsequence of two stretches, without regard to which."""
    first, end, start, stop = box
    if (end - first) * (stop - start) > EXACT:
        return _piecewise(a, b, box)
    ids, others = _ids(a[first:end], b[start:stop])
    pairs: Pairs = []
    for op in LCSseq.opcodes(ids, others):
        if op.tag == "equal":
            i, j = first + op.src_start, start + op.dest_start
            pairs += [(i + k, j + k) for k in range(op.src_end - op.src_start)]
    return pairs


def _piecewise(a: list[str], b: list[str], box: tuple[int, int, int, int]) -> Pairs:
    """For huge stretches without anything unique in common: piece against piece, in proportion, in linear time."""
    first, end, start, stop = box
    pieces = int(((end - first) * (stop - start) / EXACT) ** 0.5) + 2
    pairs: Pairs = []
    for k in range(pieces):
        piece = (
            first + (end - first) * k // pieces,
            first + (end - first) * (k + 1) // pieces,
            start + (stop - start) * k // pieces,
            start + (stop - start) * (k + 1) // pieces,
        )
        pairs += _longest(a, b, piece)
    return pairs


def _blocks(a: list[str], b: list[str], box: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """The box itself, or, when it is too large for an exact answer, boxes cut at unique runs of words (patience)."""
    first, end, start, stop = box
    if (end - first) * (stop - start) <= EXACT:
        return [box]
    cuts = _rising(_unique_runs(a, b, box))
    boxes: list[tuple[int, int, int, int]] = []
    for i, j in cuts:
        if i - first > 4000 and j - start > 4000 and i > first and j > start:
            boxes.append((first, i, start, j))
            first, start = i, j
    return [*boxes, (first, end, start, stop)]


def _unique_runs(a: list[str], b: list[str], box: tuple[int, int, int, int]) -> Pairs:
    """Places where a run of `ANCHOR` words stands exactly once in each stretch, in the order of the left."""
    places = []
    for words, low, high in ((a, box[0], box[1]), (b, box[2], box[3])):
        once: dict[tuple[str, ...], int] = {}
        for i in range(low, high - ANCHOR + 1):
            run = tuple(words[i : i + ANCHOR])
            once[run] = -1 if run in once else i
        places.append(once)
    return [(i, places[1][run]) for run, i in places[0].items() if i >= 0 and places[1].get(run, -1) >= 0]


def _rising(pairs: Pairs) -> Pairs:
    """The longest rising subsequence of the right places (the left ones rise already)."""
    tops: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for number, (_, j) in enumerate(pairs):
        k = bisect_left(tops, j)
        if k == len(tops):
            tops.append(j)
            at.append(number)
        else:
            tops[k] = j
            at[k] = number
        back.append(at[k - 1] if k else -1)
    chain: Pairs = []
    number = at[-1] if at else -1
    while number >= 0:
        chain.append(pairs[number])
        number = back[number]
    return chain[::-1]


def _reweighed(
    left: Tokens, right: Tokens, a: list[str], b: list[str], box: tuple[int, int, int, int], raw: Pairs
) -> Pairs:
    """A longest common subsequence whose stretches between long unbroken runs are chosen anew by weight.

    Between two pairs of a longest common subsequence the optimum is its own part, so the number of words stays.
    """
    pairs: Pairs = []
    i, j = box[0], box[2]
    run = 0
    since = 0  # first pair of `raw` not yet taken over
    for number in range(len(raw) + 1):
        ends = number == len(raw) or not number or raw[number] != (raw[number - 1][0] + 1, raw[number - 1][1] + 1)
        if ends:
            length = number - run
            if length >= ANCHOR or number == len(raw):
                anchor = raw[run:number] if length >= ANCHOR else []
                stop = anchor[0] if anchor else (box[1], box[3])
                gap = (i, stop[0], j, stop[1])
                loose = raw[since : run if anchor else number]
                small = 0 < (gap[1] - gap[0]) * (gap[3] - gap[2]) <= CELLS
                pairs += _weighed(left, right, a, b, gap) if small and loose else loose
                pairs += anchor
                since = number
                if anchor:
                    i, j = anchor[-1][0] + 1, anchor[-1][1] + 1
                    if number == len(raw):
                        break
            run = number
    return pairs


def _weighed(left: Tokens, right: Tokens, a: list[str], b: list[str], box: tuple[int, int, int, int]) -> Pairs:
    """The heaviest among the longest common subsequences of two stretches; rows x columns cells of 4 bytes."""
    first, end, start, stop = box
    ids, others = _ids(a[first:end], b[start:stop])
    same = np.equal.outer(np.array(ids, np.int32), np.array(others, np.int32))
    if not same.any():
        return []
    weight = _weights(left, right, box, same)
    rows, columns = same.shape
    best = np.zeros((rows + 1, columns + 1), np.int32)
    for i in range(rows):
        row = best[i + 1, 1:]
        np.add(best[i, :-1], weight[i], out=row)
        np.maximum(row, best[i, 1:], out=row)
        np.maximum.accumulate(row, out=row)
    return _traced(best, first, start)


def _weights(left: Tokens, right: Tokens, box: tuple[int, int, int, int], same: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The weight of each pair of equal words: first the word itself, then (never adding up to one) what makes it sure.

    A pair printed alike, marks included, counts one, any other `VARIANT` per cent of it; then +2 for each equal
    neighbour up to two words away, +1..6 for the likeness of the two sentences, +1 for a word that carries matter.
    """
    first, end, start, stop = box
    extra = np.zeros(same.shape, np.int32)
    extra[1:, 1:] += 2 * same[:-1, :-1]
    extra[:-1, :-1] += 2 * same[1:, 1:]
    extra[2:, 2:] += 2 * same[:-2, :-2]
    extra[:-2, :-2] += 2 * same[2:, 2:]
    chunks, others = _ids(_chunks(left, first, end), _chunks(right, start, stop))
    printed = np.equal.outer(np.array(chunks, np.int32), np.array(others, np.int32))
    matter = [left.key[left.words[i]] not in FUNCTION_WORDS for i in range(first, end)]
    extra += np.array(matter, np.int32)[:, None]
    extra += _likeness(left, right, box, same)
    unit = 15 * min(same.shape) + 1
    extra += np.where(printed, unit, unit * VARIANT // 100)
    return np.where(same, extra, 0).astype(np.int32)


def _chunks(text: Tokens, first: int, end: int) -> list[str]:
    """Each word as it is printed, with the marks that cling to it."""
    chunks: list[str] = []
    for i in range(first, end):
        token = text.words[i]
        stop = token + 1
        while stop < len(text.key) and not text.key[stop] and text.start[stop] == text.end[stop - 1]:
            stop += 1
        chunks.append(text.text[text.start[token] : text.end[stop - 1]])
    return chunks


def _likeness(
    left: Tokens, right: Tokens, box: tuple[int, int, int, int], same: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """0..6 for each pair of words: how much of the matter of their two sentences is the same."""
    first, end, start, stop = box
    rows = np.array([left.sentence[left.words[i]] for i in range(first, end)], np.int32)
    columns = np.array([right.sentence[right.words[j]] for j in range(start, stop)], np.int32)
    rows -= rows[0]
    columns -= columns[0]
    if not rows[-1] and not columns[-1]:
        return np.zeros((1, 1), np.int32)
    matter = np.array([left.key[left.words[i]] not in FUNCTION_WORDS for i in range(first, end)])
    heads = np.flatnonzero(np.diff(rows, prepend=-1))
    # for each left sentence: which right words are found in it; then counted by right sentence
    found = np.logical_or.reduceat(same & matter[:, None], heads, axis=0)
    tops = np.flatnonzero(np.diff(columns, prepend=-1))
    shared = np.add.reduceat(found.astype(np.int32), tops, axis=1)
    sizes = np.add.reduceat(matter.astype(np.int32), heads)
    also = np.array([right.key[right.words[j]] not in FUNCTION_WORDS for j in range(start, stop)])
    others = np.add.reduceat(also.astype(np.int32), tops)
    grade = np.minimum(6, 12 * shared // np.maximum(1, sizes[:, None] + others[None, :])).astype(np.int32)
    tall: NDArray[np.int32] = np.repeat(grade, np.diff([*heads, len(rows)]), axis=0)
    wide: NDArray[np.int32] = np.repeat(tall, np.diff([*tops, len(columns)]), axis=1)
    return wide


def _traced(best: NDArray[np.int32], first: int, start: int) -> Pairs:
    """The pairs that lead to the heaviest sum, in order."""
    pairs: Pairs = []
    i, j = best.shape[0] - 1, best.shape[1] - 1
    while i and j:
        value = best[i, j]
        if not value:
            break
        if best[i - 1, j] == value:
            i -= 1
        elif best[i, j - 1] == value:
            j -= 1
        else:
            i -= 1
            j -= 1
            pairs.append((first + i, start + j))
    pairs.reverse()
    return pairs
