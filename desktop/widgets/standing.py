"""What the numbers come to: each actor's mean with n and interval, changes, and the uses of watch phrases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import wording
from desktop.theme import Theme
from desktop.widgets.pieces import empty_layout, label
from desktop.wording import number, tr
from index.model import Lane, PhraseUse, Timeline
from index.plot.captions import p_text, signed
from index.positions.labels import label_text

HEADINGS = ("Actor", "n", "Mean", "95 % interval", "Not coded", "In words")


class Standing(QWidget):
    """A small table of actors, then lines on changes and phrases; made anew for each timeline."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("pagebody")
        self._theme = theme
        self._timeline: Timeline | None = None
        self._watched: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 12, 18, 12)
        self._column.setSpacing(10)

    def wear(self) -> None:
        """Show it anew in the colours of now."""
        if self._timeline is not None:
            self.show_timeline(self._timeline, self._watched)

    def show_timeline(self, timeline: Timeline, watched: Sequence[str] = ()) -> None:
        """Show what a timeline comes to; `watched`: the phrases that were asked for, also those that nobody uses."""
        self._timeline, self._watched = timeline, tuple(watched)
        empty_layout(self._column)
        if timeline.issue is None:
            self._column.addWidget(label(tr("Choose an issue to see where each actor stands on it."), "muted"))
        else:
            self._column.addLayout(self._table(timeline))
            for lane in timeline.lanes:
                for line in changes(lane):
                    self._column.addWidget(label(line, wrap=True, selectable=True))
        names = {lane.actor_id: lane.actor for lane in timeline.lanes}
        for phrase in dict.fromkeys([*watched, *(use.phrase for use in timeline.phrases)]):
            uses = [use for use in timeline.phrases if use.phrase == phrase]
            self._column.addWidget(label("“" + phrase + "”", "section"))
            if not uses:
                self._column.addWidget(label(tr("Nobody uses it in what is shown here."), "muted"))
            for place, use in enumerate(uses):
                self._column.addWidget(label(phrase_line(use, names, place == 0), wrap=True, selectable=True))
        self._column.addStretch(1)

    def _table(self, timeline: Timeline) -> QGridLayout:
        assert timeline.issue is not None
        grid = QGridLayout()
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(6)
        for column, heading in enumerate(HEADINGS):
            grid.addWidget(label(tr(heading), "section"), 0, column + 1)
        for row, lane in enumerate(timeline.lanes[:60], 1):
            grid.addWidget(Swatch(self._theme, lane.style), row, 0)
            for column, text in enumerate(cells(lane, timeline)):
                grid.addWidget(label(text, wrap=column == 5, selectable=True), row, column + 1)
        grid.setColumnStretch(6, 1)
        return grid


class Swatch(QWidget):
    """An actor's shape in its colour."""

    def __init__(self, theme: Theme, place: int) -> None:
        super().__init__()
        self._theme, self._place = theme, place
        self.setFixedSize(16, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        from desktop.widgets.timeline_axes import Look, placed

        colour, shape = Look(self._theme).actor(self._place)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(placed(shape, 8, 8, 11), colour)
        painter.end()


def cells(lane: Lane, timeline: Timeline) -> tuple[str, ...]:
    """One actor's row: name, n, mean, interval, words, not coded."""
    assert timeline.issue is not None
    e = lane.overall
    if e is None:
        return lane.actor, "0", "", "", number(lane.uncoded), ""
    between = tr("{low} to {high}").format(low=signed(e.interval[0]), high=signed(e.interval[1])) if e.interval else ""
    words = label_text(e.label, timeline.issue.low, timeline.issue.high, tr)
    return lane.actor, number(e.n), signed(e.mean), between, number(lane.uncoded), words


def changes(lane: Lane) -> list[str]:
    """What the test for a change says of an actor; nothing when it was not asked for."""
    c = lane.change
    if c is None:
        return []
    if c.p >= 0.05:
        return [tr("{actor}: no change can be told from chance ({p}).").format(actor=lane.actor, p=p_text(c.p))]
    return [
        tr("{actor}: changes between {before} and {after}, from {a} (n = {m}) to {b} (n = {n}); {p}.").format(
            actor=lane.actor, before=wording.day(c.last_before), after=wording.day(c.first_after),
            a=signed(c.mean_before), b=signed(c.mean_after), m=c.n_before, n=c.n_after, p=p_text(c.p),
        )
    ]  # fmt: skip


def phrase_line(use: PhraseUse, names: dict[int, str], first: bool) -> str:
    """First and last use by one actor, and whether it was dropped."""
    who = names.get(use.actor_id, f"#{use.actor_id}")
    lead = tr("{actor} uses it first: {first}") if first else tr("Taken up by {actor}: {first}")
    text = lead.format(actor=who, first=wording.when(use.first))
    text += tr(", last {last}, {n} times").format(last=wording.when(use.last), n=number(len(use.statements)))
    if use.dropped:
        text += tr("; dropped since ({n} statements without it)").format(n=number(use.since))
    return text
