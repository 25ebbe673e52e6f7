"""Which statements of a library report the same words: one utterance in several outlets, what they disagree about,
who had it first and which version to cite.

Plain likeness of strings fails here (independent translations share a third of their words), so statements are
compared by their gists among those of one actor whose dates can be the same day.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from index.compare import compare
from index.compare.gists import WORD, Agreement, Gist, agreement, gist, rarities
from index.model import Conflict, Document, Span, Statement, Utterance, When

REPORTING = timedelta(days=10)  # words of unknown date were said at most so long before they were printed
DAY = timedelta(days=1)
RARE = 8  # so many of a statement's rarest notions lead to others
NEAREST = 32  # statements with a rare notion in common that are looked at, the latest ones
SAME_DAY, SOME_DAY, NEXT_DAY = 0.46, 0.60, 0.70  # agreement needed, by how sure it is that the dates are one
WHOLE = ("answer", "own")  # kinds of statements that are whole paragraphs of a transcript or release
LONG = 6  # words with matter in one run: more than chance, whoever is named as the speaker


@dataclass(frozen=True, slots=True)
class Report:
    """A statement as far as it matters for utterances. `utterance` is the number it already has; None: to be found."""

    id: int
    document_id: int
    text: str
    kind: str
    actor: int | str | None
    said: When | None = None
    published: When | None = None
    outlet: str | None = None
    via: tuple[str, ...] = ()
    utterance: int | None = None


def report(statement: Statement, document: Document) -> Report:
    """A statement of a library as a report."""
    return Report(
        statement.id, statement.document_id, statement.text, statement.kind, statement.actor_id, statement.when,
        document.published, document.outlet, statement.via, statement.utterance_id,
    )  # fmt: skip


Pair = tuple[int, int]


def clusters(
    reports: Sequence[Report], *, cut: Collection[Pair] = (), linked: Collection[Pair] = ()
) -> list[Utterance]:
    """The utterances of two statements or more, with conflicts, the earliest and the one to cite, by smallest id.

    `cut` and `linked` are pairs of statement ids that a person judged: a cut pair never ends in one utterance, a linked
    one always does. `Utterance.id` is the number its statements already had, else the smallest statement id.
    """
    by_id = {one.id: one for one in reports}
    return [described([by_id[i] for i in ids]) for ids in groups(reports, cut=cut, linked=linked) if len(ids) > 1]


def groups(
    reports: Sequence[Report],
    *,
    new: Collection[int] | None = None,
    cut: Collection[Pair] = (),
    linked: Collection[Pair] = (),
) -> list[list[int]]:
    """Statement ids grouped by utterance, single ones included; each group and the list rise by id.

    Statements with the same `utterance` number start in one group. With `new` (ids) only pairs with at least one of
    them are looked at: pass the new statements and those near them (`near`), and only groups with new ones change.
    """
    union = _Union(reports, cut)
    first: dict[int, int] = {}
    for one in reports:
        if one.utterance is not None:
            union.join(first.setdefault(one.utterance, one.id), one.id, by_hand=False)
    for a, b in sorted(linked):
        if a in union.head and b in union.head:
            union.join(a, b, by_hand=True)
    fresh = None if new is None else frozenset(new)
    for link in sorted(_links(reports, fresh), key=lambda link: (-link.score, link.a.id, link.b.id)):
        union.link(link)
    return union.groups()


def near(one: Report) -> tuple[date | None, date | None]:
    """The days between which another report of the same words can have been said: what to ask the store for."""
    earliest, latest = days(one)
    return earliest - DAY if earliest else None, latest + DAY if latest else None


# --- pairs ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Link:
    a: Report
    b: Report
    score: float
    piece: bool  # one is a piece of the other


def _links(reports: Sequence[Report], new: frozenset[int] | None) -> Iterator[_Link]:
    """Pairs that report the same words, with how sure that is. The gists of one actor at a time are in memory."""
    by_actor: dict[int | str | None, list[Report]] = defaultdict(list)
    for one in reports if new is None else _near_new(reports, new):
        by_actor[one.actor].append(one)
    alike: dict[int, list[Report]] = defaultdict(list)
    for actor, ones in by_actor.items():
        gists = [gist(one.text) for one in ones]
        for one, words in zip(ones, (found.words for found in gists), strict=True):
            if len(words) >= LONG:
                alike[min(crc32(" ".join(words[k : k + 6]).encode()) for k in range(len(words) - 5))].append(one)
        if actor is not None:
            yield from _links_of_one(ones, gists, new)
    yield from _copies(alike.values(), new)


def _near_new(reports: Sequence[Report], new: frozenset[int]) -> Iterator[Report]:
    """The new reports and those that can have been said on the days of a new one: the others need no look."""
    spans = [near(one) for one in reports if one.id in new]
    starts, ends = [start for start, _ in spans if start], [end for _, end in spans if end]
    earliest = min(starts) if starts and len(starts) == len(spans) else date.min
    latest = max(ends) if ends and len(ends) == len(spans) else date.max
    for one in reports:
        start, end = days(one)
        if one.id in new or ((start or date.min) <= latest and (end or date.max) >= earliest):
            yield one


def _links_of_one(ones: list[Report], gists: list[Gist], new: frozenset[int] | None) -> Iterator[_Link]:
    """The links among the reports of one actor."""
    rarity = rarities(gists)
    for i, j in _candidates(ones, gists, rarity, new):
        found = agreement(gists[i], gists[j])
        if rarity and sum(rarity.get(notion, 1.0) for notion in found.shared) < 1.0:
            continue  # they share no more than this actor says every day
        link = _judged(ones[i], ones[j], found, gists[i], gists[j])
        if link:
            yield link


def _candidates(
    ones: list[Report], gists: list[Gist], rarity: dict[str, float], new: frozenset[int] | None
) -> Iterator[Pair]:
    """Pairs (positions) of one actor's reports in different documents that share rare notions and can share a day."""
    spans = [days(one) for one in ones]
    holders: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=NEAREST))
    for j in sorted(range(len(ones)), key=lambda i: (spans[i][0] or date.min, ones[i].id)):
        notions = gists[j].notions
        rare = sorted(notions, key=lambda n: (-notions[n] * rarity.get(n, 1.0), n))[:RARE]
        start = spans[j][0]
        shared: dict[int, int] = defaultdict(int)
        for notion in rare:
            others = holders[notion]
            while start and others and (spans[others[0]][1] or date.max) < start - DAY:
                others.popleft()  # all that follow start later still
            for i in others:
                shared[i] += 1
            others.append(j)
        for i, count in shared.items():
            if count < 2 and count < min(len(gists[i].notions), len(rare)):
                continue
            if (new is None or ones[i].id in new or ones[j].id in new) and ones[i].document_id != ones[j].document_id:
                yield i, j


