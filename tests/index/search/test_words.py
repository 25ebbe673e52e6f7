"""Words compare equal however they were typed."""

from __future__ import annotations

import time

import pytest

from index.search.words import Stems, fold, placed_words, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "CAFE"), ("Straße", "strasse"), ("Łódź", "lodz"), ("ёлка", "елка"), ("e\u0301te\u0301", "été"),
        ("ＦＵＬＬ", "full"), ("İstanbul", "istanbul"), ("ինչպե՞ս", "Ինչպես"), ("co\u00adoperation", "cooperation"),
        ("ﬁne", "fine"), ("Ærø", "aero"), ("\u0643\u062a\u0627\u0628\u064c", "\u0643\u062a\u0627\u0628"),
    ],
)  # fmt: skip
def test_words_that_are_typed_differently_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_letters_of_their_own_stay() -> None:
    assert fold("йод") == "йод"


def test_a_text_is_cut_at_apostrophes_whether_curly_or_straight() -> None:
    assert words("President’s O'Hara don’t") == words("president's O’Hara don't") == ["president", "s", "o", "hara", "don", "t"]


def test_a_script_without_spaces_gives_a_word_for_each_sign() -> None:
    assert words("河流属于 abc") == ["河", "流", "属", "于", "abc"]


def test_places_are_those_of_the_text() -> None:
    text = "« Ընդ՛առաջ » — «Ա՞յն»"
    for start, end, word in placed_words(text):
        assert fold(text[start:end]) == word


def test_equal_stems_in_several_languages() -> None:
    stems = Stems(["en", "ru"])
    assert set(stems.of("reforms")) & set(stems.of("reform"))
    assert set(stems.of("договора")) & set(stems.of("договор"))
    assert stems.stable
    assert Stems([]).names == ("english",)
    assert not Stems(["ar"]).stable


def test_english_words_begin_as_their_stem_tells() -> None:
    stems = Stems(["en"])
    roots = "hop hope dy ski sky abil nobil sensi relat oper gener nation rational hope deni apolog angl trad conting".split()
    ends = (
        "e s es ed ing ying y ies ied er or ation ational ator ization izer iveness fulness ousness bility ability ably ably"
        " ently eedly ogist ical icity alize ality ative ive ness fully lessly ible ance ency ement ent ion ism iti ous"
    ).split()
    made = sorted({root + a + b for root in roots for a in ("", *ends) for b in ("", *ends)})
    for word, stem in zip(made, stems.of_all(made, 0), strict=True):
        assert word.startswith(stems.beginning(0, stem)), (word, stem)
    assert stems.beginning(0, "presid") == "presi"
    assert stems.beginning(0, "die") == ""  # dying
    assert Stems(["ru"]).beginning(0, "договор") == ""


def test_cutting_rubbish_takes_linear_time() -> None:
    began = time.process_time()
    for rubbish in ("a\u0301" * 300_000, "\u0301" * 500_000, "'" * 500_000, "x" * 1_000_000, "՞" * 300_000):
        words(rubbish)
    assert time.process_time() - began < 4
    assert len(words("x" * 1000)[0]) == 64
