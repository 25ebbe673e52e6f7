"""Undo and redo give back exactly what was there."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from index.library import Library
from index.model import When
from index.problems import Problem
from index.store.journal import TABLES


def dump(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """Everything that users can change, in a canonical order."""
    return {
        table: sorted((tuple(row) for row in library.store.rows(f"SELECT * FROM {table}")), key=repr) for table in TABLES
    }


def test_undo_restores_a_deleted_document_with_all_its_statements(library: Library) -> None:
    before = dump(library)
    library.delete_documents([1])
    assert library.counts()["documents"] == 1
    assert library.undo() == "Delete documents"
    assert dump(library) == before


def test_after_undo_near_duplicates_of_a_deleted_document_are_found_again(library: Library, tmp_path: Path) -> None:
    words = [f"The {n}th ferry of the valley carried {n * 7} crates of apples to the far bank." for n in range(12)]
    (tmp_path / "first.txt").write_text(" ".join(words), "utf-8")
    (tmp_path / "second.txt").write_text(" ".join([*words, "Nobody was hurt."]), "utf-8")
    (first,) = [one.document for one in library.import_paths([tmp_path / "first.txt"], jobs=1)]
    assert first is not None
    bands = library.store.rows("SELECT value, document_id FROM band ORDER BY value")
    assert bands
    library.delete_documents([first])
    assert library.store.value("SELECT count(*) FROM band") == 0
    library.undo()
    assert library.store.rows("SELECT value, document_id FROM band ORDER BY value") == bands
    (again,) = library.import_paths([tmp_path / "second.txt"], jobs=1)
    assert again.duplicate_of == first


def test_undo_survives_closing_the_library(library: Library) -> None:
    before = dump(library)
    library.merge_actors(1, 2)
    library.close()
    again = Library.open(library.path)
    assert again.undo_label == "Merge actors"
    again.undo()
    assert dump(again) == before
    again.close()


def test_several_changes_in_one_edit_are_one_step(library: Library) -> None:
    with library.edit("Tidy up"):
        library.merge_actors(1, 2)
        library.reject_statements([1])
    assert [entry.label for entry in library.journal()] == ["Tidy up"]
    library.undo()
    assert library.undo_label is None and library.redo_label == "Tidy up"


def test_an_edit_that_fails_leaves_nothing_behind(library: Library) -> None:
    before = dump(library)
    with pytest.raises(RuntimeError), library.edit("Half"):
        library.reject_statements([1])
        raise RuntimeError
    assert dump(library) == before
    assert library.undo_label is None
    library.reject_statements([2])
    assert library.undo_label == "Reject statements"


def test_an_act_that_changes_nothing_is_no_step(library: Library) -> None:
    with library.edit("Nothing"):
        pass
    assert library.undo_label is None


def test_a_new_act_ends_what_could_be_redone(library: Library) -> None:
    library.reject_statements([1])
    library.undo()
    library.confirm_statements([2])
    assert library.redo_label is None
    with pytest.raises(Problem, match="nothing to redo"):
        library.redo()


def test_listeners_hear_what_kind_of_thing_changed_after_the_change(library: Library) -> None:
    heard = []
    library.listeners.append(lambda changed: heard.append((changed.label, changed.kinds, library.statement(1).status)))
    library.reject_statements([1])
    library.undo()
    assert heard == [
        ("Reject statements", frozenset({"statement"}), "rejected"),
        ("Reject statements", frozenset({"statement"}), "found"),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_any_series_of_acts_is_undone_and_redone_exactly(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    start = dump(library)
    issue = library.define_issue("Treaty", "against", "for")
    for _ in range(60):
        try:
            act(library, chance, issue)
        except Problem:
            pass  # the thing acted on was deleted by an earlier act
    end = dump(library)
    steps = 0
    while library.undo_label:
        library.undo()
        steps += 1
    assert steps > 20
    assert dump(library) == start
    for _ in range(steps):
        library.redo()
    assert dump(library) == end


def act(library: Library, chance: random.Random, issue: int) -> None:
    """One random act of a user."""
    statement = chance.randint(1, 5)
    day = date(2031, 1, 1 + chance.randrange(28))
    when = chance.choice([None, When(day, day, "day", "set by hand")])
    acts = [
        lambda: library.correct_statement(statement, actor=chance.choice(["Tovan Reck", "Someone New", None])),
        lambda: library.correct_statement(statement, when=when, kind="mixed"),
        lambda: library.confirm_statements([statement]),
        lambda: library.reject_statements([statement]),
        lambda: library.set_published([chance.randint(1, 2)], when),
        lambda: library.describe_documents([chance.randint(1, 2)], outlet=chance.choice(["A", "B", None])),
        lambda: library.merge_actors(*chance.sample(range(1, 4), 2)),
        lambda: library.add_alias(chance.randint(1, 3), f"Name {chance.randrange(9)}"),
        lambda: library.split_actor(1, f"Half {chance.randrange(9)}", [], [statement]),
        lambda: library.code(statement, issue, chance.choice([-2, 0, 1.5, None]), coder="me"),
        lambda: library.uncode(statement, issue, "me"),
        lambda: library.change_issue(issue, low=f"against {chance.randrange(5)}"),
        lambda: library.link_statements(chance.sample(range(1, 5), 2)),
        lambda: library.cut_utterance([statement]),
        lambda: library.set_setting("watch", [chance.randrange(9)]),
        lambda: library.delete_documents([chance.randint(1, 2)]) if chance.random() < 0.2 else None,
    ]
    chance.choice(acts)()
