"""Reads the label in front of a turn of an interview or transcript: who speaks, in what office, or that someone asks."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from index.extract.lexicon import lexicon
from index.model import Span

Voice = Literal["question", "answer", "name"]
MOST_WORDS = 16  # of a label; longer ones are sentences with a colon

_CLOCK = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?"
_HEAD = re.compile(
    rf"(?:{_CLOCK}[\s–—-]{{1,4}})?(?:>>\s{{0,2}}|[-–—•]\s{{1,2}})?[*_]{{0,2}}"
    rf"(?P<label>[^\W\d_][^:：\n!?“”„«»\"]{{0,159}}?)[*_]{{0,2}}\s{{0,2}}(?:{_CLOCK})?\s?(?:[:：][*_]{{0,2}}(?=\s|[“\"«„—–-]|$)|(?<=[\d\])])$)"
)
_LETTER = re.compile(
    r"(?P<label>[QAВО])(?:[.)]|:|\s?[–—-])\s{1,3}(?=\S)|(?P<glued>Q)(?:\s{1,3}(?=[^\W\d_a-z])|(?=[A-Z][a-z’' ]))"
)
_DASHED = re.compile(r"(?P<label>[^\W\d_][^:：\n!?“”„«»\".]{0,79}?)\.?\s{0,2}[—–]\s(?=\S)")
_WORD = re.compile(r"[^\s,()\[\]]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){2,4}\Z")


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one paragraph: `place` marks the speaker's mention, `body` is where the words begin."""

    voice: Voice
    place: Span
    body: int
    words: str  # the label without an affiliation behind it
    affiliation: str = ""
    name: str | None = None
    role: str | None = None

    @property
    def key(self) -> str:
        """Equal for labels that are written alike but for case."""
        return f"{self.voice}:{self.words.casefold()}"


@cache
def label_words(name: str) -> frozenset[str]:
    """A list of `words/turn_labels.toml`."""
    return frozenset(_table()[name].split())


@cache
def announcements() -> tuple[str, ...]:
    """Phrases of a lead that announce an interview."""
    return tuple(phrase.strip() for phrase in _table()["announcements"].split("|") if phrase.strip())


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(files("index.extract").joinpath("words", "turn_labels.toml").read_text("utf-8"))


@cache
def role_words() -> frozenset[str]:
    """Titles and offices of all languages, lower case."""
    return frozenset().union(*(lexicon(code).roles | lexicon(code).titles for code in ("en", "de", "ru")))


def label_of(text: str, paragraph: Span) -> Label | None:
    """The label at the head of a paragraph ("Question:", "Prime Minister Ada Lund:", "A.L.:", "Q."), or None."""
    head = _HEAD.match(text, paragraph.start, min(paragraph.end, paragraph.start + 240))
    body = head.end() if head else 0
    while head and body < paragraph.end and text[body].isspace():
        body += 1
    label = _labelled(text, Span(*head.span("label")), body) if head else None
    letter = None if label else _LETTER.match(text, paragraph.start, paragraph.end)
    return _labelled(text, Span(*letter.span(letter.lastgroup or 0)), letter.end()) if letter else label


def dashed_label(text: str, paragraph: Span) -> Label | None:
    """A label that a dash sets off: "Ada Lund. — We agreed.", "Question — What next?"."""
    head = _DASHED.match(text, paragraph.start, min(paragraph.end, paragraph.start + 120))
    return _labelled(text, Span(*head.span("label")), head.end()) if head else None


def bare_label(text: str, paragraph: Span) -> Label | None:
    """A paragraph that is nothing but a name in capitals or a question label: the words follow on the next line."""
    words = text[paragraph.start : paragraph.end].rstrip(" .")
    if len(words) > 60 or not (words.isupper() or words.casefold() in label_words("questions") | label_words("answers")):
        return None
    return _labelled(text, Span(paragraph.start, paragraph.start + len(words)), paragraph.end)


def _labelled(text: str, place: Span, body: int) -> Label | None:
    """What the words of a label say, or None when they are no speaker."""
    whole = place.of(text).strip(" *_")
    main, affiliation = _parted(whole)
    words = _WORD.findall(main)
    plain = [word.strip(".").casefold() for word in words]
    if not words or len(words) > MOST_WORDS or (plain[0] in label_words("not_speakers") and len(words) <= 3):
        return None
    at = Span(place.start, place.start + len(main))
    counted = plain[:-1] if len(plain) == 2 and plain[1].isdecimal() else plain  # "Question 3"
    if (
        len(counted) <= 2
        and counted[-1] in label_words("questions")
        and (len(counted) == 1 or counted[0] in label_words("questions") | {"unidentified", "from"})
    ):
        return Label("question", at, body, main, affiliation)
    if len(counted) == 1 and counted[0] in label_words("answers"):
        return Label("answer", at, body, main, affiliation)
    if not _is_name(words, plain) or not _is_affiliation(affiliation):
        return None
    return Label("name", at, body, main, affiliation)


