"""Gathers pairs of actors that may be one into groups around the one to keep, so that a person decides once for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from index.actors import office_warning
from index.model import Actor, MergeProposal
from index.names import name_words

Group = tuple[Actor, tuple[tuple[Actor, float, str], ...]]  # the one to keep; the others with score and reason


def groups(
    actors: Sequence[Actor], pairs: Sequence[MergeProposal], declined: Collection[tuple[int, int]] = frozenset()
) -> list[Group]:
    """The groups that proposed pairs (surest first) make, surest first, then those with most statements.

    The one to keep is the full name (of an organisation rather than its initials) with most statements; without a full
    name the lone one with most. Two full names
    come into one group only when they are proposed for each other themselves; two that people `declined`, or that had
    better stay apart (`office_warning`), never do.
    """
    known = {actor.id: actor for actor in actors}
    proposed = {_pair(p.keep, p.other): p for p in pairs}
    home: dict[int, list[int]] = {}
    for pair in pairs:
        a, b = home.setdefault(pair.keep, [pair.keep]), home.setdefault(pair.other, [pair.other])
        if a is not b and _fit(a, b, known, proposed, declined):
            a.extend(b)
            home.update(dict.fromkeys(b, a))
    gathered = {id(members): members for members in home.values() if len(members) > 1}
    made = [_group([known[i] for i in members], proposed) for members in gathered.values()]
    return sorted(made, key=lambda g: (-max(score for _, score, _ in g[1]), -_weight(g), g[0].id))


def _pair(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def _fit(
    left: Sequence[int], right: Sequence[int], known: Mapping[int, Actor],
    proposed: Mapping[tuple[int, int], MergeProposal], declined: Collection[tuple[int, int]],
) -> bool:  # fmt: skip
    """True when two groups may become one."""
    if declined and any(_pair(a, b) in declined for a in left for b in right):
        return False
    return all(
        _pair(a, b) in proposed or (_lone(known[a]) and office_warning(known[a], known[b]) is None)
        or (_lone(known[b]) and office_warning(known[a], known[b]) is None)
        for a in left for b in right
    )  # fmt: skip


def _lone(actor: Actor) -> bool:
    """True for a person of whom no more than one name is known."""
    return actor.kind in ("person", "unknown") and all(len(name_words(name)) < 2 for name in (actor.name, *actor.aliases))


def _group(members: Sequence[Actor], proposed: Mapping[tuple[int, int], MergeProposal]) -> Group:
    """Who is kept, and the others, surest first; their reason is that of the pair with the kept one, or of the pair by
    which they came into the group."""
    kept = min(members, key=_rank)
    others = []
    for actor in members:
        if actor.id != kept.id:
            near = proposed.get(_pair(kept.id, actor.id))
            if near is None:
                found = (proposed.get(_pair(member.id, actor.id)) for member in members)
                near = max((pair for pair in found if pair), key=lambda pair: pair.score)
            others.append((actor, near.score, near.reason))
    return kept, tuple(sorted(others, key=lambda other: (-other[1], -other[0].statements, other[0].id)))


def _rank(actor: Actor) -> tuple[bool, bool, int, int, int]:
    """Least for the one to keep."""
    initials = actor.kind != "person" and actor.name.isupper()
    return _lone(actor), initials, -actor.statements, -len(name_words(actor.name)), actor.id


def _weight(group: Group) -> int:
    """Statements that would go to the one that is kept."""
    return sum(actor.statements for actor, _, _ in group[1])
