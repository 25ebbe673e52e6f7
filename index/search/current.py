"""The columns of a library as they are now: read from SQLite, kept on disk, and after a change only what changed read again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from index.search import columnfile
from index.search.columns import Coded, Columns, read_documents, read_statements
from index.store import searchable
from index.store.store import Store

MANY = 3000  # rows changed at once, from which on everything is read anew
LARGE = 5000  # statements of a library whose columns are worth keeping on disk


class Current:
    """The columns of a library, fresh after each `refresh`. For use by one thread."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.version: tuple[int, int] | None = None
        self.state: Any = None
        self.generation = 0  # counts the changes
        self._waiting: dict[int, tuple[str, int]] = {}  # number among the stale -> row, since the last refresh
        self._lazy: dict[Any, Any] = {}
        self.outlets = Coded()

    # --- what there is ---

    @property
    def documents(self) -> Columns:
        """Ids, publication dates and outlets of all documents."""
        return self._once("documents", self._documents)  # type: ignore[no-any-return]

    def _documents(self) -> Columns:
        self.outlets = Coded()
        return read_documents(self.store, self.outlets)

    @property
    def statements(self) -> Columns:
        """Ids, dates, actors, kinds, status and documents of all statements."""
        return self._once("statements", self._statements)  # type: ignore[no-any-return]

    def _statements(self) -> Columns:
        found = self._lazy["statements"] = read_statements(self.store, self.documents)
        if len(found.ids) >= LARGE:
            self._save()
        return found

    def columns(self, unit: str) -> Columns:
        """The columns of "statements" or "documents"."""
        return self.statements if unit == "statements" else self.documents

    def languages(self) -> list[str]:
        """Languages of the documents, "en" when there is none."""
        return self._once("languages", lambda: searchable.languages(self.store) or ["en"])  # type: ignore[no-any-return]

    def attributes(self) -> list[str]:
        """Names of the library's own fields."""
        return self._once("attributes", self._attributes)  # type: ignore[no-any-return]

    def _attributes(self) -> list[str]:
        return sorted(name for name in searchable.attribute_names(self.store) if is_field(name))

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._lazy:
            self._lazy[key] = make()
        return self._lazy[key]

    # --- being fresh ---

    def look(self) -> None:
        """Note which rows wait to be indexed, before they are struck off: for `refresh` they are rows that changed."""
        self._waiting.update({number: (kind, row) for number, kind, row in searchable.waiting(self.store, MANY + 1)})

    def refresh(self) -> bool:
        """Forget everything if statements, documents, actors or issues have changed since; True when they had."""
        version = searchable.version(self.store)
        if version == self.version:
            return False
        self.version = version
        state = searchable.state(self.store)
        if state == self.state:  # something else was written, as the history of searches
            return False
        before = self.state if self.state is not None else self._load()
        self.state = state
        self.generation += 1
        if before != state:
            self._lazy = self._patched(before, state) if before is not None else {}
        self._waiting.clear()
        return True

    def _load(self) -> Any:
        """Take the columns that were kept on disk, if there are any; the state of the database they are of."""
        kept = columnfile.load(self.store)
        if kept is None:
            return None
        self.outlets = Coded()
        self.outlets.array(kept.values["outlets"])
        self._lazy = {kind: Columns(**arrays) for kind, arrays in kept.arrays.items()}
        self._lazy |= {name: kept.values[name] for name in ("languages", "attributes")}
        return kept.state

    def _save(self) -> None:
        arrays = {kind: self.columns(kind).arrays() for kind in ("documents", "statements")}
        values = {"outlets": self.outlets.values[1:], "languages": self.languages(), "attributes": self.attributes()}
        columnfile.save(self.store, self.state, lambda: searchable.state(self.store), arrays, values)

    def _patched(self, before: Any, state: Any) -> dict[Any, Any]:
        """The columns that are in memory with what changed since read again; nothing, where that can't be told.

        What changed is told by the journal, by the rows that waited to be indexed, and by new ids. A number among the
        stale that none of them accounts for is a change that we missed.
        """
        columns = {kind: self._lazy[kind] for kind in ("documents", "statements") if kind in self._lazy}
        done, number = before[1], dict(before[0]).get("stale", 0)
        gone = done and not searchable.has_act(self.store, done)
        steps = searchable.changed(self.store, min(done, state[1]), MANY + 1)
        waiting = {n: row for n, row in self._waiting.items() if n > number}
        last = {kind[:-1]: int(have.ids[-1]) if len(have.ids) else 0 for kind, have in columns.items()}
        again = sum(row <= last.get(kind, 0) for kind, row in waiting.values())
        if gone or len(steps) + again > MANY or not columns:
            return {}
        missed = dict(state[0]).get("stale", 0) - number - len(waiting)
        changed = {step[:2] for step in steps} | set(waiting.values())
        accounted = {step[:2] for step in steps if step[2]}
        old, self._lazy = self._lazy, {}
        for kind, have in columns.items():
            newest = last[kind[:-1]]
            again_ids = sorted({row for what, row in changed if f"{what}s" == kind and row <= newest})
            fresh = self._read(kind, after=newest)
            accounted |= {(kind[:-1], row) for row in fresh.ids.tolist()}
            if again_ids and not self._overwritten(kind, have, again_ids):
                return {}
            have = have.joined(fresh) if len(fresh.ids) else have
            # Rows that were taken out waited to be indexed; to be sure of it, where there is anything else to account for.
            if (missed or len(fresh.ids)) and searchable.count(self.store, kind[:-1]) != len(have.ids):
                return {}
            self._lazy[kind] = have
            if kind == "documents" and not again_ids and not len(fresh.ids):
                self._lazy |= {name: old[name] for name in ("languages", "attributes") if name in old}
        if missed > len(accounted - set(waiting.values())):
            return {}
        if "statements" in self._lazy and any(what == "document" for what, _ in changed):
            statements = self._lazy["statements"]
            statements.outlet = self.documents.outlet[statements.document]
        return self._lazy

    def _overwritten(self, kind: str, have: Columns, ids: list[int]) -> bool:
        """Read rows again and put them in their places; False where one of them is no longer there."""
        again = self._read(kind, ids)
        return len(again.ids) == len(ids) and have.overwrite(again)

    def _read(self, kind: str, ids: list[int] | None = None, after: int | None = None) -> Columns:
        if kind == "documents":
            return read_documents(self.store, self.outlets, ids, after)
        return read_statements(self.store, self.documents, ids, after)


def is_field(name: str) -> bool:
    """True for the name of an attribute that can stand before a colon in a query."""
    return re.fullmatch(r"[^\W\d][\w-]{0,60}", name) is not None
