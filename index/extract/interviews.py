"""Finds the turns of interviews and transcripts, with labels or without, so that no word of a question is the guest's.

A text is read as one only when its form shows it; a plain news text has no turns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.extract.labelled_turns import with_labels
from index.extract.questions import Frame, addresses, asks, frame, only_person, own_words, speaks
from index.extract.turn_labels import label_of
from index.extract.turns import NO_INTERVIEW, STAGE, Interview, Turn, TurnKind
from index.model import FoundStatement, Span

FURNITURE = 0.3  # certainty of what continues the last turn but looks like the foot of a page
_SENTENCE_END = re.compile(r"[.!?…:;,”\"»’)\]]\s*\Z")
_LINE = re.compile(r"[^\n\u2028\u2029\x0b\x0c]+")
_SAYS = re.compile(
    r"[,.?!…]\s(?:[–—-]\s)?(?:(?:the\s)?[\w’']+\s)?(?:says|said|asks|asked|answers|answered|replies|replied)\b(?!\sthat)"
)
_DASH = re.compile(r"[–—-]\s{1,2}(?=\S)")


def interview(text: str, title: str | None = None) -> Interview:
    """The turns of `text`; one without turns for a text that is no interview or transcript."""
    parts = blocks(text)
    return with_labels(text, parts, title) or _without_labels(text, parts, title) or NO_INTERVIEW


def answers(text: str, found: Interview) -> list[FoundStatement]:
    """A statement of kind answer for every paragraph that someone says who is named, or who answers the questions."""
    out = []
    for turn in found.turns:
        if turn.kind == "question" and turn.name is None:
            continue
        for n, paragraph in enumerate(turn.paragraphs):
            furniture = turn is found.turns[-1] and paragraph.start >= _foot(text, turn.paragraphs)
            out.append(
                FoundStatement(
                    kind="answer",
                    content=(paragraph,),
                    speaker=turn.speaker if n == 0 else None,
                    actor=turn.name,
                    actor_rule="label of the turn" if found.labelled else "guest named in the lead",
                    role=turn.role,
                    rule="continues the turn, but looks like the foot of a page" if furniture else turn.rule,
                    certainty=FURNITURE if furniture else turn.certainty if n == 0 else round(turn.certainty * 0.97, 2),
                )
            )
    return out


def _foot(text: str, paragraphs: Sequence[Span]) -> int:
    """Where the foot of a page begins at the end of the last turn: several short lines that are no sentences."""
    start = len(text) + 1
    count = 0
    for part in reversed(paragraphs[1:]):
        if part.end - part.start > 120 or text[part.end - 1] in '.!?…”"»':
            break
        start, count = part.start, count + 1
    return start if count >= 2 else len(text) + 1


def blocks(text: str) -> list[Span]:
    """The paragraphs of a text: its lines, or, where lines are only wrapped, what stands between blank lines."""
    lines = []
    for match in _LINE.finditer(text):
        words = match.group()
        start, end = match.start() + len(words) - len(words.lstrip()), match.start() + len(words.rstrip())
        if start < end:
            lines.append(Span(start, end))
    if len(lines) < 6 or not _is_wrapped(text, lines):
        return lines
    out: list[Span] = []
    for line in lines:
        joined = bool(out) and text.count("\n", out[-1].end, line.start) == 1 and label_of(text, line) is None
        out[-1:] = [Span(out[-1].start, line.end)] if joined else [*out[-1:], line]
    return out


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """True when most lines follow one another directly, none is long, and many end in the middle of a sentence."""
    if max(line.end - line.start for line in lines) > 110 or "\n\n" not in text:
        return False
    pairs = list(pairwise(lines))
    direct = [a for a, b in pairs if text.count("\n", a.end, b.start) == 1 and a.end - a.start >= 40]
    open_ends = sum(not _SENTENCE_END.search(text[a.end - 3 : a.end]) for a in direct)
    return len(direct) > 0.4 * len(pairs) and open_ends > 0.5 * len(direct)


# --- turns without labels ---------------------------------------------------------------------------------------------


def _without_labels(text: str, parts: Sequence[Span], title: str | None) -> Interview | None:
    """The interview that questions and answers without labels show, if the lead or the alternation proves it."""
    lead = frame(text, parts, title)
    dashed = _dashed(text, parts)
    first_body = _first_body(text, parts, lead)
    marks = [i >= first_body and asks(text, part) >= 0.75 for i, part in enumerate(parts)]
    if not any(marks):
        return None
    head = next((i for i in range(first_body, len(parts)) if _DASH.match(text, parts[i].start)), 0)
    in_turn = _turn_marks(text, parts, head, announced=lead.announced) if dashed else None
    marks = in_turn or marks
    first = marks.index(True)
    rest = parts[first:]
    reported = sum(not speaks(text, part) for part, mark in zip(rest, marks[first:], strict=True) if not mark)
    free = [part for part, mark in zip(rest, marks[first:], strict=True) if not mark]
    questions = sum(marks)
    if not free or reported > 0.1 * len(free) or own_words(text, free) < 0.012 or first > 8:
        return None
    takes_turns = in_turn is not None
    if takes_turns:
        lead = lead if lead.interviewee else only_person(text, parts[:first], title) or lead
    many = (questions >= 4 and dashed) or (questions >= 5 and questions >= 0.25 * len(rest))
    if not lead.announced and not takes_turns and not many:
        return None
    if questions == 1 and not (lead.interviewee and lead.outlet):
        return None
    made = _alternating(text, rest, marks[first:], lead)
    return Interview(tuple(made), lead.interviewee, lead.role, lead.outlet, lead.place)


def _first_body(text: str, parts: Sequence[Span], lead: Frame) -> int:
    """The first paragraph that may be a question: behind the lead."""
    if lead.place is None:
        return 0
    return next((i for i, part in enumerate(parts) if part.start <= lead.place.start < part.end), 0) + 1


def _dashed(text: str, parts: Sequence[Span]) -> bool:
    """True when most paragraphs begin with a dash, as turns do in some languages."""
    return sum(bool(_DASH.match(text, part.start)) for part in parts) > 0.5 * len(parts)


def _turn_marks(text: str, parts: Sequence[Span], first: int, *, announced: bool) -> list[bool] | None:
    """Which paragraphs ask, when question and answer change strictly behind dashes and nobody tells who says it, else None.

    What is put to the guest may be no question (“Your critics disagree.”); a paragraph without a dash goes on.
    """
    turns: list[list[int]] = []
    for i in range(first, len(parts)):
        if _DASH.match(text, parts[i].start):
            turns.append([i])
        elif turns:
            turns[-1].append(i)
    asked, answered = turns[::2], turns[1::2]
    if len(turns) < 4 or len(asked) != len(answered) or any(_SAYS.search(parts[i].of(text)) for one in turns for i in one):
        return None
    questions = sum(any(asks(text, parts[i]) >= 0.75 for i in one) for one in asked)
    put = sum(any("?" in parts[i].of(text) or addresses(text, parts[i]) for i in one) for one in asked)
    back = sum(asks(text, parts[one[-1]]) >= 0.75 for one in answered)
    least, most = (0.25, 0.6) if announced else (0.5, 1.0)
    if back > 0.2 * len(answered) or put < most * len(asked) or questions < least * len(asked):
        return None
    among = {i for one in asked for i in one}
    return [i in among for i in range(len(parts))]


def _alternating(text: str, parts: Sequence[Span], marks: Sequence[bool], lead: Frame) -> list[Turn]:
    """Question turns and answer turns in order; neighbouring paragraphs of one voice are one turn."""
    made: list[Turn] = []
    sure = 0.9 if lead.interviewee and lead.outlet else 0.75
    for part, asked in zip(parts, marks, strict=True):
        if STAGE.match(text, part.start, part.end):
            continue
        dash = _DASH.match(text, part.start, part.end)
        words = Span(dash.end(), part.end) if dash else part
        kind: TurnKind = "question" if asked else "answer"
        if made and made[-1].kind == kind:
            made[-1] = replace(made[-1], paragraphs=(*made[-1].paragraphs, words))
        elif asked:
            made.append(Turn(None, None, None, kind, (words,), "question without a label", sure))
        else:
            made.append(Turn(None, lead.interviewee, lead.role, kind, (words,), "answer without a label", sure))
    return made
