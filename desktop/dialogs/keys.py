"""All keys, as the menus group them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.actions import MENUS, Menu
from desktop.dialogs.dialog import Dialog
from desktop.theme import Theme
from desktop.widgets.pieces import label, scrolled
from desktop.wording import tr

MORE = (
    ("Next part of the window", "F6"),
    ("Open the selected row", "Enter"),
    ("Menu of the selected row", "Shift+F10"),
)


class Keys(Dialog):
    """A list to look at beside the window."""

    def __init__(self, actions: Mapping[str, QAction], theme: Theme, parent: QWidget | None) -> None:
        super().__init__(tr("Keys"), theme, parent, "", 520)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(4)
        for title, ids in MENUS:
            rows = [
                (action.text().rstrip("…"), action.shortcuts())
                for action in _actions(ids, actions)
                if action.shortcuts()
            ]
            if rows:
                self._group(grid, tr(title), [(text, "   ".join(_native(key) for key in keys)) for text, keys in rows])
        self._group(grid, tr("Everywhere"), [(tr(text), keys) for text, keys in MORE])
        inside = QFrame()
        inside.setObjectName("pagebody")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.addLayout(grid)
        column.addStretch(1)
        area = scrolled(inside, "page")
        area.setMinimumHeight(440)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(tr("Keys"))
        self.body.addWidget(area, 1)
        self.add_cancel(tr("Close")).setDefault(True)

    @staticmethod
    def _group(grid: QGridLayout, title: str, rows: list[tuple[str, str]]) -> None:
        at = grid.rowCount()
        if at > 1:
            grid.setRowMinimumHeight(at, 10)
            at += 1
        grid.addWidget(label(title, "section"), at, 0)
        for text, keys in rows:
            at += 1
            grid.addWidget(label(text), at, 0)
            grid.addWidget(label(keys, "muted"), at, 1)


def _native(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)


def _actions(ids: tuple[str | Menu, ...], actions: Mapping[str, QAction]) -> list[QAction]:
    found: list[QAction] = []
    for entry in ids:
        if isinstance(entry, tuple):
            found += _actions(entry[1], actions)
        elif entry == "panes":
            found += [action for name, action in actions.items() if name.startswith("pane.")]
        elif entry in actions:
            found.append(actions[entry])
    return found
