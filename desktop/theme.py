"""How the program looks: colours from two TOML files, one style sheet, fonts; light and dark follow the system.

Widgets ask `theme["accent"]` for a QColor when they paint, never keep one, and repaint on `theme.changed`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.icons import Icons
from desktop.paths import RESOURCES
from desktop.settings import Settings

THEMES = RESOURCES / "themes"
MARKS = ("speaker", "cue", "content", "date")
SANS = ("Inter", "Cantarell", "Ubuntu", "Noto Sans", "Open Sans", "Liberation Sans")
SERIF = (
    "Source Serif 4",
    "Source Serif Pro",
    "Charter",
    "Noto Serif",
    "Georgia",
    "Cambria",
    "Liberation Serif",
    "DejaVu Serif",
)
_POOR = {"Sans Serif", "Sans", "DejaVu Sans", "Bitstream Vera Sans", ""}


@cache
def read_theme(name: str) -> tuple[bool, dict[str, str], tuple[str, ...], tuple[str, ...]]:
    """(is dark, colour by name, actor colours, actor shapes) of resources/themes/NAME.toml."""
    table = tomllib.loads((THEMES / f"{name}.toml").read_text("utf-8"))
    colours = {**table["colours"], **table["marks"], **table["changes"]}
    return bool(table["dark"]), colours, tuple(table["actors"]["colours"]), tuple(table["actors"]["shapes"])


class Theme(QObject):
    """The colours and fonts in use. `changed` is told after the application wears a new look."""

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.name = ""
        self.icons = Icons(self)
        self._ui_family = _first_installed(SANS) if _system_font_is_poor() else ""
        self._serif_family = _first_installed(SERIF)
        self._points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
        if self._points <= 0:
            self._points = 10.0
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.refresh)
        self.refresh()

    # --- colours ---

    def __getitem__(self, key: str) -> QColor:
        return QColor(self.hex(key))

    def hex(self, key: str) -> str:
        """The colour of this name as #rrggbb."""
        return read_theme(self.name)[1][key]

    @property
    def is_dark(self) -> bool:
        """True where the grounds are dark."""
        return read_theme(self.name)[0]

    def on(self, key: str, alpha: float) -> QColor:
        """The named colour with an opacity of 0..1, for grounds drawn over others."""
        colour = self[key]
        colour.setAlphaF(alpha)
        return colour

    # --- fonts ---

    @property
    def points(self) -> float:
        """Size of ordinary words on the screen, in points."""
        return float(self._points * self.settings["text_size"] / 100)

    def font(self, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The interface's font, `scale` times as large."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        if self._ui_family:
            font.setFamily(self._ui_family)
        font.setPointSizeF(self.points * scale)
        font.setWeight(weight)
        return font

    def reading_font(self, scale: float = 1.0) -> QFont:
        """The font of documents and quotations."""
        font = self.font()
        if self.settings["reading_font"] == "serif" and self._serif_family:
            font.setFamily(self._serif_family)
        font.setPointSizeF(self._points * 1.2 * scale * self.settings["reading_size"] / 100)
        return font

    # --- wearing it ---

    def refresh(self) -> None:
        """Wear what the settings (or the system) ask for now."""
        choice = self.settings["theme"]
        if choice == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            choice = "dark" if scheme == Qt.ColorScheme.Dark else "light"
        self.wear(choice)

    def wear(self, name: str) -> None:
        """Put the theme of this name on the whole application."""
        self.name = name
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        QDir.setSearchPaths("theme", [str(THEMES / name)])
        self.icons.forget()
        if application.palette() != self.palette():
            application.setPalette(self.palette())
        if application.font() != self.font():
            application.setFont(self.font())
        if application.styleSheet() != (sheet := self.style_sheet()):
            application.setStyleSheet(sheet)
        self.changed.emit()

    def palette(self) -> QPalette:
        """Qt's roles filled from the theme."""
        palette, role = QPalette(), QPalette.ColorRole
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
            for where, key in _ROLES.items():
                palette.setColor(group, where, self[key])
        for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, where, self["disabled"])
        return palette

    def style_sheet(self) -> str:
        """resources/themes/style.qss with its @names filled in; `@pt(1.2)` is 1.2 times the interface's size."""
        text = (THEMES / "style.qss").read_text("utf-8")
        text = re.sub(r"@pt\(([0-9.]+)\)", lambda m: f"{self.points * float(m[1]):.2f}pt", text)
        return re.sub(r"@([a-z_]+)", lambda m: self.hex(m[1]), text)


_R = QPalette.ColorRole
_ROLES = {
    _R.Window: "window", _R.WindowText: "text", _R.Base: "base", _R.AlternateBase: "raised", _R.Text: "text",
    _R.PlaceholderText: "muted", _R.Button: "sunken", _R.ButtonText: "text", _R.BrightText: "danger",
    _R.Highlight: "soft", _R.HighlightedText: "on_soft", _R.Link: "link", _R.LinkVisited: "link", _R.Accent: "accent",
    _R.ToolTipBase: "tooltip", _R.ToolTipText: "on_tooltip", _R.Light: "base", _R.Midlight: "hover", _R.Mid: "border",
    _R.Dark: "line", _R.Shadow: "line",
}  # fmt: skip


def _system_font_is_poor() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return False
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family() in _POOR


def _first_installed(families: tuple[str, ...]) -> str:
    installed = set(QFontDatabase.families())
    return next((family for family in families if family in installed), "")


def contrast(one: QColor | str, other: QColor | str) -> float:
    """Contrast of two opaque colours, 1..21, after WCAG 2.2 (relative luminance)."""
    high, low = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def theme_files() -> list[Path]:
    """All themes there are."""
    return sorted(THEMES.glob("*.toml"))
