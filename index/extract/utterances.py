"""Which statements of one text report the same words: a headline's paraphrase and its quote are one utterance."""

from __future__ import annotations

from collections.abc import Sequence

from index.compare.gists import WORD, Agreement, Gist, agreement, gist
from index.model import FoundStatement, When

PARAPHRASE = 0.50  # agreement needed between reported speech and a quote
REPEATED = 0.62  # agreement needed between two pieces of reported speech
LONG = 5  # words: a shorter scrap joins only the best of the quotes that hold it
MOST_HOLDERS = 200  # statements that a notion leads back to: a text of rubbish must not take for ever
SCRAP = 3  # words: fewer say nothing by themselves ("the former president")
_VERBATIM_SHARE = 0.75  # of the shorter of two quotes


def utterances(text: str, statements: Sequence[FoundStatement]) -> list[int]:
    """For each statement the number of its utterance, from 1, in order of appearance.

    Two statements are one utterance when the same actor said them at dates that can be the same, and one is a piece
    of the other (a quote repeated) or one paraphrases the other (reported speech; linked to its best match only).
    Paragraphs of an interview or of a text that speaks for its author are utterances of their own.
    """
    words = [" ".join(span.of(text) for span in statement.content) for statement in statements]
    head = list(range(len(statements)))

    def top(i: int) -> int:
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    for i, j in _links(statements, words):
        a, b = sorted((top(i), top(j)))
        head[b] = a
    numbers: dict[int, int] = {}
    return [numbers.setdefault(top(i), len(numbers) + 1) for i in range(len(statements))]


def _links(statements: Sequence[FoundStatement], words: list[str]) -> list[tuple[int, int]]:
    """Pairs that report the same words: all verbatim repeats, and the best match of each paraphrase."""
    links: list[tuple[int, int]] = []
    best: dict[int, tuple[float, int]] = {}
    for i, j in _candidates(statements, words):
        a, b = statements[i], statements[j]
        if not _may_be_same(a, b):
            continue
        one, other = gist(words[i]), gist(words[j])
        found = agreement(one, other)
        if _inside(a, b):
            links.append((i, j))
        elif _is_repeat(found, one, other):
            if min(len(one.words), len(other.words)) >= LONG:
                links.append((i, j))
            else:  # a scrap may stand in several quotes: it belongs to one of them
                k, whole = (i, j) if len(one.words) <= len(other.words) else (j, i)
                best[k] = max(best.get(k, (0.0, -1)), (1.0 + found.score, -whole))
        elif not _inside(a, b, touching=True):
            reported = [k for k in (i, j) if statements[k].kind in ("indirect", "mixed")]
            if reported and _is_paraphrase(found, one, len(reported) == 2):
                for k in reported:
                    best[k] = max(best.get(k, (0.0, -1)), (found.score, -(j if k == i else i)))
    return links + [(k, -other) for k, (_, other) in best.items()]


def _candidates(statements: Sequence[FoundStatement], words: list[str]) -> list[tuple[int, int]]:
    """Pairs worth a look: by one actor, with three notions in common (or a statement too short for that)."""
    by_actor: dict[str, list[int]] = {}
    for i, statement in enumerate(statements):
        if statement.kind not in ("answer", "own"):
            by_actor.setdefault(_surname(statement.actor), []).append(i)
    pairs = _nested(statements, by_actor.pop("", []))
    for numbers in by_actor.values():
        holders: dict[str, list[int]] = {}
        for j in numbers:
            seen: dict[int, int] = {}
            for notion in gist(words[j]).notions:
                for i in holders.get(notion, ())[-MOST_HOLDERS:]:
                    seen[i] = seen.get(i, 0) + 1
                holders.setdefault(notion, []).append(j)
            size = len(gist(words[j]).notions)
            pairs += [(i, j) for i, count in seen.items() if count >= min(3, size, len(gist(words[i]).notions))]
    return sorted(pairs)


def _nested(statements: Sequence[FoundStatement], numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of which one stands within the reach of the other: statements of nobody known are one only then."""
    pairs: list[tuple[int, int]] = []
    reaching: list[int] = []
    for j in sorted(numbers, key=lambda n: statements[n].content[0].start):
        start = statements[j].content[0].start
        reaching = [i for i in reaching if statements[i].content[-1].end > start]
        pairs += [(min(i, j), max(i, j)) for i in reaching]
        reaching.append(j)
    return pairs


def _surname(actor: str | None) -> str:
    return actor.split()[-1].casefold() if actor and actor.split() else ""


def _may_be_same(a: FoundStatement, b: FoundStatement) -> bool:
    """True when actor and date allow two statements to be one utterance."""
    if a.actor and b.actor and a.actor.casefold() != b.actor.casefold():
        one, other = sorted((a.actor.casefold(), b.actor.casefold()), key=len)
        if not other.endswith(" " + one):
            return False
    if (a.actor is None) != (b.actor is None) or (a.actor is None and not _inside(a, b)):
        return False
    return meet(a.when, b.when)


def meet(a: When | None, b: When | None) -> bool:
    """True when two dates can be the same day; an unknown date can be any."""
    if a is None or b is None:
        return True
    starts_in_time = a.earliest is None or b.latest is None or a.earliest <= b.latest
    return starts_in_time and (b.earliest is None or a.latest is None or b.earliest <= a.latest)


def _inside(a: FoundStatement, b: FoundStatement, touching: bool = False) -> bool:
    """True when one stands inside the other and was said at the same time; or, `touching`, when they overlap at all."""
    if touching:
        return any(s.overlaps(t) for s in a.content for t in b.content)
    if a.when != b.when and a.when and b.when and (a.when.earliest, a.when.latest) != (b.when.earliest, b.when.latest):
        return False
    small, large = sorted((a, b), key=lambda one: sum(span.end - span.start for span in one.content))
    return all(any(s.within(t) for t in large.content) for s in small.content)


def _is_repeat(found: Agreement, one: Gist, other: Gist) -> bool:
    """True when the shorter text stands nearly word for word in the longer one, and is more than a name."""
    least = min(len(one.words), len(other.words))
    return least >= SCRAP and found.verbatim >= max(SCRAP, _VERBATIM_SHARE * least) and _matter(found, one) >= 1


def _is_paraphrase(found: Agreement, one: Gist, both_reported: bool) -> bool:
    """True when reported speech says what the other says: enough in common, and not names alone."""
    if both_reported:
        return found.score >= REPEATED and len(found.shared) >= 4 and _matter(found, one) >= 3
    return found.score >= PARAPHRASE and len(found.shared) >= 3 and _matter(found, one) >= 2


def _matter(found: Agreement, one: Gist) -> int:
    """How many of the notions in common are more than names."""
    return sum(one.notions[notion] >= WORD for notion in found.shared)
