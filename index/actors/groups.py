"""Gathers pairs of actors that may be one into groups around the one to keep, so that a person decides once for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.actors.apart import office_warning
from index.actors.names import name_words
from index.model import Actor, MergeProposal

Group = tuple[Actor, tuple[tuple[Actor, float, str], ...]]  # the one to keep; the others with score and reason
SURE = 0.75  # score from which a window may tick a member beforehand


def groups(
    actors: Sequence[Actor], pairs: Sequence[MergeProposal], declined: Collection[tuple[int, int]] = frozenset()
) -> list[Group]:
    """The groups that proposed pairs (surest first) make: first those that hold a likely member (`SURE`), and of these
    the ones by whose merge most statements find their actor.

    The one to keep is the full name (of an organisation rather than its initials) with most statements; without a full
    name the lone one with most. Two full names
    come into one group only when they are proposed for each other themselves; two that people `declined`, or that had
    better stay apart (`office_warning`), never do.
    """
    known = {actor.id: actor for actor in actors}
    proposed = {_pair(p.keep, p.other): p for p in pairs}
    parted = {actor_id for pair in declined for actor_id in pair}
    home: dict[int, _Gathered] = {}
    for pair in pairs:
        a, b = (home.setdefault(i, _gathered(known[i], parted)) for i in (pair.keep, pair.other))
        if a is not b and _fit(a, b, proposed, declined):
            a, b = (a, b) if len(a.members) >= len(b.members) else (b, a)
            a.take(b)
            home.update(dict.fromkeys(b.members, a))
    gathered = {id(one): one.members for one in home.values() if len(one.members) > 1}
    ways: dict[int, MergeProposal] = {}  # by which surest pair each came into its group
    for pair in pairs:
        if home[pair.keep] is home[pair.other]:
            ways.setdefault(pair.keep, pair)
            ways.setdefault(pair.other, pair)
    made = [_group([known[i] for i in members], proposed, ways) for members in gathered.values()]
    return sorted(made, key=lambda g: (max(score for _, score, _ in g[1]) < SURE, -_weight(g), g[0].id))


def _pair(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


@dataclass(slots=True)
class _Gathered:
    """Actors that are one group so far; `faces` has of equal lone names one, so that hundreds are compared as one."""

    members: list[int]
    faces: dict[object, Actor]
    parted: list[int]

    def take(self, other: _Gathered) -> None:
        """Make the other group part of this one."""
        self.members.extend(other.members)
        self.faces |= other.faces
        self.parted.extend(other.parted)


def _gathered(actor: Actor, parted: Collection[int]) -> _Gathered:
    """A group of one."""
    face: object = (actor.name.casefold(), actor.kind) if _lone(actor) else actor.id
    return _Gathered([actor.id], {face: actor}, [actor.id] if actor.id in parted else [])


def _fit(
    left: _Gathered, right: _Gathered, proposed: Mapping[tuple[int, int], MergeProposal],
    declined: Collection[tuple[int, int]],
) -> bool:  # fmt: skip
    """True when two groups may become one."""
    if any(_pair(a, b) in declined for a in left.parted for b in right.parted):
        return False
    return all(_agree(a, b, proposed) for a in left.faces.values() for b in right.faces.values())


def _agree(a: Actor, b: Actor, proposed: Mapping[tuple[int, int], MergeProposal]) -> bool:
    """True for two that are proposed for each other, or of which one has a lone name that nothing speaks against."""
    return _pair(a.id, b.id) in proposed or ((_lone(a) or _lone(b)) and office_warning(a, b) is None)


def _lone(actor: Actor) -> bool:
    """True for a person of whom no more than one name is known."""
    return actor.kind in ("person", "unknown") and all(len(name_words(name)) < 2 for name in (actor.name, *actor.aliases))


def _group(
    members: Sequence[Actor], proposed: Mapping[tuple[int, int], MergeProposal], ways: Mapping[int, MergeProposal]
) -> Group:
    """Who is kept, and the others, surest first; their reason is that of the pair with the kept one, or of the pair by
    which they came into the group."""
    kept = min(members, key=_rank)
    others = []
    for actor in members:
        if actor.id != kept.id:
            way = proposed.get(_pair(kept.id, actor.id)) or ways[actor.id]
            others.append((actor, way.score, way.reason))
    return kept, tuple(sorted(others, key=lambda other: (-other[1], -other[0].statements, other[0].id)))


def _rank(actor: Actor) -> tuple[bool, bool, int, int, int]:
    """Least for the one to keep."""
    initials = actor.kind != "person" and actor.name.isupper()
    return _lone(actor), initials, -actor.statements, -len(name_words(actor.name)), actor.id


def _weight(group: Group) -> int:
    """Statements that would go to the one that is kept."""
    return sum(actor.statements for actor, _, _ in group[1])
