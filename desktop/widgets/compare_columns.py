"""Texts side by side: each with its head, its changes and a strip; what is aligned stays side by side when one scrolls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QSplitter, QToolButton, QVBoxLayout, QWidget

from desktop.models.comparisons import Compared, Loaded, Piece, letter, side_pieces
from desktop.theme import Theme
from desktop.widgets.changed_text import ChangedText, ChangeStrip
from desktop.widgets.pieces import Elided, ToolButton, box, fill, label
from desktop.wording import tr
from index.model import Comparison, Span

LONG = 20_000  # characters from which on texts are laid out one at a time
NARROWEST = 17  # characters in a line of a column at least; more columns than fit are scrolled to


class Column(QWidget):
    """One text with its head."""

    base_requested = Signal()
    remove_requested = Signal()
    open_requested = Signal()
    active_requested = Signal()

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self.letter = letter(number)
        self.chip = label(self.letter, "chip")
        self.who, self.source = Elided("", "heading"), Elided("", "muted")
        self.text = ChangedText(theme, tr("Text {letter}").format(letter=self.letter))
        self.strip = ChangeStrip(theme, self.text)
        self.base = self._button(tr("Base"), "", self.base_requested.emit, tr("Compare all the others with this one"))
        self.base.setCheckable(True)
        self.base.setProperty("role", "segment")
        self.base.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.follow = self._button(tr("Changes"), "", self.active_requested.emit, tr("Go through the changes of this text"))
        self.follow.setCheckable(True)
        self.follow.setProperty("role", "segment")
        self.follow.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.open = self._button(tr("Open in the reader"), "reader", self.open_requested.emit)
        self.remove = self._button(tr("Take out of the comparison"), "close", self.remove_requested.emit)
        head = box("header", vertical=True, margins=(12, 6, 6, 6), spacing=0)
        self.chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        above = fill(box(spacing=6), self.chip, self.who, self.open, self.remove)
        below = fill(box(spacing=6), self.source, self.follow, self.base)
        above.layout().setStretch(1, 1)  # type: ignore[union-attr]
        below.layout().setStretch(0, 1)  # type: ignore[union-attr]
        fill(head, above, below)
        self.head = head
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.text, 1)
        body.addWidget(self.strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(body, 1)
        theme.changed.connect(self._wear)
        self._wear()

    def _button(self, name: str, icon: str, clicked: object, tip: str = "") -> QToolButton:
        made = ToolButton()
        made.setProperty("iconname", icon)
        made.setText(name)
        made.setAccessibleName(f"{name}, {self.letter}")
        made.setToolTip(tip or name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(clicked)
        return made

    def _wear(self) -> None:
        self.setMinimumWidth(NARROWEST * QFontMetrics(self._theme.reading_font()).averageCharWidth() + 40)
        for made in (self.open, self.remove):
            made.setIcon(self._theme.icons(str(made.property("iconname"))))

    def describe(self, item: Compared, is_base: bool, is_active: bool, count: int) -> None:
        """Who, when, where; whether all others are compared with this one, and whether its changes are gone through."""
        self.who.set_full(item.who)
        self.source.set_full(f"{item.day}   ·   {item.source}")
        self.base.setChecked(is_base)
        self.remove.setEnabled(count > 1)
        self.follow.setVisible(count > 2 and not is_base)
        self.follow.setChecked(is_active)


class Columns(QSplitter):
    """Two to six columns. `active` is the text (not the base) whose changes are gone through."""

    base_requested = Signal(int)
    remove_requested = Signal(int)
    open_requested = Signal(int)
    active_changed = Signal(int)
    change_pressed = Signal(int)
    move_pressed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setChildrenCollapsible(False)
        self.columns: list[Column] = []
        self.loaded: Loaded | None = None
        self.active = 1
        self.locked = True
        self._following = False
        self._waiting: list[Callable[[], None]] = []  # columns that have not been shown yet
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._show_next)

    def show_loaded(self, loaded: Loaded, active: int, minor: bool, current: int | None) -> None:
        """Show these texts; the base carries what is gone from it in the active one."""
        self.loaded, self.active = loaded, active
        while len(self.columns) > len(loaded.items):
            column = self.columns.pop()
            column.setParent(None)
            column.deleteLater()
        while len(self.columns) < len(loaded.items):
            self._add()
        for number, (column, item) in enumerate(zip(self.columns, loaded.items, strict=True)):
            column.describe(item, number == loaded.base, number == active, len(loaded.items))
        order = [loaded.base, active, *(n for n in range(len(loaded.items)) if n not in (active, loaded.base))]
        self._waiting = [partial(self._show_column, number, minor, current) for number in order if number < len(self.columns)]
        if sum(len(item.text) for item in loaded.items) > LONG:
            self._next.start()
        else:
            self._finish()
        if len({column.width() for column in self.columns}) > 1 or len(self.columns) > 2:
            self.setSizes([1000] * len(self.columns))

    def _show_column(self, number: int, minor: bool, current: int | None) -> None:
        assert self.loaded is not None
        column = self.columns[number]
        ours = number in (self.active, self.loaded.base)
        column.text.show_pieces(self._pieces(number, minor), current if ours else None)
        if len(column.text.words) > LONG:
            column.strip.refresh_soon()
        else:
            column.strip.refresh()

    def _show_next(self) -> None:
        """One more of the columns that wait: a long text a turn, so that keys and mouse are heard between them."""
        if self._waiting:
            self._waiting.pop(0)()
        if self._waiting:
            self._next.start()

    def _finish(self) -> None:
        """All columns that wait, now."""
        self._next.stop()
        while self._waiting:
            self._waiting.pop(0)()

    def _add(self) -> None:
        number = len(self.columns)
        column = Column(self._theme, number)
        column.base_requested.connect(lambda: self.base_requested.emit(number))
        column.remove_requested.connect(lambda: self.remove_requested.emit(number))
        column.active_requested.connect(lambda: self.active_changed.emit(number))
        column.open_requested.connect(lambda: self.open_requested.emit(number))
        column.text.change_pressed.connect(lambda change: self._pressed(number, change))
        column.text.move_pressed.connect(lambda move: self.move_pressed.emit(move))
        column.text.scrolled.connect(lambda: self._follow(number))
        column.strip.pressed.connect(lambda _: column.text.setFocus())
        self.columns.append(column)
        self.addWidget(column)
        self.setStretchFactor(number, 1)

    def _comparison(self, number: int) -> Comparison | None:
        return self.loaded.comparisons[number] if self.loaded and number < len(self.loaded.comparisons) else None

    def _pieces(self, number: int, minor: bool) -> list[Piece]:
        assert self.loaded is not None
        if number == self.loaded.base:
            active = self._comparison(self.active)
            if active is None:
                return [Piece(self.loaded.items[number].text, "equal", None, 0)]
            return side_pieces(active, 0, minor)
        comparison = self._comparison(number)
        assert comparison is not None
        return side_pieces(comparison, 1, minor)

    def _pressed(self, number: int, change: int) -> None:
        assert self.loaded is not None
        if number not in (self.active, self.loaded.base):
            self.active_changed.emit(number)
        self.change_pressed.emit(change)

    # --- going about ---

    def show_change(self, change: int, left: Span, right: Span) -> None:
        """Bring a change into view on both sides and mark it."""
        assert self.loaded is not None
        self._finish()
        self._following = True
        for number, span in ((self.loaded.base, left), (self.active, right)):
            if number < len(self.columns):
                self.columns[number].text.set_current(change)
                self.columns[number].text.scroll_to_place(span.start)
                self.columns[number].strip.update()
        for number, column in enumerate(self.columns):
            other = self._comparison(number)
            if other is not None and number != self.active:
                column.text.scroll_to_place(across(other, left.start, 0))
        self._following = False

    def show_spans(self, left: Span | None, right: Span | None) -> None:
        """Bring places into view: on the base's side, on the active one's."""
        assert self.loaded is not None
        self._finish()
        self._following = True
        for number, span in ((self.loaded.base, left), (self.active, right)):
            if span is not None and number < len(self.columns):
                self.columns[number].text.scroll_to_place(span.start)
        self._following = False

    def _follow(self, number: int) -> None:
        """The others show what is aligned with the first words in view of this one."""
        if not self.locked or self._following or self.loaded is None or number >= len(self.loaded.items):
            return
        if self._waiting:  # a text that is being shown moves by itself
            return
        self._following = True
        text = self.columns[number].text
        bar = text.verticalScrollBar()
        place, comparison = text.top_place(), self._comparison(number)
        in_base = across(comparison, place, 1) if comparison is not None else place
        for other, column in enumerate(self.columns):
            if other == number:
                continue
            theirs = column.text.verticalScrollBar()
            if bar.value() in (bar.minimum(), bar.maximum()):
                theirs.setValue(theirs.minimum() if bar.value() == bar.minimum() else theirs.maximum())
            else:
                compared = self._comparison(other)
                column.text.scroll_to_place(across(compared, in_base, 0) if compared is not None else in_base, 0.02)
        self._following = False


def across(comparison: Comparison, place: int, side: int) -> int:
    """The place on the other side that answers to a place on `side` (0: left, 1: right)."""
    mine, theirs = [0], [0]
    for part in comparison.redline:
        ours, other = (part.left, part.right) if side == 0 else (part.right, part.left)
        mine.append(ours.end if ours else mine[-1])
        theirs.append(other.end if other else theirs[-1])
    k = max(0, bisect_right(mine, place) - 1)
    if k + 1 >= len(mine) or mine[k + 1] == mine[k]:
        return theirs[min(k, len(theirs) - 1)]
    share = (place - mine[k]) / (mine[k + 1] - mine[k])
    return theirs[k] + int(share * (theirs[k + 1] - theirs[k]))


def across_scrolled(columns: Columns) -> QScrollArea:
    """The columns in an area that scrolls from side to side where they are too many for the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(columns)
    return area
