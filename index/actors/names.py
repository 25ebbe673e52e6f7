"""Folds the spellings of a name into one key, so that one actor is one under case, accents, script and titles."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii

from index.extract.lexicon import lexicon
from index.extract.states import states
from index.model import FoundActor

COURTESIES = frozenset(
    "mr mrs ms miss mx dr prof professor sir lady lord dame madam madame monsieur herr frau hon rev señor senor mme "
    "mlle".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md esq".split())
_SMALL = frozenset("the of and for de du des la le los las del der die das".split())
_PARTICLES = frozenset("van von der den de del della di da dos du la le bin ibn al el ter ten zu".split())
_OFFICE_WORDS = frozenset(
    "office ministry government administration cabinet presidency chancellery secretariat department staff embassy "
    "party campaign".split()
)
_BRITISH = (
    ("organisation", "organization"),
    ("defence", "defense"),
    ("centre", "center"),
    ("labour", "labor"),
    ("programme", "program"),
    ("co-operation", "cooperation"),
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,5}")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The normal form of a name: equal keys are the same actor.

    Case, accents, script, marks, titles before a full name and the known spellings of given names fold away. Nothing
    is dropped that could tell two people apart: middle initials, "Jr." and the order of names stay.
    """
    words = name_words(name)
    if is_organisation(name):
        return "org " + " ".join(sorted(set(_organisation_words(words)))) if words else ""
    return " ".join([_spelled(words[0]), *map(_surname, words[1:])]) if len(words) > 1 else " ".join(words)


def name_words(name: str) -> list[str]:
    """The folded words of a name, without titles before a full name: "Prime Minister Ada Lund" gives ada, lund."""
    plain = unicodedata.normalize("NFKC", name).strip(' \t\n"“”„«»‘')
    plain = _POSSESSIVE.sub("", plain)
    comma = plain.split(",")
    if (
        len(comma) == 2
        and all(1 <= len(part.split()) <= 2 for part in comma)
        and comma[1].strip().casefold().strip(".") not in SUFFIXES
    ):
        plain = f"{comma[1].strip()} {comma[0].strip()}"  # "Lund, Ada"
    plain = _INITIALS.sub(lambda m: m.group() + " ", plain)
    words = [_folded(word) for word in _WORD.findall(plain)]
    return _untitled(_initials_joined([word for word in words if word]))


def _initials_joined(words: list[str]) -> list[str]:
    """Neighbouring initials as one word: "J. D. Lund" and "JD Lund" are the same."""
    out: list[str] = []
    open_run = False
    for word in words:
        if len(word) == 1 and open_run:
            out[-1] += word
        else:
            out.append(word)
        open_run = len(word) == 1
    return out


def _folded(word: str) -> str:
    """A word in small Latin letters without accents and apostrophes."""
    latin = anyascii(word).casefold()
    return re.sub(r"[^a-z0-9-]", "", latin)


def _untitled(words: list[str]) -> list[str]:
    """Words without courtesies, and without an office before a name of at least two words."""
    while len(words) > 1 and words[0] in COURTESIES | {"the"}:
        words = words[1:]
    if any(word in _organisations() for word in words):
        return words
    roles = office_words()
    last = max((i for i, word in enumerate(words) if word in roles), default=-1)
    if any(word not in _before_names() for word in words[: last + 1]):
        return words  # "Lund and Senator Ada Holm" is no one's name
    rest = words[last + 1 :]
    if rest[:1] == ["of"]:
        rest = rest[3:] if rest[1:2] == ["the"] else rest[2:]
    return rest if 2 <= len(rest) <= 4 and last >= 0 and "of" not in rest else words


def _surname(word: str) -> str:
    """A word of a name behind the first, in one of the spellings of its ending: -skiy and -sky, -yev and -ev, -ian and -yan."""
    word = re.sub(r"sk(?:iy|ii|ij|yy|yi)\Z", "sky", word)
    word = re.sub(r"(?<=[aeiou])y(?=ev[ay]?\Z|evich\Z|evna\Z)", "", word)
    return re.sub(r"ian\Z", "yan", word) if len(word) >= 6 else word


