"""What all dialogs share: a heading, a body, a foot with one chief act; Escape leaves; errors stand above the foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import wording
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.wording import tr
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library


class Dialog(QDialog):
    """A window-modal sheet that deletes itself; open it with `open()`, never with `exec()`."""

    told = Signal(str, str)  # what was done, an action id ("undo") or ""
    failed = Signal(str)

    def __init__(self, heading: str, theme: Theme, parent: QWidget | None, words: str = "", width: int = 480) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(label(heading, "title", wrap=True))
        if words:
            column.addWidget(label(words, "muted", wrap=True))
        column.addSpacing(4)
        column.addLayout(self.body, 1)
        column.addWidget(self.trouble)
        column.addSpacing(4)
        column.addLayout(self.foot)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words need at its width."""
        layout = self.layout()
        if layout is not None and not event.spontaneous():
            width = max(self.width(), layout.minimumSize().width())
            self.resize(width, max(layout.minimumSize().height(), layout.totalHeightForWidth(width)))
        super().showEvent(event)

    def form(self) -> QFormLayout:
        """A form at the end of the body."""
        made = QFormLayout()
        made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        made.setHorizontalSpacing(16)
        made.setVerticalSpacing(10)
        self.body.addLayout(made)
        return made

    def add_button(self, text: str, act: Callable[[], object], chief: bool = False) -> QPushButton:
        """A button in the foot; the chief one is pressed by Enter."""
        made = QPushButton(text)
        made.clicked.connect(lambda: act())
        made.setAutoDefault(chief)
        made.setDefault(chief)
        if chief:  # its bold letters count in its width, which those of the state :default do not
            made.setProperty("role", "primary")
        self.foot.addWidget(made)
        return made

    def add_cancel(self, text: str = "") -> QPushButton:
        """The way out."""
        return self.add_button(text or tr("Cancel"), self.reject)

    def say_trouble(self, words: str) -> None:
        """Show what is wrong; "" hides it."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    @contextmanager
    def edit(self, library: Library, act: str, done: str = "") -> Iterator[None]:
        """One undoable change; the dialog closes on success and shows the problem otherwise. Raises `Problem` where the
        change can't even begin, see `Pane.edit`."""
        begun = False
        try:
            with library.edit(act):
                begun = True
                yield
        except Problem as found:
            self.say_trouble(wording.problem(found))
            if not begun:
                raise
        else:
            self.told.emit(done or tr(act), "undo")
            self.accept()
