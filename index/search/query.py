"""The query language: a string becomes a tree, or a tree and what was wrong with the string, and where.

Words are joined by AND unless OR stands between them. Any string can be parsed: what cannot be understood is left out
of the tree, the first trouble is reported with its place, and the tree written back is the mended query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.model import QueryProblem, Span
from index.search import dates, terms
from index.search.fieldnames import FIELDS, KINDS, MEANT, STATUSES, SYNONYMS, nearest
from index.search.lexemes import OPERATORS, Lexeme, lexemes
from index.search.tree import (
    And,
    Dates,
    Everything,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Titled,
    Undated,
    Word,
    all_of,
    any_of,
)  # fmt: skip
from index.search.troubles import MESSAGES, UNFINISHED
from index.search.words import WORD, fold
from index.search.written import written

FARTHEST = 2  # edits of a fuzzy word
DATE_WORDS = 9  # that a range of dates may have: 5 March 2024 to 7 April 2024
DEEPEST = 40  # parentheses inside parentheses
LONGEST_QUERY = 10_000

_FUZZY = re.compile(r"^(?P<word>.+?)~(?P<n>\d{0,4})$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query: what it means, and the first trouble with it, if any (the tree is then that of the mended query)."""

    tree: Node
    problem: QueryProblem | None = None
    unfinished: bool = False  # nothing is wrong but that somebody may still be typing


def parsed(query: str, attributes: Iterable[str] = (), today: str | None = None) -> Parsed:
    """The tree of a query. `attributes` are names of the library's own fields; any string is accepted, none raises."""
    parser = _Parser(query[:LONGEST_QUERY], {fold(a): a for a in attributes}, today)
    if len(query) > LONGEST_QUERY:
        parser.trouble("too-long", LONGEST_QUERY)
    tree = parser.whole()
    if parser.found is None:
        return Parsed(tree)
    code, at, message = parser.found
    mended = written(tree)
    return Parsed(tree, QueryProblem(code, at, message, mended or None), parser.codes <= UNFINISHED)


