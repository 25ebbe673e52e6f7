"""What is known of statements and documents besides their words, as masks over columns: who, when, where, of what kind.

Working on whole columns is what makes filters, sorting and counts over all hits affordable.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from index.search.arrays import Array
from index.search.columns import FIRST, LAST, Coded, in_period, ordinal
from index.search.current import Current
from index.search.fieldnames import KINDS, STATUSES
from index.search.tree import And, Dates, Everything, Field, Node, Not, Or, Saying, Undated
from index.search.values import NONE_WORDS, holds, holds_any, holds_words, wanted_words
from index.search.words import words
from index.store import searchable
from index.store.columns import number_of

OF_STATEMENTS = frozenset({"actor", "role", "said", "kind", "via", "issue", "status"})


class Facts(Current):
    """Which rows a fact holds for. For use by one thread."""

    def mask(self, unit: str, node: Node) -> Array:
        """Over the rows of a unit: where a fact (or a combination of facts) holds. Of a document: by any statement."""
        match node:
            case And(parts):
                return np.asarray(reduce(np.logical_and, [self.mask(unit, p) for p in parts]))
            case Or(parts):
                return np.asarray(reduce(np.logical_or, [self.mask(unit, p) for p in parts]))
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
            return in_period(columns, node)
        if node.name == "kind":
            return np.asarray(columns.kind == KINDS.index(node.value))
        if node.name == "status":
            return np.asarray(columns.status == STATUSES.index(node.value))
        if node.name == "actor":
            actors = self.actors_named(node.value, node.exact)
            return np.asarray(columns.actor == actors[0]) if len(actors) == 1 else np.isin(columns.actor, actors)
        if node.name == "issue":
            return np.isin(columns.ids, self._on_issue(node))
        if node.name == "doc":
            return np.asarray(columns.ids == self._labelled(node.value))
        if node.name == "role":
            return self._coded_text("role", node) | self._by_role(node)
        return self._coded_text("via", node)

    def _document_mask(self, node: Dates | Undated | Field) -> Array:
        columns = self.documents
        if isinstance(node, Dates | Undated):
            return in_period(columns, node)
        if node.name == "outlet":
            values = self.outlets.values
            good = np.array([holds(v, node) for v in values])
            return np.asarray(good[columns.outlet])
        if node.name == "doc":
            return np.isin(columns.ids, self._documents_named(node))
        values, codes = self._attribute(node.name)
        good = np.array([holds(v, node) for v in values])
        return np.asarray(good[codes])

    def _coded_text(self, column: str, node: Field) -> Array:
        values, codes = self._coded(column, lambda: searchable.texts_in(self.store, column))
        if column == "via":
            good = np.array([holds_any(json.loads(v) if v else [], node) for v in values])
        else:
            good = np.array([holds(v, node) for v in values])
        return np.asarray(good[codes])

    def _attribute(self, name: str) -> tuple[list[Any], Array]:
        def texts() -> list[str | None]:
            found = searchable.texts_in(self.store, "attributes")
            return [str(json.loads(t).get(name) or "") if t and name in t else None for t in found]

        return self._coded(("attribute", name), texts)

    def _coded(self, key: Any, texts: Callable[[], list[str | None]]) -> tuple[list[Any], Array]:
        """The different texts, and the number of the one that each row has."""

        def load() -> tuple[list[Any], Array]:
            coded = Coded()
            codes = coded.array(texts())
            return coded.values, codes

        return self._once(key, load)  # type: ignore[no-any-return]

    def _by_role(self, node: Field) -> Array:
        """Statements by actors while they hold a role that was entered by hand."""
        columns = self.statements
        found = np.zeros(len(columns.ids), bool)
        for actor, title, earliest, latest in searchable.roles_by_hand(self.store):
            if holds(title, node):
                first, last = ordinal(earliest) or FIRST, ordinal(latest) or LAST
                found |= (columns.actor == actor) & (columns.latest >= first) & (columns.earliest <= last)
        return found

    # --- names ---

    def actors_named(self, name: str, exact: bool = False) -> list[int]:
        """Ids of the actors one of whose names holds these words; "none" is 0, the actor who is not known."""
        if name.lower() in NONE_WORDS and not exact:
            return [0]
        node = Field("actor", name, exact=exact)
        names = self._words_of_names()
        first = next(iter(wanted_words(name)), "")
        candidates = names.get(first, ()) if isinstance(first, str) else names[""]
        return sorted({actor for actor, known in candidates if holds_words(known, node)})

    def known_names(self) -> list[tuple[int, list[str]]]:
        """(actor, the words of a name) of every name that an actor goes by."""
        return self._words_of_names()[""]

    def bearers(self, name: str) -> set[int]:
        """Ids of the actors that go by exactly this name: `actors_named` of many names, each in no time."""
        return self._once("bearers", self._bearers).get(tuple(words(name)), set())  # type: ignore[no-any-return]

    def _bearers(self) -> dict[tuple[str, ...], set[int]]:
        found: dict[tuple[str, ...], set[int]] = {}
        for actor, known in self.known_names():
            found.setdefault(tuple(known), set()).add(actor)
        return found

    def _words_of_names(self) -> dict[str, list[tuple[int, list[str]]]]:
        return self._once("names", self._names)  # type: ignore[no-any-return]

    def _names(self) -> dict[str, list[tuple[int, list[str]]]]:
        """Every word of an actor's names -> (actor, the words of the name); "" -> all names."""
        found: dict[str, list[tuple[int, list[str]]]] = {"": []}
        for actor, name in searchable.all_names(self.store):
            known = words(name)
            for word in {"", *known}:
                found.setdefault(word, []).append((actor, known))
        return found

    def actor_names(self) -> dict[int, str]:
        """The name of every actor."""
        return self._once("actors", lambda: searchable.actor_names(self.store))  # type: ignore[no-any-return]

    # --- issues and labels ---

    def _on_issue(self, node: Field) -> list[int]:
        """Statements whose newest code on an issue of this name says where on the scale they are."""
        none = node.value.lower() in NONE_WORDS
        wanted = [issue for issue, name in searchable.issues(self.store) if none or holds(name, node)]
        found: set[int] = set()
        for issue in wanted:
            found.update(searchable.positioned(self.store, issue))
        return sorted(set(self.statements.ids.tolist()) - found if none else found)

    def on_issues(self, ids: Array) -> list[tuple[str, int]]:
        """(issue, how many of these statements a person placed on it) by name, without those that have none."""
        counts = (
            (name, int(np.isin(ids, searchable.positioned(self.store, issue)).sum()))
            for issue, name in searchable.issues(self.store)
        )
        return [(name, n) for name, n in counts if n]

    def _labelled(self, label: str) -> int:
        document, number = map(number_of, label.partition(":")[::2])
        return 0 if document is None or number is None else searchable.statement_at(self.store, document, number)

    def _documents_named(self, node: Field) -> list[int]:
        if node.value.isdecimal():
            number = number_of(node.value)
            return [] if number is None else [number]
        names = searchable.document_names(self.store)
        return [i for i, file, title in names if file == node.value or holds(file, node) or holds(title, node)]
