"""The sheet that lies over the window while files are dragged over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme
from desktop.wording import tr


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders that are dragged; addresses on the network are left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropSheet(QWidget):
    """Says what dropping would do."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self, widget: QWidget, library: str | None) -> None:
        """Cover `widget`; `library` is the name of the open one."""
        self._words = (
            tr("Drop to import into “{name}”").format(name=library)
            if library
            else tr("Drop a library folder to open it")
        )
        self.setGeometry(widget.geometry())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.on("base", 0.88))
        frame = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        painter.setPen(QPen(self._theme["accent"], 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 14, 14)
        side = 56
        picture = self._theme.icons.pixmap("import", side, self.devicePixelRatioF(), "accent")
        painter.drawPixmap(int(frame.center().x() - side / 2), int(frame.center().y() - side), picture)
        painter.setFont(self._theme.font(1.3))
        painter.setPen(self._theme["text"])
        painter.drawText(frame.adjusted(0, side + 24, 0, 0), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()
