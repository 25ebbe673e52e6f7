"""Whose quotation is it: every quotation of three words or more is given to a statement, or makes one."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import replace

from index.extract.attributions import Attribution, joined
from index.extract.clauses import is_capital, is_word, speaker_after, speaker_before
from index.extract.pages import Page
from index.extract.quotes import Quotation
from index.model import Span

_LABEL = re.compile(r"((?:[^\W\d_a-z][\w.’'-]{0,20}\s){0,3}[^\W\d_a-z][\w.’'-]{1,20}):\s")


_TOLD = frozenset("told tells tell asked asks".split())  # somebody stands behind these to whom it was said


def with_quotations(page: Page, found: list[Attribution]) -> list[Attribution]:
    """Every quotation of three words or more belongs to a statement: extend one, join the running one, or make one.

    A short one counts only where a cue stands right beside it; “so-called” words in the middle of a sentence don't.
    """
    out = sorted(found, key=_start)
    labels = _labels(page)
    last: Attribution | None = None
    for place, quotation in enumerate(page.outermost):
        if place in labels:
            last = _labelled(quotation, labels[place])
            low, high = _around(page, out, quotation)
            out[low:high] = [a for a in out[low:high] if not _is_part(a, quotation)]
            insort(out, last, key=_start)
            continue
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


def _labels(page: Page) -> dict[int, Span]:
    """Quotation (its place in `outermost`) -> the speaker's label at its head: “HOLM: We go.” within a news text.

    A label is in capitals throughout, or heads several quotations.
    """
    found = {}
    for place, quotation in enumerate(page.outermost):
        match = _LABEL.match(page.text, quotation.inner.start, quotation.inner.end)
        if match:
            found[place] = Span(*match.span(1))
    counts = Counter(label.of(page.text) for label in found.values())
    return {p: label for p, label in found.items() if label.of(page.text).isupper() or counts[label.of(page.text)] > 1}


def _labelled(quotation: Quotation, label: Span) -> Attribution:
    colon = Span(label.end, label.end + 1)
    return Attribution((Span(colon.end, quotation.inner.end),), label, colon, rule="labelled-quotation", certainty=0.85)


def _is_part(a: Attribution, quotation: Quotation) -> bool:
    """True for an attribution that took the words of a labelled quotation for something else."""
    outside = a.cue is not None and not a.cue.within(quotation.outer)
    return (
        not outside
        and a.covers(quotation.inner) > 0.5 * (a.whole.end - a.whole.start)
        and (a.cue is None or a.covers(quotation.inner) > 0.3 * (quotation.inner.end - quotation.inner.start))
    )


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
    if between.rstrip().endswith(":") and page.sentence_at(quotation.outer.start) != page.sentence_at(a.cue.start):
        return False  # another speaks: “... Lindt shot back: “No.””
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
        return Attribution((quotation.outer,), beside[0], beside[1], rule="quote-beside-cue", certainty=0.65)
    signed = _signature(page, quotation)
    if signed is not None:
        return Attribution((quotation.outer,), signed, None, rule="quote-then-signature", certainty=0.85)
    introduced = introduction(page, quotation)
    if introduced is not None:
        return Attribution((quotation.outer,), introduced[0], introduced[1], rule="quote-after-colon", certainty=0.55)
    paragraph = page.paragraph_at(quotation.outer.start)
    here = [a for a in near if a.speaker is not None and page.paragraph_at(a.start) == paragraph]
    before = [a for a in here if a.start < quotation.outer.start]
    running = before[-1] if before else here[0] if here else None
    whole = page.paragraphs[paragraph]
    alone = quotation.outer.end - quotation.outer.start >= 0.6 * (whole.end - whole.start)
    if running is not None:
        return Attribution((quotation.outer,), running.speaker, None, rule="quote-of-running-speaker", certainty=0.4)
    if alone and last is not None and page.paragraph_at(last.start) >= paragraph - 2:
        return Attribution((quotation.outer,), last.speaker, None, rule="quote-of-running-speaker", certainty=0.35)
    return Attribution((quotation.outer,), None, None, rule="quote-alone", certainty=0.3) if words >= 5 else None


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
    while end + 1 < tokens.stop and (
        is_capital(page.tokens[end + 1]) or (end - first < 5 and _is_office(page, first, end + 1, tokens.stop))
    ):
        end += 1
    return page.span(first, end), None


def _is_office(page: Page, first: int, at: int, stop: int) -> bool:
    """True for the small words between the capital of an office and the name behind it: “Finance minister Ada Holm:”."""
    if page.lower[at] in page.words.offices or page.lower[at] in ("of", "the", "for"):
        named = next((i for i in range(at + 1, min(at + 5, stop)) if is_capital(page.tokens[i])), None)
        return named is not None and any(page.lower[i] in page.words.offices for i in range(first, named))
    return False


def _parts(page: Page, at: int) -> bool:
    """True for a token that ends a name with its office: a mark or a verb."""
    token, low = page.tokens[at], page.lower[at]
    return token in ",.;:“”\"?!" or (low in page.words.verbs and not is_capital(token) and low not in page.words.nouns) or (
        low in page.words.persons | page.words.complementizers
    )


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
            found = speaker_before(page, at, after.start) if at > after.start else None
            told = found is not None and page.lower[at] in _TOLD
            inverted = speaker_after(page, at, after.stop) if at <= after.start + 2 and not told else None
            if inverted is not None:
                return page.span(*inverted), page.span(at, at)
            if found is not None and (page.tokens[found[0] - 1] in ",”\"’!?»'" or found[0] <= after.start + 1):
                return page.span(found[0], found[1]), page.span(found[2], at)
            if found is not None and not any(_parts(page, i) for i in range(after.start, found[0])):  # a long office
                return page.span(after.start, found[1]), page.span(found[2], at)
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
