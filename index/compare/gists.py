"""What a statement says beneath its wording: the notions in it, so that two translations of one utterance look alike.

Two outlets rarely print the same words: independent translations share a third to a half of them. A gist therefore
holds notions instead of words: stems, words of one meaning as one (paraphrases_en.toml), a state for its capital and
its adjective, an organisation's initials for its name in full.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from math import log

import Stemmer

from index.compare.signals import NEGATIONS, TITLES
from index.compare.tokens import FUNCTION_WORDS, Tokens, tokens

NAME, NUMBER, WORD, COMMON = 0.7, 1.3, 1.0, 0.4  # weights of notions where no collection says how rare they are

_COMMON = frozenset(
    "country government president people official minister leader year time thing way make take give get go".split()
)
_ORGANISATIONS = frozenset(
    """organization organisation union treaty committee council alliance community league bank fund agency court
    association commission cooperation compact pact front party movement conference assembly authority federation
    confederation congress""".split()
)
_LINKS = frozenset("of for the and on in".split())
_LAND = re.compile(r"(?:ian|ia|an|a)$")
_NUMBER = re.compile(r"[-+]?\d[\d.,/:-]*")


@dataclass(frozen=True, slots=True)
class Gist:
    """The notions of one statement with their weights, in the order of the text, and what may stand in conflict.

    `order` has them as they stand in the text, `runs` are pairs of neighbours; `words` the plain keys without grammar
    words; `names` gives each notion its first word as printed; `negated` are the notions close behind a negation.
    """

    notions: Mapping[str, float]
    order: tuple[str, ...]
    runs: frozenset[tuple[str, str]]
    words: tuple[str, ...]
    numbers: frozenset[str]
    years: frozenset[str]
    negated: frozenset[str]
    weight: float
    names: Mapping[str, str]


@lru_cache(maxsize=8192)
def gist(text: str) -> Gist:
    """The gist of a statement's text. Works for every script; words of one meaning are known for English."""
    cut = tokens(text)
    sequence: list[tuple[str, float]] = []
    taken = _full_names(cut)
    words: list[str] = []
    negated: set[str] = set()
    names: dict[str, str] = {}
    skip = reach = -1  # last word of a name in full; last word that a negation reaches
    for number, token in enumerate(cut.words):
        word = cut.key[token].removesuffix("'s").removesuffix("s'") if "'" in cut.key[token] else cut.key[token]
        if word not in FUNCTION_WORDS:
            words.append(word)
        if number in taken:
            initials, skip = taken[number]
            sequence.append((initials, NAME))
            names.setdefault(initials, cut.text[cut.start[token] : cut.end[cut.words[skip]]])
        if _is_negation(cut.key[token]):
            reach = number + 3
        if number <= skip or word in FUNCTION_WORDS or word in NEGATIONS:
            continue
        inside = number > 0 or (len(cut.words) > 1 and cut.surface(cut.words[1])[0].isupper())
        sequence.append(_notion(word, cut.surface(token), inside))
        names.setdefault(sequence[-1][0], cut.surface(token))
        if number <= reach:
            negated.add(sequence[-1][0])
    notions: dict[str, float] = {}
    for notion, weight in sequence:
        notions.setdefault(notion, weight)
    numbers = frozenset(n[2:] for n in notions if n.startswith("n:"))
    years = frozenset(n for n in numbers if len(n) == 4 and n.isdigit() and "1500" <= n <= "2199")
    order = tuple(notion for notion, _ in sequence)
    return Gist(
        notions, order, frozenset(pairwise(order)), tuple(words), numbers - years, years, frozenset(negated),
        sum(notions.values()), names,
    )  # fmt: skip


