"""Finds the date expression in the sentence of a cue that tells when the words were said.

Only the reporter's words count: a date inside a quotation, or inside what is said, is about something else; and of the
reporter's dates only one that stands with the cue, not in a clause of its own or tied to another thing.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from index.extract.pages import Page
from index.extract.turns import Turn
from index.model import FoundStatement, Span, When

_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)(?:\s(?:the|a|an|its|his|her|their|last|this|late|early|next))?\s{0,2}[‘'\"(]?\Z")
_YEAR_LEADS = ("in", "im", "since", "during", "en", "в", "")
_AFTER = re.compile(r"(?P<own>['’]s?)?\s{0,2}(?P<word>[^\W_]+)")
_RELEASED = re.compile(r"\b(?:made public|published|released|unveiled|declassified|obtained)\s(?:on\s)?\Z")
_MADE_KNOWN = 200  # added to the distance of the day on which a writing came out: another date of the sentence goes first
WORD = re.compile(r"[^\W\d_]+")


@cache
def dating_words(name: str) -> frozenset[str]:
    """A list of `words/dating_words.toml`."""
    text = files("index.extract").joinpath("words", "dating_words.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[name].split())


@dataclass(slots=True)
class CueDates:
    """The statements of one text, and the date expressions of their sentences."""

    text: str
    statements: list[FoundStatement]
    published: When | None
    dates: list[When]
    turns: Sequence[Turn]
    page: Page
    whens: list[When | None] = field(default_factory=list)
    own: list[bool] = field(default_factory=list)  # dated by its own sentence, not by inheritance
    paragraphs: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    contents: list[Span] = field(default_factory=list)
    date_starts: list[int] = field(default_factory=list)

    def prepare(self) -> None:
        """Sorts the dates and finds the sentence and paragraph of every statement."""
        self.dates.sort(key=lambda d: d.expression or (0, 0))
        self.date_starts = [d.expression.start for d in self.dates if d.expression]
        marks = [self.mark(s).start for s in self.statements]
        self.paragraphs = [self.page.paragraph_at(at) for at in marks]
        self.sentences = [self.page.sentence_at(at) for at in marks]
        reported = (s for s in self.statements if s.kind in ("indirect", "mixed") and s.parent is None)
        self.contents = sorted(span for s in reported for span in s.content)

    @staticmethod
    def mark(s: FoundStatement) -> Span:
        """The place of a statement's reporting clause: its cue, else its speaker, else its words."""
        return s.cue or s.speaker or s.content[0]

    # --- the date beside the cue --------------------------------------------------------------------------------------

    def beside_cue(self, n: int) -> When | None:
        """The date of the sentence of the cue that tells when it was said."""
        s = self.statements[n]
        if (s.cue is None and s.speaker is None) or s.kind in ("answer", "own"):
            return None
        sentence = self.page.sentences[self.sentences[n]]
        cue = self.mark(s)
        best: tuple[float, When] | None = None
        for when in self.dates_in(sentence):
            if self.published is not None and when.earliest is None and when.latest is None:
                continue  # "that night" of nobody knows which day
            fit = self.fitness(n, s, when, cue, sentence)
            if fit is not None and (best is None or fit < best[0]):
                best = fit, when
        if best is None:
            return None
        return replace(best[1], certainty=round(best[1].certainty * (1.0 if best[0] < 40 else 0.9), 2))

    def dates_in(self, place: Span) -> list[When]:
        """The date expressions inside a place."""
        return self.dates[bisect_left(self.date_starts, place.start) : bisect_left(self.date_starts, place.end)]

    def fitness(self, n: int, s: FoundStatement, when: When, cue: Span, sentence: Span) -> float | None:
        """How far a date is from telling when `s` was said (characters between them); None when it cannot."""
        place = when.expression
        assert place is not None
        if self.is_mere_clock(when) or self.is_future(when):
            return None
        if not self.is_reporters(s, place) or not self.may_date(place, sentence):
            return None
        between = Span(min(place.end, cue.end), max(place.start, cue.start))
        if place.end <= cue.start:
            between = Span(place.end, cue.start)
            if self.is_background(place, cue, sentence):
                return None
        elif self.clause_between(s, between):
            return None
        distance = self.length_without_contents(between)
        if self.is_long(when) and not self.stands_close(place, between, sentence):
            return None
        for m in self.neighbours(n):
            other = self.statements[m]
            there = self.mark(other)
            gap = Span(min(place.end, there.end), max(place.start, there.start))
            if other.actor != s.actor and self.length_without_contents(gap) < distance:
                return None
        released = _RELEASED.search(self.text, max(sentence.start, place.start - 30), place.start)
        return float(distance) + (_MADE_KNOWN if released else 0)

    @staticmethod
    def is_mere_clock(when: When) -> bool:
        """True for "at 9 p.m." without a day: the day of publication would be a guess."""
        return when.rule.startswith("time of the day of publication")

    @staticmethod
    def is_long(when: When) -> bool:
        """True for a month and more: such dates stand in many clauses that are not about speaking."""
        return when.earliest is not None and when.latest is not None and (when.latest - when.earliest).days > 27

    def stands_close(self, place: Span, between: Span, sentence: Span) -> bool:
        """True when a date opens its sentence ("In 2019, Lund said") or no verb stands between it and the cue."""
        if not WORD.search(self.text[sentence.start : place.start].removeprefix("In").removeprefix("in")):
            return True
        head = WORD.findall(self.text[sentence.start : place.start])
        if len(head) <= 3 and not any(self.is_verb(word.casefold()) for word in head):
            return True
        words = [word.casefold() for word in WORD.findall(self.without_contents(between))]
        return len(words) <= 8 and not any(self.is_verb(word) for word in words)

    def neighbours(self, n: int) -> list[int]:
        """The other statements whose cue stands in the same sentence."""
        out = []
        for step in (-1, 1):
            m = n + step
            while 0 <= m < len(self.statements) and abs(m - n) <= 6:
                if self.sentences[m] == self.sentences[n] and self.statements[m].parent == self.statements[n].parent:
                    out.append(m)
                m += step
        return out

    def is_reporters(self, s: FoundStatement, place: Span) -> bool:
        """True when the words at `place` are those of whoever reports `s`: the text itself, or the enclosing statement."""
        if any(place.overlaps(span) for span in s.content):
            return False
        if s.parent is not None:
            return any(place.within(span) for span in self.statements[s.parent].content)
        return self.page.quotation_at(place.start) is None and not self.in_contents(place)

    def in_contents(self, place: Span) -> bool:
        """True inside the words of an indirect statement."""
        at = bisect_right(self.contents, (place.start, len(self.text) + 1)) - 1
        return any(place.overlaps(span) for span in self.contents[max(0, at - 3) : at + 1])

    def is_future(self, when: When) -> bool:
        """True for a date after publication: nothing was said then."""
        known = self.published is not None and self.published.latest is not None
        return bool(
            known and self.published and self.published.latest and when.earliest and when.earliest > self.published.latest
        )

    def may_date(self, place: Span, sentence: Span) -> bool:
        """False where the words round a date tie it to something else: "since Monday", "the 2018 law", "Thursday's vote"."""
        head, tail = (
            self.text[max(sentence.start, place.start - 40) : place.start],
            self.text[place.end : min(sentence.end, place.end + 40)],
        )
        before, after = _BEFORE.search(head), _AFTER.match(tail)
        lead = before.group("word").casefold() if before else ""
        direct = (WORD.findall(head) or [""])[-1].casefold()
        if lead in dating_words("not_of_saying") and not (lead in ("and", "or") and not head.strip()):
            return False
        if after is None:
            return True
        word = after.group("word").casefold()
        if after.group("own"):
            return word in dating_words("occasions") and lead in ("at", "during", "in", "after", "following", "")
        noun = (
            after.group("word")[:1].islower()
            and word not in dating_words("followers")
            and not word.endswith(("ed", "ing", "ly"))
        )
        if noun and direct in ("the", "a", "an", "his", "her", "its", "their"):
            return word in dating_words("occasions")
        return True

    def is_background(self, place: Span, cue: Span, sentence: Span) -> bool:
        """True when a date before the cue stands in a clause of its own: "Lund, who was elected in 2018, said"."""
        start = max(self.text.rfind(mark, sentence.start, place.start) for mark in (",", ";", "—", "–", "(")) + 1
        start = max(start, sentence.start)
        segment = [word.casefold() for word in WORD.findall(self.text[start : place.start])]
        between = self.text[place.end : cue.start]
        if segment and segment[0] in dating_words("relatives") - {"after", "as", "while", "when"}:
            return True
        leads = not any(ch.isalnum() for ch in self.text[sentence.start : start]) or start - sentence.start < 30
        if not leads and "," in between and any(self.is_verb(word) for word in segment):
            return True
        closes = re.search(r"[;:]|\.\s", between)
        return bool(closes)

    def is_verb(self, word: str) -> bool:
        """True for a word that looks like a finite verb of the past or an auxiliary."""
        words = self.page.words
        return word in words.verbs or word in words.auxiliaries or (len(word) > 4 and word.endswith("ed"))

    def clause_between(self, s: FoundStatement, between: Span) -> bool:
        """True when between the cue and a date behind it another clause begins in the reporter's words."""
        words = [word.casefold() for word in WORD.findall(self.without_contents(between))]
        return any(word in dating_words("relatives") for word in words) or ("that" in words and s.kind == "direct")

    def without_contents(self, place: Span) -> str:
        """The reporter's words of a place, without what is quoted or reported."""
        out, at = [], place.start
        for span in self.covering(place):
            if span.start > at:
                out.append(self.text[at : span.start])
            at = max(at, span.end)
        out.append(self.text[at : place.end] if at < place.end else "")
        return " ".join(out)

    def covering(self, place: Span) -> list[Span]:
        """Contents and quotations that touch a place, in order."""
        spans = [q.outer for q in self.page.around(place.start, place.end)]
        at = max(0, bisect_right(self.contents, (place.start, len(self.text) + 1)) - 3)
        for span in self.contents[at : at + 8]:
            if span.overlaps(place):
                spans.append(span)
        return sorted(spans)

    def length_without_contents(self, place: Span) -> int:
        """Characters of the reporter's words in a place."""
        return len(self.without_contents(place).strip()) if place.start < place.end else 0
