"""What to try when a query finds nothing: other spellings, fewer conditions, the other unit, no filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from index.model import QuerySuggestion, Results
from index.search.tree import And, Everything, Field, Node, Not, Or, Phrase, Word, all_of, text_leaves
from index.search.written import written

if TYPE_CHECKING:
    from index.search.finder import Filters, Finder

MOST = 5
TRIED = 40  # combinations of other spellings that are counted
_SENTENCES = {
    "actor": "{total} said by {detail}: {query}",
    "spelling": "{total} with {detail}: {query}",
    "without": "{total} without {detail}: {query}",
    "filters": "{total} without the filters: {query}",
    "unit": "{total} {unit} match: {query}",
}


def advised(finder: Finder, result: Results, tree: Node, unit: str, filters: Filters, took: float) -> Results:
    """The empty result with suggestions that each find something, and the same as sentences."""
    found: list[QuerySuggestion] = []
    if not isinstance(tree, Everything) or filters:
        found += _others(finder, tree, unit, filters)
        found += _dropped(finder, tree, unit, filters)
        if filters and (n := finder.count(tree, unit)):
            found.append(QuerySuggestion(written(tree), n, "filters", "", unit))
        other = "documents" if unit == "statements" else "statements"
        if n := finder.count(tree, other, filters):
            found.append(QuerySuggestion(written(tree), n, "unit", "", other))
    kept = tuple({(s.query, s.unit, s.reason): s for s in found}.values())[: MOST + 2]
    lines = tuple(
        _SENTENCES[s.reason].format(total=s.total, detail=s.detail, query=s.query or "everything", unit=s.unit)
        for s in kept
    )
    return replace(result, suggestions=kept, advice=lines, took_ms=took)


def _others(finder: Finder, tree: Node, unit: str, filters: Filters) -> Iterator[QuerySuggestion]:
    """Words that no text holds spelled as words that are near, names of actors as what they said: fewest changes first."""
    changes: list[list[tuple[Node, Node, str, str]]] = []
    for leaf in text_leaves(tree):
        ways = [*_speakers(finder, leaf), *_spellings(finder, leaf, unit)][:4]
        if ways:
            changes.append(ways)
    tried = sorted(product(*([None, *ways] for ways in changes)), key=lambda ways: sum(w is not None for w in ways))
    found = 0
    for choice in tried[1:TRIED]:
        other, made = tree, [way for way in choice if way is not None]
        for old, new, _, _ in made:
            other = _replaced(other, old, new)
        if n := finder.count(other, unit, filters):
            yield QuerySuggestion(written(other), n, made[0][2], ", ".join(w[3] for w in made), unit)
            found += 1
        if found == 3:
            return


def _speakers(finder: Finder, leaf: Word | Phrase) -> Iterator[tuple[Node, Node, str, str]]:
    """(the leaf, what takes its place, the reason, in words)."""
    name = leaf.printed or " ".join(w.text for w in leaf.words) if isinstance(leaf, Phrase) else leaf.printed
    exact = isinstance(leaf, Word) and leaf.mode != "stem"
    if name and not exact and finder.facts.actors_named(name):
        yield leaf, Field("actor", name), "actor", name


def _spellings(finder: Finder, leaf: Word | Phrase, unit: str) -> Iterator[tuple[Node, Node, str, str]]:
    for word in leaf.words if isinstance(leaf, Phrase) else (leaf,):
        if word.mode in ("stem", "exact") and not finder.space(unit).text.forms(word):
            for near in _near(finder, word.text, unit)[:3]:
                yield word, replace(word, text=near, printed=near), "spelling", near


def _near(finder: Finder, word: str, unit: str) -> list[str]:
    """Words of the library at most two letters away (one, for short words): nearest first, then most frequent."""
    from rapidfuzz import process  # 9 ms that no other question needs
    from rapidfuzz.distance import OSA

    farthest = 1 if len(word) < 5 else 2
    ranked: dict[str, tuple[int, int]] = {}
    for field in finder.space(unit).text.vocabulary():
        for near, distance, number in process.extract(
            word, field.words, scorer=OSA.distance, score_cutoff=farthest, limit=50
        ):
            ranked[near] = (int(distance), ranked.get(near, (0, 0))[1] - len(field.postings(number)[0]))
    return sorted(ranked, key=lambda w: (ranked[w], w))[:6]


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    match node:
        case Phrase(parts, within) if isinstance(new, Word):
            return Phrase(tuple(new if w is old else w for w in parts), within, node.span)
        case And(parts):
            return And(tuple(_replaced(p, old, new) for p in parts))
        case Or(parts):
            return Or(tuple(_replaced(p, old, new) for p in parts))
        case Not(part):
            return Not(_replaced(part, old, new))
        case _:
            return node


def _dropped(finder: Finder, tree: Node, unit: str, filters: Filters) -> list[QuerySuggestion]:
    """The query without one of its conditions, those with most hits first; a phrase as loose words."""
    found = []
    parts = list(tree.parts) if isinstance(tree, And) else [tree]
    for at, part in enumerate(parts):
        rest = all_of([p for i, p in enumerate(parts) if i != at])
        if len(parts) > 1 and (n := finder.count(rest, unit, filters)):
            found.append(QuerySuggestion(written(rest), n, "without", written(part, True), unit))
        if isinstance(part, Phrase) and len(set(part.words)) > 1:
            for loose in (Phrase(part.words, 10, part.span), all_of(list(part.words))):
                whole = all_of([*parts[:at], loose, *parts[at + 1 :]])
                if n := finder.count(whole, unit, filters):
                    found.append(QuerySuggestion(written(whole), n, "without", "the order of the words", unit))
                    break
    return sorted(found, key=lambda s: -s.total)[:MOST]
