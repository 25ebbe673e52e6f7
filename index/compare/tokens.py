"""Cuts a text into words and marks, so that a comparison never draws a line through the middle of a word.

A *key* is a word without what counts as minor: case, accents, shape of apostrophes, British or American spelling,
a numeral written out. Two words with one key are the same word; if their letters differ the difference is minor.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from index.model import Span

# Letters, digits, and the marks that combine with them (Python's \w leaves out the marks).
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0900-\u0963\u0966-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u200c\u200d\u00ad\u055a-\u055c\u055e\u055f"
)
# Scripts written without spaces: each character counts as a word.
_IDEOGRAPHS = "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTERS = rf"(?:[^\W{_IDEOGRAPHS}]|[{_MARKS}])+"
_TOKEN = re.compile(
    rf"(?P<word>[{_IDEOGRAPHS}]"
    rf"|(?:[^\W\d_]\.){{2,12}}"  # U.S.
    rf"|[Pp]er\ cent\b|%|[$€£¥₽]"
    rf"|(?:(?<![\w)])[-−+](?=\d))?{_LETTERS}"
    rf"(?:(?:[-‑'’ʼ/&.]|(?<=\d)[,:](?=\d)){_LETTERS})*)"
    r"|\.\.\.|--|[^\s]"
)
_END = frozenset(".!?…。！？։؟")
_CLOSERS = frozenset("\"'”’»›」』)]")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st gen lt col sgt capt cmdr adm maj rep sen gov hon rev jr sr vs etc e.g i.e no nos art fig
    vol pp approx dept est inc ltd co corp jan feb mar apr jun jul aug sept sep oct nov dec mt ft г гг т.е т.д
    ул""".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of `text`, in order: parallel lists. `key` is "" for a mark, else the word's key.

    `words` are the positions of the words; `sentence` gives for each token the number of its sentence and
    `sentences` the span of each sentence.
    """

    text: str
    start: list[int]
    end: list[int]
    key: list[str]
    words: list[int]
    sentence: list[int]
    sentences: list[Span]

    def surface(self, token: int) -> str:
        """The characters of one token."""
        return self.text[self.start[token] : self.end[token]]


def tokens(text: str) -> Tokens:
    """The words and marks of `text` with their places, cut into sentences. Linear in the length of the text."""
    start: list[int] = []
    end: list[int] = []
    keys: list[str] = []
    words: list[int] = []
    for found in _TOKEN.finditer(text):
        a, b = found.span()
        start.append(a)
        end.append(b)
        if found.lastgroup:
            words.append(len(keys))
            keys.append(key(found.group()))
        else:
            keys.append("")
    sentence, sentences = _sentences(text, start, end, keys)
    return Tokens(text, start, end, keys, words, sentence, sentences)


def _sentences(text: str, start: list[int], end: list[int], keys: list[str]) -> tuple[list[int], list[Span]]:
    """The sentence number of each token, and the spans. A blank line, or the end of a long line, ends one too."""
    numbers: list[int] = []
    spans: list[Span] = []
    first = 0
    ended = False  # an end mark was met, only closing marks may still follow
    count = len(keys)
    for i in range(count):
        if i > first:
            gap = text[end[i - 1] : start[i]]
            if (ended and not keys[i] and text[start[i]] in _CLOSERS and not gap) or (ended and text[start[i]] in _END):
                numbers.append(len(spans))
                continue
            if (ended and gap and _opens(text[start[i]])) or ("\n" in gap and _breaks(text, gap, end[i - 1], ended)):
                spans.append(Span(start[first], end[i - 1]))
                first = i
        numbers.append(len(spans))
        ended = not keys[i] and text[start[i]] in _END
        if ended and i and _abbreviated(text, start[i - 1], end[i - 1], end[i]):
            ended = False
    if count:
        spans.append(Span(start[first], end[count - 1]))
    return numbers, spans


def _opens(letter: str) -> bool:
    """True where a sentence may begin: no small letter."""
    return not letter.islower()


def _breaks(text: str, gap: str, before: int, ended: bool) -> bool:
    """True where a line end ends a sentence too: a blank line, an end mark before it, or a line too long for a wrap."""
    return ended or gap.count("\n") > 1 or (before > 160 and text.rfind("\n", before - 160, before) < 0)


def _abbreviated(text: str, a: int, b: int, after: int) -> bool:
    """True when the dot after the word text[a:b] belongs to an abbreviation or an initial."""
    if text[b : b + 1] != ".":
        return False
    word = text[a:b]
    return (len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATIONS or text[after : after + 1].isalnum()


# --- keys ------------------------------------------------------------------------------------------------------------

_NUMERALS = {
    word: str(value)
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_PAIRS = {
    "programme": "program", "programmes": "programs", "defence": "defense", "offence": "offense", "licence": "license",
    "pretence": "pretense", "centre": "center", "centres": "centers", "theatre": "theater", "metre": "meter",
    "metres": "meters", "kilometre": "kilometer", "kilometres": "kilometers", "litre": "liter", "litres": "liters",
    "fibre": "fiber", "calibre": "caliber", "grey": "gray", "judgement": "judgment", "ageing": "aging",
    "sceptical": "skeptical", "sceptic": "skeptic", "manoeuvre": "maneuver", "manoeuvres": "maneuvers",
    "towards": "toward", "amongst": "among", "whilst": "while", "cheque": "check", "dialogue": "dialog",
    "catalogue": "catalog", "%": "percent", "per cent": "percent", "us": "us", "learnt": "learned", "burnt": "burned",
    "km": "kilometers", "kms": "kilometers", "kg": "kilograms", "enrol": "enroll",
    "fulfil": "fulfill", "acknowledgement": "acknowledgment", "plough": "plow", "cosy": "cozy",
}  # fmt: skip
_OUR = re.compile(
    r"\b(arm|behavi|cand|clam|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|splend|vap|vig)our"
)
_DOUBLED = re.compile(
    r"\b(cancel|channel|counsel|dial|equal|fuel|label|level|marshal|model|quarrel|rival|signal|total|travel)l(?=ed|ing|er)"
)
_ISE = re.compile(r"(?<=\w\w)(is|ys)(?=(?:e[ds]?|ing|ations?|ers?)$)")


_TONES = dict.fromkeys((0x55A, 0x55B, 0x55C, 0x55E, 0x55F))  # Armenian marks of stress and question inside a word


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """The word without its minor traits: case, accents, shape of apostrophe, spelling variant, written-out number."""
    if word in ("US", "U.S.", "U.S"):
        return "u.s"
    plain = word.casefold()
    if not plain.isascii():
        plain = plain.replace("’", "'").replace("ʼ", "'").replace("‑", "-").replace("−", "-").replace("\u00ad", "")
        plain = _unaccented(plain.translate(_TONES))
    if plain in _NUMERALS:
        return _NUMERALS[plain]
    if plain in _PAIRS:
        return _PAIRS[plain]
    if plain.isalpha() and len(plain) > 4 and plain.isascii():
        if "our" in plain:
            plain = _OUR.sub(r"\1or", plain)
        if "ll" in plain:
            plain = _DOUBLED.sub(r"\1", plain)
        if "is" in plain or "ys" in plain:
            plain = _ISE.sub(lambda found: found.group()[0] + "z", plain)
    elif plain.endswith(".") and len(plain) > 2:
        plain = plain.replace(".", "")  # N.A.T.O. is NATO
    return plain


def _unaccented(word: str) -> str:
    """Latin letters without their accents; other scripts keep their marks (й is not и)."""
    apart = unicodedata.normalize("NFKD", word)
    if apart.isascii() or not any("\u0370" <= c <= "\uffff" and c.isalpha() for c in apart):
        return "".join(c for c in apart if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", word)


def letters(text: str) -> str:
    """Only the letters of `text`, in the folding of `key`: "cease-fire" is "ceasefire". Numbers stay whole."""
    joined = []
    for found in _TOKEN.finditer(text):
        if found.lastgroup:
            word = key(found.group())
            number = any(c.isdigit() for c in word)
            joined.append(f"|{word.replace(',', '')}|" if number else "".join(c for c in word if c.isalnum()))
    return "".join(joined)


# Words that carry grammar rather than matter: they weigh little when an alignment is judged.
FUNCTION_WORDS = frozenset(
    """a an the this that these those it its he him his she her they them their we us our you your i me my of in on at
    to for from by with as and or but nor so if than then there here is are was were be been being am has have had do
    does did will would shall should may might can could must not no also which who whom whose what when where while
    into over under about after before between during through per such some any all both each other more most very
    just only up out off own same too s t now yet still said says since because although though however until unless
    even among within
    и в во не на с со что как а но по к ко из за от у о об это он она они мы вы я его её их наш ваш для до при так же бы
    ли или если был была были было есть быть который которая которые также чтобы
    der das und ist nicht ein eine einen einem einer den dem des zu mit für auf von sich auch wir sie er es im bei aus
    nach wie dass oder aber sind wird werden wurde haben hat als
    le la les de du et à un une dans pour que qui sur est au aux ne pas avec ce ces cette se sont nous vous il elle ils
    el los las y en con por para del es una lo su
    և է են որ ու մեր այդ այս""".split()
)
