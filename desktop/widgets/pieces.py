"""The smallest pieces every page is built of, so that all look alike: labels by role, buttons, lines, rows of chips."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

LETTERS = "0123456789 abcdefghijklmnopqrstuvwxyz"
BARS = ("header", "strip", "footer")  # as high as what is in them


def label(text: str = "", role: str = "", wrap: bool = False, selectable: bool = False) -> QLabel:
    """Plain text (never HTML). Roles: title, heading, section, muted, small, chip, danger, warning."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def button(text: str, clicked: Callable[[], object] | None = None, role: str = "", tip: str = "") -> QPushButton:
    """A push button; role "primary" for the one next act of a page, "link" for a quiet one."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    if tip:
        made.setToolTip(tip)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    made.setAutoDefault(False)
    return made


class ToolButton(QToolButton):
    """A tool button whose drawing grows with the words."""

    scale = 1.15

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            side = round(self.fontMetrics().height() * self.scale)
            self.setIconSize(QSize(side, side))


def act(action: QAction, words: bool = False, text: str = "") -> QToolButton:
    """A tool button for one of the window's actions, with a word of its own or the action's; without words
    it still tells screen readers its name."""
    made = ToolButton()
    made.setIcon(action.icon())
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
    made.setToolButtonStyle(style)
    name = text or action.text().replace("&", "").rstrip("…")
    made.setText(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda: action.trigger())

    def follow() -> None:
        made.setEnabled(action.isEnabled())
        made.setToolTip(action.toolTip())

    follow()
    action.changed.connect(follow)
    made.destroyed.connect(lambda: _unfollow(action, follow))
    return made


def _unfollow(action: QAction, follow: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the action went first
        action.changed.disconnect(follow)


class FilterField(QLineEdit):
    """A field that narrows a list: Escape empties it, the arrow down leads into the list (`below`)."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.below: QWidget | None = None
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down and self.below is not None:
            self.below.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


def line() -> QFrame:
    """A hair line across."""
    made = QFrame()
    made.setObjectName("line")
    return made


def box(
    name: str = "", vertical: bool = False, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8
) -> QFrame:
    """An empty frame with its layout; `name` is an object name: header, strip, panel, card, footer, page."""
    made = QFrame()
    made.setObjectName(name)
    if name in BARS:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    layout: QVBoxLayout | QHBoxLayout = QVBoxLayout(made) if vertical else QHBoxLayout(made)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return made


def fill(frame: QWidget, *parts: QWidget | QLayout | int | None) -> QWidget:
    """Put parts into the frame's layout: widgets, layouts, an int as a stretch, None for nothing. Returns the frame."""
    layout = frame.layout()
    assert isinstance(layout, QVBoxLayout | QHBoxLayout)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif isinstance(part, int):
            layout.addStretch(part)
    return frame


def scrolled(inside: QWidget, name: str = "") -> QScrollArea:
    """The widget in a scroll area that follows its width."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if name:
        area.setObjectName(name)
    return area


class _Room(QObject):
    """Keeps a widget so many characters wide."""

    def __init__(self, widget: QWidget, characters: int) -> None:
        super().__init__(widget)
        self._widget, self._characters = widget, characters
        widget.installEventFilter(self)
        self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
        return False

    def _measure(self) -> None:
        self._widget.setMinimumWidth(round(self._characters * letter_width(self._widget.fontMetrics())))


def letter_width(metrics: QFontMetrics) -> float:
    """Pixels of a letter or digit on average. What a font says of itself leaves out how often letters occur: of DejaVu
    Sans it is a tenth too small."""
    return max(metrics.averageCharWidth(), metrics.horizontalAdvance(LETTERS) / len(LETTERS))


def at_least(widget: QWidget, characters: int) -> None:
    """Make the widget at least so many characters wide, in whatever size the letters are."""
    _Room(widget, characters)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and wear the new look."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)


class Segments(QFrame):
    """A row of choices of which one holds: ("all", "All", 120) shows "All 120"."""

    def __init__(self, name: str, chosen: Callable[[str], object]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._chosen = chosen

    def add(self, key: str, text: str, tip: str = "") -> None:
        """One more choice at the end; the first one holds."""
        made = QToolButton()
        made.setProperty("role", "segment")
        made.setCheckable(True)
        made.setText(text)
        made.setToolTip(tip)
        made.setAccessibleName(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setChecked(not self._buttons)
        made.clicked.connect(lambda: self._chosen(key))
        self._group.addButton(made)
        self._buttons[key] = made
        layout = self.layout()
        assert layout is not None
        layout.addWidget(made)

    def set_text(self, key: str, text: str) -> None:
        """Change the words of a choice (a count)."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(text)

    def set_shown(self, key: str, shown: bool) -> None:
        """Hide a choice that makes no sense now."""
        self._buttons[key].setVisible(shown)

    @property
    def current(self) -> str:
        """The key of the choice that holds."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without telling."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)


class Flow(QLayout):
    """Places its items like words: row after row, as many as fit the width."""

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, outer: QRect, move: bool) -> int:
        margins = self.contentsMargins()
        rect = outer.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        y, row = rect.y(), list[tuple[QLayoutItem, QRect]]()
        x = rect.x()
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width())
            if row and x + width > rect.right() + 1:
                y += self._centre(row, y, move) + self.spacing()
                x, row = rect.x(), []
            row.append((item, QRect(QPoint(x, y), QSize(width, hint.height()))))
            x += width + self.spacing()
        return y + self._centre(row, y, move) - outer.y() + margins.bottom()

    def _centre(self, row: list[tuple[QLayoutItem, QRect]], y: int, move: bool) -> int:
        """Put the items of a row on one middle line; returns the row's height."""
        tallest = max((place.height() for _, place in row), default=0)
        if move:
            for item, place in row:
                item.setGeometry(place.translated(0, (tallest - place.height()) // 2))
        return tallest


def flowing(name: str, margins: tuple[int, int, int, int], *parts: QWidget) -> QFrame:
    """A bar whose parts go on in a next row where the width ends: for large letters and narrow windows."""
    frame = QFrame()
    frame.setObjectName(name)
    flow = Flow(8)
    flow.setContentsMargins(*margins)
    frame.setLayout(flow)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    frame.setSizePolicy(policy)
    for part in parts:
        flow.addWidget(part)
    return frame


def chips(texts: Iterable[str]) -> QWidget:
    """Short words in pills, wrapped like text."""
    frame = QWidget()
    flow = Flow()
    frame.setLayout(flow)
    frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    for text in texts:
        flow.addWidget(label(text, "chip"))
    return frame


class Elided(QLabel):
    """One line that ends in … where the room ends, and tells the rest as a tool tip."""

    def __init__(self, text: str = "", role: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._mode = mode
        self._full = ""
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_full(text)

    @property
    def full(self) -> str:
        """The whole text."""
        return self._full

    def set_full(self, text: str) -> None:
        """The whole text; as much as fits is shown."""
        self._full = " ".join(text.split())
        self.setAccessibleName(self._full)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, max(20, self.contentsRect().width()))
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")
