"""The list of actors, filtered while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import wording
from desktop.models.rows import IdRole, ObjectRole, PlaceRole
from desktop.wording import plural
from index.model import Actor

Index = QModelIndex | QPersistentModelIndex


class ActorList(QAbstractListModel):
    """Actors are held whole: even a large library has few thousands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Actor] = []
        self._words: list[str] = []
        self._rows: list[Actor] = []
        self._places: Mapping[int, str] = {}
        self._needles: list[str] = []
        self._order = "statements"

    def show(self, actors: Sequence[Actor], places: Mapping[int, str] | None = None) -> None:
        """Show these actors; `places` says of those with equal names in which document each speaks."""
        self._all = list(actors)
        self._places = places or {}
        self._words = [" ".join((a.name, *a.aliases, *(r.title for r in a.roles))).casefold() for a in self._all]
        self._sift()

    def filter(self, words: str) -> None:
        """Show only actors whose names or roles hold all these words."""
        self._needles = words.casefold().split()
        self._sift()

    def sort_by(self, order: str) -> None:
        """ "statements" (most first) or "name"."""
        self._order = order
        self._sift()

    def _sift(self) -> None:
        kept = [
            actor for actor, words in zip(self._all, self._words, strict=True) if all(n in words for n in self._needles)
        ]
        if self._order == "name":
            kept.sort(key=lambda actor: actor.name.casefold())
        if [a.id for a in kept] == [a.id for a in self._rows]:
            self._rows = kept
            if kept:
                self.dataChanged.emit(self.index(0), self.index(len(kept) - 1))
            return
        self.beginResetModel()
        self._rows = kept
        self.endResetModel()

    def actor(self, place: int) -> Actor | None:
        """The actor of a row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place(self, actor_id: int | None) -> int:
        """The row of an actor; -1: not shown."""
        return next((n for n, actor in enumerate(self._rows) if actor.id == actor_id), -1)

    def by_id(self, actor_id: int) -> Actor | None:
        """An actor, filtered away or not."""
        return next((actor for actor in self._all if actor.id == actor_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        actor = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return actor.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            place = self._places.get(actor.id)
            words = [actor.name, place, wording.actor_kind(actor.kind), plural(actor.statements, "statement", "statements")]
            return ", ".join(word for word in words if word)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self._places.get(actor.id), wording.actor_line(actor)))) or None
        if role == PlaceRole:
            return self._places.get(actor.id, "")
        if role == IdRole:
            return actor.id
        if role == ObjectRole:
            return actor
        return None
