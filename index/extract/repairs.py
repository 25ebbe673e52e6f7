"""Repairs what the tagger gets wrong in ways that the words show: who quotes whom, a title without its name, a dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.extract.attributions import Attribution
from index.extract.clauses import is_capital, is_word, speaker_before
from index.extract.headlines import of_headline
from index.extract.pages import Page
from index.extract.quoted import cue_beside
from index.extract.said import addressee, content_end
from index.model import Span

_QUOTING = frozenset("quoted quotes quoting cited cites citing".split())
_FRONTING = frozenset("when while after as although though before once".split())
_GOING_ON = frozenset("which who and or but whose where that including such especially".split())
_PUTTING = frozenset("put puts report reports reported write says specified reminded recalls".split())
_AFTER_PUTTING = frozenset([",", "it", "with", "citing", "referring", "quoting", "yesterday", "today", "earlier", "on"])
_TOLD = frozenset("clients investors shareholders customers employees staff followers subscribers readers colleagues".split())
_LINKS = frozenset("however meanwhile moreover furthermore nevertheless nonetheless".split())
_LONG = frozenset("first second last for years months weeks decades days long time a the on in".split())
_BEING = frozenset("was were is are been being be".split())
_FARTHEST = 16  # tokens between “quoted” and “as saying”
_NEIGHBOURS = 12  # attributions before and behind one
_WHOSE = frozenset("its his her their the".split())
_ARTICLES = frozenset("a an the".split())
_FRONTS = frozenset(
    "after against among amid at before behind beyond by despite during following for from in inside near on outside over"
    " since through throughout under until upon with within without".split()
)
_PLACING = frozenset("at between from in inside near of on outside to with".split())
_NO_NOUNS = _FRONTS | frozenset("even half man men only person such woman women".split())  # nor “a man the Guild trusts”
_RELATIVE = frozenset("who whom whose which that what where when if because".split())
_ING_NOUNS = frozenset("beginning briefing evening filing hearing meeting morning opening ruling shooting spring".split())
_EVENTS = frozenset(
    "accord afternoon agreement briefing ceremony conference day deal debate election evening hearing interview law meeting"
    " morning night pact speech strike summit talks treaty trial vote week weekend".split()
)
# “BELGRAVA, May 17. /OTA/.”, “VELGOROD. Nov 2 (Interpol-Press) - ”, “HALVERTON, Ia. — ”, “ISEN, May 3 - RIA Vesna. ”
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\s{1,3}")
_DAY = r"(?:[.,]{0,2} [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?[.,]?)"
_DATELINE = re.compile(
    r"[^\W\d_a-z]{3,20}+(?:[ -][^\W\d_a-z]{2,20}+){0,3}(?:, [A-Z][\w.]{1,12}+){0,2}"
    rf"(?:{_DAY}? ?/[^/\n]{{2,30}}/\.?|{_DAY}? ?\([^()\n]{{2,40}}\)[.:]? ?[-–—―]{{1,2}}|{_DAY} ?\([^()\n]{{2,40}}\)[.:]?"
    rf"|{_DAY}? ?[-–—―]{{1,2}} (?:RIA [A-Z]\w{{2,15}}\.|[A-Z]{{3,8}}\.)|{_DAY}? ?[-–—―]{{1,2}}(?= [“\"A-Z]))\s{{0,2}}"
)


def repaired(page: Page, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with what their words show to be otherwise put right, in reading order."""
    surnames = _surnames(page)
    found = [_without_front(page, _without_head(page, a)) for a in found]
    out = [_of_its_cue(page, _with_name(page, _with_title(page, a), surnames)) for a in found]
    out = _without_outlets(page, _quoted_by(page, out))
    out = _each_once(page, out)
    out += of_headline(page, out)
    return sorted((a for a in out if a.content), key=lambda a: (a.start, -a.whole.end))


# --- who quotes whom --------------------------------------------------------------------------------------------------


