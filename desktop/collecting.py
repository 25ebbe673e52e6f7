"""Python's cyclic garbage is collected in the GUI thread only, and never while Qt is in the middle of its widgets.

A widget that is garbage may be found by a collection that happens to run in a worker thread, or while Qt walks over
all widgets to give them a new style; its destruction there ends the program. So collections are made by a timer.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds


class Collector(QObject):
    """Collects by Python's own thresholds, generation by generation, as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect_from_now_on)
        self._timer.start(EVERY)

    def _collect_from_now_on(self) -> None:
        """What a start and its first page brought stays; to look at it even once would cost a frame."""
        gc.freeze()
        self._timer.timeout.disconnect()
        self._timer.timeout.connect(self.collect)

    def collect(self) -> None:
        """The oldest generation that is due."""
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
