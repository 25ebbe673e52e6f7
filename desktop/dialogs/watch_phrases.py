"""The phrases whose first and last uses the timeline marks, one per line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.widgets.pieces import label
from desktop.wording import tr


class WatchPhrases(QDialog):
    """Edits a list of phrases; `chosen` has the new list."""

    chosen = Signal(list)

    def __init__(self, phrases: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Watch phrases"))
        self.field = QPlainTextEdit("\n".join(phrases))
        self.field.setProperty("role", "field")
        self.field.setAccessibleName(tr("Phrases, one per line"))
        self.field.setTabChangesFocus(True)
        hint = label(tr("One phrase per line. A star at the end of a word stands for any ending. The timeline rings "
                        "the statements that use it and says who used it first, who took it up, who dropped it."),
                     "muted", wrap=True)  # fmt: skip
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (hint, self.field, buttons):
            column.addWidget(part)
        self.resize(460, 320)

    def _accept(self) -> None:
        lines = [line.strip() for line in self.field.toPlainText().splitlines()]
        self.chosen.emit([line for line in lines if line])
        self.accept()
