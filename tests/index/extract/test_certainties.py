"""Tests of how sure a statement is said to be."""

from __future__ import annotations

import pytest

from index.extract import extract
from index.extract.attributions import Attribution
from index.extract.certainties import certainty
from index.model import Span


def attribution(p: float, rule: str = "model") -> Attribution:
    return Attribution((Span(0, 5),), rule=rule, certainty=p)


@pytest.mark.parametrize("kind", ["direct", "mixed", "indirect"])
def test_certainty_never_falls_as_the_model_becomes_surer(kind: str) -> None:
    values = [certainty(attribution(n / 200), kind) for n in range(201)]  # type: ignore[arg-type]
    assert values == sorted(values)
    assert 0.0 < values[0] < values[-1] < 1.0


def test_reported_speech_is_less_sure_than_a_quotation_at_the_same_probability() -> None:
    found = attribution(0.95)
    assert certainty(found, "indirect") < certainty(found, "mixed") < certainty(found, "direct")


def test_what_a_rule_found_keeps_the_value_of_the_rule() -> None:
    assert certainty(attribution(0.75, "according-to"), "indirect") == 0.75
    assert certainty(attribution(0.3, "model, negated cue"), "indirect") == 0.3


def test_a_pronoun_makes_a_statement_less_sure_than_a_name() -> None:
    text = "Ada Holm came to Norrby. “The bridge will open in May,” she said. “It is safe,” Ada Holm said on Monday."
    found = extract(text).statements
    by_name = {s.actor_rule: s.certainty for s in found if s.kind == "direct"}
    assert by_name["full name"] > min(by_name.values())
