"""Where the user has been: back and forward, as in a browser."""

from __future__ import annotations

from typing import Any

Place = tuple[str, Any]  # kind of place, what was shown there
MOST = 50


class Visits:
    """Places in the order in which they were shown."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def add(self, kind: str, value: Any) -> None:
        """Something is shown; what lay ahead is forgotten."""
        if self._at >= 0 and self._places[self._at] == (kind, value):
            return
        self._places = [*self._places[: self._at + 1][-(MOST - 1) :], (kind, value)]
        self._at = len(self._places) - 1

    @property
    def before(self) -> bool:
        """True where one can go back."""
        return self._at > 0

    @property
    def after(self) -> bool:
        """True where one can go forward."""
        return self._at + 1 < len(self._places)

    def back(self) -> Place:
        """The place before."""
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place:
        """The place after."""
        self._at += 1
        return self._places[self._at]
