"""How nouns lie in columns: dates, spans and lists to and from what SQLite stores."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from index.model import Precision, Span, When

WHEN = ("earliest", "latest", "precision", "rule", "certainty", "start", "end")


def when_columns(prefix: str, when: When | None) -> dict[str, Any]:
    """The seven columns PREFIX_earliest ... PREFIX_end of a date; all None where it is unknown."""
    if when is None or (when.earliest is None and when.latest is None):
        values: Sequence[Any] = (None,) * 7
    else:
        start, end = when.expression or (None, None)
        values = (
            when.earliest and when.earliest.isoformat(),
            when.latest and when.latest.isoformat(),
            when.precision, when.rule, round(when.certainty, 3), start, end,
        )  # fmt: skip
    return {f"{prefix}_{name}": value for name, value in zip(WHEN, values, strict=True)}


def when_of(row: sqlite3.Row, prefix: str) -> When | None:
    """The date in the columns PREFIX_*; None: unknown."""
    earliest, latest = day(row[f"{prefix}_earliest"]), day(row[f"{prefix}_latest"])
    if earliest is None and latest is None:
        return None
    return When(
        earliest, latest,
        cast(Precision, row[f"{prefix}_precision"] or "day"),
        row[f"{prefix}_rule"] or "",
        1.0 if row[f"{prefix}_certainty"] is None else row[f"{prefix}_certainty"],
        span(row[f"{prefix}_start"], row[f"{prefix}_end"]),
    )  # fmt: skip


def number_of(text: str) -> int | None:
    """The row number that digits name; None where they name none that a database can hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None


def span(start: int | None, end: int | None) -> Span | None:
    """A stored place; None where there is none."""
    return None if start is None or end is None else Span(start, end)


def span_columns(prefix: str, place: Span | None) -> dict[str, Any]:
    """The columns PREFIX_start and PREFIX_end."""
    return {f"{prefix}_start": place and place.start, f"{prefix}_end": place and place.end}


def spans_text(spans: Iterable[Span]) -> str:
    """Spans as JSON: [[start, end], ...]."""
    return json.dumps([list(place) for place in spans], separators=(",", ":"))


def spans_of(text: str) -> tuple[Span, ...]:
    """Spans from JSON."""
    return tuple(Span(*pair) for pair in json.loads(text))


def dates_text(dates: Iterable[When]) -> str:
    """Candidate dates as JSON."""
    return json.dumps(
        [
            {
                "earliest": when.earliest and when.earliest.isoformat(),
                "latest": when.latest and when.latest.isoformat(),
                "precision": when.precision, "rule": when.rule, "certainty": when.certainty,
                "expression": when.expression and list(when.expression),
            }
            for when in dates
        ],
        ensure_ascii=False,
    )  # fmt: skip


def dates_of(text: str) -> tuple[When, ...]:
    """Candidate dates from JSON."""
    return tuple(
        When(
            day(row["earliest"]), day(row["latest"]), row["precision"], row["rule"], row["certainty"],
            Span(*row["expression"]) if row["expression"] else None,
        )
        for row in json.loads(text)
    )  # fmt: skip


def words_of(text: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    return tuple(json.loads(text))


def words_text(words: Iterable[str]) -> str:
    """A list of strings as JSON."""
    return json.dumps(list(words), ensure_ascii=False)
