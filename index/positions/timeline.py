"""What the plot shows, as numbers and dates: lanes, points, means, gaps, bands, ticks. Nothing here draws.

`x` counts days from 1 January of the first year of the data, by date arithmetic only: time stamps before 1970 fail on
some systems, and large ones lose digits on the screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TypeVar

from index.model import (
    Band,
    ChangePoint,
    Code,
    Issue,
    Lane,
    PeriodMean,
    Position,
    Statement,
    Timeline,
    TimelineEvent,
    TimelinePoint,
    TimelineTick,
    When,
)
from index.positions.changepoints import change_point
from index.positions.codes import Coded, best_dated, coded, first_moves, utterances
from index.positions.estimates import Period, across, by_publication, day_of, estimate, estimates, grouped
from index.positions.phrases import phrase_uses
from index.positions.smoothing import SMALLEST, local_level

SMALLEST_GAP = 90  # days
GAP = 4  # times the median gap
FEW_GAPS, UNUSUAL_GAP = 3, 365.0  # below three gaps there is no usual one
JITTER = 0.03  # of the scale's width: 0.12 on a scale from -2 to 2
MOST_TURNS = 12
MOST_TIMES = 400  # distinct times in the fit of a band: more cost seconds and change no pixel
_Spoken = TypeVar("_Spoken", Statement, Position)
NO_ISSUE = Issue(id=0, name="", low="", high="")


def timeline(
    issue: Issue | None,
    statements: Sequence[Statement],
    codes: Sequence[Code] = (),
    *,
    period: Period = "year",
    events: Sequence[tuple[When, str]] = (),
    extra: Sequence[Position] = (),
    phrases: Sequence[str] = (),
    sides: Mapping[str, Collection[int]] | None = None,
    band: bool = True,
    change: bool = False,
) -> Timeline:
    """The timeline of the given statements, with an issue's codes; without an issue, lanes of statements by date.

    `extra` are indicators and suggestions (drawn, never averaged), `phrases` watch phrases, `events` from `read_events`.
    `sides` puts actors together in one lane (name of the side: actor ids), as an analyst may take ministers and ministries
    of one state; a side's id is negative. `change` asks for the change-point test, `band` for the local-level band (from
    20 codes on). Unknown speakers and unknown dates stand in no lane; they are counted.
    """
    if sides:
        statements, extra = together(statements, sides), together(extra, sides)
    known = _sorted_out(issue, statements, codes)
    named = [p for group in (known.positions, known.uncoded) for p in group if p.actor_id is not None]
    days = [edge for p in named for edge in _edges(p.when)]
    epoch = date(min(days).year, 1, 1) if days else date(2000, 1, 1)
    scale = issue or NO_ISSUE
    names = _names(statements)
    by_actor = _by_actor(known)
    order = sorted(by_actor, key=lambda a: (-len(by_actor[a].positions), -len(by_actor[a].uncoded), names[a], a))
    wanted = _extra_by_actor(extra)
    lanes = tuple(
        _lane(scale, actor_id, names[actor_id], style, by_actor[actor_id], epoch, period,
              wanted.get(actor_id, ()), band, change)
        for style, actor_id in enumerate(order)
    )  # fmt: skip
    edges = [edge for lane in lanes for point in lane.points for edge in (point.low_x, point.high_x)]
    edges += [edge for lane in lanes for tick in lane.ticks for edge in (tick.low_x, tick.high_x)]
    return Timeline(
        issue=issue, epoch=epoch, lanes=lanes, start=min(edges, default=0.0), end=max(edges, default=0.0),
        period=str(period), events=_events(events, epoch),
        phrases=tuple(use for phrase in phrases for use in phrase_uses(phrase, statements)),
        coded=len(known.positions), uncoded=len(known.uncoded), excluded=len(known.excluded),
        undated=sum(day_of(p) is None for p in (*known.positions, *known.uncoded)),
        unnamed=sum(p.actor_id is None for p in (*known.positions, *known.uncoded)),
        outdated=len(known.outdated), across=across(known.positions, period),
        by_publication=by_publication(known.positions),
        problem=_problem(issue, known, bool(edges)),
    )  # fmt: skip


def together(rows: Sequence[_Spoken], sides: Mapping[str, Collection[int]]) -> list[_Spoken]:
    """Statements or positions with the side in place of each of its actors; the others as they are."""
    side_of = {actor: (-place, name) for place, name in enumerate(sorted(sides), 1) for actor in sides[name]}
    found: list[_Spoken] = []
    for row in rows:
        if row.actor_id not in side_of:
            found.append(row)
        elif isinstance(row, Statement):
            found.append(replace(row, actor_id=side_of[row.actor_id][0], actor=side_of[row.actor_id][1]))
        else:
            found.append(replace(row, actor_id=side_of[row.actor_id][0]))
    return found


def _sorted_out(issue: Issue | None, statements: Sequence[Statement], codes: Sequence[Code]) -> Coded:
    if issue:
        return coded(issue, statements, codes)
    waiting, members = [], {}
    for group in utterances(statements):
        first = best_dated(group)
        waiting.append(Position(first.id, 0, first.actor_id, first.when, 0.0, n=len(group)))
        members[first.id] = tuple(statement.id for statement in group)
    return Coded((), tuple(waiting), (), frozenset(), members)


def _problem(issue: Issue | None, known: Coded, dated: bool) -> str | None:
    if not (known.positions or known.uncoded or known.excluded):
        return "no-statements"
    if issue and not known.positions:
        return "no-codes"
    return None if dated else "no-dates"


def _edges(when: When | None) -> list[date]:
    return [day for day in (when.earliest, when.latest) if day] if when else []


def _names(statements: Iterable[Statement]) -> dict[int, str]:
    names: dict[int, str] = {}
    for statement in statements:
        if statement.actor_id is not None:
            names.setdefault(statement.actor_id, statement.actor or f"#{statement.actor_id}")
    return names


def _by_actor(known: Coded) -> dict[int, Coded]:
    actors = {p.actor_id for group in (known.positions, known.uncoded) for p in group if p.actor_id is not None}
    split: dict[int, tuple[list[Position], list[Position], list[Position]]] = {a: ([], [], []) for a in actors}
    for place, group in enumerate((known.positions, known.uncoded, known.excluded)):
        for position in group:
            if position.actor_id in split:
                split[position.actor_id][place].append(position)
    return {
        actor: Coded(tuple(a), tuple(b), tuple(c), known.outdated, known.members)
        for actor, (a, b, c) in split.items()
    }  # fmt: skip


def _extra_by_actor(extra: Iterable[Position]) -> dict[int, list[Position]]:
    found: dict[int, list[Position]] = {}
    for position in extra:
        if position.actor_id is not None:
            found.setdefault(position.actor_id, []).append(position)
    return found


def _lane(
    issue: Issue, actor_id: int, name: str, style: int, known: Coded, epoch: date, period: Period,
    extra: Sequence[Position], band: bool, change: bool,
) -> Lane:  # fmt: skip
    points = _points(issue, known, epoch)
    dated = [p for p in known.positions if day_of(p) is not None]
    dated.sort(key=lambda p: (_x(p.when, epoch), p.statement_id))
    limit = gap_limit([point.x for point in points])
    means = _means(issue, known, epoch, period)
    moves = first_moves([p.score for p in dated], (issue.lowest + issue.highest) / 2)
    scores = [p.score for p in known.positions]
    first, last = _first_and_last(known, epoch)
    return Lane(
        actor_id=actor_id, actor=name, style=style,
        points=points + _extra_points(extra, epoch),
        ticks=tuple(
            TimelineTick(p.statement_id, *_place(p.when, epoch), *_open(p.when))
            for p in known.uncoded if day_of(p) is not None
        ),
        means=means, segments=_segments(means, points, limit),
        bands=_bands(issue, points, limit) if band else (),
        turns=tuple(dated[k].statement_id for k in moves) if len(moves) <= MOST_TURNS else (),
        change=_change(dated) if change else None,
        overall=estimate(actor_id, first, last, scores, issue, len(known.uncoded)),
        coded=len(known.positions), uncoded=len(known.uncoded), excluded=len(known.excluded),
        undated=sum(day_of(p) is None for p in (*known.positions, *known.uncoded)),
    )  # fmt: skip


def _first_and_last(known: Coded, epoch: date) -> tuple[date, date]:
    days = [edge for p in known.positions for edge in _edges(p.when)]
    return min(days, default=epoch), max(days, default=epoch)


def _x(when: When | None, epoch: date) -> float:
    return _place(when, epoch)[0]


def _place(when: When | None, epoch: date) -> tuple[float, float, float]:
    """Middle, earliest and latest of a date in days since the epoch; the known end stands for an open one."""
    days = [float(day.toordinal() - epoch.toordinal()) for day in _edges(when)] or [0.0]
    return (days[0] + days[-1]) / 2, days[0], days[-1]


def _open(when: When | None) -> tuple[bool, bool]:
    """Whether a date is open towards the past and towards the future."""
    return when is not None and when.earliest is None, when is not None and when.latest is None


def _points(issue: Issue, known: Coded, epoch: date) -> tuple[TimelinePoint, ...]:
    found: list[TimelinePoint] = []
    stacked: dict[tuple[float, float], int] = {}
    width = (issue.highest - issue.lowest) * JITTER
    for position in known.positions:
        if day_of(position) is None:
            continue
        x, low, high = _place(position.when, epoch)
        open_start, open_end = _open(position.when)
        nth = stacked.get((x, position.score), 0)
        stacked[x, position.score] = nth + 1
        found.append(TimelinePoint(
            position.statement_id, x, low, high, position.score,
            jitter=_inward(issue, position.score, _jitter(nth) * width),
            statements=known.members.get(position.statement_id, (position.statement_id,)),
            outdated=position.statement_id in known.outdated, open_start=open_start, open_end=open_end,
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda point: (point.x, point.statement_id)))


def _jitter(nth: int) -> float:
    """Where the nth point on one spot goes, -1..1: the first stays, the rest spread evenly (van der Corput)."""
    value, share = 0.0, 0.5
    while nth:
        value += share * (nth & 1)
        nth, share = nth >> 1, share / 2
    return ((value * 2 + 1) % 2) - 1


def _inward(issue: Issue, score: float, jitter: float) -> float:
    """The jitter turned round where it would carry a point beyond a pole."""
    return jitter if issue.lowest <= score + jitter <= issue.highest else -jitter


def _extra_points(extra: Sequence[Position], epoch: date) -> tuple[TimelinePoint, ...]:
    return tuple(
        TimelinePoint(
            p.statement_id, *_place(p.when, epoch), p.score,
            kind="suggestion" if p.method == "suggested" else "indicator", method=p.method,
            statements=(p.statement_id,), evidence=p.evidence, open_start=_open(p.when)[0], open_end=_open(p.when)[1],
        )
        for p in extra if day_of(p) is not None
    )  # fmt: skip


def _means(issue: Issue, known: Coded, epoch: date, period: Period) -> tuple[PeriodMean, ...]:
    """The estimates of one actor, each drawn at the mean date of the points behind it."""
    found = estimates(issue, known.positions, period, known.uncoded)
    groups = grouped(known.positions, period)
    return tuple(
        PeriodMean(
            sum(_x(p.when, epoch) for p in members) / len(members), result, tuple(p.statement_id for p in members)
        )
        for result, (_, _, members) in zip(found, groups, strict=True)
    )


# --- gaps -------------------------------------------------------------------------------------------------------------


def gap_limit(days: Sequence[float]) -> float:
    """The longest silence, in days, that a line may cross: 4 x the median gap between days with a code, at least 90.

    With fewer than three gaps none of them is "usual": then a line crosses a year at most.
    """
    distinct = sorted(set(days))
    gaps = [b - a for a, b in pairwise(distinct)]
    return max(GAP * median(gaps), SMALLEST_GAP) if len(gaps) >= FEW_GAPS else UNUSUAL_GAP


def _segments(
    means: Sequence[PeriodMean], points: Sequence[TimelinePoint], limit: float
) -> tuple[tuple[int, ...], ...]:
    """Runs of means with no silence longer than `limit` between the last point of one and the first of the next."""
    x = {point.statement_id: point.x for point in points}
    runs: list[list[int]] = []
    for k, mean in enumerate(means):
        before = max((x[s] for s in means[k - 1].statements), default=0.0) if k else 0.0
        if k and min(x[s] for s in mean.statements) - before <= limit:
            runs[-1].append(k)
        else:
            runs.append([k])
    return tuple(tuple(run) for run in runs)


def _bands(issue: Issue, points: Sequence[TimelinePoint], limit: float) -> tuple[Band, ...]:
    """The local-level band, one per stretch without a gap; between points it is given about 200 times over all."""
    if len(points) < SMALLEST or points[-1].x == points[0].x:
        return ()
    days = _binned([point.x for point in points])
    step = max((days[-1] - days[0]) / 200, 1.0)
    stretches: list[list[float]] = [[days[0]]]
    for x in days[1:]:
        last = stretches[-1][-1]
        if x - last > limit:
            stretches.append([x])
        elif x > last:
            between = int((x - last) / step)
            stretches[-1] += [last + k * (x - last) / (between + 1) for k in range(1, between + 1)]
            stretches[-1].append(x)
    grid = [x for stretch in stretches for x in stretch]
    fitted = local_level(days, [point.score for point in points], grid)
    if fitted is None:
        return ()
    at = dict(zip(fitted.times, zip(fitted.mean, fitted.low, fitted.high, strict=True), strict=True))

    def within(value: float) -> float:
        return min(max(value, issue.lowest), issue.highest)

    return tuple(
        Band(tuple(stretch), *(tuple(within(at[x][part]) for x in stretch) for part in range(3)))
        for stretch in stretches
    )


def _binned(days: list[float]) -> list[float]:
    """The same days while there are few; else the middle of one of 400 bins, which the eye cannot tell apart."""
    if len(set(days)) <= MOST_TIMES:
        return days
    width = (days[-1] - days[0]) / MOST_TIMES
    return [days[0] + (min(int((x - days[0]) / width), MOST_TIMES - 1) + 0.5) * width for x in days]


def _change(dated: Sequence[Position]) -> ChangePoint | None:
    days = [day for p in dated if (day := day_of(p))]
    found = change_point([p.score for p in dated], [float(day.toordinal()) for day in days])
    if found is None:
        return None
    k = found.after
    return ChangePoint(
        dated[k].statement_id, days[k - 1], days[k], found.p, found.mean_before, found.mean_after, k, len(dated) - k
    )


# --- events -----------------------------------------------------------------------------------------------------------


def _events(events: Sequence[tuple[When, str]], epoch: date) -> tuple[TimelineEvent, ...]:
    found = []
    for when, label in events:
        if _edges(when):
            _, low, high = _place(when, epoch)
            found.append(TimelineEvent(low, high, label, when))
    return tuple(found)
