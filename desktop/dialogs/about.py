"""What this program is, its version and licence, and where it keeps its files: what a report of an error needs."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.dialogs.dialog import Dialog
from desktop.paths import Paths
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.wording import tr
from index import __version__


def notices_file() -> Path | None:
    """What an installed program holds of others, with their licences; None in a checkout, where nothing is bundled."""
    beside = Path(sys.executable).resolve().parent
    for folder in (beside, beside.parent / "Resources"):
        if (folder / "licences" / "NOTICES.txt").is_file():
            return folder / "licences" / "NOTICES.txt"
    return None


class About(Dialog):
    """Facts that can be copied."""

    def __init__(self, theme: Theme, paths: Paths, parent: QWidget | None) -> None:
        super().__init__("Standpoint", theme, parent, tr("Who said what, when, and how it changed."), 480)
        facts = (
            (tr("Version"), __version__),
            (
                tr("Runs on"),
                f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
            ),
            (tr("Licence"), tr("MIT for Standpoint; Qt for Python is used under the LGPL 3")),
            (tr("Network"), tr("None. The program never connects to anything.")),
            (tr("Settings"), str(paths.settings)),
            (tr("Log"), str(paths.log)),
        )
        self._text = "\n".join(f"{name}: {value}" for name, value in facts)
        form = self.form()
        for name, value in facts:
            form.addRow(label(name, "muted"), label(value, wrap=True, selectable=True))
        notices = notices_file()
        if notices is not None:
            url = QUrl.fromLocalFile(str(notices))
            self.add_button(tr("Parts and licences"), lambda: QDesktopServices.openUrl(url))
        self.add_button(tr("Copy"), lambda: QGuiApplication.clipboard().setText(self._text))
        self.add_cancel(tr("Close")).setDefault(True)
