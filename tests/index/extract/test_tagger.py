from itertools import pairwise

import numpy as np
import pytest

from index.extract.lexicon import lexicon
from index.extract.pages import page
from index.extract.tagger import (
    LABELS,
    LONGEST,
    RELATIONS,
    STATES,
    WORD_FLAGS,
    Tagger,
    Vocabulary,
    best_paths,
    bidirectional,
    distances,
    pieces,
    relation,
    sequences,
    shape,
    softmax,
    states,
    tagger,
)

EN = lexicon("en")


def untrained(seed: int = 3) -> Tagger:
    """A network of random weights: enough to run every step."""
    chance = np.random.default_rng(seed)
    entries = ["w=said", "w=holm", "x=aid", "p=said", "s=a"]
    size, link, word = 6, 5, 4
    inputs = 4 * word + WORD_FLAGS + STATES

    def some(*dimensions: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return chance.normal(size=dimensions)

    weights: dict[str, np.ndarray] = {
        "vocabulary": np.frombuffer("\n".join(entries).encode(), np.uint8),
        "embedding": some(len(entries) + 1, word),
        "cue.w": some(2 * size, 3),
        "cue.b": np.zeros(3),
        "token.w": some(2 * size, link),
        "head.w": some(2 * size, link),
        "head.b": np.zeros(link),
        "distance": some(21, link),
        "relation.w": some(RELATIONS + 2, link),
        "label.w": some(2 * link, len(LABELS)),
        "label.b": np.zeros(len(LABELS)),
        "transition": np.zeros((len(LABELS) + 1, len(LABELS))),
        "threshold": np.array([0.3]),
    }
    for name, into, hidden in (("one", inputs, size), ("two", 2 * size, size), ("link", link, link)):
        weights[name + ".w"] = some(into, 8 * hidden)
        weights[name + ".u"] = some(2, hidden, 4 * hidden)
        weights[name + ".b"] = some(8 * hidden)
    return Tagger(weights, EN)


def test_every_proposal_is_a_place_in_the_text() -> None:
    text = "“We go,” Ada Holm said. She said that Bo Lindt would stay.\n\nNobody answered."
    for a in untrained().attributions(page(text, EN)):
        for span in (*a.content, *(s for s in (a.speaker, a.cue) if s)):
            assert 0 <= span.start < span.end <= len(text)


def test_the_same_page_gives_the_same_proposals() -> None:
    read = page("Ada Holm said that the bridge would open. " * 9, EN)
    assert untrained().attributions(read) == untrained().attributions(read)


def test_a_long_paragraph_is_cut_at_a_sentence() -> None:
    read = page("Ada Holm said that the bridge would open. " * 200, EN)
    parts = sequences(read)
    assert all(len(part) <= LONGEST for part in parts)
    assert [p.last for p in parts[:-1]] == [p.first for p in parts[1:]]
    assert all(read.sentence_of[a.last - 1] != read.sentence_of[b.first] for a, b in pairwise(parts))


def test_a_paragraph_without_sentences_is_cut_too() -> None:
    assert all(len(part) <= LONGEST for part in sequences(page("word " * 5000, EN)))


def test_states_have_a_row_for_every_token() -> None:
    read = page("“We go,” she said. They left.", EN)
    (sequence,) = sequences(read)
    rows = states(read, sequence)
    assert rows.shape == (len(read.tokens), STATES)
    assert rows[:, 0].astype(bool).tolist() == [q >= 0 for q in read.quoted]


def test_relation_tells_the_sentence_of_the_cue() -> None:
    read = page("They left. She said so.", EN)
    (sequence,) = sequences(read)
    cue = read.tokens.index("said")
    same = relation(read, sequence, cue, cue)[:, 0]
    assert same.tolist() == [float(s == read.sentence_of[cue]) for s in read.sentence_of]


def test_distances_are_signed_buckets() -> None:
    found = distances(7, 3, 3).tolist()
    assert found[3] not in found[:3] + found[4:]
    assert len(set(found)) == 7
    assert distances(300, 150, 150).max() < 21 > distances(300, 150, 150).min() >= 0


def test_a_reversed_sequence_swaps_the_two_directions() -> None:
    chance = np.random.default_rng(1)
    x = chance.normal(size=(5, 3)).astype(np.float32)
    half = chance.normal(size=(3, 8)).astype(np.float32)
    inner = chance.normal(size=(1, 2, 8)).astype(np.float32)
    w = {"a.w": np.concatenate([half, half], 1), "a.u": np.concatenate([inner, inner]), "a.b": np.zeros(16, np.float32)}
    forward = bidirectional(x, [5], w, "a")
    backward = bidirectional(x[::-1].copy(), [5], w, "a")
    assert np.allclose(forward[:, :2], backward[::-1, 2:], atol=1e-6)


def test_sequences_in_a_batch_do_not_touch_each_other() -> None:
    chance = np.random.default_rng(2)
    w = {
        "a.w": chance.normal(size=(3, 16)).astype(np.float32),
        "a.u": chance.normal(size=(2, 2, 8)).astype(np.float32),
        "a.b": np.zeros(16, np.float32),
    }
    one, two = (chance.normal(size=(n, 3)).astype(np.float32) for n in (6, 4))
    both = bidirectional(np.concatenate([one, two]), [6, 4], w, "a")
    assert np.allclose(both[:6], bidirectional(one, [6], w, "a"), atol=1e-6)
    assert np.allclose(both[6:], bidirectional(two, [4], w, "a"), atol=1e-6)


def test_the_best_path_obeys_the_transitions() -> None:
    scores = np.log(softmax(np.array([[0, 0, 9], [0, 0, 9]], np.float32)))
    transition = np.zeros((4, 3), np.float32)
    transition[3, 2] = -99
    assert best_paths(scores, [2], transition)[0][0] != 2
    assert best_paths(scores, [2], np.zeros((4, 3), np.float32)) == [[2, 2]]


def test_paths_of_several_sequences_are_those_of_each_alone() -> None:
    chance = np.random.default_rng(5)
    scores, transition = chance.normal(size=(9, 3)).astype(np.float32), chance.normal(size=(4, 3)).astype(np.float32)
    alone = [best_paths(part, [len(part)], transition)[0] for part in (scores[:4], scores[4:7], scores[7:])]
    assert best_paths(scores, [4, 3, 2], transition) == alone


@pytest.mark.parametrize(("word", "wanted"), [("McCain", "AaAa"), ("2016", "0"), ("said", "a"), ("U.S.", "A.A.")])
def test_shapes_of_words(word: str, wanted: str) -> None:
    assert shape(word) == wanted


def test_unknown_pieces_are_zero() -> None:
    known = Vocabulary(["w=said"], EN)
    assert known.row("Said")[0] == 1
    assert known.row("zzz")[:4] == (0, 0, 0, 0)
    assert pieces("Said")[0] == "w=said"


def test_a_language_without_a_model_has_none() -> None:
    assert tagger("ru") is None
