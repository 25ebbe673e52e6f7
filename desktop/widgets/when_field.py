"""A field for a date that may be uncertain: it says below what it understands while one types."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop import wording
from desktop.widgets.pieces import label, restyle
from desktop.wording import tr
from index.dates import parse_day
from index.model import When
from index.problems import Problem


class WhenField(QWidget):
    """2024-11-26, 26 Nov 2024, 2024-11, 2024, 2024-03-01/2024-03-15; nothing: no date.
    `entered` when a good value is confirmed."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(tr("2024-11-26, 2024-11 or 2024"))
        self.field.setClearButtonEnabled(True)
        self.words = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.field)
        column.addWidget(self.words)
        self.setFocusProxy(self.field)
        self.field.textEdited.connect(self._say)
        self.field.returnPressed.connect(self._enter)

    def set_when(self, when: When | None, words: str = "") -> None:
        """Show a date; `words` stands below it (where it comes from)."""
        self.field.setText(when.edtf if when else "")
        self.words.setText(words)
        restyle(self.field, "wrong", False)

    @property
    def good(self) -> bool:
        """True where the field is empty or holds a date."""
        try:
            self.when()
        except Problem:
            return False
        return True

    def when(self) -> When | None:
        """The date that stands in the field, None if it is empty. Raises `Problem` for what is no date."""
        text = self.field.text().strip()
        as_shown = QLocale().toDate(text, "d MMM yyyy")  # in the words of this place, as lists show dates
        return parse_day(as_shown.toString(Qt.DateFormat.ISODate) if as_shown.isValid() else text) if text else None

    def _say(self) -> None:
        try:
            when = self.when()
        except Problem:
            self.words.setText(tr("Not a date yet: write 2024-11-26, 2024-11 or 2024."))
            return
        restyle(self.field, "wrong", False)
        self.words.setText(wording.when(when))

    def _enter(self) -> None:
        restyle(self.field, "wrong", not self.good)
        if self.good:
            self.entered.emit()
