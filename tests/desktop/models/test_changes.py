"""The journal tells what became what: the audit trail of who said what is worth something only then."""

from __future__ import annotations

from desktop.models.changes import changes
from index.dates import parse_day
from index.library import Library


def last(library: Library) -> list[str]:
    return changes(library, library.journal()[0].id)


def test_a_confirmed_statement_is_told_with_its_number_and_words(library: Library) -> None:
    first = library.statement_ids()[0]
    with library.edit("Confirm statements"):
        library.confirm_statements([first])
    statement = library.statement(first)
    assert last(library) == [f"{statement.label} “{statement.text}”: Status: Found → Confirmed"]


def test_a_date_set_by_hand_is_told_with_the_statements_that_it_dates(library: Library) -> None:
    undated = next(d.id for d in library.documents(library.document_ids()) if d.published is None)
    with library.edit("Set publication date"):
        library.set_published([undated], parse_day("2031-04-09"))
    lines = last(library)
    assert any(line.startswith(f"{undated} “") and line.endswith("Published: – → 9 Apr 2031") for line in lines)


def test_merged_actors_are_told_by_name_though_one_is_gone(library: Library) -> None:
    keep, other = library.actors()[:2]
    with library.edit("Merge actors"):
        library.merge_actors(keep.id, other.id)
    lines = last(library)
    assert f"{other.name}: removed" in lines
    assert any(f"Speaker: {other.name} → {keep.name}" in line for line in lines)
    library.undo()
    assert last(library) == lines


def test_a_removed_document_is_one_line(library: Library) -> None:
    document = library.documents(library.document_ids())[0]
    with library.edit("Delete documents"):
        library.delete_documents([document.id])
    assert last(library) == [f"{document.id} “{document.name}”: removed"]
