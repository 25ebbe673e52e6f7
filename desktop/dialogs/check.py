"""Whether a library is whole: what was looked at, what was found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from desktop.dialogs.dialog import Dialog
from desktop.jobs import Asker
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.wording import plural, tr

if TYPE_CHECKING:
    from index.library import Library


class Check(Dialog):
    """Looks in a thread and shows the result."""

    def __init__(self, library: Library, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Check the library"),
            theme,
            parent,
            tr(
                "Texts, originals and places of statements are compared with what was recorded when they were imported."
            ),
            540,
        )
        self._asker = Asker(self)
        self.words = label(tr("Looking …"), wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setAccessibleName(tr("What was found"))
        self.list.setProperty("role", "field")
        self.list.hide()
        for part in (self.words, self.bar, self.list):
            self.body.addWidget(part)
        self.add_cancel(tr("Close")).setDefault(True)
        self._asker.problem.connect(self._failed)
        self.finished.connect(lambda _: self._asker.forget())
        self._asker.ask(library.check, self._show)

    def _show(self, found: dict[str, Any]) -> None:
        self.bar.hide()
        problems = [str(problem) for problem in found.get("problems", [])]
        counts = ", ".join(
            (
                plural(found["documents"], "document", "documents"),
                plural(found["statements"], "statement", "statements"),
            )
        )
        if not problems:
            self.words.setText(tr("All is in order: {counts}.").format(counts=counts))
            return
        self.words.setText(plural(len(problems), "problem was found:", "problems were found:"))
        self.list.setPlainText("\n".join(problems))
        self.list.show()

    def _failed(self, words: str) -> None:
        self.bar.hide()
        self.words.setText(words)
