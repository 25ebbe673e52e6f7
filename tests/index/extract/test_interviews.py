"""Turns of interviews and transcripts, with labels and without. All texts are invented."""

from __future__ import annotations

import time

import pytest

from index.extract.interviews import FURNITURE, answers, interview

LABELLED = """Ada Lund on the treaty

Norland's foreign minister answered questions from reporters on the river treaty.

{q} Madam Minister, will you sign the treaty?
{a} We will sign it when the border is quiet.

I have said so before.
{q} And what if it is not?
{a} Then we will wait."""

WITHOUT = """Tovan Reck, Deputy Prime Minister of Ostland, spoke of the river in an interview with RTX.
You said to the Ferry Post: "The river belongs to nobody". Later Ada Lund said "the river is ours." What will Ostland do?
We have said many things about the river. We hope that our neighbours will calm down and that we can agree.
As for, as you say, "difficulties", our engineers are ready. I want to stress that nobody will be left without water."""


def turns(text: str, title: str | None = None) -> list[tuple[str, str | None, list[str]]]:
    """Kind, name and paragraphs of the turns of a text."""
    return [(t.kind, t.name, [p.of(text) for p in t.paragraphs]) for t in interview(text, title).turns]


@pytest.mark.parametrize(
    ("q", "a"),
    [
        ("Question:", "Answer:"),
        ("Q:", "A:"),
        ("Q.", "A."),
        ("Q", "A:"),
        ("The Ferry:", "Ada Lund:"),
        ("Question:", "Ada Lund:"),
        ("Reporter:", "Ada Lund (foreign minister):"),
        ("Kai Brandt, reporter at RTX:", "Foreign Minister of Norland Ada Lund:"),
        ("**Question:**", "**Ada Lund:**"),
        ("Question. —", "Ada Lund. —"),
        ("[00:01:02] Kai Brandt:", "[00:01:09] Ada Lund:"),
        ("KAI BRANDT:", "ADA LUND:"),
        (">> Kai Brandt:", ">> Ada Lund:"),
        ("Kai Brandt, RTX:", "Lund:"),
        ("K.B.:", "A.L.:"),
    ],
)
def test_labels_of_any_common_form_part_questions_from_answers(q: str, a: str) -> None:
    found = turns(LABELLED.format(q=q, a=a))
    assert [kind for kind, _, _ in found] == ["question", "answer", "question", "answer"]
    assert {name for kind, name, _ in found if kind == "answer"} == {"Ada Lund"}
    assert "Ada Lund" not in {name for kind, name, _ in found if kind == "question"}
    assert found[1][2] == ["We will sign it when the border is quiet.", "I have said so before."]
    assert found[3][2] == ["Then we will wait."]


def test_a_short_label_is_the_speaker_of_the_long_one() -> None:
    text = (
        "Meeting with the premier\n\nPresident of Norland Ada Lund: Mr Reck, how are the locks?\n\n"
        "premier of the Western River Province Board Tovan Reck: They are ready, Madam President.\n\n"
        "Ada Lund: Good. When will they open?\n\nTOVAN RECK: In May, I hope.\n\nThank you for asking."
    )
    found = interview(text)
    assert [(t.name, t.role) for t in found.turns] == [
        ("Ada Lund", "President of Norland"),
        ("Tovan Reck", "premier of the Western River Province Board"),
        ("Ada Lund", "President of Norland"),
        ("Tovan Reck", "premier of the Western River Province Board"),
    ]
    assert [p.of(text) for p in found.turns[-1].paragraphs] == ["In May, I hope.", "Thank you for asking."]


def test_an_office_in_capitals_is_spelled_as_usual() -> None:
    text = "PRESIDENT OF NORLAND ADA LUND: I thank you for coming.\n\nTOVAN RECK: We thank you.\n\nADA LUND: Welcome to us."
    first = interview(text).turns[0]
    assert (first.name, first.role) == ("Ada Lund", "President of Norland")


