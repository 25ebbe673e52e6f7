"""What changed, in words: one line for each number, date, name, negation, modal verb, hedge or commitment that
changed, for each sentence or clause dropped, added or moved. Rules only; every line knows its places in both texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.compare.gists import stem
from index.compare.signals import DATES, HEDGES, MODALS, MONTHS, NEGATIONS, SMALL, TITLES, UNITS
from index.compare.tokens import FUNCTION_WORDS, Tokens
from index.model import Change, Part, Span

MOST = 400  # lines; nobody reads more
REWORDED = 5  # words: longer rewordings are not repeated as a line
BRIDGE = 3  # equal words across which numbers and dates still answer to each other
RELATED = 30  # words: in longer changes single words are not paired with one another

# What the lines are about, in the order they are told for one place.
KINDS = (
    "number", "date", "name", "negation", "modal", "hedge", "commitment", "wording", "dropped", "added", "moved"
)  # fmt: skip

DETERMINERS = frozenset("a an the this that no any each every another such some".split())
_NUMBER = re.compile(r"[-+]?\d[\d.,/:]*(?:st|nd|rd|th)?(?:-\d[\d.,/]*)?")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")  # "a 25-basis-point increase" is one of 25 basis points
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_COMMITMENT = re.compile(
    r"\b(?:(?:I|we|will|shall)\s(?:\w+\s){0,2}?(?:pledge|promise|commit|guarantee|undertake|vow|ensure|reaffirm|defend|"
    r"support|respond|act|continue|provide|fulfil+|honou?r|protect|stand by|keep|maintain)\b"
    r"|\b(?:is|are|am|stands?|remains?|stay)\s(?:\w+\s){0,2}?(?:committed|prepared|ready|obliged|bound|determined)"
    r"\s(?:to|for)\b"
    r"|\b(?:pledg|promis|guarante|vow|undert)\w+\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a change: its words (tokens) in one text."""

    text: Tokens
    words: tuple[int, ...]

    def keys(self) -> list[str]:
        return [self.text.key[token] for token in self.words]

    def without(self, words: set[int]) -> _Side:
        """The same side without some of its words."""
        return _Side(self.text, tuple(token for token in self.words if token not in words))

    def span(self, first: int, last: int) -> Span:
        """From the first to the last of some tokens."""
        return Span(self.text.start[first], self.text.end[last])


def summary(left: Tokens, right: Tokens, redline: Sequence[Part]) -> tuple[Change, ...]:
    """The lines, in the order of the redline. `Change.left` or `right` is None where that side has nothing."""
    kept_left, kept_right = _kept(redline)
    gone, came = _gone(left, kept_left, 0.75), _gone(right, kept_right, 0.75)
    changes = _sentences(left, gone, "dropped") + _sentences(right, came, "added")
    told = (gone, came)
    gone, came = _gone(left, kept_left, 0.9), _gone(right, kept_right, 0.9)  # their words need no lines of their own
    clauses: tuple[set[int], set[int]] = (set(), set())  # the words of long ones on either side
    for bridge in (0, BRIDGE):
        for group in _groups(redline, bridge, left.text):
            ours = _Side(left, _words(left, [part.left for part in group], gone))
            theirs = _Side(right, _words(right, [part.right for part in group], came))
            if bridge and ours.words and theirs.words:
                changes += _figures(ours, theirs)
            elif bridge:
                changes += _figures(ours.without(clauses[0]), theirs.without(clauses[1]))
            elif ours.words or theirs.words:
                clause = _clause(ours, theirs, told)
                if clause and len(ours.words or theirs.words) > REWORDED:
                    changes.append(clause)
                    clauses[0].update(ours.words)
                    clauses[1].update(theirs.words)
                    continue
                lines = _lines(ours, theirs) + _names(ours, theirs)
                is_told = lines or _figures(ours, theirs) or not _is_new(ours, theirs)
                changes += [clause] if clause and not is_told else lines
    changes += _moved(left.text, right.text, redline)
    return tuple(sorted(set(changes), key=_place)[:MOST])


def _place(change: Change) -> tuple[int, int, int, str, str]:
    """Order of reading: by the earlier of both places, then by kind."""
    starts = [span.start for span in (change.left, change.right) if span]
    return (min(starts), max(starts), KINDS.index(change.kind), change.before, change.after)


def _kept(redline: Sequence[Part]) -> tuple[list[Span], list[Span]]:
    """The spans that stayed (or moved, or changed in a minor way) on either side."""
    stayed = [part for part in redline if part.op in ("equal", "move") or part.minor]
    return [p.left for p in stayed if p.left], [p.right for p in stayed if p.right]


