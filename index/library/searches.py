"""Searching the open library: queries, saved searches, library-wide choices."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from index.library.opened import Opened
from index.model import ActorCard, BatchLine, Results, Span, Watch
from index.problems import Problem
from index.store import searches, settings

if TYPE_CHECKING:
    from index.search.finder import Finder


class Searches(Opened):
    """What can be asked of the full text, and what is kept of it."""

    def finder(self) -> Finder:
        """This thread's finder (one Searcher for each thread). Whoosh is imported when the first is asked for."""
        from index.search.finder import Finder

        found = self._finders.get(threading.get_ident())
        if found is None:
            found = self._finders[threading.get_ident()] = Finder(self.store)
        found.today = date.today().isoformat()  # "said:last year"
        return found

    def search(
        self, query: str, *, unit: str = "statements", sort: str = "relevance", limit: int = 20, offset: int = 0,
        **options: Any,
    ) -> Results:  # fmt: skip
        """Ranked hits of a query over "statements" or "documents"; never raises for a query, however broken."""
        return self.finder().find(query, unit=unit, sort=sort, limit=limit, offset=offset, **options)

    def search_ids(self, query: str, *, unit: str = "statements", **options: Any) -> list[int]:
        """Ids of all that a query finds, the best or (`sort`) first; `filters` and `undated` as for `search`.

        Raises `Problem("bad-query")` for a broken query.
        """
        return self.finder().ids(query, unit=unit, **options)

    def sync(self) -> None:
        """Bring the full-text index up to date with the database; makes it anew where it is missing or damaged."""
        from index.search.sync import sync

        sync(self.store)

    def rebuild_index(
        self, stop: Callable[[], bool] = lambda: False, *, told: Callable[[int, int], None] | None = None
    ) -> dict[str, int]:
        """Make the full-text index anew; returns how many {"statements", "documents"} it holds.

        `told` is called now and then with (rows done, rows in all).
        """
        from index.search.sync import sync

        report = sync(self.store, rebuild=True, stopped=stop, told=told)
        return {"statements": report.statements, "documents": report.documents}

    def tidy_index(self) -> bool:
        """Gather what many small changes left in the full-text index: for an idle moment. True when it did something."""
        from index.search.sync import tidy

        return tidy(self.store)

    def index_problems(self) -> list[str]:
        """Sentences on what is wrong with the full-text index. A missing one isn't: it is made when it is needed."""
        from index.search.sync import home, trusted

        if (home(self.store) / "manifest.json").exists() and trusted(self.store, every=True) is None:
            return ["search index: damaged or of another state of the library; the next search makes it anew"]
        return []

    def saved_searches(self) -> list[Mapping[str, Any]]:
        """Saved searches by name."""
        return searches.saved(self.store)

    def save_search(self, name: str, query: str, unit: str, options: Mapping[str, Any], *, alert: bool = False) -> None:
        """Keep a search under a name, in place of one that has it. Raises `Problem` without a name."""
        if not name.strip():
            raise Problem("bad-value", detail="A saved search needs a name.")
        with self.edit("Save search"):
            searches.save(self.store, name, query, unit, options, alert=alert)

    def delete_search(self, saved_id: int) -> None:
        """Delete a saved search."""
        with self.edit("Delete saved search"):
            searches.delete_saved(self.store, saved_id)

    def batch(self, text: str) -> list[BatchLine]:
        """The queries of a CSV with their counts; a bad line carries its problem, the others run."""
        from index.search.kept import batch

        return list(batch(self.finder(), text))

    def watched(self, query: str) -> Watch:
        """A phrase (or any query) over time. Raises `Problem("bad-query")`."""
        from index.search.kept import watched

        return watched(self.finder(), query)

    def new_hits(self, saved_id: int) -> list[int]:
        """The hits of a saved search that were not there when it was last looked at."""
        from index.search.kept import new_hits

        row = next((row for row in self.saved_searches() if row["id"] == saved_id), None)
        return new_hits(self.finder(), row["query"], row["unit"], row["seen"]) if row else []

    def mark_seen(self, saved_id: int) -> None:
        """The user has looked at a saved search: what it finds now is no longer new."""
        row = next((row for row in self.saved_searches() if row["id"] == saved_id), None)
        if row is not None:
            found = self.search_ids(row["query"], unit=row["unit"])
            with self.store.transaction():
                searches.mark_seen(self.store, saved_id, found)

    def search_history(self, limit: int = 50) -> list[tuple[str, str, str, int]]:
        """(query, unit, time, total) of the queries that were run, newest first."""
        return searches.history(self.store, limit)

    def remember_search(self, query: str, unit: str, total: int) -> None:
        """Keep a query in the history."""
        with self.store.transaction():
            searches.add_history(self.store, query, unit, total)

    def actor_card(self, query: str) -> ActorCard | None:
        """The card of the actor that a query names."""
        from index.search.cards import card

        return card(self.finder(), query)

    def more_like(self, statement_id: int, limit: int = 20) -> list[tuple[int, float]]:
        """(id, score) of statements that share the rarer words of a statement."""
        return self.finder().more_like(statement_id, limit)

    def like_query(self, statement_id: int) -> str:
        """The rarer words of a statement as a query: what is about the same."""
        from index.search.likeness import like_query

        finder = self.finder()
        finder.refresh()
        return like_query(finder, statement_id)

    def search_marks(self, query: str, document_id: int) -> list[Span]:
        """Where the words of a query stand in a document's text, for going from hit to hit."""
        return self.finder().marks(query, document_id)

    def setting(self, key: str, default: Any = None) -> Any:
        """A choice kept with the library (JSON value)."""
        return settings.setting(self.store, key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a choice with the library; None forgets it."""
        with self.edit("Change library settings"):
            settings.set_setting(self.store, key, value)
