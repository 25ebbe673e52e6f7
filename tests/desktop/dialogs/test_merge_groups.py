"""Possible duplicates: a group is merged, kept apart and undone from the keyboard; nothing happens without a tick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.merge_groups import SHOWN, MemberRow, MergeGroups
from desktop.theme import Theme
from index.ingest.filing import file_article
from index.library import Library
from index.model import Actor, Article, Extraction, FoundActor, FoundStatement, MergeMember, Span

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NAMES = ("Mira Olanda", "Olanda", "Olanda", "Olanda", "Teo Reck", "Reck")


@pytest.fixture
def surnames(tmp_path: Path) -> Iterator[Library]:
    """Two full names, and their surnames alone in other documents."""
    with Library.create(tmp_path / "surnames") as made:
        file_names(made, *NAMES)
        yield made


@pytest.fixture
def dialog(surnames: Library, theme: Theme, qtbot: QtBot) -> MergeGroups:
    """The dialog with two groups."""
    made = MergeGroups(surnames, None, theme, None)
    made.show()
    qtbot.waitUntil(lambda: made.list.count() == 2)
    return made


def file_names(library: Library, *names: str) -> None:
    """A document for each name, in which that actor says a word."""
    for number, name in enumerate(names):
        text = f"{name} said the river is open on day {number}."
        statement = FoundStatement("indirect", (Span(text.index("the"), len(text) - 1),), actor=name)
        extraction = Extraction((statement,), (FoundActor(name, "person"),))
        file_article(library.store, Article(text, title=f"Day {number}"), extraction, file=f"{number}.txt")


@pytest.fixture
def words(shown: Callable[..., list[QLabel]]) -> Callable[[MergeGroups], str]:
    """What can be read in the dialog."""
    return lambda dialog: "\n".join(part.text() for part in shown(dialog, QLabel))


def test_a_group_shows_every_name_with_its_document_and_words(dialog: MergeGroups, words: Callable[[MergeGroups], str]) -> None:
    assert dialog.kept.text() == "Mira Olanda"
    assert len(dialog.ticked()) == 3
    for number in range(4):
        assert f"Day {number}" in words(dialog) and f"open on day {number}" in words(dialog)
    assert "4 names · 4 statements" in dialog.list.item(0).text()
    dialog.close()


def test_ticked_names_are_merged_in_one_act_and_undone_by_key(dialog: MergeGroups, surnames: Library, qtbot: QtBot) -> None:
    dialog._rows[0].tick.setFocus()
    qtbot.keyClick(dialog._rows[0].tick, Qt.Key.Key_Space)
    assert len(dialog.ticked()) == 2 and "(2)" in dialog.merge.text()
    with qtbot.waitSignal(dialog.told) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert told.args == ["2 names merged into “Mira Olanda”.", "undo"]
    qtbot.waitUntil(lambda: len(dialog._rows) == 1)
    assert len(surnames.actors()) == 4
    qtbot.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(dialog._rows) == 3)
    assert len(surnames.actors()) == 6 and not dialog.undo.isEnabled()
    dialog.close()


def test_names_that_are_not_the_same_are_not_proposed_again(dialog: MergeGroups, surnames: Library, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Down, ALT)
    assert dialog.kept.text() == "Teo Reck"
    qtbot.keyClick(dialog, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert len(surnames.actors()) == 6
    assert [group.keep.actor.name for group in surnames.merge_groups()] == ["Mira Olanda"]
    dialog.close()


def test_all_are_ticked_or_none_by_key_and_without_a_tick_nothing_merges(dialog: MergeGroups, qtbot: QtBot) -> None:
    both = CTRL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(dialog, Qt.Key.Key_A, both)
    assert dialog.ticked() == [] and not dialog.merge.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_A, both)
    assert len(dialog.ticked()) == 3
    dialog.close()


def test_when_all_is_decided_the_dialog_says_so(dialog: MergeGroups, surnames: Library, qtbot: QtBot) -> None:
    for left in (1, 0):
        qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda left=left: dialog.list.count() == left)
    assert {actor.name for actor in surnames.actors()} == {"Mira Olanda", "Teo Reck"}
    assert "Nothing is left" in dialog.kept.text() and not dialog.merge.isEnabled() and not dialog.apart.isEnabled()
    dialog.close()


def test_a_crowded_group_is_decided_in_portions(
    surnames: Library, theme: Theme, qtbot: QtBot, words: Callable[[MergeGroups], str]
) -> None:
    file_names(surnames, *["Olanda"] * SHOWN)
    dialog = MergeGroups(surnames, None, theme, None)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog._rows) == SHOWN)
    assert "3 more follow" in words(dialog)
    dialog._merge()
    qtbot.waitUntil(lambda: len(dialog._rows) == 3)
    dialog.close()


def test_a_warned_of_or_unlikely_name_is_not_ticked_and_the_warning_is_read(theme: Theme, qtbot: QtBot) -> None:
    warned = MemberRow(MergeMember(Actor(1, "the Minister"), 0.9, "the same name", "office-and-holder"), None, True)
    unlikely = MemberRow(MergeMember(Actor(1, "Reck"), 0.7, "the same name"), None, True)
    for row in (warned, unlikely):
        qtbot.addWidget(row)
        assert not row.tick.isChecked()
    assert any("Offices change hands" in part.text() for part in warned.findChildren(QLabel))


@pytest.mark.parametrize("size", [100, 200])
def test_no_words_of_a_group_are_clipped_at_any_size(surnames: Library, theme: Theme, qtbot: QtBot, size: int) -> None:
    theme.settings["text_size"] = size
    theme.refresh()
    dialog = MergeGroups(surnames, None, theme, None)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog._rows) == 3)
    qtbot.wait(30)
    for made in dialog.findChildren(QLabel):
        if made.isVisible() and made.text():
            needed = made.heightForWidth(made.width()) if made.wordWrap() else made.fontMetrics().height()
            assert made.height() >= needed - 2, made.text()
    dialog.close()
