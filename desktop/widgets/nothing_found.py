"""In the place of hits when there are none: what would give some, each a click away; or where a query is broken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.pieces import box, button, empty_layout, fill, label
from desktop.wording import plural, tr
from index.model import QueryProblem, QuerySuggestion

REASONS = {
    "spelling": "Another spelling", "actor": "Said by {detail}", "name": "Another name",
    "role": "Said as {detail}", "without": "Without {detail}",
    "filters": "Without the filters",
    "unit": "In the documents instead",
}  # fmt: skip


class NothingFound(QWidget):
    """`chosen` tells the suggestion that was clicked, `mended` a repaired query."""

    chosen = Signal(object)
    mended = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 32, 28, 28)
        self.column.setSpacing(10)

    def show_suggestions(self, suggestions: Sequence[QuerySuggestion], partial: bool) -> None:
        """Nothing matches: these queries would find something."""
        empty_layout(self.column)
        self.column.addWidget(label(tr("Nothing matches"), "heading"))
        if partial:
            words = tr("The search index is being made; words are found when it is ready.")
            self.column.addWidget(label(words, "warning", wrap=True))
        if not suggestions:
            words = tr("Try fewer or shorter words, the beginning of a word with * at its end, or the documents.")
            self.column.addWidget(label(words, "muted", wrap=True))
        for suggestion in suggestions:
            self.column.addWidget(self._row(suggestion))
        self.column.addStretch(1)

    def focus_first(self) -> None:
        """Go to the first query that is offered."""
        items = (self.column.itemAt(n) for n in range(self.column.count()))
        rows = (item.widget() for item in items if item is not None)
        first = next((found for row in rows if row is not None and (found := row.findChild(QPushButton))), None)
        if first is not None:  # it is shown when the layout has its turn
            QTimer.singleShot(0, first, lambda: first.setFocus(Qt.FocusReason.OtherFocusReason))

    def _row(self, suggestion: QuerySuggestion) -> QWidget:
        reason = tr(REASONS.get(suggestion.reason, suggestion.reason)).format(detail=suggestion.detail)
        if suggestion.reason == "unit" and suggestion.unit == "statements":
            reason = tr("In the statements instead")
        made = button(suggestion.query or tr("everything"), lambda: self.chosen.emit(suggestion))
        made.setAccessibleName(f"{reason}: {made.text()}, {plural(suggestion.total, 'hit', 'hits')}")
        count = label(plural(suggestion.total, "hit", "hits"), "muted")
        return fill(box(vertical=True, spacing=2), label(reason, "section"), fill(box(spacing=10), made, count, 1))

    def show_problem(self, problem: QueryProblem, query: str) -> None:
        """The query cannot be understood: where, why, and the mended one."""
        empty_layout(self.column)
        self.column.addWidget(label(tr("This query cannot be understood"), "heading"))
        self.column.addWidget(label(tr(problem.message), wrap=True))
        at = max(0, min(problem.position, len(query)))
        start, end = max(0, at - 30), min(len(query), at + 30)
        shown = f"{'…' if start else ''}{query[start:at]}▸{query[at:end]}{'…' if end < len(query) else ''}"
        place = label(shown, "danger", selectable=True)
        place.setAccessibleName(tr("At character {place}: {text}").format(place=at + 1, text=shown))
        self.column.addWidget(fill(box(spacing=8), label(tr("At character {n}:").format(n=at + 1), "muted"), place, 1))
        if problem.mended:
            self.column.addWidget(label(tr("Did you mean"), "section"))
            query_ = problem.mended
            self.column.addWidget(fill(box(), button(query_, lambda: self.mended.emit(query_), "primary"), 1))
        self.column.addStretch(1)
