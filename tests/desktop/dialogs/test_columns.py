"""Columns of tables: asked where they don't tell, remembered, and the table comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dialogs.columns import ColumnsDialog
from desktop.dialogs.import_dialog import ImportDialog
from desktop.dialogs.import_results import ImportResults
from desktop.theme import Theme
from desktop.window import MainWindow
from index.library import Library

ROWS = (
    "k1,k2,k3,k4\n"
    "Locks closed,2021-03-05,“The locks stay closed,Harbour Post\n"
    "Talks go on,2021-03-06,Tovan Reck said that the talks go on.,Valley Herald\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table whose columns say nothing by their names, in a folder of a folder."""
    folder = tmp_path / "in" / "tables"
    folder.mkdir(parents=True)
    (folder / "export.csv").write_text(ROWS, "utf-8")
    return folder / "export.csv"


def choose(dialog: ColumnsDialog, field: str, column: str) -> None:
    made = dialog.fields[field]
    made.setCurrentIndex(made.findData(column))
    made.activated.emit(made.currentIndex())


def test_the_first_rows_are_shown_and_nothing_is_kept_before_the_texts_are_told(
    theme: Theme, library: Library, table: Path, qtbot: QtBot
) -> None:
    dialog = ColumnsDialog(library, table, theme, None)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=20_000)
    assert dialog.model.index(1, 0).data() == "Talks go on"
    assert not dialog.chief.isEnabled()
    assert not dialog.keep.isEnabled()
    choose(dialog, "text", "k3")
    choose(dialog, "title", "k1")
    assert dialog.keep.isEnabled()
    assert dialog.model.headerData(2, Qt.Orientation.Horizontal) == "k3\nText"
    dialog.keep.click()
    assert library.column_mappings() == [{"text": "k3", "title": "k1"}]
    assert library.undo() == "Set columns"
    assert library.column_mappings() == []


def test_a_column_holds_one_thing_only(theme: Theme, library: Library, table: Path, qtbot: QtBot) -> None:
    dialog = ColumnsDialog(library, table, theme, None)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=20_000)
    choose(dialog, "text", "k1")
    choose(dialog, "title", "k1")
    assert dialog.columns() == {"title": "k1"}
    assert not dialog.chief.isEnabled()


def test_what_was_said_before_is_proposed_again(theme: Theme, library: Library, table: Path, qtbot: QtBot) -> None:
    library.set_column_mapping({"text": "k3", "outlet": "k4"})
    dialog = ColumnsDialog(library, table, theme, None)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=20_000)
    assert dialog.columns() == {"text": "k3", "outlet": "k4"}
    assert "said before" in dialog.state.text()


def test_a_file_that_is_no_table_says_so(theme: Theme, library: Library, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>No table at all.</p></body></html>", "utf-8")
    dialog = ColumnsDialog(library, tmp_path / "page.html", theme, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=20_000)
    assert not dialog.chief.isEnabled()


def test_from_the_results_of_an_import_to_its_documents(
    bare_window: MainWindow, tmp_path: Path, table: Path, qtbot: QtBot
) -> None:
    library = Library.create(tmp_path / "library")
    bare_window.set_library(library)
    with qtbot.waitSignal(bare_window.importing.finished, timeout=60_000):
        bare_window.import_paths([tmp_path / "in"])
    assert [row.problem for row in bare_window.importing.rows] == ["no-column"]
    bare_window.run("import.results")
    results = bare_window.findChild(ImportResults)
    assert results is not None and results.columns.isVisible()
    results.columns.click()
    dialog = bare_window.findChild(ColumnsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=20_000)
    for field, column in (("text", "k3"), ("title", "k1"), ("published", "k2"), ("outlet", "k4")):
        choose(dialog, field, column)
    with qtbot.waitSignal(bare_window.importing.finished, timeout=60_000):
        dialog.chief.click()
    found = {d.title: d for d in library.documents(library.document_ids())}
    assert set(found) == {"Locks closed", "Talks go on"}
    assert found["Talks go on"].outlet == "Valley Herald"
    published = found["Talks go on"].published
    assert published is not None and published.edtf == "2021-03-06"
    results.close()


def test_the_import_dialog_offers_the_columns_of_the_table_on_its_list(
    theme: Theme, table: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ImportDialog(theme, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add([tmp_path / "in"])
    assert not dialog.columns.isVisible()
    dialog.add([table])
    assert dialog.columns.isVisible()
    with qtbot.waitSignal(dialog.columns_requested) as asked:
        dialog.columns.click()
    assert asked.args == [table]
