"""The grammar of actors' names: titles, offices, surnames, organisations, groups, and capitals that stand for states.

A mention is read by its words alone; who it is in this document is decided in `speakers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.extract.lexicon import Lexicon
from index.extract.name_runs import DETERMINERS, PARTICLES, SUFFIXES, run_of_name
from index.extract.states import states
from index.model import ActorKind

MentionKind = Literal["person", "pronoun", "description", "organisation", "state", "group", "several", "unknown"]

_TOKEN = re.compile(r"[^\W_]+(?:[.&-][^\W_]+|['’](?!s\b)[^\W_]+)*\.?|['’]s?\b|[,()/&]|['’]")
_CUT = re.compile(r",?\s+(?:who|which|whose|whom|that|where|speaking|writing)\b")
_ON_A_DAY = re.compile(r"(?<=\w) on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|night|evening|afternoon))?$")
_TITLE = re.compile(r"“|\"|''|«|‘")
_HONORIFICS = frozenset(["Dr.", "Mr.", "Mrs.", "Ms.", "Dr", "Mr", "Mrs", "Ms", "Sir"])
_INDEFINITE = frozenset("a an one another some any".split())
_TRAILING = frozenset("of for in at on to from with by the and or as".split())
_PREPOSITIONS = frozenset("of for in at on from with to as behind near close inside within around against about".split())
_LETTERS = frozenset("KC QC SC MP MPs MSP MEP MLA TD OBE CBE MBE KBE DBE PhD MD DPhil Esq Esq. FRS".split())


_MOST_KNOWN = 20_000  # mentions that are remembered for each language: the same names come again and again


@dataclass(frozen=True, slots=True)
class Mention:
    """What the words of a mention say. `name` is the name without titles, `role` the office as printed."""

    kind: MentionKind
    name: str | None = None
    role: str | None = None
    head: str = ""
    definite: bool = True

    @property
    def surname(self) -> str:
        """The last word of a person's name, "Jr." and the like left out; a particle stays with it."""
        return surname(self.name or "")


_KNOWN: dict[str, dict[str, Mention]] = {}


def surname(name: str) -> str:
    """The surname in a full name: "van der Bellen" of "Alexander van der Bellen"."""
    parts = [p for p in name.split() if p.casefold() not in SUFFIXES]
    if not parts:
        return name
    at = len(parts) - 1
    while at - 1 >= 0 and parts[at - 1].casefold() in PARTICLES and len(parts) > 1:
        at -= 1
    return " ".join(parts[at:])


def plain(name: str) -> str:
    """A name for comparing: curly apostrophes straight, small letters, no “the”, no full stops."""
    return name.replace("’", "'").replace(".", "").casefold().strip().removeprefix("the ")


def actor_kind(mention: MentionKind) -> ActorKind:
    """The kind of actor that a kind of mention names."""
    if mention == "person":
        return "person"
    if mention == "organisation":
        return "organisation"
    if mention == "state":
        return "state"
    return "group" if mention in ("group", "several") else "unknown"


def mention(words: str, lexicon: Lexicon) -> Mention:
    """What a mention such as “Prime Minister Ada Holm, speaking on Monday” is: kind, name and role."""
    known = _KNOWN.setdefault(lexicon.language, {})
    found = known.get(words)
    if found is None:
        found = _read(words, lexicon)
        if len(known) < _MOST_KNOWN and len(words) < 100:
            known[words] = found
    return found


