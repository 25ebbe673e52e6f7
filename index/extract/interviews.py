"""Finds the turns of interviews and transcripts, with labels or without, so that no word of a question is the guest's.

A text is read as one only when its form shows it; a plain news text has no turns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from index.extract.lexicon import lexicon
from index.extract.questions import Frame, addresses, asks, frame, only_person, own_words, speaks
from index.extract.turn_labels import Label, bare_label, dashed_label, label_of, label_words, named
from index.model import FoundStatement, Span

TurnKind = Literal["question", "answer", "speech"]
FURNITURE = 0.3  # certainty of what continues the last turn but looks like the foot of a page
_STAGE = re.compile(r"[*…_.\s\-–—=#]*+(?:[(\[<][^()\[\]<>\n]{0,120}[)\]>])?[*…_.\s\-–—=#]*+\Z")
_SENTENCE_END = re.compile(r"[.!?…:;,”\"»’)\]]\s*\Z")
_STOPS = tuple(".!?…:;,")
_LINE = re.compile(r"[^\n\u2028\u2029\x0b\x0c]+")
_FIGURE = re.compile(r"[\s\d.,:%$€£()+/–-]*\Z")
_SAYS = re.compile(
    r"[,.?!…]\s(?:[–—-]\s)?(?:(?:the\s)?[\w’']+\s)?(?:says|said|asks|asked|answers|answered|replies|replied)\b(?!\sthat)"
)
_LOWER = re.compile(r"[a-z]{2,20}")
_OPENING, _CLOSING = tuple("“\"‘'«„"), tuple("”\"’'»“")
_DASH = re.compile(r"[–—-]\s{1,2}(?=\S)")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one voice says until another takes over.

    `speaker` marks the label (None without one), `name` is who speaks (None: nobody says), `paragraphs` are the words
    without the label. A question is a turn of whoever asks; "speech" is a turn of a transcript where nobody is asked.
    """

    speaker: Span | None
    name: str | None
    role: str | None
    kind: TurnKind
    paragraphs: tuple[Span, ...]
    rule: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Interview:
    """The turns of a text, who answers and for whom the questions are put. `labelled`: the turns bear labels."""

    turns: tuple[Turn, ...] = ()
    interviewee: str | None = None
    role: str | None = None
    outlet: str | None = None
    lead: Span | None = None
    labelled: bool = False

    def turn_at(self, offset: int) -> Turn | None:
        """The turn whose paragraphs hold the character at `offset`."""
        for turn in self.turns:
            if turn.paragraphs and turn.paragraphs[0].start <= offset < turn.paragraphs[-1].end:
                return turn
        return None

    def is_heading(self, paragraph: Span, offset: int) -> bool:
        """True when what begins at `offset`, the first words of a paragraph, stands above all turns: a heading's quotation."""
        above = bool(self.turns) and all(t.paragraphs and paragraph.end <= t.paragraphs[0].start for t in self.turns)
        return above and offset - paragraph.start <= 2

    def first_person(self, offset: int) -> str | None:
        """Whom "I" means at `offset`, outside quotation marks."""
        turn = self.turn_at(offset)
        if turn is None:
            return None
        return turn.name or (self.outlet if turn.kind == "question" and not self.labelled else None)

    def second_person(self, offset: int) -> str | None:
        """Whom "you" means at `offset`: the guest in a question, the one who asked in an answer."""
        turn = self.turn_at(offset)
        if turn is None:
            return None
        if turn.kind == "question":
            return self.interviewee
        before = [
            other
            for other in self.turns
            if other.paragraphs and turn.paragraphs and other.paragraphs[0].start < turn.paragraphs[0].start
        ]
        asked = next((other for other in reversed(before) if other.name != turn.name or other.kind == "question"), None)
        if asked is None:
            return self.outlet
        return asked.name or (self.outlet if asked.kind == "question" else None)


NO_INTERVIEW = Interview()


