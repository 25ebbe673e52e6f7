"""A query cut into its smallest pieces: words, phrases, parentheses, fields, signs. Any string can be cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = "\"“”„‟«»″＂「」『』"
_PIECE = re.compile(
    rf"""(?P<space>\s++)
    |(?P<open>\()|(?P<close>\))
    |(?P<phrase>(?P<exact>=)?[{_QUOTES}](?P<inner>[^{_QUOTES}]*+)(?P<end>[{_QUOTES}])?(?:~(?P<within>\d{{1,4}}+)?)?)
    |(?P<sign>[-!+])(?=[^\W\d][\w-]{{0,60}}+:(?!//)|\(|=?[{_QUOTES}])
    |(?P<field>[^\W\d][\w-]{{0,60}}+):(?!//)
    |(?P<range>[\[{{][^\s\[\]{{}}]{{1,30}}+\s{{1,9}}+TO\s{{1,9}}+[^\s\[\]{{}}]{{1,30}}+[\]}}])
    |(?P<bar>\|{{1,2}}+|&&)
    |(?P<word>[^\s(){_QUOTES}|]++|\|)""",
    re.VERBOSE,
)
OPERATORS = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "|": "or", "||": "or"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    kind: str
    start: int
    end: int
    text: str
    exact: bool = False
    within: int | None = None
    closed: bool = True


def lexemes(query: str) -> list[Lexeme]:
    found = []
    for m in _PIECE.finditer(query):
        kind = m.lastgroup or "word"
        if m["phrase"] is not None:
            tilde = m["phrase"].rpartition("~")[2] if m["phrase"].endswith("~") else None
            within = int(m["within"]) if m["within"] else 10 if tilde == "" and m["end"] else None
            found.append(
                Lexeme("phrase", m.start(), m.end(), m["inner"], bool(m["exact"]), within, m["end"] is not None)
            )
        elif m["space"] is None:
            text = m["field"] if m["field"] is not None else m.group()
            kind = "field" if m["field"] is not None else "open" if m["open"] else "close" if m["close"] else "word"
            if text == "+" and m["sign"]:
                continue
            found.append(Lexeme(kind, m.start(), m.end(), text))
    return found
