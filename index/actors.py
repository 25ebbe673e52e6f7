"""Tells when two names are one actor, when they may be, and when they must not be taken for one.

Only equal keys (`name_key`) are linked by the program; everything likely is a proposal for a person to decide, because
a score cannot tell Armen from Arman. Pure: no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

from index import lone_names
from index.lone_names import Card
from index.model import Actor, FoundActor, MergeProposal, Role, When
from index.names import (
    COURTESIES,
    SUFFIXES,
    generic_words,
    is_organisation,
    kindred,
    name_key,
    name_words,
    office_words,
    particles,
)

__all__ = ["keys_of", "linkable", "match", "name_key", "office_warning", "proposals", "role_dates"]

LARGEST_BLOCK = 60  # actors that share a surname: beyond it only exact reasons are looked for
LEAST_SCORE = 0.7
OFFICE_AND_HOLDER = "office-and-holder"
DIFFERENT_KINDS = "different-kinds"
DIFFERENT_GIVEN_NAMES = "different-given-names"
_OFFICE_WORDS = frozenset(
    "office ministry government administration cabinet presidency chancellery secretariat department staff embassy "
    "party campaign".split()
)
_SMALL = frozenset(("the", "of", "and", "for", "de", "du", "la", "in", "on"))
_OPENERS = frozenset("some many several most both few other another yet earlier later according".split())
_PERSON_KINDS = ("person", "unknown")


def keys_of(actor: Actor | FoundActor) -> set[str]:
    """The keys under which an actor is found again: of its name and of those aliases that say enough by themselves."""
    aliases = (alias for alias in actor.aliases if actor.kind not in _PERSON_KINDS or len(name_words(alias)) > 1)
    return {key for name in (actor.name, *aliases) if (key := name_key(name))}


def linkable(found: FoundActor) -> bool:
    """True when the name of a document says enough to find the same actor in another: no surname alone, no bare office,
    no "Foreign Ministry" or "officials" of nobody knows which state."""
    words = name_words(found.name)
    if found.kind == "state":
        return True
    if found.kind in ("organisation", "group"):
        return any(word not in generic_words() for word in words)
    if found.kind == "person":
        return len(words) > 1 and not _is_office(found.name)
    return bool(words)


def match(found: FoundActor, known: Sequence[Actor]) -> int | None:
    """The id of the one known actor that goes by the name, or None; for many actors keep `keys_of` in a table instead."""
    if not linkable(found):
        return None
    key = name_key(found.name)
    kinds = (found.kind, "unknown")
    same = [actor.id for actor in known if key in keys_of(actor) and (actor.kind in kinds or found.kind == "unknown")]
    return same[0] if len(same) == 1 else None


# --- proposals --------------------------------------------------------------------------------------------------------


def proposals(
    actors: Sequence[Actor], limit: int = 200, declined: Collection[tuple[int, int]] = frozenset()
) -> list[MergeProposal]:
    """Pairs of actors that may be one, surest first, at most `limit`. Never two with different given names, nor a pair of
    ids (the smaller first) that people `declined`.

    Actors are compared only inside blocks that share a surname (or its consonants), an acronym or the words of an
    organisation, so that ten thousand take seconds.
    """
    cards = [_card(actor, name) for actor in actors for name in _names(actor) if _tells_apart(name, actor.kind)]
    best: dict[tuple[int, int], MergeProposal] = {}
    for block in _blocks(cards):
        pairs = combinations(block, 2) if len(block) <= LARGEST_BLOCK else _leaders(block)
        for a, b in pairs:
            _propose(best, a, b, _compared(a, b))
    for lone, partner, found in lone_names.partners(cards, declined):
        _propose(best, lone, partner, found)
    found_pairs = (p for p in best.values() if (min(p.keep, p.other), max(p.keep, p.other)) not in declined)
    return sorted(found_pairs, key=lambda p: (-p.score, p.keep, p.other))[:limit]


def _propose(best: dict[tuple[int, int], MergeProposal], a: Card, b: Card, found: tuple[float, str] | None) -> None:
    """Keep the best reason for which two actors may be one."""
    if found is None or found[0] < LEAST_SCORE or a.actor.id == b.actor.id or office_warning(a.actor, b.actor) is not None:
        return
    keep, other = _ordered(a.actor, b.actor)
    known = best.get((keep, other))
    if known is None or known.score < found[0]:
        best[keep, other] = MergeProposal(keep, other, round(found[0], 3), found[1])


def _tells_apart(name: str, kind: str) -> bool:
    """False for names that say nothing ("many", "Friday", "the Prime Minister") or name several ("Lund and Holm")."""
    words = name_words(name)
    if kind in _PERSON_KINDS and not is_organisation(name) and _is_office(name):
        return False
    several = {"and", "&"} & set(words) and not is_organisation(name)
    return bool(words) and not several and words[0] not in _OPENERS and any(word not in generic_words() for word in words)


def _names(actor: Actor) -> list[str]:
    """The name and those other names that differ from it in words."""
    names = {name_key(name): name for name in reversed((actor.name, *actor.aliases)) if name_words(name)}
    return [
        name for name in names.values() if name == actor.name or len(name_words(name)) > 1 or actor.kind not in _PERSON_KINDS
    ]


def _kind(actor: Actor) -> str:
    """The kind of an actor; "Mr. Lund" is a person whatever it was taken for."""
    words = actor.name.split()
    return "person" if len(words) == 2 and words[0].strip(".").casefold() in COURTESIES else actor.kind


def _card(actor: Actor, name: str) -> Card:
    """A name taken apart."""
    person = _kind(actor) == "person" or (actor.kind == "unknown" and not is_organisation(name))
    words = tuple(name_words(name))
    if not person:
        return Card(actor, tuple(name_key(name).removeprefix("org ").split()), "", "", (), "", person=False)
    suffix = words[-1] if len(words) > 2 and words[-1] in SUFFIXES else ""
    plain = words[:-1] if suffix else words
    if len(plain) == 1:
        return Card(actor, words, plain[0], "", (), suffix, person=True)
    start = len(plain) - 1
    while start > 1 and plain[start - 1] in particles():
        start -= 1
    key = name_key(" ".join(plain)).split()
    return Card(actor, words, "".join(key[start:]) or plain[-1], key[0], tuple(plain[1:start]), suffix, person=True)


def _blocks(cards: Sequence[Card]) -> Iterable[list[Card]]:
    """Groups of cards worth comparing with one another."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.person and card.given:
            groups["surname " + _skeleton(card.surname)].append(card)
            groups["words " + " ".join(sorted(card.words))].append(card)
            if card.middle:
                groups["surname " + _skeleton(card.middle[-1])].append(card)
        elif not card.person:
            groups["words " + " ".join(sorted(_core(card.words)))].append(card)
            groups["acronym " + "".join(word[0] for word in _spoken(card.actor.name))].append(card)
        if len(card.words) == 1 and 2 <= len(card.words[0]) <= 7 and card.actor.name.isupper():
            groups["acronym " + card.words[0]].append(card)
    return [group for group in groups.values() if len({card.actor.id for card in group}) > 1]