def _quoted_by(page: Page, found: list[Attribution]) -> list[Attribution]:
    """“Bloomfeld quoted a minister as saying that C”: the minister said C, and Bloomfeld passed it on."""
    of_sentence: dict[int, list[Attribution]] = {}
    for a in found:
        of_sentence.setdefault(page.sentence_at(a.cue.start) if a.cue else -1, []).append(a)
    for at, low in enumerate(page.lower):
        if low not in _QUOTING or page.quoted[at] >= 0 or at == 0 or page.lower[at - 1] in _BEING:
            continue
        place = _as_saying(page, at)
        if place is None or place[1] >= len(page.tokens):
            continue
        near = of_sentence.setdefault(page.sentence_of[at], [])
        made = _as_quoted(page, at, *place, near)
        if made is not None:
            cue = Span(page.starts[at], page.starts[place[1]])
            old = max(near, key=lambda a: a.covers(made.whole), default=None)
            near[:] = [a for a in near if a is not old and not (a.cue is not None and a.cue.overlaps(cue))] + [made]
    return [a for near in of_sentence.values() for a in near]


def _as_quoted(page: Page, at: int, joint: int, first: int, near: Sequence[Attribution]) -> Attribution | None:
    """The statement of “quoted” at token `at`, “as” at `joint`, with the words from `first` on."""
    sentence = page.sentences[page.sentence_of[at]]
    words = Span(page.starts[first], sentence.end)
    best = max(near, key=lambda a: a.covers(words), default=None)
    spans = [Span(max(s.start, words.start), s.end) for s in best.content if s.end > words.start] if best else []
    if not spans:
        end = content_end(page, first, page.tokens_in(sentence).stop)
        spans = [page.span(first, end - 1)] if end > first else []
    if not spans:
        return None
    before = speaker_before(page, at, page.tokens_in(sentence).start)
    carrier = page.span(before[0], before[1]) if before is not None else None
    verb = page.span(joint + 1, joint + 1 + (page.lower[joint + 1] == "having"))
    return Attribution(tuple(spans), page.span(at + 1, joint - 1), verb, None, "quoted-as-saying", 0.8, carrier=carrier)


def _as_saying(page: Page, at: int) -> tuple[int, int] | None:
    """(the “as”, the first token of what was said) behind “quoted somebody”; None where nobody stands between."""
    for place in range(at + 2, min(at + _FARTHEST, len(page.tokens) - 2)):
        if page.tokens[place] in ".;:" or page.quoted[place] >= 0 or page.sentence_of[place] != page.sentence_of[at]:
            return None
        if page.lower[place] != "as":
            continue
        having = page.lower[place + 1] == "having" and page.lower[place + 2] in page.words.say
        if not having and not (page.lower[place + 1] in page.words.say and page.lower[place + 1].endswith("ing")):
            continue
        first = place + 2 + having
        that = next((i for i in range(first, min(first + 7, len(page.tokens))) if page.lower[i] == page.words.that), None)
        if that is not None and all(page.quoted[i] < 0 and page.tokens[i] != "," for i in range(first, that)):
            first = that + 1
        return place, first
    return None


def _without_outlets(page: Page, found: list[Attribution]) -> list[Attribution]:
    """Without the outlet as a speaker in “..., as quoted by the Torvik Agency”: it passed on what another says."""
    out = []
    for n, a in enumerate(found):
        if a.cue is None or a.speaker is None or not _is_quoted_by(page, a):
            out.append(a)
            continue
        near = (b for b in found[max(n - _NEIGHBOURS, 0) : n + _NEIGHBOURS] if b is not a and b.speaker is not None)
        if not any(b.covers(a.whole) > 0.5 * a.covers(a.whole) for b in near):
            out.append(replace(a, speaker=None))
    return out


def _is_quoted_by(page: Page, a: Attribution) -> bool:
    assert a.cue is not None and a.speaker is not None
    cue = [page.lower[i] for i in page.tokens_in(a.cue)]
    before = page.tokens_in(a.speaker).start - 1
    by = cue[-1:] == ["by"] or (before >= 0 and page.lower[before] in ("by", "the"))
    return by and "quoted" in cue and a.speaker.start > a.cue.start


def _each_once(page: Page, found: list[Attribution]) -> list[Attribution]:
    """A quotation that stands in the words of two speakers is the one's whose cue is nearer, when the other has more."""
    out = list(found)
    where: dict[Span, int] = {}
    for n, a in enumerate(found):
        for span in a.content:
            first = where.setdefault(span, n)
            if first == n or page.quotation_at(span.start + 1) is None:
                continue
            far = max(first, n, key=lambda m: _distance(out[m], span))
            left = tuple(s for s in out[far].content if s != span)
            if left and _are_two(out[first], a):
                out[far] = replace(out[far], content=left)
                where[span] = first if far == n else n
    return out


