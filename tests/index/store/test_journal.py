"""Undo and redo give back exactly what was there."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from index.ingest.reextraction import renew
from index.library import Library
from index.model import Extraction, FoundActor, FoundStatement, Span, Statement, When
from index.problems import Problem
from index.store import statements, utterances
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


# --- what an import did between an act and its undo ---


def imported(library: Library, folder: Path, text: str) -> list[Statement]:
    """The statements of a text that is imported now."""
    (folder / "weir.txt").write_text(text, "utf-8")
    (result,) = library.import_paths([folder / "weir.txt"], jobs=1)
    assert result.document is not None
    return library.statements(library.statement_ids(document_id=result.document))


WEIR = "Jana Holm, the mayor of Orm, said on Monday that the weir would be opened in spring and the fishers paid.\n"


def test_a_deleted_document_comes_back_after_an_import(library: Library, tmp_path: Path) -> None:
    """The import clears away utterances that no statement belongs to; those of the deleted document among them."""
    before = library.statements(library.statement_ids(document_id=1))
    library.delete_documents([1])
    imported(library, tmp_path, WEIR)
    library.undo()
    assert library.statements(library.statement_ids(document_id=1)) == before


def test_undo_takes_back_what_the_act_changed_and_leaves_what_changed_since(library: Library) -> None:
    first, other = library.statement_ids(document_id=1)[0], library.statement_ids(document_id=2)[0]
    library.correct_statement(first, note="ask the harbour office")
    with library.store.transaction():  # as an import joins reports of the same words
        joined = utterances.set_utterance(library.store, [first, other])
        utterances.drop_empty(library.store)
    library.undo()
    assert (library.statement(first).note, library.statement(first).utterance_id) == ("", joined)
    library.redo()
    assert (library.statement(first).note, library.statement(first).utterance_id) == ("ask the harbour office", joined)


def test_an_actor_made_by_hand_stays_for_statements_that_an_import_gave_it(library: Library, tmp_path: Path) -> None:
    first = library.statement_ids(document_id=1)[0]
    library.correct_statement(first, actor="Jana Holm")
    (weir,) = imported(library, tmp_path, WEIR)
    assert weir.actor == "Jana Holm"
    library.undo()
    assert library.statement(first).actor == "Mira Olanda"
    assert library.statement(weir.id) == weir
    assert [actor.id for actor in library.actors_named("Jana Holm")] == [weir.actor_id]
    library.redo()
    assert library.statement(first).actor_id == weir.actor_id


def test_a_score_of_a_statement_that_is_no_longer_found_does_not_block_undo(library: Library) -> None:
    first = library.statement_ids(document_id=1)[0]
    issue = library.define_issue("Treaty", "closed", "open")
    library.code(first, issue, 1.0)
    library.uncode(first, issue)
    with library.store.transaction():  # as looking for statements again lets go of what nobody judged
        library.store.execute("DELETE FROM statement WHERE id=?", (first,))
    assert library.undo() == "Remove score"
    assert library.codes(issue) == []
    assert library.check()["ok"]


def test_a_statement_that_is_added_again_takes_a_number_that_is_free(library: Library) -> None:
    text = library.document(1).text
    mine = library.add_statement(1, "direct", [Span(0, 10)], None, None)
    number = library.statement(mine).number
    library.undo()
    with library.store.transaction():
        found = FoundStatement("direct", (Span(20, 30),))
        (new,) = statements.add_statements(library.store, 1, text, [found], {})
    assert library.statement(new).number == number
    library.redo()
    assert library.statement(mine).number == number + 1


def looked_at_again(library: Library, document_id: int, found: FoundStatement, *actors: FoundActor) -> None:
    """What a new extraction of a document does to it: no act of the user, so nothing of it is in the journal."""
    document = library.document(document_id)
    with library.store.transaction():
        renew(library.store, document, Extraction((found,), actors))


def test_undo_leaves_a_speaker_that_was_found_anew_since(library: Library) -> None:
    library.merge_actors(1, 2)
    statement, text = library.statement(2), library.document(1).text
    speaker = Span(text.index("Her colleague"), text.index(" Tovan Reck"))
    found = FoundStatement("indirect", statement.content, speaker, actor="Ilse Brandt", actor_rule="role with a name")
    looked_at_again(library, 1, found, FoundActor("Ilse Brandt", "person", ("Brandt",)))
    library.undo()
    after = library.statement(2)
    assert (after.actor, after.speaker, after.actor_rule) == ("Ilse Brandt", speaker, "role with a name")
    assert [actor.name for actor in library.actors() if actor.id in (1, 2)] == ["Mira Olanda", "Tovan Reck"]


def test_undo_gives_a_speaker_back_where_looking_again_found_the_same(library: Library) -> None:
    library.merge_actors(1, 2)
    before = library.statement(2)
    found = FoundStatement(
        "indirect", before.content, before.speaker, actor="Tovan Reck", actor_rule=before.actor_rule, certainty=0.5
    )
    looked_at_again(library, 1, found, FoundActor("Tovan Reck", "person", ("Reck",)))
    assert library.statement(2).certainty == 0.5
    library.undo()
    assert library.statement(2).actor == "Tovan Reck"


def test_undo_puts_a_date_back_whole_where_the_text_was_looked_at_again_since(library: Library) -> None:
    first, second = (When(day, day, "day", "day of publication") for day in (date(2031, 5, 6), date(2032, 6, 7)))
    library.set_published([2], first)
    before = library.statement(3)
    library.set_published([2], second)
    redated = library.statement(3).when
    assert before.when is not None and redated is not None and before.when != redated
    text = library.document(2).text
    place = Span(text.index("the locks"), text.index(" will stay"))
    may = When(date(2030, 5, 1), date(2030, 5, 31), "month", "month beside the cue", 0.7, place)
    found = FoundStatement("indirect", before.content, before.speaker, before.cue, actor="Mira Olanda", when=may)
    looked_at_again(library, 2, found, FoundActor("Mira Olanda", "person", ("Olanda",)))
    assert library.statement(3).when == may
    library.undo()
    assert library.statement(3).when == before.when
    library.redo()
    assert library.statement(3).when == redated
