"""What every part of the open library rests on: the store, edits with undo, and telling who listens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from index.model import Changed, JournalEntry
from index.problems import Problem
from index.store import journal
from index.store.store import Store

if TYPE_CHECKING:
    from index.search.finder import Finder

LOG = logging.getLogger("standpoint.library")
# Which kinds of things a changed table means to those who listen.
_KINDS = {
    "document": "document", "body": "document", "band": "document", "import_result": "document",
    "actor": "actor", "alias": "actor", "role": "actor", "statement": "statement", "utterance": "statement",
    "judgement": "statement", "issue": "issue", "issue_version": "issue", "code": "code", "event": "issue",
    "saved_search": "search", "setting": "setting",
}  # fmt: skip


class Opened:
    """An open library folder: its store, its edits, its listeners."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.listeners: list[Callable[[Changed], None]] = []
        self._changed: set[str] = set()
        self._depth = 0
        self._finders: dict[int, Finder] = {}  # by the thread's number, as the connections of the store

    @classmethod
    def create(cls, path: Path | str, name: str | None = None) -> Self:
        """A new library in an empty or new folder. Raises `Problem`."""
        folder = Path(path)
        return cls(Store.create(folder, name or folder.name))

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The library in a folder (or of its database file). Raises `Problem`."""
        return cls(Store.open(Path(path)))

    @classmethod
    def open_or_create(cls, path: Path | str) -> Self:
        """The library in a folder, made where there is none yet. Raises `Problem`."""
        try:
            return cls.open(path)
        except Problem as problem:
            if problem.code != "no-library":
                raise
        try:
            return cls.create(path)
        except Problem as problem:
            if problem.code != "library-exists":
                raise
        return cls.open(path)  # another program has just made it

    def close(self) -> None:
        """Close it; nothing is lost when this is never called."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The library folder."""
        return self.store.folder

    @property
    def id(self) -> str:
        """What names this library among all, 32 hexadecimal digits; a copy of the folder keeps it."""
        return self.store.meta("id")

    @property
    def name(self) -> str:
        """What its owner calls it."""
        return self.store.meta("name", self.path.name)

    @property
    def read_only(self) -> bool:
        """True for a library in a place that cannot be written: every act that would change it raises `Problem`."""
        return self.store.read_only

    @contextmanager
    def edit(self, label: str) -> Iterator[None]:
        """One act of the user under a label for the undo menu: all of it happens, or nothing."""
        self._depth += 1
        try:
            with self.store.edit(label):
                yield
                if self._depth == 1:
                    self._changed |= journal.changed_tables(self.store.connection())
        except BaseException:
            self._changed.clear()
            raise
        finally:
            self._depth -= 1
        if self._depth == 0 and self._changed:
            self._tell(self._changed, label)
            self._changed = set()

    def undo(self) -> str:
        """Take the last act back and return its label. Raises `Problem` where there is none."""
        self.store.check_writable()
        with self.store.transaction() as connection:
            label, tables = journal.undo(connection)
        self._tell(tables, label)
        return label

    def redo(self) -> str:
        """Do the act again that was last undone and return its label. Raises `Problem` where there is none."""
        self.store.check_writable()
        with self.store.transaction() as connection:
            label, tables = journal.redo(connection)
        self._tell(tables, label)
        return label

    @property
    def undo_label(self) -> str | None:
        """What undo would take back; None: nothing."""
        found = journal.next_undo(self.store.connection())
        return found and found[1]

    @property
    def redo_label(self) -> str | None:
        """What redo would do again; None: nothing."""
        found = journal.next_redo(self.store.connection())
        return found and found[1]

    def journal(self, limit: int = 1000) -> list[JournalEntry]:
        """The acts of users, newest first."""
        return journal.entries(self.store.connection(), limit)

    def back_up_if_due(self, reason: str = "automatic") -> Path | None:
        """A backup, unless there is one of the last half hour or of this very state. Raises `Problem`."""
        from index.store.backups import back_up_if_due

        return back_up_if_due(self.store, reason)

    def back_up_before(self, reason: str) -> None:
        """The same before a large change, which does not wait for room or rights to make one."""
        try:
            self.back_up_if_due(reason)
        except Problem as problem:
            LOG.warning("no backup: %s", problem)

    def journal_steps(
        self, entry_id: int, limit: int = 200
    ) -> list[tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
        """What an act changed, row by row: the table, the row before (None: it is new) and after (None: it is gone)."""
        return list(journal.steps(self.store.connection(), entry_id, limit))

    def changed_outside(self, *kinds: str) -> None:
        """Tell listeners that another process changed the library (an import that ran as a job)."""
        self._tell_kinds(frozenset(kinds or ("all",)), "")

    def _tell(self, tables: set[str], label: str) -> None:
        self._tell_kinds(frozenset(_KINDS[table] for table in tables), label)

    def _tell_kinds(self, kinds: frozenset[str], label: str) -> None:
        for listener in list(self.listeners):
            listener(Changed(kinds, label))