def _parted(whole: str) -> tuple[str, str]:
    """A label and what stands behind a comma or in brackets: "Ada Lund", "Prime Minister"."""
    cuts = [at for mark in (", ", " (", " [", " – ", " — ", " / ") if (at := whole.find(mark)) > 0]
    if not cuts:
        return whole, ""
    cut = min(cuts)
    return whole[:cut].rstrip(), whole[cut:].strip(" ,()[]–—/")


def _is_affiliation(words: str) -> bool:
    """True for what may stand behind a name: an office, a place, an outlet, an age; False for a clause."""
    parts = [part.strip(".") for part in re.split(r"[\s,]+", words) if part.strip(".")]
    plain = [part.casefold() for part in parts]
    english = lexicon("en")
    if len(parts) > 10 or "I" in parts or any(word in english.auxiliaries or word in english.persons for word in plain):
        return False
    office = any(word in role_words() for word in plain)
    return office or all(
        part[:1].isupper() or lower in label_words("joiners") or not part[:1].isalpha() or "-" in part
        for part, lower in zip(parts, plain, strict=True)
    )


def _is_name(words: Sequence[str], plain: Sequence[str]) -> bool:
    """True for words that can name a speaker: capitals, with titles, offices and small joining words between them."""
    if plain[0] in lexicon("en").stop and plain[0] != "the":
        return False
    if not words[-1][:1].isupper() or any(ch.isdecimal() for word in words for ch in word):
        return False
    roles = role_words()
    for word, lower in zip(words, plain, strict=True):
        if word[:1].isupper() or lower in label_words("joiners") or lower in roles or "-" in word:
            continue
        return False
    return len(words) <= 5 or any(lower in roles for lower in plain)


# --- from labels to names --------------------------------------------------------------------------------------------


def named(labels: Sequence[Label], text: str) -> list[Label]:
    """The labels with the speaker's name and office: long and short forms, capitals and initials brought together."""
    forms = {label.key: _name_and_role(label, labels, text) for label in labels if label.voice == "name"}
    full = _full_names(forms.values())
    out = []
    roles: dict[str, str] = {}
    for label in labels:
        if label.voice != "name":
            out.append(label)
            continue
        name, role = forms[label.key]
        name = _spelled(full.get(name.casefold(), name), forms.values(), text)
        name = _longer(name, text) if " " not in name else _unabridged(name, text)
        if role:
            roles[name] = role
        out.append(replace(label, name=name, role=role or roles.get(name)))
    return out


def _name_and_role(label: Label, labels: Sequence[Label], text: str) -> tuple[str, str | None]:
    """The name in a label, and the office in front of or behind it."""
    person = _in_brackets(label)
    if person is not None:
        return person, _office_spelled(label.words.removeprefix("The ").removeprefix("the "))
    words = label.words.split()
    plain = [word.strip(".,").casefold() for word in words]
    titled = [i for i, word in enumerate(plain) if word in role_words()]
    behind = label.affiliation if any(w.casefold() in role_words() for w in label.affiliation.split()) else None
    if not titled:
        return " ".join(words), behind
    start = _name_start(words, plain, titled, labels, text)
    if start >= len(words):  # an office without a name: "The President"
        return label.words, behind
    office = " ".join(words[:start]).strip(" ,")
    courtesy = all(
        word.strip(".").casefold() in ("mr", "mrs", "ms", "miss", "dr", "sir", "herr", "frau", "m", "mme")
        for word in words[:start]
    )
    return " ".join(words[start:]), (behind or (None if courtesy else _office_spelled(office))) or None


def _in_brackets(label: Label) -> str | None:
    """The name in “The CHANCELLOR OF THE DUCHY (Sir Ada Holm):”, an office with its holder in brackets."""
    office = [word.strip(".,").casefold() for word in label.words.split()]
    words = label.affiliation.strip("()[] ").split()
    polite = bool(words) and words[0].strip(".").casefold() in lexicon("en").courtesies
    given = bool(words) and words[0].casefold() in lexicon("en").given
    if not any(word in role_words() for word in office) or not (polite or given) or not 2 <= len(words) <= 5:
        return None
    return " ".join(words[polite:]) if all(word[:1].isupper() for word in words) else None


def _name_start(words: Sequence[str], plain: Sequence[str], titled: Sequence[int], labels: Sequence[Label], text: str) -> int:
    """Where the name begins in a label that also holds an office."""
    others = {label.words.casefold() for label in labels if label.voice == "name"}
    for start in range(1, len(words)):
        if " ".join(plain[start:]) in others:
            return start
    # behind "of" stands at least one word that is no name: "President of Norland Ada Lund"
    least = max(
        [
            0,
            *(i + 1 for i in titled),
            *(i + 2 for i, word in enumerate(plain) if word in ("of", "for", "the", "and", "to", "at", "in")),
        ]
    )
    least = min(least, len(words) - 1)
    mixed = [i for i, word in enumerate(words) if word.isupper() and len(word) > 1]
    if (
        mixed
        and mixed[-1] == len(words) - 1
        and not all(word.isupper() for word in words if word[:1].isalpha() and len(word) > 3)
    ):
        start = mixed[-1]
        while start - 1 in mixed:
            start -= 1
        if len(words) - max(start, least) <= 4:
            return max(start, least)
    start = len(words) - 2
    while start - 1 >= least and plain[start - 1] in label_words("particles"):
        start -= 2
    if least < start and _stands_alone(words[start - 1 :], text):
        start -= 1
    return max(start, least)


