"""Proposes pairs of actors that may be one, for a person to decide: a score cannot tell Armen from Arman."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from index.actors import lone_names
from index.actors.apart import office_warning
from index.actors.cards import PERSON_KINDS, Card, Found, card_of, compared, core, skeleton, spoken
from index.actors.names import generic_words, is_office, is_organisation, name_key, name_words
from index.model import Actor, MergeProposal

LARGEST_BLOCK = 60  # actors that share a surname: beyond it only exact reasons are looked for
LEAST_SCORE = 0.7
_OPENERS = frozenset("some many several most both few other another yet earlier later according".split())


def proposals(
    actors: Sequence[Actor], limit: int = 200, declined: Collection[tuple[int, int]] = frozenset()
) -> list[MergeProposal]:
    """Pairs of actors that may be one, surest first, at most `limit`. Never two with different given names, nor a pair of
    ids (the smaller first) that people `declined`.

    Actors are compared only inside blocks that share a surname (or its consonants), an acronym or the words of an
    organisation, so that ten thousand take seconds.
    """
    cards = [card_of(actor, name) for actor in actors for name in _names(actor) if _tells_apart(name, actor.kind)]
    best: dict[tuple[int, int], MergeProposal] = {}
    for block in _blocks(cards):
        pairs = combinations(block, 2) if len(block) <= LARGEST_BLOCK else _leaders(block)
        for a, b in pairs:
            _propose(best, a, b, compared(a, b))
    for lone, partner, found in lone_names.partners(cards, declined):
        _propose(best, lone, partner, found)
    found_pairs = (p for p in best.values() if (min(p.keep, p.other), max(p.keep, p.other)) not in declined)
    return sorted(found_pairs, key=lambda p: (-p.score, p.keep, p.other))[:limit]


def _propose(best: dict[tuple[int, int], MergeProposal], a: Card, b: Card, found: Found | None) -> None:
    """Keep the best reason for which two actors may be one."""
    if found is None or found[0] < LEAST_SCORE or a.actor.id == b.actor.id or office_warning(a.actor, b.actor) is not None:
        return
    keep, other = _ordered(a.actor, b.actor)
    known = best.get((keep, other))
    if known is None or known.score < found[0]:
        best[keep, other] = MergeProposal(keep, other, round(found[0], 3), found[1])


def _tells_apart(name: str, kind: str) -> bool:
    """False for names that say nothing ("many", "Friday", "the Prime Minister") or name several ("Lund and Holm")."""
    words = name_words(name)
    if kind in PERSON_KINDS and not is_organisation(name) and is_office(name):
        return False
    several = {"and", "&"} & set(words) and not is_organisation(name)
    return bool(words) and not several and words[0] not in _OPENERS and any(word not in generic_words() for word in words)


def _names(actor: Actor) -> list[str]:
    """The name and those other names that differ from it in words."""
    names = {name_key(name): name for name in reversed((actor.name, *actor.aliases)) if name_words(name)}
    return [
        name for name in names.values() if name == actor.name or len(name_words(name)) > 1 or actor.kind not in PERSON_KINDS
    ]


def _blocks(cards: Sequence[Card]) -> Iterable[list[Card]]:
    """Groups of cards worth comparing with one another."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.person and card.given:
            groups["surname " + skeleton(card.surname)].append(card)
            groups["words " + " ".join(sorted(card.words))].append(card)
            if card.middle:
                groups["surname " + skeleton(card.middle[-1])].append(card)
        elif not card.person:
            groups["words " + " ".join(sorted(core(card.words)))].append(card)
            groups["acronym " + "".join(word[0] for word in spoken(card.actor.name))].append(card)
        if len(card.words) == 1 and 2 <= len(card.words[0]) <= 7 and card.actor.name.isupper():
            groups["acronym " + card.words[0]].append(card)
    return [group for group in groups.values() if len({card.actor.id for card in group}) > 1]


def _leaders(block: Sequence[Card]) -> Iterable[tuple[Card, Card]]:
    """Pairs of a block too large for all of them: neighbours when it is sorted by given name."""
    ordered = sorted(block, key=lambda card: (card.given, card.words))
    return [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 : i + 6]]


def _ordered(a: Actor, b: Actor) -> tuple[int, int]:
    """Which to keep: the fuller name, then the one with more statements, then the older."""
    first, second = sorted((a, b), key=lambda actor: (-len(name_words(actor.name)), -actor.statements, actor.id))
    return first.id, second.id
