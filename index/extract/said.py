"""Rules for “said that”: what stands before and after a reporting verb, who says it, to whom, and “according to”."""

from __future__ import annotations

from collections.abc import Iterator

from index.extract.attributions import Attribution
from index.extract.clauses import is_capital, is_word, main_subject, phrase_end, speaker_after, speaker_before
from index.extract.pages import Page
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
_BEFORE_INVERTED = frozenset([",", "”", '"', "?", "!", "’", "»", "''", "—", "–", "-", "“", "«", "」"])
_TELLING = frozenset("told tell tells telling assured informed warned reminded".split())
_NO_CONTENT = frozenset(["but", "in", "a", "an", "the", "who", "according"])  # after “C, X said,”: the reporter goes on
_VIEWS = frozenset("words opinion view estimation assessment telling account".split())  # “in his words”
_WHEN = frozenset("on in at during late early last this earlier later of".split())


def at_level(page: Page, low: int, high: int, level: int) -> Iterator[int]:
    """The tokens from `low` to `high` that stand in the quotation numbered `level` (-1: in none)."""
    return (at for at in range(low, high) if page.quoted[at] == level)


def said_that(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """NP said (that) C · C, NP said · C1, NP said, C2 · “Q,” said NP."""
    used = low
    speaker: Span | None = None
    for at in at_level(page, low, high, level):
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
    if found is None:
        return None, at, at + 1
    if page.lower[found[0]] == "who":
        return _among(page, found[0], low) or (found[0], found[1]), found[2], at + 1
    return (found[0], found[1]), found[2], at + 1


def _among(page: Page, who: int, low: int) -> tuple[int, int] | None:
    """The subject of “X was among the engineers who said”: X, not the engineers."""
    for place in range(who - 1, max(low, who - 10), -1):
        if page.lower[place] == "among" or (page.lower[place] == "one" and page.lower[place + 1] == "of"):
            subject = speaker_before(page, place, low)
            return (subject[0], subject[1]) if subject is not None and subject[2] < place else None
    return None


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
        if high - begin < 6 and any(page.lower[i] in ("reports", "reported", "writes") for i in range(begin, high)):
            return None  # “told journalists, the agency reports”
        if page.lower[begin].endswith("ing") and page.lower[first] == "," and page.lower[begin] in page.words.verbs:
            return None  # “said this in the council, responding to a question”
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
    end = content_end(page, begin, high)
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
    if place < high and verb in _TELLING:
        while place < high and place - at < 8 and _may_be_told(page, place, at, high):
            place += 1
    return place


def _may_be_told(page: Page, place: int, first: int, high: int) -> bool:
    """True for a word of the addressee: a name, “reporters”, “the agency”, “him”; an article only at its head."""
    lower = page.lower[place]
    if lower in ("the", "a"):
        return (
            place == first
            and place + 1 < high
            and (is_capital(page.tokens[place + 1]) or page.lower[place + 1] in page.words.speaking | page.words.media)
        )
    if is_capital(page.tokens[place]) or lower in page.words.days or lower in ("on", "him", "her", "them", "me", "us"):
        return True
    return lower in page.words.groups or lower in page.words.media


def _breaks(page: Page, low: int, high: int) -> bool:
    return (
        any(page.tokens[i] in ".;:" or page.lower[i] in ("which", "who", "and", "but") for i in range(low, high))
        and page.lower[low] != ","
    )


def _circumstance(page: Page, low: int, high: int) -> bool:
    return page.lower[low] in _WHEN or page.lower[low] in page.words.days or page.lower[low] == "to"


def content_end(page: Page, begin: int, high: int) -> int:
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


def according_to(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
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
            content.append(page.span(last + 2, max(last + 2, content_end(page, last + 2, high) - 1)))
        if content:
            yield Attribution(
                tuple(content), page.span(first, last), page.span(at, first - 1), rule="according-to", certainty=0.75
            )
        return


def in_the_words_of(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """In his words, C · In the words of NP, C · ..., in the minister's words, “Q”."""
    for at in at_level(page, low, high, level):
        found = _words_of(page, at, high) if page.lower[at] == "in" else None
        if found is None:
            continue
        speaker, cue, comma = found
        begin = comma + 1
        if comma + 2 >= high or page.tokens[comma] != ",":
            continue
        if page.tokens[begin] in '“"«„‘':  # the words between the marks alone: what stands before is the reporter's
            quotation = page.quotation_at(page.ends[begin])
            if quotation is not None:
                yield Attribution((quotation.outer,), speaker, cue, rule="in-the-words-of", certainty=0.8)
        elif at == low or (at == low + 1 and page.lower[low] in ("and", "but", "so", "yet")):
            end = content_end(page, begin, high)
            yield Attribution((page.span(begin, end - 1),), speaker, cue, rule="in-the-words-of", certainty=0.75)


def _words_of(page: Page, at: int, high: int) -> tuple[Span, Span, int] | None:
    """(speaker, cue, what follows) of “in his words”, “in the words of the coroner”, “in Holm's view” at token `at`."""
    for noun in range(at + 2, min(high - 1, at + 9)):
        if not is_word(page.tokens[noun]) and page.lower[noun] not in ("'s", "'", "-"):
            return None
        if page.lower[noun] not in _VIEWS:
            continue
        if noun == at + 2 and page.lower[at + 1] == "the" and page.lower[noun + 1] == "of":
            last = phrase_end(page, noun + 2, high)
            return (page.span(noun + 2, last), page.span(at, noun + 1), last + 1) if last is not None else None
        own = noun == at + 2 and page.lower[at + 1] in ("his", "her", "their")
        if own or page.lower[noun - 1] == "'s":
            return page.span(at + 1, noun - 1 if own else noun - 2), page.span(noun, noun), noun + 1
    return None
