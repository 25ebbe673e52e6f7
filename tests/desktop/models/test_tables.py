"""The models keep Qt's contract, and fetch rows only when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.dialogs.history import JournalTable
from desktop.models.actors import ActorList
from desktop.models.documents import DocumentTable, in_order
from desktop.models.results import ResultTable
from desktop.models.rows import PAGE, IdRole, ObjectRole, Rows
from desktop.models.statements import StatementList
from desktop.theme import Theme
from index.library import Library
from index.model import Document, Progress


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)


def test_rows_are_fetched_by_the_page_and_once() -> None:
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> list[SimpleNamespace]:
        asked.append(len(ids))
        return [SimpleNamespace(id=i) for i in ids if i != 3]

    rows: Rows[SimpleNamespace] = Rows(fetch)
    rows.set_ids(range(PAGE * 3))
    assert rows.at(0) is not None
    assert rows.at(PAGE - 1) is not None
    assert rows.at(3) is None
    assert asked == [PAGE]
    rows.forget()
    rows.at(PAGE * 2)
    assert asked == [PAGE, PAGE]


def test_statements_and_documents_show_the_library(theme: Theme, library: Library) -> None:
    statements, documents = StatementList(sources=True), DocumentTable(theme)
    testers = [watched(statements), watched(documents)]
    statements.show(library, library.statement_ids())
    documents.show(library, library.document_ids())
    assert statements.rowCount() == 4
    assert "Mira Olanda" in statements.index(0).data()
    assert statements.index(0).data(ObjectRole).text == "The river belongs to both of us,"
    assert documents.index(0, 0).data() == "No date"
    assert documents.index(0, 0).data(IdRole) == library.document_ids()[0]
    library.reject_statements(library.statement_ids()[:1])
    statements.show(library, library.statement_ids())
    assert statements.rowCount() == 3
    statements.show(None, [])
    documents.show(None, [])
    del testers


def test_an_undated_document_is_told_by_words_and_colour(theme: Theme, library: Library) -> None:
    table = DocumentTable(theme)
    table.show(library, library.document_ids())
    last = table.columnCount() - 1
    assert table.index(0, last).data() == "No date"
    assert table.index(0, last).data(Qt.ItemDataRole.ForegroundRole) == theme["warning"]
    assert table.index(1, last).data() == ""


def test_actors_are_found_by_any_of_their_names(theme: Theme, library: Library) -> None:
    model = ActorList()
    kept = watched(model)
    model.show(library.actors())
    model.filter("olan")
    assert [model.index(row).data() for row in range(model.rowCount())] == ["Mira Olanda"]
    model.filter("foreign minister")
    assert model.rowCount() == 1
    model.filter("")
    model.sort_by("name")
    names = [model.index(row).data() for row in range(model.rowCount())]
    assert names == sorted(names, key=str.casefold)
    del kept


def test_results_have_trouble_first_and_say_the_reason(theme: Theme) -> None:
    model = ResultTable(theme)
    kept = watched(model)
    good = Progress("a.txt", 1, "added", published="2031-03-04", statements=3)
    undated = Progress("b.txt", 2, "added", statements=1)
    bad = Progress("c.pdf", None, "failed", problem="no-text-layer")
    model.show([good, undated, bad])
    assert [model.row(n).file for n in range(3)] == ["c.pdf", "b.txt", "a.txt"]
    assert "OCR" in model.index(0, 4).data()
    assert "c.pdf" not in model.index(0, 4).data()  # its name stands in the row already
    again = Progress("d.txt", None, "duplicate", duplicate_of=1)
    model.show([good, again, undated, bad], trouble_only=True)
    assert [model.row(n).file for n in range(model.rowCount())] == ["c.pdf", "b.txt"]
    del kept


def test_documents_are_sorted_as_people_read_letters_and_empty_ones_are_last() -> None:
    rows = [
        Document(1, "a", title="Zebra", outlet="ámbito", statements=2), Document(2, "b", title="“apple”", outlet="Zeit"),
        Document(3, "c", title="Émile", outlet=None, statements=11),
    ]  # fmt: skip
    assert in_order(rows, "title") == [2, 3, 1] and in_order(rows, "-title") == [1, 3, 2]
    assert in_order(rows, "outlet") == [1, 2, 3] and in_order(rows, "-outlet") == [2, 1, 3]
    assert in_order(rows, "-statements") == [3, 1, 2]


def test_the_journal_lists_acts_newest_first(theme: Theme, library: Library) -> None:
    library.confirm_statements(library.statement_ids()[:2])
    library.undo()
    model = JournalTable(theme)
    kept = watched(model)
    model.show(library.journal())
    assert model.index(0, 0).data() == "Confirm statements"
    assert model.index(0, 2).data() == "Undone"
    del kept
