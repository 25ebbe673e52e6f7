"""Rows that are fetched when they are painted: a model keeps ids, a small cache keeps what was seen last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

Row = TypeVar("Row")
PAGE = 60  # rows fetched at a time: a screenful
PAGES = 40  # pages kept

IdRole = Qt.ItemDataRole.UserRole + 1  # the id of a row
SortRole = Qt.ItemDataRole.UserRole + 2  # a value that sorts
ObjectRole = Qt.ItemDataRole.UserRole + 3  # the noun itself
PlaceRole = Qt.ItemDataRole.UserRole + 5  # where a row stands, in words: tells it from one of the same name
DocumentRole = Qt.ItemDataRole.UserRole + 4  # the document that a row's statement stands in


class Rows(Generic[Row]):
    """Nouns by their place in a list of ids. `fetch` takes ids and returns nouns with an `id`."""

    def __init__(self, fetch: Callable[[Sequence[int]], Sequence[Any]]) -> None:
        self._fetch = fetch
        self.ids: list[int] = []
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Other ids; nothing is fetched yet."""
        self.ids = list(ids)
        self._pages.clear()

    def forget(self) -> None:
        """The same ids, but what they stand for has changed."""
        self._pages.clear()

    def at(self, place: int) -> Row | None:
        """The noun at this place; None when it is gone."""
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            part = self.ids[number * PAGE : (number + 1) * PAGE]
            page = self._pages[number] = {row.id: row for row in self._fetch(part)}
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self.ids[place])

    def __len__(self) -> int:
        return len(self.ids)