def _are_two(one: Attribution, two: Attribution) -> bool:
    """True when both have a speaker and a cue of their own."""
    if one.speaker is None or two.speaker is None or one.cue is None or two.cue is None:
        return False
    return not one.speaker.overlaps(two.speaker) and not one.cue.overlaps(two.cue)


def _distance(a: Attribution, span: Span) -> int:
    return max(a.cue.start - span.end, span.start - a.cue.end) if a.cue is not None else 10**9


# --- speakers ---------------------------------------------------------------------------------------------------------


def _without_front(page: Page, a: Attribution) -> Attribution:
    """“Under the pact the Board of Trade said”: the speaker begins behind the words that open its clause."""
    tokens = page.tokens_in(a.speaker) if a.speaker is not None else range(0)
    if len(tokens) < 2 or a.speaker is None or a.cue is None or a.cue.start < a.speaker.end:
        return a
    head = tokens.start
    low = max(page.tokens_in(page.sentences[page.sentence_of[head]]).start, head - 8)
    while head > low and is_word(page.tokens[head - 1]) and page.lower[head - 1] not in ("and", "but", page.words.that):
        head -= 1
    if page.lower[head] in ("and", "but") and head < tokens.start:
        head += 1
    if page.lower[head] not in _FRONTS:
        return a
    for at in tokens[1:-1]:
        if not is_word(page.tokens[at]) or page.quoted[at] >= 0 or page.lower[at] in _RELATIVE:
            return a
        if at > head + 1 and _begins_anew(page, at, tokens.start):
            return replace(a, speaker=Span(page.starts[at], a.speaker.end))
    return a


def _begins_anew(page: Page, at: int, first: int) -> bool:
    """True where a noun phrase ends before token `at`, which is an article, or a capital behind “the vote”, “the meeting”."""
    before, low = page.lower[at - 1], page.lower
    if is_capital(page.tokens[at]):
        return before in _EVENTS and page.tokens[at - 1] == before and low[at - 2] in _ARTICLES | _WHOSE
    if low[at] not in _ARTICLES:
        return False
    if is_capital(page.tokens[at - 1]):  # “in Torvik the Guild”, but “Ivan the Terrible”
        name = at - 1
        while name > first and is_capital(page.tokens[name - 1]):
            name -= 1
        return low[name - 1] in _PLACING and name > 0 and is_word(page.tokens[name - 1])
    if before in _NO_NOUNS or before in page.words.stop | page.words.people | page.words.pasts | page.words.auxiliaries:
        return False
    participle = before.endswith(("ing", "ed")) and before not in _ING_NOUNS and low[at - 2] not in _ARTICLES | _WHOSE | {"'s"}
    return page.tokens[at - 1].isalpha() and not participle


def _with_title(page: Page, a: Attribution) -> Attribution:
    """“Mr.” with the name that follows it, “Former minister Ada” with the surname; “Ada Holm Says” without the verb."""
    if a.speaker is None:
        return a
    tokens = page.tokens_in(a.speaker)
    if len(tokens) > 1 and page.tokens[tokens.stop - 1] in ("Says", "Said", "Tells", "Warns"):  # a headline in capitals
        return replace(a, speaker=page.span(tokens.start, tokens.stop - 2))
    if a.cue is not None and page.text[a.cue.start : a.cue.end] == ":" and a.speaker.start > a.cue.start:
        head = page.tokens_in(Span(page.paragraphs[page.paragraph_at(a.cue.start)].start, a.cue.start))
        if 1 <= len(head) <= 6 and all(is_capital(page.tokens[i]) or page.lower[i] in page.words.stop for i in head):
            return replace(a, speaker=page.span(head.start, head.stop - 1))  # “Ada Holm: Lindt Asks ...”
    last = page.lower[tokens.stop - 1] if tokens else ""
    cut = last in page.words.given and len(tokens) > 1 and page.tokens[tokens.stop : tokens.stop + 1] not in ([","], ["."])
    if not last or (last.rstrip(".") not in page.words.courtesies and not cut):
        return a
    end = tokens.stop
    limit = min(page.tokens_in(page.sentences[page.sentence_of[tokens.stop - 1]]).stop, tokens.stop + 3)
    while end < limit and is_capital(page.tokens[end]):
        end += 1
    return replace(a, speaker=Span(a.speaker.start, page.ends[end - 1])) if end > tokens.stop else a


