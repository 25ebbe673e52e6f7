"""Two texts side by side: what is kept, what is minor, what moved; the same whichever side comes first."""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from index.compare import compare, mirrored
from index.compare.tokens import key, tokens
from index.model import Comparison, Part

SHARED = Path(os.environ.get("STANDPOINT_SHARED", Path(__file__).resolve().parents[4] / "shared"))


def changes(comparison: Comparison) -> list[tuple[str, str]]:
    """(left, right) words of the parts of the redline that changed and are not minor."""
    shown = []
    for part in comparison.redline:
        if part.op != "equal" and not part.minor:
            left = part.left.of(comparison.left).strip() if part.left else ""
            shown.append((left, part.right.of(comparison.right).strip() if part.right else ""))
    return shown


def is_minor(left: str, right: str) -> bool:
    """True when two texts differ, but only in minor ways."""
    found = compare(left, right)
    return any(p.op != "equal" for p in found.parts) and all(p.op == "equal" or p.minor for p in found.parts)


def test_one_changed_word_is_one_replacement() -> None:
    found = compare("Growth was moderate in May.", "Growth was solid in May.")
    assert changes(found) == [("moderate", "solid")]
    assert (found.words_removed, found.words_added) == (1, 1)
    assert found.likeness == pytest.approx(0.8)


def test_a_text_compared_with_itself_is_one_equal_part() -> None:
    text = "The strait is open. The strait stays open!"
    found = compare(text, text)
    assert [part.op for part in found.parts] == ["equal"]
    assert (found.likeness, found.summary, found.words_added) == (1.0, (), 0)


def test_an_empty_text_loses_or_gains_everything() -> None:
    assert compare("", "").parts == ()
    assert [part.op for part in compare("One two.", "").parts] == ["delete"]
    found = compare("", "One two.")
    assert [part.op for part in found.parts] == ["insert"]
    assert (found.words_added, found.likeness) == (2, 0.0)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("the strait is open", "The Strait is open"),
        ("the door is “open” for it", "the door is 'open' for it"),
        ("the members' defence programme", "the members’ defense program"),
        ("They organised the labour", "They organized the labor"),
        ("a cease-fire in Orm", "a ceasefire in Orm"),
        ("we do not sign", "we don't sign"),
        ("three ships", "3 ships"),
        ("five per cent", "5%"),
        ("ready, willing and able", "ready, willing, and able"),
        ("one  line\nand another", "one line and another"),
        ("President Ürgün came", "President Urgun came"),
    ],
)
def test_case_marks_and_spelling_are_minor(left: str, right: str) -> None:
    assert is_minor(left, right)
    assert compare(left, right).likeness == 1.0


@pytest.mark.parametrize(
    ("left", "right"), [("we will sign", "we may sign"), ("in 2020", "in 2022"), ("two ships", "three ships"),
                        ("40 ships", "4.0 ships"), ("Torland", "Torlund"), ("we sign", "we do not sign")]
)  # fmt: skip
def test_words_numbers_and_names_are_never_minor(left: str, right: str) -> None:
    assert not is_minor(left, right)


def test_a_difference_never_runs_through_a_word() -> None:
    found = compare("The observation-mission re-enters.", "The observation-missions re-entered.")
    assert changes(found) == [("observation-mission re-enters", "observation-missions re-entered")]


def test_islands_of_equal_words_are_drawn_into_the_change() -> None:
    left = "Heavy storms closed the harbour for a week."
    right = "Striking pilots blocked the entrance for a month."
    found = compare(left, right)
    assert changes(found) == [(left.rstrip("."), right.rstrip("."))]
    assert any(part.op == "equal" and part.left and part.left.of(left).strip() == "the" for part in found.parts)


def test_a_name_between_two_changes_stays() -> None:
    found = compare("Voting for it were Jack Gunn; Ada B. Kohn; and Eve Bies.",
                    "Voting for it were Tom Honig; Ada B. Kohn; and Rick Fish.")  # fmt: skip
    assert changes(found) == [("Jack Gunn", "Tom Honig"), ("Eve Bies", "Rick Fish")]


def test_words_weigh_more_than_marks() -> None:
    found = compare("We will act, and soon.", "Soon, and rightly, we will act.")
    kept = "".join(part.left.of(found.left) for part in found.parts if part.left and (part.op == "equal" or part.minor))
    assert "will act" in kept


def test_a_moved_sentence_is_a_move_with_both_places() -> None:
    moved = "The observers stay on the islands until spring."
    rest = "The council met in Orm on Monday and heard the report. Two of its members had written to the chair."
    found = compare(f"{moved} {rest}", f"{rest} {moved}")
    places = [part for part in found.redline if part.op == "move"]
    assert [(part.left is None, part.right is None) for part in places] == [(False, True), (True, False)]
    assert len({part.move for part in places}) == 1
    assert found.likeness == 1.0
    assert [change.kind for change in found.summary] == ["moved"]


def test_whole_sentences_are_replaced_by_whole_sentences() -> None:
    found = compare("The fleet left at dawn. Nobody saw it go. The port is empty now, as everyone can see.",
                    "Bread is dear again. The port is empty now, as everyone can see.")  # fmt: skip
    assert changes(found) == [("The fleet left at dawn. Nobody saw it go", "Bread is dear again")]


