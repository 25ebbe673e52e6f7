"""Finds who speaks in a headline: “Minister: We leave the League”, “No talks without a truce — Holm”."""

from __future__ import annotations

from collections.abc import Sequence

from index.extract.attributions import Attribution
from index.extract.clauses import is_capital, is_word
from index.extract.names import mention
from index.extract.pages import Page
from index.model import Span

_LONGEST = 40  # tokens
_DASHES = ("-", "–", "—")
_NO_SPEAKER = frozenset("media press reports report video photo photos live analysis opinion exclusive update source".split())


def of_headline(page: Page, found: Sequence[Attribution]) -> list[Attribution]:
    """The statement of the headline where nothing in `found` has its words: name or office, colon, clause; or the
    clause, a dash, and the name or office behind it."""
    tokens = headline(page)
    if tokens is None:
        return []
    made = _before_colon(page, tokens) or _behind_dash(page, tokens)
    if made is None or any(a.covers(made.whole) > 0 for a in found):
        return []
    return [made]


def headline(page: Page) -> range | None:
    """The tokens of the first paragraph when it is a headline: short, without a full stop, and more text below it."""
    if len(page.paragraphs) < 3:
        return None
    first = page.paragraphs[0]
    tokens = page.tokens_in(first)
    if not 5 <= len(tokens) <= _LONGEST or page.text[first.end - 1] in ".!:;," or any(page.quoted[i] >= 0 for i in tokens):
        return None
    return tokens


def _before_colon(page: Page, tokens: range) -> Attribution | None:
    colon = next((i for i in tokens if page.tokens[i] == ":"), None)
    if colon is None or not 1 <= colon - tokens.start <= 6 or not _is_clause(page, range(colon + 1, tokens.stop)):
        return None
    if not _speaks(page, tokens.start, colon - 1):
        return None
    return _made(page, Span(page.starts[colon + 1], page.ends[tokens.stop - 1]), page.span(tokens.start, colon - 1), colon)


def _behind_dash(page: Page, tokens: range) -> Attribution | None:
    dash = next((i for i in reversed(tokens) if page.tokens[i] in _DASHES and page.text[page.ends[i]].isspace()), None)
    if dash is None or not 1 <= tokens.stop - dash - 1 <= 7 or not _is_clause(page, range(tokens.start, dash)):
        return None
    if not _speaks(page, dash + 1, tokens.stop - 1) or not page.text[page.starts[dash] - 1].isspace():
        return None
    return _made(page, Span(page.starts[tokens.start], page.ends[dash - 1]), page.span(dash + 1, tokens.stop - 1), dash)


def _made(page: Page, content: Span, speaker: Span, cue: int) -> Attribution:
    return Attribution((content,), speaker, page.span(cue, cue), rule="headline", certainty=0.7)


def _is_clause(page: Page, tokens: range) -> bool:
    """True for three words and more with a verb or somebody who acts: “We leave the League”."""
    words = [page.lower[i] for i in tokens if is_word(page.tokens[i])]
    if len(words) < 3 or any(page.tokens[i] == ":" for i in tokens) or page.tokens[tokens.stop - 1] == "?":
        return False
    known = page.words.auxiliaries | page.words.pasts | {"i", "we", "to", "no"}
    return any(word in known or word in page.words.verbs for word in words) or any(w.endswith(("s", "ed")) for w in words[1:])


def _speaks(page: Page, first: int, last: int) -> bool:
    """True for an office, or for a name that the text below uses too."""
    words = [page.lower[i] for i in range(first, last + 1) if is_word(page.tokens[i])]
    if not words or set(words) & (_NO_SPEAKER | page.words.publications | page.words.verbs.keys() - page.words.roles):
        return False
    m = mention(page.text[page.starts[first] : page.ends[last]], page.words)
    if m.kind == "state":
        return True
    if m.kind == "description":
        return m.head in page.words.roles and m.definite
    body = page.text[page.paragraphs[1].start :]
    if m.kind == "person" and m.name:
        return is_capital(m.name) and m.surname in body
    return m.kind == "organisation" and bool(m.name) and any(word in page.words.organisations for word in words)
