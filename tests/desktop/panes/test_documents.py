"""The list of documents: dates and outlets set by hand, for one or for many, and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import wording
from desktop.models.documents import COUNT, OUTLET, TITLE
from desktop.panes.documents import DocumentsPane
from desktop.window import MainWindow
from index.library import Library


@pytest.fixture
def pane(bare_window: MainWindow, library: Library, qtbot: QtBot) -> DocumentsPane:
    """The documents of the river library."""
    bare_window.set_library(library)
    made = bare_window.show_pane("documents")
    assert isinstance(made, DocumentsPane)
    qtbot.waitUntil(lambda: made.table_model.rowCount() == 2)
    return made


def test_the_undated_document_comes_first_and_is_selected(pane: DocumentsPane, library: Library) -> None:
    (chosen,) = pane.selected_documents()
    assert library.document(chosen).published is None
    assert "No date was found" in pane.details.date.words.text()


def test_a_date_entered_by_hand_dates_the_statements_and_undo_takes_it_back(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    (chosen,) = pane.selected_documents()
    pane.details.date.field.setFocus()
    qtbot.keyClicks(pane.details.date.field, "2031-04-09")
    assert pane.details.date.words.text() == "9 Apr 2031"
    qtbot.keyClick(pane.details.date.field, Qt.Key.Key_Return)
    found = library.document(chosen).published
    assert found is not None
    assert (found.earliest, found.rule) == (date(2031, 4, 9), "set by hand")
    qtbot.waitUntil(lambda: bool(pane.selected_documents()) and pane.selected_documents() == [chosen])
    bare_window.run("undo")
    assert library.document(chosen).published is None


def test_ctrl_z_in_the_field_that_dated_a_document_takes_the_date_back(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    (chosen,) = pane.selected_documents()
    with qtbot.waitActive(bare_window, timeout=30_000):
        bare_window.activateWindow()
    field, handle = pane.details.date.field, bare_window.windowHandle()
    field.setFocus()
    qtbot.keyClicks(field, "2031")
    QTest.keyClick(handle, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() != "2031" and library.undo_label is None  # what is typed is taken back first
    field.setText("2031-04-09")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert library.document(chosen).published is not None
    qtbot.waitUntil(lambda: "set by hand" in pane.details.date.words.text())
    QTest.keyClick(handle, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: library.document(chosen).published is None)
    assert field.hasFocus()


def test_a_date_may_be_typed_as_the_lists_show_it(pane: DocumentsPane, library: Library, qtbot: QtBot) -> None:
    (chosen,) = pane.selected_documents()
    pane.details.date.field.setText(wording.day(date(2031, 4, 9)))
    qtbot.keyClick(pane.details.date.field, Qt.Key.Key_Return)
    found = library.document(chosen).published
    assert found is not None and found.earliest == date(2031, 4, 9)


def test_what_is_being_typed_stays_while_an_import_changes_the_list(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    with qtbot.waitActive(bare_window, timeout=30_000):
        bare_window.activateWindow()
    pane.details.date.field.setFocus()
    qtbot.waitUntil(pane.details.date.field.hasFocus)
    qtbot.keyClicks(pane.details.date.field, "2031-0")
    before = pane._listing
    library.changed_outside("document")
    qtbot.waitUntil(lambda: pane._listing is not before)
    assert pane.details.date.field.text() == "2031-0"
    pane.table.selectRow(1)
    assert pane.details.date.field.text() != "2031-0"


def test_rubbish_in_the_date_field_changes_nothing(pane: DocumentsPane, library: Library, qtbot: QtBot) -> None:
    (chosen,) = pane.selected_documents()
    qtbot.keyClicks(pane.details.date.field, "someday")
    qtbot.keyClick(pane.details.date.field, Qt.Key.Key_Return)
    assert pane.details.date.field.property("wrong") is True
    assert library.document(chosen).published is None


def test_an_outlet_is_set_for_all_selected_documents_in_one_step(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    pane.table.selectAll()
    assert "2 documents" in pane.details.heading.text()
    assert not pane.details.fields["title"].isEnabled()
    before = len(library.journal())
    field = pane.details.fields["outlet"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Reed Gazette")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert {d.outlet for d in library.documents(library.document_ids())} == {"Reed Gazette"}
    assert len(library.journal()) == before + 1
    bare_window.run("undo")
    assert {d.outlet for d in library.documents(library.document_ids())} == {"The Harbour Post", "Valley Herald"}


def test_the_filter_finds_titles_outlets_and_files(pane: DocumentsPane, library: Library) -> None:
    pane.filter.setText("valley")
    assert [library.document(i).title for i in pane.table_model.ids] == ["Locks closed"]
    pane.filter.setText("ferry.txt")
    assert [library.document(i).title for i in pane.table_model.ids] == ["Ferry talks"]
    pane.filter.setText("nothing like it")
    assert pane.table_model.ids == []
    assert pane.none.isVisible()


def test_only_the_undated_ones_are_listed_when_asked(pane: DocumentsPane, library: Library) -> None:
    pane.segments.choose("undated")
    pane._filter()
    assert [library.document(i).published for i in pane.table_model.ids] == [None]


def test_enter_opens_the_reader(bare_window: MainWindow, pane: DocumentsPane, qtbot: QtBot) -> None:
    (chosen,) = pane.selected_documents()
    pane.table.setFocus()
    qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    reader = bare_window.panes["reader"]
    assert bare_window.current_pane is reader
    qtbot.waitUntil(lambda: reader.selected_documents() == [chosen])


def test_the_delete_key_removes_and_undo_brings_back(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    pane.table.setFocus()
    qtbot.keyClick(pane.table, Qt.Key.Key_Delete)
    assert len(library.document_ids()) == 1
    bare_window.run("undo")
    qtbot.waitUntil(lambda: pane.table_model.rowCount() == 2)


def test_a_second_press_on_a_heading_turns_the_order_round_and_the_arrow_says_so(
    pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    header = pane.table.horizontalHeader()
    for column in (TITLE, OUTLET, COUNT):
        pane._sort(column)
        assert header.sortIndicatorSection() == column and header.isSortIndicatorShown()
        first = header.sortIndicatorOrder()
        pane._sort(column)
        assert header.sortIndicatorOrder() != first
    most = [library.document(i).statements for i in library.document_ids()]
    pane._sort(COUNT)
    qtbot.waitUntil(lambda: [library.document(i).statements for i in pane.table_model.ids] == sorted(most, reverse=True))
    kept = pane.save_state()
    pane._sort(TITLE)
    pane.restore_state(kept)
    assert (header.sortIndicatorSection(), pane._order) == (COUNT, "-statements")


def test_sorting_by_title_keeps_the_selection(pane: DocumentsPane, library: Library, qtbot: QtBot) -> None:
    chosen = pane.selected_documents()
    pane._sort(1)
    qtbot.waitUntil(lambda: pane.table_model.ids == library.document_ids(order="title"))
    assert pane.selected_documents() == chosen


def test_the_table_takes_the_room_that_the_bars_leave(pane: DocumentsPane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: pane.splitter.height() > pane.height() * 0.75)
