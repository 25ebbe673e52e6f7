"""What an interview without labels looks like: which paragraphs ask, and whom the lead announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.extract.lexicon import Lexicon, lexicon
from index.extract.turn_labels import announcements, label_words, role_words
from index.model import Span

LONGEST_QUESTION = 1_500
LEAD_PARAGRAPHS = 4
_NAME_WORD = r"(?:[^\W\d_a-zа-яё][\w’'-]+|[^\W\d_a-zа-яё]\.)"
_NAMES = re.compile(rf"{_NAME_WORD}(?:\s(?:{_NAME_WORD}|van|von|der|den|de|bin|al|el|ibn|la|da|di)){{0,6}}")
_LAST_SENTENCE = re.compile(r"[^.!?…]{1,600}\?[\"'”’»)]{0,3}\s{0,3}\Z")
_QUOTED = re.compile(r"“[^“”\n]{0,3000}”|«[^«»\n]{0,3000}»|„[^„“\n]{0,3000}“|\"[^\"\n]{0,3000}\"")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_REPORTED = re.compile(
    r"[,.?!][”\"»’]\s{0,2}(?:\(|[^\W\d_]+\s){0,3}(?:said|says|added|told|noted|asked|explained|заявил|сказал|sagte)\b"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the head of a text says of an interview: who answers, in what office, and for whom the questions are put."""

    interviewee: str | None
    role: str | None
    outlet: str | None
    place: Span | None
    announced: bool


def asks(text: str, paragraph: Span) -> float:
    """How much a paragraph looks like a question put to someone: 0 not at all, 1 and more surely."""
    if paragraph.end - paragraph.start > LONGEST_QUESTION:
        return 0.0
    words = paragraph.of(text)
    if "?" not in words[-8:]:
        return 0.0
    last = _LAST_SENTENCE.search(words[-700:])
    own = _QUOTED.sub(" ", words)
    if last is None or "?" not in own:
        return 0.0
    said = [word.casefold().replace("’", "'") for word in _WORD.findall(own)]
    score = 0.4
    score += 0.5 if any(word in label_words("you") for word in said) else 0.0
    first = _WORD.search(last.group())
    score += 0.3 if first and first.group().casefold().replace("’", "'") in label_words("asking") else 0.0
    score -= 2.5 * sum(word in label_words("we") for word in said) / max(12, len(said))
    return score + (0.2 if len(said) < 40 else 0.0)


def addresses(text: str, paragraph: Span) -> bool:
    """True when a paragraph speaks to somebody, outside quotation marks: “your critics”."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(_QUOTED.sub(" ", paragraph.of(text))))
    return any(word in label_words("you") for word in words)


def speaks(text: str, paragraph: Span) -> bool:
    """True when a paragraph can be someone's own words: no reporter speaks in it of what others said in quotation marks."""
    words = paragraph.of(text)
    return not _REPORTED.search(words)


def own_words(text: str, paragraphs: Sequence[Span]) -> float:
    """Share of words of the first person (I, we, our) among the words outside quotation marks."""
    said = [
        word.casefold().replace("’", "'") for p in paragraphs for word in _WORD.findall(_QUOTED.sub(" ", p.of(text)))
    ]
    return sum(word in label_words("we") for word in said) / max(1, len(said))


def frame(text: str, paragraphs: Sequence[Span], title: str | None = None) -> Frame:
    """Whom the lead (or the title) announces: "Ada Lund, Foreign Minister of Norland, said in an interview with RTX"."""
    words = lexicon("en")
    best = Frame(None, None, None, None, False)
    for paragraph in paragraphs[:LEAD_PARAGRAPHS]:
        found = _framed(text, paragraph, words)
        if found.announced and (found.interviewee or not best.announced):
            best = (
                found
                if not best.outlet or found.outlet
                else Frame(found.interviewee, found.role, best.outlet, found.place, True)
            )
        if best.interviewee:
            break
    if title and not best.interviewee:
        told = _framed(title, Span(0, len(title)), words)
        if told.interviewee:
            best = Frame(told.interviewee, told.role, best.outlet or told.outlet, None, True)
    if best.announced and not best.interviewee:
        name = _headed(title or "", words) or next(
            (n for p in paragraphs[:2] if (n := _headed(p.of(text)[:200], words))), None
        )
        best = replace(best, interviewee=name)
    return best


def _headed(line: str, words: Lexicon) -> str | None:
    """The name before the colon of a headline such as "Ada Lund: ‘We are leaving’"."""
    match = re.match(rf"({_NAMES.pattern}):\s", line)
    found = _person(match.group(1), words) if match else None
    return found[1] if found else None


