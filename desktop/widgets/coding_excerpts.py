"""What a coder is shown: a statement in its context, the queue that it comes from, what a model says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop import wording
from desktop.widgets.reading import Mark
from desktop.wording import tr
from index.model import Span, Statement, Suggestion
from index.positions.coding import Order
from index.positions.suggestions import reason

BEFORE, AFTER = 420, 500  # characters of context at most


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement as the coder sees it: an excerpt of its document and what is known of it."""

    statement: Statement
    excerpt: str
    marks: tuple[Mark, ...]
    offset: int
    source: str
    code: float | None
    coded: bool


def only_coder(coders: list[str]) -> str:
    """The name to go on under where one person coded so far."""
    return coders[0] if len(coders) == 1 else ""


def queue(library: Any, issue_id: int, coder: str, order: Order) -> tuple[list[int], int, str | None]:
    """The statements that wait, how many are done, and why an order could not be kept."""
    found = library.coding_queue(issue_id, coder=coder, order=order)
    return list(found.statements), found.done, found.problem


def hint(library: Any, issue_id: int, statement_id: int) -> tuple[Suggestion | None, str, str]:
    """What the model says, the most similar coded statements in a line, and why it is silent where it is."""
    found = library.suggestion(issue_id, statement_id)
    silent = reason(library.suggestion_model(issue_id)) if found is None else ""
    if found is None or not found.side:
        return found, "", silent
    codes = {code.statement_id: code.value for code in library.codes(issue_id)}
    parts = []
    for statement in library.statements(found.similar):
        value = codes.get(statement.id)
        text = " ".join(statement.text.split())
        parts.append(f"{wording.score(value)} “{text if len(text) <= 90 else text[:89] + '…'}”" if value is not None else "")
    return found, tr("Most alike: {statements}").format(statements="   ".join(part for part in parts if part)), ""


def excerpt_of(library: Any, issue_id: int, statement_id: int, coder: str) -> Shown | None:
    """The statement with the paragraphs around it; None: it is gone."""
    found = library.statements([statement_id])
    if not found:
        return None
    statement = found[0]
    document = library.document(statement.document_id)
    start, end = around(document.text, statement.content)
    marks = [Mark(_moved(span, start), "content", True) for span in statement.content]
    if statement.speaker is not None and start <= statement.speaker.start and statement.speaker.end <= end:
        marks.append(Mark(_moved(statement.speaker, start), "speaker"))
    codes = [code for code in library.codes(issue_id) if code.statement_id == statement_id and code.coder == coder]
    source = " · ".join(part for part in (document.name, wording.source(document), statement.label) if part)
    return Shown(statement, document.text[start:end], tuple(marks), start, source,
                 codes[-1].value if codes else None, bool(codes))  # fmt: skip


def around(text: str, content: tuple[Span, ...]) -> tuple[int, int]:
    """From the paragraph before a statement to the one after it, each cut to a bounded length."""
    first, last = content[0].start, content[-1].end
    before = len(text[: text.rfind("\n", 0, first) + 1].rstrip())
    start = text.rfind("\n", 0, before) + 1
    after = text.find("\n", last)
    after = len(text) if after < 0 else after
    after += len(text[after : after + AFTER]) - len(text[after : after + AFTER].lstrip())
    end = text.find("\n", after)
    end = len(text) if end < 0 else end
    start, end = max(start, first - BEFORE), min(end, last + AFTER)
    while 0 < start < first and not text[start - 1].isspace():
        start += 1
    while last < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end


def _moved(span: Span, by: int) -> Span:
    return Span(span.start - by, span.end - by)


def in_excerpt(shown: Shown, hint: Suggestion) -> list[Span]:
    """Places in a statement's text as places in the excerpt; text between its spans (" … ") is in neither."""
    found, passed = [], 0
    for span in shown.statement.content:
        length = span.end - span.start
        for place in hint.places:
            if passed <= place.start and place.end <= passed + length:
                start = span.start + place.start - passed - shown.offset
                found.append(Span(start, start + place.end - place.start))
        passed += length + len(" … ")
    return found
