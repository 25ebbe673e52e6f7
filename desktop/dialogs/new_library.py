"""Making a library: a name, and the folder it will be."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.dialogs.choosing import choose_folder
from desktop.dialogs.dialog import Dialog
from desktop.theme import Theme
from desktop.widgets.pieces import button, label
from desktop.wording import tr

_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


def folder_name(name: str) -> str:
    """A name as every system takes it for a folder; "" when nothing is left."""
    kept = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", name)
    kept = " ".join(kept.split()).strip(". ")[:80]
    return f"{kept} library" if _RESERVED.match(kept) else kept


class NewLibrary(Dialog):
    """`create_requested` tells the folder that shall become a library."""

    create_requested = Signal(object)

    def __init__(self, where: Path, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("New library"),
            theme,
            parent,
            tr("A library is one folder: texts, original files, all your work. Copy it, and a colleague has it all."),
            520,
        )
        self._where = where
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name"))
        self.name.setPlaceholderText(tr("For instance: Fisheries treaty 2022–2025"))
        self.folder = QLineEdit(str(where))
        self.folder.setAccessibleName(tr("In the folder"))
        self.result_words = label("", "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(button(tr("Choose…"), self._choose))
        form = self.form()
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("In the folder"), row)
        form.addRow("", self.result_words)
        self.add_cancel()
        self.chief = self.add_button(tr("Create"), self._create, chief=True)
        self.name.textChanged.connect(self._look)
        self.folder.textChanged.connect(self._look)
        self._look()
        self.name.setFocus()

    @property
    def target(self) -> Path:
        """The folder that would be made."""
        return Path(self.folder.text()).expanduser() / folder_name(self.name.text())

    def _choose(self) -> None:
        choose_folder(self, tr("In the folder"), self._where, lambda path: self.folder.setText(str(path)))

    def _look(self) -> None:
        named = bool(folder_name(self.name.text())) and bool(self.folder.text().strip())
        taken = named and self.target.exists()
        self.chief.setEnabled(named and not taken)
        if taken:
            self.result_words.setText(
                tr("There is already something at {path}. Choose another name.").format(path=self.target)
            )
        else:
            self.result_words.setText(str(self.target) if named else "")

    def _create(self) -> None:
        self.create_requested.emit(self.target)
        self.accept()
