"""What the rows of all lists have in common: how a selected one and the one under the pointer look."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.theme import Theme

# Whether somebody has looked at a statement: icon and colour.
STATUS_ICONS = {"confirmed": ("confirm", "good"), "corrected": ("edit", "accent"), "rejected": ("reject", "danger")}


def paint_background(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> bool:
    """Paint what lies behind a row; True where it is selected."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(rect, theme["soft"])
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme["accent"])
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme["hover"])
    return selected
