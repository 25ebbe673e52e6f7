"""What the same actor said on the same matter before and after: other versions of a statement, to compare it with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from index.compare.gists import gist, rarities
from index.utterances.reports import Report, days

ON_ISSUE = 0.25  # what a common issue adds to the score
WORDS = 8  # shared words that are shown


@dataclass(frozen=True, slots=True)
class Version:
    """Another statement of the same actor on the same matter. `words` are what both share, the rarest first.

    `score` 0..1 ranks; `order` is -1 for an earlier, 1 for a later one, 0 where the dates do not tell.
    """

    statement: int
    score: float
    words: tuple[str, ...]
    order: int
    on_issue: bool = False


def versions(
    chosen: Report,
    others: Sequence[Report],
    *,
    issues: Mapping[int, Collection[int]] | None = None,
    limit: int = 20,
) -> list[Version]:
    """Statements of the same actor on the same matter as `chosen`, the likeliest first.

    Judged by the notions both have, the rarer among this actor's statements the more they count. `issues` maps
    statement ids to the issues they are scored on. Reports of the same utterance are left out.
    """
    ours = [one for one in others if one.actor == chosen.actor and one.id != chosen.id]
    if chosen.actor is None:
        return []
    base = gist(chosen.text)
    gists = [gist(one.text) for one in ours]
    rarity = rarities([base, *gists])
    here = set((issues or {}).get(chosen.id, ()))
    found: list[Version] = []
    for one, other in zip(ours, gists, strict=True):
        if one.utterance is not None and one.utterance == chosen.utterance:
            continue
        shared = {n: base.notions[n] * rarity.get(n, 1.0) for n in base.notions.keys() & other.notions.keys()}
        on_issue = bool(here & set((issues or {}).get(one.id, ())))
        if len(shared) < 2 and not on_issue:
            continue
        size = sqrt(max(base.weight, 1.0) * max(min(other.weight, 3 * base.weight), 1.0))
        score = min(1.0, sum(shared.values()) / size + ON_ISSUE * on_issue)
        ranked = sorted(shared, key=lambda notion: (-shared[notion], base.order.index(notion)))
        found.append(Version(one.id, score, tuple(base.names[n] for n in ranked[:WORDS]), order(chosen, one), on_issue))
    return sorted(found, key=lambda version: (-version.score, version.statement))[:limit]


def order(one: Report, other: Report) -> int:
    """-1 when `other` was said before `one`, 1 when after, 0 when the dates overlap or are unknown."""
    (start, end), (first, last) = days(one), days(other)
    if last and start and last < start:
        return -1
    if end and first and end < first:
        return 1
    return 0


def by_date(reports: Sequence[Report]) -> list[Report]:
    """From the earliest to the latest; those without any date at the end."""
    return sorted(reports, key=lambda one: (days(one)[1] or date.max, days(one)[0] or date.min, one.id))


def first_and_last(reports: Sequence[Report]) -> tuple[Report, Report] | None:
    """The first and the last word of a list of dated statements; None when fewer than two have a date."""
    dated = [one for one in by_date(reports) if days(one)[1]]
    return (dated[0], dated[-1]) if len(dated) > 1 else None
