"""What must be said beside every picture and table of positions: the question, the counts, how to read the marks.

The sentences are English; `say` puts their patterns into another language before they are filled in.
"""

from __future__ import annotations

from collections.abc import Callable

from index.model import Lane, Timeline, TimelinePoint, TimelineTick, When
from index.positions.labels import label_text

MOST_LANES = 24  # a page holds no more
Say = Callable[[str], str]

PROBLEMS = {
    "no-statements": "No statement matches: there is nothing to show.",
    "no-codes": "No statement has been coded on this issue yet. Grey ticks are statements that wait for a code.",
    "no-dates": "No statement here has a known date, so nothing can be placed in time.",
}
COUNTS = (
    ("coded", "{n} coded"), ("uncoded", "{n} without a code"), ("excluded", "{n} not about the issue"),
    ("undated", "{n} with unknown date (not drawn)"), ("unnamed", "{n} by unknown speakers (not drawn)"),
    ("by_publication", "{n} dated by their publication alone"),
    ("across", "{n} with dates that reach into two periods (in no mean)"),
    ("outdated", "{n} coded under an earlier definition"),
)  # fmt: skip


def title(timeline: Timeline, say: Say = str) -> str:
    """The issue's name, or what is shown without one."""
    return timeline.issue.name if timeline.issue else say("Statements by date")


def caption(
    timeline: Timeline, first: int = 0, most: int = MOST_LANES, say: Say = str, *, legend: bool = False,
    days: tuple[float, float] | None = None,
) -> list[str]:  # fmt: skip
    """Lines of text that belong under the picture: question, scale, counts, what the marks mean, who stands where.

    The picture draws `most` lanes from place `first` on, and only these `days` since the epoch (None: all). `legend`: it
    has none of its own, so all marks are explained.
    """
    lines = []
    issue = timeline.issue
    if issue and issue.question:
        lines.append(say("Question: {question}").format(question=issue.question))
    if issue:
        words = say("Scale: {lowest} = {low}, {highest} = {high} (definition {version}).")
        lines.append(words.format(lowest=score_text(issue.lowest), low=issue.low, highest=score_text(issue.highest),
                                  high=issue.high, version=issue.version))  # fmt: skip
    lines.append(counts(timeline, say))
    if days and (days[0] > timeline.start or days[1] < timeline.end):
        words = say("Shown are the days from {first} to {last}; counts and means are of all days.")
        lines.append(words.format(first=timeline.day(days[0]).isoformat(), last=timeline.day(days[1]).isoformat()))
    if len(timeline.lanes) > most:
        lines.append(drawn_lanes(len(timeline.lanes), first, most, say))
    if issue and any(lane.points for lane in timeline.lanes):
        words = say("Small marks: one coded utterance each, however many outlets carried it. Large marks: mean per {period} "
                    "with its 95 % t interval; hollow: one or two codes. Lines stop where nothing was coded for more than "
                    "4 times the usual gap.")  # fmt: skip
        lines.append(words.format(period=period_name(timeline.period, say)))
    if legend:
        lines += other_marks(timeline, say)
    if issue:
        lines += [text for lane in timeline.lanes if (text := standing(lane, timeline, say))]
    lines += phrase_lines(timeline, say)
    if timeline.problem:
        lines.append(say(PROBLEMS[timeline.problem]))
    return lines


def other_marks(timeline: Timeline, say: Say = str) -> list[str]:
    """What marks beside codes and means say, in one line; only of those that are there."""
    ticks = [tick for lane in timeline.lanes for tick in lane.ticks]
    points = [point for lane in timeline.lanes for point in lane.points]
    placed: list[TimelinePoint | TimelineTick] = [*points, *(ticks if timeline.issue is None else ())]
    found = [
        (any(mark.open_start for mark in placed), "Arrows to the left: that day or before."),
        (any(mark.open_end for mark in placed), "Arrows to the right: that day or after."),
        (any(mark.high_x > mark.low_x for mark in placed), "Level bars: some day between their ends."),
        (bool(timeline.issue and ticks), "Grey ticks below the scale: utterances without a code."),
        (any(point.outdated for point in points), "Open small marks: coded under an earlier definition."),
        (any(point.kind == "suggestion" for point in points), "Grey diamonds: suggestions that nobody accepted, in no mean."),
        (any(point.kind == "indicator" for point in points), "Grey diamonds: text indicators, in no mean."),
        (any(lane.bands for lane in timeline.lanes), "Coloured bands: moving mean with its 95 % band."),
        (any(lane.turns for lane in timeline.lanes),
         "Dotted lines: an actor's first word on the other side of the middle."),
        (bool(timeline.phrases), "Rings: a watched phrase is used."),
        (bool(timeline.events), "Dashed lines: the events named above."),
    ]  # fmt: skip
    text = " ".join(say(words) for there, words in found if there)
    return [text] if text else []


