"""The timeline as SVG: text stays text in any script, and a mark and its tick come from one and the same scale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from index.model import Lane, PeriodMean, Statement, Timeline, TimelinePoint, TimelineTick
from index.plot.axes import pushed_apart
from index.plot.captions import Say, caption, period_name, score_text, title
from index.plot.layout import (
    FONT,
    LEFT,
    LINES_LANE,
    WHOLE,
    Frame,
    Layout,
    View,
    cut,
    layout,
    name_of,
    text_width,
    wrapped,
)
from index.plot.palette import GREY, colour, outline, shape
from index.plot.words import Box, Paper
from index.plot.words import words as small_words

INK, FAINT, PAPER = "#1a1a1a", "#d9d9d9", "#ffffff"
FAMILY = "DejaVu Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DENSE = 300  # from here on single points are faint, so that means stay readable
NEAR = 60  # a name is tied to its line only where the line ends near the frame: no stroke crosses silent years
STACK = (0, -5, 5, -9, 9)  # where marks on one day stand in a lane without scores
OPEN = 20  # pixels of the stroke that says "this day or before"
TITLES = 3000  # points with a tooltip; beyond that the file would only grow


def svg(
    timeline: Timeline, *, lanes: bool | None = None, names: dict[int, Statement] | None = None, view: View = WHOLE,
    say: Say = str,
) -> str:  # fmt: skip
    """The picture as SVG text. `lanes`: one lane per actor (None: above four actors); `names` adds tooltips' words.

    `view` says which lanes and days are drawn; `say` puts sentences into another language.
    """
    said = caption(timeline, view.first, view.most, say, days=view.days)
    lines = [part for line in said for part in wrapped(line, 1200 - LEFT - 20)]
    page = layout(timeline, lanes=lanes, captions=len(lines), view=view)
    parts = [_head(page), *_titles(timeline, page, say)]
    for number, frame in enumerate(page.frames):
        parts += _axes(timeline, page, frame, last=frame is page.frames[-1])
        parts += _window(page, frame, number) if view.days else []
        parts += _event_lines(timeline, page, frame)
        for lane in reversed(frame.lanes):
            parts += _points(timeline, page, frame, lane, names or {})
        for lane in reversed(frame.lanes):
            parts += _means(timeline, page, frame, lane)
        for lane in frame.lanes:
            parts += _rings(timeline, page, frame, lane)
        parts += _words(timeline, page, frame)
        parts += ["</g>"] if view.days else []
        parts += _line_ends(timeline, page, frame)
    parts += _event_labels(timeline, page)
    period = period_name(timeline.period, say)
    entries = [(mark, say(words).format(period=period)) for mark, words in _legend(timeline)]
    parts += _legend_rows(entries, page)
    for k, line in enumerate(lines):
        parts.append(_text(LEFT, page.below + 52 + k * (FONT + 5), line, size=FONT - 1))
    return "\n".join([*parts, "</svg>", ""])


def _head(page: Layout) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width:g}" height="{page.height:g}" '
        f'viewBox="0 0 {page.width:g} {page.height:g}" font-family="{FAMILY}" font-size="{FONT:g}" fill="{INK}">\n'
        f'<rect width="{page.width:g}" height="{page.height:g}" fill="{PAPER}"/>'
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: float = FONT, more: str = "") -> str:
    clean = escape(FORBIDDEN.sub("", text))
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    scale = "" if size == FONT else f' font-size="{size:g}"'
    return f'<text x="{x:.2f}" y="{y:.2f}"{place}{scale}{more}>{clean}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1.0, more: str = "") -> str:
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" '
        f'stroke="{stroke}" stroke-width="{width:g}"{more}/>'
    )


def _window(page: Layout, frame: Frame, number: int) -> list[str]:
    """The beginning of a group of which only what lies in the frame is seen: marks of days beyond its ends are cut off."""
    rect = (f'<rect x="{LEFT}" y="{frame.top - 1}" width="{page.right - LEFT:.2f}" '
            f'height="{frame.bottom - frame.top + 2}"/>')  # fmt: skip
    return [f'<clipPath id="frame{number}">{rect}</clipPath>', f'<g clip-path="url(#frame{number})">']


def _titles(timeline: Timeline, page: Layout, say: Say) -> list[str]:
    question = timeline.issue.question if timeline.issue else ""
    return [
        _text(LEFT, 30, cut(title(timeline, say), page.width - LEFT - 20, 18), size=18, more=' font-weight="bold"'),
        _text(LEFT, 52, cut(question, page.width - LEFT - 20)) if question else "",
    ]


def _axes(timeline: Timeline, page: Layout, frame: Frame, *, last: bool) -> list[str]:
    left, right = LEFT, page.right
    parts = [f'<rect x="{left}" y="{frame.top}" width="{right - left}" height="{frame.bottom - frame.top}" '
             f'fill="none" stroke="{FAINT}"/>']  # fmt: skip
    for days, tick in page.ticks:
        x = page.x(days)
        parts.append(_line(x, frame.top, x, frame.bottom, FAINT, 0.7))
        if last:
            parts.append(_line(x, frame.bottom, x, frame.bottom + 5, INK))
            parts.append(_text(x, frame.bottom + 20, tick.text, anchor="middle", more=f' data-day="{tick.day}"'))
    if timeline.issue and frame.bottom - frame.top > LINES_LANE:
        parts += _scores(timeline, page, frame)
    return parts


def _scores(timeline: Timeline, page: Layout, frame: Frame) -> list[str]:
    """Numbers along the score axis and the poles in words at its ends."""
    issue = timeline.issue
    assert issue is not None
    small = frame.bottom - frame.top < 200
    steps = [0.0, 0.5, 1.0] if small else [0.0, 0.25, 0.5, 0.75, 1.0]
    parts = []
    for step in steps:
        score = issue.lowest + step * (issue.highest - issue.lowest)
        y = page.y(frame, score)
        dash = ' stroke-dasharray="4 3"' if step == 0.5 else ""
        parts.append(_line(LEFT, y, page.right, y, "#8c8c8c" if step == 0.5 else FAINT, 0.7, dash))
        parts.append(_text(LEFT - 8, y + 4.5, score_text(score), anchor="end", more=f' data-score="{score:g}"'))
    most = 2 if small else 4
    for score, words in ((issue.highest, issue.high), (issue.lowest, issue.low)):
        lines = wrapped(words, LEFT - 52, FONT)
        if len(lines) > most:
            lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), LEFT - 52)]
        first = page.y(frame, score) + 4.5 - (0 if score == issue.highest else (len(lines) - 1) * (FONT + 3))
        for k, line in enumerate(lines):
            parts.append(_text(LEFT - 38, first + k * (FONT + 3), line, anchor="end", more=' font-weight="bold"'))
    return parts


# --- one actor --------------------------------------------------------------------------------------------------------


def _points(
    timeline: Timeline, page: Layout, frame: Frame, lane: Lane, names: dict[int, Statement]
) -> list[str]:
    """What lies at the bottom of an actor's marks: band, ticks, single utterances."""
    paint = colour(lane.style)
    parts = [f"<g data-actor={quoteattr(FORBIDDEN.sub('', lane.actor))}>"]
    for band in lane.bands:
        above = [f"{page.x(x):.1f},{page.y(frame, y):.1f}" for x, y in zip(band.x, band.high, strict=True)]
        under = [f"{page.x(x):.1f},{page.y(frame, y):.1f}" for x, y in zip(band.x, band.low, strict=True)]
        parts.append(f'<polygon points="{" ".join(above + under[::-1])}" fill="{paint}" fill-opacity="0.13"/>')
    parts += _ticks(timeline, page, frame, lane)
    titled = len(lane.points) <= TITLES
    for point in lane.points:
        parts += _point(timeline, page, frame, lane, point, names.get(point.statement_id) if titled else None)
    return [*parts, "</g>"]