def _with_name(page: Page, a: Attribution, surnames: frozenset[str]) -> Attribution:
    """“C, its president, Ada Holm, told”: the name before the cue, which the content had swallowed, speaks."""
    if a.speaker is not None or a.cue is None:
        return a
    cue = page.tokens_in(a.cue).start
    if any(page.lower[i] in _BEING for i in page.tokens_in(a.cue)):  # “Holm was rebuked by many”
        return a
    if cue and page.tokens[cue - 1] in surnames and page.quoted[cue - 1] < 0:
        name = page.span(cue - 1, cue - 1)
        return a if any(s.overlaps(name) for s in a.content) else replace(a, speaker=name)
    if len(a.content) != 1:
        return a
    (words,) = a.content
    last = cue - 2
    if last < 1 or page.tokens[cue - 1] != "," or not words.start < page.starts[last] < words.end or page.quoted[last] >= 0:
        return a
    first = last
    while first > 0 and last - first < 3 and is_capital(page.tokens[first - 1]):
        first -= 1
    if first == last or not is_capital(page.tokens[last]) or page.tokens[first - 1] != ",":
        return a
    begin = next((i for i in range(first - 2, max(first - 10, 0), -1) if page.tokens[i] == ","), None)
    if begin is None or page.lower[begin + 1] not in _WHOSE or page.starts[begin] <= words.start:
        return a
    return replace(a, content=(Span(words.start, page.starts[begin]),), speaker=page.span(begin + 1, last))


def _surnames(page: Page) -> frozenset[str]:
    """Words with a capital that stand behind a given name somewhere: “Day” of “Kristen Day”."""
    given, low, tokens = page.words.given, page.lower, page.tokens
    behind = (i for i in range(1, len(tokens)) if low[i - 1] in given and is_capital(tokens[i]) and is_capital(tokens[i - 1]))
    return frozenset(tokens[i] for i in behind if tokens[i].isalpha() and low[i] not in page.words.stop)


def _of_its_cue(page: Page, a: Attribution) -> Attribution:
    """““Q,” Holm told the channel, according to a clip”: Holm said it. “As the agency writes citing a source, C”: C."""
    if a.cue is None:
        return a
    words = page.tokens_in(a.cue)
    if words and page.lower[words.start] == "according" and a.content[0].start < a.cue.start:
        quotation = page.quotation_at(a.content[0].start + 1)
        if quotation is None or quotation.inner.end >= a.content[-1].end - 3:
            return a
        beside = cue_beside(page, quotation)
        if beside is None or beside[1].start >= a.cue.start or beside[1].overlaps(a.cue):
            return a
        verb = page.tokens_in(beside[1]).stop
        to = addressee(page, verb - 1, verb, words.start)
        return Attribution((quotation.outer,), beside[0], beside[1], to, "quote-beside-cue", 0.75)
    sentence = page.tokens_in(page.sentences[page.sentence_at(a.cue.start)])
    if page.lower[sentence.start] != "as" or not words or words.stop - sentence.start > 12 or a.content[0].start < a.cue.end:
        return a
    says = next((i for i in words if page.lower[i] in page.words.plainly | _PUTTING), None)
    if says is None or page.lower[says + 1] not in _AFTER_PUTTING:
        return a
    comma = next((i for i in range(words.stop, sentence.stop - 3) if page.tokens[i] == "," and page.quoted[i] < 0), None)
    if comma is None or a.content[-1].end > page.ends[comma]:
        return a
    end = content_end(page, comma + 1, sentence.stop)
    return a.with_content([page.span(comma + 1, end - 1)]) if end > comma + 3 else a


# --- content ----------------------------------------------------------------------------------------------------------


def _without_head(page: Page, a: Attribution) -> Attribution:
    """The content without a dateline, “citing sources, ” before “that”, or a question or clock time of the reporter's."""
    spans = [_after_dateline(page, _after_citing(page, _after_time(page, _after_link(page, span)))) for span in a.content]
    spans = [span for span in spans if span.end > span.start]
    if a.cue is not None:
        spans = [_in_its_clause(page, _in_its_sentence(page, span, a.cue), a.cue) for span in spans]
        spans = _without_question(page, spans, a.cue)
    return replace(a, content=tuple(spans)) if tuple(spans) != a.content else a


def _after_dateline(page: Page, span: Span) -> Span:
    paragraph = page.paragraphs[page.paragraph_at(span.start)]
    match = _DATELINE.match(page.text, paragraph.start, min(paragraph.end, paragraph.start + 120))
    return Span(max(span.start, match.end()), span.end) if match and match.end() < span.end else span