def _stands_alone(words: Sequence[str], text: str) -> bool:
    """True when the text names someone by exactly these words: nothing that belongs to an office stands before them."""
    name = r"\s".join(re.escape(word) for word in words)
    return bool(re.search(rf"(?:[.,(“\"]\s|\b(?!(?:of|the|for|and)\b)[a-zа-яё]{{2,20}}\s){name}(?!\w)", text[:20_000]))


def _full_names(forms: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Short names (surname, initials) that exactly one longer name of the labels explains."""
    names = {name for name, _ in forms}
    out: dict[str, str] = {}
    for short in names:
        fitting = {name for name in names if name.casefold() != short.casefold() and _explains(name, short)}
        if len({name.casefold() for name in fitting}) == 1:
            out[short.casefold()] = sorted(fitting)[0]
    return out


def _explains(name: str, short: str) -> bool:
    """True when `short` is the surname or the initials of `name`."""
    words = name.split()
    if len(words) < 2:
        return False
    if " " not in short.strip() and short.casefold() == words[-1].casefold():
        return True
    return _is_initials(short) and _letters(short) == "".join(word[0] for word in words).casefold()


def _is_initials(name: str) -> bool:
    return bool(_INITIALS.match(name)) and ("." in name or (name.isupper() and len(name) <= 3)) and len(_letters(name)) <= 4


def _letters(name: str) -> str:
    return "".join(ch for ch in name if ch.isalpha()).casefold()


def _spelled(name: str, forms: Iterable[tuple[str, str | None]], text: str) -> str:
    """The name in the spelling that is most frequent: "NIKOLAI LUND" becomes "Nikolai Lund"."""
    spellings = Counter(other for other, _ in forms if other.casefold() == name.casefold())
    mixed = [
        other for other in spellings if not other.isupper() and not any(w[-1].isupper() and len(w) > 2 for w in other.split())
    ]
    if mixed:
        return max(mixed, key=lambda other: (spellings[other], other))
    if not name.isupper() or _is_initials(name):
        return name
    found = re.search(
        r"(?<!\w)" + r"\s".join(re.escape(word) for word in name.split()) + r"(?!\w)", text[:20_000], re.IGNORECASE
    )
    while found and found.group().isupper():
        found = re.compile(re.escape(name), re.IGNORECASE).search(text, found.end(), 20_000)
    return found.group() if found else _capitalised(name)


def _unabridged(name: str, text: str) -> str:
    """“Mikael Sargan” of “M. Sargan”, when the head of the text shows exactly one such person."""
    match = re.fullmatch(r"([^\W\d_])\.\s?([\w’'-]{2,40})", name)
    if match is None:
        return name
    found = re.findall(rf"(?<!\w)({match.group(1)}[\w’'-]{{1,30}}\s{re.escape(match.group(2))})(?!\w)", text[:3000])
    return found[0] if len(set(found)) == 1 else name


def _capitalised(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), name)


def _office_spelled(office: str) -> str:
    """An office set in capitals as it is spelled elsewhere: "PRESIDENT OF NORLAND" becomes "President of Norland"."""
    words = office.split()
    if not any(word.isupper() and word.casefold() in label_words("joiners") for word in words) and not office.isupper():
        return office
    return " ".join(w.lower() if w.casefold() in label_words("joiners") else _capitalised(w) for w in words)


def _longer(short: str, text: str) -> str:
    """The full name of a surname or of initials, when the head of the text shows exactly one."""
    head = text[:3000]
    if _is_initials(short):
        letters = _letters(short)
        names = {m.group() for m in re.finditer(r"[^\W\d_a-zа-яё][\w’'-]+(?:\s[^\W\d_a-zа-яё][\w’'-]+){1,3}", head)}
        fitting = {name for name in names if "".join(w[0] for w in name.split()).casefold() == letters}
        if len(fitting) == 1 or "." in short:
            return fitting.pop() if len(fitting) == 1 else short
    pattern = rf"(?<![\w.])([^\W\d_a-zа-яё][\w’'-]{{1,30}})\s(?i:{re.escape(short)})(?!\w)"
    firsts = Counter(m.group(1) for m in re.finditer(pattern, head))
    given = [first for first in firsts if first.casefold() not in role_words() and first.casefold() not in ("the", "and")]
    if len(given) == 1:
        name = f"{given[0]} {short}"
        return _spelled(name, (), text) if name.isupper() else f"{given[0]} {_capitalised(short) if short.isupper() else short}"
    return _capitalised(short) if short.isupper() and len(short) > 3 else short
