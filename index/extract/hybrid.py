"""The model where it is sure, rules where structure decides: one list of attributions for a page."""

from __future__ import annotations

from dataclasses import replace

from index.extract.attributions import Attribution
from index.extract.clauses import is_capital, is_date, is_word
from index.extract.pages import Page
from index.extract.quoted import with_quotations
from index.extract.repairs import repaired
from index.extract.reported import attributions as by_rule
from index.extract.reported import by_sentence
from index.extract.said import addressee
from index.extract.tagger import tagger
from index.model import Span

# rules that find what the model was not taught: the content after “of”, “for”, “to”, and verbs that share a subject
_TRUSTED = frozenset({"judged-for", "urged-to", "participle", "noun-cue", "in-the-words-of"})
_TELLING = frozenset("told tell tells telling assured informed reminded warned".split())
_MODALS = frozenset("would should could might may can must 'd shall".split())
_NEGATIONS = frozenset(
    "not n't never without yet neither nor hardly cannot decline declines declined refuse refuses refused".split()
)
_NOBODY = frozenset("i we you it one what which who".split())
_CLOCK = str.maketrans("", "", ":.")  # “21:15”
_POINTING = frozenset("this that it so these those".split())  # “disputed this”: what, another sentence says
_DATE_WORDS = frozenset("last this next late early earlier , . the".split())
_RELATIVES = frozenset("who which that whose a".split())
_PLAIN = frozenset({"speaker-then-clause", "clause-then-speaker"})
_RESHAPING = frozenset({"judged-for", "urged-to"})


def attributions(page: Page, *, model: bool = True) -> tuple[list[Attribution], tuple[str, ...]]:
    """Attributions of a page and notes; without the model's file the rules work alone and the note says so."""
    trained = tagger(page.words.language) if model else None
    if trained is None:
        missing = model and page.words.language == "en"
        return repaired(page, by_rule(page)), ("model-missing",) if missing else ()
    found = [_mended(page, a) for a in trained.attributions(page) if _is_attribution(page, a)]
    return repaired(page, with_quotations(page, _joined(page, found, by_sentence(page)))), ()


def _is_attribution(page: Page, a: Attribution) -> bool:
    """False for a bare topic (“referred to”, “voted on”): its cue has no reporting word and nothing is quoted."""
    if a.cue is None:
        return True
    if _says_nothing(page, a):
        return False
    words = [page.lower[i] for i in page.tokens_in(a.cue) if is_word(page.tokens[i])]
    if (
        not words and page.paragraph_at(a.cue.start) > 0
    ):  # a colon reports in a headline; elsewhere it may be a caption's
        return _is_mostly_quoted(page, a)
    if any(w in page.words.topics for w in words) and not any(w in page.words.say for w in words):
        return _is_quoted(page, a)
    if not any(w in page.words.uttering for w in words) and _is_supposed(page, a) and not _is_mostly_quoted(page, a):
        return False
    known = any(w in page.words.reporting for w in words) or page.words.according[0].split()[0] in words
    return known or not words or _is_quoted(page, a, 4)


def _says_nothing(page: Page, a: Attribution) -> bool:
    """True for a date (“On 3 May, Holm wrote:”) or a mere “you”, “it” without quotation marks: nothing was said there."""
    tokens = [i for s in a.content for i in page.tokens_in(s) if is_word(page.tokens[i])]
    if any(page.quoted[i] >= 0 for i in tokens) or len(tokens) > 6:
        return False
    if len(tokens) <= 2 and all(page.lower[i] in _POINTING for i in tokens):
        return True
    dates = page.words.calendar | {"on", "in", "at", "of", "the"}
    dated = any(page.lower[i] in page.words.months | page.words.days for i in tokens)
    return (dated and all(page.tokens[i].isdigit() or page.lower[i] in dates for i in tokens)) or (
        len(tokens) == 1 and page.lower[tokens[0]] in page.words.persons | page.words.others
    )


def _is_quoted(page: Page, a: Attribution, least: int = 1) -> bool:
    return sum(page.quoted[i] >= 0 and is_word(page.tokens[i]) for s in a.content for i in page.tokens_in(s)) >= least


