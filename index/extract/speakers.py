"""Who speaks: a mention beside the words becomes an actor, with the reason, or stays unknown. Never a guess across time.

The people, organisations and roles are those that this text names (`cast`); an office is not its holder, a capital is
its government, a group stays a group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.extract.attributions import Attribution
from index.extract.cast import Cast, role_words, short_for
from index.extract.names import Mention, mention, plain, surname
from index.model import Span

_NEAR = 1200  # characters back in which a pronoun looks for its person
_EARLIER = 40  # statements back in which it looks for its speaker
_GENERIC = {
    "diplomat": "ambassador envoy minister adviser advisor foreign diplomat secretary negotiator consul",
    "lawmaker": "senator sen congressman congresswoman representative rep deputy mp lawmaker legislator",
    "politician": "president minister senator congressman mayor governor leader deputy chancellor candidate mp",
    "official": "minister adviser secretary director chief spokesman head deputy ambassador commissioner official president",
    "candidate": "candidate nominee senator governor president",
    "nominee": "candidate nominee senator governor president",
}


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
        self, span: Span, earlier: Sequence[tuple[Attribution, Resolved]], never: str | None = None
    ) -> Resolved:
        """Whom the mention at `span` names; `earlier` are the attributions before it with their actors. A pronoun is
        `never` the one named so."""
        earlier = earlier[-_EARLIER:]
        words = span.of(self.cast.page.text)
        m = mention(words, self.cast.page.words)
        if m.kind == "pronoun":
            who = self._pronoun(span, m, earlier)
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
        if m.kind in ("group", "several") and m.name:
            return Resolved(m.name, "a group is kept as it is named", kind="group", certainty=0.9)
        if m.kind == "description":
            return self._description(span, m, words, earlier)
        return UNKNOWN

    def _person(self, span: Span, m: Mention) -> Resolved:
        assert m.name is not None
        full = self.cast.full(m, span.start)
        if " " not in m.name and (full is None or plain(full) == plain(m.name)) and self.cast.is_common(m.name):
            group = m.name.endswith("s") and not m.name.endswith("ss")
            known = Resolved(m.name, "a group is kept as it is named", kind="group", certainty=0.7)
            return known if group else UNKNOWN
        if full is None or plain(full) == plain(m.name):
            return Resolved(full or m.name, "full name" if " " in m.name else "name as printed", m.role, "person")
        keys = [
            k
            for k in self.cast.by_surname.get(plain(surname(m.name)), [])
            if short_for(plain(m.name).split(), k.split())
        ]
        if len(keys) > 1:
            gendered = self._by_gender(span, keys)
            if gendered:
                full = self.cast.seen[gendered].name
            rule = f"{m.name} -> {full}: of {len(keys)} people with this surname the one named last"
            return Resolved(full, rule, m.role, "person", 0.75)
        return Resolved(full, f"{m.name} -> {full}: surname", m.role or self.cast.role(full), "person", 0.98)

    def _by_gender(self, span: Span, keys: Sequence[str]) -> str | None:
        before = self.cast.page.text[span.start : span.end].split()[0].strip(".").casefold()
        wanted = "m" if before == "mr" else "f" if before in ("mrs", "ms", "miss") else ""
        fits = [k for k in keys if wanted and self.cast.gender(self.cast.seen[k].name) == wanted]
        return fits[0] if len(fits) == 1 else None

    def _organisation(self, span: Span, m: Mention, words: str) -> Resolved:
        assert m.name is not None
        name = m.name
        if len(name.split()) == 1 and name.islower():
            last = self.cast.last_organisation(span.start, name)
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
        ):
            return Resolved(
                last.actor, f"{words.strip()} -> {last.actor}: last quoted speaker", last.role, "person", 0.7
            )
        return Resolved(None, f"{words.strip()}: nobody with that role is named", role=m.role)

    def _may_be(self, name: str, head: str) -> bool:
        """True unless the roles printed with a name speak against a description such as “the lawmaker”."""
        entry = self.cast.seen.get(plain(name))
        allowed = _GENERIC.get(head)
        if entry is None or not entry.roles:
            return True
        words = {w for r in entry.roles for w in role_words(r)}
        return bool(words & set(allowed.split())) if allowed else head in words

    def _pronoun(self, span: Span, m: Mention, earlier: Sequence[tuple[Attribution, Resolved]]) -> Resolved:
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
        return self._he_or_she(span, m.head, gender, earlier)

    def _antecedent(self, span: Span) -> Resolved:
        """“who”: the person named last in the same sentence."""
        page = self.cast.page
        start = page.sentences[page.sentence_at(span.start)].start
        name = next((name for _, name in self.cast.people_before(span.start, start)), None)
        if name is None:
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
        self, span: Span, head: str, gender: str, earlier: Sequence[tuple[Attribution, Resolved]]
    ) -> Resolved:
        """The person named last as a subject: the last speaker, unless another fitting person was named since."""
        page = self.cast.page
        last = next(
            (
                (a, r)
                for a, r in reversed(earlier)
                if r.kind == "person"
                and r.actor
                and self.cast.fits(r.actor, gender)
                and span.start - a.whole.end < _NEAR
            ),
            None,
        )
        named = self._named_before(span.start, gender)
        if last is not None:
            since = max(last[0].whole.end, last[0].speaker.end if last[0].speaker else 0)
            if named is None or named[1] <= since or page.paragraph_at(named[1]) == page.paragraph_at(since):
                return Resolved(last[1].actor, f"{head} -> {last[1].actor}: last speaker", last[1].role, "person", 0.85)
        if named is not None:
            return Resolved(
                named[0], f"{head} -> {named[0]}: person named last", self.cast.role(named[0]), "person", 0.75
            )
        return UNKNOWN

    def _named_before(self, place: int, gender: str) -> tuple[str, int] | None:
        """The fitting person who is named first (its subject) in the nearest sentence before that names one."""
        best: tuple[str, int] | None = None
        for at, name in self.cast.people_before(place, place - _NEAR):
            if not self.cast.fits(name, gender):
                continue
            if best is not None and self.cast.page.sentence_at(at) != self.cast.page.sentence_at(best[1]):
                break
            best = (name, at)
        return best