def interview(text: str, title: str | None = None) -> Interview:
    """The turns of `text`; one without turns for a text that is no interview or transcript."""
    parts = blocks(text)
    return _with_labels(text, parts, title) or _without_labels(text, parts, title) or NO_INTERVIEW


def turns(text: str, title: str | None = None) -> tuple[Turn, ...]:
    """The turns of `text` alone."""
    return interview(text, title).turns


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


# --- turns with labels ------------------------------------------------------------------------------------------------


def _with_labels(text: str, parts: Sequence[Span], title: str | None) -> Interview | None:
    """The interview that labels show, if the labels are those of speakers."""
    for reader in (label_of, dashed_label, bare_label):
        read = [reader(text, part) for part in parts]
        if sum(label is not None for label in read) and (reader is label_of or _is_dialogue([x for x in read if x])):
            found = _labelled(text, parts, read, title)
            if found:
                return found
    return None


def _is_dialogue(labels: Sequence[Label]) -> bool:
    """Stricter than for colons: there are several voices, and one at least comes back."""
    counts = Counter(label.key for label in labels)
    return len(labels) >= 3 and len(counts) >= 2 and max(counts.values()) >= 2


def _labelled(text: str, parts: Sequence[Span], read: Sequence[Label | None], title: str | None) -> Interview | None:
    kept = _speakers(text, parts, read)
    labels = [label for label in kept if label]
    if not labels or not _is_transcript(text, parts, kept) or _is_quoting(text, parts, kept):
        return None
    done = iter(named(labels, text))
    given = [next(done) if label else None for label in kept]
    head = parts[: next(i for i, label in enumerate(given) if label)]
    lead = frame(text, head, title)
    if lead.interviewee is None and not any(label and label.voice == "name" for label in given):
        lead = only_person(text, head, title) or lead
    guest, role = _guest(given, lead)
    embedded = _is_embedded(text, parts, given)
    given = [_outlets_question(label, guest, lead) for label in given]
    spoken = [label for label in given if label]
    made: list[Turn] = []
    told = False
    for part, label in zip(parts, given, strict=True):
        told = label is None and (told or _is_told(text, part, spoken))
        if label is not None:
            made.append(_turn(label, part, guest, role, given, embedded=embedded))
        elif made and not embedded and not told and not _STAGE.match(text, part.start, part.end):
            made[-1] = replace(made[-1], paragraphs=(*made[-1].paragraphs, part))
    made = _with_askers(text, [turn for turn in made if turn.paragraphs])
    if guest is None:
        others = {turn.name for turn in made if turn.kind != "question" and turn.name}
        if len(others) == 1 and any(turn.kind == "question" for turn in made):
            guest = others.pop()
            made = [replace(turn, kind="answer") if turn.name == guest else turn for turn in made]
    return Interview(tuple(made), guest, role, lead.outlet, lead.place, labelled=True)


def _is_quoting(text: str, parts: Sequence[Span], read: Sequence[Label | None]) -> bool:
    """True when what stands behind most names is in quotation marks: a report, and no transcript."""
    named = [(part, label) for part, label in zip(parts, read, strict=True) if label and label.voice == "name"]
    quoted = [text[x.body] in _OPENING and text[part.end - 1] in _CLOSING for part, x in named if x.body < part.end]
    return sum(quoted) > 0.5 * len(named)


def _is_told(text: str, part: Span, labels: Sequence[Label]) -> bool:
    """True for a reporter's paragraph between turns, “Sir ADA HOLM said he was sorry”: a name as labels print it, a verb."""
    words = lexicon("en")
    for label in labels:
        if label.voice == "name" and text.startswith(label.words + " ", part.start) and " " in label.words:
            after = _LOWER.match(text, part.start + len(label.words) + 1)
            if after and after.group() in words.say and (after.group().endswith("ed") or after.group() in ("said", "told")):
                return True
    return False


