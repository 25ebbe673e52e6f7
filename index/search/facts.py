"""What is known of statements and documents besides their words, as columns: who, when, where, of what kind.

The columns are read from SQLite and read again whenever the database has changed, so filters, sorting and counts are
always those of the last edit. Working on whole columns is what makes counts over all hits affordable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from index.search import columnfile
from index.search.arrays import Array
from index.search.query import KINDS, STATUSES
from index.search.tree import And, Dates, Everything, Field, Node, Not, Or, Saying, Undated
from index.search.words import fold, words
from index.store.store import Store

FIRST, LAST = 1, date.max.toordinal()
EPOCH = date(1970, 1, 1).toordinal()
NOWHEN = 0  # stands in both ends of a date that is not known
NONE_WORDS = frozenset({"none", "unknown"})
OF_STATEMENTS = frozenset({"actor", "role", "said", "kind", "via", "issue", "status"})
# Every edit of a user is in the journal; whatever else adds, changes or takes out rows moves one of these counters.
_COUNTERS = """SELECT name, seq FROM sqlite_sequence
    WHERE name NOT IN ('search_history', 'import_result', 'journal_step') ORDER BY name"""
_DONE = "SELECT coalesce(max(id), 0) FROM journal WHERE state='done'"
# Changed rows, and whether their words may have changed (which gives them a number among the stale).
_STEPS = """SELECT tbl, coalesce(json_extract(before, '$.id'), json_extract(after, '$.id')) AS row, max(op <> 'update'
        OR json_extract(before, '$.text') IS NOT json_extract(after, '$.text')
        OR json_extract(before, '$.title') IS NOT json_extract(after, '$.title'))
    FROM journal_step WHERE entry_id > ? AND tbl IN ('statement', 'document') GROUP BY tbl, row LIMIT 3001"""
MANY = 3000  # rows changed at once, from which on everything is read anew
LARGE = 5000  # statements of a library whose columns are worth keeping on disk


class Coded:
    """Values as numbers: code 0 is "no value"."""

    def __init__(self) -> None:
        self.codes: dict[Any, int] = {None: 0}

    def array(self, values: Iterable[Any]) -> Array:
        """The codes of values; None and "" are 0."""
        codes = self.codes
        return np.array([codes.setdefault(v or None, len(codes)) for v in values], np.int32)

    @property
    def values(self) -> list[Any]:
        """The value of each code."""
        return list(self.codes)


@dataclass(slots=True)
class Columns:
    """Rows of one kind in the order of their ids. `earliest`/`latest` are ordinals of days (0: unknown)."""

    ids: Array
    earliest: Array
    latest: Array
    actor: Array = field(default_factory=lambda: np.empty(0, np.int64))
    kind: Array = field(default_factory=lambda: np.empty(0, np.int8))
    status: Array = field(default_factory=lambda: np.empty(0, np.int8))
    document: Array = field(default_factory=lambda: np.empty(0, np.int64))  # row among the documents
    outlet: Array = field(default_factory=lambda: np.empty(0, np.int32))

    def joined(self, other: Columns) -> Columns:
        """These rows and then those of `other`."""
        mine, theirs = self.arrays(), other.arrays()
        return Columns(**{name: np.concatenate([mine[name], theirs[name]]) for name in mine})

    def overwrite(self, other: Columns) -> bool:
        """Put the rows of `other` in the place of those with the same ids; False where one has no place."""
        at = self.rows(other.ids)
        if (at < 0).any():
            return False
        for name, values in other.arrays().items():
            if len(values):
                getattr(self, name)[at] = values
        return True

    def arrays(self) -> dict[str, Array]:
        """The columns by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def rows(self, ids: Array) -> Array:
        """The row of each id, -1 where there is none."""
        if not len(self.ids):
            return np.full(len(ids), -1)
        same = min(len(ids), len(self.ids))
        if same > 1000 and np.array_equal(ids[:same], self.ids[:same]):  # the usual case, much faster
            return np.concatenate([np.arange(same), self.rows(ids[same:])]) if same < len(ids) else np.arange(same)
        at = np.searchsorted(self.ids, ids)
        at[at == len(self.ids)] = 0
        return np.where(self.ids[at] == ids, at, -1)


