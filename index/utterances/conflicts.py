"""What the reports of one utterance disagree about: speakers, years, numbers, names, a "not" that one leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.compare import compare
from index.compare.gists import WORD, Gist, gist
from index.model import Conflict
from index.utterances.reports import Report


def conflicts(reports: Sequence[Report]) -> tuple[Conflict, ...]:
    """What the reports of one utterance disagree about; a value that one merely leaves out is no conflict."""
    found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for k, b in enumerate(reports[:40]):
        for a in reports[:k]:
            for kind, one, other in _disagreements(a, b):
                found[kind][one].add(a.id)
                found[kind][other].add(b.id)
    order = ("speaker", "year", "number", "name", "negation")
    return tuple(
        Conflict(kind, tuple((value, tuple(sorted(ids))) for value, ids in sorted(found[kind].items())))
        for kind in order
        if kind in found
    )


def _disagreements(a: Report, b: Report) -> Iterator[tuple[str, str, str]]:
    """(kind, value of a, value of b) for all that two reports say differently."""
    one, other = gist(a.text), gist(b.text)
    if a.actor is not None and b.actor is not None and a.actor != b.actor:
        yield "speaker", str(a.actor), str(b.actor)
    for year, instead in zip(sorted(one.years - other.years), sorted(other.years - one.years), strict=False):
        yield "year", year, instead
    yield from _numbers(one, other)
    for notion in sorted(n for n in one.notions.keys() & other.notions.keys() if one.notions[n] >= WORD):
        if notion in one.negated and not other.negated:
            yield "negation", f"not {_plain(notion)}", _plain(notion)
        elif notion in other.negated and not one.negated:
            yield "negation", _plain(notion), f"not {_plain(notion)}"
    yield from _names(a.text, b.text)


def _plain(notion: str) -> str:
    return notion.split(":", 1)[-1]


def _numbers(one: Gist, other: Gist) -> Iterator[tuple[str, str, str]]:
    """Numbers that differ before or behind the same notion, or are the only number of each."""
    left, right = sorted(one.numbers - other.numbers), sorted(other.numbers - one.numbers)
    if len(left) == len(right) == 1 and len(one.numbers) == len(other.numbers) == 1:
        yield "number", left[0], right[0]
        return
    for number in left:
        for instead in right:
            if _beside(one, number) & _beside(other, instead):
                yield "number", number, instead


def _beside(one: Gist, number: str) -> set[tuple[int, str]]:
    """What stands right before (-1) and right behind (1) a number."""
    places = [k for k, notion in enumerate(one.order) if notion == f"n:{number}"]
    sides = {(step, one.order[k + step]) for k in places for step in (-1, 1) if 0 <= k + step < len(one.order)}
    return {(step, notion) for step, notion in sides if not notion.startswith("n:")}


def _names(a: str, b: str) -> Iterator[tuple[str, str, str]]:
    """Names printed one for the other, in texts that are otherwise alike."""
    compared = compare(a, b)
    if compared.likeness < 0.5:
        return
    for part in compared.redline:
        if part.op == "replace" and not part.minor and part.left and part.right and min(part.left[0], part.right[0]):
            one, other = part.left.of(a).split(), part.right.of(b).split()
            if 0 < len(one) <= 4 and 0 < len(other) <= 4 and all(w[0].isupper() for w in one + other):
                yield "name", " ".join(one), " ".join(other)
