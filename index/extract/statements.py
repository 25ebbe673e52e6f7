"""Attributions become statements: kind, actor with its reason, chain and parent; paragraphs of own texts and answers too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.extract.attributions import Attribution, kind_of
from index.extract.cast import Cast
from index.extract.certainties import certainty
from index.extract.chains import outlet_name, via
from index.extract.names import mention
from index.extract.nested import parents
from index.extract.offices import is_courtesy
from index.extract.pages import Page
from index.extract.resolutions import UNKNOWN, Resolved
from index.extract.speakers import Speakers
from index.extract.turns import NO_INTERVIEW, Interview
from index.model import FoundActor, FoundStatement

_FIRST = frozenset("i me my we us our mine ours".split())
_SECOND = frozenset("you your".split())


def own_statements(page: Page, actor: str) -> list[FoundStatement]:
    """Each paragraph of a text that speaks for its author, as that actor's own words."""
    return [
        FoundStatement("own", (p,), actor=actor, actor_rule="the text is this actor's own words", rule="own-text")
        for p in page.paragraphs
        if any(c.isalpha() for c in p.of(page.text))
    ]


def statements(
    page: Page,
    found: Sequence[Attribution],
    talk: Interview = NO_INTERVIEW,
    answers: Sequence[FoundStatement] = (),
) -> tuple[list[FoundStatement], tuple[FoundActor, ...]]:
    """Statements of all `found` attributions and the `answers` of an interview, in reading order, with the actors."""
    found = [a for a in found if _counts(page, a, talk)]
    shells = [Attribution(a.content, rule=a.rule) for a in answers]
    ordered = sorted(
        [*enumerate(shells), *((-1, a) for a in found)], key=lambda pair: (pair[1].start, -pair[1].whole.end)
    )
    every = [a for _, a in ordered]
    above = parents(every)
    cast = Cast(page, [a.speaker for a in every if a.speaker is not None])
    speakers = Speakers(cast)
    resolved: list[Resolved] = []
    earlier: list[tuple[Attribution, Resolved]] = []
    out: list[FoundStatement] = []
    for place, (number, a) in enumerate(ordered):
        if number >= 0:
            answer = answers[number]
            who = Resolved(answer.actor, answer.actor_rule, answer.role, "person")
            made = answer
        else:
            parent = above[place]
            outer = _outer(every, resolved, parent, place)
            who = _who(page, speakers, a, outer, earlier, talk)
            carrier = speakers.resolved(a.carrier, earlier) if a.carrier is not None else UNKNOWN
            made = _made(page, a, who, carrier, parent, out)
        resolved.append(who)
        if (number < 0 and above[place] is None) or number >= 0:
            earlier.append((a, who))
        out.append(made)
    actors = cast.actors({who.actor: who.kind for who in resolved if who.actor})
    names = {answer.actor for answer in answers if answer.actor and " " in answer.actor}
    longer = {a.name: name for a in actors for name in names if a.name.endswith(f" {name}")}  # "Board Ada Lund"
    out = [replace(s, actor=longer[s.actor]) if s.actor in longer else s for s in out]
    return out, _with_labels([a for a in actors if a.name not in longer], answers)


def _with_labels(actors: Sequence[FoundActor], answers: Sequence[FoundStatement]) -> tuple[FoundActor, ...]:
    """The actors with the offices that the labels of turns give them, and those whom only a label names."""
    roles: dict[str, dict[str, None]] = {}
    for answer in answers:
        if answer.actor:
            roles.setdefault(answer.actor, {}).update({answer.role: None} if answer.role else {})
    known = {actor.name for actor in actors}
    labelled = [replace(a, roles=tuple(dict.fromkeys([*a.roles, *roles.get(a.name, ())]))) for a in actors]
    return (*labelled, *(FoundActor(name, "person", (), tuple(held)) for name, held in roles.items() if name not in known))