def _is_negation(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _notion(word: str, surface: str, inside: bool) -> tuple[str, float]:
    """The notion a word stands for, and its weight."""
    if _NUMBER.fullmatch(word):
        return f"n:{word.rstrip('.,')}", NUMBER
    state = _states().get(word)
    if state:
        return state, NAME
    if surface.isupper() and 2 <= len(surface) <= 8:
        return word.replace(".", ""), NAME
    root = stem(word)
    found = _groups().get(root, root)
    if surface[:1].isupper() and inside and found == root:
        return root, NAME
    return found, COMMON if word in _COMMON or word in TITLES else WORD


def _full_names(cut: Tokens) -> dict[int, tuple[str, int]]:
    """Names of organisations in full: number of the first word -> (their initials, number of the last word)."""
    found: dict[int, tuple[str, int]] = {}
    first = 0
    while first < len(cut.words):
        last = first
        letters: list[str] = []
        number = first
        organisation = False
        while number < len(cut.words):
            token = cut.words[number]
            if number > first and token > cut.words[number - 1] + 1:  # a mark stands between
                break
            surface = cut.surface(token)
            if surface[0].isupper() and surface[1:].islower():
                letters.append(surface[0].lower())
                last = number
                organisation = organisation or cut.key[token] in _ORGANISATIONS
            elif not letters or surface not in _LINKS:
                break
            number += 1
        if organisation and len(letters) >= 2 and cut.surface(cut.words[first])[0].isupper():
            if cut.key[cut.words[first]] in FUNCTION_WORDS:
                letters = letters[1:]
            found[first] = ("".join(letters), last)
        first = max(last, first) + 1
    return found


@cache
def _groups() -> Mapping[str, str]:
    """Stem -> notion, for words that stand for one another."""
    groups: dict[str, str] = {}
    for line in _data()["groups"]:
        words = line.split()
        for word in words:
            groups.setdefault(stem(word), f"g:{words[0]}")
    return groups


@cache
def _irregular() -> Mapping[str, str]:
    """Irregular form -> the word it is a form of."""
    return {form: line.split()[0] for line in _data()["irregular"] for form in line.split()[1:]}


@cache
def _data() -> Mapping[str, list[str]]:
    file = resources.files("index") / "compare" / "paraphrases_en.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _states() -> Mapping[str, str]:
    """Name, adjective and capital of a state, in small letters -> the state. Names of two words are left out."""
    file = resources.files("index") / "extract" / "words" / "states.toml"
    states: dict[str, str] = {}
    for state in tomllib.loads(file.read_text(encoding="utf-8"))["states"]:
        notion = "s:" + state["name"].casefold()
        for name in (state["name"], *state["capitals"], *state["adjectives"], *state["others"]):
            if " " not in name:
                states.setdefault(name.casefold(), notion)
                states.setdefault(name.casefold() + "s", notion)
    return states


_ENGLISH = Stemmer.Stemmer("english")
_RUSSIAN = Stemmer.Stemmer("russian")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a word: English for Latin letters, Russian for Cyrillic ones, else the word.

    Long stems also lose the ends that make a people of a land (Marvenia, Marvenian).
    """
    if not word:
        return word
    if "\u0400" <= word[0] <= "\u04ff":
        return str(_RUSSIAN.stemWord(word))
    if word[0] >= "\u0250":
        return word
    root = str(_ENGLISH.stemWord(_irregular().get(word, word)))
    return _LAND.sub("", root) if len(root) >= 7 else root


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two gists agree: `score` 0..1 as reports of one utterance, notions `shared`, `verbatim` words."""

    score: float
    shared: frozenset[str]
    verbatim: int
    covered: float


def agreement(a: Gist, b: Gist, rarity: Mapping[str, float] | None = None) -> Agreement:
    """How much two statements agree as reports of the same words.

    Mostly the share of the shorter one's notions that the longer one has (`covered`), then the share both ways, then
    neighbours kept. `rarity` multiplies the weights of notions (1: as rare as any; 0: all statements have it).
    """
    shared = a.notions.keys() & b.notions.keys()

    def weigh(notions: Mapping[str, float]) -> float:
        return sum(w * rarity.get(n, 1.0) for n, w in notions.items()) if rarity else sum(notions.values())

    both = weigh({n: min(a.notions[n], b.notions[n]) for n in shared})
    sizes = (a.weight, b.weight) if rarity is None else (weigh(a.notions), weigh(b.notions))
    if len(a.years - b.years) == len(b.years - a.years) == 1 and len(shared) >= 3:
        sizes = (sizes[0] - NUMBER, sizes[1] - NUMBER)  # another year in one of two reports: a discrepancy to be shown
    least, most = max(min(sizes), 1e-9), max(*sizes, 1e-9)
    runs = len(a.runs & b.runs) / max(1, min(len(a.runs), len(b.runs)))
    covered = both / least
    score = 0.6 * covered + 0.2 * (2 * both / (least + most)) + 0.2 * min(1.0, 2 * runs)
    if a.numbers - b.numbers and b.numbers - a.numbers:
        score -= 0.1  # each gives a figure that the other does not know
    verbatim = _longest_run(a.words, b.words) if shared else 0
    return Agreement(max(0.0, min(1.0, score)), frozenset(shared), verbatim, covered)


def _longest_run(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """The most words (grammar words left out) that stand in one unbroken run in both."""
    if len(a) * len(b) > 250_000:
        a, b = a[:500], b[:500]
    places: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        places.setdefault(word, []).append(j)
    best = 0
    above: dict[int, int] = {}
    for word in a:
        row = {j: above.get(j - 1, 0) + 1 for j in places.get(word, ())}
        if row:
            best = max(best, max(row.values()))
        above = row
    return best


def rarities(gists: list[Gist]) -> dict[str, float]:
    """For each notion how rare it is among some statements: 1 in one of many, 0.2 at the least where most have it."""
    counts = Counter(notion for one in gists for notion in one.notions)
    total = len(gists)
    if total < 8:
        return {}
    scale = log(total)
    return {notion: max(0.2, log(total / count) / scale) if count > 1 else 1.0 for notion, count in counts.items()}
