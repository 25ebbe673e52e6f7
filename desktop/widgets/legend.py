"""What the colours in a text mean: four swatches, each underlined as its places are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import wording
from desktop.theme import MARKS, Theme
from desktop.wording import tr

LINES = {"speaker": Qt.PenStyle.SolidLine, "cue": Qt.PenStyle.DotLine, "date": Qt.PenStyle.DashLine}


class Legend(QWidget):
    """Painted, one line high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        names = ", ".join(tr(wording.MARKS[key]) for key in MARKS)
        self.setAccessibleName(tr("Colours: {names}").format(names=names))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(0.92))
        return QSize(sum(metrics.horizontalAdvance(tr(wording.MARKS[key])) + 26 for key in MARKS), metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font(0.92)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        left = 0.0
        for key in MARKS:
            words = tr(wording.MARKS[key])
            chip = QRectF(left, 0, metrics.horizontalAdvance(words) + 16, self.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme[f"{key}_strong"])
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(self._theme["text"])
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
            if key in LINES:
                painter.setPen(QPen(self._theme["text"], 1, LINES[key]))
                base = chip.bottom() - 3.5
                painter.drawLine(int(chip.left() + 8), int(base), int(chip.right() - 8), int(base))
            left += chip.width() + 10
        painter.end()
