"""Trains the sequence model of `tagger` on a folder of texts with brat annotations; the only place that needs PyTorch.

    python -m index.extract.training --data DIR --out resources/models/attribution.npz [--epochs N] [--seed N]
        [--leave-out K]      leave every fifth document out, beginning with the K-th, for cross-validation

DIR holds DOC.txt and DOC.ann with Source, Cue and Content spans bound into attributions (the format of PolNeAR). PyTorch
is no dependency of the program: install it beside it for training. Same data and seed, same weights on one machine.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from index.extract.lexicon import lexicon
from index.extract.pages import Page, page
from index.extract.tagger import (
    CUES,
    DISTANCES,
    LABELS,
    RELATIONS,
    STATES,
    WORD_FLAGS,
    Sequence_,
    Vocabulary,
    distances,
    pieces,
    relation,
    sequences,
    states,
)

_SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
WORD = 64  # numbers per word piece
DROPPED = 0.12  # share of words hidden in training
RATE = 3e-3
BATCH = 2400  # tokens


@dataclass(slots=True)
class Example:
    """One sequence with its cues: rows, states, flat labels and, per cue, (first, last, labels)."""

    rows: np.ndarray[Any, Any]
    states: np.ndarray[Any, Any]
    cue_labels: list[int]
    flat: list[int]
    cues: list[tuple[int, int, list[int]]] = field(default_factory=list)
    relations: list[np.ndarray[Any, Any]] = field(default_factory=list)


def annotated(folder: Path) -> list[tuple[str, str, list[dict[str, list[tuple[int, int]]]]]]:
    """(name, text, attributions) of every document; an attribution maps Source, Cue, Content to spans."""
    found = []
    for file in sorted(folder.glob("*.txt")):
        spans: dict[str, list[tuple[int, int]]] = {}
        items = []
        for line in file.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
            match = _SPAN.match(line)
            if match:
                spans[match.group(1)] = [(int(a), int(b)) for a, b in (p.split() for p in match.group(3).split(";"))]
            elif re.match(r"E\d+\t", line):
                bound: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
                for part in line.split("\t")[1].split():
                    role, reference = part.split(":")
                    bound.setdefault(re.sub(r"\d+$", "", role), []).extend(spans.get(reference, []))
                if bound["Content"]:
                    items.append(bound)
        with file.open(encoding="utf-8", newline="") as opened:
            found.append((file.stem, opened.read(), items))
    return found


def vocabulary(pages: list[Page]) -> list[str]:
    """Word pieces seen at least twice (words) or three times (endings, beginnings, shapes)."""
    counts: Counter[str] = Counter()
    for read in pages:
        for token in read.tokens:
            counts.update(pieces(token))
    return sorted(p for p, n in counts.items() if n >= (2 if p.startswith("w=") else 3) and "\n" not in p)


def examples(read: Page, items: list[dict[str, list[tuple[int, int]]]], words: Vocabulary) -> list[Example]:
    """The sequences of a page with their labels."""
    made = []
    for sequence in sequences(read):
        example = Example(words.rows(read, sequence), states(read, sequence), [0] * len(sequence), [0] * len(sequence))
        for item in items:
            _add(read, sequence, item, example)
        _add_negatives(read, sequence, example)
        made.append(example)
    return made


def _covered(read: Page, sequence: Sequence_, spans: list[tuple[int, int]]) -> list[list[int]]:
    """Token numbers (within the sequence) of each span."""
    runs = []
    for start, end in sorted(spans):
        first = max(sequence.first, bisect_left(read.starts, start))
        if first > sequence.first and read.ends[first - 1] > start:
            first -= 1
        run = [i - sequence.first for i in range(first, sequence.last) if read.starts[i] < end]
        if run:
            runs.append(run)
    return runs


def _add(read: Page, sequence: Sequence_, item: dict[str, list[tuple[int, int]]], example: Example) -> None:
    cue = [i for run in _covered(read, sequence, item["Cue"]) for i in run]
    contents, sources = _covered(read, sequence, item["Content"]), _covered(read, sequence, item["Source"])
    for runs, begin in ((sources, 1), (contents, 3)):
        for run in runs:
            for i in run:
                if example.flat[i] == 0:
                    example.flat[i] = begin + (i != run[0])
    if not cue or not contents:
        return
    labels = [0] * len(sequence)
    for runs, begin in ((contents, 3), (sources, 1)):
        for run in runs:
            for i in run:
                labels[i] = begin + (i != run[0])
    first, last = cue[0], cue[0]
    while last + 1 in cue:
        last += 1
    for i in range(first, last + 1):
        example.cue_labels[i] = 1 if i == first else 2
    example.cues.append((first, last, labels))
    example.relations.append(relation(read, sequence, first, last))


def _add_negatives(read: Page, sequence: Sequence_, example: Example) -> None:
    """Up to two reporting verbs that are no cue: everything beside them is nothing."""
    known = set(read.words.verbs)
    free = [i for i in range(len(sequence)) if example.cue_labels[i] == 0 and read.lower[sequence.first + i] in known]
    for i in free[:2]:
        example.cues.append((i, i, [0] * len(sequence)))
        example.relations.append(relation(read, sequence, i, i))


class Encoder:
    """The network of `tagger` in PyTorch, which is imported here and nowhere else; `exported` turns it into arrays."""

    def __init__(self, entries: int, size: int, link: int, dropout: float) -> None:
        self.torch: Any = import_module("torch")
        self.rnn: Any = import_module("torch.nn.utils.rnn")
        nn = self.torch.nn
        self.parts = nn.ModuleDict(
            {
                "embedding": nn.Embedding(entries + 1, WORD),
                "one": nn.LSTM(4 * WORD + WORD_FLAGS + STATES, size, bidirectional=True, batch_first=True),
                "two": nn.LSTM(2 * size, size, bidirectional=True, batch_first=True),
                "cue": nn.Linear(2 * size, len(CUES)),
                "flat": nn.Linear(2 * size, len(LABELS)),
                "token": nn.Linear(2 * size, link, bias=False),
                "head": nn.Linear(2 * size, link),
                "distance": nn.Embedding(DISTANCES, link),
                "relation": nn.Linear(RELATIONS + 2, link, bias=False),
                "link": nn.LSTM(link, link, bidirectional=True, batch_first=True),
                "label": nn.Linear(2 * link, len(LABELS)),
                "drop": nn.Dropout(dropout),
            }
        )
        nn.init.normal_(self.parts["embedding"].weight, 0, 0.1)

    def _layer(self, name: str, x: Any, lengths: Any) -> Any:
        packed, _ = self.parts[name](self.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False))
        return self.parts["drop"](self.rnn.pad_packed_sequence(packed, batch_first=True)[0])

    def _padded(self, arrays: list[Any], filler: int = 0) -> Any:
        tensors = [self.torch.as_tensor(a) for a in arrays]
        return self.rnn.pad_sequence(tensors, batch_first=True, padding_value=filler)

    def encoded(self, batch: list[Example], lengths: Any) -> Any:
        """Hidden states of padded sequences; words are dropped so that their pieces and the context learn to serve."""
        torch = self.torch
        rows, where = self._padded([e.rows for e in batch]), self._padded([e.states for e in batch])
        ids = rows[..., :4]
        keep = torch.rand(ids.shape[:-1]) > DROPPED
        ids = torch.cat([ids[..., :1] * keep.unsqueeze(-1), ids[..., 1:]], -1)
        x = torch.cat([self.parts["embedding"](ids).flatten(-2), rows[..., 4:].float(), where], -1)
        return self._layer("two", self._layer("one", self.parts["drop"](x), lengths), lengths)

    def linked(
        self, hidden: Any, cue_scores: Any, batch: list[Example], pairs: list[tuple[int, int]], lengths: Any
    ) -> Any:
        """Label scores of each (sequence, cue) pair."""
        torch = self.torch
        width = hidden.shape[1]
        chosen = torch.tensor([b for b, _ in pairs])
        cues = [batch[b].cues[c] for b, c in pairs]
        firsts, lasts = torch.tensor([c[0] for c in cues]), torch.tensor([c[1] for c in cues])
        at = torch.arange(width)
        mask = ((at >= firsts[:, None]) & (at <= lasts[:, None])).float()
        states = hidden[chosen]
        head = (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        near = torch.stack([torch.from_numpy(distances(width, c[0], c[1])) for c in cues])
        known = self._padded([batch[b].relations[c] for b, c in pairs])
        known = torch.nn.functional.pad(known, (0, 0, 0, width - known.shape[1]))
        extra = torch.cat([known, torch.softmax(cue_scores.detach(), -1)[chosen][..., 1:]], -1)
        x = torch.relu(
            self.parts["token"](states)
            + self.parts["head"](head).unsqueeze(1)
            + self.parts["distance"](near)
            + self.parts["relation"](extra)
        )
        return self.parts["label"](self._layer("link", self.parts["drop"](x), lengths[chosen]))

    def loss(self, batch: list[Example]) -> Any:
        """Cross-entropy of cues, of labels beside each cue, and (a help in training) of flat labels."""
        lengths = self.torch.tensor([len(e.cue_labels) for e in batch])
        hidden = self.encoded(batch, lengths)
        cue_scores = self.parts["cue"](hidden)
        loss = 3 * self._entropy(cue_scores, [e.cue_labels for e in batch])
        loss = loss + 0.3 * self._entropy(self.parts["flat"](hidden), [e.flat for e in batch])
        pairs = [(b, c) for b, e in enumerate(batch) for c in range(len(e.cues))]
        if pairs:
            scores = self.linked(hidden, cue_scores, batch, pairs, lengths)
            loss = loss + self._entropy(scores, [batch[b].cues[c][2] for b, c in pairs])
        return loss / float(lengths.sum())

    def _entropy(self, scores: Any, labels: list[list[int]]) -> Any:
        gold = self._padded(labels, -100)[:, : scores.shape[1]]
        return self.torch.nn.functional.cross_entropy(
            scores.flatten(0, 1), gold.flatten(), ignore_index=-100, reduction="sum"
        )


def transitions() -> np.ndarray[Any, Any]:
    """Scores of a label after another: none, but a piece can't go on where it has not begun. Last row: at the start."""
    k = len(LABELS)
    allowed = np.zeros((k + 1, k))
    for b in (1, 3):
        for a in range(k + 1):
            if a not in (b, b + 1):
                allowed[a, b + 1] = -8.0
    return allowed