def _read(words: str, lexicon: Lexicon) -> Mention:
    text = " ".join(words.split()).strip(' ,;:—–-"“”•·*▪●')
    if text.startswith(("who ", "whose ")):  # “Ada Holm, who headed the council until May, said”; not whose lawyers said
        return Mention("pronoun", head="who") if text.startswith("who ") else Mention("unknown", head="whose")
    text = _ON_A_DAY.sub("", text)
    if (quoted := _TITLE.search(text)) and any(w in lexicon.publications for w in text[: quoted.start()].casefold().split()):
        return Mention("description", head="book")  # “his book ''The Long Bridge''”
    cut = _CUT.search(text)
    text = (text[: cut.start()] if cut else text).strip(" ,")
    low = text.casefold()
    if low in lexicon.persons or low in lexicon.others:
        return Mention("pronoun", head=low)
    bare = text.removeprefix("the ").removeprefix("The ")
    known = states()
    if bare.casefold() in known.names:
        return Mention("state", known.names[bare.casefold()])
    if bare.casefold() in known.capitals:
        return Mention("state", known.capitals[bare.casefold()], head=bare)
    if bare.casefold().replace(".", "").replace("-", " ") in lexicon.regions:
        return Mention("organisation", bare, head=low)
    segments = [s.strip() for s in re.split(r",|\(|\)|\s[—–-]\s", text) if s.strip()]
    if not segments:
        return Mention("unknown", head=low)
    if _several(segments[0], lexicon):
        return Mention("several", segments[0], head=low)
    return _of_segments(segments, lexicon)


def _of_segments(segments: list[str], lexicon: Lexicon) -> Mention:
    """The name stands in the first segment that holds one; the others tell its role."""
    read = [_segment(s, lexicon) for s in segments[:4]]
    first = read[0]
    if first.kind in ("organisation", "group") or _is_publication(first.head, lexicon):
        return first
    for n, m in enumerate(read):
        if m.kind == "person":
            others = (office(segments[k], lexicon) for k in range(len(read)) if k != n)
            role = m.role or next((o for o in others if o), None)
            return Mention("person", m.name, role, m.head)
    return first


def office(words: str, lexicon: Lexicon) -> str | None:
    """The words of an apposition when they name an office: “a tax lawyer at the Norrby Institute”; else None."""
    tokens = words.split()
    if any(t.strip(".’'s").casefold() in lexicon.roles or t.casefold() in lexicon.roles for t in tokens):
        return _undetermined(words)
    return None


def _undetermined(words: str) -> str:
    tokens = words.split()
    while (
        tokens
        and tokens[0].casefold() in DETERMINERS | {"former", "then"}
        and len(tokens) > 1
        and tokens[0].casefold() in DETERMINERS
    ):
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].casefold() in _TRAILING:
        tokens = tokens[:-1]
    return " ".join(tokens)


def _is_publication(word: str, lexicon: Lexicon) -> bool:
    """True for “report”, “polls”: what people wrote, which is nobody."""
    return word in lexicon.publications or word.removesuffix("s") in lexicon.publications


def _several(words: str, lexicon: Lexicon) -> bool:
    """True for two names joined by “and”: they are not one actor."""
    parts = re.split(r"\s(?:and|&)\s", words)
    if len(parts) < 2 or not all(p[:1].isupper() for p in parts):
        people = [_segment(p, lexicon) for p in parts] if len(parts) == 2 else []
        return len(people) == 2 and all(m.kind == "person" and " " in (m.name or "") for m in people)
    last = parts[-1].split()[-1].strip(".").casefold()
    return not (last in lexicon.organisations or parts[0].split()[-1].casefold() in lexicon.organisations)


