"""JSON for programs, and JSON-LD in the words of schema.org, ready for a ClaimReview."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from index.export.citations import COLUMNS, UNKNOWN, Citation

# What a claim's author may be (schema.org/Claim); a state speaks as an organization.
AUTHORS = {"person": "Person", "organisation": "Organization", "group": "Organization", "state": "Organization"}


def json_bytes(citations: Sequence[Citation], title: str) -> bytes:
    """One object: title and statements, each with all that a citation holds."""
    rows = [{name: getattr(found, name) for name in COLUMNS} | {"scores": dict(found.scores)} for found in citations]
    return _bytes({"title": title, "statements": rows})


def jsonld_bytes(citations: Sequence[Citation], title: str) -> bytes:
    """Claims with their appearances (schema.org/Claim): what a ClaimReview names as `itemReviewed`. No verdict is made up."""
    return _bytes(
        {"@context": "https://schema.org", "@type": "ItemList", "name": title,
         "itemListElement": [_claim(found) for found in citations]}
    )  # fmt: skip


def _claim(found: Citation) -> dict[str, Any]:
    article = {
        "@type": "Article", "headline": found.title or found.file, "datePublished": found.published or None,
        "url": found.url or None, "publisher": {"@type": "Organization", "name": found.outlet} if found.outlet else None,
    }  # fmt: skip
    claim = {
        "@type": "Claim", "identifier": found.quotation, "text": found.text,
        "author": None if found.actor == UNKNOWN else {
            "@type": AUTHORS.get(found.actor_kind, "Thing"), "name": found.actor, "description": found.role or None,
        },
        "temporal": found.said or None, "firstAppearance": _known(article),
    }  # fmt: skip
    return _known(claim)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {
        key: _known(value) if isinstance(value, dict) else value for key, value in row.items() if value is not None
    }


def _bytes(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
