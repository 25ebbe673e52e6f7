"""Groups statements by utterance: which report the same words, and what people cut or linked.

Plain likeness of strings fails here (independent translations share a third of their words), so statements are
compared by their gists among those of one actor whose dates can be the same day.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from index.compare.gists import WORD, Agreement, Gist, agreement, gist, rarities
from index.utterances.reports import DAY, Report, closeness, days, near, printed_together

RARE = 8  # so many of a statement's rarest notions lead to others
NEAREST = 32  # statements with a rare notion in common that are looked at, the latest ones
SAME_DAY, SOME_DAY, NEXT_DAY = 0.46, 0.60, 0.70  # agreement needed, by how sure it is that the dates are one
SAME_PRINT, FULL = 0.52, 5  # where only the day of printing is the same: agreement, notions that the shorter one has
WHOLE = ("answer", "own")  # kinds of statements that are whole paragraphs of a transcript or release
LONG = 6  # words with matter in one run: more than chance, whoever is named as the speaker


Pair = tuple[int, int]


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
                if verbatim >= max(LONG, 0.8 * max(len(one.words), len(other.words))) and closeness(a, b):
                    yield _Link(a, b, 1.0, True)


def _judged(a: Report, b: Report, found: Agreement, one: Gist, other: Gist) -> _Link | None:
    """A link when the two agree as much as their dates ask for."""
    close = closeness(a, b)
    if not close:
        return None
    least, most = sorted((len(one.words), len(other.words)))
    whole = (a.kind in WHOLE) + (b.kind in WHOLE)
    if whole:  # a quote from a transcript is a piece of it; two transcripts are one when they are copies
        copied = found.verbatim >= (max(5, 0.75 * least) if whole == 1 else max(LONG, 0.8 * most))
        return _Link(a, b, found.score + 0.1 * close, True) if copied and close > 1 else None
    piece = found.verbatim >= max(3, 0.75 * least) or (found.covered >= 0.8 and len(found.shared) >= 5)
    needed = {3: SAME_DAY, 2: SOME_DAY, 1: NEXT_DAY}[close]
    matter = sum(one.notions[notion] >= WORD for notion in found.shared)  # names alone are but the topic
    if close == 3 or (close == 2 and printed_together(a, b) and min(len(one.notions), len(other.notions)) >= FULL):
        needed = min(needed, SAME_PRINT)
        enough = len(found.shared) >= 3 and matter >= 2
    else:
        enough = len(found.shared) >= 4 and matter >= 3
    if found.verbatim >= max(4, 0.8 * least) or (found.score >= needed and enough):
        return _Link(a, b, found.score + 0.1 * close, piece)
    return None


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
            if any(closeness(a, b) == 0 for a, b in sample):
                return
            agreed = sum(agreement(gist(a.text), gist(b.text)).score for a, b in sample) / len(sample)
            if agreed < 0.8 * SAME_DAY:
                return
        self.join(link.a.id, link.b.id, by_hand=False)

    def groups(self) -> list[list[int]]:
        """The groups, rising."""
        return sorted(sorted(ids) for ids in self.members.values())
