"""Wordscores and dictionary scales against published numbers, and as marked positions."""

from __future__ import annotations

import math
from datetime import date

import pytest

from index.model import Issue, Span, Statement, When
from index.positions.dictionary import dictionary_score, pole_counts
from index.positions.indicators import dictionary_positions, pole_model, pole_words, wordscores_positions
from index.positions.tokens import fold, word_counts, words
from index.positions.wordscores import laver_benoit_garry, wordscores

ISSUE = Issue(1, "The treaty", "against", "for")
# Laver, Benoit & Garry 2003, table 1: the same bell of counts at five places of an alphabet, and one text between.
BELL = [2, 3, 10, 22, 45, 78, 115, 146, 158, 146, 115, 78, 45, 22, 10, 3, 2]
REFERENCES = [(-1.5, 0), (-0.75, 5), (0.0, 10), (0.75, 15), (1.5, 20)]


def bell(start: int) -> dict[str, int]:
    return {f"w{start + k}": count for k, count in enumerate(BELL)}


def test_the_example_of_laver_benoit_and_garry_comes_out_as_printed() -> None:
    model = wordscores([(score, bell(start)) for score, start in REFERENCES])
    raw = model.raw(bell(7))
    assert raw
    assert (raw.score, raw.se) == (pytest.approx(-0.4480591, abs=1e-6), pytest.approx(0.011897667, abs=1e-6))
    assert (raw.low, raw.high) == (pytest.approx(-0.47137808, abs=1e-6), pytest.approx(-0.42474008, abs=1e-6))
    moved = model.martin_vanberg(bell(7))
    assert moved and moved.score == pytest.approx(-0.5099572, abs=1e-6)
    assert moved.se == pytest.approx(0.013541297, abs=1e-6)
    texts = [*(bell(start) for _, start in REFERENCES), bell(7)]
    old = laver_benoit_garry(model, texts)[5]
    assert old and old.score == pytest.approx(-0.52967149, abs=1e-6)
    assert old.se == pytest.approx(0.011897667 * 1.21857586, abs=1e-6)


def test_martin_vanberg_scores_stay_when_other_texts_are_added() -> None:
    model = wordscores([(-1, {"no": 10, "both": 5}), (1, {"yes": 10, "both": 5})])
    end = model.martin_vanberg({"yes": 10, "both": 5})
    assert end and end.score == pytest.approx(1)


def test_a_text_without_known_words_has_no_score() -> None:
    model = wordscores([(-1, {"no": 1}), (1, {"yes": 1})])
    assert model.raw({"perhaps": 3}) is None
    assert model.martin_vanberg({}) is None


@pytest.mark.parametrize(
    "references", [[], [(1.0, {"a": 1})], [(1.0, {"a": 1}), (1.0, {"b": 1})], [(1.0, {"a": 1}), (2.0, {})]]
)
def test_references_that_can_teach_nothing_are_refused(references: list[tuple[float, dict[str, int]]]) -> None:
    with pytest.raises(ValueError, match="two reference texts"):
        wordscores(references)


def test_the_three_dictionary_scales_by_hand() -> None:
    counts = pole_counts("Good, good bad roads!", ["bad"], ["good"])
    assert (counts.low, counts.high, counts.tokens) == (1, 2, 6)
    assert counts.logit == pytest.approx(math.log(2.5 / 1.5))
    assert counts.relative == pytest.approx(1 / 3)
    assert counts.absolute == pytest.approx(1 / 6)
    assert counts.found == ("bad", "good")


def test_no_word_of_either_pole_is_no_score_and_not_the_middle() -> None:
    counts = pole_counts("Roads and rivers", ["bad"], ["good"])
    assert counts.relative is None
    assert dictionary_score(counts, ISSUE) is None
    assert pole_counts("", ["bad"], ["good"]).absolute == 0


def test_a_star_stands_for_any_ending_in_any_script() -> None:
    assert pole_counts("Мы против выхода и выходов", [], ["выход*"]).high == 2
    assert pole_counts("leaving left", [], ["leav*"]).high == 1
    assert pole_counts("anything", [], ["*", " "]).high == 0


def test_the_interval_of_a_dictionary_score_is_wide_on_one_word() -> None:
    score = dictionary_score(pole_counts("good", ["bad"], ["good"]), ISSUE)
    assert score and score[0] == 2.0
    assert score[1] and score[1][1] - score[1][0] > 1.5


def test_words_are_folded_without_moving_places() -> None:
    assert words("Don’t RE‑JOIN İt") == words("don't re-join İt")
    assert all(len(fold(text)) == len(text) for text in ("İstanbul", "ΟΔΟΣ", "ﬁne", "Ǆ"))
    assert word_counts("a b a") == {"a": 2, "b": 1}


def statement(k: int, text: str, utterance: int | None = None) -> Statement:
    when = When(date(2030, 1, k), date(2030, 1, k))
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text=text, actor_id=1,
                     actor="Mira Olanda", when=when, utterance_id=utterance)  # fmt: skip


def test_indicators_are_marked_as_suggested_and_name_the_words_that_counted() -> None:
    rows = [statement(1, "We leave", 4), statement(2, "We leave", 4), statement(3, "We stay and stay")]
    rows.append(statement(4, "Rain"))
    found = dictionary_positions(ISSUE, rows, ["leav*"], ["stay"])
    assert [(p.statement_id, p.score, p.method, p.status, p.n, p.evidence) for p in found] == [
        (1, -2.0, "dictionary", "suggested", 2, ("leave",)), (3, 2.0, "dictionary", "suggested", 1, ("stay",))
    ]  # fmt: skip


def test_seed_words_say_by_sign_or_by_use_which_pole_they_stand_for() -> None:
    issue = Issue(1, "x", "leave the treaty", "stay in the treaty", low_definition="wants to withdraw",
                  seed_words=("-boycott*", "+renew", "withdrawal", "treaty", "−exit"))  # fmt: skip
    assert pole_words(issue) == (["boycott*", "withdrawal", "exit"], ["renew"])
    plain = Issue(1, "x", "leave the treaty", "stay in the treaty")
    assert pole_words(plain) == (["leave"], ["stay"])
    assert pole_words(Issue(1, "x", "no", "no")) == ([], [])


def test_wordscores_wait_for_a_thousand_words_at_each_pole() -> None:
    model, smaller = pole_model(ISSUE, ["leave now " * 600], ["stay here"])
    assert model is None
    assert smaller == 2
    model, smaller = pole_model(ISSUE, ["leave now " * 600], ["stay here " * 700])
    assert model is not None and smaller == 1200
    found = wordscores_positions(ISSUE, [statement(1, "stay stay leave"), statement(2, "unknown")], model)
    assert [(p.statement_id, p.status) for p in found] == [(1, "suggested")]
    assert 0 < found[0].score < 2
    assert "stay" in found[0].evidence
