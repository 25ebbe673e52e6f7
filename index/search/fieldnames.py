"""The names of fields and of the values of those that have few, and what people call them elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

FIELDS = ("actor", "role", "said", "published", "outlet", "kind", "via", "issue", "title", "text", "doc", "status")
KINDS = ("direct", "indirect", "mixed", "answer", "own")
STATUSES = ("found", "confirmed", "corrected", "rejected")
# Other names of fields that are understood; a field of the library goes before them.
SYNONYMS = {"source": "outlet", "speaker": "actor"}
# What is offered for names that could mean several things.
MEANT = {
    "date": "said", "when": "said", "year": "said", "day": "said", "who": "actor", "by": "actor", "person": "actor",
    "name": "actor", "from": "outlet", "publisher": "outlet", "newspaper": "outlet", "paper": "outlet", "medium": "outlet",
    "headline": "title", "file": "doc", "document": "doc", "quoted": "via", "through": "via", "topic": "issue",
    "type": "kind",
}  # fmt: skip


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is at most two letters away from `name` (or begins or is begun by it), or None."""
    from rapidfuzz.distance import OSA

    ranked = sorted((OSA.distance(name, other, score_cutoff=2), other) for other in names)
    if ranked and ranked[0][0] <= (2 if len(name) > 3 else 1):
        return ranked[0][1]
    return next((o for o in names if len(name) > 2 and (o.startswith(name) or name.startswith(o))), None)
