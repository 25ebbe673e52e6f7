"""The actors that a text names: people with the roles printed beside them, organisations, states, each found once."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from index.extract.clauses import is_date
from index.extract.name_runs import BOTH, PARTICLES
from index.extract.names import Mention, actor_kind, mention, office, plain, surname
from index.extract.pages import Page
from index.model import FoundActor, Span

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
_NO_SURNAMES = frozenset("enforcement parenthood customs life care rights project trust network guide standard order".split())
_SUFFIX = frozenset("jr sr ii iii iv".split())
_WHERE = frozenset("in at near from outside inside across through around toward into on the".split())
KIN = frozenset("wife husband son daughter father mother brother sister uncle aunt cousin widow nephew niece".split())
_WHOSE = frozenset(["the", "its", "his", "her", "their", "our", "'s"])
_JOINTS = frozenset("of for in to at on from with".split())
_BELOW = frozenset("vice deputy assistant under shadow prime press acting associate junior".split())  # another office
_SAME_OFFICE = tuple(  # what agencies call an office when they have named it once
    (frozenset(called.split()), frozenset(office.split()))
    for called, office in (
        ("head government", "prime minister"), ("premier", "prime minister"), ("head state", "president"),
        ("top diplomat", "foreign minister"), ("chief diplomat", "foreign minister"), ("foreign chief", "foreign minister"),
        ("defense chief", "defense minister"), ("defence chief", "defence minister"),
    )
)  # fmt: skip
_PAST = frozenset(["former", "ex", "then", "late", "onetime", "retired", "designate", "elect"])


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
        self.seen: dict[str, Seen] = {}
        self.by_surname: dict[str, list[str]] = {}
        self.by_given: dict[str, list[str]] = {}
        self._commons: set[str] | None = None
        self._polite: set[str] | None = None
        self._courteous: dict[str, set[str]] | None = None
        self._headlines: dict[int, bool] = {}
        self._titles: dict[int, bool] = {}
        self._bare: dict[tuple[str, str], int] = {}
        self._mentions: list[tuple[int, str]] | None = None
        self._read_names()
        self._read_titled()
        for span in speakers:
            m = mention(span.of(page.text), page.words)
            alone = m.kind == "person" and " " not in (m.name or "") and self.is_common(m.name or "")
            if m.kind in ("person", "organisation", "state", "group") and m.name and not alone:
                self._note(self._dated(m, span.start), span.start).speaks = True

    def _dated(self, m: Mention, place: int) -> Mention:
        """“then foreign minister Holm”: an office of another time, as the word before the mention tells."""
        before = self.page.tokens_in(Span(place, place + 1)).start - 1
        past = m.role and before >= 0 and self.page.lower[before] in _PAST and not role_words(m.role) & _PAST
        return replace(m, role=f"{self.page.lower[before]} {m.role}") if past else m

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

    def _read_titled(self) -> None:
        """“President Holm”: somebody of whom the text prints no given name, whom “he” may mean all the same."""
        page, words = self.page, self.page.words
        for at in range(1, len(page.tokens)):
            title, token = page.lower[at - 1].rstrip("."), page.tokens[at]
            if not token[:1].isupper() or len(token) < 3 or page.quoted[at] >= 0 or page.lower[at] in self.by_surname:
                continue
            if not page.tokens[at - 1][:1].isupper() or title not in words.roles or title in words.courtesies:
                apart = page.tokens[at + 1 : at + 2] in (["–"], ["—"]) and token.casefold() not in words.given | words.openers
                role = self._role_after(at) if apart and title not in _WHERE and not page.tokens[at - 1][:1].isupper() else None
                m = mention(token, words)
                if role and m.kind == "person" and m.name and not self.is_common(m.name):  # “Holm – then the minister –”
                    self._note(replace(m, role=role), page.starts[at])
                continue
            if at + 1 < len(page.tokens) and (page.tokens[at + 1][:1].isupper() or page.lower[at + 1] in ("'s", "of", "'")):
                continue
            m = mention(page.text[page.starts[at - 1] : page.ends[at]], words)
            if m.kind == "person" and m.name and " " not in m.name and not self.is_common(m.name):
                self._note(m, page.starts[at])

    def _run(self, first: int, last: int) -> None:
        page = self.page
        if page.quoted[first] >= 0 and self._is_title(page.quoted[first]):
            return
        while last > first and (self._opens(first) or is_date(page, first)):
            first += 1
        while last > first and (page.lower[last] in page.words.stop or page.lower[last] in page.words.openers):  # “Q. What”
            last -= 1
        if self._is_headline(page.sentence_of[first]):  # every word has a capital there: only a given name tells
            given = page.words.given
            first = next((i for i in range(first, last) if page.lower[i] in given), last)
            second = page.lower[min(last, first + 1)].rstrip(".")
            last = min(last, first + (2 if len(second) == 1 or second in PARTICLES else 1))
        start = first
        while (
            start - 1 >= 0
            and first - start < 5
            and page.sentence_of[start - 1] == page.sentence_of[first]
            and (
                page.lower[start - 1] in page.words.roles
                or page.lower[start - 1]
                in ("presidential", "prime", "foreign", "former", "then", "defense", "campaign", "press", "vice", "deputy")
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
        role = m.role or self._role_after(last) or self._role_before(first, last)
        self._note(Mention("person", m.name, role, m.head), page.starts[first])

    def _opens(self, at: int) -> bool:
        """True for a word before a name that has its capital only because a sentence begins: “Then Holm”."""
        page, low = self.page, self.page.lower[at]
        if low in page.words.stop or low in page.words.openers:
            return True
        if low in page.words.given_male or low in page.words.given_female or low in page.words.people:
            return False
        if at and page.sentence_of[at - 1] == page.sentence_of[at] and any(c.isalnum() for c in page.tokens[at - 1]):
            return False
        return self.is_small(low) or (bool(page.words.openers) and len(low) > 6 and low.endswith(("ly", "ing")))

    def _is_title(self, number: int) -> bool:
        """True for a quotation of two to eight words that all have a capital: “Holm Storms Out” names nobody new."""
        known = self._titles.get(number)
        if known is None:
            tokens = [self.page.tokens[i] for i in self.page.tokens_in(self.page.quotations[number].inner)[:12]]
            words = [t for t in tokens if t[:1].isalpha()]
            known = 2 <= len(words) <= 8 and all(w[0].isupper() or w.casefold() in self.page.words.stop for w in words)
            self._titles[number] = known
        return known

    def _is_headline(self, number: int) -> bool:
        """True for a sentence nearly all of whose longer words have a capital."""
        known = self._headlines.get(number)
        if known is None:
            page = self.page
            tokens = [page.tokens[i] for i in page.tokens_in(page.sentences[number])[:40]]
            words = [t for t in tokens if len(t) > 3 and t[0].isalpha() and t not in page.words.stop]
            known = len(words) > 4 and all(t[0].isupper() for t in words)
            self._headlines[number] = known
        return known

    def _role_after(self, last: int) -> str | None:
        """“Ada Holm, the foreign minister of Velmark,”: the apposition when it begins with a role within three words."""
        page = self.page
        mark = page.tokens[last + 1] if last + 2 < len(page.tokens) else ""
        if mark not in (",", "–", "—"):
            return None
        end = last + 2
        while (
            end < len(page.tokens)
            and end - last < 12
            and page.tokens[end] not in ',.;:?!"“”()–—'
            and page.lower[end] not in ("who", "which", "said")
        ):
            end += 1
        words = page.lower[last + 2 : end]
        if end < len(page.tokens) and page.tokens[end] == mark and any(w in page.words.roles for w in words[:5]):
            return office(page.text[page.starts[last + 2] : page.ends[end - 1]], page.words)
        return None

    def _role_before(self, first: int, last: int) -> str | None:
        """“the special envoy of the League, Ada Holm,”: the office that the name explains."""
        page, at = self.page, first - 2
        if at < 0 or page.tokens[first - 1] != "," or page.tokens[last + 1 : last + 2] not in ([","], ["."], [";"], [":"]):
            return None
        while at > max(first - 12, 0) and (page.tokens[at][:1].isalnum() or page.lower[at] in ("-", "'s")):
            words = page.lower[at + 1 : first - 1]
            head = next((n for n, word in enumerate(words) if word in _JOINTS), len(words)) - 1
            if page.lower[at] in _WHOSE and head >= 0 and words[head] in page.words.roles:
                return office(page.text[page.starts[at + 1] : page.ends[first - 2]], page.words)
            at -= 1
        return None

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

    def is_common(self, word: str) -> bool:
        """True for a word with a capital only because a sentence begins: it stands in the text without one too."""
        low = word.casefold()
        return self.is_small(low) or low.endswith(("ing", "ants", "ists", "ers"))

    def is_small(self, low: str) -> bool:
        """True for a word that stands somewhere in the text without a capital."""
        if self._commons is None:
            self._commons = {t for t in self.page.tokens if t[:1].islower()}
        return low in self._commons

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
        return not any(i >= 0 and page.lower[i] in _WHERE for i in before)

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
        words = role_words(role)
        same = [words, *(other - words | office for other, office in _SAME_OFFICE if other <= words)]
        return [
            key
            for key, entry in self.seen.items()
            if entry.kind == "person"
            and entry.places[0] < place
            and any(_is_office(one, other) for one in same for other in entry.roles)
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


def is_courtesy(role: str, courtesies: frozenset[str]) -> bool:
    """True for “Mr” and “Prof. Dr”: polite forms, no office."""
    return all(word.casefold().strip(".") in courtesies for word in role.split())


def short_for(short: list[str], full: list[str]) -> bool:
    """True when a name may be short for a full one: same surname, and given names that agree or are initials."""
    if len(short) == 1:
        return True
    given, other = short[:-1], full[:-1]
    return bool(other) and (
        given[0] == other[0] or (given[0][:1] == other[0][:1] and (len(given[0]) == 1 or len(other[0]) == 1))
    )


def is_other_office(role: str) -> bool:
    """True for “former minister”, “deputy minister”: nobody's of whom just “minister” is printed."""
    return bool(role_words(role) & (_PAST | _BELOW))


def _is_office(words: frozenset[str], printed: str) -> bool:
    """True when a printed role is the office that `words` name: of the same time, not its deputy's, not an aide's to it."""
    whole = role_words(printed)
    if not words <= whole or whole & _PAST != words & _PAST or (whole & _BELOW) - words:
        return False
    own = re.split(r"\b(?:to|for|of)\b", printed.casefold(), maxsplit=1)[0]
    return not own.strip() or bool(words & role_words(own))


@lru_cache(maxsize=4096)
def role_words(role: str) -> frozenset[str]:
    """The words of a role in lower case, short titles written out."""
    words = re.findall(r"[^\W_]+", role.casefold())
    return frozenset(_SHORT_ROLES.get(w, w) for w in words if w not in ("the", "of", "a", "an", "s"))
