"""The words, numbers and marks of a text, as the date grammar reads them: with places, sentences and paragraphs."""

from __future__ import annotations

import re

from index.extract.date_words import DateWords

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’]hui)?|[^\w\s]|_|\n")
_CLOSERS = "\"'”’»)]“"
_OPENERS = "\"'“‘«„([—–-"


class Tokens:
    """A stretch of a text cut into tokens: `words` in lower case, `starts` and `ends` in the text, `sentences` numbered.

    A line break is a token "\\n" unless it only wraps a line. Reading outside the stretch gives "".
    """

    __slots__ = ("ends", "paragraphs", "sentences", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int, words: DateWords, sentence: int = 0, paragraph: int = 0) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentences: list[int] = []
        self.paragraphs: list[int] = []
        abbreviations = words.abbreviations
        previous = ""
        for match in _TOKEN.finditer(text, start, end):
            word = match.group().lower()
            at, stop = match.span()
            if word == "\n":
                if _wraps(text, at):
                    continue
                sentence += 1
                paragraph += 1
            self.words.append(word)
            self.starts.append(at)
            self.ends.append(stop)
            self.sentences.append(sentence)
            self.paragraphs.append(paragraph)
            if word in ".!?…" and not (word == "." and previous in abbreviations) and _sentence_follows(text, stop):
                sentence += 1
            previous = word

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """The token `i` in lower case; "" outside."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """True when nothing, not even a space, stands between token `i` and the one before it."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def capital(self, i: int) -> bool:
        """True when token `i` begins with a capital letter, or its script has none."""
        if not 0 <= i < len(self.words):
            return False
        letter = self.text[self.starts[i]]
        return letter.isupper() or letter.lower() == letter.upper()

    def number(self, i: int) -> int | None:
        """The value of token `i` when it is a number of at most four digits."""
        word = self.word(i)
        return int(word) if word.isdecimal() and len(word) <= 4 else None


def _wraps(text: str, at: int) -> bool:
    """True when the line break at `at` only wraps a line: the sentence goes on in small letters or digits."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        (before.islower() or before == "," or before.isdigit())
        and (after.islower() or after.isdigit())
        and not (after.isdigit() and before.isdigit())
    )


def _sentence_follows(text: str, at: int) -> bool:
    """True when after a full stop that ends at `at` a new sentence may begin."""
    stop = min(len(text), at + 4)
    while at < stop and text[at] in _CLOSERS:
        at += 1
    if at >= len(text) or not text[at].isspace():
        return at >= len(text)
    while at < stop and (text[at].isspace() or text[at] in _OPENERS):
        at += 1
    return at >= len(text) or not text[at].islower()
