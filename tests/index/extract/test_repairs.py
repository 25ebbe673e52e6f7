import pytest

from index.extract.attributions import Attribution
from index.extract.lexicon import lexicon
from index.extract.pages import page
from index.extract.repairs import repaired
from index.model import Span


def speaker(text: str, proposed: str) -> str:
    """The speaker that is left of `proposed` in a text whose cue is “said”."""

    def place(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    content = Span(place("said").end + 1, len(text) - 1)
    (a,) = repaired(page(text, lexicon("en")), [Attribution((content,), place(proposed), place("said"))])
    assert a.speaker is not None
    return a.speaker.of(text)


@pytest.mark.parametrize(
    ("front", "proposed", "name"),
    [
        ("Under ", "the pact the Board of Trade", "the Board of Trade"),
        ("Under the ", "pact the Board of Trade", "the Board of Trade"),
        ("But in a ", "letter to the press the Board of Trade", "the Board of Trade"),
        ("", "At the end of May a Council member", "a Council member"),
        ("After the vote in ", "Torvik the Guild of Bakers", "the Guild of Bakers"),
        ("At the ", "annual meeting the mayor", "the mayor"),
        ("After the ", "vote Prime Minister Ada Holm", "Prime Minister Ada Holm"),
    ],
)
def test_a_speaker_begins_behind_the_words_that_open_its_clause(front: str, proposed: str, name: str) -> None:
    assert speaker(f"{front}{proposed} said it would wait.", proposed) == name


@pytest.mark.parametrize(
    ("front", "proposed"),
    [
        ("On Monday ", "a spokesman for the Ministry"),
        ("On Monday ", "the head of the Council"),
        ("In Torvik ", "the minister of the Interior"),
        ("In the dispute ", "a lawyer representing the Board of Trade"),
        ("In the yard ", "a man the Guild trusts"),
        ("Under pressure ", "Ivan the Terrible"),
        ("", "Party leader the Rev. Ada Holm"),
        ("After the vote ", "the actor Ada Holm"),
    ],
)
def test_an_article_inside_a_speaker_is_no_beginning(front: str, proposed: str) -> None:
    assert speaker(f"{front}{proposed} said it would wait.", proposed) == proposed
