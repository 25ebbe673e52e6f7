"""The first page: what the program is for, the three ways to begin, the libraries opened before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.icons import ICONS
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.pieces import Elided, box, button, empty_layout, fill, label, scrolled
from desktop.wording import tr

WAYS = (
    (
        "library.new",
        "new",
        "New library",
        "An empty folder for your own collection. Drop articles and interviews on it.",
    ),
    ("library.open", "open", "Open a library", "Go on with a library from this computer, a stick or a colleague."),
    (
        "library.sample",
        "sample",
        "Look at the sample",
        "Short texts about an invented treaty, ready to search, compare and plot.",
    ),
)


class Welcome(QWidget):
    """Not a Pane: it is there when there is no library."""

    open_requested = Signal(object)  # a Path

    def __init__(self, actions: Mapping[str, QAction], settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._settings, self._theme = settings, theme
        self._logo = QLabel()
        self._cards = [Way(actions[name], icon, tr(text), tr(words), theme) for name, icon, text, words in WAYS]
        self._recent_title = label(tr("Recent libraries"), "section")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._waiting = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self.setFocusProxy(self._cards[0])
        self._assemble()
        self.wait_for("")
        theme.changed.connect(self._draw)
        self._draw()

    def _assemble(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(24, 40, 24, 40)
        column.setSpacing(0)
        title = label(tr("Standpoint"), "title")
        words = label(tr("Who said what, when, and how it changed. Everything stays on this computer."), "muted")
        head = fill(box(spacing=16), self._logo, fill(box(vertical=True, spacing=3), title, words), 1)
        column.addStretch(2)
        column.addWidget(head)
        column.addSpacing(30)
        cards = QHBoxLayout()
        cards.setSpacing(14)
        for card in self._cards:
            cards.addWidget(card, 1)
        column.addLayout(cards)
        column.addSpacing(16)
        column.addWidget(self._bar)
        column.addWidget(self._waiting)
        column.addSpacing(16)
        column.addWidget(self._recent_title)
        column.addSpacing(6)
        column.addLayout(self._recent)
        column.addStretch(3)
        inside = QFrame()
        inside.setLayout(column)
        inside.setMaximumWidth(860)
        body = box("pagebody")
        layout = body.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addStretch(1)
        layout.addWidget(inside, 20)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(body))
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def wait_for(self, words: str) -> None:
        """Say what takes a moment; "" when it is done."""
        self._waiting.setText(words or " ")
        self._bar.setVisible(bool(words))
        for card in self._cards:
            card.setEnabled(not words)

    def load(self) -> None:
        """Show the recent libraries as they are now."""
        empty_layout(self._recent)
        paths = self._settings.recent()
        self._recent_title.setVisible(bool(paths))
        for path in paths[:7]:
            self._recent.addWidget(self._row(path))

    def _row(self, path: Path) -> QWidget:
        there = (path / "library.standpoint").exists()
        row = box(margins=(0, 0, 0, 0), spacing=8)
        name = button(path.name, lambda: self.open_requested.emit(path), "link", str(path))
        name.setEnabled(there)
        where = Elided(str(path.parent) if there else tr("Not there at the moment: {path}").format(path=path), "small")
        forget = QToolButton()
        forget.setIcon(self._theme.icons("close"))
        forget.setIconSize(QSize(14, 14))
        forget.setAccessibleName(tr("Take {name} off this list").format(name=path.name))
        forget.setToolTip(tr("Take it off this list; the library stays where it is"))
        forget.clicked.connect(lambda: self._forget(path))
        fill(row, name, where, forget)
        layout = row.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretchFactor(where, 1)
        return row

    def _forget(self, path: Path) -> None:
        self._settings.forget_recent(path)
        self.load()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(str(ICONS / "app" / "standpoint.svg"))
        picture = picture.scaled(
            round(56 * ratio),
            round(56 * ratio),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture.setDevicePixelRatio(ratio)
        self._logo.setPixmap(picture)


class Way(QPushButton):
    """A large button with a drawing, a heading and a sentence."""

    def __init__(self, action: QAction, icon: str, text: str, words: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(text)
        self.setAccessibleDescription(words)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.clicked.connect(lambda: action.trigger())
        self._icon, self._theme = icon, theme
        self._picture = QLabel()
        heading, sentence = label(text, "heading"), label(words, "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(8)
        for part in (self._picture, heading, sentence):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return QSize(240, layout.totalHeightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return False

    def _draw(self) -> None:
        self._picture.setPixmap(self._theme.icons.pixmap(self._icon, 30, self.devicePixelRatioF(), "accent"))
