"""Who speaks: a mention beside the words becomes an actor, with the reason, or stays unknown. Never a guess across time.

The people, organisations and roles are those that this text names; an office is not its holder, a capital is its
government, a group stays a group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.extract.attributions import Attribution
from index.extract.clauses import is_date
from index.extract.names import Mention, actor_kind, mention, plain, surname
from index.extract.pages import Page
from index.model import FoundActor, Span

_NEAR = 1200
_SHORT_ROLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "pres": "president",
    "col": "colonel",
    "prof": "professor",
    "dr": "doctor",
    "lt": "lieutenant",
    "adm": "admiral",
    "capt": "captain",
    "amb": "ambassador",
}
_GENERIC = {
    "diplomat": "ambassador envoy minister adviser advisor foreign diplomat secretary negotiator consul",
    "lawmaker": "senator sen congressman congresswoman representative rep deputy mp lawmaker legislator",
    "politician": "president minister senator congressman mayor governor leader deputy chancellor candidate mp",
    "official": "minister adviser secretary director chief spokesman head deputy ambassador commissioner official president",
    "candidate": "candidate nominee senator governor president",
    "nominee": "candidate nominee senator governor president",
}


@dataclass(slots=True)
class Seen:
    """A named actor of this text: where its names stand, what roles are printed beside them."""

    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def found(self, courtesies: frozenset[str]) -> FoundActor:
        """It as the extraction returns it: “Ms” tells the gender, but is no role."""
        roles = tuple(role for role in self.roles if not is_courtesy(role, courtesies))
        return FoundActor(self.name, actor_kind(self.kind), tuple(self.aliases), roles)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a mention was resolved to, why, and the role printed with it."""

    actor: str | None
    rule: str
    role: str | None = None
    kind: str = "unknown"
    certainty: float = 1.0


UNKNOWN = Resolved(None, "")