def _with_askers(text: str, made: Sequence[Turn]) -> list[Turn]:
    """The turns, those of a named voice that nearly always asks as questions, where another hardly ever does."""
    said: dict[str, list[bool]] = {}
    for turn in made:
        if turn.name:
            last = turn.paragraphs[-1].of(text).rstrip("”\"»') ")
            said.setdefault(turn.name, []).append(last.endswith("?"))
    shares = {name: sum(asked) / len(asked) for name, asked in said.items()}
    if not shares or min(shares.values()) > 0.25:
        return list(made)
    askers = {name for name, share in shares.items() if share >= 0.6}
    return [replace(turn, kind="question") if turn.name in askers else turn for turn in made]


def _speakers(text: str, parts: Sequence[Span], read: Sequence[Label | None]) -> list[Label | None]:
    """The labels without those that hold only figures, or lone one-word labels that no other part of the text confirms."""
    counts = Counter(label.key for label in read if label)
    letters = {label.words.casefold() for label in read if label and len(label.words) == 1}
    names = sum(label is not None and label.voice == "name" for label in read)
    out: list[Label | None] = []
    for part, label in zip(parts, read, strict=True):
        if label is None or label.voice != "name":
            out.append(None if label and len(label.words) == 1 and len(letters) < 2 and names < 2 else label)
            continue
        headline = (
            part is parts[0] and len(parts) > 1 and part.of(text).rstrip('”"’»)')[-1:] not in _STOPS and counts[label.key] == 1
        )
        figures = headline or (bool(_FIGURE.match(text, label.body, part.end)) and label.body < part.end)
        words = label.words.split()
        lone = counts[label.key] == 1 and len(words) == 1 and not label.affiliation and not words[0].isupper()
        out.append(None if figures or (lone and not _confirmed(label.words, text, label.place)) else label)
    return out


def _confirmed(word: str, text: str, place: Span) -> bool:
    """True when a one-word label is part of a longer name elsewhere: "Lund:" beside "Ada Lund"."""
    return bool(re.search(rf"[^\W\d_a-zа-яё][\w’'-]{{1,30}}\s{re.escape(word)}(?!\w)", text[: place.start][:20_000]))


def _is_transcript(text: str, parts: Sequence[Span], read: Sequence[Label | None]) -> bool:
    """True when the labels of a text are those of speakers who take turns, or of one who speaks at length."""
    labels = [label for label in read if label]
    names = Counter(label.words.split()[-1].casefold() for label in labels if label.voice == "name")
    questions = sum(label.voice == "question" for label in labels)
    replies = sum(label.voice == "answer" for label in labels)
    if not labels or not _says_something(text, parts, read):
        return False
    if questions and (replies or names):
        return len(labels) >= 2
    if len(names) >= 2:
        several = sum(count >= 2 for count in names.values())
        full = all(" " in label.words for label in labels)
        if (len(labels) >= (3 if full else 4) and several >= 1) or several >= 2:
            return True
    sure = [label for label in labels if label.voice == "name" and _is_sure(label, text)]
    return (
        bool(sure)
        and len(sure) == len([label for label in labels if label.voice == "name"])
        and _speaks_at_length(text, parts, read)
    )


def _says_something(text: str, parts: Sequence[Span], read: Sequence[Label | None]) -> bool:
    """True when most labels are followed by words, in their paragraph or the next: a list of names or figures is no talk."""
    said: list[int] = []
    for part, label in zip(parts, read, strict=True):
        if label is not None:
            said.append(len(text[label.body : part.end].split()))
        elif said and said[-1] < 3:
            said[-1] += len(part.of(text).split())
    return sum(count >= 3 for count in said) >= 0.5 * len(said)


def _is_sure(label: Label, text: str) -> bool:
    """True for a label with a full name of which the text before it has the surname; headings begin with an article."""
    words = label.words.split()
    heading = words[0].casefold() in ("the", "a", "an") or any(mark in label.words for mark in ("'s", "’s"))
    return len(words) >= 2 and not heading and words[-1].casefold() in text[: label.place.start].casefold()


def _speaks_at_length(text: str, parts: Sequence[Span], read: Sequence[Label | None]) -> bool:
    """True when from the first label on someone speaks in the first person and no reporter does."""
    first = next(i for i, label in enumerate(read) if label)
    rest = list(parts[first:])
    if len(rest) < 2 and len(rest[0].of(text)) < 400:
        return False
    return own_words(text, rest) >= 0.012 and sum(not speaks(text, part) for part in rest) <= 0.05 * len(rest)


