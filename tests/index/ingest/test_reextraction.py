"""Looking for statements again changes what nobody touched and nothing else."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.ingest.reextraction import common, matched, outdated, reextract, renew
from index.library import Library
from index.model import Extraction, FoundActor, FoundStatement, Span, Statement

OLANDA = FoundActor("Mira Olanda", "person")


def found(text: str, words: str, actor: str | None = "Mira Olanda", **more: object) -> FoundStatement:
    start = text.index(words)
    return FoundStatement("direct", (Span(start, start + len(words)),), actor=actor, rule="new rule", **more)  # type: ignore[arg-type]


def renewed(library: Library, *statements: FoundStatement) -> int:
    document = library.document(1)
    with library.store.transaction():
        return renew(library.store, document, Extraction(statements, (OLANDA,)))


def test_a_statement_nobody_touched_takes_on_what_is_found_now(library: Library) -> None:
    text = library.document(1).text
    river, ferry = library.statements(library.statement_ids(document_id=1))
    assert (
        renewed(
            library,
            found(text, "The river belongs to both of us", utterance=1),
            found(text, "Ostland would sign the treaty", actor=None, utterance=2),
        )
        == 2
    )
    first, second = library.statements(library.statement_ids(document_id=1))
    assert (first.id, first.number, first.text, first.rule) == (
        river.id,
        river.number,
        "The river belongs to both of us",
        "new rule",
    )
    assert (second.id, second.text, second.actor) == (ferry.id, "Ostland would sign the treaty", None)


def test_what_is_no_longer_found_goes_and_what_is_new_comes(library: Library) -> None:
    text = library.document(1).text
    river, _ = library.statements(library.statement_ids(document_id=1))
    renewed(
        library,
        found(text, "Her colleague Tovan Reck answered", utterance=1),
        found(text, "The river belongs to both of us,", utterance=2, parent=0),
    )
    after = {one.text: one for one in library.statements(library.statement_ids(document_id=1))}
    assert set(after) == {"Her colleague Tovan Reck answered", "The river belongs to both of us,"}
    assert after["The river belongs to both of us,"].id == river.id
    assert after["The river belongs to both of us,"].parent_id == after["Her colleague Tovan Reck answered"].id
    assert after["Her colleague Tovan Reck answered"].number == 3


@pytest.mark.parametrize("act", ["confirm", "reject", "correct"])
def test_what_people_did_stays(library: Library, act: str) -> None:
    text = library.document(1).text
    river, ferry = library.statement_ids(document_id=1)
    if act == "confirm":
        library.confirm_statements([river])
    elif act == "reject":
        library.reject_statements([river])
    else:
        library.correct_statement(river, kind="own")
    before = library.statement(river)
    renewed(library, found(text, "The river belongs to both", actor=None, utterance=1))
    assert library.statement(river) == before
    assert ferry not in library.statement_ids(document_id=1)


def test_a_statement_that_somebody_scored_is_not_taken_away(library: Library) -> None:
    river, _ = library.statement_ids(document_id=1)
    issue = library.define_issue("Treaty", "closed", "open")
    library.code(river, issue.id if hasattr(issue, "id") else issue, 1.0)
    renewed(library)
    assert library.statement_ids(document_id=1) == [river]


def test_contents_are_matched_by_the_characters_they_share() -> None:
    assert common((Span(0, 10),), (Span(0, 10),)) == 1.0
    assert common((Span(0, 4), Span(6, 10)), (Span(0, 10),)) == 0.8
    assert common((Span(0, 10),), (Span(10, 20),)) == 0.0


def test_thousands_of_statements_of_one_document_are_matched_in_a_blink() -> None:
    places = [Span(n * 100, n * 100 + 80) for n in range(8000)]
    old = [Statement(n + 1, 1, n + 1, "direct", (place,), "") for n, place in enumerate(places)]
    new = [FoundStatement("direct", (Span(place.start + 10, place.end + 5),)) for place in places]
    start = time.process_time()
    assert matched(old, new) == dict(enumerate(old))
    assert time.process_time() - start < 2


def test_documents_of_older_rules_are_known_and_brought_up_to_date(library: Library) -> None:
    assert outdated(library.store) == [1, 2]
    results = list(reextract(library.store, outdated(library.store), jobs=1, model=False))
    assert [(one.document, one.status, one.done, one.total) for one in results] == [
        (1, "extracted", 1, 2),
        (2, "extracted", 2, 2),
    ]
    assert results[0].statements >= 1
    assert outdated(library.store) == []
    assert replace(library.document(1), statements=0).text.startswith("\u201cThe river")


def test_looking_again_by_the_same_rules_changes_no_statement(library: Library, tmp_path: Path) -> None:
    """ "Said that X" is cited as X after the import, and after looking again too."""
    (tmp_path / "weir.txt").write_text(
        "Mira Olanda said that the weir would be opened in spring.\n\nTovan Reck said that “nobody had asked the fishers,” "
        "and that the treaty was late.\n\n“We will wait,” Olanda said on Monday.\n",
        "utf-8",
    )
    (result,) = library.import_paths([tmp_path / "weir.txt"], jobs=1)
    assert result.document is not None
    before = library.statements(library.statement_ids(document_id=result.document))
    assert any(one.kind == "indirect" for one in before)
    assert [one.text for one in before if one.text.casefold().startswith("that ")] == []
    (again,) = library.reextract([result.document], jobs=1)
    assert again.status == "extracted"
    assert library.statements(library.statement_ids(document_id=result.document)) == before