class Facts:
    """The columns of a library. For use by one thread."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.version: tuple[int, int] | None = None
        self.state: Any = None
        self.generation = 0
        self._waiting: dict[int, tuple[str, int]] = {}  # number among the stale -> row, since the last refresh
        self._lazy: dict[Any, Any] = {}
        self.outlets = Coded()

    # --- reading ---

    def database_version(self) -> tuple[int, int]:
        """Changes with every commit of other connections (first number) and every write of this one (second)."""
        connection = self.store.connection()
        return connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes

    def refresh(self) -> bool:
        """Forget everything if statements, documents, actors or issues have changed since; True when they had."""
        version = self.database_version()
        if version == self.version:
            return False
        self.version = version
        state = self._state()
        if state == self.state:  # something else was written, as the history of searches
            return False
        before = self.state if self.state is not None else self._load()
        self.state = state
        self.generation += 1
        if before != state:
            self._lazy = self._patched(before, state) if before is not None else {}
        self._waiting.clear()
        return True

    def _state(self) -> list[Any]:
        connection = self.store.connection()
        return [[list(row) for row in connection.execute(_COUNTERS)], connection.execute(_DONE).fetchone()[0]]

    def look(self) -> None:
        """Note which rows wait to be indexed, before they are struck off: for `refresh` they are rows that changed."""
        sql = f"SELECT seq, kind, id FROM stale ORDER BY seq DESC LIMIT {MANY + 1}"
        self._waiting.update({seq: (kind, row) for seq, kind, row in self.store.connection().execute(sql)})

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
        columnfile.save(self.store, self.state, self._state, arrays, values)

    def _patched(self, before: Any, state: Any) -> dict[Any, Any]:
        """The columns that are in memory with what changed since read again; nothing, where that can't be told.

        What changed is told by the journal, by the rows that waited to be indexed, and by new ids. A number among the
        stale that none of them accounts for is a change that we missed.
        """
        connection = self.store.connection()
        columns = {kind: self._lazy[kind] for kind in ("documents", "statements") if kind in self._lazy}
        done, seq = before[1], dict(before[0]).get("stale", 0)
        gone = done and not connection.execute("SELECT 1 FROM journal WHERE id=?", (done,)).fetchone()
        steps = connection.execute(_STEPS, (min(done, state[1]),)).fetchall()
        waiting = {number: row for number, row in self._waiting.items() if number > seq}
        last = {kind[:-1]: int(have.ids[-1]) if len(have.ids) else 0 for kind, have in columns.items()}
        again = sum(row <= last.get(kind, 0) for kind, row in waiting.values())
        if gone or len(steps) + again > MANY or not columns:
            return {}
        missed = dict(state[0]).get("stale", 0) - seq - len(waiting)
        changed_rows = {(row[0], row[1]) for row in steps} | set(waiting.values())
        accounted = {(row[0], row[1]) for row in steps if row[2]}
        old, self._lazy = self._lazy, {}
        for kind in ("documents", "statements"):
            if kind not in columns:
                continue
            made = self._document_columns if kind == "documents" else self._statement_columns
            have = columns[kind]
            newest = last[kind[:-1]]
            ids = sorted({row for what, row in changed_rows if f"{what}s" == kind and row <= newest})
            changed = made(f"WHERE id IN ({','.join(map(str, ids))})") if ids else None
            if changed is not None and (len(changed.ids) < len(ids) or not have.overwrite(changed)):
                return {}
            fresh = made(f"WHERE id > {newest}")
            accounted |= {(kind[:-1], row) for row in fresh.ids.tolist()}
            have = have.joined(fresh) if len(fresh.ids) else have
            if connection.execute(f"SELECT count(*) FROM {kind[:-1]}").fetchone()[0] != len(have.ids):
                return {}
            self._lazy[kind] = have
            if kind == "documents" and not ids and not len(fresh.ids):
                self._lazy |= {name: old[name] for name in ("languages", "attributes") if name in old}
        if missed > len(accounted - set(waiting.values())):
            return {}
        if "statements" in self._lazy and any(what == "document" for what, _ in changed_rows):
            statements = self._lazy["statements"]
            statements.outlet = self.documents.outlet[statements.document]
        return self._lazy

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._lazy:
            self._lazy[key] = make()
        return self._lazy[key]

    def _select(self, sql: str) -> list[tuple[Any, ...]]:
        """The columns (not the rows) of a query."""
        cursor = self.store.connection().cursor()
        cursor.row_factory = None
        rows = cursor.execute(sql).fetchall()
        return list(zip(*rows, strict=True)) if rows else []

    def _numbers(self, table: str, expressions: Sequence[str], where: str) -> list[Array]:
        """Whole numbers of all rows in the order of their ids, an array per expression.

        One string per column, made and read in C, takes a third of the time that rows of Python objects take.
        """
        columns = ", ".join(f"group_concat({e})" for e in expressions)
        row = self.store.connection().execute(f"SELECT {columns} FROM {table} NOT INDEXED {where}").fetchone()
        found = [np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64) for text in row]
        if len(found[0]) > 1 and (np.diff(found[0]) < 0).any():
            order = np.argsort(found[0])
            found = [values[order] for values in found]
        return found

    @property
    def documents(self) -> Columns:
        """Ids, publication dates and outlets of all documents."""
        return self._once("documents", self._documents)  # type: ignore[no-any-return]

    def _documents(self) -> Columns:
        self.outlets = Coded()
        return self._document_columns("")

    def _document_columns(self, where: str) -> Columns:
        names = ["id", *map(_day_number, ("published_earliest", "published_latest"))]
        ids, earliest, latest = self._numbers("document", names, where)
        outlets = self._select(f"SELECT outlet FROM document {where} ORDER BY id")
        first, last = _interval(earliest, latest)
        return Columns(ids, first, last, outlet=self.outlets.array(outlets[0] if outlets else ()))

    @property
    def statements(self) -> Columns:
        """Ids, dates, actors, kinds, status and documents of all statements."""
        return self._once("statements", self._statements)  # type: ignore[no-any-return]

    def _statements(self) -> Columns:
        found = self._lazy["statements"] = self._statement_columns("")
        if len(found.ids) >= LARGE:
            self._save()
        return found

    def _statement_columns(self, where: str) -> Columns:
        names = ["id", "document_id", "coalesce(actor_id, 0)", _code("kind", KINDS), _code("status", STATUSES),
                 *map(_day_number, ("said_earliest", "said_latest"))]  # fmt: skip
        ids, document, actor, kind, status, earliest, latest = self._numbers("statement", names, where)
        first, last = _interval(earliest, latest)
        documents = self.documents
        rows = documents.rows(document)
        outlet = documents.outlet[rows] if len(rows) else np.empty(0, np.int32)
        return Columns(
            ids, first, last, actor, kind.astype(np.int8), status.astype(np.int8), document=rows, outlet=outlet
        )

    def columns(self, unit: str) -> Columns:
        """The columns of "statements" or "documents"."""
        return self.statements if unit == "statements" else self.documents

    # --- facts as masks ---

    def mask(self, unit: str, node: Node) -> Array:
        """Over the rows of a unit: where a fact (or a combination of facts) holds. Of a document: by any statement."""
        match node:
            case And(parts):
                return np.asarray(np.logical_and.reduce([self.mask(unit, p) for p in parts]))
            case Or(parts):
                return np.asarray(np.logical_or.reduce([self.mask(unit, p) for p in parts]))
            case Not(part):
                return ~self.mask(unit, part)
            case Saying(part):
                found: Array = self.lifted(self.mask("statements", part))
                return found
            case Everything():
                return np.ones(len(self.columns(unit).ids), bool)
            case Dates() | Undated() | Field():
                return self._once((unit, node), lambda: self._leaf(unit, node))  # type: ignore[no-any-return]
        raise TypeError(f"{type(node).__name__} is not a fact")

    def _leaf(self, unit: str, node: Dates | Undated | Field) -> Array:
        of_statement = node.name in OF_STATEMENTS or (node.name == "doc" and ":" in getattr(node, "value", ""))
        mask = self._statement_mask(node) if of_statement else self._document_mask(node)
        if unit == "statements":
            return mask if of_statement else mask[self.statements.document]
        return self.lifted(mask) if of_statement else mask

    def lifted(self, mask: Array) -> Array:
        """Over the documents: those with at least one statement of the mask, rejected ones aside."""
        found = np.zeros(len(self.documents.ids), bool)
        found[self.statements.document[mask & (self.statements.status != STATUSES.index("rejected"))]] = True
        return found

    def _statement_mask(self, node: Dates | Undated | Field) -> Array:
        columns = self.statements
        if isinstance(node, Dates | Undated):
            return _in_period(columns, node)
        if node.name == "kind":
            return np.asarray(columns.kind == KINDS.index(node.value))
        if node.name == "status":
            return np.asarray(columns.status == STATUSES.index(node.value))
        if node.name == "actor":
            return np.isin(columns.actor, self.actors_named(node.value, node.exact))
        if node.name == "issue":
            return np.isin(columns.ids, self._coded(node))
        if node.name == "doc":
            return np.asarray(columns.ids == self._labelled(node.value))
        if node.name == "role":
            return self._coded_text("role", node) | self._by_role(node)
        return self._coded_text("via", node)

    def _document_mask(self, node: Dates | Undated | Field) -> Array:
        columns = self.documents
        if isinstance(node, Dates | Undated):
            return _in_period(columns, node)
        if node.name == "outlet":
            values = self.outlets.values
            good = np.array([_holds(v, node) for v in values])
            return np.asarray(good[columns.outlet])
        if node.name == "doc":
            return np.isin(columns.ids, self._documents_named(node))
        values, codes = self._attribute(node.name)
        good = np.array([_holds(v, node) for v in values])
        return np.asarray(good[codes])

    def _coded_text(self, column: str, node: Field) -> Array:
        def load() -> tuple[list[Any], Array]:
            coded = Coded()
            found = self._select(f"SELECT {column} FROM statement ORDER BY id")
            codes = coded.array(found[0] if found else ())
            return coded.values, codes

        values, codes = self._once(column, load)
        if column == "via":
            good = np.array([_holds_any(json.loads(v) if v else [], node) for v in values])
        else:
            good = np.array([_holds(v, node) for v in values])
        return np.asarray(good[codes])

    def _by_role(self, node: Field) -> Array:
        """Statements by actors while they hold a role that was entered by hand."""
        columns = self.statements
        found = np.zeros(len(columns.ids), bool)
        sql = "SELECT actor_id, title, earliest, latest FROM role WHERE document_id IS NULL"
        for actor, title, earliest, latest in self.store.connection().execute(sql):
            if _holds(title, node):
                first, last = _ordinal(earliest) or FIRST, _ordinal(latest) or LAST
                found |= (columns.actor == actor) & (columns.latest >= first) & (columns.earliest <= last)
        return found

    def actors_named(self, name: str, exact: bool = False) -> list[int]:
        """Ids of the actors one of whose names holds these words; "none" is 0, the actor who is not known."""
        if name.lower() in NONE_WORDS and not exact:
            return [0]
        node = Field("actor", name, exact=exact)
        names: dict[str, list[tuple[int, list[str]]]] = self._once("names", self._names)
        first = next(iter(_wanted(name)), "")
        candidates = names.get(first, ()) if isinstance(first, str) else names[""]
        return sorted({actor for actor, known in candidates if _holds_words(known, node)})

    def _names(self) -> dict[str, list[tuple[int, list[str]]]]:
        """Every word of an actor's names -> (actor, the words of the name); "" -> all names."""
        found: dict[str, list[tuple[int, list[str]]]] = {"": []}
        for actor, name in self.store.connection().execute(
            "SELECT actor_id, name FROM alias UNION SELECT id, name FROM actor"
        ):
            known = words(name)
            for word in {"", *known}:
                found.setdefault(word, []).append((actor, known))
        return found

    def actor_names(self) -> dict[int, str]:
        """The name of every actor."""
        rows = self.store.connection().execute
        return self._once("actors", lambda: dict(map(tuple, rows("SELECT id, name FROM actor"))))  # type: ignore[no-any-return]

    def _coded(self, node: Field) -> list[int]:
        """Statements whose newest code on an issue of this name says where on the scale they are."""
        sql = "SELECT id, name FROM issue"
        none = node.value.lower() in NONE_WORDS
        wanted = [i for i, name in self.store.connection().execute(sql) if none or _holds(name, node)]
        found: set[int] = set()
        for issue in wanted:
            found.update(self.positioned(issue))
        return sorted(set(self.statements.ids.tolist()) - found if none else found)

    def positioned(self, issue: int) -> list[int]:
        """Statements that a person placed on an issue (not: found to be about something else)."""
        sql = """SELECT statement_id FROM code WHERE issue_id=? AND value IS NOT NULL AND id IN
                 (SELECT max(id) FROM code WHERE issue_id=? GROUP BY statement_id, coder)"""
        return [row[0] for row in self.store.connection().execute(sql, (issue, issue))]

    def _labelled(self, label: str) -> int:
        document, _, number = label.partition(":")
        if not (document.isdecimal() and number.isdecimal()):
            return 0
        sql = "SELECT id FROM statement WHERE document_id=? AND number=?"
        return int(self.store.value(sql, (int(document), int(number))) or 0)

    def _documents_named(self, node: Field) -> list[int]:
        if node.value.isdecimal():
            return [int(node.value)]
        rows = self.store.connection().execute("SELECT id, file, coalesce(title, '') FROM document")
        return [i for i, file, title in rows if file == node.value or _holds(file, node) or _holds(title, node)]

    def languages(self) -> list[str]:
        """Languages of the documents, "en" when there is none."""
        sql = "SELECT DISTINCT language FROM document WHERE language IS NOT NULL ORDER BY language"
        return self._once("languages", lambda: [row[0] for row in self.store.rows(sql)] or ["en"])  # type: ignore[no-any-return]

    def attributes(self) -> list[str]:
        """Names of the library's own fields."""
        return self._once("attributes", self._attributes)  # type: ignore[no-any-return]

    def _attributes(self) -> list[str]:
        sql = "SELECT DISTINCT attributes FROM document WHERE attributes <> '{}'"
        names = {name for row in self.store.connection().execute(sql) for name in json.loads(row[0])}
        return sorted(name for name in names if re.fullmatch(r"[^\W\d][\w-]{0,60}", name))

    def _attribute(self, name: str) -> tuple[list[Any], Array]:
        def load() -> tuple[list[Any], Array]:
            coded = Coded()
            found = self._select("SELECT attributes FROM document ORDER BY id")
            texts = (str(json.loads(t).get(name) or "") if name in t else None for t in (found[0] if found else ()))
            codes = coded.array(texts)
            return coded.values, codes

        return self._once(("attribute", name), load)  # type: ignore[no-any-return]


