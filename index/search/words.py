"""Words: how a text is cut into words that compare equal however they were typed (case, accents, marks, apostrophes).

The index holds words as they are written, only folded; their stems are a matter of the question, so a document's
language may be corrected without making the index anew, and ="word" is as fast as word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import Stemmer

# Scripts written without spaces: every sign is a word, and a run of signs is asked for as a phrase.
_SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# Signs inside a word that do not end it: combining marks, Armenian stress and question marks, soft hyphens, joiners.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u055b\u055c\u055e\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u00ad\u200c\u200d"
)
WORD = re.compile(f"[{_SIGNS}]|[^\\W{_SIGNS}]++(?:[{_MARKS}]++[^\\W{_SIGNS}]*+)*")
LONGEST = 64

_IGNORED = dict.fromkeys(map(ord, "\u055b\u055c\u055e\u00ad\u200c\u200d\u0640"))
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е", "ѐ": "е", "ѝ": "и"}
)
_KEPT = frozenset("йїў")  # letters of their own, not accented forms of another


def fold(word: str) -> str:
    """`word` without what typing leaves open: case, accents, width, marks inside the word; at most 64 characters."""
    if word.isascii():
        return word.lower()[:LONGEST]
    text = unicodedata.normalize("NFC", word.translate(_IGNORED).casefold()).translate(_LETTERS)
    parts = (c if c in _KEPT else _bare(c) for c in text[: 4 * LONGEST])
    return unicodedata.normalize("NFC", "".join(parts))[:LONGEST]


def _bare(sign: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text in order; the place of a word in this list is its position in the index."""
    return [fold(word) for word in WORD.findall(text)]


def placed_words(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded word) in order, offsets in code points of `text`."""
    return ((m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text))


_ALGORITHMS = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "fa": "persian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Snowball's stemmers change word ends; these also change beginnings, so equal stems may begin differently.
_UNSTEADY = frozenset(
    {"arabic", "indonesian", "dutch", "nepali", "irish", "esperanto", "estonian", "finnish", "german", "serbian",
     "turkish", "yiddish", "tamil", "persian"}
)  # fmt: skip
# Letters at the end of an English stem that its words need not have: "hope" is the stem of "hoping", "sensibl" that of
# "sensibility". No step of the algorithm leaves more than one letter that was not in the word; the four words that are
# exceptions (dying ...) have stems of three letters.
_CHANGED = 1


class Stems:
    """The stemmers of some languages (codes such as "en"). Not for use by two threads at once.

    `stable` is True when words of one stem begin with the same two letters, so that a lexicon can be searched by them.
    Method: Snowball (M. F. Porter, "Snowball: a language for stemming algorithms", 2001), as given by PyStemmer.
    """

    def __init__(self, languages: Iterable[str] = ("en",)) -> None:
        known = {_ALGORITHMS[code] for code in (c.lower()[:2] for c in languages if c) if code in _ALGORITHMS}
        available = frozenset(Stemmer.algorithms())
        self.names = tuple(sorted(known & available)) or ("english",)
        self.stable = not _UNSTEADY & set(self.names)
        self._stemmers = [Stemmer.Stemmer(name, 0) for name in self.names]

    def of(self, word: str) -> tuple[str, ...]:
        """The stem of a folded word in every language, in the order of `names`."""
        return tuple(s.stemWord(word) for s in self._stemmers)

    def of_all(self, many: list[str], language: int) -> list[str]:
        """The stems of all these folded words in one language (its place in `names`)."""
        return self._stemmers[language].stemWords(many)  # type: ignore[no-any-return]

    def beginning(self, language: int, stem: str) -> str:
        """What every word with this stem begins with; "" where that can't be told."""
        return stem[:-_CHANGED] if self.names[language] == "english" and len(stem) > 2 + _CHANGED else ""