def exported(
    model: Encoder, entries: list[str], threshold: float, allowed: np.ndarray[Any, Any]
) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays that `tagger.Tagger` reads, halves (float16) but for the small ones."""
    w = {k: v.detach().numpy() for k, v in model.parts.state_dict().items()}
    out: dict[str, np.ndarray[Any, Any]] = {
        "vocabulary": np.frombuffer("\n".join(entries).encode("utf-8"), np.uint8),
        "embedding": w["embedding.weight"],
        "cue.w": w["cue.weight"].T,
        "cue.b": w["cue.bias"],
        "token.w": w["token.weight"].T,
        "head.w": w["head.weight"].T,
        "head.b": w["head.bias"],
        "distance": w["distance.weight"],
        "relation.w": w["relation.weight"].T,
        "label.w": w["label.weight"].T,
        "label.b": w["label.bias"],
        "transition": allowed,
        "threshold": np.array([threshold]),
    }
    for name in ("one", "two", "link"):
        size = w[f"{name}.weight_hh_l0"].shape[1]
        scale = np.concatenate([np.full(2 * size, 0.5), np.ones(size), np.full(size, 0.5)])
        parts = [
            (
                w[f"{name}.weight_ih_l0{r}"],
                w[f"{name}.weight_hh_l0{r}"],
                w[f"{name}.bias_ih_l0{r}"] + w[f"{name}.bias_hh_l0{r}"],
            )
            for r in ("", "_reverse")
        ]
        out[name + ".w"] = np.concatenate([(i * scale[:, None]).T for i, _, _ in parts], 1)
        out[name + ".u"] = np.stack([(u * scale[:, None]).T for _, u, _ in parts])
        out[name + ".b"] = np.concatenate([b * scale for _, _, b in parts])
    return {k: v if v.dtype == np.uint8 else np.ascontiguousarray(v, np.float16) for k, v in out.items()}


def trained(
    data: list[Example], entries: list[str], epochs: int, seed: int, size: int, link: int, dropout: float
) -> Encoder:
    """The network after `epochs` passes over batches of like length; the learning rate rises, then falls to nothing."""
    torch: Any = import_module("torch")
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = Encoder(len(entries), size, link, dropout)
    parameters = list(model.parts.parameters())
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=1e-3)
    total = epochs * len(_shuffled(data, random.Random(0)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=total + epochs * 4, pct_start=0.15)
    for epoch in range(epochs):
        model.parts.train()
        losses = []
        for batch in _shuffled(data, chance):
            optimizer.zero_grad()
            loss = model.loss(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 2.0)
            optimizer.step()
            if schedule.last_epoch < schedule.total_steps - 1:
                schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}/{epochs}: loss {sum(losses) / len(losses):.4f}", file=sys.stderr, flush=True)
    model.parts.eval()
    return model


def _shuffled(data: list[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of about `BATCH` tokens, sequences of like length together, in random order."""
    order = sorted(data, key=lambda e: len(e.cue_labels) + chance.random() * 12)
    batches: list[list[Example]] = [[]]
    size = 0
    for example in order:
        if size + len(example.cue_labels) > BATCH and batches[-1]:
            batches.append([])
            size = 0
        batches[-1].append(example)
        size += len(example.cue_labels)
    chance.shuffle(batches)
    return batches


def main() -> None:
    """The command of the module's docstring."""
    parser = argparse.ArgumentParser(description="Train the attribution tagger.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=13)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--link", type=int, default=64)
    parser.add_argument("--dropout", type=float, default=0.35)
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--leave-out", type=int, default=None)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    import_module("torch").set_num_threads(a.threads)
    words = lexicon("en")
    documents = annotated(a.data)
    if a.leave_out is not None:
        documents = [d for n, d in enumerate(documents) if n % 5 != a.leave_out]
    pages = [page(text, words) for _, text, _ in documents]
    entries = vocabulary(pages)
    known = Vocabulary(entries, words)
    data = [e for read, (_, _, items) in zip(pages, documents, strict=True) for e in examples(read, items, known)]
    print(f"{len(documents)} documents, {len(data)} sequences, {len(entries)} word pieces", file=sys.stderr, flush=True)
    model = trained(data, entries, a.epochs, a.seed, a.size, a.link, a.dropout)
    a.out.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = exported(model, entries, a.threshold, transitions())
    np.savez_compressed(a.out, **arrays)


if __name__ == "__main__":
    main()
