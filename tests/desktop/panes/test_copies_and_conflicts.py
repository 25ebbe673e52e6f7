"""Copies and dates that contradict each other: what the list of documents shows of them, and what one can do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.documents import DocumentsPane
from desktop.window import MainWindow
from index.library import Library

WORDS = (
    "“The northern locks stay closed until the last inspector has left,” said Mira Olanda, the harbour minister of "
    "Westria, on Tuesday. The talks in the valley went on behind closed doors while the ferries waited at the far bank "
    "with their crates of apples and wool. Nobody in the delegation wanted to comment on what had been agreed."
)
FERRIES = (
    "Tovan Reck, the envoy of Ostland, said on Monday that the treaty would be signed in May. “We are close,” he told "
    "reporters at the quay, adding that the article on the tolls was still open."
)


def page(path: Path, title: str, outlet: str, day: str, words: str) -> Path:
    """A saved web page."""
    head = (
        f'<title>{title}</title><meta property="og:site_name" content="{outlet}">'
        f'<meta property="article:published_time" content="{day}T08:00:00Z">'
    )
    path.write_text(f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{words}</p></article></body></html>", "utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A report, its copy in another outlet, and a page whose name and metadata give two days."""
    made = Library.create(tmp_path / "library")
    files = [
        page(tmp_path / "a.html", "Locks stay closed", "Harbour Post", "2021-03-02", WORDS),
        page(tmp_path / "b.html", "No opening yet", "Valley Herald", "2021-03-03", f"{WORDS} Nobody was hurt."),
        page(tmp_path / "2021-03-11_c.html", "Ferries wait", "Reed Gazette", "2021-03-12", FERRIES),
    ]
    assert [one.status for one in made.import_paths(files, jobs=1)] == ["added"] * 3
    return made


@pytest.fixture
def pane(bare_window: MainWindow, library: Library, qtbot: QtBot) -> DocumentsPane:
    bare_window.set_library(library)
    made = bare_window.show_pane("documents")
    assert isinstance(made, DocumentsPane)
    qtbot.waitUntil(lambda: made.table_model.rowCount() == 3)
    return made


def choose(pane: DocumentsPane, segment: str) -> None:
    pane.segments.choose(segment)
    pane._filter()
    QApplication.processEvents()  # what was put into a layout is shown with the next event


def words_of(pane: DocumentsPane) -> str:
    return "\n".join(made.text() for made in pane.details.findChildren(QLabel) if made.isVisible())


def press(pane: DocumentsPane, beginning: str) -> None:
    (button,) = [b for b in pane.details.findChildren(QPushButton) if b.isVisible() and b.text().startswith(beginning)]
    button.click()


def test_copies_say_what_they_are_copies_of_and_are_compared_in_one_step(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    assert not pane.copies.isVisible()
    choose(pane, "duplicate")
    (copy,) = pane.table_model.ids
    original = library.document(copy).duplicate_of
    assert original is not None
    assert pane.table_model.index(0, 4).data() == "Nearly the same words as “Locks stay closed”, Harbour Post"
    assert pane.copies.isVisible()
    assert bare_window.acts["document.twin"].isEnabled()
    bare_window.run("document.twin")
    compare = bare_window.panes["compare"]
    assert bare_window.current_pane is compare
    assert compare.names == [f"doc:{original}", f"doc:{copy}"]  # type: ignore[attr-defined]


def test_a_document_that_copies_nothing_has_no_twin(bare_window: MainWindow, pane: DocumentsPane) -> None:
    choose(pane, "conflict")
    assert not bare_window.acts["document.twin"].isEnabled()


def test_copies_are_removed_and_undo_brings_them_back(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    choose(pane, "duplicate")
    (copy,) = pane.table_model.ids
    pane.table.selectAll()
    bare_window.run("document.delete")
    assert copy not in library.document_ids()
    qtbot.waitUntil(lambda: pane.table_model.ids == [])
    assert not pane.copies.isVisible()
    bare_window.run("undo")
    qtbot.waitUntil(lambda: pane.table_model.ids == [copy])
    assert library.document(copy).duplicate_of is not None


def test_every_date_is_listed_with_its_rule_and_taking_one_settles_the_conflict(
    bare_window: MainWindow, pane: DocumentsPane, library: Library, qtbot: QtBot
) -> None:
    choose(pane, "conflict")
    (chosen,) = pane.table_model.ids
    assert pane.table_model.index(0, 4).data() == "Several dates in the file"
    shown = words_of(pane)
    for when in library.document(chosen).dates:
        assert when.rule in shown
    assert "The text speaks of Monday" in shown
    press(pane, "Use Thu 11 Mar 2021")
    found = library.document(chosen).published
    assert found is not None
    assert found.edtf == "2021-03-11"
    assert found.rule.startswith("set by hand: ")
    qtbot.waitUntil(lambda: pane.table_model.ids == [])
    bare_window.run("undo")
    qtbot.waitUntil(lambda: pane.table_model.ids == [chosen])
    again = library.document(chosen).published
    assert again is not None and again.edtf == "2021-03-12"


def test_the_date_that_was_chosen_can_be_kept(pane: DocumentsPane, library: Library, qtbot: QtBot) -> None:
    choose(pane, "conflict")
    (chosen,) = pane.table_model.ids
    press(pane, "Keep Fri 12 Mar 2021")
    qtbot.waitUntil(lambda: pane.table_model.ids == [])
    found = library.document(chosen).published
    assert found is not None and found.edtf == "2021-03-12"


def test_the_weekday_of_the_text_leads_to_its_place(bare_window: MainWindow, pane: DocumentsPane, library: Library) -> None:
    choose(pane, "conflict")
    (chosen,) = pane.table_model.ids
    hint = library.weekday_hint(chosen)
    assert hint is not None
    weekday, place = hint
    assert (weekday, library.document(chosen).text[place.start : place.end]) == (0, "Monday")
    press(pane, "Show the place")
    assert bare_window.current_pane is bare_window.panes["reader"]