def _spelled(given: str) -> str:
    """A given name in the spelling that stands for all."""
    return "-".join(spellings().get(part, part) for part in given.split("-"))


def is_organisation(name: str) -> bool:
    """True for a name that holds the word of an organisation: ministry, party, council ..."""
    words = [word.strip(".").casefold() for word in re.findall(r"[^\W_]+", name)]
    return len(words) - (words[:1] == ["the"]) > 1 and any(word in _organisations() for word in words)


def _organisation_words(words: list[str]) -> list[str]:
    """Words of an organisation's name with states for their adjectives and one spelling for British and American."""
    out = []
    for word in words:
        for british, american in _BRITISH:
            word = word.replace(british, american)
        word = states().adjectives.get(word, word).casefold() if word in states().adjectives else word
        word = re.sub(r"[’']?s\Z", "", word) if word.removesuffix("s") in states().names else word
        out.append(states().names.get(word, word).casefold())
    return [word for word in out if word not in _SMALL]


@cache
def _organisations() -> frozenset[str]:
    return lexicon("en").organisations - {"times", "post", "journal", "house", "daily", "church"}


@cache
def generic_words() -> frozenset[str]:
    """Words that tell no actor from another: what many organisations and groups share, days, pronouns, numbers."""
    words = lexicon("en")
    kinds = (
        "foreign defense defence interior finance justice health education economy trade energy state federal national "
        "local central general security armed forces affairs"
    )
    vague = "one another both others all each most more two three four five six ten dozens hundreds thousands"
    return (
        words.stop
        | words.days
        | words.months
        | words.times
        | words.persons
        | words.others
        | frozenset(vague.split())
        | _organisations()
        | words.groups
        | words.organisations
        | office_words()
        | frozenset(kinds.split())
        | _SMALL
    )


@cache
def _before_names() -> frozenset[str]:
    """Words that may stand in an office before a name: "acting President and Prime Minister", "presidential adviser"."""
    more = "acting former ex deputy vice prime first second senior junior chief presidential ministerial interim permanent"
    nations = frozenset(word for name in (*states().names, *states().adjectives) for word in name.split())
    return generic_words() | nations | frozenset(more.split()) | frozenset(("to", "at", "in", "on"))


@cache
def office_words() -> frozenset[str]:
    """Titles and offices, and the courtesies before a name."""
    words = lexicon("en").roles | lexicon("en").titles
    return words | {f"{word}s" for word in words} | COURTESIES


@cache
def spellings() -> Mapping[str, str]:
    """{spelling of a given name: the spelling that stands for it}."""
    return {
        _folded(word): _folded(line.split()[0])
        for line in _table()["spellings"].splitlines()
        if line.strip()
        for word in line.split()
    }


@cache
def kindred() -> Mapping[str, frozenset[int]]:
    """{given name: the numbers of the groups of kindred names it stands in}."""
    out: dict[str, set[int]] = {}
    for number, line in enumerate(_table()["kindred"].splitlines()):
        for word in line.split():
            out.setdefault(_spelled(_folded(word)), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in out.items()}


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(files("index.actors").joinpath("given_names.toml").read_text("utf-8"))


def particles() -> frozenset[str]:
    """Small words inside family names: van, de, bin ..."""
    return _PARTICLES


def is_office(name: str) -> bool:
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


def linkable(found: FoundActor) -> bool:
    """True when the name of a document says enough to find the same actor in another: no surname alone, no bare office,
    no "Foreign Ministry" or "officials" of nobody knows which state."""
    words = name_words(found.name)
    if found.kind == "state":
        return True
    if found.kind in ("organisation", "group"):
        return any(word not in generic_words() for word in words)
    if found.kind == "person":
        return len(words) > 1 and not is_office(found.name)
    return bool(words)