def _copies(alike: Iterable[list[Report]], new: frozenset[int] | None) -> Iterator[_Link]:
    """Long quotes that are word for word the same though another speaker, or none, is named.

    `alike` are lists of reports with the same least run of six words.
    """
    for ones in alike:
        for k, b in enumerate(ones[:NEAREST]):
            for a in ones[:k]:
                fresh = new is None or a.id in new or b.id in new
                if a.document_id == b.document_id or not fresh or (a.actor == b.actor and a.actor is not None):
                    continue
                one, other = gist(a.text), gist(b.text)
                verbatim = agreement(one, other).verbatim
                if verbatim >= max(LONG, 0.8 * max(len(one.words), len(other.words))) and _closeness(a, b):
                    yield _Link(a, b, 1.0, True)


def _judged(a: Report, b: Report, found: Agreement, one: Gist, other: Gist) -> _Link | None:
    """A link when the two agree as much as their dates ask for."""
    closeness = _closeness(a, b)
    if not closeness:
        return None
    least, most = sorted((len(one.words), len(other.words)))
    whole = (a.kind in WHOLE) + (b.kind in WHOLE)
    if whole:  # a quote from a transcript is a piece of it; two transcripts are one when they are copies
        copied = found.verbatim >= (max(5, 0.75 * least) if whole == 1 else max(LONG, 0.8 * most))
        return _Link(a, b, found.score + 0.1 * closeness, True) if copied and closeness > 1 else None
    piece = found.verbatim >= max(3, 0.75 * least) or (found.covered >= 0.8 and len(found.shared) >= 5)
    needed = {3: SAME_DAY, 2: SOME_DAY, 1: NEXT_DAY}[closeness]
    matter = sum(one.notions[notion] >= WORD for notion in found.shared)  # names alone are but the topic
    enough = len(found.shared) >= 3 and matter >= 2 if closeness == 3 else len(found.shared) >= 4 and matter >= 3
    if found.verbatim >= max(4, 0.8 * least) or (found.score >= needed and enough):
        return _Link(a, b, found.score + 0.1 * closeness, piece)
    return None


def _closeness(a: Report, b: Report) -> int:
    """3: the same day, both known; 2: can be the same day; 1: a day apart (time zones, late news); 0: other days."""
    (start, end), (first, last) = days(a), days(b)
    apart = max(_difference(start, last), _difference(first, end))
    if apart > 1:
        return 0
    if apart == 1:
        return 1
    return 3 if a.said and b.said and a.said.is_day and b.said.is_day else 2


def _difference(start: date | None, end: date | None) -> int:
    return (start - end).days if start and end else 0


def days(one: Report) -> tuple[date | None, date | None]:
    """From when to when it can have been said: as stated, else the days before publication."""
    printed = one.published.latest if one.published else None
    if one.said and (one.said.earliest or one.said.latest):
        return one.said.earliest, one.said.latest or printed
    if one.published is None or printed is None:
        return None, None
    return (one.published.earliest or printed) - REPORTING, printed


