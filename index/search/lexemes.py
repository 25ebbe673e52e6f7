"""A query cut into its smallest pieces: words, phrases, parentheses, fields, signs. Any string can be cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = "\"“”„‟«»″＂「」『』"
_PIECE = re.compile(
    rf"""(?P<space>\s++)
    |(?P<open>\()|(?P<close>\))
    |(?P<phrase>(?P<exact>=)?[{_QUOTES}](?P<inner>[^{_QUOTES}]*+)(?P<end>[{_QUOTES}])?(?:~(?P<within>\d{{1,4}}+)?)?)
    |(?P<single>[‘‹](?P<said>(?:[^‘’‹›]|’(?=\w)){{1,300}})[’›](?!\w))
    |(?P<near>(?:NEAR(?:/\d{{1,4}})?|[Nn]ear/\d{{1,4}}|[Ww]/\d{{1,4}})(?=\s))
    |(?P<sign>[-!+])(?=[^\W\d][\w-]{{0,60}}+:(?!//)|\(|=?[{_QUOTES}])
    |(?P<field>[^\W\d][\w-]{{0,60}}+):(?!//)
    |(?P<range>[\[{{][^\s\[\]{{}}]{{1,30}}+\s{{1,9}}+TO\s{{1,9}}+[^\s\[\]{{}}]{{1,30}}+[\]}}])
    |(?P<bar>\|{{1,2}}+|&&)
    |(?P<word>[^\s(){_QUOTES}|]++|\|)""",
    re.VERBOSE,
)
NEAR = 10  # words that may stand between, where no number is given
OPERATORS = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "|": "or", "||": "or"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: open, close, phrase, near, field or word, with its place; `within` is for phrase and near."""

    kind: str
    start: int
    end: int
    text: str
    exact: bool = False
    within: int | None = None
    closed: bool = True


def lexemes(query: str) -> list[Lexeme]:
    """The pieces of a query in order, blanks left out."""
    found = []
    for m in _PIECE.finditer(query):
        kind = m.lastgroup or "word"
        if m["phrase"] is not None:
            tilde = m["phrase"].rpartition("~")[2] if m["phrase"].endswith("~") else None
            within = int(m["within"]) if m["within"] else NEAR if tilde == "" and m["end"] else None
            found.append(
                Lexeme("phrase", m.start(), m.end(), m["inner"], bool(m["exact"]), within, m["end"] is not None)
            )
        elif m["single"] is not None:
            found.append(Lexeme("phrase", m.start(), m.end(), m["said"]))
        elif m["near"] is not None:
            number = m["near"].partition("/")[2]
            found.append(Lexeme("near", m.start(), m.end(), m["near"], within=int(number or NEAR)))
        elif m["space"] is None:
            text = m["field"] if m["field"] is not None else m.group()
            kind = "field" if m["field"] is not None else "open" if m["open"] else "close" if m["close"] else "word"
            if text == "+" and m["sign"]:
                continue
            found.append(Lexeme(kind, m.start(), m.end(), text))
    return found
