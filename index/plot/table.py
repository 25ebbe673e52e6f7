"""The same data as the picture, as a table: every drawn point and tick with its source."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from index.model import Statement, Timeline, TimelinePoint, TimelineTick, When
from index.plot.captions import caption
from index.positions.codes import inert

COLUMNS = ("statement", "quotation", "actor", "said", "earliest", "latest", "score", "method", "status",
           "n", "definition", "evidence", "text")  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableRow:
    """One drawn utterance: `score` None without a code; `n` statements report it."""

    statement_id: int
    quotation: str
    actor: str
    said: str
    earliest: str
    latest: str
    score: float | None
    method: str
    status: str
    n: int
    outdated: bool
    evidence: tuple[str, ...]
    text: str


def table_rows(
    timeline: Timeline, statements: Mapping[int, Statement], days: tuple[float, float] | None = None
) -> list[TableRow]:
    """Points and uncoded ticks of all lanes, by date; of these `days` since the epoch, where a date may lie in them."""
    rows: list[tuple[float, TableRow]] = []
    for lane in timeline.lanes:
        for p in (one for one in lane.points if _shown(one, days)):
            status = "accepted" if p.kind == "code" else "suggested"
            rows.append((p.x, _row(timeline, statements, lane.actor, p.statement_id, _when(timeline, p), p.score,
                                   p.method, status, len(p.statements) or 1, p.outdated, p.evidence)))  # fmt: skip
        for tick in (one for one in lane.ticks if _shown(one, days)):
            rows.append((tick.x, _row(timeline, statements, lane.actor, tick.statement_id, _when(timeline, tick),
                                      None, "", "uncoded" if timeline.issue else "", 1, False, ())))  # fmt: skip
    return [row for _, row in sorted(rows, key=lambda item: (item[0], item[1].statement_id))]


def _shown(mark: TimelinePoint | TimelineTick, days: tuple[float, float] | None) -> bool:
    """True where the picture of these days shows something of a mark: itself, or the bar of its uncertain date."""
    return days is None or (mark.low_x <= days[1] and mark.high_x >= days[0])


def _when(timeline: Timeline, mark: TimelinePoint | TimelineTick) -> When:
    """The date of a mark: open where it is open."""
    first = None if mark.open_start else timeline.day(mark.low_x)
    return When(first, None if mark.open_end else timeline.day(mark.high_x))


def _row(
    timeline: Timeline, statements: Mapping[int, Statement], actor: str, statement_id: int,
    when: When, score: float | None, method: str, status: str, n: int, outdated: bool,
    evidence: tuple[str, ...],
) -> TableRow:  # fmt: skip
    known = statements.get(statement_id)
    said = known.when.edtf if known and known.when else when.edtf
    first, last = (day.isoformat() if day else "" for day in (when.earliest, when.latest))
    return TableRow(
        statement_id, known.label if known else "", actor, said, first, last, score, method, status, n, outdated,
        evidence, known.text if known else "",
    )  # fmt: skip


def table_csv(timeline: Timeline, statements: Mapping[int, Statement], days: tuple[float, float] | None = None) -> str:
    """The table as CSV, of these `days` since the epoch (None: all). The caption stands above it in lines that begin
    with "#"; formula-like text is made inert."""
    out = io.StringIO(newline="")
    for line in caption(timeline, days=days):
        out.write("# " + " ".join(line.split()) + "\r\n")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in table_rows(timeline, statements, days):
        writer.writerow([
            row.statement_id, row.quotation, inert(row.actor), row.said, row.earliest, row.latest,
            "" if row.score is None else f"{row.score:g}", row.method, row.status, row.n,
            "earlier" if row.outdated else "", inert("; ".join(row.evidence)), inert(row.text),
        ])  # fmt: skip
    return out.getvalue()
