"""The words of signals.toml by which a change in meaning is told, as keys: of all languages together."""

from __future__ import annotations

import tomllib
from importlib import resources

from index.compare.tokens import key

_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    (resources.files("index") / "compare" / "signals.toml").read_text(encoding="utf-8")
)


def _keys(table: str) -> frozenset[str]:
    """The keys of a table's words."""
    return frozenset(key(word) for words in _TABLES[table].values() for word in words.split())


MONTHS = _keys("months")
SMALL = frozenset(key(word) for word in _TABLES["months"]["ru"].split())  # months written without a capital
DATES = MONTHS | _keys("days")
NEGATIONS = _keys("negations")
MODALS = _keys("modals")
HEDGES = _keys("hedges")
UNITS = _keys("units")
TITLES = _keys("titles")