def cover(found: Comparison, parts: tuple[Part, ...]) -> None:
    """Parts cover both texts without a gap, in order; equal ones have the same characters."""
    assert "".join(part.left.of(found.left) for part in parts if part.left) == found.left
    assert "".join(part.right.of(found.right) for part in parts if part.right) == found.right
    for part in parts:
        if part.op == "equal":
            assert part.left and part.right and part.left.of(found.left) == part.right.of(found.right) != ""
        assert (part.left is None) == (part.op == "insert" or (part.op == "move" and part.left is None))
        assert part.left is not None or part.right is not None


_WORDS = st.sampled_from(
    "the a of Orm The orm will not may leave stay join . , ; ! “open” 'open' cent per 5 6% U.S. don't do cease-fire "
    "ceasefire — – doors are open to all members of the council in spring".split()
)
_TEXTS = st.lists(st.one_of(_WORDS, _WORDS, _WORDS, st.sampled_from(["", "\n", "\n\n"])), max_size=40).map(" ".join)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(_TEXTS, _TEXTS)
def test_exchanging_the_sides_mirrors_the_result_exactly(left: str, right: str) -> None:
    one, other = compare(left, right), compare(right, left)
    for parts in (one.parts, one.redline):
        cover(one, parts)
    assert mirrored(other.parts) == one.parts
    assert mirrored(other.redline) == one.redline
    assert (one.likeness, one.words_added) == (other.likeness, other.words_removed)
    back = {(c.kind, c.after, c.before, c.right, c.left) for c in other.summary}
    exchange = {"added": "dropped", "dropped": "added"}
    assert {(exchange.get(k, k), a, b, x, y) for k, a, b, x, y in back} == {
        (c.kind, c.before, c.after, c.left, c.right) for c in one.summary
    }


@settings(max_examples=100, deadline=None, derandomize=True)
@given(_TEXTS, _TEXTS)
def test_old_without_deleted_is_new_without_inserted(left: str, right: str) -> None:
    found = compare(left, right)
    before = [part.left.of(left) for part in found.parts if part.op == "equal" and part.left]
    after = [part.right.of(right) for part in found.parts if part.op == "equal" and part.right]
    assert before == after


@pytest.mark.skipif(not (SHARED / "data" / "fomc").exists(), reason="the FOMC statements are not beside the checkout")
def test_99_percent_of_the_exact_lcs_is_kept_on_every_fomc_pair() -> None:
    texts = SHARED / "data" / "fomc" / "text"
    table = SHARED / "bench" / "positions" / "fomc_redline" / "consecutive_pairs.csv"
    pairs = 0
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            old, new = texts / f"{row['date_old']}.txt", texts / f"{row['date_new']}.txt"
            if old.exists() and new.exists():
                pairs += 1
                left, right = old.read_text(encoding="utf-8"), new.read_text(encoding="utf-8")
                assert _whole_words_kept(left, right) >= 0.99 * LCSseq.similarity(left.split(), right.split()), row
    assert pairs > 100


def _whole_words_kept(left: str, right: str) -> int:
    inside = [False] * len(left)
    for part in compare(left, right).parts:
        if part.op == "equal" and part.left:
            inside[part.left.start : part.left.end] = [True] * (part.left.end - part.left.start)
    place = kept = 0
    for word in left.split():
        place = left.index(word, place)
        kept += all(inside[place : place + len(word)])
        place += len(word)
    return kept


def test_large_texts_keep_the_exact_lcs() -> None:
    from random import Random

    chance = Random(5)
    words = [f"w{chance.randrange(900)}" for _ in range(2600)]
    other = [f"w{chance.randrange(900)}" if chance.random() < 0.3 else word for word in words if chance.random() > 0.1]
    found = compare(" ".join(words), " ".join(other))
    kept = sum(len(part.left.of(found.left).split()) for part in found.parts if part.op == "equal" and part.left)
    assert kept == LCSseq.similarity(words, other)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The doors are open to all. " * 20, "Двери открыты для всех. " * 20),
        ("word " * 20_000, "word " * 19_000 + "other " * 1000),
        ("a" * 100_000, "a" * 99_999 + "b"),
        ("- " * 50_000, ". " * 50_000),
        ("a b " * 12_000, "b a " * 12_000),
        ("会谈很好我们希望" * 1500, "会谈不好我们希望" * 1500),
        (" ".join(f"{k} {k * 7 % 1000}" for k in range(9000)), " ".join(f"{k * 3 % 700} x" for k in range(9000))),
    ],
)
def test_no_text_freezes_or_breaks_it(left: str, right: str) -> None:
    start = time.process_time()
    found = compare(left, right)
    cover(found, found.parts)
    cover(found, found.redline)
    assert time.process_time() - start < 8


def test_sentences_do_not_end_at_abbreviations_or_initials() -> None:
    text = "Gen. Ada B. Kohn left St. Orm on Jan. 5. “Why?” she asked. Nobody knew."
    assert [span.of(text) for span in tokens(text).sentences] == [
        "Gen. Ada B. Kohn left St. Orm on Jan. 5.", "“Why?” she asked.", "Nobody knew."
    ]  # fmt: skip


def test_combining_marks_stay_in_their_word() -> None:
    word = "cafe\u0301"
    assert [tokens(word + " noir").surface(k) for k in range(2)] == [word, "noir"]
    assert key(word) == key("café") == "cafe"
    assert key("й") != key("и")


def test_armenian_marks_of_question_and_stress_stay_inside_their_word() -> None:
    assert is_minor("Ինչո՞ւ է դուրս գալիս։", "Ինչու է դուրս գալիս։")
    assert tokens("Ինչո՞ւ").words == [0]
