"""Rows that stay selected, and in their place, when a model is made anew: an act or another order doesn't lose them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QObject
from PySide6.QtWidgets import QAbstractItemView

from desktop.models.rows import IdRole

MOST = 200  # selected rows that are looked for again


class KeptRows(QObject):
    """Watches the model of a view; rows are known by their `IdRole`."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._chosen: list[int] = []
        self._current: int | None = None
        self._place, self._in_view = 0, False
        view.model().modelAboutToBeReset.connect(self._keep)
        view.model().modelReset.connect(self._find_again)

    def _keep(self) -> None:
        view = self._view
        current = view.currentIndex()
        self._chosen = [index.data(IdRole) for index in view.selectionModel().selectedRows()[:MOST]]
        self._current = current.data(IdRole) if current.isValid() else None
        self._place = view.verticalScrollBar().value()
        self._in_view = current.isValid() and view.viewport().rect().intersects(view.visualRect(current))

    def _find_again(self) -> None:
        view, model = self._view, self._view.model()
        wanted = {*self._chosen, self._current} - {None}
        flags = QItemSelectionModel.SelectionFlag
        found = False
        for row in range(model.rowCount() if wanted else 0):
            index = model.index(row, 0)
            key = index.data(IdRole)
            if key not in wanted:
                continue
            found = True
            wanted.discard(key)
            if key in self._chosen:
                view.selectionModel().select(index, flags.Select | flags.Rows)
            if key == self._current:
                view.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            if not wanted:
                break
        if found:
            self._stand()
        elif self._chosen:  # other rows altogether
            view.scrollToTop()

    def _stand(self) -> None:
        """Where the view stood, but with the current row in view if it was."""
        view = self._view
        view.executeDelayedItemsLayout()
        view.verticalScrollBar().setValue(self._place)
        current = view.currentIndex()
        if self._in_view and current.isValid() and not view.viewport().rect().intersects(view.visualRect(current)):
            view.scrollTo(current)
