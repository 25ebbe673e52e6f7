"""Folders that the library watches: what is new in them comes in when one looks, and nothing comes in twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from desktop import wording
from desktop.dialogs.choosing import choose_folder
from desktop.dialogs.dialog import Dialog
from desktop.theme import Theme
from desktop.widgets.pieces import box, button, fill, label
from desktop.wording import tr
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library


class WatchedFolders(Dialog):
    """`look_requested`: import what is new in the folders."""

    look_requested = Signal()

    def __init__(self, library: Library, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Watched folders"),
            theme,
            parent,
            tr("“Look now” imports what is new or has changed in these folders, as often as you like. The list belongs to "
               "this computer: a copy of the library elsewhere has its own."),
            600,
        )  # fmt: skip
        self._library = library
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Watched folders"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setMinimumHeight(150)
        self.away = label("", "warning", wrap=True)
        self.remove = button(tr("Remove"), self._remove, tip=tr("Watch it no longer; what came from it stays"))
        row = fill(box(), button(tr("Add a folder…"), self._add), self.remove, 1)
        self.body.addWidget(row)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.away)
        self.add_cancel(tr("Close"))
        self.chief = self.add_button(tr("Look now"), self._look, chief=True)
        self.list.itemSelectionChanged.connect(self._selected)
        self.load()

    def load(self) -> None:
        """Show the folders as they are now."""
        self.list.clear()
        folders = self._library.watched_folders()
        for folder in folders:
            item = QListWidgetItem(self.theme.icons("folder"), str(folder), self.list)
            item.setData(Qt.ItemDataRole.UserRole, str(folder))
            if not folder.is_dir():
                item.setIcon(self.theme.icons("warning"))
        if not folders:
            item = QListWidgetItem(tr("No folder is watched yet."), self.list)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        gone = sum(not folder.is_dir() for folder in folders)
        self.away.setText(tr("A folder is not there now. It is looked at again when its drive is back.") if gone else "")
        self.away.setVisible(bool(gone))
        self.chief.setEnabled(bool(folders))
        self._selected()

    def add(self, folder: Path) -> None:
        """Watch one more folder."""
        try:
            self._library.watch_folder(folder)
        except (Problem, OSError) as found:
            self.say_trouble(wording.problem(found) if isinstance(found, Problem) else str(found))
        else:
            self.say_trouble("")
            self.load()

    def _add(self) -> None:
        choose_folder(self, tr("Folder to watch"), None, self.add)

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self._library.unwatch_folder(Path(item.data(Qt.ItemDataRole.UserRole)))
        self.load()

    def _selected(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))

    def _look(self) -> None:
        self.look_requested.emit()
        self.accept()