def _means(timeline: Timeline, page: Layout, frame: Frame, lane: Lane) -> list[str]:
    """What lies on top: lines between means, means with their intervals, first moves."""
    paint = colour(lane.style)
    parts = [f"<g data-means={quoteattr(FORBIDDEN.sub('', lane.actor))}>"]
    for run in lane.segments:
        joined = [lane.means[k] for k in run]
        if len(joined) > 1:
            path = " ".join(f"{page.x(m.x):.2f},{page.y(frame, m.estimate.mean):.2f}" for m in joined)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{paint}" stroke-width="1.8"/>')
    for mean in lane.means:
        parts += _mean(page, frame, lane, mean)
    parts += _turns(page, frame, lane)
    return [*parts, "</g>"]


def _ticks(timeline: Timeline, page: Layout, frame: Frame, lane: Lane) -> list[str]:
    """Statements without a code: short grey strokes along the bottom, a row per actor; marks when there is no issue."""
    if timeline.issue is None:
        middle = (frame.top + frame.bottom) / 2
        parts = []
        here: Counter[float] = Counter()
        for tick in lane.ticks:
            y = middle + STACK[here[tick.x] % len(STACK)]
            here[tick.x] += 1
            if tick.high_x > tick.low_x:
                parts.append(_line(page.x(tick.low_x), y, page.x(tick.high_x), y, colour(lane.style), 1.5, _faint(0.5)))
            parts += _open_ends(tick, page.x(tick.x), y, colour(lane.style))
            parts.append(_mark(page.x(tick.x), y, 4.0, lane.style, fill=colour(lane.style),
                               more=f' fill-opacity="0.6" data-statement="{tick.statement_id}"'))  # fmt: skip
        return parts
    y = page.tick_row(frame, lane)
    return [
        _line(x, y, x, y - 6, GREY, 1.0, f' data-statement="{tick.statement_id}"{_faint(0.7)}')
        for tick in lane.ticks
        for x in (page.x(tick.x),)
    ]


