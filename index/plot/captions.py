"""What must be said beside every picture and table of positions: the question, the counts, how to read the marks."""

from __future__ import annotations

from index.model import Lane, Timeline
from index.positions.labels import label_text

MOST_LANES = 24  # a page holds no more

PROBLEMS = {
    "no-statements": "No statement matches: there is nothing to show.",
    "no-codes": "No statement has been coded on this issue yet. Grey ticks are statements that wait for a code.",
    "no-dates": "No statement here has a known date, so nothing can be placed in time.",
}


def title(timeline: Timeline) -> str:
    """The issue's name, or what is shown without one."""
    return timeline.issue.name if timeline.issue else "Statements by date"


def caption(timeline: Timeline, first: int = 0, most: int = MOST_LANES) -> list[str]:
    """Lines of text that belong under the picture: question, scale, counts, what the marks mean, who stands where.

    The picture draws `most` lanes from place `first` on.
    """
    lines = []
    issue = timeline.issue
    if issue and issue.question:
        lines.append(f"Question: {issue.question}")
    if issue:
        lines.append(
            f"Scale: {issue.lowest:g} = {issue.low}, {issue.highest:g} = {issue.high} (definition {issue.version})."
        )
    lines.append(counts(timeline))
    if len(timeline.lanes) > most:
        lines.append(f"Drawn are {drawn_lanes(len(timeline.lanes), first, most)}; the table has all.")
    if issue and any(lane.points for lane in timeline.lanes):
        lines.append(
            "Small marks: one coded utterance each, however many outlets carried it. Large marks: mean per "
            f"{period_name(timeline.period)} with its 95 % t interval; hollow: one or two codes. Lines stop where "
            "nothing was coded for more than 4 times the usual gap."
        )
        lines += [text for lane in timeline.lanes if (text := standing(lane, timeline))]
    lines += phrase_lines(timeline)
    if timeline.problem:
        lines.append(PROBLEMS[timeline.problem])
    return lines


def drawn_lanes(count: int, first: int, most: int) -> str:
    """Which of `count` actors the picture shows; they stand by how many codes or statements they have."""
    if first == 0:
        return f"the {most} actors with most codes or statements"
    last = min(first + most, count)
    which = f"actors {first + 1} to {last}" if last > first + 1 else f"actor {last}"
    return f"{which} of {count}, those with most codes or statements first"


def phrase_lines(timeline: Timeline) -> list[str]:
    """Per watched phrase and actor: first use, last use, taken up, dropped since."""
    names = {lane.actor_id: lane.actor for lane in timeline.lanes}
    lines = []
    coined: set[str] = set()
    for use in timeline.phrases:
        verb = "taken up by" if use.phrase in coined else "first used by"
        coined.add(use.phrase)
        text = f"“{use.phrase}”: {verb} {names.get(use.actor_id, '?')} {use.first.edtf}, last {use.last.edtf}"
        text += f", {len(use.statements)} {'time' if len(use.statements) == 1 else 'times'}"
        lines.append(text + (f"; dropped since ({use.since} utterances without it)." if use.dropped else "."))
    return lines


def counts(timeline: Timeline) -> str:
    """How much stands behind the picture, and what is not in it."""
    actors = len(timeline.lanes)
    found = [
        (timeline.coded, "coded"), (timeline.uncoded, "without a code"),
        (timeline.excluded, "not about the issue"), (timeline.undated, "with unknown date (not drawn)"),
        (timeline.unnamed, "by unknown speakers (not drawn)"),
        (timeline.by_publication, "dated by their publication alone"),
        (timeline.across, "with dates that reach into two periods (in no mean)"),
        (timeline.outdated, "coded under an earlier definition"),
    ]  # fmt: skip
    if timeline.issue is None:
        found[0:2] = [(timeline.uncoded, "in all")]
    parts = [f"{n:,} {what}" for k, (n, what) in enumerate(found) if n or k == 0]
    return f"{actors:,} {'actor' if actors == 1 else 'actors'}; utterances: {', '.join(parts)}."


def standing(lane: Lane, timeline: Timeline) -> str:
    """One actor's overall mean in words, with n and interval; "" without codes."""
    if not lane.overall or not timeline.issue:
        return ""
    e = lane.overall
    text = f"{lane.actor}: mean {e.mean:+.2f}, n = {e.n}"
    if e.interval:
        text += f", 95 % interval {e.interval[0]:+.2f} to {e.interval[1]:+.2f}"
    words = label_text(e.label, timeline.issue.low, timeline.issue.high)
    text += f": {words}" if words else ""
    if lane.change and lane.change.p < 0.05:
        c = lane.change
        text += f"; changes between {c.last_before.isoformat()} and {c.first_after.isoformat()} (p = {c.p:.3f})"
    return text + "."


def period_name(period: str) -> str:
    """The period in words: year, quarter, month, or "12 codes" for a number."""
    return f"{period} codes" if period.isdigit() else period
