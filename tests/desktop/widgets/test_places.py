"""Places in texts: the engine's code points and Qt's UTF-16 units agree, whatever characters there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.places import Places, find, shown
from index.model import Span


def test_characters_beyond_the_basic_plane_count_two_units() -> None:
    places = Places("a😀b𝄞c")
    assert [places.units(n) for n in range(6)] == [0, 1, 3, 4, 6, 7]
    assert [places.point(n) for n in (0, 1, 3, 4, 6, 7)] == [0, 1, 2, 3, 4, 5]


def test_a_unit_inside_a_character_is_the_character_itself() -> None:
    assert Places("a😀b").point(2) == 1


def test_places_outside_the_text_are_moved_to_its_ends() -> None:
    places = Places("😀😀")
    assert (places.units(-3), places.units(99)) == (0, 4)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_place_of_any_text_comes_back(text: str) -> None:
    places = Places(text)
    for point in range(len(text) + 1):
        assert places.units(point) == len(text[:point].encode("utf-16-le")) // 2
        assert places.point(places.units(point)) == point


@given(st.text(max_size=60))
def test_what_is_shown_is_as_long_as_the_text(text: str) -> None:
    assert len(shown(text)) == len(text)
    assert len(shown(text).encode("utf-16-le", "surrogatepass")) == len(text.encode("utf-16-le", "surrogatepass"))


def test_controls_of_writing_direction_are_shown_as_boxes() -> None:
    assert shown("said \u202eevil") == "said ▯evil"


def test_finding_takes_curly_and_straight_marks_as_equal() -> None:
    text = "He said: “It’s over.” Then:\nit's  over"
    assert [span.of(text) for span in find(text, "it's over")] == ["It’s over", "it's  over"]


def test_finding_nothing_finds_nothing() -> None:
    assert find("abc", "  ") == []
    assert find("a.c", "abc") == []
    assert find("x (y) z", "(y)") == [Span(2, 5)]
