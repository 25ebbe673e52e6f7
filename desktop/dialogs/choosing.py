"""The system's own dialogs for files and folders, opened without a loop of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def _dialog(parent: QWidget, title: str, start: Path | None, mode: QFileDialog.FileMode) -> QFileDialog:
    folder = start if start is not None and start.is_dir() else Path.home()
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    return dialog


def choose_folder(parent: QWidget, title: str, start: Path | None, then: Callable[[Path], object]) -> None:
    """Ask for a folder that is there."""
    dialog = _dialog(parent, title, start, QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def choose_files(parent: QWidget, title: str, filters: list[str], then: Callable[[list[Path]], object]) -> None:
    """Ask for files that are there."""
    dialog = _dialog(parent, title, None, QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(filters)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def choose_target(parent: QWidget, title: str, name: str, suffix: str, then: Callable[[Path], object]) -> None:
    """Ask where a file shall be written; the system asks before one is replaced."""
    dialog = _dialog(parent, title, None, QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