def _segment(words: str, lexicon: Lexicon) -> Mention:
    tokens = [t for t in _TOKEN.findall(words) if t]
    while len(tokens) > 2 and tokens[-1] in _LETTERS:  # “Ada Holm KC”
        tokens.pop()
    lower = [t.casefold().rstrip(".") for t in tokens]
    if not tokens:
        return Mention("unknown")
    if len(tokens) == 1 and (lower[0] in lexicon.persons or lower[0] in lexicon.others):
        return Mention("pronoun", head=lower[0])
    if all(word in lexicon.calendar or word.isdigit() for word in lower):
        return Mention("unknown", head=" ".join(lower))
    if len(tokens) > 4 and lower[-2] in lexicon.given and tokens[-1].istitle() and lower[-1] not in lexicon.bodies:
        at = len(tokens) - 2  # “Assistant to the President - Head of the Department of Affairs Ada Holm”
        before = {w for w in lower[:at] if w in _TRAILING}
        if before and lower[0] in lexicon.offices and tokens[at].istitle() and lower[at - 1] not in _TRAILING | DETERMINERS:
            return Mention("person", _joined(tokens[at:]), _undetermined(_joined(tokens[:at])), lower[-1])
    head = _head(tokens, lower)
    definite = lower[0] not in _INDEFINITE
    possessive = max((i for i, t in enumerate(tokens) if t in ("'s", "’s", "'", "’")), default=-1)
    known = states()
    if head is None:
        return Mention("unknown", head=" ".join(lower))
    name_run = run_of_name(tokens, lower, possessive, lexicon)
    if name_run == (0, 0) and head == 1 and lower[1] in lexicon.courtly and tokens[1][:1].isupper():
        return Mention("unknown", head=" ".join(lower))  # “Jeanine Judge”: a surname, or an office of Jeanine
    if name_run and _is_described(tokens, lower, head, name_run, lexicon):
        name_run = None
    if lower[head] in lexicon.organisations and (not (name_run and name_run[1] > head) or _is_purpose(lower, head, lexicon)):
        return Mention("organisation", _undetermined(words), None, lower[head], definite)
    if _is_of_writing(tokens, lower, lexicon):
        return Mention("description", None, None, lower[head], definite)
    if _is_publication(lower[head], lexicon) and not (name_run and name_run[1] > head):
        titled = tokens[head][:1].isupper() and any(t[:1].isupper() for t in tokens[1:head])  # “the Holm Report”
        kind: MentionKind = "organisation" if titled else "description"
        return Mention(kind, _undetermined(words), None, lower[head], definite)
    several = lower[head] in lexicon.groups or (
        lower[head][-1] == "s" and lower[head][:-1] in lexicon.roles and lower[head] not in lexicon.courtesies
    )
    if several and not (name_run and name_run[1] > head):
        return Mention("group", _undetermined(words), None, lower[head], definite)
    if name_run is None:
        if lower[head] in known.adjectives or lower[head] in known.names:
            return Mention("group", _undetermined(words), None, lower[head], definite)
        role = " ".join(tokens) if any(w in lexicon.roles or w in lexicon.parties for w in lower) else None
        return Mention("description", None, _undetermined(_joined(tokens)) if role else None, lower[head], definite)
    first, last = name_run
    name = _joined(tokens[first : last + 1])
    role_words = _joined(tokens[:first]).strip(" ,")
    while tokens[:first] and role_words.rsplit(" ", 1)[-1] in _HONORIFICS:
        role_words = role_words.rpartition(" ")[0]
    office = role_words and any(w.rstrip(".") in lexicon.offices for w in lower[:first])
    role = _undetermined(role_words) if office else None
    polite = first > 0 and lower[first - 1] in lexicon.courtesies
    if polite and name.isupper():
        name = name.title()
    if lower[0] == "the" and first == last and lower[last].endswith(("man", "woman")) and tokens[last].isalpha():
        return Mention("description", None, None, lower[last], definite)  # “the Irishman”
    if not polite and _is_organisation(name, tokens[first : last + 1], role, lower, first, lexicon):
        alone = role is not None or any(word in lexicon.verbs for word in lower[:first])
        return Mention("organisation", name if alone else _undetermined(words), None, lower[last], definite)
    return Mention("person", name, role, lower[last], definite)