class Cast:
    """All actors that a text names, found once; then each mention is resolved against them."""

    def __init__(self, page: Page, speakers: Sequence[Span]) -> None:
        self.page = page
        self.seen: dict[str, Seen] = {}
        self.by_surname: dict[str, list[str]] = {}
        self._commons: set[str] | None = None
        self._read_names()
        for span in speakers:
            m = mention(span.of(page.text), page.words)
            alone = m.kind == "person" and " " not in (m.name or "") and self._is_common(m.name or "")
            if m.kind in ("person", "organisation", "state", "group") and m.name and not alone:
                self._note(m, span.start)

    # --- reading the text's names ---

    def _read_names(self) -> None:
        """Every run of capitalised words that reads as a full name, with the role before or after it."""
        page, at, count = self.page, 0, len(self.page.tokens)
        while at < count:
            if not page.tokens[at][:1].isupper():
                at += 1
                continue
            end = at
            while (
                end + 1 < count
                and end - at < 9
                and page.sentence_of[end + 1] == page.sentence_of[at]
                and (
                    (page.tokens[end + 1] in ("’", "'") and page.tokens[end] in ("O", "D", "L"))
                    or (page.tokens[end + 1][:1].isupper() and page.starts[end + 1] - page.ends[end] <= 1)
                    or (
                        page.lower[end + 1] in ("of", "de", "van", "von", "al", "bin", "der")
                        and end + 3 < count
                        and (
                            page.tokens[end + 2][:1].isupper()
                            or (page.lower[end + 2] == "der" and page.tokens[end + 3][:1].isupper())
                        )
                    )
                )
            ):
                end += 1
            self._run(at, end)
            at = end + 1

    def _run(self, first: int, last: int) -> None:
        page = self.page
        while last > first and (page.lower[first] in page.words.stop or is_date(page, first)):
            first += 1
        start = first
        while (
            start - 1 >= 0
            and first - start < 5
            and page.sentence_of[start - 1] == page.sentence_of[first]
            and (
                page.lower[start - 1] in page.words.roles
                or page.lower[start - 1]
                in ("presidential", "prime", "foreign", "former", "defense", "campaign", "press", "vice")
            )
        ):
            start -= 1
        text = page.text[page.starts[start] : page.ends[last]]
        m = mention(text, page.words)
        if not m.name or " " not in m.name or m.kind not in ("person", "organisation"):
            return
        if m.kind == "organisation":
            self._note(m, page.starts[start])
            return
        role = m.role or self._role_after(last)
        self._note(Mention("person", m.name, role, m.head), page.starts[first])

    def _role_after(self, last: int) -> str | None:
        """“Ada Holm, the foreign minister of Velmark,”: the apposition when it begins with a role within three words."""
        page = self.page
        if last + 2 >= len(page.tokens) or page.tokens[last + 1] != ",":
            return None
        end = last + 2
        while (
            end < len(page.tokens)
            and end - last < 12
            and page.tokens[end] not in ',.;:?!"“”()'
            and page.lower[end] not in ("who", "which", "said")
        ):
            end += 1
        words = page.lower[last + 2 : end]
        if end < len(page.tokens) and page.tokens[end] == "," and any(w in page.words.roles for w in words[:5]):
            m = mention(page.text[page.starts[last + 2] : page.ends[end - 1]], page.words)
            return m.role if m.kind == "description" else None
        return None

    def _note(self, m: Mention, place: int) -> None:
        assert m.name is not None
        name = m.name
        if m.kind == "person":
            name = self._full(m, place) or m.name
        key = plain(name)
        entry = self.seen.get(key)
        if entry is None:
            entry = self.seen[key] = Seen(name, m.kind)
            if m.kind == "person":
                self.by_surname.setdefault(plain(surname(name)), []).append(key)
        if m.name != entry.name and m.name not in entry.aliases:
            entry.aliases.append(m.name)
        if m.head and m.kind == "state" and m.head != plain(entry.name) and m.head not in entry.aliases:
            entry.aliases.append(m.head)
        if m.role and m.role not in entry.roles:
            entry.roles.append(m.role)
        entry.places.append(place)

    def _full(self, m: Mention, place: int) -> str | None:
        """The fullest name in this text that a name may be short for."""
        assert m.name is not None
        keys = self.by_surname.get(plain(surname(m.name)), [])
        words = plain(m.name).split()
        only_surname = plain(surname(m.name)) == plain(m.name)
        fits = keys if only_surname else [k for k in keys if _short_for(words, k.split())]
        if not only_surname:
            return self.seen[fits[0]].name if fits else None
        if not fits:
            return None
        return self.seen[self._nearest(fits, place)].name

    def _nearest(self, keys: Sequence[str], place: int) -> str:
        """The one whose name stood last before `place`, or else first after it."""

        def distance(key: str) -> tuple[int, int]:
            before = [p for p in self.seen[key].places if p < place]
            return (
                (0, place - before[-1])
                if before
                else (1, min((p - place for p in self.seen[key].places), default=10**9))
            )

        return min(keys, key=distance)

    # --- resolving a mention ---

    def resolved(
        self, span: Span, earlier: Sequence[tuple[Attribution, Resolved]], never: str | None = None
    ) -> Resolved:
        """Whom the mention at `span` names; `earlier` are the attributions before it with their actors. A pronoun is
        `never` the one named so."""
        words = span.of(self.page.text)
        m = mention(words, self.page.words)
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
        full = self._full(m, span.start)
        if " " not in m.name and (full is None or plain(full) == plain(m.name)) and self._is_common(m.name):
            group = m.name.endswith("s") and not m.name.endswith("ss")
            known = Resolved(m.name, "a group is kept as it is named", kind="group", certainty=0.7)
            return known if group else UNKNOWN
        if full is None or plain(full) == plain(m.name):
            return Resolved(full or m.name, "full name" if " " in m.name else "name as printed", m.role, "person")
        keys = [
            k for k in self.by_surname.get(plain(surname(m.name)), []) if _short_for(plain(m.name).split(), k.split())
        ]
        if len(keys) > 1:
            gendered = self._by_gender(span, keys)
            if gendered:
                full = self.seen[gendered].name
            rule = f"{m.name} -> {full}: of {len(keys)} people with this surname the one named last"
            return Resolved(full, rule, m.role, "person", 0.75)
        return Resolved(full, f"{m.name} -> {full}: surname", m.role or self._role(full), "person", 0.98)

    def _is_common(self, word: str) -> bool:
        """True for a word with a capital only because a sentence begins: it stands in the text without one too."""
        if self._commons is None:
            self._commons = {t for t in self.page.tokens if t[:1].islower()}
        low = word.casefold()
        return low in self._commons or low.endswith(("ing", "ants", "ists", "ers"))

    def _by_gender(self, span: Span, keys: Sequence[str]) -> str | None:
        before = self.page.text[span.start : span.end].split()[0].strip(".").casefold()
        wanted = "m" if before == "mr" else "f" if before in ("mrs", "ms", "miss") else ""
        fits = [k for k in keys if wanted and self.gender(self.seen[k].name) == wanted]
        return fits[0] if len(fits) == 1 else None

    def _role(self, name: str) -> str | None:
        entry = self.seen.get(plain(name))
        offices = [role for role in (entry.roles if entry else ()) if not is_courtesy(role, self.page.words.courtesies)]
        return offices[0] if offices else None

    def _organisation(self, span: Span, m: Mention, words: str) -> Resolved:
        assert m.name is not None
        name = m.name
        if len(name.split()) == 1 and name.islower():
            last = self._last_organisation(span.start, name)
            if last:
                return Resolved(last, f"{words.strip()} -> {last}: last named", kind="organisation", certainty=0.8)
            return Resolved(None, f"{words.strip()}: no organisation named before it")
        full = self.seen.get(plain(name))
        return Resolved(full.name if full else name, "name of an organisation", kind="organisation")

    def _last_organisation(self, place: int, head: str) -> str | None:
        best, where = None, -1
        for entry in self.seen.values():
            if entry.kind != "organisation" or plain(entry.name) == head or head not in plain(entry.name).split():
                continue
            before = [p for p in entry.places if p < place]
            if before and before[-1] > where:
                best, where = entry.name, before[-1]
        return best

    def _description(
        self, span: Span, m: Mention, words: str, earlier: Sequence[tuple[Attribution, Resolved]]
    ) -> Resolved:
        """“the prime minister”, “the diplomat”: who has that role here, else the last person quoted if it may be."""
        if not m.definite:
            return Resolved(None, f"{words.strip()}: nobody is named", role=m.role)
        role_words = _role_words(m.role or m.head)
        holders = [
            k
            for k, e in self.seen.items()
            if e.kind == "person"
            and any(role_words <= _role_words(r) for r in e.roles)
            and any(p < span.start for p in e.places)
        ]
        if holders:
            name = self.seen[self._nearest(holders, span.start)].name
            return Resolved(
                name, f"{words.strip()} -> {name}: the role is printed with the name", m.role, "person", 0.9
            )
        last = next(
            (r for a, r in reversed(earlier) if r.kind == "person" and r.actor and span.start - a.whole.end < _NEAR),
            None,
        )
        if self.page.quotation_at(span.start) is not None:
            last = None
        if (
            last is not None
            and m.head in self.page.words.roles | set(_GENERIC)
            and self._may_be(last.actor or "", m.head)
        ):
            return Resolved(
                last.actor, f"{words.strip()} -> {last.actor}: last quoted speaker", last.role, "person", 0.7
            )
        return Resolved(None, f"{words.strip()}: nobody with that role is named", role=m.role)

    def _may_be(self, name: str, head: str) -> bool:
        """True unless the roles printed with a name speak against a description such as “the lawmaker”."""
        entry = self.seen.get(plain(name))
        allowed = _GENERIC.get(head)
        if entry is None or not entry.roles:
            return True
        words = {w for r in entry.roles for w in _role_words(r)}
        return bool(words & set(allowed.split())) if allowed else head in words

    def _pronoun(self, span: Span, m: Mention, earlier: Sequence[tuple[Attribution, Resolved]]) -> Resolved:
        gender = "m" if m.head in self.page.words.male else "f" if m.head in self.page.words.female else ""
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
        quotation = self.page.quotation_at(span.start)
        if quotation is not None:
            return self._inside(span, m.head, gender, quotation.inner.start)
        return self._he_or_she(span, m.head, gender, earlier)

    def _antecedent(self, span: Span) -> Resolved:
        """“who”: the person named last in the same sentence."""
        start = self.page.sentences[self.page.sentence_at(span.start)].start
        named = [e for e in self.seen.values() if e.kind == "person"]
        best = max(((p, e.name) for e in named for p in self.mentions(e) if start <= p < span.start), default=None)
        if best is None:
            return UNKNOWN
        return Resolved(best[1], f"who -> {best[1]}: named before it", self._role(best[1]), "person", 0.7)

    def _inside(self, span: Span, head: str, gender: str, start: int) -> Resolved:
        """Inside a quotation “he” is whom the same quotation named last, or unknown."""
        best = max(
            (
                (p, e.name)
                for e in self.seen.values()
                if e.kind == "person" and self._fits(e.name, gender)
                for p in e.places
                if start <= p < span.start
            ),
            default=None,
        )
        if best is None:
            return UNKNOWN
        return Resolved(
            best[1], f"{head} -> {best[1]}: named last in the quotation", self._role(best[1]), "person", 0.6
        )

    def _he_or_she(
        self, span: Span, head: str, gender: str, earlier: Sequence[tuple[Attribution, Resolved]]
    ) -> Resolved:
        """The person named last as a subject: the last speaker, unless another fitting person was named since."""
        page = self.page
        sentence = page.sentences[page.sentence_at(span.start)]
        last = next(
            (
                (a, r)
                for a, r in reversed(earlier)
                if r.kind == "person" and r.actor and self._fits(r.actor, gender) and span.start - a.whole.end < _NEAR
            ),
            None,
        )
        named = self._named_before(span.start, gender, sentence.start)
        if last is not None:
            since = max(last[0].whole.end, last[0].speaker.end if last[0].speaker else 0)
            if named is None or named[1] <= since or page.paragraph_at(named[1]) == page.paragraph_at(since):
                return Resolved(last[1].actor, f"{head} -> {last[1].actor}: last speaker", last[1].role, "person", 0.85)
        if named is not None:
            return Resolved(named[0], f"{head} -> {named[0]}: person named last", self._role(named[0]), "person", 0.75)
        return UNKNOWN

    def _named_before(self, place: int, gender: str, sentence: int) -> tuple[str, int] | None:
        """The fitting person who is named first in the nearest sentence before that names one, outside quotations."""
        best: tuple[str, int] | None = None
        for entry in self.seen.values():
            if entry.kind != "person" or not self._fits(entry.name, gender):
                continue
            before = [p for p in self.mentions(entry) if p < place and place - p < _NEAR]
            if not before:
                continue
            at = before[-1]
            if best is None or self._beats(at, best[1]):
                best = (entry.name, at)
        return best

    def _beats(self, one: int, two: int) -> bool:
        """A later sentence wins; within a sentence the earlier name (the subject) does."""
        a, b = self.page.sentence_at(one), self.page.sentence_at(two)
        return a > b or (a == b and one < two)

    def mentions(self, entry: Seen) -> list[int]:
        """Places of a person's surname outside quotation marks, in order (found once)."""
        cached = self._mentions.get(entry.name) if hasattr(self, "_mentions") else None
        if cached is not None:
            return cached
        if not hasattr(self, "_mentions"):
            self._mentions: dict[str, list[int]] = {}
            self._places: dict[str, list[int]] = {}
            for i, token in enumerate(self.page.tokens):
                if token[:1].isupper() and self.page.quoted[i] < 0:
                    self._places.setdefault(self.page.lower[i].replace(".", ""), []).append(self.page.starts[i])
        key = plain(surname(entry.name)).split()[-1]
        several = len(self.by_surname.get(plain(surname(entry.name)), [])) > 1
        places = sorted(set(entry.places)) if several else sorted({*entry.places, *self._places.get(key, [])})
        self._mentions[entry.name] = places
        return places

    def _fits(self, name: str, gender: str) -> bool:
        return not gender or self.gender(name) in ("", gender)

    def gender(self, name: str) -> str:
        """ "m", "f", or "" when neither the given name nor a title tells."""
        first = name.split()[0].casefold().strip(".")
        if first in self.page.words.given_male:
            return "" if first in self.page.words.given_female else "m"
        if first in self.page.words.given_female:
            return "f"
        entry = self.seen.get(plain(name))
        roles = {w for r in (entry.roles if entry else ()) for w in r.casefold().replace(".", "").split()}
        if roles & self.page.words.male:
            return "m"
        return "f" if roles & self.page.words.female else ""

    def actors(self, used: set[str]) -> tuple[FoundActor, ...]:
        """The actors that speak, as found in this text."""
        return tuple(e.found(self.page.words.courtesies) for e in self.seen.values() if e.name in used)


def is_courtesy(role: str, courtesies: frozenset[str]) -> bool:
    """True for “Mr” and “Prof. Dr”: polite forms, no office."""
    return all(word.casefold().strip(".") in courtesies for word in role.split())


def _short_for(short: list[str], full: list[str]) -> bool:
    """True when a name may be short for a full one: same surname, and given names that agree or are initials."""
    if len(short) == 1:
        return True
    given, other = short[:-1], full[:-1]
    return bool(other) and (
        given[0] == other[0] or (given[0][:1] == other[0][:1] and (len(given[0]) == 1 or len(other[0]) == 1))
    )


def _role_words(role: str) -> set[str]:
    words = re.findall(r"[^\W_]+", role.casefold())
    return {_SHORT_ROLES.get(w, w) for w in words if w not in ("the", "of", "a", "an", "former", "s")}