def _groups(redline: Sequence[Part], bridge: int, left: str) -> Iterator[list[Part]]:
    """Neighbouring parts that changed, as one change; also with up to `bridge` equal words between them."""
    group: list[Part] = []
    between = 0
    for part in redline:
        if part.op in ("insert", "delete", "replace") and not part.minor:
            group.append(part)
            between = 0
        elif group and (part.op == "equal" or part.minor):
            between += len(part.left.of(left).split()) if part.left else 0
            if between > bridge:
                yield group
                group = []
        elif group:
            yield group
            group = []
    if group:
        yield group


def _words(text: Tokens, spans: Iterable[Span | None], without: frozenset[int] = frozenset()) -> tuple[int, ...]:
    """The words (tokens) that begin in some spans, but for those of some sentences."""
    found: list[int] = []
    for span in spans:
        if span:
            first, stop = bisect_left(text.start, span.start), bisect_left(text.start, span.end)
            found += [k for k in range(first, stop) if text.key[k] and text.sentence[k] not in without]
    return tuple(found)


# --- the lines of one change -----------------------------------------------------------------------------------------


def _lines(ours: _Side, theirs: _Side) -> list[Change]:
    """Negations, modals, hedges and short rewordings of one change."""
    changes: list[Change] = []
    if _are_related(ours, theirs):
        for kind, found in (("modal", _modals), ("negation", _negations)):
            changes += _paired(kind, ours, theirs, found(ours), found(theirs))
        changes += _hedges(ours, theirs)
    figures = _figures(ours, theirs)
    if not changes and not figures and 0 < len(ours.words) <= REWORDED and 0 < len(theirs.words) <= REWORDED:
        matter = any(key not in FUNCTION_WORDS for key in ours.keys() + theirs.keys())
        capital = all(_is_capital(side, token) for side in (ours, theirs) for token in side.words)
        if matter and not capital:
            ends = [(side.words[0], side.words[-1]) for side in (ours, theirs)]
            changes.append(_change("wording", ours, theirs, ends[0], ends[1]))
    return changes


def _figures(ours: _Side, theirs: _Side) -> list[Change]:
    """Numbers and dates of one change."""
    if not _are_related(ours, theirs):
        return []
    dates = _paired("date", ours, theirs, _dates(ours), _dates(theirs))
    return dates + _paired("number", ours, theirs, _numbers(ours), _numbers(theirs))


def _are_related(ours: _Side, theirs: _Side) -> bool:
    """True when a change is short enough for its words to answer to each other."""
    return max(len(ours.words), len(theirs.words)) <= RELATED


_Place = tuple[int, int, str]  # first token, last token, what it says


def _paired(kind: str, ours: _Side, theirs: _Side, left: list[_Place], right: list[_Place]) -> list[Change]:
    """Lines for what stands only on one side; what is left over is paired in order."""
    if not left and not right:
        return []
    before = Counter(says for _, _, says in left)
    after = Counter(says for _, _, says in right)
    left = _only(left, before - after)
    right = _only(right, after - before)
    changes = []
    for k in range(max(len(left), len(right))):
        one = left[k][:2] if k < len(left) else None
        other = right[k][:2] if k < len(right) else None
        changes.append(_change(kind, ours, theirs, one, other))
    return changes


def _only(places: list[_Place], wanted: Counter[str]) -> list[_Place]:
    """The first places of each saying, as many as are wanted."""
    left = Counter(wanted)
    found = []
    for place in places:
        if left[place[2]] > 0:
            left[place[2]] -= 1
            found.append(place)
    return found


def _change(
    kind: str, ours: _Side, theirs: _Side, one: tuple[int, int] | None, other: tuple[int, int] | None
) -> Change:
    left = ours.span(*one) if one else None
    right = theirs.span(*other) if other else None
    before = left.of(ours.text.text) if left else ""
    after = right.of(theirs.text.text) if right else ""
    return Change(kind, " ".join(before.split()), " ".join(after.split()), left, right)


def _numbers(side: _Side) -> list[_Place]:
    """Numbers with their unit. What they say is number and unit: "25 basis points"."""
    found: list[_Place] = []
    for token in side.words:
        key = side.text.key[token]
        if not _NUMBER.match(key) or _YEAR.fullmatch(key) or _is_date(side, token) or _is_pronoun(side, token):
            continue
        if found and token <= found[-1][1]:
            continue
        first = token - 2 if token >= 2 and _range_end(side, token - 2) == token else token
        first -= first > 0 and side.text.key[first - 1] in ("$", "€", "£", "¥", "₽")
        last = _range_end(side, token)
        limit = last + 2
        while last + 1 < len(side.text.key) and side.text.key[last + 1] in UNITS and last < limit:
            last += 1
        found.append((first, last, _HYPHEN.sub(" ", " ".join(side.text.key[first : last + 1]))))
    return found


