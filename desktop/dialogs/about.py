"""What this program is, its version and licence, and where it keeps its files: what a report of an error needs."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.dialogs.dialog import Dialog
from desktop.paths import Paths
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.wording import tr


def program_version() -> str:
    """The installed version; from a checkout that is not installed: the one of pyproject.toml."""
    try:
        return version("standpoint")
    except PackageNotFoundError:
        import tomllib

        from desktop.paths import RESOURCES

        project = RESOURCES.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"]) if project.is_file() else "?"


class About(Dialog):
    """Facts that can be copied."""

    def __init__(self, theme: Theme, paths: Paths, parent: QWidget | None) -> None:
        super().__init__("Standpoint", theme, parent, tr("Who said what, when, and how it changed."), 480)
        facts = (
            (tr("Version"), program_version()),
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
        self.add_button(tr("Copy"), lambda: QGuiApplication.clipboard().setText(self._text))
        self.add_cancel(tr("Close")).setDefault(True)
