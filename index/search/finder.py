"""The door to searching: a query goes in, ranked hits with snippets, counts and advice come out.

Words are sought in the Whoosh index, everything else in columns from SQLite; both are brought up to date before each
question, so what was edited a moment ago is found by its new value.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.model import Hit, Results, Span
from index.problems import Problem
from index.search import dates, query, sync, trust
from index.search.arrays import Array
from index.search.columns import LAST
from index.search.explained import explained
from index.search.facets import counted
from index.search.facts import Facts
from index.search.fieldnames import KINDS, STATUSES
from index.search.fields import UNITS
from index.search.highlight import Sought, marks
from index.search.hits import hits
from index.search.leaf import NONE
from index.search.meanings import begun, for_documents, respelled, spelled, with_undated
from index.search.space import Space, space
from index.search.textindex import Found, TextIndex
from index.search.tree import Dates, Field, Node, Not, Phrase, Titled, Undated, Word, all_of, any_of, leaves, text_leaves
from index.store import searchable
from index.store.store import Store

SORTS = ("relevance", "said", "published", "said-oldest", "published-oldest")
MANY = 5000  # rows that are indexed in about a second
Filters = Mapping[str, Sequence[str]]


class Finder:
    """Searches one library; for one thread. `today` (ISO) lets queries say "said:30d"."""

    def __init__(self, store: Store, *, today: str | None = None) -> None:
        self.store = store
        self.today = today
        self.facts = Facts(store)
        self.partial = False
        self._token: str | None = None
        self._seen: tuple[int, int] | None = None
        self._texts: dict[str, TextIndex] = {}
        self._states: dict[str, Any] = {}
        self._place: sync.Place | None = None
        self._spaces: dict[str, tuple[int, Space]] = {}

    # --- questions ---

    def find(
        self, text: str, unit: str = "statements", sort: str = "relevance", limit: int = 50, offset: int = 0,
        filters: Filters | None = None, *, typing: bool = False, undated: bool = False, facets: bool = True,
        wait: bool = True,
    ) -> Results:  # fmt: skip
        """The hits from `offset` on for a query in the language of `query`. It never raises for what was typed.

        `filters` narrow it by exact values ({"actor": ["Ann Lee"], "-outlet": ["Daily"], "said": ["2023..2024"]}).
        `typing`: the query may be unfinished; it is mended silently and its last word may be the beginning of one.
        `undated` lets rows without a date pass the date filters. `facets` False: no counts and, without hits, no advice.
        `wait` False: where much has to be indexed first, words are sought in what is there and `partial` says so.
        """
        began = time.perf_counter()
        self.refresh(wait)
        parsed = query.parsed(text, self.facts.attributes(), self.today)
        if parsed.problem and not (typing and parsed.unfinished):
            return Results(text, "", 0, (), problem=parsed.problem, took_ms=_since(began), partial=self.partial)
        tree = parsed.tree
        whole = self._filtered(tree, filters)
        found = self._found(whole, unit, undated)
        if typing and not len(found.docs):
            started = begun(tree, len(text.rstrip()), len(text))
            others = None if started is None else self._found(self._filtered(started, filters), unit, undated)
            if started is not None and others is not None and len(others.docs):
                tree, whole, found = started, self._filtered(started, filters), others
        hidden = self._hidden(whole, unit, len(found.docs)) if not undated else 0
        page = self._ranked(found, unit, sort, whole, offset + limit)[offset:]
        result = Results(
            text, explained(whole, unit, lambda w: self._forms(w, unit), self._people), len(found.docs),
            tuple(self._hits(page, found, unit, tree)), hidden,
            facets=counted(self, tree, unit, found, filters or {}, undated) if facets else {},
            problem=parsed.problem, partial=self.partial, took_ms=_since(began),
        )  # fmt: skip
        if result.total or not facets:
            return result
        from index.search.advice import advised  # with rapidfuzz, which takes as long to load as a search

        return advised(self, result, tree, unit, filters or {}, _since(began))

    def top(
        self, text: str, unit: str = "statements", sort: str = "relevance", limit: int = 20
    ) -> tuple[int, list[int]]:
        """How many hits a query has, and the ids of the best. Raises `Problem("bad-query")` for a broken one."""
        self.refresh()
        tree = self._understood(text)
        found = self._found(tree, unit, False)
        order = self._ranked(found, unit, sort, tree, limit)
        return len(found.docs), self._space(unit).ids[found.docs[order]].tolist()

    def _understood(self, text: str) -> Node:
        """The tree of a query; to be asked after `refresh`."""
        parsed = query.parsed(text, self.facts.attributes(), self.today)
        if parsed.problem:
            raise Problem("bad-query", detail=f"{parsed.problem.position}: {parsed.problem.message}")
        return parsed.tree

    def ids(
        self, text: str, unit: str = "statements", sort: str = "relevance", filters: Filters | None = None,
        undated: bool = False,
    ) -> list[int]:  # fmt: skip
        """The ids of all hits, best first. Raises `Problem("bad-query")` for a broken query."""
        self.refresh()
        tree = self._filtered(self._understood(text), filters)
        found = self._found(tree, unit, undated)
        order = self._ranked(found, unit, sort, tree)
        return self._space(unit).ids[found.docs[order]].tolist()  # type: ignore[no-any-return]

    def count(self, tree: Node, unit: str = "statements", filters: Filters | None = None) -> int:
        """How many hits a tree has."""
        return len(self._found(self._filtered(tree, filters), unit, False, scored=False).docs)

    def tree(self, text: str) -> query.Parsed:
        """A query as a tree, the library's own fields known."""
        self.facts.refresh()
        return query.parsed(text, self.facts.attributes(), self.today)

    def marks(self, text: str, document_id: int) -> list[Span]:
        """The places in a document's text that a query's words and phrases stand at, for going from hit to hit."""
        self.refresh()
        return marks(searchable.body(self.store, document_id), self._sought(self.tree(text).tree, "documents"))

    def more_like(self, statement_id: int, limit: int = 20) -> list[tuple[int, float]]:
        """(id, score) of statements that share the rarer words of a statement, its own utterance left out."""
        from index.search.likeness import like

        self.refresh()
        return like(self, statement_id, limit)

    # --- being up to date ---

    def refresh(self, wait: bool = True) -> None:
        """Bring index and columns up to date with the database; `wait` False: only if that takes no time."""
        version = searchable.version(self.store)
        if version == self._seen:
            return
        self.facts.look()
        behind = self._synchronise(wait)
        self.facts.refresh()
        token = self.store.meta("index")
        if token != self._token or not self._texts:
            self._open(token)
        self.partial = behind or self._token is None
        now = searchable.version(self.store)
        calm = now[0] == version[0] and not self.partial  # nobody else has written since we looked
        self._seen = now if calm else None

    def _synchronise(self, wait: bool) -> bool:
        """Sync, unless it would take long and nobody wants to wait; True when the index is behind afterwards."""
        known = self._token is not None and self.store.meta("index") == self._token
        if known and sync.is_fresh(self.store):
            return False
        if not wait:
            everything = not known and sync.trusted(self.store) is None
            if searchable.exceeds(self.store, MANY, everything):
                return True
        report = sync.sync(self.store, wait=False)
        self._place = report.place
        if report.busy and self._token is None and wait and not self.store.connection().in_transaction:
            sync.sync(self.store)
        return False

    def _open(self, token: str) -> None:
        """Open the index that the manifest names; without one, words find nothing and facts still do."""
        languages = self.facts.languages()
        for attempt in range(3):
            place, self._place = self._place, None
            if place is None or place.facts["token"] != token:
                place = sync.trusted(self.store)
            try:
                for unit in UNITS:
                    self._open_unit(unit, place, languages)
                self._token = str(place.facts["token"]) if place else None
                break
            except trust.DAMAGE:  # another process published a newer one meanwhile
                if attempt == 2:
                    for unit in UNITS:
                        self._open_unit(unit, None, languages)
                    self._token = None

    def _open_unit(self, unit: str, place: sync.Place | None, languages: list[str]) -> None:
        state = (place.state(unit) if place else None, languages)
        if unit in self._texts and state == self._states[unit]:
            return
        reader = sync.opened(place.unit(unit)).reader() if place else None
        self._texts[unit] = TextIndex(reader, "text", languages, self._texts.get(unit))
        self._states[unit] = state

    # --- evaluation ---

    def space(self, unit: str) -> Space:
        """What can be found of a unit now."""
        return self._space(unit)

    def _space(self, unit: str) -> Space:
        kept = self._spaces.get(unit)
        text, columns = self._texts[unit], self.facts.columns(unit)
        if kept is not None and kept[0] == self.facts.generation and kept[1].text is text:
            return kept[1]
        made = space(text, columns, kept[1] if kept else None)
        self._spaces[unit] = (self.facts.generation, made)
        return made

    def _found(self, tree: Node, unit: str, undated: bool, scored: bool = True) -> Found:
        if undated:
            tree = with_undated(tree)
        tree = spelled(tree)
        space = self._space(unit)
        rejected = any(isinstance(n, Field) and n.name == "status" for n in leaves(tree, False))
        among = space.alive if rejected else space.normal
        if unit == "documents":
            tree = for_documents(tree)
        return space.text.find(tree, lambda node: self._mask(space, unit, node), scored, among)

    def _mask(self, space: Space, unit: str, node: Node) -> Array:
        if isinstance(node, Titled):
            return space.mask(self._titled(node, unit))
        return space.mask(self.facts.mask(unit, node))

    def _titled(self, node: Titled, unit: str) -> Array:
        """Over the rows of a unit: where the title of the document holds the words."""
        documents = self._space("documents")
        mask = np.zeros(len(self.facts.documents.ids), bool)
        found = documents.text.find(node, None, False, documents.alive)
        mask[documents.rows[found.docs]] = True
        return mask[self.facts.statements.document] if unit == "statements" else mask

    def _hidden(self, tree: Node, unit: str, total: int) -> int:
        if not any(isinstance(n, Dates) for n in leaves(tree)):
            return 0
        return max(len(self._found(tree, unit, True, scored=False).docs) - total, 0)

    def _filtered(self, tree: Node, filters: Filters | None) -> Node:
        parts = [tree]
        for name, values in (filters or {}).items():
            nodes = [node for value in values if (node := self._filter(name.lstrip("-"), value)) is not None]
            if nodes:
                parts.append(Not(any_of(nodes)) if name.startswith("-") else any_of(nodes))
        return all_of(parts)

    def _filter(self, name: str, value: str) -> Node | None:
        if name in ("said", "published"):
            if value in ("", "none"):
                return Undated(name)
            try:
                earliest, latest = dates.period(value, self.today)
            except dates.BadDate:
                return None
            return Dates(name, earliest, latest, value)
        if name in ("kind", "status"):
            allowed = KINDS if name == "kind" else STATUSES
            return Field(name, value) if value in allowed else None
        return Field(name, value, exact=bool(value)) if value else Field(name, "none")

    # --- results ---

    def _ranked(self, found: Found, unit: str, sort: str, tree: Node, limit: int | None = None) -> Array:
        """The order of the hits: positions in `found.docs`, best first, at most `limit`; the undated come last."""
        if not len(found.docs):
            return NONE
        space = self._space(unit)
        if sort == "relevance" and found.scores is not None and text_leaves(tree) + _titles(tree):
            best = _best(np.round(found.scores, 9), limit)
            return best[np.lexsort((space.ids[found.docs[best]], -np.round(found.scores[best], 9)))][:limit]
        rows = space.rows[found.docs]
        columns = self.facts.columns(unit)
        if unit == "statements" and sort.startswith("published"):
            documents = columns.document[rows]
            first, last = self.facts.documents.earliest[documents], self.facts.documents.latest[documents]
        else:
            first, last = columns.earliest[rows], columns.latest[rows]
        if sort.endswith("-oldest"):
            best = _best(-np.where(last == 0, LAST + 1, first), limit)
            return best[np.lexsort((space.ids[found.docs[best]], last[best], first[best], last[best] == 0))][:limit]
        best = _best(last, limit)
        return best[np.lexsort((space.ids[found.docs[best]], -first[best], -last[best]))][:limit]

    def _hits(self, order: Array, found: Found, unit: str, tree: Node) -> list[Hit]:
        if not len(order):
            return []
        places = found.docs[order]
        scores = [0.0] * len(places) if found.scores is None else found.scores[order].tolist()
        return hits(self.store, unit, self._space(unit).ids[places].tolist(), scores, self._sought(tree, unit))

    def _sought(self, tree: Node, unit: str) -> list[Sought]:
        """What has to be marked in the text of a hit."""
        found = []
        for leaf in text_leaves(spelled(tree)):
            within = leaf.within if isinstance(leaf, Phrase) else None
            parts = (leaf,) if isinstance(leaf, Word) else leaf.words if within is None else leaf.known
            slots = (None if w.mode == "any" else frozenset({*self._all_forms(w, unit), *_plain(w)}) for w in parts)
            found.append(Sought(tuple(slots), within, leaf.runs if isinstance(leaf, Phrase) else ()))
        return found

    def _all_forms(self, word: Word, unit: str) -> dict[str, int]:
        return self._texts[unit].forms(word)

    def _people(self, node: Field) -> list[str]:
        """The actors that a name fits; of several with the same name, how many they are."""
        names = self.facts.actor_names()
        counts = Counter(names[i] for i in self.facts.actors_named(node.value, node.exact) if i in names)
        return [name if n == 1 else f"{name}: {n} actors" for name, n in sorted(counts.items())]

    def _forms(self, word: Word, unit: str) -> list[str]:
        found = self._all_forms(word, unit)
        others = [o.printed for o in respelled(word) if len(self._texts[unit].find(o, None, False).docs)]
        return sorted(found, key=lambda w: (-found[w], w)) + others


def _best(values: Array, limit: int | None) -> Array:
    """Places of the `limit` highest values and of all that are equal to the lowest of them, in no order."""
    if limit is None or len(values) <= 4 * max(limit, 1):
        return np.arange(len(values))
    least = np.partition(values, len(values) - limit)[len(values) - limit] if limit else np.inf
    return np.flatnonzero(values >= least)


def _plain(word: Word) -> tuple[str, ...]:
    return (word.text,) if word.mode in ("stem", "exact") else ()


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _titles(tree: Node) -> list[Any]:
    return [n for n in leaves(tree) if isinstance(n, Titled)]
