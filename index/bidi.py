"""Words of a script that is written from right to left, inside a line of another: without care the line changes its sense.

In “three → four” with Arabic numerals in words, the arrow takes the direction of its neighbours, so that the change is
read backwards; a date beside a Hebrew name falls apart. Isolates (Unicode Standard Annex 9) keep them in their places.
"""

from __future__ import annotations

import re

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def isolated(words: str) -> str:
    """Words as part of a line: between isolates where a letter is written from right to left, else as they are.

    The mark before them keeps a line that begins with them one of ours, also where isolates are looked into.
    """
    return f"\u200e\u2068{words}\u2069" if _RIGHT_TO_LEFT.search(words) else words
