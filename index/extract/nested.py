"""Statements inside statements: “The minister told me that ...” within a quotation has a speaker and a parent of its own."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from index.extract.attributions import Attribution
from index.extract.clauses import is_word
from index.extract.pages import Page
from index.extract.reported import in_sentence
from index.model import Span

_SHORTEST = 8
_UTTERED = frozenset("said told answered wrote replied asked warned promised announced added explained".split())
_POSSESSIVES = frozenset("my our his her their".split())


def inside_quotations(page: Page, outer: list[Attribution]) -> list[Attribution]:
    """Reported speech inside the quotations of `outer`, where “that” or inner marks show what was said."""
    found: list[Attribution] = []
    spans = sorted(span for a in outer for span in a.content)
    starts, reach = [span.start for span in spans], list(accumulate((span.end for span in spans), max))
    for number, quotation in enumerate(page.quotations):
        tokens = page.tokens_in(quotation.inner)
        if quotation.level or len(tokens) < _SHORTEST:
            continue
        before = bisect_left(starts, quotation.inner.end)
        if not before or reach[before - 1] <= quotation.inner.start:
            continue
        first, last = page.sentence_of[tokens.start], page.sentence_of[tokens.stop - 1]
        for sentence in page.sentences[first : last + 1]:
            clipped = page.tokens_in(
                Span(max(sentence.start, quotation.inner.start), min(sentence.end, quotation.inner.end))
            )
            found += [a for a in in_sentence(page, clipped.start, clipped.stop, number) if _sure(page, a)]
            found += _own_view(page, clipped.start, clipped.stop)
    return found


def _sure(page: Page, a: Attribution) -> bool:
    """Inside a quotation only what “that” introduces counts, with a subject that is no “it” or “this”."""
    if a.speaker is None or a.cue is None or a.rule == "according-to":
        return False
    before = page.text[max(0, a.start - 6) : a.start].casefold()
    subject = page.text[a.speaker.start : a.speaker.end].casefold()
    cue = page.text[a.cue.start : a.cue.end].split()[-1].casefold()
    past = cue.endswith("ed") or cue in ("said", "told", "wrote", "says", "tells")
    if (subject in ("i", "we") and cue not in _UTTERED) or not _has_verb(page, a):
        return False
    return (
        before.endswith(f"{page.words.that} ") and past and subject not in ("it", "this", "that", "which", "who", "you")
    )


def _has_verb(page: Page, a: Attribution) -> bool:
    """“that” begins a clause: “told me that story” does not."""
    words = [page.lower[i] for i in page.tokens_in(a.whole)]
    return any(
        w in page.words.auxiliaries or w.endswith(("ed", "s")) or w in page.words.pasts or w in page.words.verbs
        for w in words[1:]
    )


def _own_view(page: Page, low: int, high: int) -> list[Attribution]:
    """“my assessment is that C”."""
    for at in range(low, high - 4):
        if (
            page.lower[at] in _POSSESSIVES
            and page.lower[at + 1] in page.words.nouns
            and page.lower[at + 2] in ("is", "was")
            and (page.lower[at + 3] == page.words.that)
        ):
            last = high - 1
            while last > at + 4 and not is_word(page.tokens[last]):
                last -= 1
            first = at + 4 + (page.tokens[at + 4] == ",")
            return [
                Attribution(
                    (page.span(first, last),),
                    page.span(at, at),
                    page.span(at + 1, at + 2),
                    rule="noun-cue",
                    certainty=0.6,
                )
            ]
    return []


def parents(found: list[Attribution]) -> list[int | None]:
    """For each attribution the position of the smallest other one whose content encloses its words and its cue."""
    out: list[int | None] = []
    order = sorted(range(len(found)), key=lambda n: (found[n].start, -found[n].whole.end))
    stack: list[int] = []
    enclosing: dict[int, int | None] = {}
    for n in order:
        a = found[n]
        stack = [o for o in stack if found[o].whole.end > a.start]
        enclosing[n] = next((o for o in reversed(stack) if _encloses(found[o], a)), None)
        stack.append(n)
    for n in range(len(found)):
        out.append(enclosing[n])
    return out


def _encloses(outer: Attribution, inner: Attribution) -> bool:
    places = [inner.whole, *([inner.cue] if inner.cue else [])]
    return outer.content != inner.content and all(any(p.within(s) for s in outer.content) for p in places)


def without_doubles(found: list[Attribution]) -> list[Attribution]:
    """Each content once: of two with the same words the one with a cue, then the surer one."""
    best: dict[tuple[Span, ...], Attribution] = {}
    for a in found:
        other = best.get(a.content)
        if other is None or (a.cue is not None, a.speaker is not None, a.certainty) > (
            other.cue is not None,
            other.speaker is not None,
            other.certainty,
        ):
            best[a.content] = a
    return sorted(best.values(), key=lambda a: (a.start, -a.whole.end))