def _is_supposed(page: Page, a: Attribution) -> bool:
    """True for a thought that nobody reports: “could have known”, “to believe”, “we think”, or without a thinker."""
    assert a.cue is not None
    if a.speaker is None or a.speaker.of(page.text).casefold() in _NOBODY:
        return page.quotation_at(a.cue.start) is None
    return _is_unreal(page, a) or is_negated(page, a)


def _is_unreal(page: Page, a: Attribution) -> bool:
    """A modal, an infinitive or a condition in the cue: “would know”, “to tell”."""
    assert a.cue is not None
    tokens = page.tokens_in(a.cue)
    return (
        any(page.lower[i] in _MODALS for i in tokens) or "to" in page.lower[max(0, tokens.start - 1) : tokens.start + 1]
    )


def is_negated(page: Page, a: Attribution) -> bool:
    """The cue says that it was not said: “has never said”, “wouldn’t tell”, “without saying”, “has yet to explain”."""
    assert a.cue is not None
    tokens = page.tokens_in(a.cue)
    return any(page.lower[i] in _NEGATIONS for i in range(max(0, tokens.start - 1), tokens.stop))


def _is_mostly_quoted(page: Page, a: Attribution) -> bool:
    tokens = [i for span in a.content for i in page.tokens_in(span) if is_word(page.tokens[i])]
    inside = sum(page.quoted[i] >= 0 for i in tokens)
    title = inside < 8 and all(
        is_capital(page.tokens[i]) for i in tokens if page.quoted[i] >= 0 and len(page.tokens[i]) > 3
    )
    return not title and (inside > 0.6 * len(tokens) or inside > 4)


def _mended(page: Page, a: Attribution) -> Attribution:
    """The model's proposal without a stray word after a quotation's cue, with its addressee and its doubts."""
    cue, content = a.cue, list(a.content)
    if cue is None:
        return a
    if len(content) > 1:
        content = [s for s in content if not _is_stray(page, s, content, before=s.start < cue.start)] or content
    content = [_before_next_sentence(page, s) for s in content]
    a = _doubted(page, replace(a, speaker=_without_date(page, a.speaker)))
    last = page.tokens_in(cue)
    if not last:
        return replace(a, content=tuple(content))
    to = addressee(page, last.stop - 1, last.stop, page.tokens_in(page.sentences[page.sentence_at(cue.start)]).stop)
    if to is not None or page.lower[last.stop - 1] in _TELLING | {"to"}:
        content[0], to = _after_addressee(page, content[0], to)
    if to is not None and any(to.overlaps(s) for s in content):
        to = None
    return replace(a, content=tuple(content), addressee=to)


def _without_date(page: Page, speaker: Span | None) -> Span | None:
    """“Mira Olanda on Tuesday”, “Olanda this week”: the name alone. A month needs its preposition: “Theresa May”.

    Only behind a name: in “a poll released Friday” or “those who vote on Tuesday” the day belongs to the speaker.
    """
    tokens = page.tokens_in(speaker) if speaker else range(0)
    before = tokens.start
    if len(tokens) > 2 and page.lower[before] in ("in", "on", "since", "by") and is_date(page, before + 1):
        before += 1  # “In October Olanda had announced”
    while before < tokens.stop - 1 and is_date(page, before):
        before += 1
    if speaker and before > tokens.start and is_date(page, before - 1):
        tokens, speaker = range(before, tokens.stop), Span(page.starts[before], speaker.end)
    days, months, times = page.words.days, page.words.months, page.words.times
    end = tokens.stop
    while end - 1 > tokens.start and (
        page.lower[end - 1] in days | months | _DATE_WORDS
        or page.tokens[end - 1] in times
        or page.tokens[end - 1].isdigit()
    ):
        end -= 1
    cut = page.lower[end : tokens.stop]
    if speaker is None or not any(word in days | months | times for word in cut):
        return speaker
    dated = page.lower[end - 1] in ("on", "in", "since") and end - 1 > tokens.start
    end -= dated
    kept = range(tokens.start, end)
    named = is_capital(page.tokens[end - 1]) and not any(page.lower[i] in _RELATIVES for i in kept)
    if not named or not (dated or (any(w in days | times for w in cut) and all(is_capital(page.tokens[i]) for i in kept))):
        return speaker
    return Span(speaker.start, page.ends[end - 1])


