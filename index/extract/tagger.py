"""The sequence model: which words are cues, and which words each cue attributes to whom. NumPy only, no training here.

A two-layer bidirectional LSTM reads a paragraph and marks cues; for every cue a small second one reads the same
paragraph again, knowing the cue, and marks its speaker and its content (as semantic role labelling does it: He et al.,
ACL 2017; biaffine-free variant). Weights come from `index.extract.training` and lie in `resources/models`.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

# the matrices are small: more than one thread only makes them slower (heard by NumPy when it is imported first here)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from index.extract.attributions import Attribution
from index.extract.lexicon import Lexicon
from index.extract.pages import Page

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FILE = "attribution.npz"
LONGEST = 220  # tokens of a sequence; a longer paragraph is cut at a sentence
MOST_CUES = 16  # of a sequence, the likeliest: rubbish must not take for ever
LABELS = ("O", "B-S", "I-S", "B-Q", "I-Q")  # of a token beside one cue: speaker, content
CUES = ("O", "B", "I")
STATES = 22  # numbers that say where a token stands
LEXICAL = (
    "titles",
    "roles",
    "groups",
    "organisations",
    "publications",
    "days",
    "times",
    "months",
    "complementizers",
    "auxiliaries",
    "stop",
    "persons",
    "others",
    "nouns",
    "light",
    "gesture",
)
_VERBS = {"say": 1, "demand": 2, "judge": 3, "think": 4, "gesture": 5}
_BUCKETS = (1, 2, 3, 4, 6, 9, 14, 22, 40)
DISTANCES = 2 * len(_BUCKETS) + 3
_UPPER, _LOWER, _DIGIT = re.compile(r"[A-Z]+"), re.compile(r"[a-z]+"), re.compile(r"\d+")


def shape(word: str) -> str:
    """Aa0-shape of a word, runs shortened: "McCain" is AaAa, "2016" is 0."""
    return _DIGIT.sub("0", _LOWER.sub("a", _UPPER.sub("A", word)))[:6]


def pieces(word: str) -> tuple[str, str, str, str]:
    """(word, ending, beginning, shape) as they are looked up in the vocabulary."""
    low = word.replace("’", "'").casefold()
    low = "0" * len(low) if low.isdigit() and len(low) != 4 else low
    return "w=" + low, "x=" + low[-3:], "p=" + low[:4], "s=" + shape(word)


def lexical(low: str, words: Lexicon) -> tuple[int, ...]:
    """The verb class and the word lists a word stands on, as zeros and ones."""
    verb = _VERBS.get(words.verbs.get(low, ("", ""))[1], 0)
    in_lists = tuple(int(low in getattr(words, name)) for name in LEXICAL)
    return (
        tuple(int(verb == k) for k in range(1, 6))
        + in_lists
        + (
            int(low in words.demand),
            int(low in words.judge),
            int(low.endswith("ing")),
            int(low.endswith(("ed", "d")) and verb > 0),
        )
    )


WORD_FLAGS = 5 + len(LEXICAL) + 4


@dataclass(slots=True)
class Sequence_:
    """A stretch of tokens that the model reads at once: a paragraph, or a part of a very long one."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


def sequences(page: Page) -> list[Sequence_]:
    """The page's paragraphs, those of more than `LONGEST` tokens cut at sentences."""
    found = []
    for first, last in pairwise(page.first):
        while last - first > LONGEST:
            cut = first + LONGEST
            while cut > first + LONGEST // 2 and page.sentence_of[cut] == page.sentence_of[cut - 1]:
                cut -= 1
            if cut <= first + LONGEST // 2:
                cut = first + LONGEST
            found.append(Sequence_(first, cut))
            first = cut
        if last > first:
            found.append(Sequence_(first, last))
    return found


