"""Actors put together in one lane of the timeline: one side per line, as an analyst takes ministers of one state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.widgets.pieces import label
from desktop.wording import tr


class Sides(QDialog):
    """Edits lines of "Side: actor; actor"; `chosen` has the sides with actor ids."""

    chosen = Signal(dict)

    def __init__(
        self, names: Mapping[int, str], sides: Mapping[str, Sequence[int]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Put actors together"))
        self._names = names
        lines = [f"{side}: {'; '.join(names[key] for key in ids if key in names)}" for side, ids in sides.items()]
        self.field = QPlainTextEdit("\n".join(lines))
        self.field.setProperty("role", "field")
        self.field.setAccessibleName(tr("Sides, one per line"))
        self.field.setTabChangesFocus(True)
        self.trouble = label("", "danger", wrap=True)
        known = label("; ".join(sorted(names.values(), key=str.casefold)), "small", wrap=True, selectable=True)
        hint = label(tr("One side per line, its actors divided by semicolons: “Ostland: Tovan Reck; Foreign Ministry of "
                        "Ostland”. The timeline draws a side as one lane; the actors themselves stay as they are."),
                     "muted", wrap=True)  # fmt: skip
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (hint, self.field, self.trouble, label(tr("Actors of this library"), "section"), known, buttons):
            column.addWidget(part)
        self.resize(560, 420)

    def read(self) -> tuple[dict[str, list[int]], list[str]]:
        """The sides, and the names that are no actor's."""
        keys = {name.casefold(): key for key, name in self._names.items()}
        sides: dict[str, list[int]] = {}
        unknown: list[str] = []
        for line in self.field.toPlainText().splitlines():
            side, _, rest = line.partition(":")
            for name in (part.strip() for part in rest.split(";")):
                if name and name.casefold() in keys:
                    sides.setdefault(side.strip(), []).append(keys[name.casefold()])
                elif name:
                    unknown.append(name)
        return sides, unknown

    def _accept(self) -> None:
        sides, unknown = self.read()
        if unknown:
            self.trouble.setText(tr("No actor has this name: {names}").format(names="; ".join(unknown)))
            return
        self.chosen.emit(sides)
        self.accept()
