import time

import pytest

from index.extract.lexicon import lexicon
from index.extract.quotes import Quotation, quotations
from index.extract.sentences import paragraphs


def read(text: str) -> list[Quotation]:
    return quotations(text, paragraphs(text), lexicon("en"))


def outer(text: str) -> list[str]:
    return [q.inner.of(text) for q in read(text) if q.level == 0]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We go,” she said.", "We go,"),
        ('"We go," she said.', "We go,"),
        ("«We go», she said.", "We go"),
        ("»We go«, she said.", "We go"),
        ("„We go“, she said.", "We go"),
        ("„We go”, she said.", "We go"),
        ("‹We go›, she said.", "We go"),
        ("「We go」, she said.", "We go"),
        ("``We go,'' she said.", "We go,"),
        ("‘We go,’ she said.", "We go,"),
        ("'We go,' she said.", "We go,"),
        ('“We go," she said.', "We go,"),
        ('"We go,” she said.', "We go,"),
    ],
)
def test_marks_of_all_kinds_are_paired(text: str, inner: str) -> None:
    assert outer(text) == [inner]


def test_an_inner_pair_does_not_cut_the_outer_one() -> None:
    assert outer("“The gates are ‘open’ to all,” she said.") == ["The gates are ‘open’ to all,"]
    assert outer('“He said "no" and left,” she said.') == ['He said "no" and left,']
    assert outer("«Он сказал: „нет“ и ушёл», — сказала она.") == ["Он сказал: „нет“ и ушёл"]


def test_inner_pairs_have_a_level() -> None:
    text = "“The gates are ‘open’ to all,” she said."
    assert [(q.inner.of(text), q.level) for q in read(text)] == [("The gates are ‘open’ to all,", 0), ("open", 1)]


def test_an_apostrophe_is_no_mark() -> None:
    assert outer("The miners’ wives and the crew’s captain didn’t come in the ’90s.") == []
    assert outer("Rock 'n' roll and the ministers' cars.") == []


def test_a_plural_possessive_inside_single_marks_does_not_close_them() -> None:
    assert outer("‘The miners’ wives can’t wait,’ she said.") == ["The miners’ wives can’t wait,"]


def test_a_quotation_that_opens_every_paragraph_anew_goes_on() -> None:
    text = "“We go.\n\n“We stay,” she said."
    first, second = read(text)
    assert (first.inner.of(text), first.closed, first.continued) == ("We go.", False, True)
    assert (second.inner.of(text), second.closed) == ("We stay,", True)


def test_a_forgotten_closing_mark_costs_one_paragraph() -> None:
    text = "“We go, she said.\n\nThe town slept.\n\n“We stay,” she said."
    assert outer(text)[-1] == "We stay,"
    assert all("slept" not in inner for inner in outer(text))


def test_spans_are_places_in_the_text() -> None:
    text = "She said “yes” and “no”."
    assert [text[q.outer.start : q.outer.end] for q in read(text)] == ["“yes”", "“no”"]


@pytest.mark.parametrize("text", ["", "“", "”", '"' * 999, "'" * 999, "“”" * 500, "‘’" * 500, "„“" * 500, "»«" * 500])
def test_marks_alone_raise_nothing(text: str) -> None:
    for q in read(text):
        assert q.outer.start <= q.inner.start < q.inner.end <= q.outer.end


def test_many_open_marks_take_linear_time() -> None:
    began = time.process_time()
    read("“a ‘b " * 40_000)
    assert time.process_time() - began < 10
