import pytest

from index.extract.lexicon import lexicon
from index.extract.sentences import paragraphs, sentences


def split(text: str, language: str = "en") -> list[str]:
    return [s.of(text) for s in sentences(text, paragraphs(text), lexicon(language))]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ada Holm came. She left.",
        "Sen. Holm came. She left.",
        "The U.S. Senate met. It voted.",
        "It cost 3.5 million. Nobody paid.",
        "Ada K. Holm came. She left.",
        "“We go!” she said. They left.",
        "“Will we go?” Ada Holm asked. They left.",
        "The ferry to St. Olaf sank. Nobody died.",
        "He came at 5 p.m. on Monday. He left.",
        "Is it true? It is.",
        "She taught in Velden until 1805.[6] He left.",
        "“I was violent.” [21] [22] He left.",
        "Holm v. Reck was heard. He left.",
        "The mill (c. 1818) burnt. He left.",
        "She sold it to Holm Inc. in May. She left.",
    ],
)
def test_a_text_of_two_sentences_gives_two(text: str) -> None:
    found = split(text)
    assert len(found) == 2
    assert " ".join(found) == text


def test_closing_marks_stay_with_their_sentence() -> None:
    assert split("“We go. We stay.” They left.") == ["“We go.", "We stay.”", "They left."]


def test_an_abbreviation_at_the_end_of_a_sentence_ends_it_before_a_small_word_with_a_capital() -> None:
    assert split("She moved to the U.S. The crew stayed.") == ["She moved to the U.S.", "The crew stayed."]


def test_paragraphs_end_sentences() -> None:
    assert split("The first line\n\nThe second line") == ["The first line", "The second line"]


def test_offsets_are_exact() -> None:
    text = "  One. Two!\n\n\tThree?  Four…  \n"
    for place in sentences(text, paragraphs(text), lexicon("en")):
        assert place.of(text) == place.of(text).strip() != ""


def test_other_languages_have_their_abbreviations() -> None:
    assert split("Он жил в г. Лесов. Потом уехал.", "ru") == ["Он жил в г. Лесов.", "Потом уехал."]
    assert split("Das kostet z.B. Geld. Wir gehen.", "de") == ["Das kostet z.B. Geld.", "Wir gehen."]


@pytest.mark.parametrize("text", ["", "\n\n\n", "....", "?!?!?!", "a" * 1000, ". " * 1000])
def test_rubbish_raises_nothing(text: str) -> None:
    split(text)
