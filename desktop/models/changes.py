"""What an act changed, in lines that people read: which document, statement or actor, and what became what."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop import wording
from desktop.wording import tr
from index.model import When
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

Row = Mapping[str, Any]
Step = tuple[str, Row | None, Row | None]
MOST = 200  # rows that are told one by one
SHORT = 60  # characters of a statement that tell which one it is


def changes(library: Library, entry_id: int) -> list[str]:
    """A line for each thing that an act of the journal changed; rows that only follow from these have none."""
    steps = library.journal_steps(entry_id, MOST)
    names = _Names(library, steps)
    gone = {before["id"] for table, before, after in steps if table == "document" and before and after is None}
    lost = {before["id"] for table, before, after in steps if table == "statement" and before and after is None}
    found = []
    for table, before, after in steps:
        row = after or before
        if row is None or table not in TOLD or row.get("document_id") in gone or row.get("statement_id") in lost:
            continue
        title, fields = TOLD[table]
        if before is None or after is None:
            verb = tr("new") if before is None else tr("removed")
            found.append(f"{title(row, names)}: {verb}")
            continue
        parts = [f"{tr(name)}: {told(before, names) or '–'} → {told(after, names) or '–'}"
                 for name, told in fields if told(before, names) != told(after, names)]  # fmt: skip
        if parts:
            found.append(f"{title(row, names)}: {'; '.join(parts)}")
    if len(steps) == MOST:
        found.append("…")
    return list(dict.fromkeys(found))


class _Names:
    """Actors and issues by their ids; those that the act itself removed are known from its steps."""

    def __init__(self, library: Library, steps: Sequence[Step]) -> None:
        self._library = library
        self._actors = {row["id"]: row["name"] for table, *rows in steps if table == "actor" for row in rows if row}
        self._issues: dict[int, str] = {}

    def actor(self, actor_id: int | None) -> str:
        if actor_id is None:
            return tr("Unknown speaker")
        if actor_id not in self._actors:
            self._actors[actor_id] = str(actor_id)
            with suppress(Problem):
                self._actors[actor_id] = self._library.actor(actor_id).name
        return str(self._actors[actor_id])

    def issue(self, issue_id: int) -> str:
        if issue_id not in self._issues:
            self._issues[issue_id] = str(issue_id)
            with suppress(Problem):
                self._issues[issue_id] = self._library.issue(issue_id).name
        return self._issues[issue_id]

    def statement(self, statement_id: int) -> str:
        with suppress(Problem):
            return self._library.statement(statement_id).label
        return str(statement_id)


def _plain(name: str) -> Callable[[Row, _Names], str]:
    return lambda row, names: str(row[name] or "")


def _when(name: str) -> Callable[[Row, _Names], str]:
    def told(row: Row, names: _Names) -> str:
        ends = [row[f"{name}_{end}"] and date.fromisoformat(row[f"{name}_{end}"]) for end in ("earliest", "latest")]
        return wording.when(When(ends[0] or None, ends[1] or None, row[f"{name}_precision"] or "range")) if any(ends) else ""

    return told


def _statement(row: Row, names: _Names) -> str:
    words = " ".join(str(row["text"]).split())
    return f"{row['document_id']}:{row['number']} “{words if len(words) <= SHORT else words[: SHORT - 1] + '…'}”"


def _chain(row: Row, names: _Names) -> str:
    return " ← ".join(json.loads(row["via"]))


def _speaker(row: Row, names: _Names) -> str:
    return names.actor(row["actor_id"])


Field = tuple[str, Callable[[Row, _Names], str]]
# For each table that people change: what a row is called, and what is told of it.
TOLD: dict[str, tuple[Callable[[Row, _Names], str], tuple[Field, ...]]] = {
    "document": (
        lambda row, names: f"{row['id']} “{row['title'] or row['file']}”",
        (("Published", _when("published")), ("Title", _plain("title")), ("Outlet", _plain("outlet")),
         ("Author", _plain("author"))),
    ),
    "statement": (
        _statement,
        (("Status", lambda row, names: wording.status(row["status"])), ("Speaker", _speaker), ("Said on", _when("said")),
         ("Kind", lambda row, names: wording.kind(row["kind"])), ("Role", _plain("role")), ("Through whom", _chain),
         ("Words", _plain("text")), ("Note", _plain("note"))),
    ),
    "actor": (
        lambda row, names: row["name"],
        (("Name", _plain("name")), ("What it is", lambda row, names: wording.actor_kind(row["kind"])),
         ("Note", _plain("note"))),
    ),
    "alias": (lambda row, names: tr("Name “{name}”").format(name=row["name"]), (("Actor", _speaker),)),
    "role": (lambda row, names: tr("Role “{title}”").format(title=row["title"]), (("Actor", _speaker),)),
    "code": (
        lambda row, names: tr("Score of {statement} on “{issue}”").format(
            statement=names.statement(row["statement_id"]), issue=names.issue(row["issue_id"])
        ),
        (("Score", lambda row, names: "" if row["value"] is None else wording.score(row["value"])),),
    ),
    "issue": (lambda row, names: tr("Issue “{name}”").format(name=row["name"]), (("Name", _plain("name")),)),
    "event": (lambda row, names: tr("Event “{name}”").format(name=row["label"]), (("Event", _plain("label")),)),
    "saved_search": (lambda row, names: tr("Search “{name}”").format(name=row["name"]), (("Query", _plain("query")),)),
}  # fmt: skip
