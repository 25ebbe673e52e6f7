"""The line at the foot of the window: which library, how much is in it, what is going on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStatusBar

from desktop.theme import Theme
from desktop.widgets.pieces import ToolButton, label
from desktop.wording import number, plural, tr

if TYPE_CHECKING:
    from desktop.importing import Importing


class Status(QStatusBar):
    """Library, counts, the progress of an import, the state of the index."""

    library_pressed = Signal()

    def __init__(self, theme: Theme, importing: Importing) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName(tr("Status"))
        self.library = ToolButton()
        self.library.setIcon(theme.icons("library"))
        self.library.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.library.setAccessibleName(tr("Library"))
        self.library.setToolTip(tr("Recent libraries"))
        self.library.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.library.clicked.connect(self.library_pressed)
        self.counts: QLabel = label()
        self.index: QLabel = label()
        self.addWidget(self.library)
        self.addWidget(self.counts)
        self.addPermanentWidget(importing)
        self.addPermanentWidget(self.index)
        self.setContentsMargins(8, 2, 12, 2)

    def set_library(self, name: str) -> None:
        """The name of the open library, "" for none."""
        self.library.setText(name or tr("No library"))
        self.library.setAccessibleName(tr("Library: {name}").format(name=name or tr("none")))
        if not name:
            self.counts.clear()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """What `Library.counts` returns."""
        parts = [
            plural(counts.get("documents", 0), "document", "documents"),
            plural(counts.get("statements", 0), "statement", "statements"),
            plural(counts.get("actors", 0), "actor", "actors"),
        ]
        if counts.get("undated"):
            parts.append(tr("{n} undated").format(n=number(counts["undated"])))
        if counts.get("to_review"):
            parts.append(tr("{n} to review").format(n=number(counts["to_review"])))
        self.counts.setText("   ·   ".join(parts))

    def set_index(self, words: str) -> None:
        """What is being done to the search index; "" when nothing is."""
        self.index.setText(words)
