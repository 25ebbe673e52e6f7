"""Both themes: every word can be read, nothing is named that isn't there, every icon draws something."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtGui import QColor

from desktop.icons import ICONS
from desktop.theme import MARKS, THEMES, Theme, contrast, read_theme, theme_files

NAMES = [path.stem for path in theme_files()]
GROUNDS = ("window", "rail", "base", "raised", "sunken", "hover")
PAIRS = [
    *((words, ground) for words in ("text", "muted") for ground in GROUNDS),
    *(
        (words, ground)
        for words in ("link", "accent", "danger", "warning", "good")
        for ground in ("base", "raised", "window")
    ),
    ("on_soft", "soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_tooltip", "tooltip"),
    ("text", "info_ground"),
    ("text", "warning_ground"),
    ("text", "danger_ground"),
    *(("text", f"{mark}{strong}") for mark in MARKS for strong in ("", "_strong")),
    ("text", "found"),
    ("text", "found_current"),
    *((f"{change}_text", change) for change in ("add", "delete", "edit", "move")),
    *((f"{change}_text", "base") for change in ("add", "delete", "edit", "move")),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(name: str, words: str, ground: str) -> None:
    colours = read_theme(name)[1]
    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_marks_differ_from_the_ground_and_from_each_other(name: str) -> None:
    colours = read_theme(name)[1]
    strong = [colours[f"{mark}_strong"] for mark in MARKS] + [colours["base"]]
    for one, other in itertools.combinations(strong, 2):
        a, b = QColor(one), QColor(other)
        assert abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) > 40


@pytest.mark.parametrize("name", NAMES)
def test_actors_stand_out_from_the_page_and_have_shapes_of_their_own(name: str) -> None:
    _, colours, actors, shapes = read_theme(name)
    assert len(actors) == len(shapes) == len(set(actors)) == len(set(shapes)) >= 7
    assert all(contrast(actor, colours["base"]) >= 2.8 for actor in actors)


def test_both_themes_name_the_same_colours() -> None:
    assert {"light", "dark"} <= set(NAMES)
    assert len({frozenset(read_theme(name)[1]) for name in NAMES}) == 1


def test_the_style_sheet_names_only_colours_that_there_are() -> None:
    text = (THEMES / "style.qss").read_text("utf-8")
    named = set(re.findall(r"@([a-z_]+)", text)) - {"pt"}
    assert named <= set(read_theme("light")[1])
    for picture in re.findall(r"url\(theme:([a-z.]+)\)", text):
        assert all((THEMES / name / picture).is_file() for name in NAMES)


def test_the_program_follows_the_setting(theme: Theme) -> None:
    theme.settings["theme"] = "dark"
    theme.refresh()
    assert theme.is_dark
    assert theme["base"].lightnessF() < 0.3
    theme.settings["theme"] = "light"
    theme.refresh()
    assert not theme.is_dark


def test_the_size_of_words_follows_the_setting(theme: Theme) -> None:
    before = theme.font().pointSizeF()
    theme.settings["text_size"] = 150
    assert theme.font().pointSizeF() == pytest.approx(before * 1.5)


@pytest.mark.parametrize("icon", sorted(path.stem for path in ICONS.glob("*.svg")))
def test_an_icon_draws_something_in_the_colour_asked_for(theme: Theme, icon: str) -> None:
    picture = theme.icons.pixmap(icon, 24, 2.0, "danger").toImage()
    inked = [picture.pixelColor(x, y) for x in range(48) for y in range(48) if picture.pixelColor(x, y).alpha() > 200]
    assert len(inked) > 20
    if icon != "standpoint":
        assert any(abs(colour.red() - theme["danger"].red()) < 12 for colour in inked)
