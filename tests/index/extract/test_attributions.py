from index.extract.attributions import Attribution, joined, kind_of, trimmed
from index.extract.lexicon import lexicon
from index.extract.pages import page
from index.model import Span

EN = lexicon("en")


def content(text: str, words: str) -> str:
    start = text.index(words)
    (a,) = trimmed(page(text, EN), [Attribution((Span(start, start + len(words)),))])
    return " … ".join(s.of(text) for s in a.content)


def test_outer_marks_are_left_out_and_punctuation_inside_them_kept() -> None:
    assert content("“We go,” she said.", "“We go,”") == "We go,"


def test_inner_marks_stay() -> None:
    assert content("She called it a “bad joke” on Monday.", "a “bad joke”") == "a “bad joke”"


def test_the_reporters_full_stop_is_left_out() -> None:
    assert content("She said we go.", "we go.") == "we go"
    assert content("She said it moved to the U.S.", "it moved to the U.S.") == "it moved to the U.S."


def test_that_is_treated_one_way_wherever_the_proposal_begins() -> None:
    text = "She said that we go."
    assert content(text, "that we go") == content(text, "we go")


def test_a_quotation_after_that_is_the_quotation() -> None:
    assert content("She said that “we go”.", "that “we go”") == "we go"


def test_kinds_follow_the_share_of_quoted_words() -> None:
    text = "“We go,” she said. It was “a joke” of theirs."
    read = page(text, EN)
    assert kind_of(read, (Span(1, 7),)) == "direct"
    assert kind_of(read, (Span(19, 45),)) == "mixed"
    assert kind_of(read, (Span(9, 17),)) == "indirect"


def test_overlapping_pieces_become_one() -> None:
    assert joined([Span(5, 9), Span(0, 6)]) == (Span(0, 9),)
    assert joined([Span(0, 3), Span(5, 9)], 2) == (Span(0, 9),)
