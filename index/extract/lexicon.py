"""The words of a language that reporting is made of, read from `words/*.toml`: what a new language needs is data, not code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

_DOUBLING = frozenset("bdgmnprt")
_SENTENCE_OPENERS = frozenset(
    "the a an he she it they we i in on at but and this that these those his her their its as for when while if after "
    "before there however meanwhile".split()
)


@dataclass(frozen=True)
class Lexicon:
    """Words of one language, all in lower case. `verbs` maps a form to (lemma, class)."""

    language: str
    that: str
    verbs: Mapping[str, tuple[str, str]]
    say: frozenset[str]
    demand: frozenset[str]
    judge: frozenset[str]
    promise: frozenset[str]
    think: frozenset[str]
    gesture: frozenset[str]
    nouns: frozenset[str]
    light: frozenset[str]
    persons: frozenset[str]
    others: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    titles: frozenset[str]
    courtesies: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    organisations: frozenset[str]
    publications: frozenset[str]
    topics: frozenset[str]
    portfolios: frozenset[str]
    plainly: frozenset[str]
    things: frozenset[str]
    openers: frozenset[str]
    parties: frozenset[str]
    ranks: frozenset[str]
    courtly: frozenset[str]
    nobody: frozenset[str]
    regions: frozenset[str]
    quarters: frozenset[str]
    places: frozenset[str]
    findings: frozenset[str]
    days: frozenset[str]
    times: frozenset[str]
    months: frozenset[str]
    complementizers: frozenset[str]
    auxiliaries: frozenset[str]
    stop: frozenset[str]
    pasts: frozenset[str]
    abbreviations: frozenset[str]
    closing_abbreviations: frozenset[str]
    sentence_openers: frozenset[str]
    elisions: frozenset[str]
    according: tuple[str, ...]
    media: frozenset[str]
    press: frozenset[str]
    question_labels: frozenset[str]
    answer_labels: frozenset[str]
    given_male: frozenset[str]
    given_female: frozenset[str]

    @cached_property
    def people(self) -> frozenset[str]:
        """Roles and groups: nouns for those who speak."""
        return self.roles | self.groups

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Nouns for whoever may speak: people, organisations, publications."""
        return self.people | self.organisations | self.publications

    @cached_property
    def offices(self) -> frozenset[str]:
        """Words of an office before a name."""
        return self.roles | self.ranks

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Roles, groups and organisations: what “of” may follow."""
        return self.people | self.organisations

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Words that may stand before a name to tell whose reporter somebody is."""
        return self.organisations | self.media | self.press | self.groups | self.regions

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that are no noun for somebody: function words, days, organisations, publications."""
        function = self.auxiliaries | self.stop | self.persons | self.others | self.calendar
        return function | self.organisations | self.groups | self.publications | self.media

    @cached_property
    def given(self) -> frozenset[str]:
        """Given names of either gender."""
        return self.given_male | self.given_female

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Days, months and words such as “yesterday”."""
        return self.days | self.months | self.times

    @cached_property
    def clausal(self) -> frozenset[str]:
        """Verbs that may take a clause: saying and thinking."""
        return self.say | self.think

    @cached_property
    def uttering(self) -> frozenset[str]:
        """Verbs and nouns for what is said, demanded, judged or promised; not for what is thought or found."""
        return self.say | self.demand | self.judge | self.promise | self.nouns | self.publications

    @cached_property
    def reporting(self) -> frozenset[str]:
        """All verbs and nouns that report, and publications and findings."""
        return frozenset(self.verbs) | self.nouns | self.publications | self.findings

    def lemma(self, word: str) -> str:
        """The lemma of a reporting verb's form, the word itself otherwise."""
        return self.verbs.get(word, (word, ""))[0]


def languages() -> list[str]:
    """The languages there is data for."""
    folder = resources.files("index.extract") / "words"
    return sorted(
        f.name.removesuffix(".toml")
        for f in folder.iterdir()
        if f.name.endswith(".toml") and f.name != "states.toml" and "_" not in f.name
    )


@cache
def lexicon(language: str | None) -> Lexicon:
    """The words of a language by its code ("en", "ru-RU"); for one without data the English words under its own code."""
    code = (language or "en").casefold().replace("_", "-").split("-")[0]
    if code not in languages():
        return replace(lexicon("en"), language=code)
    file = resources.files("index.extract") / "words" / f"{code}.toml"
    return _made(tomllib.loads(file.read_text(encoding="utf-8")))


