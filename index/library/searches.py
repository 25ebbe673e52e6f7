"""Searching the open library: queries, saved searches, library-wide choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.library.opened import Opened
from index.store import searches, settings


class Searches(Opened):
    """What can be asked of the full text, and what is kept of it."""

    def saved_searches(self) -> list[Mapping[str, Any]]:
        """Saved searches by name."""
        return searches.saved(self.store)

    def save_search(self, name: str, query: str, unit: str, options: Mapping[str, Any], *, alert: bool = False) -> None:
        """Keep a search under a name."""
        with self.edit("Save search"):
            searches.save(self.store, name, query, unit, options, alert=alert)

    def delete_search(self, saved_id: int) -> None:
        """Delete a saved search."""
        with self.edit("Delete saved search"):
            searches.delete_saved(self.store, saved_id)

    def setting(self, key: str, default: Any = None) -> Any:
        """A choice kept with the library (JSON value)."""
        return settings.setting(self.store, key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a choice with the library; None forgets it."""
        with self.edit("Change library settings"):
            settings.set_setting(self.store, key, value)
