"""The navigation at the left edge: one button per pane, arrow keys move along it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from desktop.theme import Theme
from desktop.widgets.pieces import ToolButton
from desktop.wording import tr


class _RailButton(ToolButton):
    scale = 1.4

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            bold = QFont(self.font())
            bold.setBold(True)
            self.setMinimumWidth(max(84, QFontMetrics(bold).horizontalAdvance(self.text()) + 28))


class Rail(QFrame):
    """`chosen` tells the id of the pane whose button was pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("rail")
        self.setAccessibleName(tr("Pages"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(2)
        self._column.addStretch(1)

    def add(self, key: str, text: str, icon: str, tip: str) -> None:
        """One more pane."""
        made = self._make(text, icon, tip)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(made)
        self._buttons[key] = made
        self._column.insertWidget(len(self._buttons) - 1, made)

    def add_below(self, action: QAction, text: str) -> None:
        """A button at the foot of the rail."""
        made = self._make(text, "", action.toolTip())
        made.setIcon(action.icon())
        made.clicked.connect(lambda: action.trigger())
        self._column.addWidget(made)

    def choose(self, key: str) -> None:
        """Show which pane is in front; "" for none."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            return
        self._group.setExclusive(False)
        for made in self._buttons.values():
            made.setChecked(False)
        self._group.setExclusive(True)

    def set_enabled(self, enabled: bool) -> None:
        """Without a library there is nowhere to go."""
        for made in self._buttons.values():
            made.setEnabled(enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        made = list(self._buttons.values())
        focused = next((n for n, one in enumerate(made) if one.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        made[(focused + step) % len(made)].setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, text: str, icon: str, tip: str) -> QToolButton:
        made = _RailButton()
        made.setText(text)
        made.setIcon(self._theme.icons(icon))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setToolTip(tip)
        made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        made.setAccessibleName(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made