class _Parser:
    def __init__(self, query: str, attributes: dict[str, str], today: str | None) -> None:
        self.query = query
        self.attributes = attributes
        self.today = today
        self.lexemes = lexemes(query)
        self.at = 0
        self.depth = 0
        self.found: tuple[str, int, str] | None = None
        self.codes: set[str] = set()

    def trouble(self, code: str, position: int, detail: str = "", *, begun: bool = False) -> None:
        """Remember the trouble that stands first in the query; what is only unfinished comes after what is wrong.

        `begun`: it stands at the end and may be the beginning of something good.
        """
        self.codes.add("empty-field" if begun else code)
        before = self.found
        if before is None or (code in UNFINISHED, position) < (before[0] in UNFINISHED, before[1]):
            names = ", ".join((*FIELDS, *self.attributes.values()))
            self.found = (code, position, MESSAGES[code].format(detail=detail, fields=names))

    # --- the lexeme at hand ---

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def operator(self) -> str | None:
        """and, or, not at hand; only in capitals, so that the words stay words."""
        here = self.peek()
        return OPERATORS.get(here.text) if here and here.kind in ("word", "bar") else None

    def take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    # --- the grammar ---

    def whole(self) -> Node:
        parts = []
        while self.peek() is not None:
            parts.append(self.alternatives())
            here = self.peek()
            if here is not None:  # only a closing parenthesis ends an expression early
                self.trouble("stray-parenthesis", here.start)
                self.take()
        return all_of(parts)

    def alternatives(self) -> Node:
        parts: list[Node] = []
        before: Node | None = self.sequence()
        while self.operator() == "or":
            here = self.take()
            after = self.sequence()
            if before is None or after is None:
                self.trouble("missing-operand", here.start, here.text)
            parts += [before] if before is not None else []
            before = after
        parts += [before] if before is not None else []
        return any_of(parts)

    def sequence(self) -> Node | None:
        parts: list[Node] = []
        waiting: Lexeme | None = None
        while (here := self.peek()) is not None and here.kind != "close" and self.operator() != "or":
            if self.operator() == "and":
                self.take()
                if not parts or waiting is not None:
                    self.trouble("missing-operand", here.start, here.text)
                waiting = here
                continue
            if here.kind == "near":
                self.near(parts)
                continue
            part = self.signed()
            if part is not None:
                parts.append(part)
                waiting = None
        if waiting is not None:
            self.trouble("missing-operand", waiting.start, waiting.text)
        return all_of(parts) if parts else None

    def near(self, parts: list[Node]) -> None:
        """`a NEAR/5 b` (also w/5): the last of the parts and what follows, with at most so many words between."""
        here = self.take()
        following = self.peek()
        good = following is not None and following.kind in ("word", "phrase") and self.operator() is None
        after = self.signed() if good else None
        if not parts or not isinstance(parts[-1], Word | Phrase) or not isinstance(after, Word | Phrase):
            self.trouble("bad-near" if parts and following else "missing-operand", here.start, here.text)
            parts += [after] if after is not None else []
            return
        before = parts.pop()
        assert isinstance(before, Word | Phrase)
        sides = [part.known if isinstance(part, Phrase) else (part,) for part in (before, after)]
        within = (here.within or 0) + (before.within or 0 if isinstance(before, Phrase) else 0)
        whole = [part for part in (before, after) if isinstance(part, Phrase) and len(part.known) < len(part.words)]
        runs = (*_runs(before), *_runs(after))
        span = Span(before.span.start, after.span.end)
        parts += [*whole, Phrase((*sides[0], *sides[1]), within, span, runs=runs if max(runs) > 1 else ())]

    def signed(self) -> Node | None:
        here = self.peek()
        assert here is not None
        negative = self.operator() == "not" or (here.kind == "word" and here.text in ("-", "!"))
        if negative:
            self.take()
            after = self.peek()
            if after is None or after.kind == "close" or self.operator() in ("and", "or"):
                if here.text == "NOT":
                    self.trouble("missing-operand-after", here.start, here.text)
                return None
            if self.nested():
                part = self.signed()
                self.depth -= 1
                return None if part is None else Not(part)
            return None
        return self.primary()

    def nested(self) -> bool:
        """Go one level deeper; False (and the rest is given up) where that would be too deep."""
        self.depth += 1
        if self.depth <= DEEPEST:
            return True
        self.trouble("too-deep", self.lexemes[min(self.at, len(self.lexemes) - 1)].start)
        self.at = len(self.lexemes)
        self.depth -= 1
        return False

    def primary(self) -> Node | None:
        here = self.take()
        if here.kind == "open":
            return self.parenthesis(here)
        if here.kind == "phrase":
            return self.phrase(here)
        if here.kind == "field":
            return self.field(here)
        return self.word(here.text, here.start)

    def parenthesis(self, here: Lexeme) -> Node | None:
        if not self.nested():
            return None
        before = self.at
        part = self.alternatives()
        self.depth -= 1
        end = self.peek()
        if end is None:
            self.trouble("open-parenthesis", here.start)
        else:
            self.take()
        if self.at - before <= 1 and isinstance(part, Everything) and end is not None:
            self.trouble("empty-parentheses", here.start)
            return None
        return None if isinstance(part, Everything) else part

    # --- words and phrases ---

    def word(self, text: str, start: int) -> Node | None:
        """A run without blanks: one word, or (O'Brien, 2024-11, north-east) several that stand side by side."""
        if len(text) > 1 and text[0] in "-!" and (text[1].isalnum() or text[1] in "=*?#$'’"):
            inner = self.word(text[1:], start + 1)
            return None if inner is None else Not(inner)
        text, start = (text[1:], start + 1) if len(text) > 1 and text[0] == "+" else (text, start)
        exact = text.startswith("=") and len(text) > 1
        if exact:
            text, start = text[1:], start + 1
        distance = 0
        if (m := _FUZZY.match(text)) and WORD.search(m["word"]):
            distance = int(m["n"] or 1)
            if distance > FARTHEST:
                self.trouble("bad-distance", start + len(m["word"]))
                distance = FARTHEST
            text = m["word"]
        if not exact and len(text) > 1 and text[-1] == "?" and not terms.is_pattern(text[:-1]) and self.is_sentence():
            text = text[:-1]
        if not exact and terms.is_pattern(text):
            return terms.pattern(text, start)
        found = terms.words_in(text, start, exact)
        if not found:
            return None
        if len(found) > 1:
            return Phrase(found, None, Span(start, start + len(text)), text.strip("'’ʼ"))
        if distance and not exact:
            return Word(found[0].text, "fuzzy", distance, found[0].span, text)
        return found[0]

    def is_sentence(self) -> bool:
        """True where a question mark at the end of the word just taken ends a sentence: nothing or a capital follows."""
        here = self.peek()
        return len(self.lexemes) > 1 and (here is None or (here.kind in ("word", "phrase") and here.text[:1].isupper()))

    def phrase(self, here: Lexeme) -> Node | None:
        if not here.closed:
            self.trouble("open-quote", here.start + here.exact)
        found = terms.in_phrase(here)
        if not found:
            self.trouble("empty-phrase", here.start)
            return None
        if len(found) == 1:
            return found[0]
        return Phrase(tuple(found), here.within, Span(here.start, here.end), " ".join(here.text.split()))

    # --- fields ---

    def field(self, here: Lexeme) -> Node | None:
        name = here.text.lower()
        if fold(name) not in self.attributes:
            name = SYNONYMS.get(name, name)
        known = name in FIELDS or fold(name) in self.attributes
        value = self.peek()
        ready = value is not None and value.kind in ("word", "phrase", "open", "field") and self.operator() is None
        near = ready and value is not None and value.start == here.end
        if not known:
            return self.unknown(here, near)
        name = name if name in FIELDS else self.attributes[fold(name)]
        if not ready or value is None:
            self.trouble("empty-field", here.start, here.text)
            return None
        if name in ("said", "published"):
            day = self.day()
            if day is None and not near:
                return self.word(here.text, here.start)  # "he said: yes" is plain words
            if day is not None:
                return self.value(day, name)
        if name == "text":
            return self.primary()
        if name == "title":
            part = self.primary()
            return None if part is None else _in_title(part)
        if value.kind == "open":
            self.take()
            return self.choices(value, name)
        return self.value(self.joined(), name)

    def day(self) -> Lexeme | None:
        """The most of the words at hand that is a date or a range of dates (5 March 2024); None where none is."""
        first = self.lexemes[self.at]
        if first.kind == "phrase":
            return self.take() if dates.is_period(first.text, self.today) else None
        ends: list[int] = []
        for here in self.lexemes[self.at : self.at + DATE_WORDS]:
            if here.kind not in ("word", "field") or (ends and here.kind == "field" and here.start > ends[-1]):
                break
            ends.append(here.end)
        for count in range(len(ends), 0, -1):
            text = self.query[first.start : ends[count - 1]]
            if dates.is_period(text, self.today):
                self.at += count
                return Lexeme("word", first.start, ends[count - 1], text)
        return None

    def joined(self) -> Lexeme:
        """The value at hand; a run without blanks that the lexer cut (10:30, doc:3:10) is one value."""
        first = self.take()
        last = first
        while first.kind != "phrase" and (here := self.peek()) and here.start == last.end:
            if here.kind not in ("field", "word"):
                break
            last = self.take()
        if last is first and first.kind != "field":
            return first
        return Lexeme("word", first.start, last.end, self.query[first.start : last.end])

    def choices(self, open_: Lexeme, name: str) -> Node | None:
        """actor:(A OR B): every value in the parentheses belongs to the field; blanks join a value."""
        parts: list[list[Node]] = [[]]
        negative = False
        while (here := self.peek()) is not None and here.kind not in ("close", "open"):
            operator = self.operator()
            if operator in ("or", "not"):
                self.take()
                if operator == "or":
                    parts.append([])
                negative = operator == "not"
                continue
            if operator == "and":
                self.take()
                continue
            node = self.value(self.joined(), name)
            if node is not None:
                parts[-1].append(Not(node) if negative else node)
            negative = False
        if here is None or here.kind == "open":
            self.trouble("open-parenthesis", open_.start)
        else:
            self.take()
        found = [all_of(p) for p in parts if p]
        if not found:
            self.trouble("empty-field", open_.start, name)
            return None
        return any_of(found)

    def value(self, here: Lexeme, name: str) -> Node | None:
        span = Span(here.start, here.end)
        text = here.text.strip()
        if here.kind == "phrase" and not here.closed:
            self.trouble("open-quote", here.start)
        if here.kind == "word" and len(text) > 1 and text[0] == "=":
            text = text[1:]
            here = Lexeme("word", here.start, here.end, text, True)
        if not text:
            self.trouble("empty-field", here.start, name)
            return None
        if name in ("said", "published"):
            return self.dates(name, text, span)
        if name in ("kind", "status"):
            return self.one_of(name, text, span)
        if not WORD.search(text) and text != "*":
            self.trouble("empty-field", here.start, name)
            return None
        return Field(name, text, span, here.exact)

    def one_of(self, name: str, text: str, span: Span) -> Node | None:
        allowed = KINDS if name == "kind" else STATUSES
        value = text.lower()
        if value not in allowed:
            near = [a for a in allowed if a.startswith(value[:3])]
            begun = bool(near) and span.end == len(self.query)
            self.trouble("bad-value", span.start, f"{text} is not a {name}. It can be {', '.join(allowed)}.", begun=begun)
            return Field(name, near[0], span) if near else None
        return Field(name, value, span)

    def dates(self, name: str, text: str, span: Span) -> Node | None:
        if text.lower() in ("none", "unknown"):
            return Undated(name, span)
        try:
            earliest, latest = dates.period(text, self.today)
        except dates.BadDate as error:
            place = span.start + max(text.find(error.part), 0)
            if error.either:
                self.trouble("two-dates", place, f"{error.part} can be {' or '.join(error.either)}")
                return None
            self.trouble("bad-date", place, error.part or text, begun=span.end == len(self.query))
            return None
        if earliest is not None and latest is not None and earliest > latest:
            self.trouble("bad-range", span.start)
            earliest, latest = dates.period(dates.turned(text), self.today)
            return Dates(name, earliest, latest, dates.turned(text), span)
        return Dates(name, earliest, latest, text, span)

    def unknown(self, here: Lexeme, near: bool) -> Node | None:
        """A word with a colon that is no field: an error and the nearest field, where one is near, else plain words."""
        close = MEANT.get(here.text.lower()) or nearest(here.text.lower(), (*FIELDS, *self.attributes))
        if not near:  # "he said: yes": punctuation, not a field
            return self.word(here.text, here.start)
        self.trouble("unknown-field", here.start, here.text)
        if close is None:
            return self.word(here.text, here.start)
        self.lexemes[self.at - 1] = Lexeme("field", here.start, here.end, close)
        return self.field(self.lexemes[self.at - 1])


def _runs(part: Word | Phrase) -> tuple[int, ...]:
    """How many words after another stand side by side in a side of NEAR."""
    if isinstance(part, Word):
        return (1,)
    if part.within is None and len(part.known) == len(part.words):
        return (len(part.words),)
    return part.runs or (1,) * len(part.known)


def _in_title(node: Node) -> Node:
    match node:
        case And(parts):
            return And(tuple(_in_title(p) for p in parts))
        case Or(parts):
            return Or(tuple(_in_title(p) for p in parts))
        case Not(part):
            return Not(_in_title(part))
        case Word() | Phrase():
            return Titled(node)
        case _:
            return node
