"""Takes a name apart, and says how likely two names are one actor: full names of people, organisations, initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from index.actors.names import COURTESIES, SUFFIXES, is_organisation, kindred, name_key, name_words, particles
from index.model import Actor

PERSON_KINDS = ("person", "unknown")
Found = tuple[float, str]  # how likely two are one actor (0..1), and why
_SMALL = frozenset(("the", "of", "and", "for", "de", "du", "la", "in", "on"))


@dataclass(frozen=True, slots=True)
class Card:
    """A name of an actor as comparison sees it: folded words, taken apart; `given` is empty for a name alone."""

    actor: Actor
    words: tuple[str, ...]
    surname: str
    given: str
    middle: tuple[str, ...]
    suffix: str
    person: bool


def kind_of(actor: Actor) -> str:
    """The kind of an actor; "Mr. Lund" is a person whatever it was taken for."""
    words = actor.name.split()
    return "person" if len(words) == 2 and words[0].strip(".").casefold() in COURTESIES else actor.kind


def card_of(actor: Actor, name: str) -> Card:
    """A name taken apart."""
    person = kind_of(actor) == "person" or (actor.kind == "unknown" and not is_organisation(name))
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


def compared(a: Card, b: Card) -> Found | None:
    """How likely two cards are one actor, and why; None where they must not be. Lone names: `lone_names.partners`."""
    if a.actor.id == b.actor.id:
        return None
    if not (a.person and b.person):
        return _organisations_compared(a, b)
    if not a.given or not b.given or (a.suffix != b.suffix and a.suffix and b.suffix):
        return None
    if a.words != b.words and sorted(a.words) == sorted(b.words):
        return 0.85, "the same names in another order"
    if ends_with(a.words, b.words):
        return 0.7, "one name ends with the other"
    return _people_compared(a, b)


def ends_with(a: Sequence[str], b: Sequence[str]) -> bool:
    """True when one full name stands whole behind other words: "Rival Ada Lund" and "Ada Lund"."""
    short, long = sorted((tuple(a), tuple(b)), key=len)
    return 1 < len(short) < len(long) and long[-len(short) :] == short


def _people_compared(a: Card, b: Card) -> Found | None:
    """Two full names: given names must be the same, kindred or an initial; surnames the same or nearly."""
    given = given_alike(a.given, b.given)
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


def given_alike(a: str, b: str) -> Found | None:
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


def skeleton(word: str) -> str:
    """The consonants of a word as it sounds; vowels are what spellings and slips change most."""
    sound = _sound(word)
    return sound[:1] + "".join(ch for ch in sound[1:] if ch not in "aeiou-")[:6]


def _organisations_compared(a: Card, b: Card) -> Found | None:
    """Two organisations, groups or states: the same words but for the small ones, or an acronym of the other."""
    if a.person != b.person and "unknown" not in (a.actor.kind, b.actor.kind):
        return None
    for short, long in ((a, b), (b, a)):
        if len(short.words) == 1 and len(long.words) >= 2 and short.actor.name.isupper():
            proper = all(word[:1].isupper() or word.casefold() in _SMALL for word in long.actor.name.split())
            initials = "".join(word[0] for word in spoken(long.actor.name))
            return (0.85, "the initials of the other") if proper and short.words[0] == initials else None
    if a.person or b.person:
        return None
    if core(a.words) == core(b.words) and any(ch.isalpha() for word in core(a.words) for ch in word):
        return 0.85, "the same words but for the small ones"
    return None


def spoken(name: str) -> list[str]:
    """The words of an organisation's name that its initials are made of."""
    return [
        word for word in name.casefold().replace("-", " ").split() if word not in ("the", "of", "and", "for", "de", "du", "la")
    ] or [" "]


def core(words: Sequence[str]) -> frozenset[str]:
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