def _code(column: str, values: Sequence[str]) -> str:
    """SQL for the place of a column's value among `values`, -1 for another."""
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {cases} ELSE -1 END"


def _day_number(column: str) -> str:
    """SQL for an ISO day as the number YYYYMMDD, 0 for none."""
    return f"CAST(replace(coalesce({column}, ''), '-', '') AS INTEGER)"


def _ordinals(days: Array) -> Array:
    """The ordinals of days given as YYYYMMDD; 0 stays 0."""
    years, months, day = days // 10_000, days // 100 % 100, days % 100
    known = (years > 0) & (months > 0) & (day > 0)
    first = (years - 1970).astype("M8[Y]").astype("M8[M]") + (months - 1).astype("m8[M]")
    ordinals = first.astype("M8[D]").astype(np.int64) + day - 1 + EPOCH
    return np.where(known, ordinals, NOWHEN).astype(np.int32)


def _ordinal(text: str | None) -> int:
    try:
        return date.fromisoformat(text or "").toordinal()
    except ValueError:
        return NOWHEN


def _interval(earliest: Array, latest: Array) -> tuple[Array, Array]:
    """Both ends of dates; an open end reaches to the end of time, an unknown date is 0 at both."""
    first, last = _ordinals(earliest), _ordinals(latest)
    known = (first > 0) | (last > 0)
    return np.where(known & (first == 0), FIRST, first), np.where(known & (last == 0), LAST, last)


