"""What to try when a query finds nothing: other spellings, fewer conditions, the other unit, no filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from index.model import QuerySuggestion, Results
from index.search.nearnames import near_fields
from index.search.tree import And, Everything, Field, Node, Not, Or, Phrase, Word, all_of, leaves, text_leaves
from index.search.words import words
from index.search.written import written

if TYPE_CHECKING:
    from index.search.finder import Filters, Finder

Change = tuple[Node, Node, str, str]  # a leaf, what takes its place, the reason, in words
MOST = 5
LONGEST_NAME = 4  # words of a name typed without quotation marks
_SHORTENED = frozenset({"t", "s", "re", "ve", "ll", "d", "m"})
MANY_WORDS = 16  # of a query, from which on only its rarest words are tried
RAREST = (8, 6, 5, 4)  # so many of them
MOST_CHANGES = 4  # words that are changed together
TRIED = 40  # combinations of other spellings that are counted
_SENTENCES = {
    "actor": "{total} said by {detail}: {query}",
    "role": "{total} said as {detail}: {query}",
    "name": "{total} with the name {detail}: {query}",
    "spelling": "{total} with {detail}: {query}",
    "without": "{total} without {detail}: {query}",
    "filters": "{total} without the filters: {query}",
    "unit": "{total} {unit} match: {query}",
}


def advised(finder: Finder, result: Results, tree: Node, unit: str, filters: Filters, took: float) -> Results:
    """The empty result with suggestions that each find something, and the same as sentences."""
    found: list[QuerySuggestion] = []
    if not isinstance(tree, Everything) or filters:
        asked = [w for leaf in text_leaves(tree) for w in (leaf.known if isinstance(leaf, Phrase) else (leaf,))]
        if len(asked) <= MANY_WORDS:
            found += _named(finder, tree, unit, filters)
            named = {name for s in found if s.reason == "actor" for name in words(s.detail)}
            found += _others(finder, tree, unit, filters, named)
            found += _dropped(finder, tree, unit, filters)
        if len(asked) > RAREST[-1]:
            found += _rarest(finder, asked, unit, filters)
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


def _named(finder: Finder, tree: Node, unit: str, filters: Filters) -> Iterator[QuerySuggestion]:
    """Words side by side that are somebody's name as what they said; names that nobody has as those that somebody has."""
    parts: list[Node] = list(tree.parts) if isinstance(tree, And) else [tree]
    for count in range(min(LONGEST_NAME, len(parts)), 1, -1):
        for at in range(len(parts) - count + 1):
            run = [part.printed for part in parts[at : at + count] if isinstance(part, Word) and part.mode == "stem"]
            name = " ".join(run)
            if len(run) == count and finder.facts.actors_named(name):
                whole = all_of([*parts[:at], Field("actor", name), *parts[at + count :]])
                if n := finder.count(whole, unit, filters):
                    yield QuerySuggestion(written(whole), n, "actor", name, unit)
                    return
    for whole, longer in _longer_names(finder, parts):
        if n := finder.count(whole, unit, filters):
            yield QuerySuggestion(written(whole), n, "role" if longer.name == "role" else "name", longer.value, unit)
            return
    for leaf in leaves(tree):
        if isinstance(leaf, Field) and not finder.count(leaf, unit):
            for other in near_fields(finder, leaf):
                whole = _replaced(tree, leaf, other)
                if n := finder.count(whole, unit, filters):
                    reason = "role" if other.name == "role" != leaf.name else "name"
                    yield QuerySuggestion(written(whole), n, reason, other.value, unit)


def _longer_names(finder: Finder, parts: list[Node]) -> Iterator[tuple[Node, Field]]:
    """actor:prime minister as role:"prime minister", actor:Ann Lee as actor:"Ann Lee": a value goes up to the next blank."""
    for at, field in enumerate(parts):
        if not isinstance(field, Field) or field.name not in ("actor", "outlet", "via", "role"):
            continue
        for count in range(min(LONGEST_NAME, len(parts) - at) - 1, 0, -1):
            run = [part.printed for part in parts[at + 1 : at + 1 + count] if isinstance(part, Word) and part.mode == "stem"]
            if len(run) == count:
                longer = replace(field, value=" ".join([field.value, *run]))
                for other in (longer, *near_fields(finder, longer)):
                    yield all_of([*parts[:at], other, *parts[at + 1 + count :]]), other


def _others(finder: Finder, tree: Node, unit: str, filters: Filters, named: set[str]) -> Iterator[QuerySuggestion]:
    """Words that no text holds spelled as words that are near, names of actors as what they said: fewest changes first.

    Words that were taken for a name (`named`) are left alone.
    """
    changes: list[list[Change]] = []
    for leaf in text_leaves(tree):
        if isinstance(leaf, Word) and leaf.text in named:
            continue
        ways = [*_speakers(finder, leaf), *_spellings(finder, leaf, unit)][:4]
        if ways:
            changes.append(ways)
    found = 0
    for made in islice(_choices(changes, tree), TRIED):
        other = tree
        for old, new, _, _ in made:
            other = _replaced(other, old, new)
        if n := finder.count(other, unit, filters):
            yield QuerySuggestion(written(other), n, made[0][2], ", ".join(w[3] for w in made), unit)
            found += 1
        if found == 3:
            return


