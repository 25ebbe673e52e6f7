"""Actors of the open library: listed, named, merged, split."""

from __future__ import annotations

from collections.abc import Sequence

from index.filing import key_of
from index.library.opened import Opened
from index.model import Actor, MergeProposal, When
from index.store import actors, settings


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
        found = actors.by_name(self.store, name) or actors.by_key(self.store, key_of(name))
        return actors.actors(self.store, found)

    def merge_actors(self, keep: int, other: int) -> None:
        """Make two actors one (undo splits them again)."""
        with self.edit("Merge actors"):
            actors.merge(self.store, keep, other)

    def split_actor(self, actor_id: int, name: str, names: Sequence[str], statement_ids: Sequence[int]) -> int:
        """Make a new actor of some names and statements of one; returns its id."""
        with self.edit("Split actor"):
            pairs = [(alias, key_of(alias)) for alias in dict.fromkeys([name, *names])]
            return actors.split(self.store, actor_id, name, pairs, statement_ids)

    def change_actor(
        self, actor_id: int, *, name: str | None = None, kind: str | None = None, note: str | None = None
    ) -> None:
        """Rename an actor, set its kind or a note."""
        with self.edit("Change actor"):
            if name is not None:
                actors.add_alias(self.store, actor_id, name, key_of(name), by_hand=True)
            actors.change(self.store, actor_id, name=name, kind=kind, note=note)

    def add_alias(self, actor_id: int, name: str) -> None:
        """Another name that an actor goes by."""
        with self.edit("Add name"):
            actors.add_alias(self.store, actor_id, name, key_of(name), by_hand=True)

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
        from index.actors import proposals

        declined = {tuple(pair) for pair in settings.setting(self.store, "declined_merges", [])}
        found = proposals(self.actors(), limit + len(declined))
        return [p for p in found if (min(p.keep, p.other), max(p.keep, p.other)) not in declined][:limit]

    def decline_merge(self, a: int, b: int) -> None:
        """Remember that two actors are not one, so that they are not proposed again."""
        declined = settings.setting(self.store, "declined_merges", [])
        with self.edit("Keep actors apart"):
            settings.set_setting(self.store, "declined_merges", [*declined, sorted((a, b))])

    def merge_warning(self, keep: int, other: int) -> str | None:
        """A code for why two actors had better not be merged ("office-and-holder"), or None."""
        from index.actors import office_warning

        return office_warning(self.actor(keep), self.actor(other))
