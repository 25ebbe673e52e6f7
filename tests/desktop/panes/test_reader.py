"""The reader: the words under a mark are the statement's words, and what a person corrects holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.actions import MARK_MENU
from desktop.dialogs.correct import AddDialog, CorrectDialog
from desktop.panes.reader import ReaderPane
from desktop.window import MainWindow
from index.library import Library
from index.model import Span


@pytest.fixture
def reader(bare_window: MainWindow, library: Library, qtbot: QtBot) -> ReaderPane:
    """The reader on the first document of the river library."""
    bare_window.set_library(library)
    pane = bare_window.show_pane("reader")
    assert isinstance(pane, ReaderPane)
    bare_window.show_statement(library.statement_ids()[0])
    qtbot.waitUntil(lambda: pane.selected_statements() == library.statement_ids()[:1])
    return pane


def marked(pane: ReaderPane) -> dict[str, str]:
    """The strongly coloured words of the text by their kind of colour."""
    names = {pane.theme.hex(f"{kind}_strong"): kind for kind in ("speaker", "cue", "content", "date")}
    selections = pane.text.extraSelections()
    return {
        names[s.format.background().color().name()]: s.cursor.selectedText()
        for s in selections
        if s.format.background().color().name() in names
    }


def test_the_four_colours_lie_on_the_words_of_the_statement(reader: ReaderPane) -> None:
    assert marked(reader) == {
        "content": "The river belongs to both of us,",
        "speaker": "Mira Olanda",
        "cue": "said",
        "date": "Tuesday",
    }


def test_the_panel_says_who_when_and_why(reader: ReaderPane, shown: Callable[..., list[Any]]) -> None:
    from PySide6.QtWidgets import QLabel, QPushButton

    words = [w.text() for w in shown(reader.details, QLabel)]
    words += [w.text() for w in reader.details.findChildren(QPushButton)]
    for part in ("Mira Olanda", "name beside the cue", "last Tuesday before publication", "4 Mar 2031",
                 "Found by rule: a quotation, then its speaker with a verb of speech"):
        assert part in words


def test_alt_down_goes_to_the_next_statement_and_brings_it_into_view(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    bare_window.run("statement.next")
    assert reader.selected_statements() == [library.statement_ids()[1]]
    assert marked(reader)["content"] == "Ostland would sign the treaty in May"
    bare_window.run("statement.previous")
    assert marked(reader)["speaker"] == "Mira Olanda"


def test_confirming_goes_on_and_undo_brings_it_back(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    first, second = library.statement_ids()[:2]
    bare_window.run("statement.confirm")
    assert library.statement(first).status == "confirmed"
    qtbot.waitUntil(lambda: reader.selected_statements() == [second])
    bare_window.run("undo")
    assert library.statement(first).status == "found"


def test_a_rejected_statement_leaves_the_list_but_can_be_found_again(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    first = library.statement_ids()[0]
    bare_window.run("statement.reject")
    qtbot.waitUntil(lambda: first not in reader.list_model.ids)
    assert "The river belongs to both of us," not in {s.cursor.selectedText() for s in reader.text.extraSelections()}
    reader.which.choose("rejected")
    reader._list()
    assert reader.list_model.ids == [first]


def test_the_review_goes_through_all_documents_and_says_when_all_is_done(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    seen = set()
    for _ in range(4):
        qtbot.waitUntil(lambda: bool(reader.selected_statements()) and not set(reader.selected_statements()) & seen)
        (now,) = reader.selected_statements()
        seen.add(now)
        library.confirm_statements([now])
        qtbot.waitUntil(lambda now=now: reader._statements[now].status == "confirmed")
        bare_window.run("statement.review")
        qtbot.wait(50)
    assert seen == set(library.statement_ids())
    qtbot.waitUntil(lambda: "Everything" in bare_window.messages.words.text())


def test_correcting_the_speaker_holds_and_is_shown_as_corrected(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    first = library.statement_ids()[0]
    bare_window.run("statement.correct")
    dialog = bare_window.findChild(CorrectDialog)
    assert dialog is not None
    assert dialog.actor.text() == "Mira Olanda"
    dialog.actor.setText("Harbour council")
    dialog.date.field.setText("2031-03")
    dialog._correct()
    found = library.statement(first)
    assert (found.actor, found.status) == ("Harbour council", "corrected")
    assert found.when is not None
    assert (found.when.earliest, found.when.latest) == (date(2031, 3, 1), date(2031, 3, 31))
    qtbot.waitUntil(lambda: "Harbour council" in reader.list_model.index(0).data())
    bare_window.run("undo")
    assert library.statement(first).actor == "Mira Olanda"


def test_a_correction_with_a_wrong_date_is_refused_in_the_dialog(
    bare_window: MainWindow, reader: ReaderPane, library: Library
) -> None:
    bare_window.run("statement.correct")
    dialog = bare_window.findChild(CorrectDialog)
    assert dialog is not None
    dialog.date.field.setText("the day before yesterday")
    dialog._correct()
    assert dialog.trouble.isVisible()
    assert library.statement(library.statement_ids()[0]).status == "found"
    dialog.reject()


def test_the_addressee_is_entered_as_the_document_names_them(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QLabel

    first = library.statement_ids()[0]
    bare_window.run("statement.correct")
    dialog = bare_window.findChild(CorrectDialog)
    assert dialog is not None
    dialog.addressee.setText("the emperor of the moon")
    dialog._correct()
    assert dialog.trouble.isVisible() and library.statement(first).addressee is None
    words = reader.text.text.split()[-2]
    dialog.addressee.setText(words)
    dialog._correct()
    found = library.statement(first).addressee
    assert found is not None and found.of(reader.text.text) == words
    qtbot.waitUntil(lambda: words in [w.text() for w in reader.details.findChildren(QLabel)])
    bare_window.run("undo")
    assert library.statement(first).addressee is None


def test_a_correction_that_changes_nothing_makes_no_entry(
    bare_window: MainWindow, reader: ReaderPane, library: Library
) -> None:
    before = len(library.journal())
    bare_window.run("statement.correct")
    dialog = bare_window.findChild(CorrectDialog)
    assert dialog is not None
    dialog._correct()
    assert len(library.journal()) == before


def test_selected_words_can_become_a_statement(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    start = reader.text.text.index("sign the treaty")
    reader._add(Span(start, start + 15))
    dialog = bare_window.findChild(AddDialog)
    assert dialog is not None
    dialog.actor.setText("Tovan Reck")
    with qtbot.waitSignal(dialog.added) as added:
        dialog._add()
    found = library.statement(added.args[0])
    assert (found.text, found.actor, found.status) == ("sign the treaty", "Tovan Reck", "corrected")
    qtbot.waitUntil(lambda: reader.selected_statements() == [found.id])


def test_selected_words_can_become_the_words_of_the_statement(
    reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    start = reader.text.text.index("The river belongs")
    reader._set_span("content", Span(start, start + 17))
    assert library.statement(library.statement_ids()[0]).text == "The river belongs"
    qtbot.waitUntil(lambda: marked(reader).get("content") == "The river belongs")


def select(reader: ReaderPane, words: str) -> None:
    """Select words of the text."""
    start = reader.text.text.index(words)
    cursor = reader.text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    reader.text.setTextCursor(cursor)


def test_marking_selected_words_is_in_the_menus_and_has_a_key(bare_window: MainWindow, reader: ReaderPane) -> None:
    assert not any(bare_window.acts[name].isEnabled() for name in MARK_MENU)
    select(reader, "sign the treaty")
    assert all(bare_window.acts[name].isEnabled() for name in MARK_MENU)
    bare_window.run("statement.mark")
    dialog = bare_window.findChild(AddDialog)
    assert dialog is not None
    dialog.close()


def test_selected_words_go_to_the_chosen_statement_though_they_lie_in_another(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    chosen, other = library.statement_ids()[:2]
    words = library.statement(other).text.split()[0]
    select(reader, words)
    place = reader.text.selected_span()
    assert place is not None and reader._at(place.start) is not None and reader._at(place.start).id != chosen  # type: ignore[union-attr]
    reader._menu(QPoint(0, 0), place.start)
    assert reader.selected_statements() == [chosen]
    for menu in reader.findChildren(QMenu):
        menu.close()
    bare_window.run("statement.speaker")
    assert library.statement(chosen).speaker == place
    assert library.statement(other).speaker != place


def test_finding_counts_the_places_and_goes_round(
    bare_window: MainWindow, reader: ReaderPane, qtbot: QtBot
) -> None:
    bare_window.run("find")
    assert reader.find_bar.isVisible()
    reader.find_bar.field.setText("THE")
    total = len(reader.find_bar.places)
    assert total == reader.text.text.casefold().count("the")
    assert reader.find_bar.count.text() == f"1 of {total}"
    for _ in range(total):
        bare_window.run("find.next")
    assert reader.find_bar.at == 0
    bare_window.run("find.previous")
    assert reader.find_bar.at == total - 1
    reader.find_bar.field.setText("no such words")
    assert reader.find_bar.count.text() == "Not found"
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert not reader.find_bar.isVisible()


def test_a_quote_is_copied_with_its_citation(bare_window: MainWindow, reader: ReaderPane) -> None:
    bare_window.run("quote.copy")
    data = QApplication.clipboard().mimeData()
    for part in ("The river belongs to both of us,", "Mira Olanda", "4 Mar 2031", "Ferry talks", "The Harbour Post"):
        assert part in data.text()
        assert part in data.html()


def test_a_press_on_words_chooses_their_statement(reader: ReaderPane, library: Library) -> None:
    place = reader.text.text.index("Ostland would sign")
    reader._pressed(place + 3)
    assert reader.selected_statements() == [library.statement_ids()[1]]


def test_a_deleted_document_leaves_the_reader(
    bare_window: MainWindow, reader: ReaderPane, library: Library, qtbot: QtBot
) -> None:
    library.delete_documents(library.document_ids())
    qtbot.waitUntil(lambda: reader.document is None)
    assert reader._empty.isVisible()
