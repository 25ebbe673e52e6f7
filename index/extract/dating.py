"""Says when each statement was made: by the date beside its cue, by the statements around it, by the frame of an interview.

Only the reporter's words date a statement: a date inside a quotation, or inside what is said, is about something else.
Where nothing tells the day, the answer is an open interval up to publication, or unknown; a day is never made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.extract.cue_dates import WORD, CueDates, dating_words
from index.extract.dates import readings
from index.extract.interviews import interview
from index.extract.lexicon import language_of, lexicon
from index.extract.pages import Page, page
from index.extract.turn_labels import announcements
from index.extract.turns import Turn
from index.model import FoundStatement, Span, When

NEAR_PARAGRAPHS = 4  # a sequence of quotations reaches this far without a new date
LEAD_PARAGRAPHS = 3  # the lead tells what the quotations farther down report
OLDER = 60  # days
LONGEST_SEQUENCE = timedelta(days=8)  # longer intervals ("in 2022") do not pass on to other sentences


def dated(
    text: str,
    statements: Sequence[FoundStatement],
    published: When | None,
    dates: Sequence[When],
    turns: Sequence[Turn] | None = None,
    read: Page | None = None,
) -> list[FoundStatement]:
    """The statements with their dates, in the same order.

    `dates` are the date expressions of the text (`date_expressions`), `turns` the turns of an interview (None: looked
    for here when there are answers), `read` the text as it was already read into sentences and quotations (None: it is
    read here).
    """
    if not statements:
        return []
    if turns is None:
        turns = interview(text).turns if any(s.kind == "answer" for s in statements) else ()
    read = read or page(text, lexicon(language_of(text)))
    if not read.sentences:
        return list(statements)
    return _Dating(text, list(statements), published, [d for d in dates if d.expression], turns, read).done()


@dataclass(slots=True)
class _Dating(CueDates):
    """The statements of one text while they get their dates."""

    def done(self) -> list[FoundStatement]:
        """Every statement with its date."""
        self.prepare()
        self.whens = [self.beside_cue(n) for n in range(len(self.statements))]
        self.own = [when is not None for when in self.whens]
        self.inherit()
        return [replace(s, when=self.bounded(self.whens[n])) for n, s in enumerate(self.statements)]

    # --- inheritance --------------------------------------------------------------------------------------------------

    def inherit(self) -> None:
        """Dates for the statements whose own sentence has none."""
        by_actor: dict[str, list[int]] = {}
        for n, s in enumerate(self.statements):
            if self.own[n] and s.actor and s.parent is None and self.is_short(self.whens[n]):
                by_actor.setdefault(s.actor, []).append(n)
        frame = self.frame()
        for n, s in enumerate(self.statements):
            if self.whens[n] is not None:
                continue
            if s.parent is not None:
                self.whens[n] = self.nested(n)
            elif s.kind == "own":
                self.whens[n] = self.by_publication("publication of the text, which is the speaker's own", 0.9, exact=True)
            elif s.kind == "answer":
                self.whens[n] = frame
            else:
                known = by_actor.get(s.actor or "", [])
                self.whens[n] = (
                    self.from_sentence(n, known)
                    or self.from_sentence_before(n)
                    or self.from_sequence(n, known)
                    or self.unsaid(n)
                )

    @staticmethod
    def is_short(when: When | None) -> bool:
        """True for a day or a few days: what can hold for neighbouring sentences too. Unresolved expressions pass as well."""
        if when is None:
            return False
        if when.earliest is None or when.latest is None:
            return when.latest is None and when.earliest is None
        return when.latest - when.earliest < LONGEST_SEQUENCE

    def from_sentence(self, n: int, known: Sequence[int]) -> When | None:
        """The date of another statement of the same speaker in the same sentence."""
        same = [m for m in known if self.sentences[m] == self.sentences[n]]
        return self.inherited(same[0], "same sentence", 0.97) if same else None

    def from_sequence(self, n: int, known: Sequence[int]) -> When | None:
        """The date of the statements of the same speaker around statement `n`: of the one before it, else of the next."""
        if not known or self.is_of_another_time(n) or not self.is_said(n):
            return None
        at = bisect_left(known, n)
        source = known[at - 1] if at else known[0]
        if self.tells_older_time(n, self.whens[source]):
            return None
        apart = abs(self.paragraphs[n] - self.paragraphs[source])
        if at and apart <= NEAR_PARAGRAPHS and not self.other_day_between(source, n):
            return self.inherited(source, "statement before by the same speaker", 0.9)
        days = {(w.earliest, w.latest) for m in known if (w := self.whens[m])}
        lead = not at and (self.paragraphs[n] < LEAD_PARAGRAPHS or apart <= NEAR_PARAGRAPHS)
        if len(days) == 1 and (lead or (at and apart <= 2 * NEAR_PARAGRAPHS and not self.other_day_between(source, n))):
            return self.inherited(source, "the other statements of the same speaker", 0.75)
        return None

    def other_day_between(self, source: int, n: int) -> bool:
        """True when between two statements the text goes on to another day."""
        when = self.whens[source]
        between = Span(self.mark(self.statements[source]).end, self.mark(self.statements[n]).start)
        return any(
            other.is_day and when is not None and other.earliest != when.earliest and not self.is_future(other)
            and other.expression is not None and self.page.quotation_at(other.expression.start) is None
            and not self.in_contents(other.expression)
            for other in self.dates_in(between)
        )  # fmt: skip

    def is_said(self, n: int) -> bool:
        """True for words that were uttered: quoted ones, or ones behind a verb of saying, not "believes" or "is seeking"."""
        s = self.statements[n]
        if s.kind in ("direct", "mixed") or s.cue is None:
            return True
        cue = {word.casefold() for word in WORD.findall(s.cue.of(self.text))}
        words = self.page.words
        return bool(cue & (words.say | words.demand | words.judge)) and not cue & words.think and not self.is_coming(s)

    def is_coming(self, s: FoundStatement) -> bool:
        """True for what nobody has said yet: "will announce", "to call for"."""
        first = WORD.match(self.text, s.cue.start) if s.cue else None
        if first is not None and self.text[first.end() : first.end() + 1] == "-":  # “to-day denied”, as it was spelled
            return False
        return first is not None and first.group().casefold() in dating_words("not_yet") and s.kind == "indirect"

    def tells_older_time(self, n: int, source: When | None) -> bool:
        """True when the sentence of statement `n` speaks of a time long before `source`: "wrote in his 1990 book"."""
        if source is None or source.earliest is None:
            return False
        sentence = self.page.sentences[self.sentences[n]]
        limit = source.earliest.toordinal() - OLDER
        return any(
            when.latest is not None
            and when.latest.toordinal() < limit
            and when.expression
            and self.page.quotation_at(when.expression.start) is None
            for when in self.dates_in(sentence)
        )

    def inherited(self, m: int, source: str, factor: float) -> When | None:
        """The date of statement `m`, as one passed on."""
        when = self.whens[m]
        if when is None:
            return None
        return replace(when, rule=f"{when.rule} ({source})", certainty=round(when.certainty * factor, 2))

    def is_of_another_time(self, n: int) -> bool:
        """True when the words at the cue speak of another time: "had said", "has repeatedly warned", "earlier said". In the
        lead "has said" is the news."""
        s = self.statements[n]
        if s.cue is None:
            return False
        sentence = self.page.sentences[self.sentences[n]]
        window = Span(max(sentence.start, s.cue.start - 40), min(sentence.end, s.cue.end + 14))
        words = [word.casefold() for word in WORD.findall(self.text[window.start : s.cue.start])][-3:]
        cue = [word.casefold() for word in WORD.findall(s.cue.of(self.text))]
        after = [word.casefold() for word in WORD.findall(self.text[s.cue.end : window.end])][:1]
        return (
            bool(set(words + cue + after) & dating_words("earlier"))
            or "had" in [*words[-1:], *cue]
            or ({"has", "have"} & {*words[-1:], *cue[:-1]} != set() and self.paragraphs[n] >= LEAD_PARAGRAPHS)
        )

    def from_sentence_before(self, n: int) -> When | None:
        """The date of the sentence before, when it tells of the same speaker speaking."""
        s = self.statements[n]
        at = self.sentences[n] - 1
        if at < 0 or s.speaker is None or self.is_of_another_time(n) or not self.is_said(n):
            return None
        sentence = self.page.sentences[at]
        if self.paragraphs[n] - self.page.paragraph_at(sentence.start) > 1 or not self.tells_of_speaking(sentence):
            return None
        surname = (s.actor or "").split()[-1:]
        if not surname or surname[0] not in self.text[sentence.start : sentence.end]:
            return None
        for when in self.dates_in(sentence):
            place = when.expression
            if self.published is not None and when.earliest is None and when.latest is None:
                continue
            if (
                place
                and self.page.quotation_at(place.start) is None
                and not self.in_contents(place)
                and not self.is_future(when)
                and not self.is_mere_clock(when)
                and self.may_date(place, sentence)
                and self.is_short(when)
            ):
                return replace(when, rule=f"{when.rule} (sentence before)", certainty=round(when.certainty * 0.8, 2))
        return None

    def tells_of_speaking(self, sentence: Span) -> bool:
        """True for a sentence that tells of somebody speaking: "addressed the council", "in an interview"."""
        return not dating_words("speaking").isdisjoint(WORD.findall(sentence.of(self.text).casefold()))

    def nested(self, n: int) -> When | None:
        """The date of a statement inside another: that of the nested one before it, else unknown."""
        s = self.statements[n]
        past = not re.search(
            r"\b(?:is|are|am|think|believe|say|says|want|hope|know)\b",
            self.text[(s.cue or s.content[0]).start : (s.cue or s.content[0]).end],
        )
        if past:
            for m in range(n - 1, max(-1, n - 5), -1):
                if self.statements[m].parent == s.parent and self.own[m] and 0 < self.sentences[n] - self.sentences[m] <= 2:
                    return self.inherited(m, "statement before in the same quotation", 0.85)
            return None
        parent = self.whens[s.parent] if s.parent is not None and s.parent < n else None
        return (
            replace(parent, rule=f"{parent.rule} (enclosing statement)", certainty=round(parent.certainty * 0.9, 2))
            if parent
            else None
        )

    # --- frames -------------------------------------------------------------------------------------------------------

    def frame(self) -> When | None:
        """When an interview was held: after the last past day that it speaks of, up to publication."""
        if self.published is None or self.published.latest is None or not any(turn.paragraphs for turn in self.turns):
            return None
        told = self.told_in_lead()
        if told:
            return told
        last: date | None = None
        spoken = [paragraph for turn in self.turns for paragraph in turn.paragraphs]
        start, end = spoken[0].start, spoken[-1].end
        leans = {r.start: r.lean for r in readings(self.text)}
        for when in self.dates_in(Span(start, end)):
            if when.latest is None or not when.is_day or when.latest >= self.published.latest or when.certainty < 0.7:
                continue
            counted = when.rule.startswith(("date written", "year", "nearest"))
            if counted and when.expression and leans.get(when.expression.start, 0) <= 0:
                last = max(last or when.latest, when.latest)
        if last:
            rule = "interview: after the last day it speaks of, before publication"
            return When(last, self.published.latest, "range", rule, 0.8)
        return When(None, self.published.latest, "range", "interview: before publication", 0.6)

    def told_in_lead(self) -> When | None:
        """The day that the lead gives for an interview: "told RTX in an interview on Tuesday"."""
        first = next(turn.paragraphs[0].start for turn in self.turns if turn.paragraphs)
        for when in self.dates_in(Span(0, first)):
            place = when.expression
            if place is None or when.earliest is None or not self.is_short(when) or self.is_future(when):
                continue
            sentence = self.page.sentences[self.page.sentence_at(place.start)]
            quoted = self.page.quotation_at(place.start) is not None
            if not quoted and self.tells_of_interview(sentence) and self.may_date(place, sentence):
                certainty = round(when.certainty * 0.9, 2)
                return replace(when, rule=f"{when.rule} (lead of the interview)", certainty=certainty)
        return None

    def tells_of_interview(self, sentence: Span) -> bool:
        """True for a sentence that announces an interview or conference."""
        words = sentence.of(self.text).casefold()
        return any(phrase in words for phrase in announcements())

    def unsaid(self, n: int) -> When | None:
        """For a statement without any date: before publication; unknown inside the question of an interview."""
        place = self.mark(self.statements[n]).start
        if any(t.paragraphs and t.paragraphs[0].start <= place < t.paragraphs[-1].end for t in self.turns):
            return None
        if self.is_coming(self.statements[n]):
            return None
        return self.by_publication("before publication", 0.5, exact=False)

    def by_publication(self, rule: str, certainty: float, *, exact: bool) -> When | None:
        """The day of publication, or the open time before it."""
        if self.published is None or self.published.latest is None:
            return None
        if exact:
            return replace(
                self.published, rule=rule, certainty=round(min(certainty, self.published.certainty), 2), expression=None
            )
        return When(None, self.published.latest, "range", rule, certainty)

    def bounded(self, when: When | None) -> When | None:
        """A date that does not reach beyond publication: what is reported was said before it."""
        if (
            when is None
            or self.published is None
            or self.published.latest is None
            or when.latest is None
            or when.earliest is None
        ):
            return when
        last = self.published.latest
        return replace(when, latest=last, precision="range") if when.earliest <= last < when.latest else when
