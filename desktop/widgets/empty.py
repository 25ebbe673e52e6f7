"""An empty page says why it is empty and offers the one next act."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.pieces import label


class EmptyState(QWidget):
    """A drawing, a heading, a sentence, one button; centred."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = ""
        self._action: QAction | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.picture = QLabel()
        self.heading = label("", "heading")
        self.sentence = label("", "muted", wrap=True)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._pressed)
        self.button.hide()  # until there is something to say: a page that waits for its first answer is blank
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 56)
        column.setSpacing(10)
        column.addStretch(4)
        for part in (self.picture, self.heading, self.sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(5)
        theme.changed.connect(self._draw)

    def say(self, icon: str, heading: str, sentence: str, action: QAction | None = None, text: str = "") -> None:
        """Show this. The button does `action`; `text` replaces the action's own words."""
        self._icon, self._action = icon, action
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.button.setVisible(action is not None)
        if action is not None:
            words = text or action.text().replace("&", "")
            self.button.setText(words)
            self.button.setAccessibleName(words)
        self._draw()

    def _pressed(self) -> None:
        if self._action is not None:
            self._action.trigger()

    def _draw(self) -> None:
        self.sentence.ensurePolished()
        width = self.sentence.fontMetrics().averageCharWidth() * 62
        self.sentence.setFixedWidth(width)
        self.sentence.setFixedHeight(max(1, self.sentence.heightForWidth(width)))
        if self._icon:
            self.picture.setPixmap(self._theme.icons.pixmap(self._icon, 52, self.devicePixelRatioF(), "faint"))
