"""Who speaks: a mention beside the words becomes an actor, with the reason, or stays unknown. Never a guess across time.

The people, organisations and roles are those that this text names (`cast`); an office is not its holder, a capital is
its government, a group stays a group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.extract.attributions import Attribution
from index.extract.cast import KIN, Cast, short_for
from index.extract.headlines import headline
from index.extract.names import Mention, is_place, mention, plain, surname
from index.extract.offices import is_other_office, role_words
from index.model import Span

_NEAR = 1200  # characters back in which a pronoun looks for its person
_EARLIER = 40  # statements back in which it looks for its speaker
_GENERIC = {
    "diplomat": "ambassador envoy minister adviser advisor foreign diplomat secretary negotiator consul",
    "lawmaker": "senator sen congressman congresswoman representative rep deputy mp lawmaker legislator",
    "politician": "president minister senator congressman mayor governor leader deputy chancellor candidate mp",
    "expert": "expert analyst scientist professor economist historian scholar researcher strategist lecturer",
    "analyst": "expert analyst scientist economist strategist researcher",
    "scholar": "professor historian scholar researcher scientist economist lecturer",
    "spokesman": "spokesman spokesperson",
    "spokeswoman": "spokeswoman spokesperson",
    "parliamentarian": "mp deputy lawmaker legislator senator congressman congresswoman parliamentarian",
    "deputy": "mp deputy lawmaker legislator",
    "official": "minister adviser secretary director chief spokesman head deputy ambassador commissioner official president",
    "candidate": "candidate nominee senator governor president",
    "nominee": "candidate nominee senator governor president",
    "republican": "senator congressman congresswoman representative governor speaker president leader mayor lawmaker",
    "democrat": "senator congressman congresswoman representative governor speaker president leader mayor lawmaker",
}
_PARTY = {"republican": ("republican", "gop"), "democrat": ("democrat", "democratic")}
_ASKING = frozenset("ask asks asked asking questioned inquired wondered".split())
_JOINING = frozenset("and but so yet then also still".split())
_HUMAN = frozenset("man woman person one people voter mother father".split())
_KIN = KIN | frozenset("partner lawyer ally rival".split())
_PASSIVE = frozenset("when was were if being once is are".split())
_PUT = frozenset("asked pressed questioned quizzed told".split())
_GOVERNING = frozenset("with to of for by from against about after like on over behind than toward towards between".split())
_AMONG = frozenset("in of from at".split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a mention was resolved to, why, and the role printed with it."""

    actor: str | None
    rule: str
    role: str | None = None
    kind: str = "unknown"
    certainty: float = 1.0


UNKNOWN = Resolved(None, "")


