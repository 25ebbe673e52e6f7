"""When a statement was made: the date beside its cue, inherited ones, frames. All texts are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.extract.dates import date_expressions
from index.extract.dating import dated
from index.extract.interviews import answers, interview
from index.model import FoundStatement, Span, When

PUBLISHED = When(date(2024, 11, 27), date(2024, 11, 27), "day", "given", 1.0)


def said(text: str, words: str, cue: str, actor: str = "Ada Lund", **more: object) -> FoundStatement:
    """A statement whose words and cue stand in the text: the nearest cue behind a quotation, else before the words."""
    start = text.index(words)
    places = [at for at in range(len(text)) if text.startswith(cue, at) and not start <= at < start + len(words)]
    quoted = text[start - 1] in '“"'
    at = min(
        places,
        key=lambda place: (place > start, abs(place - start)) if not quoted else (place < start, abs(place - start)),
    )
    made = FoundStatement(
        "direct" if quoted else "indirect",
        (Span(start, start + len(words)),),
        Span(at, at + len(cue)),
        Span(at, at + len(cue)),
        actor=actor,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def days(text: str, *statements: FoundStatement, published: When | None = PUBLISHED) -> list[str]:
    """The dates of statements as EDTF, "-" for unknown."""
    done = dated(text, statements, published, date_expressions(text, published))
    return [s.when.edtf if s.when and (s.when.earliest or s.when.latest) else "-" for s in done]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Lund said on Tuesday that the locks will open.", "2024-11-26"),
        ("Lund said Wednesday that the locks will open.", "2024-11-27"),
        ("On Monday, Lund said that the locks will open.", "2024-11-25"),
        ("In a statement on Monday, Lund said that the locks will open.", "2024-11-25"),
        ("But afterwards, on March 14, Lund said that the locks will open.", "2024-03-14"),
        ("Earlier this year, Lund was among those who said that the locks will open.", "2024-01-01/2024-11-26"),
        ("Lund told the Ferry newspaper on Monday that the locks will open.", "2024-11-25"),
        ("Lund, speaking in Norvik on Monday, said that the locks will open.", "2024-11-25"),
        ("In 2019 Lund said that the locks will open.", "2019"),
        ("Lund said last week that the locks will open.", "2024-11-18/2024-11-24"),
        ("Lund said this week that the locks will open.", "2024-11-25/2024-11-27"),
        ("In a November 20 interview Lund said that the locks will open.", "2024-11-20"),
        ("Lund said during Tuesday’s debate that the locks will open.", "2024-11-26"),
    ],
)
def test_the_date_beside_the_cue_is_when_it_was_said(text: str, day: str) -> None:
    assert days(text, said(text, "the locks will open", "said" if "said" in text else "told")) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Lund, who was elected in 2018, said that the locks will open.",
        "Lund said that the locks will open on Thursday.",
        "Lund said that the locks will open before the meeting set for Thursday.",
        "Lund, in office since Monday, said that the locks will open.",
        "Lund said ahead of Thursday’s meeting that the locks will open.",
        "Under the 2018 law, Lund said, the locks will open.",
        "Lund said that the locks will open, as agreed when the two met last Friday.",
    ],
)
def test_dates_of_other_things_do_not_date_the_statement(text: str) -> None:
    statement = said(text, "the locks will open", "said")
    assert days(text, statement) == ["../2024-11-27"]
    assert days(text, statement, published=None) == ["-"]


def test_a_date_inside_the_quotation_does_not_date_it() -> None:
    text = "“On Monday we opened the locks,” Lund said."
    assert days(text, said(text, "On Monday we opened the locks,", "said")) == ["../2024-11-27"]


def test_without_a_publication_date_no_day_is_made_up_and_the_expression_is_kept() -> None:
    text = "Lund said on Tuesday that the locks will open. Reck said in 2019 that the locks will stay closed."
    statements = [
        said(text, "the locks will open", "said"),
        said(text, "the locks will stay closed", "said", "Tovan Reck"),
    ]
    done = dated(text, statements, None, date_expressions(text, None))
    assert [(s.when.earliest, s.when.certainty) for s in done if s.when] == [
        (None, 0.0),
        (date(2019, 1, 1), done[1].when.certainty if done[1].when else 0),
    ]
    assert done[0].when is not None
    assert done[0].when.expression is not None
    assert done[0].when.expression.of(text) == "Tuesday"


def test_a_sequence_of_quotations_shares_the_day_of_the_first() -> None:
    text = (
        "“The locks are open,” Lund said on Tuesday.\n“They stay open,” the minister said. “We promise it,” "
        "she added.\n“Come and see,” Lund concluded."
    )
    statements = [
        said(text, w, c)
        for w, c in [
            ("The locks are open,", "said"),
            ("They stay open,", "said"),
            ("We promise it,", "added"),
            ("Come and see,", "concluded"),
        ]
    ]
    assert days(text, *statements) == ["2024-11-26"] * 4
    done = dated(text, statements, PUBLISHED, date_expressions(text, PUBLISHED))
    certainties = [s.when.certainty for s in done if s.when]
    assert certainties[0] > certainties[1]
    assert "statement before" in (done[3].when.rule if done[3].when else "")


def test_the_lead_takes_the_day_of_the_quotation_farther_down() -> None:
    text = "Ada Lund said the locks are open for all ships.\nThe river froze.\n“The locks are open,” Lund said on Tuesday."
    assert (
        days(text, said(text, "the locks are open for all ships", "said"), said(text, "The locks are open,", "said"))
        == ["2024-11-26"] * 2
    )


def test_another_speaker_does_not_inherit_the_day() -> None:
    text = "“The locks are open,” Lund said on Tuesday. Officials have criticized Ostland for its silence."
    assert (
        days(text, said(text, "The locks are open,", "said"), said(text, "its silence", "criticized", "officials"))[1]
        == "../2024-11-27"
    )


@pytest.mark.parametrize("cue", ["had said", "has repeatedly said", "previously said"])
def test_what_was_said_at_another_time_does_not_inherit_the_day(cue: str) -> None:
    text = f"“The locks are open,” Lund said on Tuesday. Lund {cue} that the river is frozen."
    assert (
        days(text, said(text, "The locks are open,", "said"), said(text, "the river is frozen", cue.split()[-1]))[1]
        == "../2024-11-27"
    )


def test_a_belief_has_no_day() -> None:
    text = "“The locks are open,” Lund said on Tuesday. Lund believes that the river is frozen."
    assert (
        days(text, said(text, "The locks are open,", "said"), said(text, "the river is frozen", "believes"))[1]
        == "../2024-11-27"
    )


def test_what_is_yet_to_be_said_is_not_dated_before_publication() -> None:
    text = "Lund to call for lower tolls on the river."
    assert days(text, said(text, "lower tolls on the river", "to call for")) == ["-"]


def test_the_second_verb_of_a_sentence_shares_its_day() -> None:
    text = "Lund told the Ferry newspaper on Monday that the locks are open and urged the council to trust her."
    assert days(text, said(text, "the locks are open", "told"), said(text, "to trust her", "urged")) == ["2024-11-25"] * 2


def test_each_of_two_speakers_in_a_sentence_has_the_nearest_day() -> None:
    text = "Lund said on Monday that the locks are open, while Reck announced on Wednesday that he will sue."
    assert days(text, said(text, "the locks are open", "said"), said(text, "he will sue", "announced", "Tovan Reck")) == [
        "2024-11-25",
        "2024-11-27",
    ]


def test_the_sentence_before_tells_the_day_of_a_speech() -> None:
    text = "Ada Lund addressed the council on Monday. Lund said the locks are open."
    assert days(text, said(text, "the locks are open", "said")) == ["2024-11-25"]


def test_a_statement_inside_a_quotation_has_the_day_of_its_own_sentence() -> None:
    text = "“In 2022, Reck told me that the river is his. I answered that nobody owns a river,” Lund said on Monday."
    outer = said(text, "In 2022, Reck told me that the river is his. I answered that nobody owns a river,", "said")
    inner = said(text, "the river is his", "told", "Tovan Reck", parent=0, kind="indirect")
    reply = said(text, "nobody owns a river", "answered", parent=0, kind="indirect")
    assert days(text, outer, inner, reply) == ["2024-11-25", "2022", "2022"]


def test_an_own_text_is_dated_by_its_publication() -> None:
    text = "The council met and decided to keep the locks open."
    own = FoundStatement("own", (Span(0, len(text)),), actor="River Council")
    assert days(text, own) == ["2024-11-27"]
    assert days(text, own, published=None) == ["-"]


def test_an_interview_was_held_between_the_last_day_it_speaks_of_and_its_publication() -> None:
    text = (
        "Tovan Reck, Deputy Prime Minister of Ostland, spoke of the river in an interview with RTX.\n"
        "On November 14 President Ada Lund said that “the river is ours.” How do you see her words?\n"
        "We have said many things about the river. We met in Norvik on November 20, and we hope to meet "
        "again. The council will meet on December 3."
    )
    talk = interview(text)
    [answer] = answers(text, talk)
    assert days(text, answer) == ["2024-11-20/2024-11-27"]
    assert days(text, answer, published=None) == ["-"]


def test_the_lead_tells_the_day_of_an_interview() -> None:
    text = (
        "Tovan Reck, Deputy Prime Minister of Ostland, spoke of the river in an interview with RTX on Monday.\n"
        "How do you see the river? What will you do?\n"
        "We have said many things about the river. We met in Norvik on November 20, and we hope to meet again."
    )
    talk = interview(text)
    assert days(text, *answers(text, talk)) == ["2024-11-25"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_give_no_exception(day: date) -> None:
    text = "“The locks are open,” Lund said today. “They stay open,” Lund said in his 1990 book. Lund said so before."
    published = When(day, day)
    statements = [
        said(text, "The locks are open,", "said"),
        said(text, "They stay open,", "said"),
        said(text, "so before", "said"),
    ]
    assert len(dated(text, statements, published, date_expressions(text, published))) == 3


def test_rubbish_gives_no_exception() -> None:
    statement = FoundStatement("direct", (Span(0, 3),), None, Span(0, 1))
    for text in ("“On Monday", "\n\n\n" * 10, "said " * 200):
        assert len(dated(text, [statement], PUBLISHED, date_expressions(text, PUBLISHED))) == 1
    assert dated("", [], PUBLISHED, []) == []
