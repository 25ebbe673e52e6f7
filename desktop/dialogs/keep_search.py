"""Keeping a search under a name, if wanted with word of new hits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.dialogs.dialog import Dialog
from desktop.theme import Theme
from desktop.wording import plural, tr


class KeepSearch(Dialog):
    """`kept` tells the name and whether to tell of new hits."""

    kept = Signal(str, bool)

    def __init__(self, query: str, total: int, theme: Theme, parent: QWidget | None) -> None:
        words = f"{query}  ({plural(total, 'hit', 'hits')})" if query else plural(total, "hit", "hits")
        super().__init__(tr("Keep this search"), theme, parent, words)
        self.name = QLineEdit(query[:60])
        self.name.setAccessibleName(tr("Name"))
        self.name.selectAll()
        self.alert = QCheckBox(tr("Tell me when an import brings new hits"))
        form = self.form()
        form.addRow(tr("Name"), self.name)
        form.addRow("", self.alert)
        self.add_cancel()
        self.keep = self.add_button(tr("Keep"), self._keep, chief=True)
        self.name.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.keep.setEnabled(bool(query.strip()))

    def _keep(self) -> None:
        self.kept.emit(self.name.text().strip(), self.alert.isChecked())
        self.accept()
