"""Dialogs: what they ask is what is done, and nothing is loaded or opened behind the user's back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.about import About
from desktop.dialogs.check import Check
from desktop.dialogs.export_dialog import FORMATS, ExportDialog, Offer
from desktop.dialogs.help_viewer import HELP, HelpViewer, SafeBrowser, pages
from desktop.dialogs.import_dialog import ImportDialog
from desktop.dialogs.keys import Keys
from desktop.dialogs.new_library import NewLibrary, folder_name
from desktop.dialogs.settings_dialog import SettingsDialog
from desktop.pages import PANES
from desktop.panes.pane import Pane
from desktop.paths import profile_paths
from desktop.settings import FIELDS, Settings
from desktop.theme import Theme
from desktop.window import MainWindow
from index import __version__
from index.export import FORMATS as ENGINE_FORMATS
from index.library import Library


def test_every_page_has_its_help_and_every_link_leads_to_a_page(theme: Theme) -> None:
    names = {name for name, _ in pages()}
    classes: list[type[Pane]] = [row.make() for row in PANES]
    assert {pane.help_page for pane in classes} <= names
    for path in HELP.glob("*.md"):
        document = QTextDocument()
        document.setMarkdown(path.read_text("utf-8"))
        block = document.begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                link = iterator.fragment().charFormat().anchorHref()
                assert not link or link.removesuffix(".md") in names, f"{path.name} links to {link}"
                iterator += 1
            block = block.next()


def test_the_help_opens_at_the_page_of_the_pane_and_follows_links_inside(theme: Theme, qtbot: QtBot) -> None:
    viewer = HelpViewer(theme, None)
    qtbot.addWidget(viewer)
    viewer.choose("search")
    assert viewer.browser.toPlainText().startswith("Search")
    viewer._follow(QUrl("actors.md"))
    assert viewer.list.currentItem().text() == "Actors"
    viewer._follow(QUrl("file:///etc/hostname"))
    viewer._follow(QUrl("../../pyproject.toml"))
    assert viewer.list.currentItem().text() == "Actors"


def test_the_help_browser_loads_nothing(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    browser = SafeBrowser(theme)
    qtbot.addWidget(browser)
    browser.show_text(f"# Title\n\n![x]({QUrl.fromLocalFile(str(tmp_path / 'secret.txt')).toString()}) <b>bold</b> text")
    assert browser.loadResource(2, QUrl.fromLocalFile(str(tmp_path / "secret.txt"))).isEmpty()
    assert "secret" not in browser.toPlainText()
    assert not browser.openLinks()
    assert not browser.openExternalLinks()


def test_a_library_gets_a_folder_that_every_system_takes(theme: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    assert folder_name("Fish / Chips: 2022?") == "Fish Chips 2022"
    assert folder_name("con") == "con library"
    assert folder_name(" ... ") == ""
    dialog = NewLibrary(tmp_path, theme, None)
    qtbot.addWidget(dialog)
    assert not dialog.chief.isEnabled()
    dialog.name.setText("River treaty")
    assert dialog.chief.isEnabled()
    with qtbot.waitSignal(dialog.create_requested) as asked:
        dialog._create()
    assert asked.args == [tmp_path / "River treaty"]


def test_a_name_that_is_taken_is_refused_before_anything_is_made(theme: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "River treaty").mkdir()
    dialog = NewLibrary(tmp_path, theme, None)
    qtbot.addWidget(dialog)
    dialog.name.setText("River treaty")
    assert not dialog.chief.isEnabled()
    assert "already" in dialog.result_words.text()


def test_the_export_offers_what_the_engine_can_and_writes_all_statements(
    theme: Theme, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    assert {kind for kind, _, _ in FORMATS} == set(ENGINE_FORMATS)
    dialog = ExportDialog(library, (), theme, None)
    with qtbot.waitSignal(dialog.told) as told:
        dialog.write("csv", tmp_path / "out.csv")
    assert told.args[0] == "4 statements written to out.csv."
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert sum("Mira Olanda" in row for row in rows) >= 3


def test_an_export_that_cannot_be_written_says_so_and_stays_open(
    theme: Theme, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ExportDialog(library, (), theme, None)
    qtbot.addWidget(dialog)
    dialog.show()
    (tmp_path / "file").write_text("no folder", "utf-8")
    dialog.write("csv", tmp_path / "file" / "out.csv")
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.chief.isEnabled()


def test_an_export_writes_what_was_chosen_of_what_is_offered(
    theme: Theme, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    ids = library.statement_ids()[:2]
    dialog = ExportDialog(library, [Offer("2 selected statements", "two", lambda: ids)], theme, None)
    assert [made.isChecked() for _, made in dialog.offers] == [True, False]
    with qtbot.waitSignal(dialog.told) as told:
        dialog.write("md", tmp_path / "two.md")
    assert told.args[0] == "2 statements written to two.md."
    assert (tmp_path / "two.md").read_text("utf-8").startswith(f"# {library.name}: two")


def test_typing_a_query_chooses_the_statements_that_it_finds(
    theme: Theme, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ExportDialog(library, [Offer("2 selected statements", "two", lambda: [1, 2])], theme, None)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.query, "river")
    assert [made.isChecked() for _, made in dialog.offers] == [False, True]


def test_settings_take_effect_at_once(theme: Theme, settings: Settings, qtbot: QtBot) -> None:
    dialog = SettingsDialog(settings, theme, None)
    qtbot.addWidget(dialog)
    assert set(dialog.fields) == {field.key for field in FIELDS if field.label}
    box = dialog.fields["theme"]
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert settings["theme"] == "dark"
    assert theme.is_dark


def test_the_check_says_that_all_is_in_order(theme: Theme, library: Library, qtbot: QtBot) -> None:
    dialog = Check(library, theme, None)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "in order" in dialog.words.text())


def test_the_about_page_says_version_and_network(theme: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = About(theme, profile_paths(tmp_path), None)
    qtbot.addWidget(dialog)
    words = [made.text() for made in dialog.findChildren(QLabel)]
    assert __version__ in words
    assert any("never connects" in text for text in words)


def test_all_keys_are_listed(bare_window: MainWindow, qtbot: QtBot) -> None:
    dialog = Keys(bare_window.acts, bare_window.theme, bare_window)
    words = " ".join(made.text() for made in dialog.findChildren(QLabel))
    for part in ("Ctrl+Shift+P", "Ctrl+Z", "F6", "Alt+Down"):
        assert part in words
    dialog.close()


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize(
    "act", ["library.new", "settings", "about", "help.keys", "export", "history", "import.rules", "import.watch"]
)
def test_no_dialog_clips_its_words_at_any_size(window: MainWindow, qtbot: QtBot, act: str, size: int) -> None:
    window.settings["text_size"] = size
    window.theme.refresh()
    window.run(act)
    (dialog,) = [made for made in window.findChildren(QDialog) if made.isVisible()]
    qtbot.wait(30)
    for made in dialog.findChildren(QLabel):
        if made.isVisible() and made.text():
            words = " " in made.text()  # a path without a space cannot be wrapped
            needed = made.heightForWidth(made.width()) if made.wordWrap() and words else made.fontMetrics().height()
            assert made.height() >= needed - 2, made.text()
            assert made.wordWrap() or made.width() >= made.sizeHint().width() - 2, made.text()
    dialog.close()


def test_a_path_is_taken_off_the_list_of_an_import_by_a_button_or_a_key(theme: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ImportDialog(theme, None)
    qtbot.addWidget(dialog)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("words", "utf-8")
    dialog.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert not dialog.remove.isEnabled()
    dialog.paths.setCurrentRow(0)
    dialog.remove.click()
    assert dialog.paths.texts() == [str(tmp_path / "b.txt")] and dialog.chief.isEnabled()
    dialog.paths.setCurrentRow(0)
    qtbot.keyClick(dialog.paths, Qt.Key.Key_Delete)
    assert dialog.paths.texts() == [] and not dialog.chief.isEnabled() and not dialog.remove.isEnabled()
