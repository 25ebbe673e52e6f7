"""Reported speech by rule: “said that”, inverted and fronted cues, according to X, accused X of, noun cues, headlines.

Works on one sentence at a time and needs no model; where the tagger is at hand these rules fill what it leaves.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from index.extract.attributions import Attribution, joined
from index.extract.clauses import is_capital, is_word, main_subject, speaker_after, speaker_before
from index.extract.pages import Page
from index.extract.quotes import Quotation
from index.model import Span

# ", in the wake of ..." and the like: the reporter's own words after a reported clause
_TAILS = (
    "in the wake of",
    "in line with",
    "in response to",
    "in reference to",
    "according to",
    "referring to",
    "amid ",
    "citing ",
    "a day after",
    "days after",
    "weeks after",
    "hours after",
    "months after",
    "adding that",
    "adding, ",
    "without elaborating",
    "without giving",
    "scheduled ",
    "in a reference to",
    "in an apparent reference",
    "following ",
)
_LONGEST = 500  # tokens that are read as one sentence
_BEFORE_INVERTED = frozenset([",", "”", '"', "?", "!", "’", "»", "''", "—", "–", "-", "“", "«", "」"])
_NO_CONTENT = frozenset(["but", "in", "a", "an", "the", "who", "according"])  # after “C, X said,”: the reporter goes on
_WHEN = frozenset("on in at during late early last this earlier later of".split())


def attributions(page: Page) -> list[Attribution]:
    """What the rules find in the whole text, in reading order, quotations attached to their speakers."""
    return with_quotations(page, by_sentence(page))


def by_sentence(page: Page) -> list[Attribution]:
    """What the rules find sentence by sentence, each cue outside quotation marks tried."""
    found: list[Attribution] = []
    for sentence in page.sentences:
        tokens = page.tokens_in(sentence)
        for low in range(tokens.start, tokens.stop, _LONGEST):
            found += in_sentence(page, low, min(tokens.stop, low + _LONGEST))
    return found


def in_sentence(page: Page, low: int, high: int, level: int = -1) -> list[Attribution]:
    """Attributions of the tokens from `low` to `high` (excluded), each cue tried in turn.

    `level` -1: cues outside quotation marks; else the number of the quotation in which the cues stand.
    """
    found: list[Attribution] = []
    taken: list[Span] = []
    for rule in (_according, _accused, _noun_cue, _demand, _promise, _clause):
        for attribution in rule(page, low, high, level):
            cue = attribution.cue
            if cue is not None and any(cue.overlaps(t) for t in taken):
                continue
            found.append(attribution)
            if cue is not None:
                taken.append(cue)
    found.sort(key=lambda a: (a.cue or a.whole).start)
    return coordinated(page, found)


def _at_level(page: Page, low: int, high: int, level: int) -> Iterator[int]:
    return (at for at in range(low, high) if page.quoted[at] == level)


# --- said (that) ------------------------------------------------------------------------------------------------------


def _clause(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """NP said (that) C · C, NP said · C1, NP said, C2 · “Q,” said NP."""
    used = low
    speaker: Span | None = None
    for at in _at_level(page, low, high, level):
        if at < used or page.lower[at] not in page.words.clausal:
            continue
        if is_capital(page.tokens[at]) and at > low:
            continue
        made = _one_clause(page, at, low, high, speaker)
        if made is not None:
            yield made
            speaker = made.speaker
            cue_end = max(made.content[-1].end, made.cue.end if made.cue else 0)
            used = page.tokens_in(Span(page.starts[at], cue_end)).stop


def _one_clause(page: Page, at: int, low: int, high: int, running: Span | None = None) -> Attribution | None:
    """The attribution of the verb at `at`; a participle (“, adding that”) shares the `running` speaker."""
    if running is not None and page.lower[at].endswith("ing") and page.tokens[at - 1] == ",":
        following = _following(page, at, at + 1, high, False)
        if following is None:
            return None
        return Attribution((following,), running, page.span(at, at), rule="participle", certainty=0.7)
    subject, cue_first, after = _subject(page, at, low, high)
    if subject is None:
        return None
    fronted = _fronted(page, low, min(subject[0], cue_first), at)
    following = _following(page, at, after, high, fronted is not None)
    content = [s for s in (fronted, following) if s is not None]
    if not content:
        return None
    belief = page.lower[at] not in page.words.say
    if belief and (
        following is None or not page.text[following.start - 5 : following.start].casefold().endswith("that ")
    ):
        return None
    return Attribution(
        tuple(content),
        page.span(*subject),
        page.span(cue_first, at),
        addressee(page, at, after, high),
        rule="clause-then-speaker" if fronted and not following else "speaker-then-clause",
        certainty=0.7,
    )


def _subject(page: Page, at: int, low: int, high: int) -> tuple[tuple[int, int] | None, int, int]:
    """(speaker tokens, first token of the cue, first token after speaker and cue)."""
    before = page.tokens[at - 1] if at > low else ""
    inverted = at > low and (before in _BEFORE_INVERTED or page.quoted[at - 1] >= 0)
    found = speaker_before(page, at, low)
    if page.lower[at].endswith("ing") and page.lower[at - 1 if at > low else at] not in page.words.auxiliaries:
        main = main_subject(page, low, at)
        return main, at, at + 1
    if (
        inverted
        and page.lower[at] not in ("told", "tells", "tell", "asked")
        and not (before == "," and found is not None and found[1] == at - 2)
    ):
        after = speaker_after(page, at, high)
        if after is not None:
            return after, at, after[1] + 1
    if found is not None:
        return (found[0], found[1]), found[2], at + 1
    return None, at, at + 1


def _fronted(page: Page, low: int, end: int, cue: int) -> Span | None:
    """What stands before the speaker, when it is what was said: a clause and a comma, or a quotation."""
    last = end - 1
    if last <= low or page.tokens[last] not in (",", "”", '"', "?", "!", "»", "''", "’", "–", "—", "-", "“"):
        return None
    words = [i for i in range(low, last) if is_word(page.tokens[i])]
    split = cue + 1 < len(page.tokens) and page.tokens[cue + 1] == ","
    if len(words) < (2 if split else 3) and not any(_in_other(page, i, cue) for i in words):
        return None
    first = page.lower[low]
    quoted = any(_in_other(page, i, cue) for i in range(max(low, last - 3), last + 1))
    if not quoted and (
        first in _WHEN
        or first in ("while", "after", "before", "when", "asked", "as", "for", "speaking", "although", "with")
    ):
        return None
    if not quoted and page.lower[cue] in page.words.think:
        return None
    if (
        not quoted
        and not split
        and not any(page.lower[i] in page.words.auxiliaries or page.lower[i].endswith(("ed", "s")) for i in words)
    ):
        return None
    start = page.starts[low]
    if quoted:
        inside = [i for i in words if _in_other(page, i, cue)]
        if len(inside) < 0.6 * len(words):
            quotation = page.quotations[page.quoted[inside[-1]]]
            start = quotation.outer.start
    return Span(start, page.ends[last])


def _in_other(page: Page, at: int, cue: int) -> bool:
    """True for a token inside a quotation in which the cue does not stand."""
    return page.quoted[at] >= 0 and page.quoted[at] != page.quoted[cue]


def _following(page: Page, at: int, after: int, high: int, fronted: bool) -> Span | None:
    """What stands after the cue: (when, to whom) (that) C up to the end of the sentence."""
    first = _skip_circumstances(page, after, high, page.lower[at])
    if first >= high:
        return None
    lower = page.lower[first]
    if lower == page.words.that or lower in ("whether", "if"):
        begin = first + (lower == page.words.that)
    elif page.tokens[first] in (",", ":") and first + 1 < high:
        begin = first + 1
        if fronted and high - begin < 7 and any(page.lower[i] in page.words.say for i in range(begin, high)):
            return None
        begins = page.lower[begin] in page.words.complementizers or page.lower[begin] in _NO_CONTENT
        if fronted and begins and page.quoted[begin] < 0 and page.tokens[begin] not in ("“", '"'):
            return None
        begin += page.lower[begin] == page.words.that
    elif fronted or page.words.language != "en" or page.lower[at] not in page.words.say:
        return None
    elif page.tokens[first] in '“"«„':
        begin = first
    elif (
        lower in _WHEN
        or lower in ("to", "about", "for", "with", "against", "of", "by", "and", "or", "as", "so")
        or not (is_word(page.tokens[first]))
        or not _has_verb(page, first, high)
    ):
        return None
    else:
        begin = first
    end = _content_end(page, begin, high)
    words = sum(is_word(page.tokens[i]) for i in range(begin, end))
    if words < 2:
        return None
    return Span(page.starts[begin], page.ends[end - 1])


def _has_verb(page: Page, low: int, high: int) -> bool:
    return any(
        page.lower[i] in page.words.auxiliaries or (page.lower[i].endswith(("ed", "s")) and page.lower[i].islower())
        for i in range(low + 1, min(high, low + 14))
    )


def _skip_circumstances(page: Page, at: int, high: int, verb: str) -> int:
    """Past “on Monday”, “the newspaper”, “reporters”, “in a statement” up to “that” or a mark or the clause itself."""
    limit = min(high, at + 16)
    for place in range(at, limit):
        if page.lower[place] == page.words.that and place < at + 14 and not _breaks(page, at, place):
            return place
        if (
            page.tokens[place] == ","
            and place + 1 < limit
            and len(page.tokens[place + 1]) == 4
            and page.tokens[place + 1].isdecimal()
        ):
            continue  # "on March 14, 2029 that"
        if page.tokens[place] in ',:“"' or _in_other(page, place, at - 1):
            if page.tokens[place] == "," and place + 1 < limit and page.lower[place + 1] == page.words.that:
                return place + 1
            if place == at or _circumstance(page, at, place):
                return place
            break
    place = at
    if place < high and page.lower[place] == "on" and place + 1 < high and page.lower[place + 1] in page.words.days:
        place += 2
    elif place < high and page.lower[place] in page.words.days | {"yesterday", "today"}:
        place += 1
    if place < high and verb in ("told", "tell", "tells", "telling", "assured", "informed", "warned", "reminded"):
        while (
            place < high
            and place - at < 8
            and (
                is_capital(page.tokens[place])
                or page.lower[place]
                in (
                    "the",
                    "a",
                    "reporters",
                    "newspaper",
                    "agency",
                    "magazine",
                    "lawmakers",
                    "journalists",
                    "supporters",
                    "him",
                    "her",
                    "them",
                    "me",
                    "us",
                    "on",
                    "monday",
                )
                or page.lower[place] in page.words.groups | page.words.days
            )
        ):
            place += 1
    return place


def _breaks(page: Page, low: int, high: int) -> bool:
    return (
        any(page.tokens[i] in ".;:" or page.lower[i] in ("which", "who", "and", "but") for i in range(low, high))
        and page.lower[low] != ","
    )


def _circumstance(page: Page, low: int, high: int) -> bool:
    return page.lower[low] in _WHEN or page.lower[low] in page.words.days or page.lower[low] == "to"


def _content_end(page: Page, begin: int, high: int) -> int:
    """Where the reported clause stops: at the end of the sentence, or where the reporter's own words begin."""
    end = high
    while end > begin and page.tokens[end - 1] in ".":
        end -= 1
    for at in range(begin + 2, end - 2):
        if page.tokens[at] == "," and page.quoted[at] < 0:
            tail = page.text[page.ends[at] : page.ends[at] + 40].lstrip().casefold()
            if tail.startswith(_TAILS):
                return at
    return end