def _is_embedded(text: str, parts: Sequence[Span], read: Sequence[Label | None]) -> bool:
    """True when turns stand inside a reporter's text: then a paragraph without a label is the reporter's."""
    first = next(i for i, label in enumerate(read) if label)
    free = [part for part, label in zip(parts[first:], read[first:], strict=True) if label is None]
    return bool(free) and sum(not speaks(text, part) for part in free) > 0.1 * len(free)


def _guest(labels: Sequence[Label | None], lead: Frame) -> tuple[str | None, str | None]:
    """Who answers: the one named in the lead, else the name that follows question turns most often."""
    names = [label for label in labels if label]
    after: Counter[str] = Counter()
    for before, label in pairwise(names):
        if before.voice == "question" and label.voice == "name" and label.name and not _asks_by_trade(label):
            after[label.name] += 1
    if after:
        first, *others = after.most_common(2)
        if others and others[0][1] == first[1]:
            return None, None
        return first[0], next((label.role for label in names if label.name == first[0] and label.role), None)
    spoken = Counter(label.name for label in names if label.name and not _asks_by_trade(label))
    if lead.interviewee and (not spoken or lead.interviewee in spoken or not lead.announced):
        return lead.interviewee, lead.role
    if lead.interviewee:
        surname = lead.interviewee.split()[-1]
        named_so = [name for name in spoken if name and name.split()[-1] == surname]
        if named_so:
            return named_so[0], lead.role
        if not any(label.voice == "name" for label in names):
            return lead.interviewee, lead.role
    return None, None


def _outlets_question(label: Label | None, guest: str | None, lead: Frame) -> Label | None:
    """The label of the outlet that holds an interview (“Torvik Courier:”, “TC:”) is one of questions."""
    if label is None or label.voice != "name" or guest is None or not label.name or label.name == guest:
        return label
    words = lexicon("en")
    last = label.name.split()[-1].casefold()
    partner = (lead.outlet or "").casefold()
    own = partner and label.name.casefold() in (partner, partner.removeprefix("the "))
    return replace(label, voice="question") if own or (last in words.press | words.media and not label.role) else label


def _asks_by_trade(label: Label) -> bool:
    """True when the label calls its speaker a reporter, host ..."""
    words = f"{label.words} {label.affiliation} {label.role or ''}".casefold().split()
    return any(word.strip(",.") in label_words("askers") for word in words)


def _turn(
    label: Label, part: Span, guest: str | None, role: str | None, labels: Sequence[Label | None], *, embedded: bool
) -> Turn:
    """The turn that a label opens, with its first paragraph."""
    words = (Span(label.body, part.end),) if label.body < part.end else ()
    certainty = 0.85 if embedded else 0.97
    if label.voice == "name":
        kind: TurnKind = "question" if _asks_by_trade(label) else "answer" if guest else "speech"
        return Turn(label.place, label.name, label.role, kind, words, "labelled turn", certainty)
    has_names = sum(other is not None and other.voice == "name" for other in labels) >= 2
    voice = label.voice == "question" or (has_names and label.words.casefold().split()[0] in label_words("voices"))
    if voice:
        return Turn(label.place, None, None, "question", words, "labelled question", certainty)
    return Turn(label.place, guest, role, "answer", words, "labelled answer", certainty if guest else 0.6)


def _foot(text: str, paragraphs: Sequence[Span]) -> int:
    """Where the foot of a page begins at the end of the last turn: several short lines that are no sentences."""
    start = len(text) + 1
    count = 0
    for part in reversed(paragraphs[1:]):
        if part.end - part.start > 120 or text[part.end - 1] in '.!?…”"»':
            break
        start, count = part.start, count + 1
    return start if count >= 2 else len(text) + 1


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
        if _STAGE.match(text, part.start, part.end):
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
