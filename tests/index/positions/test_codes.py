"""From acts of coding to one position per utterance, and codes as a table."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from index.model import Code, Issue, Span, Statement, When
from index.positions.codes import coded, first_moves, read_scores, scores_csv

ISSUE = Issue(7, "The treaty", "against", "for")


def statement(
    k: int, day: str | None = "2030-05-01", utterance: int | None = None, actor: int | None = 1, **more: object
) -> Statement:
    when = When(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    return Statement(id=k, document_id=k, number=1, kind="direct", content=(Span(0, 4),), text=f"text {k}",
                     actor_id=actor, actor="Mira Olanda", when=when, utterance_id=utterance, **more)  # type: ignore[arg-type]  # fmt: skip


def code(k: int, statement_id: int, value: float | None, coder: str = "", **more: object) -> Code:
    return Code(k, statement_id, 7, int(more.pop("version", 1)), value, coder, **more)  # type: ignore[arg-type,call-overload]


def test_an_utterance_counts_once_however_many_outlets_carried_it() -> None:
    rows = [statement(1, utterance=5), statement(2, utterance=5), statement(3)]
    found = coded(ISSUE, rows, [code(1, 1, 2), code(2, 2, 1), code(3, 3, -2)])
    assert [(p.statement_id, p.score, p.n) for p in found.positions] == [(1, 1.5, 2), (3, -2.0, 1)]
    assert found.members[1] == (1, 2)


def test_a_coders_last_word_counts_and_a_recode_does_not() -> None:
    found = coded(ISSUE, [statement(1)], [code(1, 1, 2), code(2, 1, -1), code(3, 1, 2, recode=True)])
    assert [p.score for p in found.positions] == [-1.0]


def test_the_mean_over_coders_is_the_position_and_three_of_them_give_an_interval() -> None:
    found = coded(ISSUE, [statement(1)], [code(1, 1, 2, "a"), code(2, 1, 1, "b"), code(3, 1, 0, "c")])
    assert found.positions[0].score == 1.0
    assert found.positions[0].interval is not None


def test_not_about_the_issue_is_not_zero() -> None:
    found = coded(ISSUE, [statement(1), statement(2), statement(3)], [code(1, 1, None), code(2, 2, 0)])
    assert [p.statement_id for p in found.positions] == [2]
    assert [p.statement_id for p in found.excluded] == [1]
    assert [p.statement_id for p in found.uncoded] == [3]


def test_most_coders_decide_whether_it_is_about_the_issue() -> None:
    votes = [code(1, 1, None, "a"), code(2, 1, None, "b"), code(3, 1, 2, "c")]
    assert coded(ISSUE, [statement(1)], votes).excluded
    assert coded(ISSUE, [statement(1)], votes[1:]).positions[0].score == 2


def test_codes_of_an_earlier_definition_are_kept_and_flagged() -> None:
    newer = Issue(7, "The treaty", "against", "for", version=2)
    found = coded(newer, [statement(1), statement(2)], [code(1, 1, 2, version=1), code(2, 2, 1, version=2)])
    assert len(found.positions) == 2
    assert found.outdated == {1}


def test_codes_of_another_issue_and_rejected_statements_are_left_out() -> None:
    other = Code(1, 1, 8, 1, 2.0)
    found = coded(ISSUE, [statement(1), statement(2, status="rejected")], [other, code(2, 2, 1)])
    assert not found.positions
    assert [p.statement_id for p in found.uncoded] == [1]


def test_the_best_known_date_and_speaker_of_an_utterance_are_used() -> None:
    vague = statement(1, None, utterance=5, actor=None)
    found = coded(ISSUE, [vague, statement(2, "2030-07-01", utterance=5, actor=3)], [code(1, 1, 1)])
    assert found.positions[0].actor_id == 3
    assert found.positions[0].when and found.positions[0].when.edtf == "2030-07-01"


@pytest.mark.parametrize(
    ("values", "places"),
    [([1, 1, 0, -1, -1, 0, 1], [3, 6]), ([0, 0, 0], []), ([], []), ([-1, 0, -2], []), ([0, 1, -1, 1], [2, 3])],
)
def test_first_moves_are_where_the_other_side_is_first_taken(values: list[float], places: list[int]) -> None:
    assert first_moves(values) == places


def test_rows_that_cannot_be_used_are_named_and_the_others_taken() -> None:
    table = "statement,score,note\n12,2,clear\n3:10,-1.5,\n13,5,\n14,abc,\n15,,\n16,x,\n,1,\n17,n/a,\n"
    rows, problems = read_scores(table, ISSUE)
    assert [(row.statement, row.value) for row in rows] == [("12", 2.0), ("3:10", -1.5), ("16", None), ("17", None)]
    assert [(p.line, p.code) for p in problems] == [(4, "bad-score"), (5, "bad-score"), (8, "no-statement")]


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_read() -> None:
    rows, problems = read_scores("\ufeffScore;Statement\n-1,5;12\n−2;13\n", ISSUE)
    assert [(row.statement, row.value) for row in rows] == [("12", -1.5), ("13", -2.0)]
    assert not problems


def test_a_table_without_its_columns_is_one_problem() -> None:
    assert read_scores("a,b\n1,2\n", ISSUE)[1][0].code == "bad-value"
    assert read_scores("", ISSUE)[0] == []


@pytest.mark.parametrize("score", ["nan", "inf", "-inf", "1e400"])
def test_scores_that_are_no_numbers_are_refused(score: str) -> None:
    rows, problems = read_scores(f"statement,score\n1,{score}\n", ISSUE)
    assert not rows
    assert problems[0].code == "bad-score"


def test_codes_written_as_a_table_are_read_back_the_same() -> None:
    codes = [code(1, 1, 2, "ann", note="=1+1"), code(2, 2, None, "ben"), code(3, 1, -1.5, "ann")]
    text = scores_csv(ISSUE, codes, {k: statement(k) for k in (1, 2)})
    cells = list(csv.DictReader(io.StringIO(text)))
    assert cells[0]["note"] == "'=1+1"
    assert cells[0]["quotation"] == "1:1"
    rows, problems = read_scores(text, ISSUE)
    assert not problems
    assert [(r.statement, r.value, r.note, r.coder) for r in rows] == [
        ("1", 2.0, "=1+1", "ann"), ("2", None, "", "ben"), ("1", -1.5, "", "ann")
    ]  # fmt: skip
