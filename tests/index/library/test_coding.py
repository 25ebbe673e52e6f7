"""Coding in a library: what waits, second looks, agreement, events, sides, and the model that is kept until a code changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.problems import Problem


@pytest.fixture
def issue_id(library: Library) -> int:
    return library.define_issue("The treaty", "leave it", "keep it")


def test_without_a_query_every_statement_waits_and_with_one_what_it_gathers(library: Library, issue_id: int) -> None:
    everything = library.coding_queue(issue_id)
    assert everything.total > 1
    library.change_issue(issue_id, query="locks")
    gathered = library.coding_queue(issue_id)
    assert 0 < gathered.total < everything.total


def test_a_code_takes_a_statement_out_of_the_queue_of_its_coder_only(library: Library, issue_id: int) -> None:
    first = library.coding_queue(issue_id).statements[0]
    library.code(first, issue_id, 1.0, coder="ann")
    assert first not in library.coding_queue(issue_id, coder="ann").statements
    assert first in library.coding_queue(issue_id, coder="ben").statements


def test_a_second_look_is_kept_apart_and_can_be_undone(library: Library, issue_id: int) -> None:
    first, second = library.statement_ids()[:2]
    library.code(first, issue_id, 2.0)
    library.code(second, issue_id, -1.0)
    assert set(library.recode_sample(issue_id)) == {first, second}
    library.recode(first, issue_id, -2.0)
    assert [code.value for code in library.codes(issue_id)] == [2.0, -1.0]
    assert len(library.codes(issue_id, every=True)) == 3
    assert library.recode_agreement(issue_id).units == 1
    library.undo()
    assert library.recode_agreement(issue_id).units == 0


def test_taking_a_score_back_leaves_the_second_look(library: Library, issue_id: int) -> None:
    first = library.statement_ids()[0]
    library.code(first, issue_id, 2.0)
    library.recode(first, issue_id, 1.0)
    library.uncode(first, issue_id)
    assert library.codes(issue_id) == []
    assert [code.recode for code in library.codes(issue_id, every=True)] == [True]


def test_agreement_is_between_coders(library: Library, issue_id: int) -> None:
    for key in library.statement_ids()[:2]:
        library.code(key, issue_id, 1.0, coder="ann")
        library.code(key, issue_id, 2.0, coder="ben")
    assert library.coders(issue_id) == ["ann", "ben"]
    assert library.agreement(issue_id).units == 2
    assert len(library.agreement(issue_id).differing) == 2


def test_the_model_is_learnt_anew_only_when_a_code_changed(library: Library, issue_id: int) -> None:
    before = library.suggestion_model(issue_id)
    assert before is library.suggestion_model(issue_id)
    assert before.problem == "too-few-codes"
    first = library.statement_ids()[0]
    assert library.suggestion(issue_id, first) is None
    library.code(first, issue_id, 1.0)
    assert library.suggestion_model(issue_id) is not before


def test_orders_by_prediction_without_a_model_say_so(library: Library, issue_id: int) -> None:
    queue = library.coding_queue(issue_id, order="extreme")
    assert queue.problem == "no-model" and queue.statements


def test_events_are_added_once_and_bad_rows_named(library: Library, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("date,label\n2030-05,Summit\nsoon,Vote\n", encoding="utf-8")
    taken, problems = library.import_events(tmp_path / "e.csv")
    assert (taken, [p.code for p in problems]) == (1, ["bad-date"])
    assert library.import_events(tmp_path / "e.csv")[0] == 0
    assert [(when.edtf, label) for when, label in library.events()] == [("2030-05", "Summit")]
    library.clear_events()
    assert library.events() == []
    library.undo()
    assert len(library.events()) == 1
    with pytest.raises(Problem, match="no file"):
        library.import_events(tmp_path / "none.csv")


def test_an_actor_stands_on_one_side_only(library: Library) -> None:
    first, second = (actor.id for actor in library.actors()[:2])
    library.set_sides({"West": [first, second]})
    assert library.sides() == {"West": sorted([first, second])}
    assert "West" in {lane.actor for lane in library.timeline().lanes}
    with pytest.raises(Problem, match="one side only"):
        library.set_sides({"West": [first], "East": [first]})
    with pytest.raises(Problem, match="needs a name"):
        library.set_sides({" ": [first]})
    library.set_sides({})
    assert "West" not in {lane.actor for lane in library.timeline().lanes}


def test_watch_phrases_are_kept_without_doubles(library: Library) -> None:
    library.set_watch_phrases(["the river", " the river ", "", "locks"])
    assert library.watch_phrases() == ["the river", "locks"]
    assert {use.phrase for use in library.timeline().phrases} <= {"the river", "locks"}
