"""The inline message at the foot of the pages: one at a time, with at most one act; no pop-up ever for what undo serves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.theme import Theme
from desktop.widgets.pieces import ToolButton, label, restyle
from desktop.wording import tr

ICONS = {"info": ("info", "accent"), "problem": ("warning", "danger"), "warning": ("warning", "warning")}
Message = tuple[str, str, str, Callable[[], object] | None]
STAYS = 9000  # milliseconds; what went wrong, and what answers a long wait, stays until it is closed


class MessageBar(QFrame):
    """Hidden until it has something to say. It comes and goes without moving what somebody points at: a routine message lies
    over the foot of the page for as long as it lasts; one that stays has room of its own there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._level = "info"
        self._act: Callable[[], object] | None = None
        self._page: QWidget | None = None  # what it lies over
        self._shown: Message | None = None  # what is shown, if it stays
        self._waiting: Message | None = None  # what stays, under what is shown
        self.setObjectName("message")
        self.setAccessibleName(tr("Message"))
        self.picture = QLabel()
        self.words = label("", wrap=True)
        self.button = QPushButton()
        self.button.clicked.connect(self._pressed)
        self.shut = ToolButton()
        self.shut.setAccessibleName(tr("Close the message"))
        self.shut.setToolTip(tr("Close the message"))
        self.shut.clicked.connect(self.close_message)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.setSpacing(10)
        row.addWidget(self.picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        row.addWidget(self.shut)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        theme.changed.connect(self._draw)
        self.hide()

    def lie_over(self, page: QWidget) -> None:
        """Lie over the foot of this widget, which holds the pages."""
        self._page = page
        self.setParent(page.parentWidget())
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the page."""
        if watched is self._page and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        page = self._page
        if page is None:
            return
        foot = page.geometry()
        foot.setTop(foot.bottom() + 1 - self.heightForWidth(foot.width()))
        self.setGeometry(foot)
        self.raise_()
        stays = not self.isHidden() and (self._shown or self._waiting) is not None
        page.setContentsMargins(0, 0, 0, foot.height() if stays else 0)

    def say(
        self, words: str, level: str = "info", text: str = "", act: Callable[[], object] | None = None, stays: bool = False
    ) -> None:
        """Show a message ("info", "warning", "problem"); `text` is the button's word, `act` what it does. It goes by itself
        only if it is of the first level and not said to stay; one that stays comes back after one that goes."""
        stays = stays or level != "info"
        if stays:
            self._waiting = None
        elif self._shown is not None and not self.isHidden():
            self._waiting = self._shown
        self._shown = (words, level, text, act) if stays else None
        self._level, self._act = level, act
        self.words.setText(words)
        self.words.setAccessibleName(words)
        self.button.setText(text)
        self.button.setVisible(act is not None)
        restyle(self, "level", level)
        self._draw()
        self.show()
        self._place()
        if stays:
            self._timer.stop()
        else:
            self._timer.start(STAYS)
        if QAccessible.isActive():  # it stands where nobody's focus is
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def close_message(self) -> None:
        """Away with what is shown; what it stood before comes back."""
        waiting, self._waiting, self._shown = self._waiting, None, None
        self._timer.stop()
        self.hide()
        self._place()
        if waiting is not None:
            self.say(*waiting, stays=True)

    def clear(self) -> None:
        """Away with everything: it was about another library."""
        self._waiting = self._shown = None
        self._timer.stop()
        self.hide()
        self._place()

    def _leave(self) -> None:
        """Not from under the mouse, nor with the focus."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(STAYS)
        else:
            self.close_message()

    def _pressed(self) -> None:
        act = self._act
        self.close_message()
        if act is not None:
            act()

    def _draw(self) -> None:
        name, colour = ICONS[self._level]
        side = self.words.fontMetrics().height()
        self.picture.setPixmap(self._theme.icons.pixmap(name, side, self.devicePixelRatioF(), colour))
        self.shut.setIcon(self._theme.icons("close"))
        self._place()  # letters may be larger now
