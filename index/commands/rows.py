"""Documents, statements and actors as JSON rows, in the shape that other programs rely on."""

from __future__ import annotations

from typing import Any

from index.commands.output import published_text, when_json
from index.library import Library
from index.model import Actor, Document, MergeMember, Statement


def document_json(document: Document) -> dict[str, Any]:
    """A document's row, without its text."""
    when = document.published
    return {
        "id": document.id, "file": document.file, "part": document.part, "title": document.title,
        "outlet": document.outlet, "author": document.author, "published": published_text(when),
        "published_rule": when and when.rule, "published_certainty": when and when.certainty,
        "dates": [when_json(date) for date in document.dates], "url": document.url,
        "language": document.language, "digest": document.digest, "original": document.original,
        "attributes": dict(document.attributes), "duplicate_of": document.duplicate_of,
        "problem": document.problem, "statements": document.statements,
    }  # fmt: skip


def statement_json(statement: Statement) -> dict[str, Any]:
    """A stored statement: the object of `extract` plus id, document and text."""
    return {
        "id": statement.id, "label": statement.label, "document": statement.document_id, "kind": statement.kind,
        "content": [list(span) for span in statement.content],
        "speaker": statement.speaker and list(statement.speaker), "cue": statement.cue and list(statement.cue),
        "addressee": statement.addressee and list(statement.addressee), "actor": statement.actor,
        "actor_id": statement.actor_id, "actor_rule": statement.actor_rule, "role": statement.role,
        "date": when_json(statement.when), "via": list(statement.via), "parent": statement.parent_id,
        "utterance": statement.utterance_id, "rule": statement.rule, "certainty": statement.certainty,
        "status": statement.status, "note": statement.note, "text": statement.text,
    }  # fmt: skip


def actor_json(actor: Actor) -> dict[str, Any]:
    """An actor with its names and dated roles."""
    return {
        "id": actor.id, "name": actor.name, "kind": actor.kind, "aliases": list(actor.aliases),
        "roles": [
            {
                "title": role.title, "earliest": role.earliest and role.earliest.isoformat(),
                "latest": role.latest and role.latest.isoformat(),
            }
            for role in actor.roles
        ],
        "note": actor.note, "statements": actor.statements,
    }  # fmt: skip


def member_json(member: MergeMember, library: Library) -> dict[str, Any]:
    """An actor of a group that may be one; the first of a group is the one to keep."""
    actor, example = member.actor, member.example
    row = {
        "id": actor.id, "name": actor.name, "aliases": list(actor.aliases), "statements": actor.statements,
        "documents": [{"id": i, "title": title, "outlet": outlet} for i, title, outlet in member.documents],
        "example": library.statement(example).text if example is not None else None,
    }  # fmt: skip
    if member.reason:
        row |= {"score": member.score, "reason": member.reason, "warning": member.warning}
    return row