def _leaders(block: Sequence[Card]) -> Iterable[tuple[Card, Card]]:
    """Pairs of a block too large for all of them: neighbours when it is sorted by given name."""
    ordered = sorted(block, key=lambda card: (card.given, card.words))
    return [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 : i + 6]]


def _ordered(a: Actor, b: Actor) -> tuple[int, int]:
    """Which to keep: the fuller name, then the one with more statements, then the older."""
    first, second = sorted((a, b), key=lambda actor: (-len(name_words(actor.name)), -actor.statements, actor.id))
    return first.id, second.id


def _compared(a: Card, b: Card) -> tuple[float, str] | None:
    """How likely two cards are one actor, and why; None where they must not be. Lone names: `lone_names.partners`."""
    if a.actor.id == b.actor.id:
        return None
    if not (a.person and b.person):
        return _organisations_compared(a, b)
    if not a.given or not b.given or (a.suffix != b.suffix and a.suffix and b.suffix):
        return None
    if a.words != b.words and sorted(a.words) == sorted(b.words):
        return 0.85, "the same names in another order"
    if _ends_with(a.words, b.words):
        return 0.7, "one name ends with the other"
    return _people_compared(a, b)


def _ends_with(a: Sequence[str], b: Sequence[str]) -> bool:
    """True when one full name stands whole behind other words: "Rival Ada Lund" and "Ada Lund"."""
    short, long = sorted((tuple(a), tuple(b)), key=len)
    return 1 < len(short) < len(long) and long[-len(short) :] == short


