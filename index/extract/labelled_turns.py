"""Finds the turns that labels show (“Q:”, “HOLM:”, “– Ada Holm –”), when the labels are those of speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.extract.lexicon import lexicon
from index.extract.questions import Frame, frame, only_person, own_words, speaks
from index.extract.turn_labels import Label, bare_label, dashed_label, label_of, label_words, named
from index.extract.turns import STAGE, Interview, Turn, TurnKind
from index.model import Span

_STOPS = tuple(".!?…:;,")
_FIGURE = re.compile(r"[\s\d.,:%$€£()+/–-]*\Z")
_LOWER = re.compile(r"[a-z]{2,20}")
_OPENING, _CLOSING = tuple("“\"‘'«„"), tuple("”\"’'»“")


def with_labels(text: str, parts: Sequence[Span], title: str | None) -> Interview | None:
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
        elif made and not embedded and not told and not STAGE.match(text, part.start, part.end):
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