def _faint(opacity: float) -> str:
    return f' stroke-opacity="{opacity:g}"'


def _point(
    timeline: Timeline, page: Layout, frame: Frame, lane: Lane, point: TimelinePoint, statement: Statement | None
) -> list[str]:
    x = page.x(point.x)
    y = page.y(frame, point.score + point.jitter)
    paint = colour(lane.style)
    parts = []
    if point.high_x > point.low_x:
        shade = GREY if point.kind != "code" else paint
        parts.append(_line(page.x(point.low_x), y, page.x(point.high_x), y, shade, 1.1, _faint(0.6)))
    parts += _open_ends(point, x, y, GREY if point.kind != "code" else paint)
    words = f"<title>{_tooltip(lane, point, statement, timeline)}</title>" if statement else ""
    more = f' data-statement="{point.statement_id}"'
    if point.kind != "code":
        parts.append(_polygon(outline("diamond", 4.5), x, y, f'fill="none" stroke="{GREY}"{more}', words))
    else:
        inner = PAPER if point.outdated else paint
        dense = len(lane.points) > DENSE
        edge = "" if dense and not point.outdated else f' stroke="{paint}" stroke-width="0.8"'
        more += f' fill-opacity="{0.12 if dense else 0.5:g}"{edge}'
        parts.append(_mark(x, y, 3.4, lane.style, fill=inner, more=more, words=words))
    return parts


def _open_ends(mark: TimelinePoint | TimelineTick, x: float, y: float, paint: str) -> list[str]:
    """A short dotted stroke with an arrow head towards the side on which the date is open."""
    parts = []
    for open_, way in ((mark.open_start, -1), (mark.open_end, 1)):
        if open_:
            tip = x + way * OPEN
            parts.append(_line(x, y, tip, y, paint, 1.2, ' stroke-dasharray="2 2"'))
            head = f"M{tip - way * 4:.2f} {y - 3:.2f} L{tip:.2f} {y:.2f} L{tip - way * 4:.2f} {y + 3:.2f}"
            parts.append(f'<path d="{head}" fill="none" stroke="{paint}" stroke-width="1.2"/>')
    return parts


def _tooltip(lane: Lane, point: TimelinePoint, statement: Statement | None, timeline: Timeline) -> str:
    text = statement.text if statement else ""
    said = statement.when.edtf if statement and statement.when else timeline.day(point.x).isoformat()
    line = f"{lane.actor}, {said}: {score_text(point.score)}. {cut(' '.join(text.split()), 900)}"
    return escape(FORBIDDEN.sub("", line))


def _mean(page: Layout, frame: Frame, lane: Lane, mean: PeriodMean) -> list[str]:
    x, e, paint = page.x(mean.x), mean.estimate, colour(lane.style)
    y = page.y(frame, e.mean)
    parts = []
    halo = f' stroke="{PAPER}" stroke-width="4.5" stroke-linejoin="round"'
    parts.append(_mark(x, y, 6.0, lane.style, fill=PAPER, more=halo))
    if e.interval:
        low, high = page.y(frame, e.interval[0]), page.y(frame, e.interval[1])
        parts += [_line(x, low, x, high, paint, 1.6), _line(x - 4, low, x + 4, low, paint, 1.6),
                  _line(x - 4, high, x + 4, high, paint, 1.6)]  # fmt: skip
    fill = PAPER if mean.hollow else paint
    more = f' stroke="{paint}" stroke-width="1.6" data-mean="{e.mean:.6g}" data-n="{e.n}"'
    parts.append(_mark(x, y, 6.0, lane.style, fill=fill, more=more))
    return parts


def _turns(page: Layout, frame: Frame, lane: Lane) -> list[str]:
    """First statements on the other side of the middle: a thin line from the point to the axis, which has its date."""
    dots = ' stroke-dasharray="2 3"'
    return [
        _line(x, frame.top, x, page.y(frame, point.score), colour(lane.style), 0.9, dots)
        for point in lane.points if point.statement_id in lane.turns and point.kind == "code"
        for x in (page.x(point.x),)
    ]  # fmt: skip


