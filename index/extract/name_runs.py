"""Which words of a mention are the name: “Ada Holm” in “Foreign Minister of Velmark Ada Holm of the Torvik Party”."""

from __future__ import annotations

import re

from index.extract.lexicon import Lexicon
from index.extract.states import states

SUFFIXES = frozenset("jr sr ii iii iv jr. sr.".split())
PARTICLES = frozenset("de van von der den al bin ibn del da du la le el ten ter of".split())
DETERMINERS = frozenset("die das ein eine the a an this that these those his her their its our my your".split())
_BEHIND_NAME = frozenset("of for at in from am im bei gegenüber".split())
_NETWORKS = frozenset("facebook twitter telegram instagram youtube tiktok linkedin reddit x vkontakte mastodon bluesky".split())
_AREAS = frozenset("region oblast province territory krai republic district county municipality governorate prefecture".split())
_RELATED = re.compile(r"-of-(?:\w+)$")  # “Mum-of-three”, “Father-of-two”
BOTH = frozenset("virginia georgia carolina victoria".split())  # names of people and of places
_OF_PLACE = re.compile(r"-(?:based|born|led|backed|era|style|controlled|held|leaning|wide|area|bound|owned|funded|trained)$")


def run_of_name(tokens: list[str], lower: list[str], possessive: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """(first, last) token of the name: the last run of capitals that is no title, role or adjective of a state; or None.

    `possessive` is the last token that is a possessive ending, or -1: the name stands behind it.
    """
    known = states()
    best: tuple[int, int] | None = None
    at = possessive + 1
    office = -1
    while at < len(tokens):
        if lower[at].rstrip(".") in lexicon.bodies or lower[at] in lexicon.ranks:
            office = at
        if office >= 0 and lower[at] in ("of", "for", "to", "at", "in", "from"):
            named = _role_before_name(tokens, lower, at, lexicon)
            if named >= 0:
                best, at, office = None, named + 1, -1
                continue
            if best is None or best[1] <= office:
                return None
        if not _may_name(tokens[at], lower[at], lexicon):
            if best is not None and (
                lower[at] in _BEHIND_NAME or (lower[at] == "on" and {*lower[at + 1 : at + 3]} & _NETWORKS)
            ):
                break
            at += 1
            continue
        end = at
        while end + 1 < len(tokens) and (
            _may_name(tokens[end + 1], lower[end + 1], lexicon)
            or _may_follow(tokens[end + 1], lower[end], lexicon)
            or lower[end + 1] in SUFFIXES
            or _particle_before_name(tokens, lower, end + 1)
        ):
            end += 1
        first = at
        while first < end and (
            lower[first] in known.adjectives
            or (lower[first] in known.names and lower[first + 1] not in lexicon.openers)  # “USA Today”
            or lower[first] in lexicon.days
            or lower[first] in lexicon.openers
            or lower[first] in lexicon.groups
            or lower[first] in lexicon.stop
            or (tokens[first].endswith(".") and len(tokens[first]) >= 4 and first + 2 <= end)  # “Del.”, “Atty.”
        ):
            first += 1
        if not all(word in lexicon.days for word in lower[first : end + 1]):
            best = (_after_prefix(tokens, lower, first, end, lexicon), end)
        at = end + 1
    if best is not None and (
        lower[best[1]] in known.adjectives or all(lower[i] in lexicon.groups for i in range(best[0], best[1] + 1))
    ):
        return None
    return best


def _after_prefix(tokens: list[str], lower: list[str], first: int, end: int, lexicon: Lexicon) -> int:
    """Where the name begins in “Torvik News Ada Holm”, “Torvik TVT Holm”, “Torvik Region Ada Holm”: behind the outlet or
    party, at a given name; behind the word for an area."""
    given = lexicon.given
    for at in range(end - 2, first, -1):  # “the Torvik Region Ada Holm”, behind “Governor of”
        if lower[at] in _AREAS and not (lexicon.organisations | lexicon.press).intersection(lower[at + 1 : end + 1]):
            return next((i for i in range(at + 1, end) if lower[i] in given), at + 1)
    for at in range(end - 1, first, -1):
        if lower[at] in given and not any(word in given for word in lower[first:at]):
            before = range(first, at)
            if any(lower[i] in lexicon.outlets or (tokens[i].isupper() and len(tokens[i].strip(".")) > 1) for i in before):
                return at
    return first


def _role_before_name(tokens: list[str], lower: list[str], at: int, lexicon: Lexicon) -> int:
    """Where an office that began before the preposition at `at` ends and a name follows, or -1.

    “Bank of Velmark governor Ada Holm”, “Secretary of State Ada Holm”, “Foreign Minister of Velmark Ada Holm”.
    """
    for place in range(len(tokens) - 2, at, -1):
        if lower[place].rstrip(".") in lexicon.roles and _may_name(tokens[place + 1], lower[place + 1], lexicon):
            return place
    known, after = states(), at + 1
    while after < len(tokens) and (
        lower[after] in DETERMINERS
        or lower[after] in known.names
        or lower[after] in lexicon.portfolios
        or lower[after] in lexicon.organisations
        or lower[after] in ("and", "&", ",")
    ):
        after += 1
    named = [t for t in tokens[after:] if t[:1].isupper()]
    return after - 1 if after > at + 1 and len(named) >= 2 and len(named) == len(tokens) - after else -1


def _particle_before_name(tokens: list[str], lower: list[str], at: int) -> bool:
    """“van der” before “Holm”."""
    after = at
    while after < len(tokens) and after < at + 2 and lower[after] in PARTICLES - {"of"}:
        after += 1
    return after > at and after < len(tokens) and tokens[after][:1].isupper()


def _may_follow(token: str, before: str, lexicon: Lexicon) -> bool:
    """True for an initial (“A.”) and for a surname that looks like an office (“Ada King”), behind a given name."""
    if len(token) == 2 and token[1] == ".":
        return token[0].isupper()
    given = (before in lexicon.given_male or before in lexicon.given_female) and before not in BOTH
    return given and token[:1].isupper() and token.casefold() in lexicon.courtly


def _may_name(token: str, lower: str, lexicon: Lexicon) -> bool:
    return (
        token[:1].isupper()
        and lower not in lexicon.titles
        and lower not in lexicon.roles
        and lower not in lexicon.ranks
        and lower not in lexicon.parties
        and lower not in DETERMINERS
        and lower not in lexicon.persons
        and not _OF_PLACE.search(lower)
        and not _RELATED.search(lower)
    )
