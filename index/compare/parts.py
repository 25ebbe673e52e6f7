"""Turns aligned words into parts: stretches that cover both texts without a gap, each equal, added, removed or moved.

Marks and blanks between words are dealt with here: where no word changed they can only make a minor difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from index.compare.alignment import Pairs
from index.compare.reading import Move
from index.compare.tokens import Tokens, letters
from index.model import Part, PartOp, Span

VARIANT = 80  # changes longer than so many characters are not looked at for being the same letters


def parts(left: Tokens, right: Tokens, pairs: Pairs, blocks: Iterable[Move]) -> tuple[Part, ...]:
    """The parts of two texts, in reading order; the left spans joined are the left text, the right ones the right text.

    An equal part has the very same characters on both sides. Words of a moved block that `pairs` also matches in
    their place stay equal; their counterparts then are additions or deletions that carry the number of the move.
    """
    writer = _Writer(left, right)
    writer.label(pairs, blocks)
    for run in _runs(pairs):
        writer.run(run)
    writer.gap(len(left.key), len(right.key))
    return _ordered(writer.parts)


def _runs(pairs: Pairs) -> list[Pairs]:
    """The pairs cut where either side has another word in between."""
    runs: list[Pairs] = []
    first = 0
    for k in range(1, len(pairs) + 1):
        if k == len(pairs) or pairs[k][0] != pairs[k - 1][0] + 1 or pairs[k][1] != pairs[k - 1][1] + 1:
            runs.append(pairs[first:k])
            first = k
    return runs


class _Writer:
    """Writes parts one behind the other; `at` and `on` are the characters of left and right that are done."""

    def __init__(self, left: Tokens, right: Tokens) -> None:
        self.left = left
        self.right = right
        self.parts: list[Part] = []
        self.at = 0
        self.on = 0
        self.next_left = 0  # the first tokens that are not done
        self.next_right = 0
        self.left_moves: dict[int, int] = {}
        self.right_moves: dict[int, int] = {}

    def label(self, pairs: Pairs, blocks: Iterable[Move]) -> None:
        """Number the tokens of moved blocks: k where a word moved, -k where it was changed inside the block."""
        matched_left, matched_right = {i for i, _ in pairs}, {j for _, j in pairs}
        for number, block in enumerate(blocks, 1):
            free = [i not in matched_left and j not in matched_right for i, j in block.pairs]
            for side, text, found in ((0, self.left, self.left_moves), (1, self.right, self.right_moves)):
                words = {pair[side]: ok for pair, ok in zip(block.pairs, free, strict=True)}
                _label(text, words, number, found)

    def write(self, op: PartOp, to: int, over: int, minor: bool = False, move: int | None = None) -> None:
        """One part up to the characters `to` and `over`; joined to the last one when they are of a kind."""
        if to == self.at and over == self.on:
            return
        a = Span(self.at, to) if to > self.at or op in ("equal", "replace") else None
        b = Span(self.on, over) if over > self.on or op in ("equal", "replace") else None
        self.at, self.on = to, over
        last = self.parts[-1] if self.parts else None
        if last and (last.op, last.minor, last.move) == (op, minor, move) and op == "equal":
            assert a and b and last.left and last.right
            self.parts[-1] = Part(op, Span(last.left.start, a.end), Span(last.right.start, b.end))
        else:
            self.parts.append(Part(op, a, b, minor, move))

    def run(self, pairs: Pairs) -> None:
        """Pairs without other words in between: at one go where the characters are the same, else in halves."""
        token, other = self.left.words[pairs[0][0]], self.right.words[pairs[0][1]]
        last, final = self.left.words[pairs[-1][0]], self.right.words[pairs[-1][1]]
        self.gap(token, other)
        end, stop = self.left.end[last], self.right.end[final]
        if self.left.text[self.at : end] == self.right.text[self.on : stop]:
            self.write("equal", end, stop)
        elif len(pairs) == 1:
            self.word(token, other)
        else:
            half = len(pairs) // 2
            self.run(pairs[:half])
            self.run(pairs[half:])
        self.next_left, self.next_right = last + 1, final + 1

    def word(self, token: int, other: int) -> None:
        """Two words with the same key."""
        same = self.left.surface(token) == self.right.surface(other)
        self.write("equal" if same else "replace", self.left.end[token], self.right.end[other], minor=not same)

    def minor(self, to: int, over: int) -> None:
        """Marks or blanks that may differ: what is common at both ends is equal."""
        a, b = self.left.text[self.at : to], self.right.text[self.on : over]
        head = _shared_head(a, b)
        tail = _shared_tail(a[head:], b[head:])
        self.write("equal", self.at + head, self.on + head)
        op: PartOp = "insert" if to - tail == self.at else "replace" if over - tail > self.on else "delete"
        self.write(op, to - tail, over - tail, minor=True)
        self.write("equal", to, over)

    def gap(self, token: int, other: int) -> None:
        """All that stands before the next two matched words, `token` on the left and `other` on the right.

        Where both sides go from one sentence to another, what ends the first, what stands between and what begins the
        last are dealt with one after the other: a change never joins the end of one sentence to the next.
        """
        ours = self._sentence_cuts(self.left, self.next_left, token)
        theirs = self._sentence_cuts(self.right, self.next_right, other)
        if ours and theirs:
            self._gap(ours[0], theirs[0])
            self._gap(ours[1], theirs[1])
        self._gap(token, other)

    def _sentence_cuts(self, text: Tokens, first: int, stop: int) -> tuple[int, int] | None:
        """Where the begun sentence ends and where the one of the token `stop` begins; None when they are one."""
        before = text.sentence[first - 1] if first else -1
        after = text.sentence[stop] if stop < len(text.key) else -2
        if before == after:
            return None
        head, tail = first, stop
        while head < stop and text.sentence[head] == before:
            head += 1
        while tail > head and text.sentence[tail - 1] == after:
            tail -= 1
        return head, tail

    def _gap(self, token: int, other: int) -> None:
        """All up to these tokens."""
        to = self.left.start[token] if token < len(self.left.key) else len(self.left.text)
        over = self.right.start[other] if other < len(self.right.key) else len(self.right.text)
        words = [k for k in range(self.next_left, token) if self.left.key[k]]
        more = [k for k in range(self.next_right, other) if self.right.key[k]]
        self.next_left, self.next_right = token, other
        if not words and not more:
            self.minor(to, over)
            return
        (head, other_head), (tail, other_tail) = self._shared(words, more, to, over)
        self.minor(self.at + head, self.on + other_head)
        self._change(to - tail, over - other_tail, bool(words), bool(more))
        self.minor(to, over)

    def _shared(self, words: list[int], more: list[int], to: int, over: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """How many characters of either side, before and behind the changed words, are the same marks and blanks.

        Where only the blanks about the same marks differ they are taken together: a minor change.
        """
        a, b = self.left.text[self.at : to], self.right.text[self.on : over]
        front = a[: self.left.start[words[0]] - self.at] if words else a
        other_front = b[: self.right.start[more[0]] - self.on] if more else b
        back = a[self.left.end[words[-1]] - self.at :] if words else a
        other_back = b[self.right.end[more[-1]] - self.on :] if more else b
        if words and more:
            heads = _shared_head(front, other_front)
            if back.strip() and back.strip() == other_back.strip():
                return (heads, heads), (len(back), len(other_back))
            tails = _shared_tail(back, other_back)
            return (heads, heads), (tails, tails)
        # The marks of the side without words can be used once: for what stands before, or for what stands behind.
        least = len(b) if words else len(a)
        heads, tails = _shared_head(front, other_front), _shared_tail(back, other_back)
        if not front[:heads].strip() and back.strip() and back.strip() == other_back.strip():
            return (0, 0), (len(back), len(other_back))
        if tails > heads:
            heads = min(heads, least - tails)
        else:
            tails = min(tails, least - heads)
        return (heads, heads), (tails, tails)

    def _change(self, to: int, over: int, removed: bool, added: bool) -> None:
        """The changed middle: one replacement, or removed, added and moved pieces."""
        if removed and added:
            self._replace(to, over)
        else:
            self._one_sided(to, over, removed)

    def _one_sided(self, to: int, over: int, removed: bool) -> None:
        """Words only on one side; the other has at most marks, which is a minor change."""
        if not removed:
            self.write("delete", to, self.on, minor=True)
        self._removed(to)
        if removed:
            self.write("insert", self.at, over, minor=True)
        self._added(over)

    def _replace(self, to: int, over: int) -> None:
        """Words on both sides: one replacement, or removed, added and moved pieces."""
        lefts = self._pieces(self.left, self.left_moves, self.at, to)
        rights = self._pieces(self.right, self.right_moves, self.on, over)
        both = to > self.at and over > self.on
        if both and len(lefts) == len(rights) == 1 and not lefts[0][1] and not rights[0][1]:
            self.write("replace", to, over, minor=self._is_variant(to, over))
        else:
            self._removed(to)
            self._added(over)

    def _removed(self, to: int) -> None:
        for end, move in self._pieces(self.left, self.left_moves, self.at, to):
            self.write("move" if move > 0 else "delete", end, self.on, move=abs(move) or None)

    def _added(self, over: int) -> None:
        for end, move in self._pieces(self.right, self.right_moves, self.on, over):
            self.write("move" if move > 0 else "insert", self.at, end, move=abs(move) or None)

    def _pieces(self, text: Tokens, labels: dict[int, int], start: int, end: int) -> list[tuple[int, int]]:
        """The pieces of one side of a change: (where it ends, number of its move: 0 none, -k changed inside move k)."""
        if not labels or start == end:
            return [(end, 0)]
        first, stop = bisect_left(text.start, start), bisect_left(text.start, end)
        pieces: list[tuple[int, int]] = []
        for token in range(first, stop):
            move = labels.get(token, 0)
            if pieces and pieces[-1][1] != move:
                pieces[-1] = (text.start[token], pieces[-1][1])
                pieces.append((end, move))
            elif not pieces:
                pieces.append((end, move))
        return pieces or [(end, 0)]

    def _is_variant(self, to: int, over: int) -> bool:
        """True when both sides have the same letters ("cease-fire", "ceasefire") or words in full ("don't")."""
        a, b = self.left.text[self.at : to], self.right.text[self.on : over]
        return max(len(a), len(b)) <= VARIANT and (letters(a) == letters(b) or _in_full(a) == _in_full(b))


def _label(text: Tokens, words: dict[int, bool], number: int, found: dict[int, int]) -> None:
    """Write the number of a move on the tokens of its words, the marks among them and the words changed inside."""
    first, last = min(words), max(words)
    for word in range(first, last + 1):
        token = text.words[word]
        label = number if words.get(word) else -number
        if word in words and not words[word]:
            label = -number
        found[token] = label
        stop = text.words[word + 1] if word + 1 < len(text.words) else len(text.key)
        for mark in range(token + 1, stop):
            if word == last and text.start[mark] != text.end[mark - 1]:
                break
            found[mark] = label


_FULL = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am"}


def _in_full(text: str) -> str:
    """Contractions written out ("don't" is "do not"), small letters, single blanks."""
    plain = text.casefold().replace("’", "'").replace("won't", "will not").replace("can't", "cannot")
    plain = plain.replace("can not", "cannot")
    for short, full in _FULL.items():
        plain = plain.replace(short, full)
    return " ".join(plain.split())


def _shared_head(a: str, b: str) -> int:
    """How many characters two strings have in common at the start."""
    most = min(len(a), len(b))
    if a[:most] == b[:most]:
        return most
    for k in range(most):
        if a[k] != b[k]:
            return k
    return most


def _shared_tail(a: str, b: str) -> int:
    """How many characters two strings have in common at the end."""
    return _shared_head(a[::-1], b[::-1])


def mirrored(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts with left and right exchanged."""
    other: dict[PartOp, PartOp] = {"insert": "delete", "delete": "insert"}
    return _ordered([Part(other.get(part.op, part.op), part.right, part.left, part.minor, part.move) for part in parts])


def _ordered(parts: list[Part]) -> tuple[Part, ...]:
    """One-sided parts between two others in the customary order: what left first, then what came."""
    result: list[Part] = []
    waiting: list[Part] = []
    for part in parts:
        if part.left is None:
            waiting.append(part)
        elif part.right is None:
            result.append(part)
        else:
            result += [*waiting, part]
            waiting = []
    return tuple(result + waiting)
