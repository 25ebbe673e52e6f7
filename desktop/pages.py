"""The pages of the window as a table: a page is a row here and a file in desktop/panes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.panes.pane import Pane


@dataclass(frozen=True, slots=True)
class PaneRow:
    """One page: `make` imports its module when the page is first shown, so that the start stays short."""

    id: str
    text: str
    icon: str
    tip: str
    make: Callable[[], type[Pane]]


def _reader() -> type[Pane]:
    from desktop.panes.reader import ReaderPane

    return ReaderPane


def _actors() -> type[Pane]:
    from desktop.panes.actors import ActorsPane

    return ActorsPane


def _documents() -> type[Pane]:
    from desktop.panes.documents import DocumentsPane

    return DocumentsPane


def _search() -> type[Pane]:
    from desktop.panes.search import SearchPane

    return SearchPane


def _issues() -> type[Pane]:
    from desktop.panes.issues import IssuesPane

    return IssuesPane


def _compare() -> type[Pane]:
    from desktop.panes.compare import ComparePane

    return ComparePane


def _timeline() -> type[Pane]:
    from desktop.panes.timeline import TimelinePane

    return TimelinePane


PANES: tuple[PaneRow, ...] = (
    PaneRow("search", "Search", "search", "Statements and documents, by words and by who said what when", _search),
    PaneRow("reader", "Reader", "reader", "A document with its statements marked", _reader),
    PaneRow("compare", "Compare", "compare", "Statements or documents side by side: what changed", _compare),
    PaneRow("timeline", "Timeline", "timeline", "Where each actor stands over time", _timeline),
    PaneRow("actors", "Actors", "actors", "Who speaks: names, roles, merging and splitting", _actors),
    PaneRow("issues", "Issues", "issues", "Questions with two poles, and the coding of statements on them", _issues),
    PaneRow("documents", "Documents", "documents", "All documents, the undated ones first", _documents),
)

# How a visited place is shown again: page and method.
PLACES = {
    "statement": ("reader", "show_statement"),
    "compare": ("compare", "show_statements"),
    "actor": ("actors", "show_actor"),
    "search": ("search", "show_query"),
    "issue": ("issues", "show_issue"),
    "timeline": ("timeline", "show_issue"),
}
