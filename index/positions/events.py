"""Events beside the positions: the analyst's own table of dates and labels, read leniently and row by row."""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from datetime import date

from index.model import Precision, When
from index.positions.codes import RowProblem

DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
NAMES = {
    "date": ("date", "day", "when", "start"),
    "end": ("end", "until", "latest"),
    "label": ("label", "event", "name"),
}


def read_events(text: str) -> tuple[list[tuple[When, str]], list[RowProblem]]:
    """Events of a CSV with the columns `date` and `label` (also `end`), by date; rows that cannot be read as problems.

    A date is YYYY, YYYY-MM, YYYY-MM-DD or two of these with "/" between them.
    """
    plain = text.lstrip("\ufeff")
    head = plain.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(plain, newline=""), delimiter=max(",;\t", key=head.count))
    columns = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    found = {key: next((columns[name] for name in names if name in columns), None) for key, names in NAMES.items()}
    if not found["date"] or not found["label"]:
        return [], [RowProblem(1, "bad-value", "The table of events needs the columns date and label.")]
    events, problems = [], []
    try:
        for row in reader:
            said = str(row.get(found["date"]) or "").strip()
            until = str(row.get(found["end"]) or "").strip() if found["end"] else ""
            label = " ".join(str(row.get(found["label"]) or "").split())
            when = when_from(f"{said}/{until}" if until else said)
            if when and label:
                events.append((when, label))
            elif said or label:
                problems.append(RowProblem(reader.line_num, "bad-date", f"{said} (line {reader.line_num})"))
    except csv.Error as error:
        problems.append(RowProblem(reader.line_num, "bad-value", f"line {reader.line_num}: {error}"))
    return sorted(events, key=lambda event: (event[0].earliest or date.min, event[1])), problems


def when_from(text: str) -> When | None:
    """The days that "2001", "2001-03", "2001-03-05" or "2001-03-05/2001-04" names; None for anything else."""
    first, _, second = text.partition("/")
    a, b = _days(first.strip()), _days((second or first).strip())
    if a is None or b is None or a[0] > b[1]:
        return None
    precision: Precision = a[2] if not second else "range"
    return When(a[0], b[1], precision, "table of events")


def _days(text: str) -> tuple[date, date, Precision] | None:
    match = DAY.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day), "day"
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
        return date(year, 1, 1), date(year, 12, 31), "year"
    except ValueError:
        return None
