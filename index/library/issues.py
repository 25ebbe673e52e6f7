"""Issues of the open library: defined, coded, estimated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.library.opened import Opened
from index.model import Code, Issue
from index.problems import Problem
from index.store import issues


class Issues(Opened):
    """What can be asked and done about issues and the codes on them."""

    def issues(self) -> list[Issue]:
        """All issues by name."""
        return issues.issues(self.store)

    def issue(self, issue_id: int) -> Issue:
        """One issue. Raises `Problem`."""
        return issues.issue(self.store, issue_id)

    def issue_named(self, name: str) -> Issue:
        """The issue of this name, or with this id in digits. Raises `Problem`."""
        return issues.by_name(self.store, name)

    def define_issue(self, name: str, low: str, high: str, **fields: Any) -> int:
        """A new issue between two poles; `fields` are those of `Issue`. Returns its id."""
        for what, words in (("name", name), ("low pole", low), ("high pole", high)):
            if not words.strip():
                raise Problem("bad-value", detail=f"An issue needs a {what}.")
        if fields.get("lowest", -2) >= fields.get("highest", 2):
            raise Problem("bad-value", detail="The low end of a scale must be below its high end.")
        with self.edit("Define issue"):
            return issues.add_issue(self.store, name.strip(), low.strip(), high.strip(), **fields)

    def change_issue(self, issue_id: int, **fields: Any) -> None:
        """Change an issue; a changed definition is a new version, older codes keep theirs."""
        with self.edit("Change issue"):
            issues.change_issue(self.store, issue_id, **fields)

    def delete_issue(self, issue_id: int) -> None:
        """Delete an issue with its codes (undo brings them back)."""
        with self.edit("Delete issue"):
            issues.delete_issue(self.store, issue_id)

    def code(
        self, statement_id: int, issue_id: int, value: float | None, *, coder: str = "", note: str = "",
        suggestion_seen: bool = False,
    ) -> None:  # fmt: skip
        """Score a statement on an issue; None: not about this issue. Raises `Problem` for a value off the scale."""
        with self.edit("Score statement"):
            issues.add_code(
                self.store, statement_id, issue_id, value, coder=coder, note=note, suggestion_seen=suggestion_seen
            )

    def uncode(self, statement_id: int, issue_id: int, coder: str = "") -> None:
        """Take a score back."""
        with self.edit("Remove score"):
            issues.remove_codes(self.store, statement_id, issue_id, coder)

    def remove_scores(self, issue_id: int, statement_ids: Sequence[int], coder: str | None = None) -> int:
        """Take back what a coder (None: anybody) said of statements on an issue, as one act; returns how many scores."""
        wanted = set(statement_ids)
        given = [c for c in self.codes(issue_id) if c.statement_id in wanted and (coder is None or c.coder == coder)]
        if given:
            with self.edit("Remove score"):
                for code in given:
                    issues.remove_codes(self.store, code.statement_id, issue_id, code.coder)
        return len(given)

    def codes(self, issue_id: int, *, every: bool = False) -> list[Code]:
        """The codes of an issue that count, or every one ever given."""
        return issues.codes(self.store, issue_id, every=every)
