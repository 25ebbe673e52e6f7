"""Reported speech by rule, sentence by sentence: all rules tried in turn, then the quotations given to their speakers.

Needs no model; where the tagger is at hand these rules fill what it leaves (`hybrid`).
"""

from __future__ import annotations

from itertools import pairwise

from index.extract.attributions import Attribution
from index.extract.judgements import judged_for, noun_cue, promised_to, urged_to
from index.extract.pages import Page
from index.extract.quoted import with_quotations
from index.extract.said import according_to, in_the_words_of, said_that
from index.model import Span

_LONGEST = 500  # tokens that are read as one sentence


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
    for rule in (according_to, in_the_words_of, judged_for, noun_cue, urged_to, promised_to, said_that):
        for attribution in rule(page, low, high, level):
            cue = attribution.cue
            if cue is not None and any(cue.overlaps(t) for t in taken):
                continue
            found.append(attribution)
            if cue is not None:
                taken.append(cue)
    found.sort(key=lambda a: (a.cue or a.whole).start)
    return coordinated(page, found)


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