def _is_pronoun(side: _Side, token: int) -> bool:
    """True for a "one" that counts nothing: "a good one.", "no one", "one must"; not for "one boat", "one in three"."""
    text = side.text
    if text.surface(token).casefold() != "one":
        return False
    if token and text.key[token - 1] in DETERMINERS:
        return True
    if token + 1 == len(text.key) or not text.key[token + 1][:1].isalnum():
        return True
    after = text.key[token + 1]
    counted = after in ("in", "to", "or") and token + 2 < len(text.key) and bool(_NUMBER.match(text.key[token + 2]))
    return after in FUNCTION_WORDS and not counted


def _range_end(side: _Side, token: int) -> int:
    """The last number of "0 to 1/4" or "20-30", the number itself else."""
    keys = side.text.key
    if token + 2 < len(keys) and _NUMBER.match(keys[token]) and _NUMBER.match(keys[token + 2]):
        between = side.text.text[side.text.end[token] : side.text.start[token + 2]].strip()
        if between in ("to", "–", "-", "or") and not _YEAR.fullmatch(keys[token + 2]):
            return token + 2
    return token


def _is_date(side: _Side, token: int) -> bool:
    """True for a number beside a month: a day."""
    beside = [k for k in (token - 1, token + 1) if 0 <= k < len(side.text.key)]
    return any(
        side.text.key[k] in MONTHS and (side.text.text[side.text.start[k]].isupper() or side.text.key[k] in SMALL)
        for k in beside
    )


def _dates(side: _Side) -> list[_Place]:
    """Years, months with their days, weekdays: neighbours as one date."""
    found: list[_Place] = []
    for token in side.words:
        key = side.text.key[token]
        capital = side.text.text[side.text.start[token]].isupper()
        month = key in DATES and (capital or key not in ("may", "march", "spring"))
        if not (month or _YEAR.fullmatch(key) or (key[:1].isdigit() and _is_date(side, token))):
            continue
        if found and token - found[-1][1] <= 2:
            first = found[-1][0]
            found[-1] = (first, token, " ".join(k for k in side.text.key[first : token + 1] if k))
        else:
            found.append((token, token, key))
    return found


def _modals(side: _Side) -> list[_Place]:
    """Modal verbs with what follows; what they say is the modal alone (without its negation)."""
    return [
        (token, _behind(side, token, 2), side.text.key[token].replace("won't", "will").replace("n't", ""))
        for token in side.words
        if side.text.key[token] in MODALS and not (side.text.key[token] == "may" and _is_capital(side, token))
    ]


def _negations(side: _Side) -> list[_Place]:
    """Negations with what they negate; all say the same, so that only a change in their number is one."""
    return [
        (token, _behind(side, token, 2), "not")
        for token in side.words
        if side.text.key[token] in NEGATIONS or side.text.key[token].endswith("n't")
    ]


def _behind(side: _Side, token: int, words: int) -> int:
    """The token so many words further on, not beyond the sentence or a mark."""
    last = token
    while words and last + 1 < len(side.text.key) and side.text.key[last + 1]:
        last += 1
        words -= 1
    return last


def _hedges(ours: _Side, theirs: _Side) -> list[Change]:
    """Words that soften, on one side only."""
    places = []
    for side in (ours, theirs):
        keys = zip(side.words, side.keys(), strict=True)
        places.append([(token, token, key) for token, key in keys if key in HEDGES])
    return _paired("hedge", ours, theirs, places[0], places[1])


# --- sentences and names ---------------------------------------------------------------------------------------------


def _gone(text: Tokens, kept: list[Span], share: float) -> frozenset[int]:
    """The sentences of whose words at least such a share went."""
    stayed = [0] * len(text.sentences)
    for span in kept:
        for token in range(bisect_left(text.start, span.start), bisect_left(text.start, span.end)):
            if text.key[token]:
                stayed[text.sentence[token]] += 1
    words = Counter([text.sentence[token] for token in text.words])
    return frozenset(n for n, count in words.items() if count >= 3 and stayed[n] <= (1 - share) * count)