def _spots(timeline: Timeline, page: Layout, frame: Frame, lane: Lane) -> dict[int, tuple[float, float]]:
    """Where the mark of each statement of a lane stands."""
    found = {p.statement_id: (page.x(p.x), page.y(frame, p.score + p.jitter)) for p in reversed(lane.points)}
    height = page.tick_row(frame, lane) - 3 if timeline.issue else (frame.top + frame.bottom) / 2
    return found | {tick.statement_id: (page.x(tick.x), height) for tick in lane.ticks}


def _rings(timeline: Timeline, page: Layout, frame: Frame, lane: Lane) -> list[str]:
    """Rings around the utterances that use a watched phrase."""
    uses = [use for use in timeline.phrases if use.actor_id == lane.actor_id]
    spots = _spots(timeline, page, frame, lane) if uses else {}
    return [
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="8" fill="none" stroke="{INK}" stroke-width="1.2"/>'
        for use in uses for x, y in (spots[key] for key in use.statements if key in spots)
    ]  # fmt: skip


def _words(timeline: Timeline, page: Layout, frame: Frame) -> list[str]:
    """Numbers at means, dates at first moves, watched phrases: where they cover nothing, else on a ground of their own."""
    paper = Paper(
        Box(LEFT, frame.top, page.right, frame.bottom), page.x, lambda score: page.y(frame, score),
        lambda text: (text_width(text, FONT - 3), FONT - 1), lambda lane: _spots(timeline, page, frame, lane), OPEN,
    )  # fmt: skip
    parts = []
    for word in small_words(timeline, frame.lanes, paper):
        box = word.box
        if not word.free:
            parts.append(f'<rect x="{box.left:.2f}" y="{box.top:.2f}" width="{box.right - box.left:.2f}" '
                         f'height="{box.bottom - box.top:.2f}" fill="{PAPER}" fill-opacity="0.8"/>')  # fmt: skip
        paint = f' fill="{colour(word.style)}"' if word.style is not None else ""
        more = f'{paint} data-word="{word.kind}"'
        parts.append(_text(box.left, box.bottom - 2.5, word.text, size=FONT - 3, more=more))
    return parts


def _mark(x: float, y: float, radius: float, style: int, *, fill: str, more: str, words: str = "") -> str:
    if shape(style) == "circle":
        ending = f">{words}</circle>" if words else "/>"
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:g}" fill="{fill}"{more}{ending}'
    return _polygon(outline(shape(style), radius), x, y, f'fill="{fill}"{more}', words)


def _polygon(corners: Iterable[tuple[float, float]], x: float, y: float, paint: str, words: str) -> str:
    """A shape drawn around (0, 0) and moved to its place, so that the place can be read off the file."""
    path = " ".join(f"{dx:.2f},{dy:.2f}" for dx, dy in corners)
    ending = f">{words}</polygon>" if words else "/>"
    return f'<polygon transform="translate({x:.2f} {y:.2f})" points="{path}" {paint}{ending}'


# --- names, events, legend --------------------------------------------------------------------------------------------


def _line_ends(timeline: Timeline, page: Layout, frame: Frame) -> list[str]:
    """Each actor's name with n at the end of the line, pushed apart; a stroke outside the frame leads to it."""
    right = page.right
    ends = []
    for lane in frame.lanes:
        coded = [point for point in lane.points if point.kind == "code"]
        if lane.means:
            ends.append((page.x(lane.means[-1].x), page.y(frame, lane.means[-1].estimate.mean)))
        elif coded:
            ends.append((page.x(coded[-1].x), page.y(frame, coded[-1].score)))
        else:
            ends.append((right, (frame.top + frame.bottom) / 2))
    places = pushed_apart([y for _, y in ends], FONT + 5, frame.top + 8, max(frame.bottom - 8, frame.top + 9))
    parts = []
    for lane, (x, y), place in zip(frame.lanes, ends, places, strict=True):
        paint = colour(lane.style)
        name, count = name_of(lane, timeline)
        label = cut(name, page.width - right - 40 - text_width(count)) + count
        if right - x < NEAR:
            parts.append(_line(right + 1, y, right + 7, place, paint, 0.8, _faint(0.6)))
        parts.append(_mark(right + 14, place, 5.0, lane.style, fill=paint, more=""))
        parts.append(_text(right + 25, place + 4.5, label))
    return parts


