"""What the two Whoosh indexes hold: the words of statements, and the words and titles of documents. Nothing else.

Structure (actor, dates, outlet, kind, issue ...) is never in Whoosh: SQLite has it, always fresh.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import whoosh
from whoosh import fields
from whoosh.analysis import Token, Tokenizer

from index.search import codec
from index.search.words import LONGEST, WORD, placed_words

UNITS = ("statements", "documents")


class Words(Tokenizer):  # type: ignore[misc]
    """Our way of cutting a text into words, for Whoosh's own parser and searcher."""

    def __call__(self, value: str, **options: Any) -> Iterator[Any]:
        token: Any = Token(True, False)
        token.stopped = False
        token.boost = 1.0
        for token.pos, (_, _, word) in enumerate(placed_words(value)):
            token.original = token.text = word
            if word:
                yield token


class Text(fields.TEXT):  # type: ignore[misc]
    """A field of words with their positions."""

    def __init__(self) -> None:
        super().__init__(analyzer=Words(), stored=False, phrase=True)
        self.format = codec.Places()


SCHEMAS = {
    "statements": fields.Schema(id=fields.STORED(), text=Text()),
    "documents": fields.Schema(id=fields.STORED(), text=Text(), title=Text()),
}
TEXT_FIELDS = {unit: tuple(n for n, f in schema.items() if isinstance(f, Text)) for unit, schema in SCHEMAS.items()}


def fingerprint() -> str:
    """Changes whenever an index made before could not be used any more: our format, our words, Whoosh's version."""
    facts = (codec.FORMAT, sorted(TEXT_FIELDS.items()), WORD.pattern, LONGEST, whoosh.__version__)
    return hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()
