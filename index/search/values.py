"""Whether the words of a value that was typed stand in a name: of an actor, an outlet, a role, an agency."""

from __future__ import annotations

import re
from functools import lru_cache

from index.search.tree import Field
from index.search.words import fold, words

NONE_WORDS = frozenset({"none", "unknown"})


def holds(text: str | None, node: Field) -> bool:
    """True where the words of the value stand in the text, in order and side by side; with `=`: nothing else does."""
    if not text:
        return node.value.lower() in NONE_WORDS and not node.exact
    return holds_words(words(text), node)


def holds_words(have: list[str], node: Field) -> bool:
    if node.value == "*":
        return True
    wanted = wanted_words(node.value)
    n = len(wanted)
    if node.exact:
        return n == len(have) and have == words(node.value)
    return any(
        all(w == h if isinstance(w, str) else w.fullmatch(h) for w, h in zip(wanted, have[i : i + n], strict=True))
        for i in range(len(have) - n + 1)
    )


@lru_cache(maxsize=64)
def wanted_words(value: str) -> list[re.Pattern[str] | str]:
    """The words of a value; those with wildcards as patterns."""
    if not re.search(r"[*?]", value):
        return [*words(value)]
    return [_pattern(piece) for piece in re.findall(r"[\w*?\u0300-\u036f]+", value)]


def _pattern(piece: str) -> re.Pattern[str] | str:
    parts = re.findall(r"[*?]|[^*?]+", piece)
    if not any(p in "*?" for p in parts):
        return fold(piece)
    return re.compile("".join(".*" if p == "*" else "." if p == "?" else re.escape(fold(p)) for p in parts))


def holds_any(texts: list[str], node: Field) -> bool:
    return any(holds(t, node) for t in texts) if texts else holds(None, node)