def _event_lines(timeline: Timeline, page: Layout, frame: Frame) -> list[str]:
    parts = []
    for event in timeline.events:
        if event.high_x < page.start or event.x > page.end:
            continue
        low, high = page.x(max(event.x, page.start)), page.x(min(event.high_x, page.end))
        if high - low > 2:
            parts.append(f'<rect x="{low:.2f}" y="{frame.top}" width="{high - low:.2f}" '
                         f'height="{frame.bottom - frame.top}" fill="#000000" fill-opacity="0.05"/>')  # fmt: skip
        parts.append(_line(low, frame.top, low, frame.bottom, "#444444", 1.0, ' stroke-dasharray="6 3"'))
    return parts


def _event_labels(timeline: Timeline, page: Layout) -> list[str]:
    """Labels of events above the frames, in two rows; one that would stand on another is left to its line."""
    parts = []
    free = [-1e9, -1e9]
    for event in timeline.events:
        if not page.start <= event.x <= page.end:
            continue
        x = page.x(event.x)
        label = cut(event.label, 170, FONT - 2)
        row = next((k for k in (1, 0) if free[k] < x), None)
        if row is None:
            continue
        free[row] = x + text_width(label, FONT - 2) + 10
        parts.append(_text(x + 2, 72 + row * 14, label, size=FONT - 2))
    return parts


def _legend(timeline: Timeline) -> list[tuple[str, str]]:
    """What each mark means, as mark and words; only marks that are in the picture."""
    points = [point for lane in timeline.lanes for point in lane.points]
    means = [mean for lane in timeline.lanes for mean in lane.means]
    entries: list[tuple[str, str]] = []
    if any(point.kind == "code" for point in points):
        entries.append((_mark(0, 0, 3.4, 0, fill=INK, more=' fill-opacity="0.5"'), "coded utterance"))
    placed = points if timeline.issue else [tick for lane in timeline.lanes for tick in lane.ticks]
    if any(mark.high_x > mark.low_x for mark in placed):
        entries.append((_line(-9, 0, 9, 0, INK, 1.1), "date uncertain"))
    if any(mark.open_start or mark.open_end for mark in placed):
        stroke = TimelinePoint(0, 0, 0, 0, 0, open_start=True)
        entries.append(("".join(_open_ends(stroke, 9, 0, INK)), "that day or before"))
    if any(not mean.hollow for mean in means):
        bar = _line(0, -8, 0, 8, INK, 1.6)
        entries.append((bar + _mark(0, 0, 5.0, 0, fill=INK, more=""), "mean per {period}, 95 % interval"))
    if any(mean.hollow for mean in means):
        entries.append((_mark(0, 0, 5.0, 0, fill=PAPER, more=f' stroke="{INK}" stroke-width="1.6"'), "n = 1 or 2"))
    if timeline.issue and any(lane.ticks for lane in timeline.lanes):
        entries.append((_line(0, -5, 0, 5, GREY, 1.2), "not coded"))
    if any(lane.bands for lane in timeline.lanes):
        swatch = f'<rect x="-9" y="-6" width="18" height="12" fill="{INK}" fill-opacity="0.13"/>'
        entries.append((swatch, "moving mean, 95 % band"))
    drawn = {point.kind for point in points}
    kinds = {"suggestion": "suggestion", "indicator": "text indicator"}
    other = " or ".join(words for kind, words in kinds.items() if kind in drawn)
    if other:
        entries.append((_polygon(outline("diamond", 4.5), 0, 0, f'fill="none" stroke="{GREY}"', ""), other))
    if any(lane.turns for lane in timeline.lanes):
        dots = _line(0, -7, 0, 7, INK, 0.9, ' stroke-dasharray="2 3"')
        entries.append((dots, "first word on the other side"))
    if timeline.phrases:
        ring = f'<circle cx="0" cy="0" r="7" fill="none" stroke="{INK}" stroke-width="1.2"/>'
        entries.append((ring, "watched phrase"))
    if timeline.events:
        entries.append((_line(0, -7, 0, 7, "#444444", 1.0, ' stroke-dasharray="4 2"'), "event"))
    return entries


def _legend_rows(entries: list[tuple[str, str]], page: Layout) -> list[str]:
    """The legend under the axis, in a second row where one is too short."""
    parts, x, y = [], LEFT, page.below
    for mark, words in entries:
        width = 50 + text_width(words, FONT - 2)
        if x + width > page.width - 10 and x > LEFT:
            x, y = LEFT, y + 19
        parts.append(f'<g transform="translate({x + 9:.1f} {y:.1f})">{mark}</g>')
        parts.append(_text(x + 24, y + 4, words, size=FONT - 2))
        x += width
    return parts
