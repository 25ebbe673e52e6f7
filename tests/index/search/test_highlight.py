"""The words that matched are marked where they stand, phrases only where they stand whole."""

from __future__ import annotations

import random
import time

import pytest

from index.model import Span
from index.search import highlight
from index.search.highlight import Sought, marks, snippet

ONE, TWO, THREE = frozenset({"one"}), frozenset({"two", "twos"}), frozenset({"three"})


def marked(text: str, *sought: Sought) -> list[str]:
    """The marked pieces."""
    return [span.of(text) for span in marks(text, sought)]


def test_a_word_is_marked_in_every_form_but_not_inside_another() -> None:
    assert marked("One, ones; TWOS two-one", Sought((ONE,)), Sought((TWO,))) == ["One", "TWOS", "two", "one"]


def test_a_phrase_is_marked_only_where_it_stands_whole() -> None:
    text = "two one; one “two” and one and two"
    assert marked(text, Sought((ONE, TWO))) == ["one “two"]
    assert marked("oné twö and öne", Sought((ONE, TWO))) == ["oné twö"]


def test_words_near_each_other_are_marked_and_far_ones_not() -> None:
    text = "two x x one x x x x x x x one"
    assert marked(text, Sought((ONE, TWO), 2)) == ["two", "one"]
    assert marked(text, Sought((ONE, TWO), 1)) == []


@pytest.mark.parametrize("seed", range(30))
def test_the_fast_way_and_the_general_way_mark_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    r = random.Random(seed)
    words = ["one", "two", "twos", "three", "someone", "one_", "x", "9"]
    text = "".join(r.choice(words) + r.choice([" ", ", ", "-", "’", "\n"]) for _ in range(200))
    sought = [Sought((ONE,)), Sought((TWO, THREE)), Sought((ONE, THREE), 3), Sought((frozenset({"9"}), ONE, TWO))]
    fast = [marks(text, [s]) for s in sought]
    monkeypatch.setattr(highlight, "FEW", -1)
    assert fast == [marks(text, [s]) for s in sought]


def test_the_snippet_is_the_piece_with_most_of_what_was_sought() -> None:
    text = "one " + "filler words here " * 60 + "then two stands by one and three " + "more of it " * 60
    piece, places = snippet(text, [Sought((ONE,)), Sought((TWO,)), Sought((THREE,))])
    assert piece.startswith("…") and piece.endswith("…") and len(piece) < 300
    assert [place.of(piece) for place in places] == ["two", "one", "three"]


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    assert snippet("a\nb two", [Sought((TWO,))]) == ("a b two", (Span(4, 7),))
    assert snippet("", []) == ("", ())
    assert snippet("no hit " * 100, [Sought((TWO,))])[0].startswith("no hit")


def test_marking_a_huge_text_is_quick() -> None:
    text = "one two three öne " * 30_000
    began = time.process_time()
    assert len(marks(text, [Sought((ONE, TWO))])) == 30_000
    assert time.process_time() - began < 6


def test_a_phrase_beside_near_is_marked_only_where_its_words_stand_side_by_side() -> None:
    near = Sought((ONE, TWO, THREE), 1, (2, 1))
    assert marked("one two x three; one x two three", near) == ["one", "two", "three"]
    assert marked("three, one two", near) == ["three", "one", "two"]
    assert marked("one three two", near) == marked("two one three", near) == []
    assert marked("one two x x three", near) == []
