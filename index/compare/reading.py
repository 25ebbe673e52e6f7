"""What a reader should see of an alignment: crumbs of equal words drawn into the change around them, moves found.

An exact alignment of two rewritten sentences is full of single equal words ("the", "of") between changes. They are
true and useless: `without_islands` takes them out for the eye, the exact alignment stays what is counted and stored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from index.compare.alignment import Pairs
from index.compare.tokens import FUNCTION_WORDS, Tokens

ISLAND = 5  # equal runs of fewer words may be drawn into the change around them
MOVED = 6  # a block needs so many words, three of them with matter, to count as moved
SENTENCE = 3000  # words: what is longer is no sentence, and not searched for moved blocks
SEED = 4  # runs of so many equal words lead to moved blocks


@dataclass(slots=True)
class _Stretch:
    """A run of pairs (`pairs` not empty), or a change: the words `removed` from the left and `added` to the right."""

    pairs: Pairs = field(default_factory=list)
    removed: range = range(0)
    added: range = range(0)


def without_islands(left: Tokens, right: Tokens, pairs: Pairs) -> Pairs:
    """The pairs without the islands: runs shorter than `ISLAND` words that weigh less than the changes on both sides.

    Kept whatever their length: a whole sentence, a name, a run at the start or the end of both texts, and a run
    between mere additions (or mere deletions).
    """
    stretches = _stretches(left, right, pairs)
    weights = (_Weights(left), _Weights(right))
    related = _related(left, right, pairs)
    again = True
    while again:
        again = False
        kept: list[_Stretch] = []
        number = 0
        while number < len(stretches):
            run = stretches[number]
            after = stretches[number + 1] if number + 1 < len(stretches) else None
            if kept and after and run.pairs and _is_island(left, right, weights, related, kept[-1], run, after):
                before = kept[-1]
                removed = range(before.removed.start, after.removed.stop)
                kept[-1] = _Stretch([], removed, range(before.added.start, after.added.stop))
                number += 2
                again = True
            else:
                kept.append(run)
                number += 1
        stretches = kept
    return [pair for stretch in stretches for pair in stretch.pairs]


def _stretches(left: Tokens, right: Tokens, pairs: Pairs) -> list[_Stretch]:
    """Runs and changes in turn. A run ends where either side has a word in between."""
    stretches: list[_Stretch] = []
    i = j = 0
    run = _Stretch()
    for pair in [*pairs, (len(left.words), len(right.words))]:
        if pair != (i, j):
            if run.pairs:
                stretches.append(run)
            stretches.append(_Stretch([], range(i, pair[0]), range(j, pair[1])))
            run = _Stretch()
        if pair[0] < len(left.words) and pair[1] < len(right.words):
            run.pairs.append(pair)
        i, j = pair[0] + 1, pair[1] + 1
    if run.pairs:
        stretches.append(run)
    return stretches


def _related(left: Tokens, right: Tokens, pairs: Pairs) -> set[tuple[int, int]]:
    """Pairs of sentences that are one sentence rewritten: they share three tenths of the words of the longer one."""
    shared = Counter((left.sentence[left.words[i]], right.sentence[right.words[j]]) for i, j in pairs)
    sizes = Counter(left.sentence[token] for token in left.words)
    others = Counter(right.sentence[token] for token in right.words)
    return {(s, t) for (s, t), count in shared.items() if count >= 0.3 * max(sizes[s], others[t])}


class _Weights:
    """Weights of words, 3 for one with matter, 1 for the others, summed up so that any stretch is known at once."""

    def __init__(self, text: Tokens) -> None:
        self.upto = [0]
        self.first: dict[int, int] = {}  # sentence -> its first word
        for word, token in enumerate(text.words):
            self.upto.append(self.upto[-1] + (1 if text.key[token] in FUNCTION_WORDS else 3))
            self.first.setdefault(text.sentence[token], word)
        ends = [*list(self.first.values())[1:], len(text.words)]
        self.end = dict(zip(self.first, ends, strict=False))

    def of(self, words: range, sentence: int | None = None) -> int:
        """The weight of some words; only of those of one sentence if it is given."""
        start, stop = words.start, words.stop
        if sentence is not None:
            start, stop = max(start, self.first[sentence]), min(stop, self.end[sentence])
        return self.upto[stop] - self.upto[start] if stop > start else 0


def _is_island(
    left: Tokens, right: Tokens, weights: tuple[_Weights, _Weights], related: set[tuple[int, int]],
    before: _Stretch, run: _Stretch, after: _Stretch,
) -> bool:  # fmt: skip
    """True for a short run that weighs less than the change before it and less than the change after it.

    In a sentence that was only rewritten, what changed in other sentences does not weigh.
    """
    if len(run.pairs) >= ISLAND or before.pairs or after.pairs:
        return False
    if not (before.removed or after.removed) or not (before.added or after.added):
        return False
    ours, theirs = weights
    weight = 2 * ours.of(range(run.pairs[0][0], run.pairs[-1][0] + 1))
    for change, (i, j) in ((before, run.pairs[0]), (after, run.pairs[-1])):
        s, t = left.sentence[left.words[i]], right.sentence[right.words[j]]
        one = (s, t) in related
        size = ours.of(change.removed, s if one else None) + theirs.of(change.added, t if one else None)
        if weight >= size:
            return False
    name = _is_name(left, run.pairs, 0) and _is_name(right, run.pairs, 1)
    return not name and not _is_whole(left, right, run.pairs)


def _is_whole(left: Tokens, right: Tokens, pairs: Pairs) -> bool:
    """True when the run is two words or more and a whole sentence on both sides."""
    if len(pairs) < 2:
        return False
    for text, side in ((left, 0), (right, 1)):
        first, last = pairs[0][side], pairs[-1][side]
        sentence = text.sentence[text.words[first]]
        if text.sentence[text.words[last]] != sentence:
            return False
        if first and text.sentence[text.words[first - 1]] == sentence:
            return False
        if last + 1 < len(text.words) and text.sentence[text.words[last + 1]] == sentence:
            return False
    return True


def _is_name(text: Tokens, pairs: Pairs, side: int) -> bool:
    """True when two or more words of the run begin with a capital inside a sentence: a name."""
    capitals = 0
    for pair in pairs:
        word = pair[side]
        token = text.words[word]
        inside = word > 0 and text.sentence[text.words[word - 1]] == text.sentence[token]
        capitals += inside and text.text[text.start[token]].isupper()
    return capitals >= 2


# --- moved blocks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """A block that stands elsewhere: pairs of words (positions in `Tokens.words`), rising on both sides."""

    pairs: tuple[tuple[int, int], ...]


def moves(left: Tokens, right: Tokens, pairs: Pairs) -> list[Move]:
    """Blocks of words that left one place and arrived at another, in the order of the left text.

    Looked for among the words that `pairs` leaves free: sentences that share a run of `SEED` words are aligned with
    each other; what they have in common is a move when it has `MOVED` words (or is most of a short sentence).
    """
    matched_left, matched_right = {i for i, _ in pairs}, {j for _, j in pairs}
    free = _free_sentences(left, matched_left)
    others = _free_sentences(right, matched_right)
    found: list[tuple[int, int, int, tuple[tuple[int, int], ...]]] = []
    for s, t in _alike(left, right, free, others):
        block = _common(left, right, free[s], others[t])
        matter = sum(left.key[left.words[i]] not in FUNCTION_WORDS for i, _ in block)
        share = len(block) / max(len(free[s]), len(others[t]))
        most = len(block) >= 0.5 * min(len(free[s]), len(others[t]))
        if matter >= 3 and ((len(block) >= MOVED and most) or (len(block) >= SEED and share >= 0.8)):
            found.append((-len(block), s, t, tuple(block)))
    found.sort()
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    chosen: list[tuple[int, int, tuple[tuple[int, int], ...]]] = []
    for _, s, t, pairs_moved in found:
        if s not in taken_left and t not in taken_right:
            taken_left.add(s)
            taken_right.add(t)
            chosen.append((s, t, pairs_moved))
    return _joined(sorted(chosen))


def _free_sentences(text: Tokens, matched: set[int]) -> dict[int, list[int]]:
    """For each sentence its words that are not matched, where there are `SEED` to `SENTENCE` of them."""
    free: dict[int, list[int]] = {}
    for word, token in enumerate(text.words):
        if word not in matched:
            free.setdefault(text.sentence[token], []).append(word)
    return {sentence: words for sentence, words in free.items() if SEED <= len(words) <= SENTENCE}


def _alike(
    left: Tokens, right: Tokens, free: dict[int, list[int]], others: dict[int, list[int]]
) -> list[tuple[int, int]]:
    """Pairs of sentences that share a run of `SEED` free words, two of them with matter; at most 8 for each."""
    places: dict[tuple[str, ...], list[int]] = {}
    for sentence, words in others.items():
        for run in _runs(right, words):
            at = places.setdefault(run, [])
            if len(at) < 8 and sentence not in at:
                at.append(sentence)
    pairs: set[tuple[int, int]] = set()
    for sentence, words in free.items():
        for run in _runs(left, words):
            pairs.update((sentence, other) for other in places.get(run, ()))
    return sorted(pairs)


def _runs(text: Tokens, words: list[int]) -> list[tuple[str, ...]]:
    keys = [text.key[text.words[word]] for word in words]
    runs = []
    for k in range(len(keys) - SEED + 1):
        run = tuple(keys[k : k + SEED])
        if words[k + SEED - 1] - words[k] == SEED - 1 and sum(word not in FUNCTION_WORDS for word in run) >= 2:
            runs.append(run)
    return runs


def _common(left: Tokens, right: Tokens, words: list[int], others: list[int]) -> Pairs:
    """The words that two sentences have in common in order, without runs of a single word."""
    keys = [left.key[left.words[word]] for word in words]
    more = [right.key[right.words[word]] for word in others]
    pairs: Pairs = []
    for op in LCSseq.opcodes(keys, more):
        if op.tag == "equal" and op.src_end - op.src_start > 1:
            span = range(op.src_end - op.src_start)
            pairs += [(words[op.src_start + k], others[op.dest_start + k]) for k in span]
    return pairs


def _joined(chosen: list[tuple[int, int, tuple[tuple[int, int], ...]]]) -> list[Move]:
    """Neighbouring sentences that moved together are one move."""
    blocks: list[Move] = []
    last = (-2, -2)
    for s, t, block in chosen:
        if (s, t) == (last[0] + 1, last[1] + 1):
            blocks[-1] = Move(blocks[-1].pairs + block)
        else:
            blocks.append(Move(block))
        last = (s, t)
    return blocks