def _doubted(page: Page, a: Attribution) -> Attribution:
    """Words that were not said, or only might be, are kept with a low certainty and a rule that says so."""
    if is_negated(page, a):
        return replace(a, certainty=min(a.certainty, 0.3), rule=f"{a.rule}, negated cue")
    if _is_unreal(page, a):
        return replace(a, certainty=round(a.certainty * 0.6, 3), rule=f"{a.rule}, modal cue")
    return a


def _before_next_sentence(page: Page, span: Span) -> Span:
    """A piece that begins with a quotation ends with it when only the reporter's next sentence follows."""
    for quotation in page.around(span.start, span.start + 2):
        last = page.tokens_in(Span(quotation.inner.start, quotation.inner.end)).stop - 1
        rest = page.tokens_in(Span(quotation.outer.end, span.end))
        if (
            quotation.outer.start <= span.start + 1
            and quotation.closed
            and rest
            and page.sentence_of[rest.start] != page.sentence_of[last]
            and all(page.quoted[i] < 0 for i in rest)
        ):
            return Span(span.start, quotation.outer.end)
    return span


def _is_stray(page: Page, piece: Span, content: list[Span], *, before: bool) -> bool:
    """A few unquoted words behind the cue of a quotation, or a date that stands alone."""
    tokens = [i for i in page.tokens_in(piece) if is_word(page.tokens[i])]
    if len(tokens) > 4 or any(page.quoted[i] >= 0 for i in tokens):
        return False
    others = [i for s in content if s != piece for i in page.tokens_in(s)]
    if all(page.tokens[i].translate(_CLOCK).isdigit() or page.lower[i] in page.words.calendar for i in tokens):
        return len(others) > 3
    return not before and sum(page.quoted[i] >= 0 for i in others) > 0.5 * len(others)


def _after_addressee(page: Page, span: Span, to: Span | None) -> tuple[Span, Span | None]:
    """Content from “that” on when an addressee stands at its head: told [the council] that ..."""
    tokens = page.tokens_in(span)
    for at in range(tokens.start, min(tokens.stop - 2, tokens.start + 6)):
        if page.lower[at] == page.words.that and at > tokens.start:
            return Span(page.starts[at], span.end), to or page.span(tokens.start, at - 1)
        if (
            not is_word(page.tokens[at])
            or page.lower[at] in page.words.auxiliaries
            or page.lower[at] in page.words.persons
        ):
            break
        if page.lower[at] in page.words.verbs and page.lower[at] not in page.words.people:
            break
        if page.lower[at] in page.words.nouns | page.words.publications or page.lower[at] in (
            "fact",
            "idea",
            "one",
            "way",
            "day",
        ):
            break
    return span, to


def _joined(page: Page, found: list[Attribution], ruled: list[Attribution]) -> list[Attribution]:
    """The model's attributions; trusted rules reshape those with the same cue and add those that it left out."""
    out = list(found)
    for rule in ruled:
        if rule.cue is None:
            continue
        if rule.rule in _PLAIN:
            _mend_with(page, rule, out)
            continue
        if rule.rule not in _TRUSTED:
            continue
        same = [n for n, a in enumerate(out) if a.cue is not None and a.cue.overlaps(rule.cue)]
        if same and rule.rule in _RESHAPING:
            n = same[0]
            begin = rule.content[0].start
            if any(s.start < begin < s.end for s in out[n].content) and not _is_quoted(page, out[n]):
                content = tuple(Span(max(s.start, begin), s.end) for s in out[n].content if s.end > begin)
                out[n] = replace(out[n], content=content, addressee=rule.addressee, rule=f"model, {rule.rule}")
        elif rule.rule == "in-the-words-of":
            if not any(a.covers(rule.whole) > 0.3 * rule.covers(rule.whole) for a in out):
                out.append(rule)
        elif not same and (_shares_speaker(page, rule, out) or _is_clear(page, rule, out)):
            out = [_ended_before(page, a, rule) for a in out]
            out.append(rule)
    return out


