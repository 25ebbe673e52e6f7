"""A statement as far as it matters for telling whether others report the same words: words, actor, days, outlet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from index.model import Document, Statement, When

DAY = timedelta(days=1)
REPORTING = timedelta(days=10)  # words of unknown date were said at most so long before they were printed


@dataclass(frozen=True, slots=True)
class Report:
    """A statement as far as it matters for utterances. `utterance` is the number it already has; None: to be found."""

    id: int
    document_id: int
    text: str
    kind: str
    actor: int | str | None
    said: When | None = None
    published: When | None = None
    outlet: str | None = None
    via: tuple[str, ...] = ()
    utterance: int | None = None


def report(statement: Statement, document: Document) -> Report:
    """A statement of a library as a report."""
    return Report(
        statement.id, statement.document_id, statement.text, statement.kind, statement.actor_id, statement.when,
        document.published, document.outlet, statement.via, statement.utterance_id,
    )  # fmt: skip


def near(one: Report) -> tuple[date | None, date | None]:
    """The days between which another report of the same words can have been said: what to ask the store for."""
    earliest, latest = days(one)
    return earliest - DAY if earliest else None, latest + DAY if latest else None


def closeness(a: Report, b: Report) -> int:
    """3: the same day, both known; 2: can be the same day; 1: a day apart (time zones, late news); 0: other days."""
    (start, end), (first, last) = days(a), days(b)
    apart = max(_difference(start, last), _difference(first, end))
    if apart > 1:
        return 0
    if apart == 1:
        return 1
    return 3 if a.said and b.said and a.said.is_day and b.said.is_day else 2


def _difference(start: date | None, end: date | None) -> int:
    return (start - end).days if start and end else 0


def days(one: Report) -> tuple[date | None, date | None]:
    """From when to when it can have been said: as stated, else the days before publication."""
    printed = one.published.latest if one.published else None
    if one.said and (one.said.earliest or one.said.latest):
        return one.said.earliest, one.said.latest or printed
    if one.published is None or printed is None:
        return None, None
    return (one.published.earliest or printed) - REPORTING, printed


def printed_together(a: Report, b: Report) -> bool:
    """True when two reports were published on the same day or on days that follow each other."""
    one, other = (report.published.latest if report.published else None for report in (a, b))
    return one is not None and other is not None and abs((one - other).days) <= 1