def _in_period(columns: Columns, node: Dates | Undated | Field) -> Array:
    """Rows whose date may lie in the range (the two overlap); never those without a date."""
    known = columns.latest > 0
    if not isinstance(node, Dates):
        return ~known
    first, last = node.earliest or FIRST, LAST if node.latest is None else node.latest
    return known & (columns.latest >= first) & (columns.earliest <= last)


def _holds(text: str | None, node: Field) -> bool:
    """True where the words of the value stand in the text, in order and side by side; with `=`: nothing else does."""
    if not text:
        return node.value.lower() in NONE_WORDS and not node.exact
    return _holds_words(words(text), node)


def _holds_words(have: list[str], node: Field) -> bool:
    if node.value == "*":
        return True
    wanted = _wanted(node.value)
    n = len(wanted)
    if node.exact:
        return n == len(have) and have == words(node.value)
    return any(
        all(w == h if isinstance(w, str) else w.fullmatch(h) for w, h in zip(wanted, have[i : i + n], strict=True))
        for i in range(len(have) - n + 1)
    )


@lru_cache(maxsize=64)
def _wanted(value: str) -> list[re.Pattern[str] | str]:
    """The words of a value; those with wildcards as patterns."""
    if not re.search(r"[*?]", value):
        return [*words(value)]
    return [_pattern(piece) for piece in re.findall(r"[\w*?\u0300-\u036f]+", value)]


def _pattern(piece: str) -> re.Pattern[str] | str:
    parts = re.findall(r"[*?]|[^*?]+", piece)
    if not any(p in "*?" for p in parts):
        return fold(piece)
    return re.compile("".join(".*" if p == "*" else "." if p == "?" else re.escape(fold(p)) for p in parts))


def _holds_any(texts: list[str], node: Field) -> bool:
    return any(_holds(t, node) for t in texts) if texts else _holds(None, node)