class Speakers:
    """Resolves mentions against the cast of a text."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def resolved(
        self,
        span: Span,
        earlier: Sequence[tuple[Attribution, Resolved]],
        never: str | None = None,
        own: Attribution | None = None,
    ) -> Resolved:
        """Whom the mention at `span` names; `earlier` are the attributions before it with their actors. A pronoun is
        `never` the one named so, nor, in the attribution that is its `own`, whom it speaks to or of."""
        earlier = earlier[-_EARLIER:]
        words = span.of(self.cast.page.text)
        m = mention(words, self.cast.page.words)
        if m.kind == "pronoun":
            who = self._pronoun(span, m, earlier, own)
            return UNKNOWN if never is not None and who.actor == never else who
        if m.kind == "state":
            rule = (
                f"{words.strip()} -> {m.name}: the capital stands for the government" if m.head else "name of a state"
            )
            return Resolved(m.name, rule, kind="state")
        if m.kind == "person":
            return self._person(span, m)
        if m.kind == "organisation":
            return self._organisation(span, m, words)
        bare = words.strip()
        if m.kind == "unknown" and bare[:1].isupper() and plain(bare) in self.cast.by_surname:
            return self._person(span, Mention("person", bare, None, plain(bare)))  # “Day” of “Kristen Day”
        if m.kind == "group" and m.name and plain(m.name) in self.cast.by_surname and m.name[:1].isupper():
            return self._person(span, Mention("person", m.name, None, m.head))  # “Cuban” of “Mark Cuban”
        if m.kind in ("group", "several") and m.name:
            return self._group(span, m.name)
        if m.kind == "description":
            return self._description(span, m, words, earlier)
        return UNKNOWN

    def _group(self, span: Span, name: str) -> Resolved:
        """“Liberal voters” at the head of a sentence are “liberal voters”; “some people” are nobody in particular."""
        page = self.cast.page
        words = [w.casefold() for w in name.split()]
        vague = all(w in page.words.nobody or w in page.words.stop for w in words) or words[0] in page.words.complementizers
        if vague or any(w in page.words.persons for w in words):
            return Resolved(None, f"{name}: nobody is named")
        first = words[0]
        if name[:1].isupper() and name[1:2].islower() and (
            first in page.words.nobody | page.words.openers | page.words.stop
            or (first in page.words.groups and first.removesuffix("s") not in page.words.parties)
            or (first not in page.words.groups and self.cast.names.is_small(first))
        ):
            name = name[0].lower() + name[1:]
        return Resolved(name, "a group is kept as it is named", kind="group", certainty=0.9)

    def _person(self, span: Span, m: Mention) -> Resolved:
        assert m.name is not None
        full = self.cast.full(m, span.start)
        if m.name.casefold() in self.cast.page.words.nobody | self.cast.page.words.openers:
            return Resolved(None, f"{m.name}: nobody is named")
        if " " not in m.name and (full is None or plain(full) == plain(m.name)) and self.cast.names.is_common(m.name):
            group = m.name.endswith("s") and not m.name.endswith("ss")
            return replace(self._group(span, m.name), certainty=0.7) if group else UNKNOWN
        if full is None or plain(full) == plain(m.name):
            return Resolved(full or m.name, "full name" if " " in m.name else "name as printed", m.role, "person")
        keys = [
            k
            for k in self.cast.by_surname.get(plain(surname(m.name)), [])
            if short_for(plain(m.name).split(), k.split())
        ]
        if len(keys) > 1:
            bearer = self._bearer(span, keys)
            if bearer is None:
                return Resolved(None, f"{m.name}: of {len(keys)} people with this surname it cannot be told who")
            full = self.cast.seen[bearer].name
            rule = f"{m.name} -> {full}: of {len(keys)} people with this surname the one named last"
            return Resolved(full, rule, m.role, "person", 0.75)
        if not keys:
            return Resolved(full, f"{m.name} -> {full}: given name", m.role or self.cast.role(full), "person", 0.9)
        return Resolved(full, f"{m.name} -> {full}: surname", m.role or self.cast.role(full), "person", 0.98)

    def _bearer(self, span: Span, keys: Sequence[str]) -> str | None:
        """Which of several people with one surname is meant: whom “Mrs.” fits, and of these the one named last.

        A relative who is named in passing does not take the surname from whom the text has long called by it. None where
        the text has a “Mr.” and a “Mrs.” of that surname and no given name tells them apart.
        """
        page = self.cast.page
        first = page.tokens_in(span).start
        beside = (low.rstrip(".") for low in page.lower[max(first - 1, 0) : first + 1])
        polite = next((low for low in beside if low in page.words.courtesies), "")
        wanted = "m" if polite in page.words.male else "f" if polite in page.words.female else ""
        if not polite:
            wanted = self._pronoun_behind(span)
        fitting = [k for k in keys if self.cast.fits(self.cast.seen[k].name, wanted)] or keys
        sure = [k for k in fitting if wanted and self.cast.gender(self.cast.seen[k].name) == wanted]
        if polite and wanted and not sure and self.cast.is_called_both(self.cast.seen[keys[0]].name):
            return None
        sure = sure or list(fitting)
        last = self.cast.nearest(sure, span.start)
        return self.cast.established(sure, last, span.start)

    def _pronoun_behind(self, span: Span) -> str:
        """What “Holm said she was sorry” tells of Holm."""
        page = self.cast.page
        at = page.tokens_in(span).stop
        behind = [low for low in page.lower[at : at + 3] if low != page.words.that]
        said = len(behind) > 1 and behind[0] in page.words.say
        return "f" if said and behind[1] == "she" else "m" if said and behind[1] == "he" else ""

    def _organisation(self, span: Span, m: Mention, words: str) -> Resolved:
        assert m.name is not None
        name = m.name
        alone = m.definite and name.istitle() and name.casefold() in self.cast.page.words.organisations  # “The Ministry”
        alone = alone and words.strip()[:4].casefold() == "the "
        if alone and (last := self.cast.last_organisation(span.start, name.casefold())):
            return Resolved(last, f"{words.strip()} -> {last}: last named", kind="organisation", certainty=0.8)
        if name.islower():
            last = self.cast.last_organisation(span.start, name) if m.definite else None
            if last:
                return Resolved(last, f"{words.strip()} -> {last}: last named", kind="organisation", certainty=0.8)
            return Resolved(None, f"{words.strip()}: no organisation named before it")
        people = self.cast.by_surname.get(plain(name), []) if name.isupper() else []
        if people:  # a label in capitals
            who = self.cast.seen[self.cast.nearest(people, span.start)].name
            return Resolved(who, f"{name} -> {who}: surname", self.cast.role(who), "person", 0.95)
        full = self.cast.seen.get(plain(name))
        return Resolved(full.name if full else name, "name of an organisation", kind="organisation")

    def _description(
        self, span: Span, m: Mention, words: str, earlier: Sequence[tuple[Attribution, Resolved]]
    ) -> Resolved:
        """“the prime minister”, “the diplomat”: who has that role here, else the last person quoted if it may be."""
        if not m.definite:
            return Resolved(None, f"{words.strip()}: nobody is named", role=m.role)
        holders = self.cast.holders(m.role or m.head, span.start)
        above = not holders and headline(self.cast.page)
        if above and span.start < self.cast.page.ends[above[-1]]:  # whoever the text below shows in that office
            holders = self.cast.holders(m.role or m.head, len(self.cast.page.text))
            holders = holders if len(holders) == 1 else []
        if holders:
            name = self.cast.seen[self.cast.nearest(holders, span.start)].name
            return Resolved(
                name, f"{words.strip()} -> {name}: the role is printed with the name", m.role, "person", 0.9
            )
        last = next(
            (r for a, r in reversed(earlier) if r.kind == "person" and r.actor and span.start - a.whole.end < _NEAR),
            None,
        )
        if self.cast.page.quotation_at(span.start) is not None:
            last = None
        if (
            last is not None
            and m.head in self.cast.page.words.roles | set(_GENERIC)
            and self._may_be(last.actor or "", m.head)
            and not is_other_office(m.role or "")
        ):
            return Resolved(
                last.actor, f"{words.strip()} -> {last.actor}: last quoted speaker", last.role, "person", 0.7
            )
        return Resolved(None, f"{words.strip()}: nobody with that role is named", role=m.role)

    def _may_be(self, name: str, head: str) -> bool:
        """True unless the roles printed with a name speak against a description such as “the lawmaker”; an office itself
        (“the mayor”) has to be printed."""
        entry = self.cast.seen.get(plain(name))
        allowed = _GENERIC.get(head)
        if head in _PARTY:
            return entry is not None and any(self._is_of_party(place, head) for place in entry.places)
        if entry is None or not entry.roles:
            return allowed is not None
        words = {w for r in entry.roles for w in role_words(r)}
        return bool(words & set(allowed.split())) if allowed else head in words

    def _is_of_party(self, place: int, head: str) -> bool:
        """True where the party is printed with the name: “Republican Ada Holm”, “Holm, a Democrat”, “Holm (D-Ohio)”."""
        page = self.cast.page
        first = at = page.tokens_in(Span(place, place + 1)).start
        begin = page.tokens_in(page.sentences[page.sentence_of[at]]).start
        while first > max(at - 3, begin) and page.tokens[first - 1][:1].isupper():
            first -= 1
        while at < len(page.tokens) and (page.tokens[at][:1].isupper() or page.tokens[at] == "."):
            at += 1
        behind = page.lower[at + 1 : at + 7] if page.lower[at : at + 1] in ([","], ["("]) else []
        behind = behind[: next((n for n, word in enumerate(behind) if word in (",", ")", ".")), len(behind))]
        letter = bool(behind) and behind[0].partition("-")[0] == head[0]  # “(D-Ohio)”
        return letter or any(word in _PARTY[head] for word in (*page.lower[first:at], *behind))

    def _pronoun(
        self, span: Span, m: Mention, earlier: Sequence[tuple[Attribution, Resolved]], own: Attribution | None
    ) -> Resolved:
        gender = "m" if m.head in self.cast.page.words.male else "f" if m.head in self.cast.page.words.female else ""
        if m.head in ("i", "me", "my", "you", "your", "we", "us", "our"):
            return UNKNOWN
        if m.head in ("they", "them", "their"):
            last = next((r for a, r in reversed(earlier) if r.actor and span.start - a.whole.end < _NEAR), None)
            if last is not None and last.kind in ("group", "organisation"):
                return Resolved(last.actor, f"{m.head} -> {last.actor}: last speaker", kind=last.kind, certainty=0.6)
            return UNKNOWN
        if m.head in ("it", "its"):
            last = next((r for a, r in reversed(earlier) if r.actor and span.start - a.whole.end < _NEAR), None)
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
        earlier: Sequence[tuple[Attribution, Resolved]],
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
            and span.start - a.whole.end < _NEAR
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
            return Resolved(
                named[0], f"{head} -> {named[0]}: person named last", self.cast.role(named[0]), "person", 0.75
            )
        return UNKNOWN

    def _nameless(self, span: Span, earlier: Sequence[tuple[Attribution, Resolved]]) -> int:
        """Where somebody without a name spoke last (“one delegate said ...”): “he” may be that one. -1: nowhere."""
        for a, who in reversed(earlier):
            if a.speaker is None or span.start - a.whole.end >= _NEAR:
                continue
            m = mention(a.speaker.of(self.cast.page.text), self.cast.page.words)
            human = self.cast.page.words.people | _GENERIC.keys() | _HUMAN
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
        fitting: Sequence[tuple[Attribution, Resolved]],
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

    def _named_before(
        self, place: int, gender: str, own: Attribution | None, told: str | None
    ) -> tuple[str, int] | None:
        """The fitting person who is named first (its subject) in the nearest sentence before that names one.

        Names in the words that are reported don't count, nor a sentence in which “he” or “she” stands before the name:
        there the name is another's.
        """
        best: tuple[str, int] | None = None
        asked = self._asked_in(place)
        for at, name in self.cast.people_before(place, place - _NEAR):
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
