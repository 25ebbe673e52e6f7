"""Batches, new hits of saved searches, phrases over time."""

from __future__ import annotations

import pytest

from index.problems import Problem
from index.search.finder import Finder
from index.search.kept import batch, new_hits, watched
from index.store.store import Store


def test_a_batch_runs_every_good_line_and_reports_the_bad_ones(finder: Finder) -> None:
    table = 'query,name,in\ntreaty,the treaty,statements\n"river AND (",broken,\n"""the river""",phrase,documents\n' \
            'locks,,nowhere\n"unclosed,x\n\nferry,,documents\n,empty,\n'  # fmt: skip
    lines = list(batch(finder, table))
    assert [(line.line, line.name, line.total, line.problem and line.problem.code) for line in lines] == [
        (2, "the treaty", 5, None), (3, "broken", None, "missing-operand"), (4, "phrase", 3, None),
        (5, "", None, "bad-unit"), (6, "", None, "bad-line"), (8, "", 2, None), (9, "empty", None, "empty-query"),
    ]  # fmt: skip


def test_a_list_of_queries_is_a_batch_too(finder: Finder) -> None:
    lines = list(batch(finder, "# a remark\ntreaty\n\"the river\" OR gas, oil\nactor:Olanda said:2031\n"))
    assert [(line.line, line.total) for line in lines] == [(2, 5), (3, 4), (4, 2)]
    assert lines[-1].undated_hidden == 2
    assert list(batch(finder, "")) == []


def test_new_hits_of_a_saved_search(finder: Finder, river: Store) -> None:
    seen = finder.ids("treaty")
    assert new_hits(finder, "treaty", "statements", seen) == []
    with river.transaction():
        river.execute("UPDATE statement SET text='a treaty after all' WHERE id=4")
    assert new_hits(finder, "treaty", "statements", seen) == [4]
    assert new_hits(finder, "treaty AND (", "statements", seen) == []


def test_a_phrase_over_time(finder: Finder) -> None:
    watch = watched(finder, "treaty")
    assert (watch.total, watch.undated) == (5, 1)
    assert (watch.first, watch.last) == (1, 10)
    assert watch.by_year == ((2031, 3), (2032, 1))
    assert watch.by_month == (("2031-03", 2), ("2031-06", 1), ("2032-05", 1))
    reck = next(use for use in watch.uses if use.actor == "Tovan Reck")
    assert (reck.count, reck.first, reck.last, reck.since) == (2, 2, 10, 0)
    olanda = next(use for use in watch.uses if use.actor == "Mira Olanda")
    assert (olanda.count, olanda.last, olanda.since) == (1, 1, 1), "she spoke once more without it"
    assert watched(finder, "perihelion").total == 0
    with pytest.raises(Problem):
        watched(finder, "treaty (")
