"""Which places of a text a statement colours, and which statement stands at a place."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.widgets.reading import Mark
from index.model import Span, Statement


def marks_of(statement: Statement, strong: bool) -> list[Mark]:
    """The coloured places of a statement: words below, then date, cue and speaker over them."""
    marks = [Mark(span, "content", strong) for span in statement.content]
    if statement.when is not None and statement.when.expression is not None:
        marks.append(Mark(statement.when.expression, "date", strong))
    if statement.cue is not None:
        marks.append(Mark(statement.cue, "cue", strong))
    if statement.speaker is not None:
        marks.append(Mark(statement.speaker, "speaker", strong))
    return marks


def spans_of(statement: Statement) -> list[Span]:
    """All its coloured places."""
    return [mark.span for mark in marks_of(statement, strong=False)]


def length(statement: Statement) -> int:
    """Characters of its words."""
    return sum(span.end - span.start for span in statement.content)


def place(statement: Statement) -> int:
    """Where its words begin."""
    return statement.content[0].start if statement.content else 0


def statement_at(statements: Iterable[Statement], point: int) -> Statement | None:
    """The innermost statement at a place of the text; rejected ones have none."""
    here = [
        s for s in statements
        if s.status != "rejected" and any(span.start <= point <= span.end for span in spans_of(s))
    ]  # fmt: skip
    return min(here, key=length) if here else None
