"""The card of the actor whose name is in the search box: the last statements, names, roles, issues, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout

from desktop import wording
from desktop.theme import Theme
from desktop.widgets.pieces import Elided, box, button, chips, empty_layout, fill, label
from desktop.wording import plural, tr
from index.model import ActorCard as Card
from index.model import Statement


class ActorCard(QFrame):
    """`opened` an actor's page, `chosen` only this actor's statements, `statement_opened` one of the last."""

    opened = Signal(int)
    chosen = Signal(str)
    statement_opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("panel")
        self.setAccessibleName(tr("Card of the actor"))
        self.picture = QLabel()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(8)

    def show_card(self, card: Card, statements: Sequence[Statement]) -> None:
        """Show an actor."""
        empty_layout(self.column)
        actor = card.actor
        picture = QLabel()
        icon = {"unknown": "person"}.get(actor.kind, actor.kind)
        picture.setPixmap(self._theme.icons.pixmap(icon, 30, self.devicePixelRatioF(), "accent"))
        name = label(actor.name, "heading", wrap=True, selectable=True)
        names = fill(box(vertical=True, spacing=0), name, label(self._line(card), "small", wrap=True))
        heading = fill(box(spacing=10), picture, names)
        names.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column.addWidget(heading)
        others = [alias for alias in actor.aliases if alias != actor.name][:6]
        if others:
            self._section(tr("Also named"))
            self.column.addWidget(chips(others))
        if actor.roles:
            self._section(tr("Roles"))
            for role in actor.roles[:4]:
                self.column.addWidget(label(wording.role(role), wrap=True))
        if statements:
            self._section(tr("Last statements"))
            for statement in statements:
                self._statement(statement)
        if card.issues:
            self._section(tr("Issues"))
            self.column.addWidget(chips(f"{issue}  {count}" for issue, count in card.issues))
        missing = self._missing(card)
        if missing:
            self._section(tr("Gaps"))
            for line in missing:
                self.column.addWidget(label(line, "warning", wrap=True))
        self.column.addSpacing(4)
        self.column.addWidget(button(tr("Only statements by this actor"), lambda: self.chosen.emit(actor.name)))
        self.column.addWidget(button(tr("Show the actor"), lambda: self.opened.emit(actor.id)))
        self.column.addStretch(1)

    def _line(self, card: Card) -> str:
        parts = [plural(card.total, "statement", "statements")]
        if card.first_day and card.last_day:
            years = (card.first_day.year, card.last_day.year)  # a day may be the first of a year that is all one knows
            parts.append(str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}")
        if card.others:
            parts.append(plural(card.others, "other actor of this name", "other actors of this name"))
        return " · ".join(parts)

    def _missing(self, card: Card) -> list[str]:
        found = []
        if card.undated:
            found.append(plural(card.undated, "statement has no date", "statements have no date"))
        if card.gap:
            text = tr("Nothing between {first} and {last}")
            found.append(text.format(first=wording.day(card.gap[0]), last=wording.day(card.gap[1])))
        return found

    def _section(self, text: str) -> None:
        self.column.addSpacing(4)
        self.column.addWidget(label(text, "section"))

    def _statement(self, statement: Statement) -> None:
        made = button("", lambda: self.statement_opened.emit(statement.id), "link")
        text = " ".join(statement.text.split())
        made.setText(wording.when(statement.when))
        made.setAccessibleName(f"{wording.when(statement.when)}: {text}")
        made.setToolTip(tr("Open in the reader"))
        words = Elided(text)
        self.column.addWidget(fill(box(vertical=True, spacing=0), made, words))
