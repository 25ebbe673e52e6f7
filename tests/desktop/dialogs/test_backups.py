"""Backups in the window: one is made and put back, and what was there in between is a backup, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.backups import Backups
from desktop.library_acts import offer_backups
from desktop.window import MainWindow
from index.library import Library


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups go to a folder of the test's own."""
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "data"))


def test_a_backup_is_made_and_put_back(bare_window: MainWindow, library: Library, qtbot: QtBot) -> None:
    bare_window.set_library(library)
    before = library.counts()
    bare_window.run("library.backups")
    dialog = bare_window.findChild(Backups)
    assert dialog is not None
    qtbot.waitUntil(dialog.none.isVisible)
    assert not dialog.back.isEnabled()
    dialog.chief.click()
    qtbot.waitUntil(dialog.back.isEnabled)
    assert [row.reason for row in dialog.model.rows] == ["by-hand"]
    assert dialog.model.index(0, 1).data() == "Made by hand"
    with library.edit("Delete documents"):
        library.delete_documents(library.document_ids())
    assert library.counts()["documents"] == 0
    dialog.back.click()
    qtbot.waitUntil(lambda: bare_window.library is not None and bare_window.library is not library)
    restored = bare_window.library
    assert "put back" in bare_window.messages.words.text()
    assert restored is not None and restored.path == library.path
    assert restored.counts() == before
    assert sorted(found.reason for found in restored.backups()) == ["before-restore", "by-hand"]


def test_what_cannot_be_backed_up_says_so(
    bare_window: MainWindow, library: Library, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "file"))
    dialog = Backups(library, bare_window.theme, bare_window)
    dialog.open()
    qtbot.waitUntil(dialog.none.isVisible)
    dialog.chief.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.chief.isEnabled()
    assert all(made.accessibleName() or made.text() for made in dialog.findChildren(QPushButton))
    dialog.close()


def test_a_damaged_library_leads_to_its_backups(bare_window: MainWindow, library: Library, qtbot: QtBot) -> None:
    library.back_up()
    path, before = library.path, library.counts()
    library.close()
    for part in ("-wal", "-shm"):
        Path(f"{path / 'library.standpoint'}{part}").unlink(missing_ok=True)
    (path / "library.standpoint").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    bare_window.open_library(path)
    qtbot.waitUntil(lambda: bare_window.messages.button.text() == "Backups")
    bare_window.messages.button.click()
    dialog = bare_window.findChild(Backups)
    assert dialog is not None and not dialog.chief.isVisible()
    qtbot.waitUntil(lambda: bool(dialog.model.rows))
    dialog.table.selectRow(0)
    dialog.back.click()
    qtbot.waitUntil(lambda: bare_window.library is not None)
    assert bare_window.library is not None and bare_window.library.counts() == before
    assert list(path.glob("*.damaged-*"))


def test_backups_that_cannot_be_listed_are_not_said_to_be_none(
    bare_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.jobs.engine_command", lambda: [str(tmp_path / "no-such-program")])
    offer_backups(bare_window, tmp_path)
    dialog = bare_window.findChild(Backups)
    assert dialog is not None
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert not dialog.none.isVisible()
    dialog.close()