def _is_described(tokens: list[str], lower: list[str], head: int, name_run: tuple[int, int], lexicon: Lexicon) -> bool:
    """True when a name only tells which one of a kind is meant: “the Velmoran President”, “a Holm spokesman”, “the Torvik
    senator”; “a woman in Torvik”, “a friend of Ada Holm”. The speaker is then not the one who is named."""
    first, last = name_run
    if last < head:
        noun = lower[head]
        return (
            noun in lexicon.roles
            or noun in lexicon.parties
            or (
                (lower[0] in DETERMINERS or lower[0] in _INDEFINITE or noun.endswith("s"))
                and tokens[head].isalpha()
                and tokens[head].islower()
                and noun not in lexicon.common
                and noun not in lexicon.verbs
                and not noun.endswith(("self", "selves"))
                and (not noun.endswith("ly") or noun in ("ally", "family"))
                and not any(word in lexicon.stop for word in lower[last + 1 : head])
            )
        )
    between = lower[head + 1 : first]
    return head < first and tokens[head].islower() and not any(w in lexicon.roles for w in lower[:first]) and any(
        w in _PREPOSITIONS for w in between
    ) and lower[head] not in lexicon.bodies and lower[head] not in lexicon.publications


def _is_of_writing(tokens: list[str], lower: list[str], lexicon: Lexicon) -> bool:
    """True for “a Torvik poll released on Monday”: a name that only tells whose poll it is."""
    at = next((i for i, word in enumerate(lower) if _is_publication(word, lexicon) and tokens[i].islower()), 0)
    named = max((i for i in range(at) if tokens[i][:1].isupper()), default=-1)
    after = lower[at + 1 :]
    if named < 0 or after[:1] == ["by"] or any(word in lexicon.roles for word in lower) or set(after) & lexicon.organisations:
        return False
    return not any(word in _PREPOSITIONS for word in lower[named:at])


def _is_purpose(lower: list[str], head: int, lexicon: Lexicon) -> bool:
    """True when what follows an organisation tells what it is for: “the Committee on Civil Liberties”."""
    return lower[head + 1] in ("on", "for") and not any(w in lexicon.roles for w in lower[head:])


def _joined(tokens: list[str]) -> str:
    """Tokens as words again: no space before an apostrophe or comma."""
    out = ""
    for token in tokens:
        out += token if not out or token in ("'s", "’s", "'", "’", ",", ")") or out.endswith("(") else " " + token
    return out


def _head(tokens: list[str], lower: list[str]) -> int | None:
    """The head noun: the last word before the first preposition."""
    head = None
    for i, word in enumerate(lower):
        if head is not None and word in (
            "of",
            "for",
            "in",
            "at",
            "on",
            "from",
            "with",
            "to",
            "as",
            "by",
            "behind",
            "near",
            "close",
            "who",
        ):
            break
        if tokens[i][0].isalnum() and word not in DETERMINERS:
            head = i
    return head


def is_place(run: list[str], lexicon: Lexicon) -> bool:
    """True for “New Torvik”, “Torvik Heights”: no person, unless a given name says so (“Kari Lake”)."""
    words = [token.casefold().rstrip(".") for token in run]
    if words[0] in lexicon.given_male or words[0] in lexicon.given_female:
        return False
    return " ".join(words) in lexicon.regions or (
        len(words) > 1 and (words[0] in lexicon.quarters or words[-1] in lexicon.places)
    )


def _is_organisation(
    name: str, run: list[str], role: str | None, lower: list[str], first: int, lexicon: Lexicon
) -> bool:
    if role is not None:
        return False
    if any(token.casefold() in lexicon.things or token.casefold() in lexicon.days for token in run):
        return True
    if is_place(run, lexicon) or (len(run) == 2 and run[0].casefold() in states().names):
        return True
    last = run[-1].casefold()
    if last in lexicon.organisations or last in lexicon.media:
        return True
    letters = name.replace(".", "").replace("-", "")
    if letters.isupper() and len(letters) >= 2 and " " not in name:
        return True
    return (first > 0 and lower[first - 1] == "the") or (
        any(c.isupper() for c in name[1:].split(" ")[0][1:])
        and " " not in name
        and (not re.match(r"(?:Mc|Mac|O['’]|De|Le|La|Di|Du|Van)[A-Z]", name))
    )
