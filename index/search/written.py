"""A tree written back as a query: what is offered as the mended query, and what suggestions put into the box."""

from __future__ import annotations

import re
from itertools import islice

from index.search.lexemes import OPERATORS
from index.search.tree import And, Dates, Field, Node, Not, Or, Phrase, Titled, Undated, Word
from index.search.words import WORD

_MEANT = {*OPERATORS, "NEAR"}  # words that mean something else unless they stand in quotation marks


def written(node: Node, inside: bool = False) -> str:
    """A query string that means `node`; parsing it gives an equal tree."""
    match node:
        case Word() | Phrase():
            return _written_text(node)
        case Titled(part):
            return "title:" + _written_text(part)
        case Field(name, value, _, exact):
            return f"{name}:{'=' if exact else ''}{_quoted(value)}"
        case Dates(name, _, _, printed):
            return f"{name}:{_quoted(printed)}"
        case Undated(name):
            return f"{name}:none"
        case Not(part):
            return "NOT " + written(part, True)
        case And(parts):
            text = " ".join(written(p, True) for p in parts)
            return f"({text})" if inside else text
        case Or(parts):
            text = " OR ".join(written(p, True) for p in parts)
            return f"({text})" if inside else text
        case _:
            return "*" if inside else ""


def _written_text(node: Word | Phrase) -> str:
    if isinstance(node, Phrase) and node.runs:
        words, sides = iter(node.words), []
        for n in node.runs:
            some = tuple(islice(words, n))
            sides.append(_written_text(some[0] if n == 1 else Phrase(some)))
        return f" NEAR/{node.within} ".join(sides[:2]) + "".join(f" NEAR/0 {side}" for side in sides[2:])
    if isinstance(node, Phrase):
        mark = "=" if all(w.mode == "exact" for w in node.words) else ""
        end = "" if node.within is None else f"~{node.within}"
        return f'{mark}"{node.printed or " ".join(w.printed or w.text for w in node.words)}"{end}'
    text = node.printed or node.text
    if node.mode == "fuzzy":
        return f"{node.text}~{node.distance}"
    if node.mode == "exact":
        return f'="{text}"'
    return f'"{text}"' if text in _MEANT or (not WORD.fullmatch(text) and node.mode == "stem") else text


def _quoted(value: str) -> str:
    return value if re.fullmatch(r"[\w.<>=*?-]+", value) and value not in _MEANT else f'"{value}"'
