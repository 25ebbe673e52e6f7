"""Dropping files on the window: a result per file, one message, nothing blocked."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.dialogs.import_dialog import ImportDialog
from desktop.dialogs.import_results import ImportResults
from desktop.importing import summary
from desktop.panes.documents import DocumentsPane
from desktop.window import MainWindow
from index.ingest.filing import file_article
from index.library import Library
from index.model import Article, Extraction, FoundActor, FoundStatement, Progress, Span, When
from index.store.store import DATABASE


def drop(window: MainWindow, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(
        QDropEvent(
            QPoint(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Four good files and two bad ones."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(4):
        text = f"“Lock {n} opens at dawn,” said Mira Olanda, the harbour master, on 4 March 203{n}."
        (folder / f"good{n}.txt").write_text(text, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    return sorted(folder.iterdir())


def test_dropped_files_are_imported_with_one_message_and_a_result_for_each(
    bare_window: MainWindow, tmp_path: Path, files: list[Path], qtbot: QtBot
) -> None:
    bare_window.set_library(Library.create(tmp_path / "library"))
    with qtbot.waitSignal(bare_window.importing.finished, timeout=60_000):
        drop(bare_window, files)
        assert bare_window.importing.running
        assert bare_window.acts["import.stop"].isEnabled()
    assert bare_window.library is not None
    assert bare_window.library.counts()["documents"] == 4
    assert {row.file for row in bare_window.importing.rows if row.problem} == {"empty.txt", "noise.txt"}
    assert "4 documents added" in bare_window.messages.words.text()
    assert not [w for w in QApplication.topLevelWidgets() if w.isModal() and w.isVisible()]
    qtbot.mouseClick(bare_window.messages.button, Qt.MouseButton.LeftButton)
    results = bare_window.findChild(ImportResults)
    assert results is not None
    assert {results.model.row(n).file for n in range(2)} == {"empty.txt", "noise.txt"}
    results.close()
    documents = bare_window.show_pane("documents")
    qtbot.waitUntil(lambda: documents.table_model.rowCount() == 4)  # type: ignore[attr-defined]


def test_importing_again_adds_nothing(bare_window: MainWindow, tmp_path: Path, files: list[Path], qtbot: QtBot) -> None:
    bare_window.set_library(Library.create(tmp_path / "library"))
    for _ in range(2):
        with qtbot.waitSignal(bare_window.importing.finished, timeout=60_000):
            bare_window.import_paths(files)
    assert bare_window.library is not None
    assert bare_window.library.counts()["documents"] == 4
    assert "4 already here" in bare_window.messages.words.text()


def test_closing_the_window_ends_the_import(
    bare_window: MainWindow, tmp_path: Path, files: list[Path], qtbot: QtBot
) -> None:
    bare_window.set_library(Library.create(tmp_path / "library"))
    bare_window.import_paths(files)
    bare_window.close()
    assert not bare_window.importing.running
    Library.open(tmp_path / "library").close()


def test_without_a_library_a_drop_is_explained(bare_window: MainWindow, files: list[Path]) -> None:
    drop(bare_window, files)
    assert "library first" in bare_window.messages.words.text()


def test_a_metadata_table_among_the_files_is_recognised(
    bare_window: MainWindow, tmp_path: Path, files: list[Path], qtbot: QtBot
) -> None:
    table = tmp_path / "in" / "metadata.csv"
    table.write_text("file,published,outlet\ngood0.txt,2031-05-06,Harbour Post\n", "utf-8")
    bare_window.set_library(Library.create(tmp_path / "library"))
    with qtbot.waitSignal(bare_window.importing.finished, timeout=60_000):
        bare_window.import_paths([tmp_path / "in"])
    assert bare_window.library is not None
    found = {d.file: d for d in bare_window.library.documents(bare_window.library.document_ids())}
    assert found["good0.txt"].outlet == "Harbour Post"
    assert set(found) == {"good0.txt", "good1.txt", "good2.txt", "good3.txt"}


def test_the_dialog_takes_files_and_finds_their_table(
    bare_window: MainWindow, tmp_path: Path, files: list[Path], qtbot: QtBot
) -> None:
    (tmp_path / "in" / "metadata.csv").write_text("file,outlet\n", "utf-8")
    dialog = ImportDialog(bare_window.theme, bare_window)
    dialog.add([tmp_path / "in"])
    assert dialog.metadata.text().endswith("metadata.csv")
    with qtbot.waitSignal(dialog.import_requested) as asked:
        dialog.chief.click()
    assert asked.args == [[tmp_path / "in"], tmp_path / "in" / "metadata.csv", False]


def test_the_summary_counts_what_became_of_the_files() -> None:
    rows = [
        Progress("a", 1, "added", published="2031", statements=2), Progress("b", 2, "added", statements=1),
        Progress("c", None, "failed", problem="empty"), Progress("d", 1, "duplicate", duplicate_of=1),
    ]  # fmt: skip
    words = summary(rows)
    assert (
        words == "2 documents added, 1 already here, 1 could not be read. 3 statements found, 1 document has no date."
    )


def test_what_an_ended_import_could_not_do_any_more_is_done_at_the_next_opening(
    bare_window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    """Two outlets print the same words; the import was ended before it held its statements against each other."""
    words = "Nobody will build a second bridge beside the old mill before the harvest has been counted"
    day = When(date(2031, 3, 4), date(2031, 3, 4))
    for outlet in ("Orm Gazette", "Ostland Mail"):
        text = f"“{words},” Mira Olanda said, the {outlet} was told."
        found = FoundStatement("direct", (Span(1, 1 + len(words)),), actor="Mira Olanda", when=day, utterance=1)
        extraction = Extraction((found,), (FoundActor("Mira Olanda", "person"),))
        file_article(library.store, Article(text, outlet, outlet, published=day), extraction, file=outlet)
    with qtbot.waitSignal(bare_window.library_changed, timeout=60_000):
        bare_window.set_library(library)
    assert not library.unjoined
    assert library.utterance_of(5).statements == (5, 6)


def test_a_library_that_can_only_be_read_says_so_and_no_act_changes_it(
    bare_window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.close()
    path = library.path / DATABASE
    path.chmod(0o444)
    library.path.chmod(0o555)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write everywhere")
    try:
        bare_window.set_library(Library.open(library.path))
        assert "opened for reading" in bare_window.messages.words.text()
        assert "read-only" in bare_window.status.library.text()
        pane = bare_window.show_pane("documents")
        assert isinstance(pane, DocumentsPane)
        qtbot.waitUntil(lambda: len(pane.table_model.ids) == 2)
        pane.table.selectAll()
        bare_window.run("document.delete")
        assert bare_window.library is not None and bare_window.library.counts()["documents"] == 2
        assert "cannot be written" in bare_window.messages.words.text()
        bare_window.close_library()
    finally:
        library.path.chmod(0o755)
        path.chmod(0o644)