def _clause(ours: _Side, theirs: _Side, told: tuple[frozenset[int], frozenset[int]]) -> Change | None:
    """A line for neighbouring words that stand on one side only; None where both sides have words, where the words lie in
    several sentences, or in one that is told as a whole."""
    side, whole = (ours, told[0]) if ours.words else (theirs, told[1])
    sentences = {side.text.sentence[token] for token in side.words}
    if (ours.words and theirs.words) or len(sentences) > 1 or sentences & whole:
        return None
    kind = "dropped" if ours.words else "added"
    ends = (side.words[0], side.words[-1])
    change = _change(kind, ours, theirs, ends if ours.words else None, ends if theirs.words else None)
    return replace(change, kind="commitment") if _COMMITMENT.search(change.before or change.after) else change


def _is_new(ours: _Side, theirs: _Side) -> bool:
    """True when a few words of one side say something, and something that the other text says nowhere."""
    side, other = (ours, theirs) if ours.words else (theirs, ours)
    keys = {side.text.key[token] for token in side.words}
    return not _known(other.text).issuperset(_stem(key) for key in keys - FUNCTION_WORDS)


def _sentences(text: Tokens, numbers: frozenset[int], kind: str) -> list[Change]:
    """A line for each sentence dropped or added; one with a pledge is a commitment dropped or added."""
    changes: list[Change] = []
    for number in sorted(numbers):
        span = text.sentences[number]
        words = " ".join(span.of(text.text).split())
        what = "commitment" if _COMMITMENT.search(words) else kind
        dropped = kind == "dropped"
        changes.append(Change(what, words, "", span, None) if dropped else Change(what, "", words, None, span))
    return changes


def _names(ours: _Side, theirs: _Side) -> list[Change]:
    """Names that changed and that the other text has nowhere; in a short change one put for the other is one line."""
    known_left, known_right = _known(ours.text), _known(theirs.text)
    gone = [place for place in _named(ours) if not known_right.issuperset(_key_words(ours.text, place))]
    came = [place for place in _named(theirs) if not known_left.issuperset(_key_words(theirs.text, place))]
    if len(gone) == len(came) == 1 and max(len(ours.words), len(theirs.words)) <= REWORDED:
        return [_change("name", ours, theirs, gone[0], came[0])]
    changes = [_change("name", ours, theirs, place, None) for place in gone]
    return changes + [_change("name", ours, theirs, None, place) for place in came]


@lru_cache(maxsize=4)
def _known(text: Tokens) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(_stem(key) for key in set(text.key) if key)


def _stem(key: str) -> str:
    """A word without its ending, also without that of a people ("Marvenia's", "Marvenian"), for telling new names."""
    return stem(key.removesuffix("'s").removesuffix("'"))


def _key_words(text: Tokens, place: tuple[int, int]) -> list[str]:
    return [_stem(key) for key in text.key[place[0] : place[1] + 1] if len(key) > 1]


def _named(side: _Side) -> list[tuple[int, int]]:
    """Runs of words with capitals inside a sentence (first and last token): names, in so far as capitals tell."""
    found: list[tuple[int, int]] = []
    for token in side.words:
        key = side.text.key[token]
        if not _is_capital(side, token) or key in DATES or key in TITLES or (len(key) > 1 and key in FUNCTION_WORDS):
            continue
        dot = side.text.text[side.text.end[token - 1] - 1] == "." and not side.text.key[token - 1]
        if found and found[-1][1] == (token - 2 if dot else token - 1):
            found[-1] = (found[-1][0], token)  # "Susan S. Bies", "St. Louis"
        else:
            found.append((token, token))
    return [place for place in found if side.text.end[place[1]] - side.text.start[place[0]] > 1]


def _is_capital(side: _Side, token: int) -> bool:
    """True when a word begins with a capital that is not the capital of its sentence."""
    if not side.text.text[side.text.start[token]].isupper():
        return False
    if side.text.surface(token).isupper() and len(side.text.surface(token)) > 1:
        return True
    before = token - 1
    while before >= 0 and not side.text.key[before] and side.text.sentence[before] == side.text.sentence[token]:
        if side.text.text[side.text.start[before]] in "“\"«„‘":
            return False
        before -= 1
    return before >= 0 and side.text.sentence[before] == side.text.sentence[token]


def _moved(left: str, right: str, redline: Sequence[Part]) -> list[Change]:
    """A line for each moved block."""
    places: dict[int, tuple[list[Span], list[Span]]] = {}
    for part in redline:
        if part.op == "move" and part.move is not None:
            both = places.setdefault(part.move, ([], []))
            for spans, span in ((both[0], part.left), (both[1], part.right)):
                if span:
                    spans.append(span)
    changes = []
    for ours, theirs in places.values():
        if ours and theirs:
            a, b = Span(ours[0].start, ours[-1].end), Span(theirs[0].start, theirs[-1].end)
            changes.append(Change("moved", " ".join(a.of(left).split()), " ".join(b.of(right).split()), a, b))
    return changes
