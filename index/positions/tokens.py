"""Words as the measuring methods see them: one linear tokeniser, so that counts agree between methods."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# A word, with inner hyphens and apostrophes; or one other visible mark (counted as a token, never as a word).
TOKEN = re.compile(r"\w++(?:[-'’‐‑]\w++)*|[^\w\s]")
WORD = re.compile(r"\w++(?:[-'’‐‑]\w++)*")


def fold(text: str) -> str:
    """`text` in lower case with one kind of apostrophe and hyphen; as long as before, so that places stay true."""
    folded = text.replace("’", "'").replace("‐", "-").replace("‑", "-")
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return WORD.findall(fold(unicodedata.normalize("NFC", text)))


def word_counts(text: str) -> dict[str, int]:
    """How often each word stands in a text."""
    return dict(Counter(words(text)))