class _Union:
    """Statements in groups that grow; a group never holds a pair that a person cut."""

    def __init__(self, reports: Iterable[Report], cut: Collection[Pair]) -> None:
        self.report = {one.id: one for one in reports}
        self.head = {i: i for i in self.report}
        self.members = {i: [i] for i in self.report}
        self.cut: dict[int, set[int]] = defaultdict(set)
        for a, b in cut:
            self.cut[a].add(b)
            self.cut[b].add(a)

    def join(self, a: int, b: int, *, by_hand: bool) -> None:
        """Make one group of two, unless a cut stands between them (a link by hand stands above it)."""
        x, y = sorted((self.head[a], self.head[b]))
        if x == y or (not by_hand and any(self.cut[i] & set(self.members[y]) for i in self.members[x])):
            return
        for i in self.members[y]:
            self.head[i] = x
        self.members[x] += self.members.pop(y)

    def link(self, link: _Link) -> None:
        """Join two groups if their other members allow it: dates that can meet, no two utterances of one document."""
        ours, theirs = self.members[self.head[link.a.id]], self.members[self.head[link.b.id]]
        if ours is theirs or len(ours) + len(theirs) > 400:
            return
        documents = {self.report[i].document_id for i in ours}
        if not link.piece and any(self.report[i].document_id in documents for i in theirs):
            return
        if len(ours) > 1 or len(theirs) > 1:
            sample = [(self.report[i], self.report[j]) for i in ours[:6] for j in theirs[:6]]
            if any(_closeness(a, b) == 0 for a, b in sample):
                return
            agreed = sum(agreement(gist(a.text), gist(b.text)).score for a, b in sample) / len(sample)
            if agreed < 0.8 * SAME_DAY:
                return
        self.join(link.a.id, link.b.id, by_hand=False)

    def groups(self) -> list[list[int]]:
        """The groups, rising."""
        return sorted(sorted(ids) for ids in self.members.values())


# --- what a cluster shows ---------------------------------------------------------------------------------------------


def described(reports: Sequence[Report]) -> Utterance:
    """The utterance that some reports are of: earliest, version to cite, conflicts."""
    ordered = sorted(reports, key=lambda one: one.id)
    cite, reasons = to_cite(ordered)
    numbers = {one.utterance for one in ordered if one.utterance is not None}
    return Utterance(
        id=min(numbers) if numbers else ordered[0].id,
        statements=tuple(one.id for one in ordered),
        earliest=earliest(ordered),
        conflicts=conflicts(ordered),
        cite=cite,
        cite_reasons=reasons,
    )


def earliest(reports: Sequence[Report]) -> int | None:
    """The statement that was published first; None when no publication date is known."""
    dated = [(one.published.earliest or one.published.latest, one.id) for one in reports if one.published]
    known = [(day, number) for day, number in dated if day]
    return min(known)[1] if known else None


def to_cite(reports: Sequence[Report]) -> tuple[int | None, tuple[str, ...]]:
    """The statement to cite, and codes of what speaks for it.

    In this order: a direct quote before reported speech; the outlet that the others name as their source; words at
    first hand before words through others; the more complete text; the earlier publication.
    """
    if not reports:
        return None, ()
    first = earliest(reports)
    longest = max(len(gist(one.text).words) for one in reports)
    sources = [name.casefold() for one in reports for name in one.via]

    def merits(one: Report) -> dict[str, bool]:
        return {
            "direct": one.kind in ("direct", "answer", "own"),
            "named-source": bool(one.outlet) and any(str(one.outlet).casefold() == name for name in sources),
            "first-hand": not one.via,
            "complete": len(gist(one.text).words) >= 0.8 * longest,
            "earliest": one.id == first,
        }

    best = max(reports, key=lambda one: (tuple(merits(one).values()), len(one.text), -one.id))
    return best.id, tuple(code for code, holds in merits(best).items() if holds)


def core(base: str, others: Sequence[str]) -> list[Span]:
    """The places of `base` whose words all the others have too: what every version agrees on."""
    common = [True] * len(base)
    for other in others:
        kept = [False] * len(base)
        for part in compare(base, other).redline:
            if part.left and (part.op in ("equal", "move") or part.minor):
                kept[part.left.start : part.left.end] = [True] * (part.left.end - part.left.start)
        common = [both and one for both, one in zip(common, kept, strict=True)]
    spans: list[Span] = []
    for place, holds in enumerate([*common, False]):
        if holds and (not spans or spans[-1].end < place):
            spans.append(Span(place, place + 1))
        elif holds:
            spans[-1] = Span(spans[-1].start, place + 1)
    return [span for span in spans if any(c.isalnum() for c in span.of(base))]


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
    for notion in sorted(one.notions.keys() & other.notions.keys()):
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