def _after_citing(page: Page, span: Span) -> Span:
    tokens = page.tokens_in(span)
    if not tokens or page.lower[tokens.start] not in ("citing", "quoting"):
        return span
    that = (i for i in tokens[:20] if page.lower[i] == page.words.that and page.tokens[i - 1] == ",")
    return next((Span(page.starts[i], span.end) for i in that), span)


def _in_its_sentence(page: Page, span: Span, cue: Span) -> Span:
    """Unquoted words behind their cue up to the end of its sentence: the next one is the reporter's."""
    number = page.sentence_at(cue.start)
    end = page.sentences[number].end
    if span.start < cue.start or not span.start < end < span.end or page.paragraph_at(span.start) != page.paragraph_at(end):
        return span
    plainly = page.text[end - 1] in "?!." and page.text[end - 4 : end - 1].isalpha()  # and no “Holm v. Lindt”
    return Span(span.start, end) if plainly and all(page.quoted[i] < 0 for i in page.tokens_in(span)) else span


def _in_its_clause(page: Page, span: Span, cue: Span) -> Span:
    """“When Holm announced that C, few believed her”: what follows the comma is the reporter's."""
    sentence = page.sentences[page.sentence_at(cue.start)]
    head = page.tokens_in(Span(sentence.start, cue.start))
    if not head or page.lower[head.start] not in _FRONTING or span.start < cue.start or len(head) > 14:
        return span
    if any(page.tokens[i] == "," for i in head):
        return span
    tokens = page.tokens_in(span)
    for at in tokens[3:-2]:
        if page.tokens[at] == "," and page.quoted[at] < 0:
            return span if page.lower[at + 1] in _GOING_ON else Span(span.start, page.ends[at - 1])
    return span


def _after_link(page: Page, span: Span) -> Span:
    """“However, C, Holm said”: the reporter's link to the sentence before is not hers."""
    tokens = page.tokens_in(span)
    if len(tokens) < 4 or page.lower[tokens.start] not in _LINKS or page.quoted[tokens.start] >= 0:
        return span
    first = tokens.start + 1 + (page.tokens[tokens.start + 1] == ",")
    return Span(page.starts[first], span.end) if page.sentences[page.sentence_at(span.start)].start == span.start else span


def _after_time(page: Page, span: Span) -> Span:
    """“[argued for] years that C”: what was said begins with “that”."""
    tokens = page.tokens_in(span)
    to = bool(tokens) and page.lower[tokens.start] == "to"  # “[said in a note] to clients that C”
    at = next((i for i in tokens[1 : 6 if to else 4] if page.lower[i] == page.words.that and page.quoted[i] < 0), None)
    if at is None:
        return span
    before = range(tokens.start + to, at)
    if to and not (page.lower[before.start] in page.words.people | _TOLD or is_capital(page.tokens[before.start])):
        return span
    if not to and not all(page.lower[i] in _LONG or page.lower[i] in page.words.calendar for i in before):
        return span
    return Span(page.starts[at], span.end)


def _without_question(page: Page, spans: list[Span], cue: Span) -> list[Span]:
    """“What now? “Ask them,” Holm said”: the question outside the marks is not hers."""
    out = []
    for n, span in enumerate(spans):
        tokens = [i for i in page.tokens_in(span) if is_word(page.tokens[i])]
        quoted = next((i for i in tokens if page.quoted[i] >= 0), None)
        if not tokens or page.quoted[tokens[0]] >= 0 or span.start > cue.start:
            out.append(span)
        elif quoted is not None:
            start = page.quotations[page.quoted[quoted]].outer.start
            asked = page.text[span.start : start].rstrip().endswith("?") or _CLOCK.fullmatch(page.text, span.start, start)
            out.append(Span(start, span.end) if asked else span)
        else:
            behind = page.text[span.end : spans[n + 1].start] if n + 1 < len(spans) else ""
            apart = page.text[span.start : span.end + 1].rstrip().endswith("?") or ":" in behind
            if not (apart and _is_quoted(page, spans[n + 1 :])):
                out.append(span)
    return out


def _is_quoted(page: Page, spans: Sequence[Span]) -> bool:
    return any(page.quoted[i] >= 0 for span in spans[:1] for i in page.tokens_in(span))
