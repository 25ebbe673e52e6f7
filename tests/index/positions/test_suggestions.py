"""Suggestions: when there are any, what they rest on, and that they never say more than was measured."""

from __future__ import annotations

import random
from datetime import date

import pytest

from index.model import Issue, Position, Span, Statement, When
from index.positions.indicators import suggested_positions
from index.positions.suggestions import features, predicted, suggestion, suggestion_model

ISSUE = Issue(1, "The treaty", "against", "for")
FOR = ("welcome", "ratify", "together", "trust", "bridge", "open")
AGAINST = ("betrayal", "reject", "alone", "threat", "wall", "close")
FILLER = ("the", "river", "government", "people", "today", "minister", "council", "road", "harbour", "winter", "speaks")


def statement(k: int, text: str) -> Statement:
    day = date.fromordinal(date(2030, 1, 1).toordinal() + k)
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text=text, actor_id=1,
                     actor="Mira Olanda", when=When(day, day))  # fmt: skip


def sample(n: int, seed: int = 1, noise: float = 0.15) -> tuple[list[Position], dict[int, str]]:
    """Codes whose side shows in two words of each text, but for some noise."""
    chance = random.Random(seed)
    positions, texts = [], {}
    for k in range(1, n + 1):
        side = chance.choice((-1, 1))
        listed = FOR if (side > 0) != (chance.random() < noise) else AGAINST
        found = chance.choices(FILLER, k=6) + chance.choices(listed, k=2)
        chance.shuffle(found)
        texts[k] = " ".join(found).capitalize() + "."
        positions.append(Position(k, 1, 1, None, float(side * chance.choice((1, 2)))))
    return positions, texts


def test_a_model_needs_fifty_codes_and_ten_on_each_side() -> None:
    positions, texts = sample(49)
    assert suggestion_model(ISSUE, positions, texts).problem == "too-few-codes"
    lopsided = [Position(p.statement_id, 1, 1, None, abs(p.score)) for p in sample(80)[0]]
    assert suggestion_model(ISSUE, lopsided, sample(80)[1]).problem == "too-few-on-a-side"


def test_a_model_that_is_no_better_than_the_mean_is_hidden() -> None:
    positions, texts = sample(80, noise=0.5)
    chance = random.Random(5)
    random_texts = {k: " ".join(chance.choices(FILLER, k=8)) for k in texts}
    model = suggestion_model(ISSUE, positions, random_texts)
    assert model.problem == "no-better-than-the-mean"
    assert suggestion(model, statement(200, "We welcome it."), ISSUE) is None


def test_suggestions_lean_to_the_side_their_words_come_from() -> None:
    positions, texts = sample(200)
    model = suggestion_model(ISSUE, positions, texts)
    assert model.problem is None
    assert model.correlation is not None and model.correlation > 0.4
    high = suggestion(model, statement(900, "Today we ratify it, we trust and welcome the people."), ISSUE)
    low = suggestion(model, statement(901, "A betrayal: reject it, reject the threat."), ISSUE)
    assert high and low
    assert (high.side, low.side) == ("high", "low")
    assert high.of == 20 and high.right > 10
    assert set(high.evidence) & {"ratify", "trust", "welcome"}
    assert high.interval and high.interval[0] >= -2 and high.interval[1] <= 2


def test_the_words_that_counted_are_marked_where_they_stand() -> None:
    positions, texts = sample(200)
    text = "We RATIFY it; trust, they say, is a bridge."
    found = suggestion(suggestion_model(ISSUE, positions, texts), statement(900, text), ISSUE)
    assert found and found.places
    assert {place.of(text).lower() for place in found.places} >= set(found.evidence) & {"ratify"}
    assert "RATIFY" in {place.of(text) for place in found.places}


def test_what_lies_in_the_middle_leans_nowhere() -> None:
    positions, texts = sample(200)
    found = suggestion(suggestion_model(ISSUE, positions, texts), statement(900, "The minister speaks today."), ISSUE)
    assert found and found.side is None
    assert found.evidence == ()


def test_similar_statements_are_coded_ones_and_never_itself() -> None:
    positions, texts = sample(200)
    model = suggestion_model(ISSUE, positions, texts)
    found = (suggestion(model, statement(k + 1000, text), ISSUE) for k, text in texts.items())
    leaning = next(s for s in found if s and s.side)
    assert 1 <= len(leaning.similar) <= 3
    assert leaning.statement_id not in leaning.similar
    assert set(leaning.similar) <= set(texts)


def test_of_a_statement_it_was_learnt_from_the_model_says_nothing() -> None:
    positions, texts = sample(200)
    model = suggestion_model(ISSUE, positions, texts)
    assert all(suggestion(model, statement(k, text), ISSUE) is None for k, text in texts.items())
    assert suggested_positions(ISSUE, [statement(k, text) for k, text in texts.items()], model) == []


def test_names_of_actors_and_outlets_teach_the_model_nothing() -> None:
    chance = random.Random(4)
    positions = [Position(k, 1, 1, None, 2.0 if k % 2 else -2.0) for k in range(1, 121)]
    names = {k: "Olanda says" if k % 2 else "Reck says" for k in range(1, 121)}
    texts = {k: " ".join([name, *chance.choices(FILLER, k=6)]) for k, name in names.items()}
    assert suggestion_model(ISSUE, positions, texts).problem is None
    assert suggestion_model(ISSUE, positions, texts, ["Mira Olanda", "Tovan Reck"]).problem == "no-better-than-the-mean"


def test_only_codes_by_hand_are_learnt_from() -> None:
    positions, texts = sample(80)
    machine = [Position(p.statement_id, 1, 1, None, p.score, method="dictionary") for p in positions]
    assert suggestion_model(ISSUE, machine, texts).problem == "too-few-codes"


def test_a_text_of_unknown_words_is_predicted_at_the_mean() -> None:
    positions, texts = sample(100)
    model = suggestion_model(ISSUE, positions, texts)
    assert predicted(model, "Ծով и море 海") == pytest.approx(model.mean)
    assert features("A") == set()


def test_suggested_positions_are_only_those_that_lean() -> None:
    positions, texts = sample(200)
    rows = [statement(900, "We ratify, trust and welcome it together."), statement(901, "The minister speaks today.")]
    found = suggested_positions(ISSUE, rows, suggestion_model(ISSUE, positions, texts))
    assert [(p.statement_id, p.method, p.status) for p in found] == [(900, "suggested", "suggested")]