def only_person(text: str, paragraphs: Sequence[Span], title: str | None = None) -> Frame | None:
    """The one person whom the head of a text names: who else should answer? None when there are several or none."""
    words = lexicon("en")
    found: dict[str, Frame] = {}
    heads = [(text, paragraph) for paragraph in paragraphs[:LEAD_PARAGRAPHS]] + (
        [(title, Span(0, len(title)))] if title else []
    )
    for whole, paragraph in heads:
        for match in _NAMES.finditer(paragraph.of(whole)[:1500]):
            person = _person(match.group(), words)
            if person and not _is_cyrillic(person[1]):
                start = paragraph.start + match.start() + person[0]
                place = Span(start, start + len(person[1])) if whole is text else None
                found.setdefault(person[1], Frame(person[1], person[2], None, place, announced=False))
    return next(iter(found.values())) if len(found) == 1 else None


def _framed(text: str, paragraph: Span, words: Lexicon) -> Frame:
    lead = paragraph.of(text)[:1500]
    lower = lead.casefold()
    phrase = next((p for p in announcements() if re.search(rf"(?<!\w){re.escape(p)}", lower)), None)
    if phrase is None or len(lower) != len(lead):
        return Frame(None, None, None, None, False)
    cue = lower.find(phrase)
    people = [
        (m.start() + skip, name, office)
        for m in _NAMES.finditer(lead)
        if (found := _person(m.group(), words))
        for skip, name, office in [found]
    ]
    partner = _partner(lead, cue + len(phrase), words)
    # Behind the cue only who stands right there can be the guest ("an interview with Ada Lund"), not whom it is about.
    after = cue + len(phrase)
    beside = [p for p in people if after <= p[0] <= after + 60 and "about" not in lower[after : p[0]].split()]
    if _is_cyrillic(phrase):  # behind the cue a name is in another case
        beside = []
    subject = [p for p in people if p[0] < cue] or [p for p in beside if partner is None or p[1] not in partner]
    if (
        not subject
        and beside
        and phrase.startswith(("interview", "интервью", "entretien", "in conversation", "sat down", "spoke", "talk"))
    ):
        subject, partner = beside[:1], None
    if not subject:
        return Frame(None, None, partner, None, True)
    at, name, office = subject[0]
    start = paragraph.start + at
    return Frame(name, office or _office_behind(lead, at + len(name)), partner, Span(start, start + len(name)), True)


def _is_cyrillic(words: str) -> bool:
    """True for words of a script whose languages decline names."""
    return "а" <= words[0].casefold() <= "я"


def _person(run: str, words: Lexicon) -> tuple[int, str, str | None] | None:
    """The person in a run of capitalised words: where the name starts in it, the name, the office before it."""
    parts = run.split()
    cut = 0
    for i, part in enumerate(parts):
        if part.strip(".").casefold() in role_words() or part.casefold() in words.organisations:
            cut = i + 1
    if cut < len(parts) and parts[0].casefold() in words.stop | label_words("asking"):
        cut = max(cut, 1)
    name = parts[cut:]
    if name and name[-1].endswith(("'s", "’s")):  # “Ada Holm's interview with Radio Torvik”
        name[-1] = name[-1][:-2]
    if len(name) < 2 or len(name) > 4 or name[-1].casefold() in words.organisations | words.months | words.days:
        return None
    offset = sum(len(part) + 1 for part in parts[:cut])
    return offset, " ".join(name), " ".join(parts[:cut]) or None


def _partner(lead: str, at: int, words: Lexicon) -> str | None:
    """The outlet or interviewer that follows "interview with", "told" ..."""
    match = re.match(r"\s{0,2}(?:with|to|for|by|given to|from|of|mit|für|avec|à)\s(?:the\s)?", lead[at : at + 40])
    if match is None:
        return None
    name = re.match(
        rf"[^\s,.;:]*[^\W\d_a-zа-яё][\w.’'&-]*(?:\s{_NAME_WORD}){{0,4}}", lead[at + match.end() : at + match.end() + 80]
    )
    return name.group().rstrip(".,") if name else None


def _office_behind(lead: str, at: int) -> str | None:
    """The office that follows a name between commas: ", Deputy Foreign Minister of Norland,"."""
    match = re.match(r",\s([^,.;:]{3,80})[,.;]", lead[at : at + 90])
    if match and any(word.casefold() in role_words() for word in match.group(1).split()):
        return match.group(1)
    return None
