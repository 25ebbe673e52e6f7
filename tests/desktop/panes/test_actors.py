"""Actors: their card, renaming, merging, splitting; nothing is merged without a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dialogs.actor_dialogs import MergeActors, RenameActor, SplitActor
from desktop.dialogs.merge_groups import MergeGroups
from desktop.models.rows import IdRole, PlaceRole
from desktop.panes.actors import ActorsPane
from desktop.window import MainWindow
from index.library import Library


@pytest.fixture
def pane(bare_window: MainWindow, library: Library, qtbot: QtBot) -> ActorsPane:
    """The actors of the river library."""
    bare_window.set_library(library)
    made = bare_window.show_pane("actors")
    assert isinstance(made, ActorsPane)
    qtbot.waitUntil(lambda: made.statements_model.rowCount() == 3)
    return made


def actor_ids(library: Library) -> dict[str, int]:
    return {actor.name: actor.id for actor in library.actors()}


def test_the_card_shows_names_roles_and_statements(pane: ActorsPane, library: Library, shown: Callable[..., list[Any]]) -> None:
    from PySide6.QtWidgets import QLabel

    assert pane.name.text() == "Mira Olanda"
    words = " ".join(w.text() for w in shown(pane, QLabel))
    assert "Olanda" in words
    assert "foreign minister of Westria" in words
    assert "1 undated" in words or "2 undated" in words
    assert {library.statement(i).actor for i in pane.statements_model.ids} == {"Mira Olanda"}


def test_typing_finds_an_actor_and_shows_the_card(pane: ActorsPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.filter, "reck")
    qtbot.waitUntil(lambda: pane.name.text() == "Tovan Reck")


def test_a_name_that_nobody_has_says_so_and_escape_shows_all_again(pane: ActorsPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.filter, "zzz")
    assert pane.none.isVisible() and not pane.list.isVisible()
    qtbot.keyClick(pane.filter, Qt.Key.Key_Escape)
    assert pane.filter.text() == "" and pane.list.isVisible() and not pane.none.isVisible()
    pane.filter.setFocus()
    qtbot.keyClick(pane.filter, Qt.Key.Key_Down)
    assert pane.focusWidget() is pane.list


def test_renaming_keeps_the_old_name(bare_window: MainWindow, pane: ActorsPane, library: Library) -> None:
    bare_window.run("actor.rename")
    dialog = bare_window.findChild(RenameActor)
    assert dialog is not None
    dialog.name.setText("Mira Olanda-Voss")
    dialog.kind.setCurrentIndex(dialog.kind.findData("group"))
    dialog._save()
    found = library.actor(actor_ids(library)["Mira Olanda-Voss"])
    assert found.kind == "group"
    assert "Mira Olanda" in found.aliases
    bare_window.run("undo")
    assert "Mira Olanda" in actor_ids(library)


def test_merging_moves_all_statements_and_undo_parts_them_again(
    bare_window: MainWindow, pane: ActorsPane, library: Library
) -> None:
    ids = actor_ids(library)
    bare_window.run("actor.merge")
    dialog = bare_window.findChild(MergeActors)
    assert dialog is not None
    assert not dialog.chief.isEnabled()
    dialog.list.choose(dialog.model.place(ids["Tovan Reck"]))
    assert dialog.chief.isEnabled()
    dialog._merge()
    assert set(actor_ids(library)) == {"Mira Olanda"}
    assert len(library.statement_ids(actor_id=ids["Mira Olanda"])) == 4
    bare_window.run("undo")
    assert set(actor_ids(library)) == {"Mira Olanda", "Tovan Reck"}


def test_merging_an_office_with_its_holder_is_warned_about(bare_window: MainWindow, pane: ActorsPane, library: Library) -> None:
    library.correct_statement(library.statement_ids()[1], actor="the Prime Minister's office")
    library.change_actor(actor_ids(library)["the Prime Minister's office"], kind="organisation")
    bare_window.run("actor.merge")
    dialog = bare_window.findChild(MergeActors)
    assert dialog is not None
    dialog.list.choose(dialog.model.place(actor_ids(library)["the Prime Minister's office"]))
    assert dialog.warning.isVisible()
    assert "office" in dialog.warning.text()
    assert dialog.chief.text() == "Merge nevertheless"
    dialog.reject()


def test_splitting_gives_ticked_statements_to_a_new_actor(
    bare_window: MainWindow, pane: ActorsPane, library: Library, qtbot: QtBot
) -> None:
    pane.statements.choose(0)
    (moved,) = pane.selected_statements()
    bare_window.run("actor.split")
    dialog = bare_window.findChild(SplitActor)
    assert dialog is not None
    dialog._split()
    assert dialog.trouble.isVisible()
    dialog.name.setText("Mira Olanda the younger")
    dialog._split()
    assert library.statement(moved).actor == "Mira Olanda the younger"
    assert len(library.statement_ids(actor_id=actor_ids(library)["Mira Olanda"])) == 2


def test_several_chosen_actors_are_merged_in_one_act(
    bare_window: MainWindow, pane: ActorsPane, library: Library, qtbot: QtBot
) -> None:
    library.correct_statement(library.statement_ids()[1], actor="M. Olanda")
    qtbot.waitUntil(lambda: pane.list_model.rowCount() == 3)
    pane.show_actor(actor_ids(library)["Mira Olanda"])
    pane.list.selectAll()
    bare_window.run("actor.merge")
    dialog = bare_window.findChild(MergeActors)
    assert dialog is not None and len(dialog.list.selected_ids()) == 2
    dialog._merge()
    assert set(actor_ids(library)) == {"Mira Olanda"}
    bare_window.run("undo")
    assert len(actor_ids(library)) == 3


def test_the_list_says_where_actors_of_one_name_speak(
    bare_window: MainWindow, pane: ActorsPane, library: Library, qtbot: QtBot
) -> None:
    ids = actor_ids(library)
    assert {pane.list_model.index(n).data(PlaceRole) for n in range(pane.list_model.rowCount())} == {""}
    library.change_actor(ids["Tovan Reck"], name="Mira Olanda")
    qtbot.waitUntil(lambda: bool(pane.list_model.index(0).data(PlaceRole)))
    places = library.actor_places(library.actors())
    for row in range(2):
        index = pane.list_model.index(row)
        assert index.data(PlaceRole) == places[index.data(IdRole)]
        assert index.data(PlaceRole) in index.data(Qt.ItemDataRole.AccessibleTextRole)
    pane.list.grab()


def test_the_card_leads_to_the_group_of_its_actor(
    bare_window: MainWindow, pane: ActorsPane, library: Library, qtbot: QtBot
) -> None:
    library.correct_statement(library.statement_ids()[1], actor="M. Olanda")
    qtbot.waitUntil(lambda: len(pane._groups) == 1)
    pane._review_proposals(actor_ids(library)["M. Olanda"])
    dialog = bare_window.findChild(MergeGroups)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.kept.text() == "Mira Olanda")
    dialog.reject()


def test_enter_on_a_statement_opens_the_reader_there(bare_window: MainWindow, pane: ActorsPane, qtbot: QtBot) -> None:
    wanted = pane.statements_model.ids[1]
    pane.statements.opened(1)
    reader = bare_window.panes["reader"]
    qtbot.waitUntil(lambda: reader.selected_statements() == [wanted])
