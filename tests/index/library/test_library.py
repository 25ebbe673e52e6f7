"""The open library: what is filed can be read, corrected and checked."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from index.library import Library
from index.model import Span, When
from index.problems import Problem
from index.store.store import DATABASE


def test_one_person_in_two_documents_is_one_actor(library: Library) -> None:
    olanda = next(actor for actor in library.actors() if actor.name == "Mira Olanda")
    assert olanda.statements == 3
    assert [library.statement(i).document_id for i in library.statement_ids(actor_id=olanda.id)] == [1, 2, 2]
    assert [(role.title, role.earliest) for role in olanda.roles] == [("foreign minister of Westria", date(2031, 3, 5))]


def test_the_words_of_every_statement_stand_at_its_place(library: Library) -> None:
    for statement in library.statements(library.statement_ids()):
        text = library.document(statement.document_id).text
        assert " … ".join(span.of(text) for span in statement.content) == statement.text
    assert library.check()["ok"]


def test_check_names_a_text_that_was_tampered_with(library: Library) -> None:
    with library.store.transaction():
        library.store.execute("UPDATE body SET text=replace(text, 'river', 'rover') WHERE document_id=1")
    report = library.check()
    assert not report["ok"]
    assert any("document 1" in line for line in report["problems"])
    assert any("statement 1:1" in line for line in report["problems"])


def test_undated_documents_come_first(library: Library) -> None:
    assert library.document_ids() == [2, 1]
    assert library.document_ids(undated=True) == [2]


def test_setting_a_publication_date_is_undone_together_with_the_dates_it_gave(library: Library) -> None:
    day = date(2031, 4, 1)
    before = [statement.when for statement in library.statements(library.statement_ids(document_id=2))]
    library.set_published([2], When(day, day, "day", "set by hand"))
    assert library.document(2).published == When(day, day, "day", "set by hand")
    library.undo()
    assert library.document(2).published is None
    assert [s.when for s in library.statements(library.statement_ids(document_id=2))] == before


def test_a_date_set_by_hand_stays_when_the_document_is_dated(library: Library) -> None:
    day = date(2030, 12, 24)
    library.correct_statement(3, when=When(day, day, "day", "set by hand"))
    library.set_published([2], When(date(2031, 4, 1), date(2031, 4, 1), "day", "set by hand"))
    when = library.statement(3).when
    assert when is not None and when.earliest == day


def test_correcting_a_speaker_makes_or_finds_the_actor(library: Library) -> None:
    library.correct_statement(1, actor="Tovan  Reck")
    assert library.statement(1).actor == "Tovan Reck"
    assert library.statement(1).status == "corrected"
    library.correct_statement(1, actor="Nobody Known")
    assert [actor.name for actor in library.actors_named("nobody known")] == ["Nobody Known"]
    library.correct_statement(1, actor=None)
    assert library.statement(1).actor is None


def test_a_rejected_statement_leaves_lists_and_counts(library: Library) -> None:
    library.reject_statements([1])
    assert 1 not in library.statement_ids()
    assert library.counts()["statements"] == 3
    assert library.statement_ids(status="rejected") == [1]


def test_merged_actors_keep_all_names_and_a_split_gives_them_back(library: Library) -> None:
    library.merge_actors(1, 2)
    merged = library.actor(1)
    assert merged.statements == 4 and "Tovan Reck" in (merged.name, *merged.aliases)
    new = library.split_actor(1, "Tovan Reck", [], [2])
    assert library.statement(2).actor_id == new
    assert "Tovan Reck" not in library.actor(1).aliases


def test_linked_statements_are_one_utterance_until_cut(library: Library) -> None:
    library.link_statements([1, 4])
    assert library.statement(1).utterance_id == library.statement(4).utterance_id
    library.cut_utterance([4])
    assert library.statement(1).utterance_id != library.statement(4).utterance_id


def test_scores_off_the_scale_are_refused_and_old_codes_keep_their_version(library: Library) -> None:
    issue = library.define_issue("Treaty", "against", "for")
    with pytest.raises(Problem, match="not a score"):
        library.code(1, issue, 3)
    library.code(1, issue, 2, coder="a")
    library.code(1, issue, 1, coder="a")
    library.change_issue(issue, high="strongly for")
    library.code(2, issue, None, coder="a")
    assert [(c.statement_id, c.value, c.issue_version) for c in library.codes(issue)] == [(1, 1.0, 1), (2, None, 2)]
    assert len(library.codes(issue, every=True)) == 3


def test_a_folder_without_a_library_says_so(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        Library.open(tmp_path)
    assert caught.value.code == "no-library"


def test_a_folder_with_other_things_is_not_made_a_library(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(Problem) as caught:
        Library.create(tmp_path)
    assert caught.value.code == "folder-not-empty"


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all, only words" * 100)
    with pytest.raises(Problem) as caught:
        Library.open(tmp_path)
    assert caught.value.code == "library-damaged"


def test_a_library_with_a_foreign_trigger_is_not_opened(library: Library) -> None:
    library.close()
    connection = sqlite3.connect(library.path / DATABASE)
    connection.execute("CREATE TRIGGER evil AFTER UPDATE ON meta BEGIN DELETE FROM document; END")
    connection.commit()
    connection.close()
    with pytest.raises(Problem) as caught:
        Library.open(library.path)
    assert caught.value.code == "library-foreign"


def test_a_library_of_a_newer_program_is_not_touched(library: Library) -> None:
    library.store.connection().execute("PRAGMA user_version=999")
    library.close()
    with pytest.raises(Problem) as caught:
        Library.open(library.path)
    assert caught.value.code == "library-newer"


def test_an_original_outside_the_library_is_never_given(library: Library, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    with library.store.transaction():
        library.store.execute("UPDATE document SET original='../secret.txt' WHERE id=1")
    assert library.original(1) is None


@pytest.mark.parametrize("content", [(), (Span(5, 5),), (Span(-3, 4),), (Span(0, 4), Span(9, 10_000)), (Span(8, 2),)])
def test_a_statement_is_a_place_in_its_text_or_nothing(library: Library, content: tuple[Span, ...]) -> None:
    before = library.statement(1)
    with pytest.raises(Problem):
        library.correct_statement(1, content=content)
    with pytest.raises(Problem):
        library.add_statement(1, "direct", content, None, None)
    assert library.statement(1) == before and len(library.statement_ids()) == 4 and library.undo_label is None


def test_pieces_of_a_quote_are_kept_in_reading_order(library: Library) -> None:
    library.correct_statement(1, content=[Span(20, 30), Span(1, 10)])
    statement, text = library.statement(1), library.document(1).text
    assert statement.content == (Span(1, 10), Span(20, 30))
    assert statement.text == f"{text[1:10]} … {text[20:30]}"
