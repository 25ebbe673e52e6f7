"""The queue: its five orders, one statement per utterance, and how far the coder has come."""

from __future__ import annotations

from datetime import date

import pytest

from index.model import Code, Issue, Span, Statement, When
from index.positions.coding import ORDERS, coding_queue

ISSUE = Issue(7, "The treaty", "against", "for")


def statement(k: int, day: str | None, actor: int | None = 1, utterance: int | None = None) -> Statement:
    when = When(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text=f"t{k}", actor_id=actor,
                     when=when, utterance_id=utterance)  # fmt: skip


STATEMENTS = [
    statement(1, "2030-01-01"), statement(2, "2031-01-01"), statement(3, "2030-05-01", utterance=9),
    statement(4, "2030-05-02", utterance=9), statement(5, None), statement(6, "2030-02-01", actor=2),
]  # fmt: skip


def code(statement_id: int, value: float | None = 1.0, coder: str = "") -> Code:
    return Code(statement_id, statement_id, 7, 1, value, coder)


def test_the_newest_come_first_and_the_undated_last() -> None:
    assert coding_queue(ISSUE, STATEMENTS, []).statements == (2, 3, 6, 1, 5)


def test_an_utterance_is_asked_for_once_and_done_when_one_of_its_statements_is() -> None:
    queue = coding_queue(ISSUE, STATEMENTS, [code(4)])
    assert 3 not in queue.statements and 4 not in queue.statements
    assert (queue.done, queue.total) == (1, 5)


def test_set_aside_counts_as_done() -> None:
    assert coding_queue(ISSUE, STATEMENTS, [code(1, None)]).done == 1


def test_each_coder_has_a_queue_of_their_own() -> None:
    codes = [code(1, 1.0, "ann"), code(2, 1.0, "ben")]
    assert 1 not in coding_queue(ISSUE, STATEMENTS, codes, coder="ann").statements
    assert 2 in coding_queue(ISSUE, STATEMENTS, codes, coder="ann").statements


def test_the_thinnest_actor_and_period_comes_first() -> None:
    queue = coding_queue(ISSUE, STATEMENTS, [code(1)], order="fewest")
    assert set(queue.statements[:2]) == {2, 6}
    assert queue.statements[-2:] == (3, 5)


def test_predictions_sort_from_the_extremes_or_from_the_middle() -> None:
    predictions = {1: 1.9, 2: -0.1, 3: -1.5, 6: 0.5}
    assert coding_queue(ISSUE, STATEMENTS, [], order="extreme", predictions=predictions).statements == (1, 3, 6, 2, 5)
    assert coding_queue(ISSUE, STATEMENTS, [], order="uncertain", predictions=predictions).statements == (2, 6, 3, 1, 5)


@pytest.mark.parametrize("order", ["extreme", "uncertain"])
def test_an_order_by_prediction_without_a_model_says_so_and_goes_by_date(order: str) -> None:
    queue = coding_queue(ISSUE, STATEMENTS, [], order=order)  # type: ignore[arg-type]
    assert queue.problem == "no-model"
    assert queue.statements[0] == 2


def test_the_random_order_is_the_honest_one_and_stays_the_same() -> None:
    many = [statement(k, "2030-01-01") for k in range(1, 60)]
    queue = coding_queue(ISSUE, many, [], order="random", seed=1)
    assert queue.honest
    assert queue.statements == coding_queue(ISSUE, many, [], order="random", seed=1).statements
    assert queue.statements != tuple(sorted(queue.statements))
    rest = coding_queue(ISSUE, many, [code(queue.statements[0])], order="random", seed=1)
    assert set(rest.statements) == set(queue.statements[1:])


def test_only_the_random_order_is_honest() -> None:
    honest = [o for o in ORDERS if coding_queue(ISSUE, STATEMENTS, [], order=o, predictions={1: 1.0}).honest]
    assert honest == ["random"]


def test_an_issue_without_statements_has_an_empty_queue() -> None:
    queue = coding_queue(ISSUE, [], [])
    assert (queue.statements, queue.done, queue.total) == ((), 0, 0)
