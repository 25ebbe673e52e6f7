"""The tables of actions and menus agree with each other, and the palette finds what is meant."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from desktop.actions import ACTIONS, MENUS, SEPARATOR, Menu, with_letters
from desktop.dialogs.command_palette import likeness
from desktop.icons import ICONS
from desktop.window import PANES

IDS = [row.id for row in ACTIONS]


def ids_in(entries: tuple[str | Menu, ...]) -> list[str]:
    found: list[str] = []
    for entry in entries:
        if isinstance(entry, tuple):
            found += ids_in(entry[1])
        elif entry != SEPARATOR:
            found.append(entry)
    return found


def test_ids_are_unique_and_every_icon_is_there() -> None:
    assert len(IDS) == len(set(IDS))
    assert all((ICONS / f"{row.icon}.svg").is_file() for row in [*ACTIONS, *PANES] if row.icon)


def test_menus_name_only_actions_that_there_are() -> None:
    named = [name for _, entries in MENUS for name in ids_in(entries)]
    assert set(named) <= {*IDS, "recent", "panes"}


def test_every_action_is_reached_by_a_menu_a_key_or_both() -> None:
    named = {name for _, entries in MENUS for name in ids_in(entries)}
    only_by_palette = {"import.stop"}  # it has a button beside the progress
    assert [row.id for row in ACTIONS if row.id not in named | only_by_palette and not row.shortcut] == []


def test_no_key_means_two_things() -> None:
    keys = [key for row in ACTIONS for key in row.shortcut.split("|") if key] + [
        f"Ctrl+{n + 1}" for n in range(len(PANES))
    ]
    assert all(not QKeySequence(key).isEmpty() for key in keys)
    assert len(keys) == len(set(keys))


def test_the_palette_ranks_beginnings_before_the_middle() -> None:
    assert likeness("imp", "Import files") > likeness("imp", "Simple") > likeness("imp", "In my place") > 0
    assert likeness("files imp", "Import files") > 0
    assert likeness("xyz", "Import files") == 0


def test_every_menu_has_a_letter_of_its_own() -> None:
    titles = with_letters(["File", "Find", "Fi", "Edit"])
    assert titles == ["&File", "F&ind", "Fi", "&Edit"]
    letters = [title[title.index("&") + 1].casefold() for title in with_letters([title for title, _ in MENUS])]
    assert len(set(letters)) == len(MENUS)
