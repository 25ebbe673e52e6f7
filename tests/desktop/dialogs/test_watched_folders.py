"""Watched folders: added, looked at, removed; what is new comes in, and nothing comes in twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.dialogs.watched_folders import WatchedFolders
from desktop.window import MainWindow
from index.library import Library


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "data"))


def look(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window)
    with qtbot.waitSignal(window.importing.finished, timeout=60_000):
        dialog.chief.click()
    qtbot.waitUntil(lambda: not window.importing.running)


def opened(window: MainWindow) -> WatchedFolders:
    window.run("import.watch")
    (dialog,) = [made for made in window.findChildren(WatchedFolders) if made.isVisible()]
    return dialog


def test_looking_imports_what_is_new_and_nothing_twice(bare_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "one.txt").write_text("“Lock one opens at dawn,” said Mira Olanda on 4 March 2021.", "utf-8")
    library = Library.create(tmp_path / "library")
    bare_window.set_library(library)
    dialog = opened(bare_window)
    assert not dialog.chief.isEnabled()
    dialog.add(folder)
    assert dialog.list.item(0).text() == str(folder)
    assert library.watched_folders() == [folder]
    dialog.accept()
    look(bare_window, qtbot)
    assert library.counts()["documents"] == 1
    look(bare_window, qtbot)
    assert bare_window.importing.rows == []
    assert bare_window.messages.words.text() == "Nothing new was found."
    (folder / "two.txt").write_text("“Lock two stays closed,” said Tovan Reck on 5 March 2021.", "utf-8")
    look(bare_window, qtbot)
    assert [row.file for row in bare_window.importing.rows] == ["two.txt"]
    assert library.counts()["documents"] == 2


def test_a_folder_that_is_away_is_told_and_a_removed_one_is_watched_no_longer(
    bare_window: MainWindow, library: Library, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    library.watch_folder(gone)
    gone.rmdir()
    bare_window.set_library(library)
    dialog = opened(bare_window)
    assert dialog.away.isVisible()
    assert not dialog.remove.isEnabled()
    dialog.list.selectAll()
    dialog.remove.click()
    assert library.watched_folders() == []
    assert not dialog.away.isVisible()
    assert not dialog.chief.isEnabled()
    dialog.close()