def _people_compared(a: Card, b: Card) -> tuple[float, str] | None:
    """Two full names: given names must be the same, kindred or an initial; surnames the same or nearly."""
    given = _given(a.given, b.given)
    if given is None or not _middles_agree(a, b):
        return None
    if a.surname == b.surname:
        if a.middle != b.middle or a.suffix != b.suffix:
            return min(given[0], 0.85), given[1] if given[0] < 0.85 else "one name is longer"
        return given
    near = _near(a.surname, b.surname)
    if near is None:
        longer = _double(a, b)
        return (0.75, "one has a second family name") if longer and given[0] >= 0.95 else None
    return (min(given[0], near), "the names differ in spelling only") if given[0] >= 0.9 else None


def _given(a: str, b: str) -> tuple[float, str] | None:
    """How well two given names go together; None for different ones."""
    if a == b:
        return 0.95, "the same name"
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return (0.8, "an initial fits the given name") if long.startswith(short) else None
    if kindred().get(a, frozenset()) & kindred().get(b, frozenset()):
        return 0.85, "forms of one given name"
    if _sound(a) == _sound(b):
        return 0.9, "given names that differ in spelling only"
    return None


def _middles_agree(a: Card, b: Card) -> bool:
    """True when middle names do not contradict one another."""
    return all(
        x == y or (len(x) == 1 and y.startswith(x)) or (len(y) == 1 and x.startswith(y))
        for x, y in zip(a.middle, b.middle, strict=False)
    )


def _near(a: str, b: str) -> float | None:
    """How near two surnames are: spelled alike by ear, or one slip of the pen in a long name."""
    if _sound(a) == _sound(b):
        return 0.9
    least = min(len(a), len(b))
    distance = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    if least >= 7 and distance == 1 and a[-3:] == b[-3:]:
        return 0.8
    return None


def _double(a: Card, b: Card) -> bool:
    """True when one name has a second family name behind the other's: "Ana Lund Ruiz" and "Ana Lund"."""
    return bool((a.middle and a.middle[-1] == b.surname) or (b.middle and b.middle[-1] == a.surname))


_SOUNDS = (
    ("shch", "sch"), ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("x", "ks"), ("tz", "ts"),
    ("ou", "u"), ("ck", "k"), ("w", "v"), ("yo", "e"), ("io", "e"), ("ie", "e"), ("ye", "e"), ("ya", "a"),
    ("ia", "a"), ("yu", "u"), ("iu", "u"),
    ("ei", "e"), ("ey", "e"), ("ay", "ai"), ("iy", "i"), ("yi", "i"), ("ij", "i"), ("ii", "i"), ("y", "i"), ("q", "k"),
)  # fmt: skip


