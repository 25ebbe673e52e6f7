"""Rows that stay selected, and in their place, when a model is made anew: an act or another order doesn't lose them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QAbstractItemView

from desktop.models.rows import IdRole

MOST = 5000  # selected rows that are looked for again; of more none: an act must not hit a part of what was selected


class KeptRows(QObject):
    """Watches the model of a view; rows are known by their `IdRole`."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._chosen: set[int] = set()
        self._current: int | None = None
        self._place, self._in_view = 0, False
        view.model().modelAboutToBeReset.connect(self._keep)
        view.model().modelReset.connect(self._find_again)

    def _keep(self) -> None:
        view = self._view
        current = view.currentIndex()
        chosen = view.selectionModel().selectedRows()
        self._chosen = {index.data(IdRole) for index in chosen} if len(chosen) <= MOST else set()
        self._current = current.data(IdRole) if current.isValid() else None
        self._place = view.verticalScrollBar().value()
        self._in_view = current.isValid() and view.viewport().rect().intersects(view.visualRect(current))

    def _find_again(self) -> None:
        view, model = self._view, self._view.model()
        wanted = {*self._chosen, self._current} - {None}
        flags = QItemSelectionModel.SelectionFlag
        found = False
        runs: list[list[int]] = []  # first and last row of what is selected again
        for row, key in enumerate(_keys(model) if wanted else ()):
            if key not in wanted:
                continue
            found = True
            wanted.discard(key)
            if key in self._chosen:
                if runs and runs[-1][1] == row - 1:
                    runs[-1][1] = row
                else:
                    runs.append([row, row])
            if key == self._current:
                view.selectionModel().setCurrentIndex(model.index(row, 0), flags.NoUpdate)
            if not wanted:
                break
        selection = QItemSelection()
        for first, last in runs:
            selection.select(model.index(first, 0), model.index(last, 0))
        view.selectionModel().select(selection, flags.Select | flags.Rows)  # one act: who listens hears once
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


def _keys(model: QAbstractItemModel) -> Iterable[Any]:
    """What `IdRole` gives for each row; a long model has its `ids` at hand, to ask for each costs a second's third."""
    ids = getattr(model, "ids", None)
    return ids if isinstance(ids, list) else (model.index(row, 0).data(IdRole) for row in range(model.rowCount()))
