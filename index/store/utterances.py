"""Utterances in the database: which statements report the same words, and what people decided about that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.store.statements import new_utterance
from index.store.store import Store


def members(store: Store, *, several: bool = True) -> dict[int, list[int]]:
    """{utterance: statement ids}; only those with more than one statement unless `several` is False."""
    rows = store.rows(
        "SELECT utterance_id, id FROM statement WHERE utterance_id IS NOT NULL AND status<>'rejected' ORDER BY utterance_id, id"
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row[1])
    return {k: v for k, v in found.items() if len(v) > 1} if several else found


def set_utterance(store: Store, statement_ids: Iterable[int], utterance_id: int | None = None) -> int:
    """Put statements into one utterance (a new one when none is given); returns it."""
    utterance = new_utterance(store) if utterance_id is None else utterance_id
    for statement_id in statement_ids:
        store.execute("UPDATE statement SET utterance_id=? WHERE id=?", (utterance, statement_id))
    return utterance


def judge(store: Store, pairs: Iterable[tuple[int, int]], verdict: str) -> None:
    """Keep that people called pairs of statements "linked" or "cut"."""
    for one, two in pairs:
        a, b = sorted((one, two))
        store.execute(
            "INSERT INTO judgement VALUES(?,?,?) ON CONFLICT(a, b) DO UPDATE SET verdict=excluded.verdict", (a, b, verdict)
        )


def judgements(store: Store, verdict: str) -> set[tuple[int, int]]:
    """Pairs (smaller id first) that people linked or cut."""
    return {(row[0], row[1]) for row in store.rows("SELECT a, b FROM judgement WHERE verdict=?", (verdict,))}


def drop_empty(store: Store) -> None:
    """Delete utterances that no statement belongs to any more."""
    store.execute("DELETE FROM utterance WHERE id NOT IN (SELECT utterance_id FROM statement WHERE utterance_id IS NOT NULL)")


def whole(store: Store, statement_ids: Sequence[int]) -> list[int]:
    """Ids of these statements and of all others of their utterances, these first."""
    rows = store.rows_of("SELECT DISTINCT utterance_id FROM statement WHERE id IN ({ids})", statement_ids)
    wanted = sorted({row[0] for row in rows if row[0] is not None})
    others = store.rows_of("SELECT id FROM statement WHERE utterance_id IN ({ids})", wanted)
    return list(dict.fromkeys([*statement_ids, *(row[0] for row in others)]))
