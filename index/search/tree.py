"""What a query means, as a small tree; every leaf knows its place in the query string."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index.model import Span

Mode = Literal["stem", "exact", "pattern", "fuzzy", "any"]
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, folded; `mode` says what it stands for: all forms of it, itself, a wildcard pattern, its like,
    or (inside a phrase) any word.
    """

    text: str
    mode: Mode = "stem"
    distance: int = 0
    span: Span = field(default=NOWHERE, compare=False)
    printed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in this order; with `within`, in any order with at most so many other words among them.

    `runs` (with `within`): so many words after another of it stand side by side; an empty one: each stands for itself.
    """

    words: tuple[Word, ...]
    within: int | None = None
    span: Span = field(default=NOWHERE, compare=False)
    printed: str = field(default="", compare=False)
    runs: tuple[int, ...] = ()

    @property
    def known(self) -> tuple[Word, ...]:
        """The words without those that stand for any word."""
        return tuple(w for w in self.words if w.mode != "any")


@dataclass(frozen=True, slots=True)
class Titled:
    """A word or phrase in the title of the document."""

    part: Word | Phrase


@dataclass(frozen=True, slots=True)
class Field:
    """A fact: `name` is one of `fieldnames.FIELDS` or an attribute of the library; `value` is as typed."""

    name: str
    value: str
    span: Span = field(default=NOWHERE, compare=False)
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """A range of days (ordinals, both included, None: open) of field "said" or "published". `printed` is as typed."""

    name: str
    earliest: int | None
    latest: int | None
    printed: str = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Undated:
    """`said:none`: rows without that date."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All but this."""

    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Documents with one statement for which all of this holds."""

    part: Node


Node = Word | Phrase | Titled | Field | Dates | Undated | And | Or | Not | Everything | Saying


def leaves(node: Node, wanted: bool = True) -> list[Node]:
    """The leaves of a tree in the order of the query; those under a "not" only when `wanted` is False."""
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part, wanted)]
        case Not(part):
            return [] if wanted else leaves(part, wanted)
        case Everything():
            return []
        case _:
            return [node]


def text_leaves(node: Node) -> list[Word | Phrase]:
    """The words and phrases that a hit shows in its text."""
    return [leaf for leaf in leaves(node) if isinstance(leaf, Word | Phrase)]


def all_of(parts: list[Node]) -> Node:
    """The parts joined by "and", as flat as can be."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, And):
            flat += part.parts
        elif not isinstance(part, Everything):
            flat.append(part)
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else Everything()


def any_of(parts: list[Node]) -> Node:
    """The parts joined by "or", as flat as can be."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) else (part,)
    return flat[0] if len(flat) == 1 else Or(tuple(flat)) if flat else Everything()
