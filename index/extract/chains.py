"""Through whom words came: “quoted by TASS”, “told the Izvestia newspaper”, “in an interview with RTVi”."""

from __future__ import annotations

import re

from index.extract.attributions import Attribution
from index.extract.names import plain
from index.extract.pages import Page

_KINDS = r"(?:newspaper|agency|magazine|daily|weekly|website|channel|broadcaster|portal|quarterly|monthly)"
_CAPITALS = (
    rf"(?:[^\W\d_a-z][\w-]*\s+(?:[a-z]+\s+|TV\s+)?{_KINDS}\s+(?=[A-Z]))?"  # “the French newspaper” before its name
    r"((?:[Tt]he\s+)?(?:[a-z]+\s+){0,2}[^\W\d_a-z][\w&’'.-]*(?:\s+(?:of\s+|and\s+|the\s+)?[^\W\d_a-z][\w&’'.-]*){0,4}"
    r"(?:\s+(?:newspaper|agency|magazine|daily|weekly|website|channel|television|TV|radio))?)"
)
_KIND = re.compile(rf"^(?:[\w-]+\s+){{0,3}}?{_KINDS}\s+(?=[A-Z])")  # “the independent weekly Torvik Echo”
_BY = re.compile(r"\b(?:quoted|cited|reported|carried)\s+by\s+(?:the\s+)?" + _CAPITALS)
_INTERVIEW = re.compile(
    r"\b(?:interview|conversation|interviewed|article|column|op-ed|piece|essay|commentary|speaking|appearance)\b[\w\s]{0,24}?\s"
    r"(?:with|to|for|by|in|on)\s+(?:the\s+)?" + _CAPITALS
)
_COMMENT = re.compile(r"\bcomments?\s+(?:to|for)\s+(?:the\s+)?" + _CAPITALS)
_REPORTS = re.compile(r"[,;]\s+(?:as\s+)?(?:the\s+)?" + _CAPITALS + r"\s+(?:reported|reports|news agency reported)\b")
_ON = re.compile(
    r"\bon\s+(?:(?:the\s+)?air\s+of\s+)?(?:the\s+)?([A-Z]{2,6}(?:\s+News)?|Fox(?:\s+News)?|[A-Z][\w.]+\s+(?:Radio|TV|Television))(?=['’\s,.])"
)


def via(page: Page, a: Attribution, actor: str | None) -> tuple[str, ...]:
    """Names of those through whom the words came, in the order printed; the speaker is not one of them."""
    found: list[str] = []
    if a.addressee is not None:
        outlet = _outlet(page, a.addressee.of(page.text))
        if outlet:
            found.append(outlet_name(outlet))
    for text in _around(page, a):
        for pattern in (_BY, _INTERVIEW, _COMMENT, _REPORTS, _ON):
            for match in pattern.finditer(text):
                name = outlet_name(match.group(1))
                if name and _is_outlet(page, name, pattern):
                    found.append(name)
    own = plain(actor or "")
    return tuple(dict.fromkeys(n for n in found if plain(n) != own))


def _around(page: Page, a: Attribution) -> list[str]:
    """The reporter's words beside a statement: those of its sentences that stand outside its content."""
    if a.cue is None and a.speaker is None:
        return []
    place = (a.cue or a.speaker or a.whole).start
    sentence = page.sentences[page.sentence_at(place)]
    outer = page.quotation_at(place)
    low, high = sentence.start, min(sentence.end, place + 300)
    if outer is not None:
        low, high = max(low, outer.inner.start), min(high, outer.inner.end)
    low = max(low, place - 300)
    pieces, at = [], low
    for span in a.content:
        if span.start > at:
            pieces.append(page.text[at : min(span.start, high)])
        at = max(at, span.end)
    if at < high:
        pieces.append(page.text[at:high])
    return [p for p in pieces if p.strip()]


def _outlet(page: Page, words: str) -> str | None:
    """The outlet in an addressee: “the Izvestia newspaper”, “CNN’s Jake Tapper”; reporters, persons, “the agency” are none."""
    owner = re.split(r"['’]s\s", words)[0]
    tokens = owner.split()
    lower = [t.casefold() for t in tokens]
    named = tokens[1:] if lower[0] in ("the", "a") else tokens
    if len(named) > 1 and named[0] in ("Radio", "Channel", "Televisión", "TV") and named[1][:1].isupper():  # “Radio Torvik”
        return " ".join(named[:2])
    last = max((n for n, t in enumerate(tokens) if t[:1].isupper() and lower[n] in page.words.press), default=len(tokens) - 1)
    if tokens[last][:1].isupper() and (lower[last] in page.words.press or (tokens[last].isupper() and len(tokens[last]) > 1)):
        return " ".join(tokens[: last + 1] + _edition(page, tokens[last + 1 :]))
    if not any(t[:1].isupper() for t in tokens):
        return None
    if any(t in page.words.media for t in lower):
        while lower[-1] in page.words.calendar:
            tokens, lower = tokens[:-1], lower[:-1]
        return " ".join(tokens)
    return None


def _edition(page: Page, behind: list[str]) -> list[str]:
    """“London” of “Norpress London”, “Four” of “NBC Radio Four”: behind an outlet's name, and nobody's name or office."""
    words = page.words.roles | page.words.given | page.words.calendar
    return behind if len(behind) <= 2 and all(t[:1].isupper() and t.casefold() not in words for t in behind) else []


def _is_outlet(page: Page, name: str, pattern: re.Pattern[str]) -> bool:
    tokens = name.split()
    if pattern is _BY or pattern is _ON or pattern is _REPORTS:
        return _outlet(page, name) is not None or pattern is _BY
    lower = [t.casefold().strip(".") for t in tokens]
    if lower[-1] in page.words.months | page.words.days | (page.words.organisations - page.words.press):
        return False
    return not (len(tokens) == 2 and lower[0] in page.words.given_male | page.words.given_female)


def outlet_name(name: str) -> str:
    """The name of an outlet without article and kind: “Torvik Echo” of “the weekly Torvik Echo newspaper”."""
    words = re.sub(r"['’]s?$", "", name.strip(" ,.;:"))
    words = re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)
    words = _KIND.sub("", words)
    words = re.sub(r"(?<=\w)\s+(?:newspaper|agency|magazine|daily|weekly|website|channel|news agency)$", "", words)
    while words.split() and words.split()[-1] in ("on", "in", "at", "of", "and", "the"):
        words = words.rsplit(None, 1)[0] if " " in words else ""
    return words
