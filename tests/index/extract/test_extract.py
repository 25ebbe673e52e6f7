import random
import time
from datetime import date

import pytest

from index.extract import extract
from index.model import When

TEXT = (
    "“The bridge will open in the spring,” Ada Holm said. She told the Norrby Gazette on Monday that nobody would pay.\n\n"
    "Bo Lindt accused her of hiding the cost. “Tell us the price, and we will pay it,” he said."
)


def test_spans_are_places_in_the_text_and_content_leaves_the_marks_out() -> None:
    for s in extract(TEXT).statements:
        for span in s.content:
            assert 0 <= span.start < span.end <= len(TEXT)
            assert span.of(TEXT).strip() == span.of(TEXT)
            assert span.of(TEXT)[0] not in '“”"'


def test_the_same_text_gives_the_same_result() -> None:
    assert extract(TEXT) == extract(TEXT)


def test_parents_and_utterances_point_at_statements() -> None:
    found = extract(TEXT).statements
    assert all(s.parent is None or 0 <= s.parent < len(found) for s in found)
    assert all(s.utterance >= 1 for s in found)


def test_without_a_publication_date_none_is_invented() -> None:
    assert all(s.when is None or s.when.earliest is None for s in extract(TEXT).statements)


def test_a_text_of_an_actor_is_his_own_words() -> None:
    found = extract("We will build it.\n\nNobody else will.", actor="Ada Holm").statements
    assert [(s.kind, s.actor) for s in found] == [("own", "Ada Holm"), ("own", "Ada Holm")]


@pytest.mark.parametrize("model", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n ",
        "\x00\x01\ufffd" * 500,
        "“" * 2000,
        '"' * 2001,
        "'" * 2001,
        "said " * 2000,
        "A said, " * 2000,
        "He said that " * 1500,
        "(a) " * 2000,
        ". " * 3000,
        "a" * 20000,
        "“a” " * 2000,
        "\u2028" * 100,
        "👩‍👩‍👧 said “no”. " * 300,
    ],
)
def test_rubbish_raises_nothing_and_is_fast(text: str, model: bool) -> None:
    began = time.process_time()
    extract(text, When(date(2031, 5, 14), date(2031, 5, 14)), model=model)
    assert time.process_time() - began < 20


def test_binary_rubbish_raises_nothing() -> None:
    chance = random.Random(7)
    extract("".join(chr(chance.choice((chance.randrange(32), chance.randrange(0x3000)))) for _ in range(20_000)))


def test_time_grows_with_the_text() -> None:
    def took(times: int) -> float:
        copies = (TEXT.replace("bridge", f"w{n}a w{n}b w{n}c").replace("price", f"w{n}d w{n}e") for n in range(times))
        text = "\n\n".join(copies)
        began = time.process_time()
        extract(text, model=False)
        return time.process_time() - began

    took(1)
    small, large = took(25), took(200)
    assert large < 8 * small * 4
