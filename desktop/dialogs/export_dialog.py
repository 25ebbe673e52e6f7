"""Export: which statements, in which form, to which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from desktop.dialogs.choosing import choose_target
from desktop.dialogs.dialog import Dialog
from desktop.dialogs.new_library import folder_name
from desktop.jobs import Asker
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.wording import plural, tr

if TYPE_CHECKING:
    from index.library import Library

FORMATS = (
    ("csv", "csv", "CSV – a table for every spreadsheet"),
    ("xlsx", "xlsx", "XLSX – a table for Excel and LibreOffice"),
    ("docx", "docx", "DOCX – quotations with citations for Word"),
    ("html", "html", "HTML – a page for the browser"),
    ("md", "md", "Markdown – plain text with marks"),
    ("json", "json", "JSON – all fields, for programs"),
    ("qdpx", "qdpx", "QDPX – for MAXQDA, NVivo, ATLAS.ti, QualCoder (REFI-QDA)"),
    ("jsonld", "jsonld", "JSON-LD – claims for fact-checkers (ClaimReview)"),
)


class ExportDialog(Dialog):
    """Writes in a thread; the dialog closes when the file is whole."""

    def __init__(self, library: Library, query: str, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Export statements"),
            theme,
            parent,
            tr("Each statement with its speaker, role, date and rule, chain, source and place in the text."),
            560,
        )
        self._library = library
        self._asker = Asker(self)
        self.query = QLineEdit(query)
        self.query.setAccessibleName(tr("Only those that a query finds"))
        self.query.setPlaceholderText(tr("Everything (or a query, as on the search page)"))
        self.body.addWidget(label(tr("Only those that a query finds"), "section"))
        self.body.addWidget(self.query)
        self.body.addSpacing(6)
        self.body.addWidget(label(tr("Form"), "section"))
        self.forms: dict[str, QRadioButton] = {}
        for kind, _, words in FORMATS:
            made = self.forms[kind] = QRadioButton(tr(words))
            self.body.addWidget(made)
        self.forms["csv"].setChecked(True)
        self.add_cancel()
        self.chief = self.add_button(tr("Export…"), self._choose, chief=True)
        self.finished.connect(lambda _: self._asker.finish())

    def _choose(self) -> None:
        kind = next(kind for kind, made in self.forms.items() if made.isChecked())
        suffix = next(suffix for k, suffix, _ in FORMATS if k == kind)
        name = folder_name(f"{self._library.name} {self.query.text()}")[:60]
        choose_target(self, tr("Export to"), f"{name}.{suffix}", suffix, lambda path: self.write(kind, path))

    def write(self, kind: str, path: Path) -> None:
        """Write the file, then close."""
        library, query = self._library, self.query.text().strip()
        self.chief.setEnabled(False)
        self.say_trouble("")
        self._asker.problem.connect(self._failed)
        self._asker.ask(lambda: library.export(path, kind, query=query), lambda count: self._written(count, path))

    def _written(self, count: int, path: Path) -> None:
        words = plural(count, "statement written to {file}.", "statements written to {file}.")
        self.told.emit(words.format(file=path.name), "")
        self.accept()

    def _failed(self, words: str) -> None:
        self.chief.setEnabled(True)
        self.say_trouble(words)