def states(page: Page, sequence: Sequence_) -> Floats:
    """Where each token stands: in a quotation, at its begin or end, in which sentence, near which mark. (n, STATES)."""
    first, last = sequence.first, sequence.last
    n = last - first
    out = np.zeros((n, STATES), np.float32)
    quoted = np.asarray(page.quoted[first:last])
    inside = quoted >= 0
    sentence = np.asarray(page.sentence_of[first:last])
    sentence = sentence - sentence[0]
    paragraph = page.paragraph_of[first]
    out[:, 0] = inside
    out[1:, 1] = inside[1:] & (quoted[1:] != quoted[:-1])
    out[0, 1] = inside[0]
    out[:-1, 2] = inside[:-1] & (quoted[1:] != quoted[:-1])
    out[-1, 2] = inside[-1]
    lengths = np.bincount(quoted[inside], minlength=1)[quoted[inside]] if inside.any() else np.zeros(0)
    out[inside, 3] = np.minimum(lengths, 30) / 30
    out[inside, 4] = lengths <= 3
    begins = np.ones(n, bool)
    begins[1:] = sentence[1:] != sentence[:-1]
    out[:, 5] = begins
    out[:-1, 6] = begins[1:]
    out[-1, 6] = 1
    out[:, 7] = sentence == 0
    out[:, 8] = sentence == 1
    out[:, 9] = sentence == sentence[-1]
    out[:, 10 + min(paragraph, 3)] = 1
    out[:, 14] = paragraph == len(page.paragraphs) - 1
    out[:, 15] = np.minimum(np.arange(n), 40) / 40
    out[:, 16] = inside.mean()
    marks = page.tokens
    for i in range(n):
        token = marks[first + i]
        if token == ",":
            out[i, 17] = 1
        elif token in '“”"«»':
            out[i, 18] = 1
        elif token in ":;—–-":
            out[i, 19] = 1
        elif token in ".?!":
            out[i, 20] = 1
        out[i, 21] = token[:1].isupper()
    return out


class Vocabulary:
    """Word pieces and their numbers; 0 is unknown. Rows of a word are made once per word form."""

    def __init__(self, entries: Sequence[str], words: Lexicon) -> None:
        self.number = {entry: n for n, entry in enumerate(entries, 1)}
        self.words = words
        self._rows: dict[str, tuple[int, ...]] = {}

    def row(self, word: str) -> tuple[int, ...]:
        """Four piece numbers and the lexical zeros and ones of a word."""
        made = self._rows.get(word)
        if made is None:
            low = word.replace("’", "'").casefold()
            made = tuple(self.number.get(p, 0) for p in pieces(word)) + lexical(low, self.words)
            if len(self._rows) < 200_000:
                self._rows[word] = made
        return made

    def rows(self, page: Page, sequence: Sequence_) -> Ints:
        """(n, 4 + WORD_FLAGS) of the tokens of a sequence."""
        return np.array([self.row(w) for w in page.tokens[sequence.first : sequence.last]], np.int64)


def distances(n: int, first: int, last: int) -> Ints:
    """Bucketed distance of each of `n` tokens to a cue at first..last: left, inside, right."""
    at = np.arange(n)
    out = np.full(n, len(_BUCKETS) + 1, np.int64)
    left, right = at < first, at > last
    out[left] = len(_BUCKETS) - np.searchsorted(_BUCKETS, first - at[left], "left")
    out[right] = len(_BUCKETS) + 2 + np.searchsorted(_BUCKETS, at[right] - last, "left")
    return out


def relation(page: Page, sequence: Sequence_, first: int, last: int) -> Floats:
    """How each token stands to a cue: same sentence, sentence before, after, same quotation. (n, 5)."""
    sentence = np.asarray(page.sentence_of[sequence.first : sequence.last])
    quoted = np.asarray(page.quoted[sequence.first : sequence.last])
    gap = sentence - sentence[first]
    return np.stack([gap == 0, gap == -1, gap == 1, gap > 1, quoted == quoted[first]], 1).astype(np.float32)


RELATIONS = 5


# --- the network -----------------------------------------------------------------------------------------------------