def addressee(page: Page, at: int, after: int, high: int) -> Span | None:
    """To whom it was said: “told the Izvestia newspaper on Monday that”."""
    if page.lower[at] not in ("told", "tell", "tells", "telling", "assured", "informed", "warned", "reminded", "asked"):
        return None
    first = last = None
    for place in range(after, min(high, after + 12)):
        token, lower = page.tokens[place], page.lower[place]
        if not is_word(token) and token not in ("'s", "’s", "-", "&"):
            break
        if lower in page.words.days or lower in _WHEN or lower in page.words.complementizers:
            break
        if first is not None and lower in page.words.persons:
            break
        first = place if first is None else first
        last = place
    if first is None or last is None or last - first > 8:
        return None
    return page.span(first, last)


# --- according to ----------------------------------------------------------------------------------------------------


def _according(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """C, according to NP · According to NP, C."""
    for at in range(low, high - 2):
        phrase = f"{page.lower[at]} {page.lower[at + 1]}"
        single = page.lower[at] in page.words.according
        if page.quoted[at] != level or not (phrase in page.words.according or single):
            continue
        first = at + (1 if single else 2)
        last = first
        while last + 1 < high and page.tokens[last + 1] not in ',.;“"' and last - first < 24:
            last += 1
        if not is_word(page.tokens[first]):
            continue
        content = []
        if at - 1 > low:
            stop = at - 1 if page.tokens[at - 1] != "," else at - 2
            if stop > low:
                content.append(page.span(low, stop))
        if (
            last + 2 < high
            and page.tokens[last + 1] == ","
            and not (content and page.lower[last + 2] in ("who", "which", "a", "an", "the"))
        ):
            content.append(page.span(last + 2, max(last + 2, _content_end(page, last + 2, high) - 1)))
        if content:
            yield Attribution(
                tuple(content), page.span(first, last), page.span(at, first - 1), rule="according-to", certainty=0.75
            )
        return


# --- accused X of, criticized X for, expressed concern that, urged X to ----------------------------------------------


def _accused(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    for at in _at_level(page, low, high, level):
        if page.lower[at] not in page.words.judge:
            continue
        joint = next(
            (
                i
                for i in range(at + 1, min(high, at + 14))
                if page.lower[i] in ("of", "for", "over") and page.quoted[i] < 0
            ),
            None,
        )
        before = _subject_or_shared(page, at, low)
        if joint is None or before is None or (joint == at + 1 and page.lower[joint] == "of") or joint + 1 >= high:
            continue
        if any(page.tokens[i] in ",;:." for i in range(at + 1, joint)):
            continue
        begin, end = joint + 1, _clause_end(page, joint + 1, high)
        yield Attribution(
            (Span(page.starts[begin], page.ends[end - 1]),),
            page.span(*before[:2]),
            page.span(before[2], at),
            page.span(at + 1, joint - 1) if joint > at + 1 else None,
            rule="judged-for",
            certainty=0.7,
        )


def _noun_cue(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """expressed concern that C · made clear that C · issued a statement saying."""
    for at in _at_level(page, low, high, level):
        if page.lower[at] not in page.words.light or at + 2 >= high:
            continue
        noun = next(
            (
                i
                for i in range(at + 1, min(high - 1, at + 5))
                if page.lower[i] in page.words.nouns or page.lower[i] == "clear"
            ),
            None,
        )
        before = _subject_or_shared(page, at, low)
        if noun is None or before is None:
            continue
        joint = noun + 1
        if page.lower[joint] not in (page.words.that, "over", "about", "at", "for", "in", "to", "with"):
            continue
        if page.lower[joint] in ("to", "in", "at", "with", "for") and page.lower[at] in (
            "made",
            "make",
            "gave",
            "give",
            "delivered",
            "sent",
        ):
            continue
        begin, end = joint + 1, _content_end(page, joint + 1, high)
        if begin < end:
            yield Attribution(
                (Span(page.starts[begin], page.ends[end - 1]),),
                page.span(*before[:2]),
                page.span(before[2], noun),
                rule="noun-cue",
                certainty=0.7,
            )


def _demand(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """urged X to do · called on X to do · encouraged X to do."""
    for at in _at_level(page, low, high, level):
        if page.lower[at] not in page.words.demand or page.lower[at].endswith("ing"):
            continue
        if page.lower[at] in page.words.nouns and page.lower[at - 1 if at > low else at] in (
            "a",
            "an",
            "the",
            "his",
            "her",
            "their",
        ):
            continue
        called = page.lower[at] in ("called", "calls", "call")
        if called and not (at + 1 < high and page.lower[at + 1] in ("on", "upon")):
            continue
        start = at + 1 + called
        joint = next((i for i in range(start + 1, min(high - 1, start + 12)) if page.lower[i] == "to"), None)
        before = _subject_or_shared(page, at, low)
        if (
            joint is None
            or before is None
            or any(page.tokens[i] in ',;:.“"' or page.lower[i] in ("that", "and") for i in range(start, joint))
        ):
            continue
        end = _content_end(page, joint, high)
        yield Attribution(
            (Span(page.starts[joint], page.ends[end - 1]),),
            page.span(*before[:2]),
            page.span(before[2], start - 1),
            page.span(start, joint - 1),
            rule="urged-to",
            certainty=0.65,
        )


def _promise(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """promised to do."""
    for at in _at_level(page, low, high, level):
        if page.lower[at] not in page.words.promise or at + 2 >= high or page.lower[at + 1] != "to":
            continue
        before = _subject_or_shared(page, at, low)
        if before is not None:
            end = _clause_end(page, at + 1, high)
            yield Attribution(
                (Span(page.starts[at + 1], page.ends[end - 1]),),
                page.span(*before[:2]),
                page.span(before[2], at),
                rule="promised-to",
                certainty=0.65,
            )


def _subject_or_shared(page: Page, at: int, low: int) -> tuple[int, int, int] | None:
    """The subject before a verb, or, after “and”, the subject of the first verb of the sentence."""
    found = speaker_before(page, at, low)
    if found is not None and page.lower[found[0] - 1 if found[0] > low else low] != "and":
        return found
    back = at - 1
    while back > low and page.lower[back] in page.words.auxiliaries:
        back -= 1
    if page.lower[back] not in ("and", "but", "or"):
        return found
    for other in range(low + 1, back):
        if page.quoted[other] < 0 and page.lower[other] in page.words.verbs and not is_capital(page.tokens[other]):
            shared = speaker_before(page, other, low)
            if shared is not None:
                return shared[0], shared[1], back + 1
    return found


def _clause_end(page: Page, begin: int, high: int) -> int:
    """As `_content_end`, but a second verb of the same subject ends it too: “... and have accused”."""
    end = _content_end(page, begin, high)
    for at in range(begin + 1, end - 1):
        if page.lower[at] == "and" and page.quoted[at] < 0:
            verb = at + 1
            while verb < end and page.lower[verb] in page.words.auxiliaries:
                verb += 1
            if (
                verb < end
                and page.lower[verb] in page.words.verbs
                and (verb > at + 1 or page.lower[verb].endswith("ed"))
            ):
                return at
    return end


def coordinated(page: Page, found: list[Attribution]) -> list[Attribution]:
    """“said that A and encouraged X to B”: the words of the first end where the second cue begins."""
    out = list(found)
    for n, (one, two) in enumerate(pairwise(found)):
        if two.cue is None or one.cue is None or one.speaker is None or two.speaker != one.speaker:
            continue
        last = one.content[-1]
        if last.start < two.cue.start < last.end:
            tokens = page.tokens_in(Span(last.start, two.cue.start))
            stop = tokens.stop - 1
            while stop > tokens.start and (
                page.lower[stop] in ("and", "but", "or", ",") or page.lower[stop] in page.words.auxiliaries
            ):
                stop -= 1
            out[n] = one.with_content([*one.content[:-1], Span(last.start, page.ends[stop])])
    return out


# --- quotations ------------------------------------------------------------------------------------------------------


def with_quotations(page: Page, found: list[Attribution]) -> list[Attribution]:
    """Every quotation of three words or more belongs to a statement: extend one, join the running one, or make one.

    A short one counts only where a cue stands right beside it; “so-called” words in the middle of a sentence don't.
    """
    out = sorted(found, key=_start)
    last: Attribution | None = None
    for place, quotation in enumerate(page.outermost):
        words = sum(is_word(page.tokens[i]) for i in page.tokens_in(quotation.inner))
        if not words:
            continue
        low, high = _around(page, out, quotation)
        covering = _covering(out, low, high, quotation)
        if covering is not None:
            out[covering] = last = _stretched(out[covering], quotation)
            continue
        if words < 3 or _is_title(page, quotation, words):
            continue
        made = _of_quotation(page, quotation, out[low:high], last, words)
        if made is not None and made.speaker is None and quotation.continued:
            made = _continued(page, place, made)
        if made is None:
            continue
        same = next((n for n in range(low, high) if _goes_on(page, out[n], made, quotation)), None)
        if same is not None:
            out[same] = last = out[same].with_content([*out[same].content, *made.content])
        else:
            insort(out, made, key=_start)
            last = made
    return out


def _is_title(page: Page, quotation: Quotation, words: int) -> bool:
    """“The Long Night” or a headline between single marks: capitals all through, or a line of its own without a cue."""
    tokens = [
        page.tokens[i] for i in page.tokens_in(quotation.inner) if is_word(page.tokens[i]) and len(page.tokens[i]) > 3
    ]
    if words <= 8 and len(tokens) >= 2 and all(is_capital(t) for t in tokens):
        return True
    whole = page.paragraphs[page.paragraph_at(quotation.outer.start)]
    alone = quotation.outer.end - quotation.outer.start >= whole.end - whole.start - 1
    return alone and words < 7 and page.text[quotation.outer.start] in "‘'"


def _start(a: Attribution) -> int:
    return a.start


def _around(page: Page, out: list[Attribution], quotation: Quotation) -> tuple[int, int]:
    """The attributions (from, to) that begin in the quotation's paragraph or the one before it."""
    paragraph = page.paragraph_at(quotation.outer.start)
    low = bisect_left(out, page.paragraphs[max(0, paragraph - 1)].start, key=_start)
    return low, bisect_left(out, page.paragraphs[paragraph].end, lo=low, key=_start)


def _continued(page: Page, place: int, made: Attribution) -> Attribution:
    """A quotation that goes on over paragraphs has the speaker who is named where it ends."""
    end = place
    while page.outermost[end].continued and end + 1 < min(len(page.outermost), place + 20):
        end += 1
    beside = cue_beside(page, page.outermost[end])
    return replace(made, speaker=beside[0], rule="quote-continued", certainty=0.7) if beside else made


def _covering(out: list[Attribution], low: int, high: int, quotation: Quotation) -> int | None:
    size = max(1, quotation.inner.end - quotation.inner.start)
    best, place = 0, None
    for n in range(low, high):
        covered = out[n].covers(quotation.inner)
        cue = out[n].cue
        if covered > best and not (cue and cue.within(quotation.outer)):
            best, place = covered, n
    return place if best >= 0.3 * size else None


def _stretched(a: Attribution, quotation: Quotation) -> Attribution:
    if a.covers(quotation.inner) >= 0.98 * (quotation.inner.end - quotation.inner.start):
        return a
    return a.with_content(list(joined([*a.content, quotation.outer], 2)))


def _goes_on(page: Page, a: Attribution, made: Attribution, quotation: Quotation) -> bool:
    """True when a quotation is the second half of an attribution: same cue, or straight after its cue."""
    if made.cue is not None:
        return a.cue is not None and a.cue.overlaps(made.cue)
    if a.cue is None or page.paragraph_at(a.cue.start) != page.paragraph_at(quotation.outer.start):
        return False
    between = page.text[max(a.cue.end, a.whole.end) : quotation.outer.start]
    return (
        a.whole.end <= quotation.outer.start
        and len(between) < 80
        and _is_direct(page, a)
        and (between.count(".") <= 1 and not any(w in page.words.say for w in between.casefold().split()))
    )


def _is_direct(page: Page, a: Attribution) -> bool:
    return any(
        page.quotation_at(s.start + 1) is not None or page.quotation_at(max(s.start, s.end - 2)) is not None
        for s in a.content
    )


def _of_quotation(
    page: Page, quotation: Quotation, near: list[Attribution], last: Attribution | None, words: int
) -> Attribution | None:
    """A statement for a quotation that no rule covered: cue beside it, signature, colon, else the running speaker."""
    beside = cue_beside(page, quotation)
    if beside is not None:
        return Attribution((quotation.outer,), beside[0], beside[1], rule="quote-beside-cue", certainty=0.75)
    signed = _signature(page, quotation)
    if signed is not None:
        return Attribution((quotation.outer,), signed, None, rule="quote-then-signature", certainty=0.7)
    introduced = introduction(page, quotation)
    if introduced is not None:
        return Attribution((quotation.outer,), introduced[0], introduced[1], rule="quote-after-colon", certainty=0.65)
    paragraph = page.paragraph_at(quotation.outer.start)
    here = [a for a in near if a.speaker is not None and page.paragraph_at(a.start) == paragraph]
    before = [a for a in here if a.start < quotation.outer.start]
    running = before[-1] if before else here[0] if here else None
    whole = page.paragraphs[paragraph]
    alone = quotation.outer.end - quotation.outer.start >= 0.6 * (whole.end - whole.start)
    if running is not None:
        return Attribution((quotation.outer,), running.speaker, None, rule="quote-of-running-speaker", certainty=0.6)
    if alone and last is not None and page.paragraph_at(last.start) >= paragraph - 2:
        return Attribution((quotation.outer,), last.speaker, None, rule="quote-of-running-speaker", certainty=0.55)
    return Attribution((quotation.outer,), None, None, rule="quote-alone", certainty=0.4) if words >= 5 else None


def _signature(page: Page, quotation: Quotation) -> Span | None:
    """“...” — Ada Holm: a name after a dash that ends the paragraph, or stands in the next."""
    number = page.paragraph_at(quotation.outer.start)
    tokens = page.tokens_in(Span(quotation.outer.end, page.paragraphs[number].end))
    if not tokens and number + 1 < len(page.paragraphs):
        tokens = page.tokens_in(page.paragraphs[number + 1])
    if not 2 <= len(tokens) <= 12 or page.tokens[tokens.start] not in ("-", "—", "–", "―", "--"):
        return None
    first = tokens.start + 1 + (page.tokens[tokens.start + 1] == "-")
    if first >= tokens.stop or not is_capital(page.tokens[first]):
        return None
    end = first
    while end + 1 < tokens.stop and is_capital(page.tokens[end + 1]):
        end += 1
    return page.span(first, end)


def introduction(page: Page, quotation: Quotation) -> tuple[Span, Span | None] | None:
    """(speaker, cue) of a sentence that ends in a colon before a quotation: “She put it bluntly: ...”."""
    last = page.tokens_in(Span(quotation.outer.start, quotation.inner.end)).start - 1
    if last < 1 or page.tokens[last] != ":":
        return None
    sentence = page.sentences[page.sentence_of[last]]
    tokens = page.tokens_in(Span(sentence.start, page.ends[last]))
    for at in range(tokens.start, tokens.stop):
        if page.lower[at] in page.words.verbs and not is_capital(page.tokens[at]) and page.quoted[at] < 0:
            found = speaker_before(page, at, tokens.start)
            if found is not None:
                return page.span(found[0], found[1]), page.span(found[2], at)
    first = next(
        (
            i
            for i in tokens
            if page.quoted[i] < 0
            and (
                page.lower[i] in page.words.persons
                or (is_capital(page.tokens[i]) and page.lower[i] not in page.words.stop)
            )
        ),
        None,
    )
    if first is None:
        return None
    end = first
    while end + 1 < tokens.stop and is_capital(page.tokens[end + 1]):
        end += 1
    return page.span(first, end), None


def cue_beside(page: Page, quotation: Quotation) -> tuple[Span, Span] | None:
    """(speaker, cue) of a reporting clause right after a quotation, right before it, or before a colon."""
    paragraph = page.paragraphs[page.paragraph_at(quotation.outer.start)]
    after = page.tokens_in(Span(quotation.outer.end, paragraph.end))
    limit = min(after.stop, after.start + 30)
    for at in range(after.start, limit):
        if page.quoted[at] >= 0 or (page.tokens[at] in ".;:" and at > after.start):
            break
        if (page.lower[at] in page.words.say or page.lower[at] in page.words.gesture) and not is_capital(
            page.tokens[at]
        ):
            inverted = speaker_after(page, at, after.stop) if at <= after.start + 2 else None
            if inverted is not None:
                return page.span(*inverted), page.span(at, at)
            found = speaker_before(page, at, after.start)
            if found is not None and (page.tokens[found[0] - 1] in ",”\"’!?»'" or found[0] <= after.start + 1):
                return page.span(found[0], found[1]), page.span(found[2], at)
            break
    before = page.tokens_in(Span(paragraph.start, quotation.outer.start))
    for at in range(before.stop - 1, max(before.start, before.stop - 30) - 1, -1):
        if page.quoted[at] >= 0 or (
            page.tokens[at] in ".;?!" and page.text[page.ends[at] : page.ends[at] + 1].isspace()
        ):
            break
        if page.lower[at] in page.words.say and not is_capital(page.tokens[at]):
            found = speaker_before(page, at, before.start)
            if found is not None:
                return page.span(found[0], found[1]), page.span(found[2], at)
    return None
