"""A text read once into paragraphs, sentences, quotations and tokens, which all rules and the tagger then share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from index.extract.lexicon import Lexicon
from index.extract.quotes import Quotation, quotations
from index.extract.sentences import paragraphs, sentences
from index.model import Span

TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|St|Jr|Sr|Rev|Prof|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\."
    r"|(?:[A-Z]\.){1,4}|\d[\d.,:]{0,20}\d|['’](?:s|ve|ll|re|d|m|S)\b|n['’]t\b"
    r"|[^\W_]{1,60}?(?=n['’]t\b)|[^\W_]++(?:-[^\W_]++)*|``|''|[^\w\s]|_++"
)


@dataclass(slots=True)
class Page:
    """A text and its parts. The token lists run in parallel; `quoted[i]` is the outermost quotation of token i, or -1."""

    text: str
    words: Lexicon
    paragraphs: list[Span]
    sentences: list[Span]
    quotations: list[Quotation]
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    paragraph_of: list[int] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    outermost: list[Quotation] = field(default_factory=list)
    outermost_starts: list[int] = field(default_factory=list)

    def tokens_in(self, span: Span) -> range:
        """Numbers of the tokens that begin inside a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def paragraph_at(self, offset: int) -> int:
        """Number of the paragraph in which an offset lies (the last one that starts before it)."""
        return max(0, bisect_right(self.paragraphs, (offset, len(self.text) + 1)) - 1)

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence in which an offset lies."""
        return max(0, bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1)

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    def around(self, start: int, end: int) -> list[Quotation]:
        """The outermost quotations that touch the characters from `start` to `end`, marks included."""
        if not self.outermost:
            return []
        place = max(0, bisect_right(self.outermost_starts, start) - 1)
        found = []
        while place < len(self.outermost) and self.outermost[place].outer.start < end:
            if self.outermost[place].outer.end > start:
                found.append(self.outermost[place])
            place += 1
        return found

    def quotation_at(self, offset: int) -> Quotation | None:
        """The outermost quotation around an offset."""
        place = bisect_right(self.outermost_starts, offset) - 1
        inside = place >= 0 and offset < self.outermost[place].inner.end
        return self.outermost[place] if inside else None


def page(text: str, words: Lexicon) -> Page:
    """`text` read with the words of its language. Linear in its length; `first[p]` is the first token of paragraph p."""
    parts = paragraphs(text)
    made = Page(text, words, parts, sentences(text, parts, words), quotations(text, parts, words))
    outer = [(n, q) for n, q in enumerate(made.quotations) if q.level == 0]
    made.outermost = [q for _, q in outer]
    made.outermost_starts = [q.outer.start for _, q in outer]
    forms: dict[str, tuple[str, str]] = {}  # each word form is kept once, however often it comes
    for number, part in enumerate(parts):
        made.first.append(len(made.starts))
        for match in TOKEN.finditer(text, part.start, part.end):
            start, end = match.span()
            made.starts.append(start)
            made.ends.append(end)
            word = match.group()
            pair = forms.get(word)
            if pair is None:
                pair = forms[word] = (word, word.replace("’", "'").casefold())
            made.tokens.append(pair[0])
            made.lower.append(pair[1])
        made.paragraph_of.extend([number] * (len(made.starts) - len(made.paragraph_of)))
    for number in range(len(made.sentences)):  # a token is of the last sentence that has begun
        last = number + 1 == len(made.sentences)
        end = len(made.starts) if last else bisect_left(made.starts, made.sentences[number + 1].start)
        made.sentence_of.extend([number] * (end - len(made.sentence_of)))
    made.quoted = [-1] * len(made.starts)
    for number, quotation in outer:
        first, end = bisect_left(made.starts, quotation.inner.start), bisect_left(made.starts, quotation.inner.end)
        made.quoted[first:end] = [number] * (end - first)
    made.first.append(len(made.starts))
    return made
