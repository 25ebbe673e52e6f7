"""Export: which statements, in which form, to which file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

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


@dataclass(frozen=True, slots=True)
class Offer:
    """Statements that can be written: what they are, in words, what the file is called after, and their ids, which are
    asked for outside the GUI thread. Without `ids` everything, or what the query in the box finds."""

    words: str
    name: str = ""
    ids: Callable[[], Sequence[int]] | None = None


class ExportDialog(Dialog):
    """Writes in a thread; the dialog closes when the file is whole. The first of `offers` is chosen."""

    def __init__(self, library: Library, offers: Sequence[Offer], theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Export statements"),
            theme,
            parent,
            tr("Each statement with its speaker, role, date and rule, chain, source and place in the text."),
            560,
        )
        self._library = library
        self._asker = Asker(self)
        self._asker.problem.connect(self._failed)
        self.body.addWidget(label(tr("Which statements"), "section"))
        self.offers: list[tuple[Offer, QRadioButton]] = []
        every = Offer(tr("All of the library, or those that a query finds:"))
        self._what, self._how = QButtonGroup(self), QButtonGroup(self)
        for offer in (*offers, every):
            self.offers.append((offer, self._choice(self._what, offer.words)))
        self.query = QLineEdit()
        self.query.setAccessibleName(tr("Only those that a query finds"))
        self.query.setPlaceholderText(tr("Everything (or a query, as on the search page)"))
        self.query.textEdited.connect(lambda: self.offers[-1][1].setChecked(True))
        self.body.addWidget(self.query)
        self.body.addSpacing(6)
        self.body.addWidget(label(tr("Form"), "section"))
        self.forms = {kind: self._choice(self._how, tr(words)) for kind, _, words in FORMATS}
        self.offers[0][1].setChecked(True)
        self.forms["csv"].setChecked(True)
        self.add_cancel()
        self.chief = self.add_button(tr("Export…"), self._choose, chief=True)
        self.finished.connect(lambda _: self._asker.finish())

    def _choice(self, group: QButtonGroup, words: str) -> QRadioButton:
        made = QRadioButton(words.replace("&", "&&"))
        made.setAccessibleName(words)
        group.addButton(made)
        self.body.addWidget(made)
        return made

    def _offer(self) -> Offer:
        return next(offer for offer, made in self.offers if made.isChecked())

    def _choose(self) -> None:
        kind = next(kind for kind, made in self.forms.items() if made.isChecked())
        suffix = next(suffix for k, suffix, _ in FORMATS if k == kind)
        offer = self._offer()
        name = folder_name(f"{self._library.name} {offer.name if offer.ids else self.query.text()}")[:60]
        choose_target(self, tr("Export to"), f"{name}.{suffix}", suffix, lambda path: self.write(kind, path))

    def write(self, kind: str, path: Path) -> None:
        """Write the file, then close."""
        library, offer, query = self._library, self._offer(), self.query.text().strip()
        self.chief.setEnabled(False)
        self.say_trouble("")

        def written() -> int:
            if offer.ids is None:
                return library.export(path, kind, query=query)
            return library.export(path, kind, ids=offer.ids(), title=offer.name)

        self._asker.ask(written, lambda count: self._written(count, path))

    def _written(self, count: int, path: Path) -> None:
        words = plural(count, "statement written to {file}.", "statements written to {file}.")
        self.told.emit(words.format(file=path.name), "")
        self.accept()

    def _failed(self, words: str) -> None:
        self.chief.setEnabled(True)
        self.say_trouble(words)
