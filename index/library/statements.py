"""Statements and utterances of the open library: read, corrected, confirmed, linked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.library.opened import Opened
from index.model import Span, Statement, StatementKind, When
from index.problems import Problem
from index.store import documents, statements, utterances


class Statements(Opened):
    """What can be asked and done about statements, and about which of them are one utterance."""

    def statement_ids(
        self,
        *,
        document_id: int | None = None,
        actor_id: int | None = None,
        utterance_id: int | None = None,
        status: str | None = None,
        rejected: bool = False,
        order: str = "place",
    ) -> list[int]:
        """Ids of statements by place in their documents, or by date with order "said"."""
        return statements.statement_ids(
            self.store, document_id=document_id, actor_id=actor_id, utterance_id=utterance_id, status=status,
            rejected=rejected, order=order,
        )  # fmt: skip

    def statement(self, statement_id: int) -> Statement:
        """One statement. Raises `Problem`."""
        return statements.statement(self.store, statement_id)

    def statements(self, ids: Sequence[int]) -> list[Statement]:
        """Statements by their ids."""
        return statements.statements(self.store, ids)

    def correct_statement(
        self,
        statement_id: int,
        *,
        actor: str | bool | None = False,
        when: When | bool | None = False,
        kind: StatementKind | None = None,
        role: str | None = None,
        note: str | None = None,
        content: Sequence[Span] | None = None,
        via: Sequence[str] | None = None,
        speaker: Span | bool | None = False,
        addressee: Span | bool | None = False,
    ) -> None:
        """Correct a statement by hand; this stays through re-extraction. None sets actor or when to unknown.

        Raises `Problem` where there is no such statement, and for content that is no place in its document's text.
        """
        from index.ingest.filing import actor_named

        changes: dict[str, Any] = {}
        with self.edit("Correct statement"):
            if not isinstance(actor, bool):
                changes["actor_id"] = None if actor is None else actor_named(self.store, actor)
            for name, value in (("when", when), ("speaker", speaker), ("addressee", addressee)):
                if not isinstance(value, bool):
                    changes[name] = value
            for name, given in (("kind", kind), ("role", role), ("note", note), ("via", via)):
                if given is not None:
                    changes[name] = given
            if content is not None:
                text = documents.text_of(self.store, self.statement(statement_id).document_id)
                changes |= {"content": _within(text, content), "text": statements.text_of(text, sorted(content))}
            statements.correct(self.store, statement_id, **changes)

    def add_statement(
        self, document_id: int, kind: StatementKind, content: Sequence[Span], actor: str | None, when: When | None
    ) -> int:
        """A statement that the user marked in a text; returns its id. Raises `Problem` for no place in that text."""
        from index.ingest.filing import actor_named

        with self.edit("Add statement"):
            text = documents.text_of(self.store, document_id)
            actor_id = None if actor is None else actor_named(self.store, actor)
            return statements.add_by_hand(self.store, document_id, text, kind, _within(text, content), actor_id, when)

    def confirm_statements(self, ids: Sequence[int]) -> None:
        """Mark statements as checked and right."""
        with self.edit("Confirm statements"):
            statements.set_status(self.store, ids, "confirmed")

    def reject_statements(self, ids: Sequence[int]) -> None:
        """Mark statements as not statements: they leave every list, count and plot, and stay away on re-extraction."""
        with self.edit("Reject statements"):
            statements.set_status(self.store, ids, "rejected")

    def cut_utterance(self, statement_ids: Sequence[int]) -> None:
        """Take statements out of their utterance: they report other words. Stays through re-extraction. Raises `Problem`."""
        with self.edit("Cut from utterance"):
            for statement_id in statement_ids:
                self.statement(statement_id)
                others = utterances.whole(self.store, [statement_id])[1:]
                utterances.judge(self.store, [(statement_id, other) for other in others], "cut")
                utterances.set_utterance(self.store, [statement_id])
            utterances.drop_empty(self.store)

    def link_statements(self, statement_ids: Sequence[int]) -> None:
        """Say that statements report the same words. Stays through re-extraction. Raises `Problem`."""
        if len(set(statement_ids)) < 2:
            raise Problem("bad-value", detail="It takes at least two statements to report the same words.")
        with self.edit("Link as one utterance"):
            first, *rest = [self.statement(statement_id).id for statement_id in statement_ids]
            utterances.judge(self.store, [(first, other) for other in rest], "linked")
            utterances.set_utterance(self.store, utterances.whole(self.store, statement_ids))
            utterances.drop_empty(self.store)


def _within(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """The content of a statement, in reading order; each piece must be a place in the text. Raises `Problem`."""
    if not content or any(not 0 <= place.start < place.end <= len(text) for place in content):
        raise Problem("bad-value", detail="A statement needs words that stand in the text of its document.")
    return tuple(sorted(content))
