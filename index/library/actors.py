"""Actors of the open library: listed, named, merged, split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.library.opened import Opened
from index.model import Actor, MergeGroup, MergeMember, MergeProposal, When
from index.store import actors, settings

MOST_PAIRS = 5000  # pairs that are gathered into groups; what is behind them comes once these are decided


class Actors(Opened):
    """What can be asked and done about actors."""

    def actors(self) -> list[Actor]:
        """All actors, most statements first."""
        return actors.actors(self.store)

    def actor(self, actor_id: int) -> Actor:
        """One actor. Raises `Problem`."""
        return actors.actor(self.store, actor_id)

    def actors_named(self, name: str) -> list[Actor]:
        """The actors that go by a name, under any spelling that folds to the same key."""
        found = actors.by_name(self.store, name) or actors.by_key(self.store, _key_of(name))
        return actors.actors(self.store, found)

    def merge_actors(self, keep: int, other: int) -> None:
        """Make two actors one (undo splits them again)."""
        with self.edit("Merge actors"):
            actors.merge(self.store, keep, other)

    def merge_many(self, keep: int, others: Sequence[int]) -> None:
        """Make several actors part of one, in one act (one undo parts them all again). Raises `Problem`, then nothing is
        merged."""
        with self.edit("Merge actors"):
            for other in dict.fromkeys(others):
                actors.merge(self.store, keep, other)

    def split_actor(self, actor_id: int, name: str, names: Sequence[str], statement_ids: Sequence[int]) -> int:
        """Make a new actor of some names and statements of one; returns its id."""
        with self.edit("Split actor"):
            pairs = [(alias, _key_of(alias)) for alias in dict.fromkeys([name, *names])]
            return actors.split(self.store, actor_id, name, pairs, statement_ids)

    def change_actor(
        self, actor_id: int, *, name: str | None = None, kind: str | None = None, note: str | None = None
    ) -> None:
        """Rename an actor, set its kind or a note."""
        with self.edit("Change actor"):
            if name is not None:
                actors.add_alias(self.store, actor_id, name, _key_of(name), by_hand=True)
            actors.change(self.store, actor_id, name=name, kind=kind, note=note)

    def add_alias(self, actor_id: int, name: str) -> None:
        """Another name that an actor goes by."""
        with self.edit("Add name"):
            actors.add_alias(self.store, actor_id, name, _key_of(name), by_hand=True)

    def remove_alias(self, actor_id: int, name: str) -> None:
        """Forget a name of an actor."""
        with self.edit("Remove name"):
            actors.remove_alias(self.store, actor_id, name)

    def add_role(self, actor_id: int, title: str, when: When | None = None) -> None:
        """A role of an actor entered by hand, with its days."""
        with self.edit("Add role"):
            days = (when.earliest, when.latest) if when else (None, None)
            actors.add_role(self.store, actor_id, title, earliest=days[0], latest=days[1])

    def merge_proposals(self, limit: int = 200) -> list[MergeProposal]:
        """Pairs of actors that may be one, most likely first; nothing is merged without the user."""
        from index.actors.proposals import proposals

        return proposals(self.actors(), limit, self._declined())

    def merge_groups(self, limit: int = 200) -> list[MergeGroup]:
        """The proposals gathered around the actor to keep, surest first: one decision for the full name and all the
        documents that print the surname alone."""
        from index.actors.apart import office_warning
        from index.actors.groups import groups
        from index.actors.proposals import proposals

        known, declined = self.actors(), self._declined()
        made = groups(known, proposals(known, MOST_PAIRS, declined), declined)[:limit]
        ids = [actor.id for kept, others in made for actor in (kept, *(other for other, _, _ in others))]
        places, examples = actors.documents_of(self.store, ids), actors.examples(self.store, ids)

        def member(actor: Actor, score: float = 1.0, reason: str = "", warning: str | None = None) -> MergeMember:
            printed = tuple(places.get(actor.id, ()))
            return MergeMember(actor, score, reason, warning, printed, examples.get(actor.id))

        return [
            MergeGroup(
                member(kept), tuple(member(one, score, why, office_warning(kept, one)) for one, score, why in others)
            )
            for kept, others in made
        ]

    def actor_places(self, among: Sequence[Actor]) -> dict[int, str]:
        """{actor id: title of the document it speaks most in, else its outlet} for those whose names are equal: what
        tells them apart."""
        counts = Counter(actor.name.casefold() for actor in among)
        ids = [actor.id for actor in among if counts[actor.name.casefold()] > 1]
        return {
            actor_id: places[0][1] or places[0][2] for actor_id, places in actors.documents_of(self.store, ids).items()
        }

    def decline_merges(self, keep: int, others: Sequence[int]) -> None:
        """Remember, in one act, that none of the others is the one to keep."""
        declined = settings.setting(self.store, "declined_merges", [])
        with self.edit("Keep actors apart"):
            apart = [sorted((keep, other)) for other in others]
            settings.set_setting(self.store, "declined_merges", [*declined, *apart])

    def _declined(self) -> set[tuple[int, int]]:
        """Pairs of ids, the smaller first, that people said are two."""
        return {(a, b) for a, b in settings.setting(self.store, "declined_merges", [])}

    def merge_warning(self, keep: int, other: int) -> str | None:
        """A code for why two actors had better not be merged ("office-and-holder"), or None."""
        from index.actors.apart import office_warning

        return office_warning(self.actor(keep), self.actor(other))


def _key_of(name: str) -> str:
    """The folded form of a name; equal keys are one actor."""
    from index.actors.names import name_key

    return name_key(name)
