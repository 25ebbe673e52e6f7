"""Where everything stands on the page: one frame for up to four actors, lanes above that, and the two scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.model import Lane, Timeline
from index.plot.axes import DateTick, date_ticks
from index.plot.captions import MOST_LANES

SHARED = 4  # actors on one pair of axes; more get a lane each
WIDTH = 1200.0
LEFT, TOP = 170.0, 92.0
NARROW, BROAD = 150.0, 330.0  # room for the names at the right: as much as they need, between these
LANE, FRAME = 118.0, 400.0
LINES_LANE = 34.0
FONT = 13.0


@dataclass(frozen=True, slots=True)
class View:
    """Which part of a timeline is drawn: `most` lanes from place `first` on, and the `days` since its epoch (None: all)."""

    first: int = 0
    most: int = MOST_LANES
    days: tuple[float, float] | None = None

    def lanes(self, timeline: Timeline) -> tuple[Lane, ...]:
        """The lanes that are drawn."""
        return timeline.lanes[self.first : self.first + self.most]


WHOLE = View()


@dataclass(frozen=True, slots=True)
class Frame:
    """One pair of axes: its lanes, and top and bottom in pixels."""

    lanes: tuple[Lane, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The page in pixels. `x` and `y` map data to pixels and are the only place where that is done."""

    width: float
    height: float
    right: float  # where the frames end, in pixels from the left
    frames: tuple[Frame, ...]
    ticks: tuple[tuple[float, DateTick], ...]
    start: float
    end: float
    lowest: float
    highest: float
    below: float

    def x(self, days: float) -> float:
        """Pixels from the left of a date in days since the epoch."""
        return LEFT + (days - self.start) / (self.end - self.start) * (self.right - LEFT)

    def y(self, frame: Frame, score: float) -> float:
        """Pixels from the top of a score in a frame; the poles lie inside its edges, the low one above the uncoded ticks."""
        height = frame.bottom - frame.top
        above, below = min(14.0, height * 0.1), self._foot(frame)
        share = (score - self.lowest) / (self.highest - self.lowest)
        return frame.bottom - below - share * (height - above - below)

    def tick_row(self, frame: Frame, lane: Lane) -> float:
        """The lower end of the row of a lane's uncoded ticks, in pixels."""
        step = min(7.0, (self._foot(frame) - 8) / len(frame.lanes))
        return frame.bottom - 1 - frame.lanes.index(lane) * step

    @staticmethod
    def _foot(frame: Frame) -> float:
        """Pixels below the low pole: rows of ticks that no score is mistaken for."""
        return min(10.0 + 7.0 * len(frame.lanes), (frame.bottom - frame.top) * 0.2)


def layout(
    timeline: Timeline, *, lanes: bool | None = None, captions: int = 0, width: float = WIDTH, view: View = WHOLE
) -> Layout:
    """Frames, scales and ticks of a timeline. `lanes` None: one frame up to four actors; `captions`: lines below."""
    issue, drawn = timeline.issue, view.lanes(timeline)
    apart = (issue is None or len(drawn) > SHARED) if lanes is None else lanes
    frames = _frames(drawn, apart)
    bottom = frames[-1].bottom
    start, end = view.days or _padded(timeline)
    first, last = timeline.day(start), timeline.day(end)
    right = width - _names_room(timeline, drawn)
    ticks = date_ticks(first, last, max(int((right - LEFT) / 90), 2))
    below = bottom + 52.0
    return Layout(
        width, below + 48.0 + captions * (FONT + 5), right, frames,
        tuple((timeline.x(tick.day), tick) for tick in ticks if start <= timeline.x(tick.day) <= end), start, end,
        issue.lowest if issue else 0.0, issue.highest if issue else 1.0, below,
    )  # fmt: skip


def _frames(lanes: Sequence[Lane], apart: bool) -> tuple[Frame, ...]:
    """One frame for all, or one per lane; a lane without a code needs room for its ticks only."""
    if not apart or not lanes:
        return (Frame(tuple(lanes), TOP, TOP + (FRAME if lanes else LANE)),)
    found, top = [], TOP
    for lane in lanes:
        bottom = top + (LANE if lane.points else LINES_LANE)
        found.append(Frame((lane,), top, bottom))
        top = bottom + 8.0
    return tuple(found)


def name_of(lane: Lane, timeline: Timeline) -> tuple[str, str]:
    """What stands at the end of a lane: its actor, and n."""
    return lane.actor, f" (n = {lane.coded if timeline.issue else lane.uncoded:,})"


def _names_room(timeline: Timeline, drawn: Sequence[Lane]) -> float:
    """Pixels for the names of the drawn lanes."""
    longest = max((text_width("".join(name_of(lane, timeline))) for lane in drawn), default=0.0)
    return min(max(longest + 40, NARROW), BROAD)


def _padded(timeline: Timeline) -> tuple[float, float]:
    """The drawn range of days: the data's with 4 % on both sides (room for arrows), at least a month in all."""
    room = max((timeline.end - timeline.start) * 0.04, (30 - (timeline.end - timeline.start)) / 2, 1.0)
    first, last = 1 - timeline.epoch.toordinal(), date.max.toordinal() - timeline.epoch.toordinal()
    return max(timeline.start - room, first), min(timeline.end + room, last)


def text_width(text: str, size: float = FONT) -> float:
    """About how wide a text is, in pixels: enough to cut or wrap it."""
    return sum(1.0 if ord(c) > 0x2E80 else 0.32 if c in " .,:;'|ilIj()" else 0.6 for c in text) * size


def wrapped(text: str, room: float, size: float = FONT) -> list[str]:
    """A text in lines of at most `room` pixels, broken between words (or inside one that alone is too long)."""
    lines: list[str] = [""]
    for word in text.split():
        while text_width(word, size) > room:
            cut = max(int(len(word) * room / text_width(word, size)) - 1, 1)
            lines.append(word[:cut])
            word = word[cut:]
        if text_width(f"{lines[-1]} {word}", size) > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]


def cut(text: str, room: float, size: float = FONT) -> str:
    """A text cut with an ellipsis to fit `room` pixels."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
