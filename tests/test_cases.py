"""Replays tests/cases/*.txt: short invented articles, each with the statements that extraction must find in it.

A case is header lines ("published: 2031-05-14", "title:", "actor:", "language:", "outlet:", "more: yes" when other
statements may be found too), an empty line, the text, a line "---", and one expected statement a line:

    kind | actor (- is unknown) | words of the content | date: 2031-05-13 | via: TASS | to: the council | parent: 1

Words are compared without punctuation and without a “that” before them; a date is EDTF text or "-"; parent is the
number of another line, from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from index.extract import extract
from index.model import Extraction, FoundStatement, When

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
_WORD = re.compile(r"\w+")
_THAT = (["that"], ["dass"], ["что"])  # whether it belongs to the words is one switch, tested elsewhere


@dataclass(frozen=True)
class Expected:
    """One expected statement and the line of the file that says it."""

    line: int
    kind: str
    actor: str
    words: list[str]
    more: dict[str, str]


def read(file: Path) -> tuple[dict[str, str], str, list[Expected]]:
    """Header, text and expected statements of a case file."""
    whole = file.read_text(encoding="utf-8")
    head, rest = whole.split("\n\n", 1) if not whole.startswith("\n") else ("", whole[1:])
    header = dict(line.split(": ", 1) for line in head.splitlines())
    text, below = rest.split("\n---\n", 1)
    first = whole[: len(whole) - len(below)].count("\n") + 1
    expected = []
    for n, line in enumerate(below.splitlines()):
        if line.strip():
            kind, actor, words, *more = (part.strip() for part in line.split(" | "))
            pairs = dict(part.split(": ", 1) for part in more)
            expected.append(Expected(first + n, kind, actor, _WORD.findall(words), pairs))
    return header, text, expected


def extracted(header: dict[str, str], text: str) -> Extraction:
    """What the engine finds in a case."""
    day = date.fromisoformat(header["published"]) if "published" in header else None
    return extract(
        text,
        When(day, day) if day else None,
        title=header.get("title"),
        outlet=header.get("outlet"),
        actor=header.get("actor"),
        language=header.get("language"),
    )


def words_of(text: str, statement: FoundStatement) -> list[str]:
    """The words of a statement's content."""
    words = [w for span in statement.content for w in _WORD.findall(span.of(text))]
    return words[1:] if words[:1] in _THAT else words


def difference(text: str, expected: Expected, found: FoundStatement, order: dict[int, int]) -> str:
    """What of a found statement is not as expected, or an empty string."""
    checks = {
        "kind": (expected.kind, found.kind),
        "actor": (expected.actor, found.actor or "-"),
        "date": (expected.more.get("date"), found.when.edtf if found.when else "-"),
        "via": (expected.more.get("via"), ", ".join(found.via) or "-"),
        "to": (expected.more.get("to"), found.addressee.of(text) if found.addressee else "-"),
        "role": (expected.more.get("role"), found.role or "-"),
        "parent": (expected.more.get("parent"), str(order.get(-1 if found.parent is None else found.parent, "-"))),
        "speaker": (expected.more.get("speaker"), found.speaker.of(text) if found.speaker else "-"),
    }
    wrong = []
    for name, (wanted, got) in checks.items():
        plain = wanted.replace("’", "'").removeprefix("the ") if wanted else None
        if plain is not None and plain != got.replace("’", "'").removeprefix("the ").removeprefix("The "):
            wrong.append(f"{name} is {got!r}, not {wanted!r}")
    return "; ".join(wrong)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_case_gives_the_statements_written_below_it(file: Path) -> None:
    header, text, expected = read(file)
    statements = extracted(header, text).statements
    left = list(range(len(statements)))
    order: dict[int, int] = {}
    pairs = []
    for number, wanted in enumerate(expected, 1):
        place = next((n for n in left if words_of(text, statements[n]) == wanted.words), None)
        got = [f"{s.kind} | {s.actor or '-'} | {' '.join(words_of(text, s))}" for s in statements]
        assert place is not None, f"{file.name}:{wanted.line}: not found; there are {got}"
        left.remove(place)
        order[place] = number
        pairs.append((wanted, statements[place]))
    for wanted, found in pairs:
        wrong = difference(text, wanted, found, order)
        assert not wrong, f"{file.name}:{wanted.line}: {wrong}"
    if header.get("more") != "yes":
        extra = [" ".join(words_of(text, statements[n])) for n in left]
        assert not extra, f"{file.name}: also found {extra}"