def test_capitals_on_a_line_of_their_own_are_labels() -> None:
    text = (
        "MODERATOR\nWelcome. Who begins tonight?\n\nADA LUND\nI will begin, since nobody else wants to.\n\n"
        "TOVAN RECK\nThat is not what we agreed, and she knows it.\n\nADA LUND\nWe agreed on nothing at all."
    )
    assert [(kind, name) for kind, name, _ in turns(text)] == [
        ("question", None),
        ("answer", "Ada Lund"),
        ("answer", "Tovan Reck"),
        ("answer", "Ada Lund"),
    ]


def test_an_interview_without_labels_is_read_from_its_lead_and_its_questions() -> None:
    found = interview(WITHOUT)
    assert (found.interviewee, found.role, found.outlet) == ("Tovan Reck", "Deputy Prime Minister of Ostland", "RTX")
    assert [(t.kind, t.name, len(t.paragraphs)) for t in found.turns] == [
        ("question", None, 1),
        ("answer", "Tovan Reck", 2),
    ]


def test_you_is_the_guest_in_a_question_and_the_one_who_asks_in_an_answer() -> None:
    found = interview(WITHOUT)
    assert found.second_person(WITHOUT.index("You said")) == "Tovan Reck"
    assert found.second_person(WITHOUT.index("as you say")) == "RTX"
    assert found.first_person(WITHOUT.index("We have said")) == "Tovan Reck"
    assert found.first_person(WITHOUT.index("What will")) == "RTX"
    assert found.second_person(3) is None


def test_questions_whose_bold_type_was_lost_part_the_answers() -> None:
    text = (
        "Ada Lund, the foreign minister of Norland, sat down with The Ferry in her office.\n\nWhy did you "
        "sign the treaty?\n\n"
        "We needed peace on the river. I was sure that the council would agree with us.\n\nMy staff and I "
        "worked at night.\n\n"
        "Did you ever think of resigning?\n\nI did, more than once. But we had a duty, and who else would "
        "have done it?\n\n"
        "What do you want to do next?\n\nI want to sail. My family and I have a small boat."
    )
    assert [(kind, name, len(said)) for kind, name, said in turns(text)] == [
        ("question", None, 1),
        ("answer", "Ada Lund", 2),
        ("question", None, 1),
        ("answer", "Ada Lund", 1),
        ("question", None, 1),
        ("answer", "Ada Lund", 1),
    ]


def test_dashes_mark_turns_where_the_lead_announces_an_interview() -> None:
    text = (
        "Interview with Ada Lund.\n\n— Why did you sign?\n— Because we need peace, I think.\n— Was it hard "
        "for you?\n— It was. We lost friends."
    )
    assert [(kind, name, said[0][:3]) for kind, name, said in turns(text)] == [
        ("question", None, "Why"),
        ("answer", "Ada Lund", "Bec"),
        ("question", None, "Was"),
        ("answer", "Ada Lund", "It "),
    ]


def test_lines_that_are_only_wrapped_belong_to_one_paragraph() -> None:
    text = (
        "Kai Brandt: Why do you strike now, after so many months of talks with\nthe owners of the ferry "
        "company, which nobody "
        "thought would fail in\nthe end?\n\nDaria Moss: We were not paid in March, and we told them so. "
        "Nobody came\nto talk to us, "
        "and so we had to do what our members asked us to do. I\nam sorry for the passengers.\n\nKai Brandt: "
        "And then?\n\n"
        "Daria Moss: Then we sail."
    )
    assert [(kind, name, len(said)) for kind, name, said in turns(text)] == [
        ("question", "Kai Brandt", 1),
        ("answer", "Daria Moss", 1),
        ("question", "Kai Brandt", 1),
        ("answer", "Daria Moss", 1),
    ]


def test_a_speech_under_one_label_is_a_transcript() -> None:
    text = (
        "Meeting of the River Council\n\nAda Lund took part in the meeting in Norvik.\n\n***\n\nPresident of "
        "Norland Ada Lund: Colleagues,\n\n"
        "We meet today to speak about our river. I want to thank you for your work.\n\n(Applause.)\n\n"
        "I am sure that we will do more. Let me say a few words about the locks.\n\nThank you."
    )
    assert [(kind, name, len(said)) for kind, name, said in turns(text)] == [("speech", "Ada Lund", 4)]


