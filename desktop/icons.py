"""Icons: our own line drawings (resources/icons/*.svg), in the theme's colours at any size."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import RESOURCES

if TYPE_CHECKING:
    from desktop.theme import Theme

ICONS = RESOURCES / "icons"


@cache
def _drawing(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))


class _Drawn(QIconEngine):
    """Draws one icon: muted when idle, accented when checked, pale when it cannot be used."""

    def __init__(self, theme: Theme, name: str, key: str) -> None:
        super().__init__()
        self._theme, self._name, self._key = theme, name, key

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        key = self._key
        if mode == QIcon.Mode.Disabled:
            key = "faint"
        elif state == QIcon.State.On and key == "muted":
            key = "accent"
        side = min(rect.width(), rect.height())
        box = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
        _renderer(self._name, self._theme.hex(key)).render(painter, box)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Drawn(self._theme, self._name, self._key)


class Icons:
    """`icons("search")` is the icon of that name; a colour name of the theme may be given."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str], QIcon] = {}

    def __call__(self, name: str, colour: str = "muted") -> QIcon:
        if not name:
            return QIcon()
        found = self._made.get((name, colour))
        if found is None:
            found = self._made[name, colour] = QIcon(_Drawn(self._theme, name, colour))
        return found

    def pixmap(self, name: str, side: int, ratio: float, colour: str = "muted") -> QPixmap:
        """The icon as a picture of `side` logical pixels for a screen of this pixel ratio."""
        picture = QPixmap(round(side * ratio), round(side * ratio))
        picture.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(picture)
        _renderer(name, self._theme.hex(colour)).render(painter, QRectF(0, 0, side * ratio, side * ratio))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def forget(self) -> None:
        """After a change of theme: icons draw from the theme, so only Qt's own picture cache has to go."""
        from PySide6.QtGui import QPixmapCache

        QPixmapCache.clear()