def _sound(word: str) -> str:
    """A word as it sounds to one who spells by ear: the ways of writing one letter of another script made one."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return "".join(ch for i, ch in enumerate(word) if not i or ch != word[i - 1])


def _skeleton(word: str) -> str:
    """The consonants of a word as it sounds; vowels are what spellings and slips change most."""
    sound = _sound(word)
    return sound[:1] + "".join(ch for ch in sound[1:] if ch not in "aeiou-")[:6]


def _organisations_compared(a: Card, b: Card) -> tuple[float, str] | None:
    """Two organisations, groups or states: the same words but for the small ones, or an acronym of the other."""
    if a.person != b.person and "unknown" not in (a.actor.kind, b.actor.kind):
        return None
    for short, long in ((a, b), (b, a)):
        if len(short.words) == 1 and len(long.words) >= 2 and short.actor.name.isupper():
            proper = all(word[:1].isupper() or word.casefold() in _SMALL for word in long.actor.name.split())
            initials = "".join(word[0] for word in _spoken(long.actor.name))
            return (0.85, "the initials of the other") if proper and short.words[0] == initials else None
    if a.person or b.person:
        return None
    if _core(a.words) == _core(b.words) and any(ch.isalpha() for word in _core(a.words) for ch in word):
        return 0.85, "the same words but for the small ones"
    return None


def _spoken(name: str) -> list[str]:
    """The words of an organisation's name that its initials are made of."""
    return [
        word for word in name.casefold().replace("-", " ").split() if word not in ("the", "of", "and", "for", "de", "du", "la")
    ] or [" "]


def _core(words: Sequence[str]) -> frozenset[str]:
    """The words that carry an organisation's name: "Ministry of Foreign Affairs" and "Foreign Ministry" have the same."""
    return frozenset(word.removesuffix("s") for word in words) - {
        "affair",
        "the",
        "of",
        "and",
        "for",
        "republic",
        "federation",
    }


# --- what must stay apart ---------------------------------------------------------------------------------------------


def office_warning(a: Actor, b: Actor) -> str | None:
    """Why two actors had better stay apart: "office-and-holder", "different-kinds", "different-given-names"; or None."""
    for office, holder in ((a, b), (b, a)):
        if (
            _is_office(office.name)
            and not _is_office(holder.name)
            and holder.kind in _PERSON_KINDS
            and not is_organisation(holder.name)
        ):
            return OFFICE_AND_HOLDER
    kinds = {_kind(a), _kind(b)} - {"unknown"}
    if len(kinds) > 1:
        return DIFFERENT_KINDS
    if kinds <= {"person"} and not is_organisation(a.name) and not is_organisation(b.name):
        one, two = _card(a, a.name), _card(b, b.name)
        same_family = one.surname == two.surname and one.given and two.given and not _ends_with(one.words, two.words)
        if same_family and _given(one.given, two.given) is None:
            return DIFFERENT_GIVEN_NAMES
    return None


def _is_office(name: str) -> bool:
    """True for the name of an office: "Lund's office", "the Prime Minister", "Secretary General of the League"."""
    roles = office_words()
    words = [word.strip(".,").casefold() for word in name.replace("’", "'").split()]
    if any(word in _OFFICE_WORDS for word in words):
        return True
    bare = [
        word
        for word in words
        if word not in ("the", "a", "an", "former", "acting", "deputy", "vice", "first", "prime", "foreign", "general")
    ]
    if not bare or not any(word in roles - COURTESIES for word in bare):
        return False
    if all(word in roles for word in bare):
        return True
    named = name_words(name)  # without the office where a name follows it
    return bare[0] in roles and bare[1] == "of" and named[0] in roles


def role_dates(seen: Iterable[tuple[str, When | None]]) -> tuple[Role, ...]:
    """Offices with the first and last day on which documents show them; `seen` pairs a title with a document's date."""
    days: dict[str, tuple[str, list[When]]] = {}
    for title, when in seen:
        bare = " ".join(title.split())
        if bare:
            days.setdefault(bare.casefold(), (bare, []))[1].extend([when] if when else [])
    roles = []
    for title, whens in days.values():
        firsts = [when.earliest for when in whens if when.earliest]
        lasts = [when.latest for when in whens if when.latest]
        roles.append(Role(title, min(firsts) if firsts else None, max(lasts) if lasts else None))
    return tuple(sorted(roles, key=lambda role: (role.earliest is None, role.earliest or role.latest, role.title)))