def _verbs(
    data: Mapping[str, Any], irregular: Mapping[str, list[str]]
) -> tuple[dict[str, tuple[str, str]], dict[str, set[str]]]:
    """Form -> (verb, class), and class -> its forms; of a form that two verbs share the first one listed is meant."""
    verbs: dict[str, tuple[str, str]] = {}
    classes: dict[str, set[str]] = {}
    for kind, lemmas in data.get("verbs", {}).items():
        for lemma in lemmas.split():
            forms = {lemma, *irregular.get(lemma, _forms(lemma))}
            classes.setdefault(kind, set()).update(forms)
            for form in forms:
                verbs.setdefault(form, (lemma, kind))
    for kind, listed in data.get("forms", {}).items():
        classes.setdefault(kind, set()).update(listed.split())
        for form in listed.split():
            verbs.setdefault(form, (form, kind))
    return verbs, classes


def _made(data: Mapping[str, Any]) -> Lexicon:
    irregular = {k: v.split() for k, v in data.get("irregular", {}).items()}
    verbs, classes = _verbs(data, irregular)
    words = {k: _set(v) for k, v in data.get("words", {}).items()}
    nouns = data.get("nouns", {})
    light = {f for lemma in nouns.get("light", "").split() for f in (lemma, *irregular.get(lemma, _forms(lemma)))}
    cues, turns, given = data.get("cues", {}), data.get("turns", {}), data.get("given", {})
    none: frozenset[str] = frozenset()

    def word(key: str) -> frozenset[str]:
        return words.get(key, none)

    abbreviations = word("abbreviations")
    return Lexicon(
        language=data["language"],
        that=data.get("that", "that"),
        verbs=verbs,
        say=frozenset(classes.get("say", ())),
        demand=frozenset(classes.get("demand", ())),
        promise=frozenset(classes.get("promise", ())),
        judge=frozenset(classes.get("judge", ())),
        think=frozenset(classes.get("think", ())),
        gesture=frozenset(classes.get("gesture", ())),
        nouns=_set(nouns.get("say", "")),
        light=frozenset(light),
        persons=word("pronouns_person"),
        others=word("pronouns_other"),
        male=word("male"),
        female=word("female"),
        titles=word("titles"),
        courtesies=word("courtesies"),
        roles=word("roles") | word("titles"),
        groups=word("groups"),
        organisations=word("organisations"),
        publications=word("publications"),
        topics=word("topics"),
        portfolios=word("portfolios"),
        plainly=word("plainly"),
        things=word("things"),
        openers=word("openers"),
        parties=word("parties"),
        ranks=word("ranks"),
        courtly=word("courtly"),
        nobody=word("nobody"),
        regions=word("regions"),
        quarters=word("quarters"),
        places=word("places"),
        findings=word("findings"),
        days=word("days"),
        times=word("times"),
        months=word("months"),
        complementizers=word("complementizers"),
        auxiliaries=word("auxiliaries"),
        stop=word("stop"),
        pasts=word("pasts"),
        abbreviations=abbreviations,
        closing_abbreviations=frozenset(a for a in abbreviations if "." in a)
        | (word("months") & abbreviations)
        | (frozenset({"inc", "ltd", "corp", "co", "jr", "sr", "etc"}) & abbreviations),
        sentence_openers=_SENTENCE_OPENERS if data["language"] == "en" else word("stop"),
        elisions=word("elisions"),
        according=tuple(cues.get("according", ()))
        or ((data["words"].get("according", ""),) if data.get("words", {}).get("according") else ()),
        media=_set(cues.get("media", "")),
        press=_set(cues.get("press", "")),
        question_labels=_set(turns.get("question", "")),
        answer_labels=_set(turns.get("answer", "")),
        given_male=_set(given.get("male", "")),
        given_female=_set(given.get("female", "")),
    )


def _set(words: str | Iterable[str]) -> frozenset[str]:
    return frozenset(w.casefold() for w in (words.split() if isinstance(words, str) else words))


def _forms(lemma: str) -> list[str]:
    """Regular English forms: third person, past, -ing, with doubled consonants allowed for."""
    if lemma.endswith("e"):
        return [lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    forms = [lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"), lemma + "ed", lemma + "ing"]
    if lemma[-1:] in _DOUBLING and lemma[-2:-1] in "aeiou" and lemma[-3:-2] not in "aeiou" and len(lemma) <= 6:
        forms += [lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"]
    return forms


def language_of(text: str) -> str:
    """The language, of those there is data for, whose commonest words a text holds most of.

    English when a short text does not tell; "und" (undetermined) for a longer one with hardly a word of any of them.
    """
    sample = [w.strip(".,;:!?\"'“”«»()").casefold() for w in text[:6000].split()]
    counts = {code: sum(w in lexicon(code).stop for w in sample) for code in languages()}
    best = max(languages(), key=lambda code: (counts[code], code == "en"))
    if len(sample) >= 40 and counts[best] < 0.04 * len(sample):
        return "und"
    return best if counts[best] > 1.2 * counts["en"] and counts[best] >= 3 else "en"