def _choices(changes: list[list[Change]], tree: Node) -> Iterator[tuple[Change, ...]]:
    """Which of the changes to make together, fewest first. Of words that all have to be there, all are changed at once."""
    most = len(changes)
    least = most if isinstance(tree, And) and most <= MOST_CHANGES else 1
    for count in (least, *(n for n in range(1, min(most, MOST_CHANGES) + 1) if n != least)):
        for places in combinations(reversed(range(most)), count):
            yield from product(*(changes[place] for place in sorted(places)))


def _speakers(finder: Finder, leaf: Word | Phrase) -> Iterator[Change]:
    """The words as the name of who speaks."""
    name = leaf.printed or " ".join(w.text for w in leaf.words) if isinstance(leaf, Phrase) else leaf.printed
    exact = isinstance(leaf, Word) and leaf.mode != "stem"
    if name and not exact and finder.facts.actors_named(name):
        yield leaf, Field("actor", name), "actor", name


def _spellings(finder: Finder, leaf: Word | Phrase, unit: str) -> Iterator[Change]:
    for word in leaf.words if isinstance(leaf, Phrase) else (leaf,):
        if word.mode not in ("stem", "exact") or word.text.isdecimal() or finder.space(unit).text.forms(word):
            continue
        if isinstance(leaf, Word) and (cut := _cut_in_two(finder, word, unit)):
            yield word, cut, "spelling", cut.printed
        for near in _near(finder, word.text, unit)[:3]:
            yield word, replace(word, text=near, printed=near), "spelling", near


def _cut_in_two(finder: Finder, word: Word, unit: str) -> Phrase | None:
    """A word that is two in the library, the most frequent of these: dont as don't, alqaeda as al qaeda."""
    found: list[tuple[int, Phrase]] = []
    index = finder.space(unit).text
    for at in range(2, len(word.text)):
        parts = tuple(replace(word, text=part, mode="exact", printed=part) for part in (word.text[:at], word.text[at:]))
        if all(index.forms(part) for part in parts):
            mark = "'" if parts[1].text in _SHORTENED else " "
            phrase = Phrase(parts, None, word.span, f"{parts[0].text}{mark}{parts[1].text}")
            found.append((finder.count(phrase, unit), replace(phrase, words=tuple(replace(p, mode="stem") for p in parts))))
    best = max(found, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] else None


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
            if distance < 2 or near[0] == word[0] or len(word) > 7:
                ranked[near] = (int(distance), ranked.get(near, (0, 0))[1] - field.frequency(number))
    return sorted(ranked, key=lambda w: (ranked[w], w))[:6]


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    match node:
        case Phrase(parts, within) if isinstance(new, Word):
            return Phrase(tuple(new if w is old else w for w in parts), within, node.span, runs=node.runs)
        case And(parts):
            return And(tuple(_replaced(p, old, new) for p in parts))
        case Or(parts):
            return Or(tuple(_replaced(p, old, new) for p in parts))
        case Not(part):
            return Not(_replaced(part, old, new))
        case _:
            return node


def _rarest(finder: Finder, asked: list[Word], unit: str, filters: Filters) -> Iterator[QuerySuggestion]:
    """The rarest words of a long query (a passage that was pasted), as many of them as find something."""
    index = finder.space(unit).text
    known = {word: sum(index.forms(word).values()) for word in dict.fromkeys(asked) if word.mode in ("stem", "exact")}
    ranked = sorted((word for word, n in known.items() if n), key=lambda word: known[word])
    for count in RAREST:
        some = set(ranked[:count])
        tree = all_of([word for word in known if word in some])
        if len(some) == count and count < len(asked) and (n := finder.count(tree, unit, filters)):
            yield QuerySuggestion(written(tree), n, "without", "the commoner words", unit)
            return


def _dropped(finder: Finder, tree: Node, unit: str, filters: Filters) -> list[QuerySuggestion]:
    """The query without one of its conditions, those with most hits first; a phrase as loose words."""
    found = []
    parts = list(tree.parts) if isinstance(tree, And) else [tree]
    for at, part in enumerate(parts):
        rest = all_of([p for i, p in enumerate(parts) if i != at])
        if len(parts) > 1 and (n := finder.count(rest, unit, filters)):
            found.append(QuerySuggestion(written(rest), n, "without", written(part, True), unit))
        if isinstance(part, Phrase) and len(set(part.known)) > 1:
            for loose in (Phrase(part.known, 10, part.span), all_of(list(part.known))):
                whole = all_of([*parts[:at], loose, *parts[at + 1 :]])
                if n := finder.count(whole, unit, filters):
                    found.append(QuerySuggestion(written(whole), n, "without", "the order of the words", unit))
                    break
    return sorted(found, key=lambda s: -s.total)[:MOST]
