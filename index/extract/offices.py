"""Which words name one office: short titles written out, “top diplomat” for a foreign minister, no deputy, nothing past."""

from __future__ import annotations

import re
from functools import lru_cache

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
_BELOW = frozenset("vice deputy assistant under shadow prime press acting associate junior".split())  # another office
_SAME_OFFICE = tuple(  # what agencies call an office when they have named it once
    (frozenset(called.split()), frozenset(office.split()))
    for called, office in (
        ("head government", "prime minister"), ("premier", "prime minister"), ("head state", "president"),
        ("top diplomat", "foreign minister"), ("chief diplomat", "foreign minister"), ("foreign chief", "foreign minister"),
        ("defense chief", "defense minister"), ("defence chief", "defence minister"),
    )
)  # fmt: skip
PAST = frozenset(["former", "ex", "then", "late", "onetime", "retired", "designate", "elect"])


@lru_cache(maxsize=4096)
def role_words(role: str) -> frozenset[str]:
    """The words of a role in lower case, short titles written out."""
    words = re.findall(r"[^\W_]+", role.casefold())
    return frozenset(_SHORT_ROLES.get(w, w) for w in words if w not in ("the", "of", "a", "an", "s"))


def same_offices(role: str) -> list[frozenset[str]]:
    """The words of a role, and those of the office of which it is another name: “foreign chief” of a foreign minister."""
    words = role_words(role)
    return [words, *(other - words | office for other, office in _SAME_OFFICE if other <= words)]


def is_office(words: frozenset[str], printed: str) -> bool:
    """True when a printed role is the office that `words` name: of the same time, not its deputy's, not an aide's to it."""
    whole = role_words(printed)
    if not words <= whole or whole & PAST != words & PAST or (whole & _BELOW) - words:
        return False
    own = re.split(r"\b(?:to|for|of)\b", printed.casefold(), maxsplit=1)[0]
    return not own.strip() or bool(words & role_words(own))


def is_other_office(role: str) -> bool:
    """True for “former minister”, “deputy minister”: nobody's of whom just “minister” is printed."""
    return bool(role_words(role) & (PAST | _BELOW))


def is_courtesy(role: str, courtesies: frozenset[str]) -> bool:
    """True for “Mr” and “Prof. Dr”: polite forms, no office."""
    return all(word.casefold().strip(".") in courtesies for word in role.split())
