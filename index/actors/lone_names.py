"""Says whose a surname alone may be: of one full name that bears it, or of the other documents' same surname.

A document often prints only "Lund". Each such Lund is an actor of its own until a person decides; with hundreds of
documents, comparing all with all would give as many proposals as there are pairs. So each lone name is compared with
the full names that bear it, and where none is likely, with the first lone one that it may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from index.actors.cards import Card, Found
from index.model import Actor

FULL_AND_OFFICE, LONE_AND_OFFICE, ONLY_ONE, LONE = 0.9, 0.85, 0.8, 0.75
MOST_HEARD_AND_OFFICE, MOST_HEARD, GIVEN = 0.75, 0.7, 0.7
LEAST_HEARD = 5  # statements that a full name needs to be the one that is meant among several


def partners(cards: Sequence[Card], declined: Collection[tuple[int, int]]) -> Iterator[tuple[Card, Card, Found]]:
    """For each person with a lone name the one it may be, with score and reason; pairs that people `declined` are
    passed over, so that the next likely one is found."""
    people = [card for card in cards if card.person and card.words]
    full_ids = {card.actor.id for card in people if card.given}
    bearers: dict[str, list[Card]] = defaultdict(list)
    called: dict[str, list[Card]] = defaultdict(list)
    alone: dict[str, list[Card]] = defaultdict(list)
    parted = {actor_id for pair in declined for actor_id in pair}
    for card in people:
        if card.given:
            bearers[card.surname].append(card)
            called[card.words[0]].append(card)
        elif card.actor.id not in full_ids:
            alone[card.surname].append(card)
    for surname, lone in alone.items():
        leaders: list[Card] = []
        for card in sorted(lone, key=lambda c: (-c.actor.statements, c.actor.id)):
            allowed = [b for b in bearers[surname] if _pair(card, b) not in declined]
            whole = _likelier(
                _bearer(card, allowed, several=len(_people(bearers[surname])) > 1),
                _called([c for c in called.get(surname, ()) if _pair(card, c) not in declined]),
                len(bearers[surname]),
            )
            other = whole or _leader(card, [c for c in leaders if _pair(card, c) not in declined], bearers[surname])
            if other is not None:
                yield card, *other
            if whole is None and (other is None or card.actor.id in parted):
                leaders.append(card)


def titles(actor: Actor) -> set[str]:
    """Offices of an actor, folded: "Minister of Rivers" and "minister rivers" are one."""
    return {
        " ".join(sorted(word.casefold() for word in role.title.split() if word.casefold() not in ("the", "of")))
        for role in actor.roles
    }


def _pair(a: Card, b: Card) -> tuple[int, int]:
    return min(a.actor.id, b.actor.id), max(a.actor.id, b.actor.id)


def _people(bearers: Iterable[Card]) -> set[int]:
    """Those of the full names that are no longer or shorter form of another's: "Ada M. Lund" beside "Ada Lund"."""
    first: dict[str, int] = {}
    for card in sorted(bearers, key=lambda c: (-c.actor.statements, c.actor.id)):
        if not any(given in card.words for given in first):
            first[card.given] = card.actor.id
    return set(first.values())


def _bearer(card: Card, bearers: Sequence[Card], *, several: bool) -> tuple[Card, Found] | None:
    """The full name that a surname alone stands for, where one is likelier than all others."""
    offices = titles(card.actor)
    alike = [bearer for bearer in bearers if offices & titles(bearer.actor)]
    for among, one in ((alike, (FULL_AND_OFFICE, "the same surname and office")), (bearers, None)):
        ranked = sorted({b.actor.id: b for b in among}.values(), key=lambda c: (-c.actor.statements, c.actor.id))
        people = _people(ranked)
        if len(people) == 1:
            if one is not None:
                return ranked[0], one
            if not several:
                return ranked[0], (ONLY_ONE, "the only actor with this surname")
        others = [c for c in ranked if c.actor.id in people]
        if others and _heard_most(others):
            score = MOST_HEARD_AND_OFFICE if one is not None else MOST_HEARD
            return others[0], (score, "of those with this surname the one who speaks most")
    return None


def _heard_most(ranked: Sequence[Card]) -> bool:
    """True when the first says at least twice as much as the next."""
    counts = [card.actor.statements for card in ranked]
    return len(counts) > 1 and counts[0] >= LEAST_HEARD and counts[0] >= 2 * counts[1]


def _called(called: Sequence[Card]) -> tuple[Card, Found] | None:
    """The only full name that begins with the lone name: a given name, or a surname that is printed first."""
    ids = {c.actor.id for c in called}
    return (called[0], (GIVEN, "the only full name that begins with this name")) if len(ids) == 1 else None


def _likelier(
    bearer: tuple[Card, Found] | None, called: tuple[Card, Found] | None, bearers: int
) -> tuple[Card, Found] | None:
    """The bearer of a surname, unless the lone name is the given name of somebody who says far more; then neither is sure.
    Where full names bear it as a surname, but none is likely, it is nobody's given name either."""
    if bearer is None:
        return called if not bearers else None
    if called is not None and _heard_most((called[0], bearer[0])) and bearer[1][0] != FULL_AND_OFFICE:
        return called
    return bearer


def _leader(card: Card, leaders: Sequence[Card], bearers: Sequence[Card]) -> tuple[Card, Found] | None:
    """The first lone actor that may be the same; where several full names bear the surname, only one of the same office."""
    offices = titles(card.actor)
    for leader in leaders:
        if offices & titles(leader.actor):
            return leader, (LONE_AND_OFFICE, "the same surname and office")
    if not leaders or len(_people(bearers)) > 1:
        return None
    return leaders[0], (LONE, "the same surname")
