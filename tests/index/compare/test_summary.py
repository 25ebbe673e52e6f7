"""What changed, in words: each rule by an invented pair, and the places behind its lines."""

from __future__ import annotations

import re

import pytest

from index.compare import compare


def lines(left: str, right: str) -> list[tuple[str, str, str]]:
    """(kind, before, after) of the summary."""
    return [(change.kind, change.before, change.after) for change in compare(left, right).summary]


@pytest.mark.parametrize(
    ("left", "right", "line"),
    [
        ("We raise the rate by 25 basis points.", "We raise the rate by 50 basis points.",
         ("number", "25 basis points", "50 basis points")),
        ("The range is 0 to 1/4 percent now.", "The range is 1/4 to 1/2 percent now.",
         ("number", "0 to 1/4 percent", "1/4 to 1/2 percent")),
        ("The treaty was frozen in 2020.", "The treaty was frozen in 2022.", ("date", "2020", "2022")),
        ("The council met on 3 March here.", "The council met on 9 April here.", ("date", "3 March", "9 April")),
        ("The envoy of Torland was Ada Kohn.", "The envoy of Torland was Eve Bies.", ("name", "Ada Kohn", "Eve Bies")),
        ("The council will sign the treaty.", "The council may sign the treaty.",
         ("modal", "will sign the", "may sign the")),
        ("The council will sign the treaty.", "The council will not sign the treaty.",
         ("negation", "", "not sign the")),
        ("The council won't sign it now.", "The council signs it now.", ("negation", "won't sign it", "")),
        ("Prices rise this year.", "Prices rise somewhat this year.", ("hedge", "", "somewhat")),
        ("Growth was moderate in May.", "Growth was solid in May.", ("wording", "moderate", "solid")),
    ],
)  # fmt: skip
def test_each_rule_finds_its_change(left: str, right: str, line: tuple[str, str, str]) -> None:
    assert line in lines(left, right)


def test_a_pledge_that_is_gone_is_a_commitment_dropped() -> None:
    stays = "The council met in Orm on Monday."
    pledge = "We will defend every member of the league."
    assert ("commitment", pledge, "") in lines(f"{stays} {pledge}", stays)
    assert ("commitment", "", pledge) in lines(stays, f"{stays} {pledge}")


def test_dropped_and_added_sentences_are_one_line_each() -> None:
    stays = "The council met in Orm on Monday."
    left, right = "The harbour of Kesh is closed to 40 ships.", "Bread has become dear again."
    assert lines(f"{stays} {left}", f"{stays} {right}") == [("dropped", left, ""), ("added", "", right)]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        (", and nobody in Orm expects that to change", "dropped"),
        (" with all 40 ships that the council had promised in 2020", "commitment"),
        (", which Ada Kohn had not wanted before the spring", "dropped"),
    ],
)
def test_a_clause_that_is_gone_is_one_line_whatever_it_says(clause: str, kind: str) -> None:
    with_it, without = f"The harbour of Kesh stays closed{clause}.", "The harbour of Kesh stays closed."
    words = clause.strip(", ")
    assert lines(with_it, without) == [(kind, words, "")]
    assert lines(without, with_it) == [(kind.replace("dropped", "added"), "", words)]


def test_a_word_put_in_is_a_line_only_if_it_says_something_new() -> None:
    assert lines("We are concerned about Kesh.", "We are deeply concerned about Kesh.") == [("added", "", "deeply")]
    assert lines("He said the port is closed.", "He said that the port is closed.") == []
    assert lines("The port is closed here.", "Here the port is closed.") == []


def test_figures_on_both_sides_of_a_few_equal_words_answer_to_each_other_beside_a_clause() -> None:
    before, after = "The fleet of 40 ships leaves Orm", "The fleet of 9 ships leaves Orm, as the council of the sea wished"
    assert lines(before, after) == [("number", "40", "9"), ("added", "", "as the council of the sea wished")]


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("The fleet {of ships which will sail north soon} leaves {early} from Orm.",
         ["of ships which will sail north soon", "early"]),
        ("The port of Kesh {, in the far east of the country,} stays closed {for all of the long cold months}.",
         ["in the far east of the country", "for all of the long cold months"]),
        ("He will come {in all the years of the war} with {40} ships.", ["in all the years of the war", "40"]),
        ("He will come {on Monday} with {40} ships.", ["Monday", "40"]),
    ],
)  # fmt: skip
def test_what_stayed_between_two_clauses_is_in_no_line_and_nothing_is_told_twice(gone: str, told: list[str]) -> None:
    before, after = re.sub(r"[{}]", "", gone), " ".join(re.sub(r"{[^}]*}", "", gone).split())
    assert [line[1] for line in lines(before, after)] == told
    assert [line[2] for line in lines(after, before)] == told


def test_every_line_knows_its_places() -> None:
    found = compare("A fleet will leave Orm on Monday with 40 ships.", "A fleet may leave Kesh on Friday with 9 ships.")
    assert len(found.summary) >= 4
    for change in found.summary:
        for span, text, words in ((change.left, found.left, change.before), (change.right, found.right, change.after)):
            assert (span is None) == (words == "")
            assert span is None or " ".join(span.of(text).split()) == words


def test_what_stayed_and_what_is_minor_has_no_line() -> None:
    assert lines("The 5 ships will leave “Orm” in 2020.", "the five ships will leave 'Orm', in 2020") == []


def test_a_number_written_with_hyphens_is_the_same_number() -> None:
    assert lines("The 25 basis point rise is made.", "The 25-basis-point rise is made.") == [
        ("wording", "25 basis point", "25-basis-point")
    ]


def test_a_name_that_the_other_text_has_elsewhere_is_not_new() -> None:
    found = lines("Ada Kohn spoke for Torland. The council listened to Ada Kohn.",
                  "Ada Kohn spoke for Torland. The council listened to the envoy.")  # fmt: skip
    assert not [line for line in found if line[0] == "name"]


@pytest.mark.parametrize(
    ("left", "right", "line"),
    [
        ("Мы не подпишем договор.", "Мы подпишем договор.", ("negation", "не подпишем договор", "")),
        ("Союз может закрыть порт.", "Союз должен закрыть порт.", ("modal", "может закрыть порт", "должен закрыть порт")),
        ("Порт закрыт до 5 марта.", "Порт закрыт до 9 апреля.", ("date", "5 марта", "9 апреля")),
        ("Wir werden den Hafen schließen.", "Wir könnten den Hafen schließen.",
         ("modal", "werden den Hafen", "könnten den Hafen")),
    ],
)  # fmt: skip
def test_other_languages_have_their_words(left: str, right: str, line: tuple[str, str, str]) -> None:
    assert line in lines(left, right)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("The treaty is a good one, and it stays.", "The treaty is good, and it stays.", False),
        ("No one will leave.", "Ships will leave.", False),
        ("One must not forget the sea.", "We must not forget the sea.", False),
        ("They want one boat for us.", "They want two boats for us.", True),
        ("One in three is enough.", "One in eight is enough.", True),
        ("We ask for one vote.", "We ask for 12 votes.", True),
    ],
)
def test_one_is_a_number_only_where_it_counts_something(left: str, right: str, said: bool) -> None:
    assert any(line.kind == "number" for line in compare(left, right).summary) is said
