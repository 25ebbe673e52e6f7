"""The actors that a text names: people with the roles printed beside them, organisations, states, each found once."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.extract.name_runs import BOTH
from index.extract.names import Mention, actor_kind, mention, plain, surname
from index.extract.offices import PAST, is_courtesy, is_office, role_words, same_offices
from index.extract.pages import Page
from index.extract.printed_names import WHERE, PrintedNames
from index.model import FoundActor, Span

_NO_SURNAMES = frozenset("enforcement parenthood customs life care rights project trust network guide standard order".split())
_SUFFIX = frozenset("jr sr ii iii iv".split())
KIN = frozenset("wife husband son daughter father mother brother sister uncle aunt cousin widow nephew niece".split())


@dataclass(slots=True)
class Seen:
    """A named actor of this text: where its names stand, what roles are printed beside them."""

    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    speaks: bool = False

    def found(self, courtesies: frozenset[str]) -> FoundActor:
        """It as the extraction returns it: “Ms” tells the gender, but is no role."""
        roles = tuple(role for role in self.roles if not is_courtesy(role, courtesies))
        return FoundActor(self.name, actor_kind(self.kind), tuple(self.aliases), roles)  # type: ignore[arg-type]


class Cast:
    """All actors that a text names, with the places of their names."""

    def __init__(self, page: Page, speakers: Sequence[Span]) -> None:
        self.page = page
        self.names = PrintedNames(page)
        self.seen: dict[str, Seen] = {}
        self.by_surname: dict[str, list[str]] = {}
        self.by_given: dict[str, list[str]] = {}
        self._polite: set[str] | None = None
        self._courteous: dict[str, set[str]] | None = None
        self._bare: dict[tuple[str, str], int] = {}
        self._mentions: list[tuple[int, str]] | None = None
        for m, place in self.names.full():
            self._note(m, place)
        for m, place in self.names.titled(self.by_surname):
            self._note(m, place)
        for span in speakers:
            m = mention(span.of(page.text), page.words)
            alone = m.kind == "person" and " " not in (m.name or "") and self.names.is_common(m.name or "")
            if m.kind in ("person", "organisation", "state", "group") and m.name and not alone:
                self._note(self._dated(m, span.start), span.start).speaks = True

    def _dated(self, m: Mention, place: int) -> Mention:
        """“then foreign minister Holm”: an office of another time, as the word before the mention tells."""
        before = self.page.tokens_in(Span(place, place + 1)).start - 1
        past = m.role and before >= 0 and self.page.lower[before] in PAST and not role_words(m.role) & PAST
        return replace(m, role=f"{self.page.lower[before]} {m.role}") if past else m

    def _note(self, m: Mention, place: int) -> Seen:
        assert m.name is not None
        name = m.name
        if m.kind == "person":
            name = self.full(m, place) or m.name
        key = plain(name)
        entry = self.seen.get(key)
        if entry is None:
            entry = self.seen[key] = Seen(name, m.kind)
            if m.kind == "person":
                self.by_surname.setdefault(plain(surname(name)), []).append(key)
                if " " in key:
                    self.by_given.setdefault(key.split()[0], []).append(key)
        if entry.name.isupper() and name != entry.name and not name.isupper():
            entry.name = name
        if m.name != entry.name and m.name not in entry.aliases:
            entry.aliases.append(m.name)
        if m.head and m.kind == "state" and m.head != plain(entry.name) and m.head not in entry.aliases:
            entry.aliases.append(m.head)
        if m.role and m.role not in entry.roles:
            entry.roles.append(m.role)
        insort(entry.places, place)
        return entry

    def full(self, m: Mention, place: int) -> str | None:
        """The fullest name in this text that a name may be short for."""
        assert m.name is not None
        keys = self.by_surname.get(plain(surname(m.name)), [])
        words = plain(m.name).split()
        only_surname = plain(surname(m.name)) == plain(m.name)
        fits = keys if only_surname else [k for k in keys if short_for(words, k.split())]
        if not only_surname:
            return self.seen[fits[0]].name if fits else None
        if not fits:
            return None if m.role or self._is_polite(place) else self._by_given_name(words)
        return self.seen[self.established(fits, self.nearest(fits, place), place)].name

    def _by_given_name(self, words: list[str]) -> str | None:
        """The one person of this text with that given name: “Ada” of “Ada Holm”."""
        keys = self.by_given.get(words[0], []) if len(words) == 1 else []
        known = words[0] in self.page.words.given_male or words[0] in self.page.words.given_female
        return self.seen[keys[0]].name if known and len(keys) == 1 and words[0] not in BOTH else None

    def _is_polite(self, place: int) -> bool:
        """True for “Mr. Martin”: a surname follows, never a given name."""
        at = self.page.tokens_in(Span(place, place + 1)).start
        return any(low.rstrip(".") in self.page.words.courtesies for low in self.page.lower[max(at - 1, 0) : at + 1])

    def established(self, keys: Sequence[str], last: str, place: int) -> str:
        """The one of `keys` whom the text called by the bare surname at least twice before it named `last` in passing (not
        just before `place`); else `last`."""
        entry = self.seen[last]
        others = [key for key in keys if key != last and self.seen[key].places[0] < entry.places[0]]
        if others and not entry.speaks and self._is_kin(entry):
            return self.nearest(others, place)
        first = min(keys, key=lambda key: self.seen[key].places[0])
        if first == last or entry.speaks or entry.roles or len(entry.places) > 4:
            return last
        if len(entry.places) > 1 and any(0 <= place - there < 250 for there in entry.places):
            return last
        bare = self._bare.get((first, last))
        if bare is None:
            family = plain(surname(entry.name)).split()[-1]
            full = {place + len(e.name) - len(family) for e in (self.seen[k] for k in keys) for place in e.places}
            between = self.page.tokens_in(Span(self.seen[first].places[0], entry.places[0]))
            bare = sum(self.page.lower[i] == family and self.page.starts[i] not in full for i in between)
            self._bare[first, last] = bare
        return first if bare >= 2 else last

    def _is_kin(self, entry: Seen) -> bool:
        """True for somebody introduced as a relative: “whose husband, Captain Bo Holm,”."""
        at = self.page.tokens_in(Span(entry.places[0], entry.places[0] + 1)).start
        before = self.page.lower[max(at - 6, 0) : at]
        kin = max((n for n, word in enumerate(before) if word in KIN), default=-1)
        whose = kin > 0 and before[kin - 1] in ("whose", "his", "her", "'s", "late")
        return whose and not {".", ";", "and"}.intersection(before[kin:])

    def nearest(self, keys: Sequence[str], place: int) -> str:
        """The one whose name stood last before `place`, or else first after it."""

        def distance(key: str) -> tuple[int, int]:
            places = self.seen[key].places
            at = bisect_left(places, place)
            return (0, place - places[at - 1]) if at else (1, places[0] - place if places else 10**9)

        return min(keys, key=distance)

    def is_person(self, entry: Seen) -> bool:
        """True when something tells that a name is a person's: a given name, an office, “Mr”, an initial, an age, “who”,
        or that it speaks; or when nothing speaks against it. What stands behind “in” or “the” may be a street."""
        page, words = self.page, entry.name.split()
        if entry.speaks or entry.roles or words[0].casefold() in page.words.given:
            return True
        if words[-1].casefold() in _NO_SURNAMES or words[-1].endswith(("tion", "ness", "ship", "hood", "ism", "ments")):
            return False
        if any(len(w.strip(".")) == 1 for w in words[1:-1]) or words[-1].strip(".").casefold() in _SUFFIX:
            return True
        if self._polite is None:
            low = page.lower
            self._polite = {low[i] for i in range(1, len(low)) if low[i - 1].rstrip(".") in page.words.courtesies}
            self._polite |= {low[i] for i in range(2, len(low)) if low[i - 2].rstrip(".") in page.words.courtesies}
        if plain(words[-1]) in self._polite or any(self._told_apart(place + len(entry.name)) for place in entry.places):
            return True
        before = (page.tokens_in(Span(place, place + 1)).start - 1 for place in entry.places)
        return not any(i >= 0 and page.lower[i] in WHERE for i in before)

    def _told_apart(self, end: int) -> bool:
        """True where “, 47,” or “who” follows."""
        page = self.page
        at = page.tokens_in(Span(end, end + 12)).start
        after = [page.lower[i] for i in range(at, min(at + 3, len(page.lower)))]
        if after[:1] == [","]:
            after = after[1:]
        return bool(after) and (after[0] in ("who", "whose") or (after[0].isdigit() and len(after[0]) == 2))

    def role(self, name: str) -> str | None:
        entry = self.seen.get(plain(name))
        offices = [role for role in (entry.roles if entry else ()) if not is_courtesy(role, self.page.words.courtesies)]
        return offices[0] if offices else None

    def last_organisation(self, place: int, head: str) -> str | None:
        best, where = None, -1
        for entry in self.seen.values():
            if entry.kind != "organisation" or plain(entry.name) == head or head not in plain(entry.name).split():
                continue
            at = bisect_left(entry.places, place)
            if at and entry.places[at - 1] > where:
                best, where = entry.name, entry.places[at - 1]
        return best

    def people_before(self, place: int, start: int) -> Iterator[tuple[int, str]]:
        """(place, name) of the people named outside quotation marks from `start` to `place`, the last first."""
        if self._mentions is None:
            self._mentions = self._all_mentions()
        at = bisect_left(self._mentions, (place, ""))
        while at > 0 and self._mentions[at - 1][0] >= start:
            at -= 1
            yield self._mentions[at]

    def _all_mentions(self) -> list[tuple[int, str]]:
        """Places of full names and of surnames (whose bearer was named last), in order."""
        page = self.page
        people = {key for key, e in self.seen.items() if e.kind == "person" and self.is_person(e)}
        bearers: dict[str, list[str]] = {}
        for name, keys in self.by_surname.items():
            if name and any(key in people for key in keys):
                bearers.setdefault(name.split()[-1], []).extend(key for key in keys if key in people)
        found = {(p, self.seen[key].name) for key in people for p in self.seen[key].places}
        for i, token in enumerate(page.tokens):
            if token[:1].isupper() and page.quoted[i] < 0:
                keys = bearers.get(page.lower[i].replace(".", ""), [])
                if len(keys) > 1 and i > 0 and page.lower[i - 1].rstrip(".") in page.words.courtesies:  # “Mrs. Holm”
                    polite = page.lower[i - 1].rstrip(".")
                    gender = "m" if polite in page.words.male else "f" if polite in page.words.female else ""
                    keys = [key for key in keys if self.fits(self.seen[key].name, gender)]
                if keys:
                    key = keys[0] if len(keys) == 1 else self.nearest(keys, page.starts[i])
                    found.add((page.starts[i], self.seen[key].name))
        return sorted(found)

    def holders(self, role: str, place: int) -> list[str]:
        """Keys of the people in `seen` whose printed roles, of the same time, have all words of `role`, named before."""
        same = same_offices(role)
        return [
            key
            for key, entry in self.seen.items()
            if entry.kind == "person"
            and entry.places[0] < place
            and any(is_office(one, other) for one in same for other in entry.roles)
        ]

    def fits(self, name: str, gender: str) -> bool:
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
        if roles & self.page.words.female:
            return "f"
        return self._gender_of_surname(surname(name))

    def _gender_of_surname(self, family: str) -> str:
        """What “Ms. Holm” tells of the only Holm of a text, and an ending that only women's names have."""
        key = plain(family)
        called = self._called(key)
        if len(self.by_surname.get(key, [])) <= 1 and len(called) == 1:
            return next(iter(called))
        return "f" if len(key) > 5 and key.endswith(("ova", "eva", "skaya", "ovna", "evna")) else ""

    def _called(self, family: str) -> set[str]:
        """The genders of the polite forms before a surname: {"m"}, {"f"}, both or none."""
        if self._courteous is None:
            low, words = self.page.lower, self.page.words
            self._courteous = {}
            for i in range(1, len(low)):
                before = low[i - 1].rstrip(".")
                gender = "m" if before in words.male else "f" if before in words.female else ""
                if gender and before in words.courtesies and self.page.tokens[i][:1].isupper():
                    self._courteous.setdefault(low[i], set()).add(gender)
        return self._courteous.get(family.split()[-1] if family else "", set())

    def is_called_both(self, name: str) -> bool:
        """True when the text has a “Mr.” and a “Mrs.” of that surname."""
        return len(self._called(plain(surname(name)))) > 1

    def actors(self, used: dict[str, str]) -> tuple[FoundActor, ...]:
        """The actors that speak (name -> kind of mention), as found in this text; those it does not name come last."""
        named = [e for e in self.seen.values() if e.name in used]
        known = {e.name for e in named}
        others = [FoundActor(name, actor_kind(kind)) for name, kind in used.items() if name not in known]  # type: ignore[arg-type]
        return (*(e.found(self.page.words.courtesies) for e in named), *others)


def short_for(short: list[str], full: list[str]) -> bool:
    """True when a name may be short for a full one: same surname, and given names that agree or are initials."""
    if len(short) == 1:
        return True
    given, other = short[:-1], full[:-1]
    return bool(other) and (
        given[0] == other[0] or (given[0][:1] == other[0][:1] and (len(given[0]) == 1 or len(other[0]) == 1))
    )