def drawn_lanes(count: int, first: int, most: int, say: Say = str) -> str:
    """Which of `count` actors the picture shows; they stand by how many codes or statements they have."""
    if first == 0:
        return say("Drawn are the {most} actors with most codes or statements; the table has all.").format(most=most)
    last = min(first + most, count)
    if last == first + 1:
        words = say("Drawn is actor {last} of {count}, those with most codes or statements first; the table has all.")
    else:
        words = say("Drawn are actors {first} to {last} of {count}, those with most codes or statements first; "
                    "the table has all.")  # fmt: skip
    return words.format(first=first + 1, last=last, count=count)


def phrase_lines(timeline: Timeline, say: Say = str) -> list[str]:
    """Per watched phrase and actor: first use, last use, taken up, dropped since."""
    names = {lane.actor_id: lane.actor for lane in timeline.lanes}
    lines = []
    coined: set[str] = set()
    for use in timeline.phrases:
        once = len(use.statements) == 1
        if use.phrase in coined:
            words = say("“{phrase}”: taken up by {actor} {first}, once") if once else say(
                "“{phrase}”: taken up by {actor} {first}, last {last}, {n} times")  # fmt: skip
        else:
            words = say("“{phrase}”: first used by {actor} {first}, once") if once else say(
                "“{phrase}”: first used by {actor} {first}, last {last}, {n} times")  # fmt: skip
        coined.add(use.phrase)
        text = words.format(phrase=use.phrase, actor=names.get(use.actor_id, "?"), first=when_text(use.first, say),
                            last=when_text(use.last, say), n=len(use.statements))  # fmt: skip
        dropped = say("; dropped since ({n} utterances without it).").format(n=use.since)
        lines.append(text + (dropped if use.dropped else "."))
    return lines


def counts(timeline: Timeline, say: Say = str) -> str:
    """How much stands behind the picture, and what is not in it."""
    actors = len(timeline.lanes)
    found = [(int(getattr(timeline, name)), words) for name, words in COUNTS]
    if timeline.issue is None:
        found[0:2] = [(timeline.uncoded, "{n} in all")]
    parts = [say(words).format(n=f"{n:,}") for k, (n, words) in enumerate(found) if n or k == 0]
    words = say("{count} actor; utterances: {parts}.") if actors == 1 else say("{count} actors; utterances: {parts}.")
    return words.format(count=f"{actors:,}", parts=", ".join(parts))


def standing(lane: Lane, timeline: Timeline, say: Say = str) -> str:
    """One actor's overall mean in words, with n and interval; "" without codes."""
    if not lane.overall or not timeline.issue:
        return ""
    e = lane.overall
    text = say("{actor}: mean {mean}, n = {n}").format(actor=lane.actor, mean=signed(e.mean), n=e.n)
    if e.interval:
        text += say(", 95 % interval {low} to {high}").format(low=signed(e.interval[0]), high=signed(e.interval[1]))
    words = label_text(e.label, timeline.issue.low, timeline.issue.high, say)
    text += f": {words}" if words else ""
    if lane.change and lane.change.p < 0.05:
        c = lane.change
        changes = say("; changes between {before} and {after} ({p})")
        text += changes.format(before=c.last_before.isoformat(), after=c.first_after.isoformat(), p=p_text(c.p))
    return text + "."


def period_name(period: str, say: Say = str) -> str:
    """The period in words: year, quarter, month, or "12 codes" for a number."""
    return say("{n} codes").format(n=period) if period.isdigit() else say(period)


def when_text(when: When, say: Say = str) -> str:
    """A date for readers: an open one in words, else after EDTF."""
    if when.earliest is None and when.latest is not None:
        return say("by {day}").format(day=when.latest.isoformat())
    if when.latest is None and when.earliest is not None:
        return say("from {day} on").format(day=when.earliest.isoformat())
    return when.edtf


def signed(value: float) -> str:
    """A mean with its sign, a real minus and two digits; nothing has no sign: "+0.46", "−1.29", "0.00"."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "−")


def score_text(value: float) -> str:
    """A place on a scale with its sign: "+2", "−0.5" (with a real minus), "0"."""
    return (f"{value:+g}" if value else "0").replace("-", "−")


def p_text(p: float) -> str:
    """A p value: "p = 0.012", "p < 0.001"."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
