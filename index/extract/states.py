"""States, the capitals that stand for their governments, and their adjectives, read from `words/states.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class States:
    """`names` maps a name in lower case to the state, `capitals` a capital, `adjectives` an adjective."""

    names: Mapping[str, str]
    capitals: Mapping[str, str]
    adjectives: Mapping[str, str]


@cache
def states() -> States:
    """The states of the data file."""
    file = resources.files("index.extract") / "words" / "states.toml"
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["states"]
    names = {n.casefold(): r["name"] for r in rows for n in (r["name"], *r["others"])}
    capitals = {c.casefold(): r["name"] for r in rows for c in r["capitals"]}
    adjectives = {a.casefold(): r["name"] for r in rows for a in r["adjectives"]}
    return States(names, capitals, adjectives)