def test_russian_labels_are_read() -> None:
    text = (
        "Ада Лунд ответила на вопросы журналистов.\n\nВопрос: Почему вы подписали договор?\nОтвет: Мы хотели "
        "мира.\nВопрос: А дальше?\nОтвет: Мы будем работать."
    )
    assert [(kind, name) for kind, name, _ in turns(text)] == [("question", None), ("answer", "Ада Лунд")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The council named its members.\n\nPhoto: Norvik harbour at night\nRelated: The locks of "
        "Norvik\nUpdate: The council met again.\nSource: The Ferry",
        "Norvik (NPA): The treaty was signed.\n\nThe minister's words were clear: “We will not wait,” she "
        "said.\nThe premier added: nobody will be left.",
        "What the parties promise\n\nLiberals: lower taxes\nGreens: clean rivers\nLund: 45 percent\nReck: 30 percent",
        "Why did the treaty fail? Nobody knows.\n\nWill you sleep well? The council will not, Ada Lund "
        "said.\n\n“We are tired,” she said. “What do you want?”",
        "In an interview with RTX, Ada Lund said the treaty was dead. Was it ever alive?\n\n“We tried,” she "
        "said. “I tried, you know?”\n\n"
        "How could it come to this? Reck, her colleague, said he did not know.",
        "A. The treaty\nThe treaty has three parts.\nB. The locks\nThe locks are old.",
        "",
        "?",
        ":\n:\n:",
        "Q:",
        "A:\nA:\nA:",
    ],
)
def test_a_text_that_is_no_interview_has_no_turns(text: str) -> None:
    assert turns(text) == []


def test_answers_are_statements_without_their_labels_and_questions_are_nobodys() -> None:
    text = LABELLED.format(q="Question:", a="Foreign Minister Ada Lund:")
    found = answers(text, interview(text))
    assert [(s.kind, s.content[0].of(text), s.actor, s.role) for s in found] == [
        ("answer", "We will sign it when the border is quiet.", "Ada Lund", "Foreign Minister"),
        ("answer", "I have said so before.", "Ada Lund", "Foreign Minister"),
        ("answer", "Then we will wait.", "Ada Lund", "Foreign Minister"),
    ]
    assert found[0].speaker is not None
    assert found[0].speaker.of(text) == "Foreign Minister Ada Lund"
    assert found[1].speaker is None


def test_what_looks_like_the_foot_of_a_page_is_hardly_certain() -> None:
    text = LABELLED.format(q="Question:", a="Ada Lund:") + "\n\nThank you.\n\nPublished in section: News\n\nPrint version"
    found = {s.content[0].of(text): s.certainty for s in answers(text, interview(text))}
    assert found["Published in section: News"] == found["Print version"] == FURNITURE
    assert found["Thank you."] > 0.9


def test_turns_inside_a_report_end_with_their_paragraph() -> None:
    text = (
        "Ada Lund and Tovan Reck met on Monday.\n\nLund: Will you sign it? I must know.\n\nReck: We will see "
        "about that in May.\n\n"
        "“He never signs anything,” Lund said later.\n\nLund: Good night, then, and thank you.\n\nReck: Good "
        "night to you.\n\n"
        "“It was a bad day,” Reck said. The council meets again in June."
    )
    assert [said for _, _, said in turns(text)] == [
        ["Will you sign it? I must know."],
        ["We will see about that in May."],
        ["Good night, then, and thank you."],
        ["Good night to you."],
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "Ada Lund: Yes.\n",
        "Why? ",
        "A: ",
        "“",
        "Q\n",
        "a:b ",
        "Ada " * 50,
        "(" * 50,
        "12:00 ",
        "=" * 60,
        "A" * 60,
        "word " * 60,
        '"said ',
        "\n— Why? ",
    ],
)
def test_rubbish_and_long_texts_take_time_in_proportion_to_their_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        start = time.process_time()
        answers(text, interview(text))
        return time.process_time() - start

    short = min(seconds(500) for _ in range(3))
    assert seconds(4_000) < 8 * 3 * short + 0.5
