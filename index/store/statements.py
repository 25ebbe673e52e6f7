"""Statements in the database: stored with their document, corrected by people, found by actor, document and date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from index.model import FoundStatement, Span, Statement, StatementKind, When
from index.problems import Problem
from index.store.columns import number_of, span, span_columns, spans_of, spans_text, when_columns, when_of, words_of, words_text
from index.store.store import Store

JOINT = " … "  # stands between the pieces of a quote that its cue splits


def text_of(text: str, content: Iterable[Span]) -> str:
    """The words of a statement as the document prints them, pieces joined by " … "."""
    return JOINT.join(place.of(text) for place in content)


def add_statements(
    store: Store, document_id: int, text: str, found: Sequence[FoundStatement], actor_ids: Mapping[str, int]
) -> list[int]:
    """Store what extraction found in a document (within the caller's transaction); ids in the order of `found`.

    `actor_ids` maps the actors' names to ids. Statements of one utterance share an utterance of the library.
    """
    number = store.value("SELECT coalesce(max(number), 0) FROM statement WHERE document_id=?", (document_id,))
    utterances: dict[int, int] = {}
    ids: list[int] = []
    for statement in found:
        if statement.utterance not in utterances:
            utterances[statement.utterance] = new_utterance(store)
        number += 1
        ids.append(
            store.insert(
                "statement",
                document_id=document_id, number=number, text=text_of(text, statement.content),
                **_content_columns(statement.content), **found_columns(statement),
                actor_id=actor_ids.get(statement.actor or ""), utterance_id=utterances[statement.utterance],
            )
        )  # fmt: skip
    for statement, statement_id in zip(found, ids, strict=True):
        if statement.parent is not None:
            store.update("statement", statement_id, parent_id=ids[statement.parent])
    return ids


def found_columns(statement: FoundStatement) -> dict[str, Any]:
    """The columns of a found statement that do not depend on other rows."""
    return {
        "kind": statement.kind,
        **span_columns("speaker", statement.speaker),
        **span_columns("cue", statement.cue),
        **span_columns("addressee", statement.addressee),
        "actor_rule": statement.actor_rule, "role": statement.role, **when_columns("said", statement.when),
        "via": words_text(statement.via), "rule": statement.rule, "certainty": round(statement.certainty, 3),
    }  # fmt: skip


def new_utterance(store: Store) -> int:
    """A new, empty utterance."""
    return int(store.execute("INSERT INTO utterance DEFAULT VALUES").lastrowid or 0)


def add_by_hand(
    store: Store, document_id: int, text: str, kind: StatementKind, content: Sequence[Span], actor_id: int | None,
    when: When | None,
) -> int:  # fmt: skip
    """A statement that a person marked in the text."""
    number = store.value("SELECT coalesce(max(number), 0) + 1 FROM statement WHERE document_id=?", (document_id,))
    return store.insert(
        "statement",
        document_id=document_id, number=number, kind=kind, text=text_of(text, content), **_content_columns(content),
        actor_id=actor_id, actor_rule="set by hand", **when_columns("said", when), rule="marked by hand",
        certainty=1.0, status="corrected", fixed="actor,content,kind,when", utterance_id=new_utterance(store),
    )  # fmt: skip


def statement_ids(
    store: Store,
    *,
    document_id: int | None = None,
    actor_id: int | None = None,
    utterance_id: int | None = None,
    status: str | None = None,
    rejected: bool = False,
    order: str = "place",
) -> list[int]:
    """Ids of statements. `order`: "place" (document, then position in it) or "said" (date, undated last).

    Rejected statements are left out unless `rejected` or a status asks for them.
    """
    where, values = ["1"], []
    for name, value in (
        ("document_id", document_id), ("actor_id", actor_id), ("utterance_id", utterance_id), ("status", status),
    ):  # fmt: skip
        if value is not None:
            where.append(f"{name}=?")
            values.append(value)
    if status is None and not rejected:
        where.append("status<>'rejected'")
    orders = {
        "place": "document_id, first, last DESC, id",
        "said": "said_latest IS NULL AND said_earliest IS NULL, coalesce(said_latest, said_earliest), document_id, first",
    }
    sql = f"SELECT id FROM statement WHERE {' AND '.join(where)} ORDER BY {orders[order]}"
    return [row[0] for row in store.rows(sql, values)]


_SELECT = "SELECT statement.*, actor.name AS actor FROM statement LEFT JOIN actor ON actor.id=actor_id"


def statement(store: Store, statement_id: int) -> Statement:
    """One statement. Raises `Problem` where there is none."""
    row = store.row(f"{_SELECT} WHERE statement.id=?", (statement_id,))
    if row is None:
        raise Problem("no-statement", detail=statement_id)
    return _statement(row)


def statements(store: Store, ids: Sequence[int]) -> list[Statement]:
    """Statements in the order of `ids`; ids that are gone are left out."""
    found = {row["id"]: _statement(row) for row in store.rows_of(f"{_SELECT} WHERE statement.id IN ({{ids}})", ids)}
    return [found[i] for i in ids if i in found]


def number_of_statements(store: Store, document_id: int) -> int:
    """How many statements a document has, rejected ones left out."""
    sql = "SELECT count(*) FROM statement WHERE document_id=? AND status<>'rejected'"
    return int(store.value(sql, (document_id,)))


def newer_than(store: Store, statement_id: int) -> list[int]:
    """Ids of the statements that came after one, rejected ones left out."""
    return [row[0] for row in store.rows("SELECT id FROM statement WHERE id>? AND status<>'rejected'", (statement_id,))]


def is_newer_than(store: Store, statement_id: int) -> bool:
    """True when any came after one, rejected ones left out."""
    return store.row("SELECT 1 FROM statement WHERE id>? AND status<>'rejected' LIMIT 1", (statement_id,)) is not None


def named(store: Store, name: str) -> int | None:
    """The id of the statement with this id ("12") or quotation id ("3:10"), or None."""
    digits, colon, last = name.strip().partition(":")
    document_or_id, number = number_of(digits), number_of(last)
    if document_or_id is None or (colon and number is None):
        return None
    if colon:
        found = store.value("SELECT id FROM statement WHERE document_id=? AND number=?", (document_or_id, number))
    else:
        found = store.value("SELECT id FROM statement WHERE id=?", (document_or_id,))
    return None if found is None else int(found)


def that_hold(store: Store, file: str, words: str) -> list[int]:
    """Ids of the statements of a file that hold certain words; what stands inside another statement is left out."""
    rows = store.rows(
        "SELECT statement.id FROM statement JOIN document ON document.id=document_id "
        "WHERE file=? AND instr(statement.text, ?) > 0 AND parent_id IS NULL",
        (file, words),
    )
    return [row[0] for row in rows]


def correct(store: Store, statement_id: int, **changes: Any) -> None:
    """Set by hand any of actor_id, kind, when, note, role, content (spans) with text: these stay through re-extraction."""
    row = store.row("SELECT fixed FROM statement WHERE id=?", (statement_id,))
    if row is None:
        raise Problem("no-statement", detail=statement_id)
    columns: dict[str, Any] = {}
    fixed = set(filter(None, row["fixed"].split(",")))
    if "actor_id" in changes:
        columns |= {"actor_id": changes["actor_id"], "actor_rule": "set by hand"}
        fixed.add("actor")
    if "when" in changes:
        columns |= when_columns("said", changes["when"])
        fixed.add("when")
    if "content" in changes:
        columns |= {"text": changes["text"], **_content_columns(changes["content"])}
        fixed.add("content")
    for name in ("speaker", "addressee"):
        if name in changes:
            columns |= span_columns(name, changes[name])
            fixed.add(name)
    for name in ("kind", "role"):
        if name in changes:
            columns[name] = changes[name]
            fixed.add(name)
    if "via" in changes:
        columns["via"] = words_text(changes["via"])
        fixed.add("via")
    if fixed != set(filter(None, row["fixed"].split(","))) or columns:
        columns |= {"fixed": ",".join(sorted(fixed)), "status": "corrected"}
    if "note" in changes:
        columns["note"] = changes["note"]
    if columns:
        store.update("statement", statement_id, **columns)


def set_status(store: Store, ids: Iterable[int], status: str) -> None:
    """Confirm, reject or reset statements; a corrected one that is confirmed stays corrected."""
    for statement_id in ids:
        keep = " AND status<>'corrected'" if status == "confirmed" else ""
        store.execute(f"UPDATE statement SET status=? WHERE id=?{keep}", (status, statement_id))


def set_when(store: Store, statement_id: int, when: When | None) -> None:
    """A date that a rule found: leaves one alone that a person set."""
    fixed = str(store.value("SELECT fixed FROM statement WHERE id=?", (statement_id,)) or "")
    if "when" not in fixed.split(","):
        store.update("statement", statement_id, **when_columns("said", when))


def take_over(store: Store, statement_id: int, text: str, found: FoundStatement, actor_id: int | None) -> None:
    """Put what was found anew in the place of a stored statement, which keeps its id, number and utterance."""
    store.update(
        "statement", statement_id, text=text_of(text, found.content), actor_id=actor_id,
        **_content_columns(found.content), **found_columns(found),
    )  # fmt: skip


def set_parent(store: Store, statement_id: int, parent_id: int | None) -> None:
    """Say which statement one stands inside of."""
    store.update("statement", statement_id, parent_id=parent_id)


def set_text(store: Store, statement_id: int, text: str) -> None:
    """Store the words of a statement again, as they stand at its place."""
    store.update("statement", statement_id, text=text)


def delete_statement(store: Store, statement_id: int) -> None:
    """Delete a statement."""
    store.execute("DELETE FROM statement WHERE id=?", (statement_id,))


def is_judged(store: Store, statement_id: int) -> bool:
    """True for a statement that somebody scored, or held together with or apart from another."""
    sql = "SELECT 1 FROM code WHERE statement_id=? UNION ALL SELECT 1 FROM judgement WHERE a=? OR b=? LIMIT 1"
    return store.value(sql, (statement_id, statement_id, statement_id)) is not None


def _content_columns(content: Sequence[Span]) -> dict[str, Any]:
    return {
        "content": spans_text(content),
        "first": min(place.start for place in content),
        "last": max(place.end for place in content),
    }


def _statement(row: sqlite3.Row) -> Statement:
    return Statement(
        id=row["id"], document_id=row["document_id"], number=row["number"], kind=row["kind"],
        content=spans_of(row["content"]), text=row["text"], speaker=span(row["speaker_start"], row["speaker_end"]),
        cue=span(row["cue_start"], row["cue_end"]), addressee=span(row["addressee_start"], row["addressee_end"]),
        actor_id=row["actor_id"], actor=row["actor"], actor_rule=row["actor_rule"], role=row["role"],
        when=when_of(row, "said"), via=words_of(row["via"]), parent_id=row["parent_id"],
        utterance_id=row["utterance_id"], rule=row["rule"], certainty=row["certainty"], status=row["status"],
        note=row["note"],
    )  # fmt: skip


def fixed_fields(store: Store, statement_id: int) -> frozenset[str]:
    """Which fields of a statement people set by hand."""
    found = str(store.value("SELECT fixed FROM statement WHERE id=?", (statement_id,)) or "")
    return frozenset(filter(None, found.split(",")))
