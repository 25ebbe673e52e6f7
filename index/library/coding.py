"""Coding in the open library: the queue, suggestions, agreement and re-codes, events and watch phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.files import table_text
from index.library.positions import Positions
from index.model import Statement, Suggestion
from index.problems import Problem
from index.store import actors, events
from index.store import issues as stored

# The methods are imported where they are used: the first page of a start is there without them.
if TYPE_CHECKING:
    from index.positions.agreement import Agreement
    from index.positions.codes import RowProblem
    from index.positions.coding import Order, Queue
    from index.positions.suggestions import SuggestionModel


class Coding(Positions):
    """What a coder needs: what comes next, what the others said, whether one still sees the same."""

    def coding_statements(self, issue_id: int) -> list[Statement]:
        """What can be coded on an issue: what its query gathers, or every statement where it has no query."""
        if self.issue(issue_id).query.strip():
            return self.issue_statements(issue_id)
        return self.statements(self.statement_ids(order="said"))

    def coding_queue(self, issue_id: int, *, coder: str = "", order: Order = "newest", seed: int = 0) -> Queue:
        """The statements that wait for a coder, one per utterance, in one of `index.positions.coding.ORDERS`."""
        from index.positions.coding import coding_queue

        gathered = self.coding_statements(issue_id)
        predictions = None
        if order in ("extreme", "uncertain"):
            model = self.suggestion_model(issue_id)
            if model.problem is None:
                from index.positions.suggestions import predicted

                predictions = {statement.id: predicted(model, statement.text) for statement in gathered}
        return coding_queue(
            self.issue(issue_id), gathered, self.codes(issue_id), coder=coder, order=order, predictions=predictions,
            seed=seed,
        )  # fmt: skip

    def suggestion_model(self, issue_id: int) -> SuggestionModel:
        """The model of an issue; learnt anew when a code or the definition has changed, else the one learnt before."""
        key = (*stored.newest_code(self.store, issue_id), self.issue(issue_id).version)
        models: dict[int, tuple[object, SuggestionModel]] = self.__dict__.setdefault("_suggestion_models", {})
        if issue_id not in models or models[issue_id][0] != key:
            models[issue_id] = (key, self.suggestions(issue_id))
        return models[issue_id][1]

    def suggestion(self, issue_id: int, statement_id: int) -> Suggestion | None:
        """What the model of an issue says of a statement; None where the model must stay silent."""
        from index.positions.suggestions import suggestion

        return suggestion(self.suggestion_model(issue_id), self.statement(statement_id), self.issue(issue_id))

    # --- agreement ---

    def coders(self, issue_id: int) -> list[str]:
        """Who coded on an issue, by name."""
        return sorted({code.coder for code in self.codes(issue_id)})

    def agreement(self, issue_id: int) -> Agreement:
        """How far the coders of an issue agree where several coded."""
        from index.positions.agreement import agreement_between_coders

        return agreement_between_coders(self.codes(issue_id, every=True), issue_id)

    def recode_agreement(self, issue_id: int, coder: str = "") -> Agreement:
        """How far a coder agrees with their own second look."""
        from index.positions.agreement import agreement_with_oneself

        return agreement_with_oneself(self.codes(issue_id, every=True), issue_id, coder)

    def recode_sample(self, issue_id: int, coder: str = "", size: int = 20, seed: int = 0) -> list[int]:
        """Random statements that a coder should look at again."""
        from index.positions.agreement import recode_sample

        return recode_sample(self.codes(issue_id, every=True), issue_id, coder, size, seed)

    def recode(self, statement_id: int, issue_id: int, value: float | None, *, coder: str = "", note: str = "") -> None:
        """Keep a second look: it measures agreement and changes no position. Raises `Problem` off the scale."""
        with self.edit("Score again"):
            stored.add_code(self.store, statement_id, issue_id, value, coder=coder, note=note, recode=True)

    # --- beside the positions ---

    def import_events(self, path: Path) -> tuple[int, list[RowProblem]]:
        """Events from a CSV (`date,label`): how many are new, and the rows that could not be read. Raises `Problem`."""
        from index.positions.events import read_events

        found, problems = read_events(table_text(path))
        known = {(when.earliest, when.latest, label) for when, label in self.events()}
        new = [(when, label) for when, label in found if (when.earliest, when.latest, label) not in known]
        with self.edit("Import events"):
            for when, label in new:
                assert when.earliest and when.latest
                events.add_event(self.store, when.earliest, when.latest, label)
        return len(new), problems

    def clear_events(self) -> None:
        """Take all events off the timeline (undo brings them back)."""
        with self.edit("Remove events"):
            events.delete_events(self.store)

    def sides(self) -> dict[str, list[int]]:
        """Actors that the timeline puts together in one lane, by the name of the side."""
        return {name: list(ids) for name, ids in self.setting("sides", {}).items()}

    def set_sides(self, sides: Mapping[str, Sequence[int]]) -> None:
        """Put actors together on the timeline. Raises `Problem` where an actor would stand on two sides."""
        taken: set[int] = set()
        for name, ids in sides.items():
            twice = taken & set(ids)
            if twice or not name.strip():
                who = self.actor_names(sorted(twice))
                raise Problem("bad-value", detail=f"{who} can stand on one side only." if twice else "A side needs a name.")
            taken |= set(ids)
        self.set_setting("sides", {name.strip(): sorted(set(ids)) for name, ids in sides.items() if ids})

    def actor_names(self, ids: Sequence[int]) -> str:
        """Names of actors in one line."""
        return ", ".join(actors.main_names(self.store, ids).values())

    def watch_phrases(self) -> list[str]:
        """The phrases whose first and last uses the timeline marks."""
        return list(self.setting("watch_phrases", []))

    def set_watch_phrases(self, phrases: Sequence[str]) -> None:
        """Watch these phrases."""
        self.set_setting("watch_phrases", [phrase for phrase in dict.fromkeys(p.strip() for p in phrases) if phrase])
