"""What an utterance shows: who had it first, which version to cite and why, what its reports disagree about and share."""

from __future__ import annotations

from collections.abc import Sequence

from index.compare import compare
from index.compare.gists import gist
from index.model import Span, Utterance
from index.utterances.conflicts import conflicts
from index.utterances.reports import Report


def described(reports: Sequence[Report]) -> Utterance:
    """The utterance that some reports are of: earliest, version to cite, conflicts."""
    ordered = sorted(reports, key=lambda one: one.id)
    cite, reasons = to_cite(ordered)
    numbers = {one.utterance for one in ordered if one.utterance is not None}
    return Utterance(
        id=min(numbers) if numbers else ordered[0].id,
        statements=tuple(one.id for one in ordered),
        earliest=earliest(ordered),
        conflicts=conflicts(ordered),
        cite=cite,
        cite_reasons=reasons,
    )


def earliest(reports: Sequence[Report]) -> int | None:
    """The statement that was published first; None when no publication date is known."""
    dated = [(one.published.earliest or one.published.latest, one.id) for one in reports if one.published]
    known = [(day, number) for day, number in dated if day]
    return min(known)[1] if known else None


def to_cite(reports: Sequence[Report]) -> tuple[int | None, tuple[str, ...]]:
    """The statement to cite, and codes of what speaks for it.

    In this order: a direct quote before reported speech; the outlet that the others name as their source; words at
    first hand before words through others; the more complete text; the earlier publication.
    """
    if not reports:
        return None, ()
    first = earliest(reports)
    longest = max(len(gist(one.text).words) for one in reports)
    sources = [name.casefold() for one in reports for name in one.via]

    def merits(one: Report) -> dict[str, bool]:
        return {
            "direct": one.kind in ("direct", "answer", "own"),
            "named-source": bool(one.outlet) and any(str(one.outlet).casefold() == name for name in sources),
            "first-hand": not one.via,
            "complete": len(gist(one.text).words) >= 0.8 * longest,
            "earliest": one.id == first,
        }

    best = max(reports, key=lambda one: (tuple(merits(one).values()), len(one.text), -one.id))
    return best.id, tuple(code for code, holds in merits(best).items() if holds)


def core(base: str, others: Sequence[str]) -> list[Span]:
    """The places of `base` whose words all the others have too: what every version agrees on."""
    common = [True] * len(base)
    for other in others:
        kept = [False] * len(base)
        for part in compare(base, other).redline:
            if part.left and (part.op in ("equal", "move") or part.minor):
                kept[part.left.start : part.left.end] = [True] * (part.left.end - part.left.start)
        common = [both and one for both, one in zip(common, kept, strict=True)]
    spans: list[Span] = []
    for place, holds in enumerate([*common, False]):
        if holds and (not spans or spans[-1].end < place):
            spans.append(Span(place, place + 1))
        elif holds:
            spans[-1] = Span(spans[-1].start, place + 1)
    return [span for span in spans if any(c.isalnum() for c in span.of(base))]
