"""Rules for what is said without “that”: accused X of, criticized X for, expressed concern that, urged X to, promised to."""

from __future__ import annotations

from collections.abc import Iterator

from index.extract.attributions import Attribution
from index.extract.clauses import is_capital, speaker_before
from index.extract.pages import Page
from index.extract.said import at_level, content_end
from index.model import Span


def judged_for(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """accused X of C · criticized X for C."""
    for at in at_level(page, low, high, level):
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
        if (
            joint is not None and page.lower[joint] == "of"
        ):  # “the former secretary of state of using”: the “of” before the verb
            later = (i for i in range(joint, min(high - 1, at + 14)) if page.lower[i] == "of")
            joint = next((i for i in later if page.lower[i + 1].endswith("ing")), joint)
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


def noun_cue(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """expressed concern that C · made clear that C · issued a statement saying."""
    for at in at_level(page, low, high, level):
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
        begin, end = joint + 1, content_end(page, joint + 1, high)
        if begin < end:
            yield Attribution(
                (Span(page.starts[begin], page.ends[end - 1]),),
                page.span(*before[:2]),
                page.span(before[2], noun),
                rule="noun-cue",
                certainty=0.7,
            )


def urged_to(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """urged X to do · called on X to do · encouraged X to do."""
    for at in at_level(page, low, high, level):
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
        if joint is None or before is None or any(_begins_clause(page, i) for i in range(start, joint)):
            continue
        end = content_end(page, joint, high)
        yield Attribution(
            (Span(page.starts[joint], page.ends[end - 1]),),
            page.span(*before[:2]),
            page.span(before[2], start - 1),
            page.span(start, joint - 1),
            rule="urged-to",
            certainty=0.65,
        )


def _begins_clause(page: Page, at: int) -> bool:
    """True for a word that cannot stand in the name of whoever is urged."""
    lower = page.lower[at]
    return (
        page.tokens[at] in ',;:.“"'
        or lower in page.words.complementizers
        or lower in ("and", "for", "in", "on")
        or (lower in page.words.auxiliaries and lower != "may")
    )


def promised_to(page: Page, low: int, high: int, level: int) -> Iterator[Attribution]:
    """promised to do."""
    for at in at_level(page, low, high, level):
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
    end = content_end(page, begin, high)
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