def _outer(
    every: Sequence[Attribution], resolved: Sequence[Resolved], parent: int | None, place: int
) -> Resolved | None:
    return resolved[parent] if parent is not None and parent < place else None


def _counts(page: Page, a: Attribution, talk: Interview) -> bool:
    """In a turn only what someone is clearly quoted with counts: a word in marks or “I would say” is the speaker's own."""
    turn = talk.turn_at(a.start)
    if turn is None or (a.speaker is not None and page.quotation_at(a.speaker.start) is not None):
        return True
    if a.speaker is None or a.cue is None or a.certainty < 0.5:
        return False
    word = a.speaker.of(page.text).casefold()
    cue = next((page.lower[i] for i in reversed(page.tokens_in(a.cue)) if page.tokens[i][0].isalnum()), "")
    if word in _FIRST:
        return turn.kind != "question" and (cue.endswith("ed") or cue in ("said", "told", "wrote"))
    return cue in page.words.say | page.words.demand | page.words.nouns


def _who(
    page: Page,
    speakers: Speakers,
    a: Attribution,
    outer: Resolved | None,
    earlier: Sequence[tuple[Attribution, Resolved]],
    talk: Interview,
) -> Resolved:
    """The actor of one attribution."""
    if a.speaker is None:
        above = a.rule == "quote-alone" and talk.is_heading(page.paragraphs[page.paragraph_at(a.start)], a.start)
        if above and talk.interviewee:
            return Resolved(talk.interviewee, "heading of the interview: its guest's words", talk.role, "person", 0.7)
        return UNKNOWN
    word = a.speaker.of(page.text).casefold().strip()
    if word in _FIRST:
        if outer is not None and outer.actor:
            return replace(outer, rule=f"{word} -> {outer.actor}: speaks in the first person", certainty=0.95)
        name = talk.first_person(a.speaker.start)
        return (
            Resolved(name, f"{word} -> {name}: the turn is this speaker's", kind="person", certainty=0.95)
            if name
            else UNKNOWN
        )
    if word in _SECOND:
        name = talk.second_person(a.speaker.start) if outer is None or talk.turn_at(a.speaker.start) else None
        if name is None:
            return UNKNOWN
        turn = talk.turn_at(a.speaker.start)
        why = (
            "the question is put to this person"
            if turn is not None and turn.kind == "question"
            else "the one who asked"
        )
        return Resolved(name, f"{word} -> {name}: {why}", kind="person", certainty=0.95)
    turn = talk.turn_at(a.speaker.start)
    if turn is not None and turn.name and word in page.words.male | page.words.female:
        # Who speaks in a turn says "I": "he" and "she" are others, and not those who merely had the turn before.
        others = [(other, who) for other, who in earlier[-40:] if who.actor != turn.name and other.speaker is not None]
        return speakers.resolved(a.speaker, others, turn.name, a)
    return speakers.resolved(a.speaker, earlier, own=a)


def _made(
    page: Page, a: Attribution, who: Resolved, carrier: Resolved, parent: int | None, before: Sequence[FoundStatement]
) -> FoundStatement:
    inherited = before[parent].via if parent is not None and parent < len(before) else ()
    role = who.role
    if role is None and a.speaker is not None:
        role = mention(a.speaker.of(page.text), page.words).role
    if role is not None and is_courtesy(role, page.words.courtesies):
        role = None
    kind = kind_of(page, a.content)
    through = [outlet_name(carrier.actor)] if carrier.actor else []
    return FoundStatement(
        kind=kind if parent is None or before[parent].kind == "answer" else "indirect",
        content=a.content,
        speaker=a.speaker,
        cue=a.cue,
        addressee=a.addressee,
        actor=who.actor,
        actor_rule=who.rule,
        role=role,
        via=tuple(dict.fromkeys((*through, *via(page, a, who.actor), *inherited))),
        parent=parent,
        rule=a.rule,
        certainty=round(certainty(a, kind) * (who.certainty if who.actor else 0.9), 3),
    )