def _mend_with(page: Page, rule: Attribution, out: list[Attribution]) -> None:
    """What “said that” by rule adds to the model: a word or two at the rim, or a whole sentence that it overlooked."""
    assert rule.cue is not None
    same = next((n for n, a in enumerate(out) if a.cue is not None and a.cue.overlaps(rule.cue)), None)
    if same is not None:
        if not _is_quoted(page, out[same]) and not _is_quoted(page, rule):
            out[same] = _rimmed(page, out[same], rule)
        return
    word = page.lower[page.tokens_in(rule.cue).stop - 1]
    sentence = page.sentences[page.sentence_at(rule.cue.start)]
    named = rule.speaker is not None and any(w[:1].isupper() for w in rule.speaker.of(page.text).split())
    if word in page.words.plainly and named and not any(s.overlaps(sentence) for a in out for s in a.content):
        out.append(rule)


def _rimmed(page: Page, a: Attribution, rule: Attribution) -> Attribution:
    """The model's content with up to three words more at either end, or the rule's where the model has only a scrap."""
    assert rule.cue is not None
    if len(rule.content) > 1:
        return a
    two = rule.content[0]
    behind = all(s.start >= rule.cue.end for s in a.content)
    if len(a.content) > 1 and behind:  # unquoted words in two pieces behind their cue: the one where the rule has it
        a = replace(a, content=tuple(s for s in a.content if s.overlaps(two)) or a.content)
    if len(a.content) > 1 or not a.content[0].overlaps(two):
        return a
    (one,) = a.content
    if _words(page, one) == 1 and page.lower[page.tokens_in(one).start] in page.words.stop:
        return a.with_content([two])
    start = two.start if two.start < one.start and _words(page, Span(two.start, one.start)) <= 3 else one.start
    end = two.end if two.end > one.end and _words(page, Span(one.end, two.end)) <= 3 else one.end
    return a.with_content([Span(start, end)])


def _words(page: Page, span: Span) -> int:
    return sum(is_word(page.tokens[i]) for i in page.tokens_in(span))


def _shares_speaker(page: Page, rule: Attribution, found: list[Attribution]) -> bool:
    """True when the model gave words of the same sentence to the same speaker: the cue is then one of several."""
    assert rule.cue is not None
    sentence = page.sentence_at(rule.cue.start)
    return any(
        a.speaker is not None
        and rule.speaker is not None
        and a.speaker.overlaps(rule.speaker)
        and a.cue is not None
        and page.sentence_at(a.cue.start) == sentence
        for a in found
    )


def _is_clear(page: Page, rule: Attribution, found: list[Attribution]) -> bool:
    """True for “expressed concern that ...” where the model found nothing in the sentence."""
    if rule.rule != "noun-cue" or rule.cue is None:
        return False
    before = page.text[max(0, rule.start - 5) : rule.start].casefold()
    sentence = page.sentences[page.sentence_at(rule.cue.start)]
    return before == page.words.that + " " and not any(s.overlaps(sentence) for a in found for s in a.content)


def _same(one: Span | None, two: Span | None) -> bool:
    return one is not None and two is not None and one.overlaps(two)


def _ended_before(page: Page, a: Attribution, rule: Attribution) -> Attribution:
    """An attribution that ran over a second cue of its own speaker ends before it."""
    last = a.content[-1]
    if rule.cue is None or not _same(a.speaker, rule.speaker) or not last.start < rule.cue.start < last.end:
        return a
    stop = page.tokens_in(Span(last.start, rule.cue.start)).stop - 1
    while (
        stop > 0
        and page.starts[stop] > last.start
        and (page.lower[stop] in ("and", "but", "or", ",") or page.lower[stop] in page.words.auxiliaries)
    ):
        stop -= 1
    return a.with_content([*a.content[:-1], Span(last.start, page.ends[stop])])
