"""What a mention of a speaker was resolved to, with the reason; and what was said before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.extract.attributions import Attribution

NEAR = 1200  # characters back in which a pronoun looks for its person


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a mention was resolved to, why, and the role printed with it."""

    actor: str | None
    rule: str
    role: str | None = None
    kind: str = "unknown"
    certainty: float = 1.0


UNKNOWN = Resolved(None, "")

Earlier = Sequence[tuple[Attribution, Resolved]]  # the attributions before a mention, in reading order, with their actors
