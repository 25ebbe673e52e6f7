"""What a list of results shows of a row: who, when, where, and the piece of its text that shows what matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.model import Hit
from index.search.highlight import WIDTH, Sought, snippet
from index.store import searchable
from index.store.columns import when_of
from index.store.store import Store


def hits(store: Store, unit: str, ids: Sequence[int], scores: Sequence[float], sought: Sequence[Sought]) -> list[Hit]:
    """The rows of these ids that still exist, in this order."""
    rows = searchable.shown(store, unit, ids)
    return [_hit(rows[i], score, unit, sought) for i, score in zip(ids, scores, strict=True) if i in rows]


def _hit(row: Any, score: float, unit: str, sought: Sequence[Sought]) -> Hit:
    piece, places = snippet(row["text"], sought, WIDTH if unit == "statements" else WIDTH + WIDTH // 2)
    published = when_of(row, "published")
    return Hit(
        row["id"], row["document_id"], score, piece, places, row["actor"],
        when_of(row, "said") if unit == "statements" else published,
        row["outlet"], row["title"], published, row["kind"], row["status"], row["role"],
    )  # fmt: skip
