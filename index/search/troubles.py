"""What can be wrong with a query, in words, and what may only be unfinished."""

from __future__ import annotations

MESSAGES = {
    "open-quote": "The quotation mark has no partner.",
    "open-parenthesis": "The parenthesis is not closed.",
    "stray-parenthesis": "There is nothing for this parenthesis to close.",
    "empty-parentheses": "There is nothing between these parentheses.",
    "missing-operand": "{detail} needs something to search for on both sides.",
    "missing-operand-after": "{detail} needs something to search for after it.",
    "empty-field": "{detail}: needs a value after the colon.",
    "empty-phrase": "There is no word between these quotation marks.",
    "unknown-field": "There is no field {detail}. The fields are {fields}.",
    "bad-date": "{detail} is not a date. Write 2024-11-26, 2024-11, 2024, a range as 2023..2024-03, or <2024.",
    "two-dates": "{detail}. Write the one that is meant.",
    "bad-near": "{detail} needs a word or a phrase on both sides.",
    "bad-range": "This range ends before it begins.",
    "bad-value": "{detail}",
    "bad-distance": "A word can differ by 1 or 2 letters: ~1 or ~2.",
    "too-deep": "The parentheses are nested too deeply.",
    "too-long": "The query is too long: 10,000 characters are the limit.",
}
UNFINISHED = frozenset(
    {"open-quote", "open-parenthesis", "missing-operand", "missing-operand-after", "empty-field", "empty-phrase"}
)
