"""Captions can be put into another language, say what every mark means, and print numbers as books do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from index.model import Code, Issue, PhraseUse, Span, Statement, Timeline, When
from index.plot.captions import caption, p_text, signed, title, when_text
from index.positions.timeline import timeline

ISSUE = Issue(7, "The treaty", "against", "for", question="For or against?")
OPEN = When(None, date(2030, 3, 1))


def found(scores: list[float]) -> Timeline:
    rows = [
        Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text="t", actor_id=1,
                  actor="Mira Olanda", when=OPEN if k == 1 else When(*2 * (date(2030, 1, 1) + timedelta(40 * k),)))
        for k in range(1, len(scores) + 2)
    ]  # fmt: skip
    return timeline(ISSUE, rows, [Code(k, k, 7, 1, score) for k, score in enumerate(scores, 1)])


def test_every_sentence_goes_through_the_translation() -> None:
    uses = (PhraseUse("open sea", 1, (1, 2), OPEN, When(date(2031, 1, 1), date(2031, 1, 1)), 9, True),)
    made = replace(found([-2, -1, 1, 2, 2]), phrases=uses)
    lines = caption(made, say=lambda words: f"¿{words}", legend=True)
    assert len(lines) == len(caption(made, legend=True))
    assert all(line.startswith("¿") for line in lines)
    assert title(timeline(None, []), lambda words: f"¿{words}") == "¿Statements by date"


def test_a_legend_explains_the_marks_that_are_there_and_no_others() -> None:
    text = " ".join(caption(found([1.0, -1.0]), legend=True))
    assert "Arrows to the left: that day or before." in text
    assert "Grey ticks below the scale" in text and "Dotted lines" in text
    assert "Dashed lines" not in text and "Grey diamonds" not in text
    assert "Arrows" not in " ".join(caption(found([1.0])))


def test_numbers_have_a_real_minus_and_nothing_has_no_sign() -> None:
    assert [signed(x) for x in (0.456, -1.29, 0.0, -0.001)] == ["+0.46", "−1.29", "0.00", "0.00"]
    assert "Scale: −2 = against, +2 = for (definition 1)." in caption(found([1.0]))
    assert p_text(0.0004) == "p < 0.001" and p_text(0.0123) == "p = 0.012"


@pytest.mark.parametrize(
    ("when", "words"),
    [(OPEN, "by 2030-03-01"), (When(date(2030, 3, 1), None), "from 2030-03-01 on"),
     (When(date(2030, 3, 1), date(2030, 3, 31)), "2030-03")],
)  # fmt: skip
def test_an_open_date_is_said_in_words(when: When, words: str) -> None:
    assert when_text(when) == words
