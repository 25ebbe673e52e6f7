"""What a rule or the tagger proposes: content, speaker, cue and addressee, before anyone asks who the speaker is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.extract.pages import Page
from index.model import Span, StatementKind

# Whether “that” belongs to the words it introduces: the benchmark's annotators took it in, and both ways of reading it
# must be the same everywhere, or the same words would compare as different.
THAT_IS_CONTENT = True
_MARKS = "\"“”„‟«»‘’'‹›「」『』`"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words and who is said to have said them, as places in the text. `rule` names what found it."""

    content: tuple[Span, ...]
    speaker: Span | None = None
    cue: Span | None = None
    addressee: Span | None = None
    rule: str = ""
    certainty: float = 0.8
    carrier: Span | None = None  # who passes the words on: “Bloomfeld quoted the minister as saying”

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.content[0].start

    @property
    def whole(self) -> Span:
        """From the first to the last character of its words."""
        return Span(self.content[0].start, self.content[-1].end)

    def covers(self, place: Span) -> int:
        """How many characters of `place` its content covers."""
        return sum(max(0, min(s.end, place.end) - max(s.start, place.start)) for s in self.content)

    def with_content(self, content: list[Span]) -> Attribution:
        """The same with other words; touching pieces become one."""
        return replace(self, content=joined(content))


def joined(spans: list[Span], gap: int = 0) -> tuple[Span, ...]:
    """Spans in order, overlapping ones (or those not more than `gap` characters apart) made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + gap:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def kind_of(page: Page, content: tuple[Span, ...]) -> StatementKind:
    """direct when at least nine tenths of the words stand in quotation marks, mixed when some do, else indirect."""
    total = inside = 0
    for span in content:
        for i in page.tokens_in(span):
            if page.tokens[i][0].isalnum():
                total += 1
                inside += page.quoted[i] >= 0
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * total else "mixed"


def trimmed(page: Page, found: Iterable[Attribution]) -> list[Attribution]:
    """The attributions with content as the contract has it; those whose content holds no letter are left out."""
    tight = [replace(a, content=_tightened(page, a.content)) for a in found]
    return [a for a in tight if a.content]


def _tightened(page: Page, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """No white space at the ends, no outer quotation marks, no comma before a cue."""
    out = []
    for span in content:
        tight = _tight(page, span)
        if tight.end > tight.start and any(c.isalnum() for c in page.text[tight.start : tight.end]):
            out.append(tight)
    return tuple(out)


def _tight(page: Page, span: Span) -> Span:
    text = page.text
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:—–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–"):
        end -= 1
    that = len(page.words.that) + 1
    after_that = start + that if text[start : start + that].casefold() == page.words.that + " " else start
    for quotation in page.around(start, end):
        if quotation.outer.start <= after_that < quotation.inner.end and (
            abs(after_that - quotation.outer.start) <= 2 and quotation.inner.end - 1 <= end <= quotation.outer.end + 1
        ):
            return Span(quotation.inner.start, min(quotation.inner.end, max(end, quotation.inner.start)))
    # a lone mark at one end belongs to a quotation that ends or begins elsewhere
    if end - start > 1 and text[start] in _MARKS and not any(m in text[start + 1 : end] for m in _MARKS):
        start += 1
    return _without_stop(page, Span(start, end))


def _without_stop(page: Page, span: Span) -> Span:
    """Indirect words without the full stop that ends the reporter's sentence; a quotation keeps its own."""
    start, end = _that(page, *span)
    if (
        end - start > 1
        and page.text[end - 1] == "."
        and page.quotation_at(end - 1) is None
        and not _abbreviated(page, end)
    ):
        end -= 1
    return Span(start, end)


def _that(page: Page, start: int, end: int) -> tuple[int, int]:
    """The words with or without the “that” that introduces them, the same for every rule and the model."""
    that = page.words.that + " "
    if page.text[start : start + len(that)].casefold() == that:
        return (start if THAT_IS_CONTENT else start + len(that)), end
    before = start - len(that)
    if (
        THAT_IS_CONTENT
        and before >= 0
        and page.text[before:start].casefold() == that
        and not page.text[before - 1 : before].isalnum()
    ):
        return before, end
    return start, end


def _abbreviated(page: Page, end: int) -> bool:
    word_start = end - 1
    while word_start > 0 and not page.text[word_start - 1].isspace():
        word_start -= 1
    word = page.text[word_start : end - 1]
    return "." in word or word.casefold() in page.words.abbreviations
