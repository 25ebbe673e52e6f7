"""Whom “he”, “she”, “it”, “they” and “who” mean: whoever spoke or was named last and fits, or nobody."""

from __future__ import annotations

from dataclasses import replace

from index.extract.attributions import Attribution
from index.extract.cast import KIN, Cast
from index.extract.descriptions import GENERIC
from index.extract.names import Mention, is_place, mention
from index.extract.resolutions import NEAR, UNKNOWN, Earlier, Resolved
from index.model import Span

_ASKING = frozenset("ask asks asked asking questioned inquired wondered".split())
_JOINING = frozenset("and but so yet then also still".split())
_HUMAN = frozenset("man woman person one people voter mother father".split())
_KIN = KIN | frozenset("partner lawyer ally rival".split())
_PASSIVE = frozenset("when was were if being once is are".split())
_PUT = frozenset("asked pressed questioned quizzed told".split())
_GOVERNING = frozenset("with to of for by from against about after like on over behind than toward towards between".split())
_AMONG = frozenset("in of from at".split())


class Pronouns:
    """Resolves pronouns against the cast of a text."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def resolved(self, span: Span, m: Mention, earlier: Earlier, own: Attribution | None) -> Resolved:
        """Whom the pronoun at `span` means: nobody whom the attribution that is its `own` speaks to or of."""
        gender = "m" if m.head in self.cast.page.words.male else "f" if m.head in self.cast.page.words.female else ""
        if m.head in ("i", "me", "my", "you", "your", "we", "us", "our"):
            return UNKNOWN
        if m.head in ("they", "them", "their"):
            last = next((r for a, r in reversed(earlier) if r.actor and span.start - a.whole.end < NEAR), None)
            if last is not None and last.kind in ("group", "organisation"):
                return Resolved(last.actor, f"{m.head} -> {last.actor}: last speaker", kind=last.kind, certainty=0.6)
            return UNKNOWN
        if m.head in ("it", "its"):
            last = next((r for a, r in reversed(earlier) if r.actor and span.start - a.whole.end < NEAR), None)
            if last is not None and last.kind in ("organisation", "state"):
                return Resolved(last.actor, f"{m.head} -> {last.actor}: last speaker", kind=last.kind, certainty=0.7)
            return UNKNOWN
        if m.head == "who":
            return self._antecedent(span)
        if not gender:
            return UNKNOWN
        quotation = self.cast.page.quotation_at(span.start)
        if quotation is not None:
            return self._inside(span, m.head, gender, quotation.inner.start)
        return self._he_or_she(span, m.head, gender, earlier, own)

    def _antecedent(self, span: Span) -> Resolved:
        """“who”: the person named last in the same sentence, when it follows the name or an apposition to it.

        “Holm won the votes of delegates who said ...”: the delegates, and not Holm.
        """
        page = self.cast.page
        start = page.sentences[page.sentence_at(span.start)].start
        found = next(iter(self.cast.people_before(span.start, start)), None)
        if found is None:
            return UNKNOWN
        at, name = found
        tokens = list(page.tokens_in(Span(at, span.start)))
        while tokens and (page.tokens[tokens[0]][:1].isupper() or page.tokens[tokens[0]] in ("'", "’", ".")):
            tokens.pop(0)
        words = [page.lower[i] for i in tokens]
        among = "among" in words[:3]  # “Holm was among those who”
        follows = not words or words[0] in {",", "(", *_AMONG}
        if not among and (not follows or (words and words[-1] not in (",", ")") and words[-1] in page.words.groups)):
            return UNKNOWN
        return Resolved(name, f"who -> {name}: named before it", self.cast.role(name), "person", 0.7)

    def _inside(self, span: Span, head: str, gender: str, start: int) -> Resolved:
        """Inside a quotation “he” is whom the same quotation named last, or unknown."""
        before = self.cast.people_before(span.start, start)
        name = next((name for _, name in before if self.cast.fits(name, gender)), None)
        if name is None:
            return UNKNOWN
        return Resolved(name, f"{head} -> {name}: named last in the quotation", self.cast.role(name), "person", 0.6)

    def _he_or_she(
        self,
        span: Span,
        head: str,
        gender: str,
        earlier: Earlier,
        own: Attribution | None,
    ) -> Resolved:
        """The person named last as a subject: the last speaker, unless another fitting person was named since."""
        page = self.cast.page
        told = self._named_in(own.addressee) if own is not None and own.addressee is not None else None
        fitting = [
            (a, r)
            for a, r in earlier
            if r.kind == "person"
            and r.actor
            and r.actor != told
            and self.cast.fits(r.actor, gender)
            and span.start - a.whole.end < NEAR
        ]
        named = self._named_before(span.start, gender, own, told)
        nameless = self._nameless(span, earlier)
        if nameless > max(named[1] if named else -1, fitting[-1][0].whole.end if fitting else -1):
            return UNKNOWN
        if fitting:
            last = fitting[-1]
            since = max(last[0].whole.end, last[0].speaker.end if last[0].speaker else 0)
            if named is None or named[1] <= since or page.paragraph_at(named[1]) == page.paragraph_at(since):
                asked = self._asked(last, fitting, span, gender)
                if asked is not None:
                    return replace(asked, rule=f"{head} -> {asked.actor}: {asked.rule}") if asked.actor else UNKNOWN
                return Resolved(last[1].actor, f"{head} -> {last[1].actor}: last speaker", last[1].role, "person", 0.93)
        if named is not None:
            return Resolved(named[0], f"{head} -> {named[0]}: person named last", self.cast.role(named[0]), "person", 0.75)
        return UNKNOWN

    def _nameless(self, span: Span, earlier: Earlier) -> int:
        """Where somebody without a name spoke last (“one delegate said ...”): “he” may be that one. -1: nowhere."""
        for a, who in reversed(earlier):
            if a.speaker is None or span.start - a.whole.end >= NEAR:
                continue
            m = mention(a.speaker.of(self.cast.page.text), self.cast.page.words)
            human = self.cast.page.words.people | GENERIC.keys() | _HUMAN
            somebody = m.kind == "description" and (m.head in human or m.head.endswith("man"))
            if (who.actor is None and (somebody or m.kind == "person")) or self._may_be_person(m):
                return max(a.whole.end, a.speaker.end)
            if m.kind != "pronoun":
                return -1
        return -1

    def _may_be_person(self, m: Mention) -> bool:
        """True for “Andy Street”, “Rio Vale”: taken for a place, but perhaps somebody whom “he” then means."""
        words, name = self.cast.page.words, m.name or ""
        run = name.split()
        return m.kind == "organisation" and len(run) == 2 and is_place(run, words) and name.casefold() not in words.regions

    def _named_in(self, span: Span) -> str | None:
        """The person whom the mention at `span` names."""
        m = mention(span.of(self.cast.page.text), self.cast.page.words)
        return (self.cast.full(m, span.start) or m.name) if m.kind == "person" and m.name else None

    def _asked(
        self,
        last: tuple[Attribution, Resolved],
        fitting: Earlier,
        span: Span,
        gender: str,
    ) -> Resolved | None:
        """After a question it is the one asked who speaks: whom the question was put to, else who spoke before it.

        None when the last speaker asked nobody anything; UNKNOWN when it can't be told who was asked.
        """
        page, (question, asker) = self.cast.page, last
        if question.cue is None or page.sentence_at(question.cue.start) == page.sentence_at(span.start):
            return None
        cue = page.tokens_in(question.cue)
        if not any(page.lower[i] in _ASKING for i in cue) or page.lower[cue.start - 1] in _PASSIVE:  # “when asked”
            return None
        head = [page.lower[i] for i in page.tokens_in(question.whole)[:4]]
        if "to" in head and page.text[question.whole.end - 1] != "?":  # “asked both to sit down”
            return None
        name = self._named_in(question.addressee) if question.addressee is not None else None
        if name is not None and name != asker.actor and self.cast.fits(name, gender):
            return Resolved(name, "the question was put to this person", self.cast.role(name), "person", 0.75)
        if any(page.quotation_at(s.start) is not None for s in question.content):
            return None
        before = next((r for _, r in reversed(fitting) if r.actor != asker.actor), None)
        return replace(before, rule="spoke before the question", certainty=0.6) if before is not None else UNKNOWN

    def _named_before(self, place: int, gender: str, own: Attribution | None, told: str | None) -> tuple[str, int] | None:
        """The fitting person who is named first (its subject) in the nearest sentence before that names one.

        Names in the words that are reported don't count, nor a sentence in which “he” or “she” stands before the name:
        there the name is another's.
        """
        best: tuple[str, int] | None = None
        asked = self._asked_in(place)
        for at, name in self.cast.people_before(place, place - NEAR):
            if name == told or not self.cast.fits(name, gender) or self._is_modifier(at):
                continue
            if own is not None and any(s.start <= at < s.end for s in own.content):
                continue
            number = self.cast.page.sentence_at(at)
            if number == asked:
                continue
            if best is not None and number != self.cast.page.sentence_at(best[1]):
                if not self._is_object(best[1], place, gender):
                    break
                best = None
            if best is None or not self._is_governed(at):
                best = (name, at)
        return None if best is not None and self._is_object(best[1], place, gender) else best

    def _asked_in(self, place: int) -> int:
        """The sentence of `place` when it begins with “Asked about Holm”: whom one was asked about is not who answers."""
        page = self.cast.page
        number = page.sentence_at(place)
        head = [page.lower[i] for i in page.tokens_in(page.sentences[number])[:2]]
        return number if head and (head[0] in _PUT or (head[0] == "when" and head[-1] in _PUT)) else -1

    def _is_governed(self, at: int) -> bool:
        """True for a name behind a preposition: in “After talks with Holm, Lindt left” it is Lindt of whom “he” goes on."""
        page = self.cast.page
        before = page.tokens_in(Span(at, at + 1)).start - 1
        last = max(before - 5, 0)
        while before > last and (page.tokens[before][:1].isupper() or page.lower[before] in page.words.roles | {"the", "."}):
            before -= 1
        return page.lower[before] in _GOVERNING

    def _is_modifier(self, at: int) -> bool:
        """True for a name in quotation marks, and for one that tells whose somebody is: “Holm adviser Bo Lindt”."""
        page = self.cast.page
        if page.quotation_at(at) is not None:
            return True
        after = page.tokens_in(Span(at, at + 60)).start
        while after < len(page.tokens) and (page.tokens[after][:1].isupper() or page.tokens[after] == "."):
            after += 1
        if page.lower[after : after + 1] == ["'s"]:  # “Holm’s campaign manager, Bo Lindt,”
            return not (page.words.roles | _KIN).isdisjoint(page.lower[after + 1 : after + 4])
        return after + 1 < len(page.tokens) and page.lower[after] in page.words.roles and page.tokens[after + 1][:1].isupper()

    def _is_object(self, at: int, place: int, gender: str) -> bool:
        """True for a name in a sentence that begins with “He”, “But she”: it is another's."""
        page = self.cast.page
        sentence = page.sentences[page.sentence_at(at)]
        subject = ("he",) if gender == "m" else ("she",)
        head = [page.lower[i] for i in page.tokens_in(Span(sentence.start, at))[:2] if page.quoted[i] < 0]
        return at < place and (head[:1] == [*subject] or (head[1:] == [*subject] and head[0] in _JOINING))
