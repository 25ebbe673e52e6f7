import pytest

from index.extract.lexicon import lexicon
from index.extract.pages import page
from index.extract.reported import attributions


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    read = page(text, lexicon("en"))
    return [
        (
            " ".join(s.of(text) for s in a.content),
            a.speaker.of(text) if a.speaker else None,
            a.cue.of(text) if a.cue else None,
        )
        for a in attributions(read)
    ]


@pytest.mark.parametrize(
    ("text", "content", "speaker", "cue"),
    [
        ("Ada Holm said that the bridge was safe.", "the bridge was safe", "Ada Holm", "said"),
        ("Ada Holm has not said that the bridge was safe.", "the bridge was safe", "Ada Holm", "has not said"),
        ("The bridge was safe, the mayor of Norrby said.", "The bridge was safe,", "the mayor of Norrby", "said"),
        ("The bridge was safe, according to the mayor.", "The bridge was safe", "the mayor", "according to"),
        ("Ada Holm, 47, said that the bridge was safe.", "the bridge was safe", "Ada Holm, 47", "said"),
        ("Ada Holm (47) said that the bridge was safe.", "the bridge was safe", "Ada Holm (47)", "said"),
        ("Officials in Norrby said that the bridge was safe.", "the bridge was safe", "Officials in Norrby", "said"),
        ("The town released a letter saying that the bridge was safe.", "the bridge was safe", "The town", "saying"),
        ("The mayor vowed to close the bridge.", "to close the bridge", "The mayor", "vowed"),
        ("The mayor blamed the builders for hiding the cracks.", "hiding the cracks", "The mayor", "blamed"),
    ],
)
def test_reported_speech_is_found_by_rule(text: str, content: str, speaker: str, cue: str) -> None:
    assert found(text) == [(content, speaker, cue)]


def test_a_signature_names_the_speaker() -> None:
    assert found("“The bridge must be closed at once.” — Ada Holm")[0][1] == "Ada Holm"


def test_titles_of_works_are_no_statements() -> None:
    assert found("The choir sang “The Long Cold Winter” and went home.") == []


def test_plain_news_has_no_statements() -> None:
    assert found("The storm reached the town on Monday. Two ferries sank.") == []