class Tagger:
    """The trained network. `weights` are those that `training.exported` makes; the result depends on nothing else."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]], words: Lexicon) -> None:
        text = bytes(weights["vocabulary"].astype(np.uint8)).decode("utf-8")
        self.vocabulary = Vocabulary(text.split("\n"), words)
        self.w = {k: np.ascontiguousarray(v, np.float32) for k, v in weights.items() if k != "vocabulary"}
        self.threshold = float(self.w["threshold"][0])

    def attributions(self, page: Page) -> list[Attribution]:
        """What the model finds in the whole page, in reading order."""
        found: list[Attribution] = []
        worded = [s for s in sequences(page) if any(token[0].isalpha() for token in page.tokens[s.first : s.last])]
        for batch in _batches(worded):
            found += self._batch(page, batch)
        return sorted(found, key=lambda a: (a.start, a.whole.end))

    def _batch(self, page: Page, batch: list[Sequence_]) -> list[Attribution]:
        lengths = [len(s) for s in batch]
        rows = np.concatenate([self.vocabulary.rows(page, s) for s in batch])
        where = np.concatenate([states(page, s) for s in batch])
        embedded = self.w["embedding"][rows[:, :4]].reshape(len(rows), -1)
        x = np.concatenate([embedded, rows[:, 4:].astype(np.float32), where], 1)
        hidden = bidirectional(bidirectional(x, lengths, self.w, "one"), lengths, self.w, "two")
        cue_scores = softmax(hidden @ self.w["cue.w"] + self.w["cue.b"])
        cues = self._cues(cue_scores, batch, lengths)
        return self._linked(page, batch, lengths, hidden, cue_scores, cues)

    def _cues(self, scores: Floats, batch: list[Sequence_], lengths: list[int]) -> list[tuple[int, int, int, float]]:
        """(number of the sequence, first token, last token in it, probability) of every likely cue."""
        found = []
        offset = 0
        for number, n in enumerate(lengths):
            part = scores[offset : offset + n]
            offset += n
            here: list[tuple[int, int, int, float]] = []
            at = 0
            while at < n:
                if part[at, 1] + part[at, 2] * 0.5 >= self.threshold and part[at, 1] >= part[at, 2] * 0.3:
                    end = at
                    while end + 1 < n and part[end + 1, 2] > max(part[end + 1, 0], part[end + 1, 1]):
                        end += 1
                    here.append((number, at, end, float(part[at, 1])))
                    at = end + 1
                else:
                    at += 1
            found += sorted(here, key=lambda cue: -cue[3])[:MOST_CUES]
        return found

    def _linked(
        self,
        page: Page,
        batch: list[Sequence_],
        lengths: list[int],
        hidden: Floats,
        cue_scores: Floats,
        cues: list[tuple[int, int, int, float]],
    ) -> list[Attribution]:
        if not cues:
            return []
        starts = np.concatenate([[0], np.cumsum(lengths)])
        cues = sorted(cues, key=lambda c: -lengths[c[0]])
        token_part = hidden @ self.w["token.w"]
        inputs, sizes = [], []
        for number, first, last, _ in cues:
            a, b = starts[number], starts[number + 1]
            cue_vector = hidden[a + first : a + last + 1].mean(0) @ self.w["head.w"] + self.w["head.b"]
            near = self.w["distance"][distances(b - a, first, last)]
            extra = (
                np.concatenate([relation(page, batch[number], first, last), cue_scores[a:b, 1:]], 1)
                @ self.w["relation.w"]
            )
            inputs.append(np.maximum(token_part[a:b] + cue_vector + near + extra, 0))
            sizes.append(b - a)
        out = bidirectional(np.concatenate(inputs), sizes, self.w, "link")
        scores = np.log(softmax(out @ self.w["label.w"] + self.w["label.b"]) + 1e-9)
        found = []
        paths = best_paths(scores, sizes, self.w["transition"])
        for (number, first, last, probability), labels in zip(cues, paths, strict=True):
            made = _attribution(page, batch[number], first, last, labels, probability)
            if made is not None:
                found.append(made)
        return found


def _batches(found: list[Sequence_]) -> Iterator[list[Sequence_]]:
    """At most 4,000 tokens at a time, long sequences first, so that a step works on many of them at once."""
    batch: list[Sequence_] = []
    size = 0
    for sequence in found:
        if batch and size + len(sequence) > 4000:
            yield sorted(batch, key=lambda s: -len(s))
            batch, size = [], 0
        batch.append(sequence)
        size += len(sequence)
    if batch:
        yield sorted(batch, key=lambda s: -len(s))


def bidirectional(x: Floats, lengths: Sequence[int], w: Mapping[str, Floats], name: str) -> Floats:
    """One bidirectional LSTM layer over sequences laid end to end, the longest first. (tokens, 2 * size).

    The weights of the input, forget and output gates are halved when they are exported, so that one tanh serves all
    four gates: sigmoid(z) = (1 + tanh(z / 2)) / 2.
    """
    u = w[name + ".u"]
    size = u.shape[1]
    n = np.asarray(lengths)
    alive = np.searchsorted(-n, -np.arange(int(n[0])), "left")  # sequences that are longer than a step's number
    forward, backward = _steps(n, alive)
    projected = x @ w[name + ".w"] + w[name + ".b"]
    inputs = np.empty((2, len(x), 4 * size), np.float32)  # laid out step by step, so that a step is one slice
    np.take(projected[:, : 4 * size], forward, 0, out=inputs[0], mode="clip")
    np.take(projected[:, 4 * size :], backward, 0, out=inputs[1], mode="clip")
    states = np.empty((2, len(x), size), np.float32)
    hidden = np.zeros((2, len(n), size), np.float32)
    cell = np.zeros((2, len(n), size), np.float32)
    half = np.float32(0.5)
    at = 0
    for count in alive.tolist():
        gates = inputs[:, at : at + count]
        gates += hidden[:, :count] @ u
        np.tanh(gates, out=gates)
        two, opened = gates[..., : 2 * size], gates[..., 3 * size :]
        two *= half
        two += half
        opened *= half
        opened += half
        new = cell[:, :count]
        new *= gates[..., size : 2 * size]
        new += gates[..., :size] * gates[..., 2 * size : 3 * size]
        hidden = states[:, at : at + count]
        np.tanh(new, out=hidden)
        hidden *= opened
        at += count
    out = np.empty((len(x), 2, size), np.float32)
    out[forward, 0] = states[0]
    out[backward, 1] = states[1]
    return out.reshape(len(x), 2 * size)


def _steps(n: Ints, alive: Ints) -> tuple[Ints, Ints]:
    """Numbers of the tokens that are read at each step, from the front and from the back, step after step."""
    starts = np.cumsum(n) - n
    step = np.repeat(np.arange(len(alive)), alive)
    which = np.arange(len(step)) - np.repeat(np.cumsum(alive) - alive, alive)
    return starts[which] + step, starts[which] + n[which] - 1 - step


def softmax(scores: Floats) -> Floats:
    """Rows that sum to one."""
    e: Floats = np.exp(scores - scores.max(1, keepdims=True))
    e /= e.sum(1, keepdims=True)
    return e


def best_paths(scores: Floats, lengths: Sequence[int], transition: Floats) -> list[list[int]]:
    """Viterbi for sequences laid end to end, the longest first: each one's best labels under `transition[from, to]`.

    The last row of `transition` is for the first label of a sequence.
    """
    n = np.asarray(lengths)
    starts = np.concatenate([[0], np.cumsum(n)[:-1]])
    best = scores[starts] + transition[-1]
    back = np.zeros((int(n[0]), *best.shape), np.int64)
    for i in range(1, int(n[0])):
        alive = int(np.searchsorted(-n, -i, "left"))
        paths = best[:alive, :, None] + transition[:-1]
        back[i, :alive] = paths.argmax(1)
        best[:alive] = paths.max(1) + scores[starts[:alive] + i]
    label = best.argmax(1)
    found = np.zeros(len(scores), np.int64)
    for i in range(int(n[0]) - 1, -1, -1):
        alive = int(np.searchsorted(-n, -i, "left"))
        found[starts[:alive] + i] = label[:alive]
        label[:alive] = back[i, np.arange(alive), label[:alive]]
    return [path.tolist() for path in np.split(found, starts[1:])]


def _attribution(
    page: Page, sequence: Sequence_, first: int, last: int, labels: Sequence[int], probability: float
) -> Attribution | None:
    """Labels of one cue as spans; None when it attributes no words."""
    content, speakers = _runs(labels, 3), _runs(labels, 1)
    if not content:
        return None
    base = sequence.first
    spans = [page.span(base + a, base + b) for a, b in content]
    speaker = min(speakers, key=lambda r: (min(abs(r[0] - last), abs(first - r[1])), r)) if speakers else None
    return Attribution(
        tuple(spans),
        page.span(base + speaker[0], base + speaker[1]) if speaker else None,
        page.span(base + first, base + last),
        rule="model",
        certainty=round(min(0.9999, probability), 4),
    )


def _runs(labels: Sequence[int], begin: int) -> list[tuple[int, int]]:
    """(first, last) of every run of the labels begin and begin + 1."""
    found: list[tuple[int, int]] = []
    for i, label in enumerate(labels):
        if label == begin or (label == begin + 1 and not (found and found[-1][1] == i - 1)):
            found.append((i, i))
        elif label == begin + 1:
            found[-1] = (found[-1][0], i)
    return found


@cache
def tagger(language: str = "en") -> Tagger | None:
    """The trained tagger of a language, or None when there is none or its file is missing or damaged."""
    from index.extract.lexicon import lexicon

    if language != "en":
        return None
    try:
        data = (resources.files("resources") / "models" / FILE).read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return Tagger({k: file[k] for k in file.files}, lexicon(language))
    except (OSError, ValueError, KeyError, ModuleNotFoundError):
        return None
