"""What the arguments of commands are made of, and the values that they take: anything else is wrong usage (exit 2)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.problems import Problem

if TYPE_CHECKING:
    from index.model import Span

LARGEST_ID = 2**63 - 1  # the largest number that a database can hold


class Argument(NamedTuple):
    """One argument of a command: its flags (or its name) and argparse's options for it."""

    flags: tuple[str, ...]
    options: dict[str, object]


def arg(*flags: str, **options: object) -> Argument:
    """An argument, as argparse's add_argument takes it."""
    return Argument(flags, options)


def row_id(text: str) -> int:
    """The number of a document, statement or actor. Raises ArgumentTypeError."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_ID:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number that a library gives (1, 2, 3 ...)")


def place(text: str) -> Span:
    """A place in a text, as START-END in code points, the end excluded. Raises ArgumentTypeError."""
    from index.model import Span

    start, _, end = text.partition("-")
    if start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and int(start) < int(end) <= LARGEST_ID:
        return Span(int(start), int(end))
    raise argparse.ArgumentTypeError(f"{text!r} is not a place in a text (START-END, as 120-151)")


def place_or_none(text: str) -> Span | None:
    """A place in a text, or '' for nowhere. Raises ArgumentTypeError."""
    return place(text) if text else None


def pair(text: str) -> tuple[str, str]:
    """A name and its value, as NAME=VALUE; the value may be empty. Raises ArgumentTypeError."""
    name, sign, value = text.partition("=")
    if name.strip() and sign:
        return name.strip(), value
    raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")


def path(text: str) -> str:
    """A file or folder; nothing at all, as an empty variable of a script gives it, is not the current folder. Raises
    ArgumentTypeError."""
    if text:
        return text
    raise argparse.ArgumentTypeError("the name of a file or folder is missing")


def count(text: str) -> int:
    """How many: 0 or more. Raises ArgumentTypeError."""
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a count (0, 1, 2 ...)")


def day(text: str) -> str:
    """A date as people write it, or nothing; checked, but left as it was written. Raises ArgumentTypeError."""
    from index.dates import parse_day

    try:
        if text:
            parse_day(text)
    except Problem as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem
    return text


def period(text: str) -> str | int:
    """A period of means: month, quarter, year, or the last so many codes. Raises ArgumentTypeError."""
    if text in ("month", "quarter", "year"):
        return text
    if text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_ID:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a period: month, quarter, year, or a number of codes")


def method(text: str) -> str:
    """How positions are found. Raises ArgumentTypeError."""
    from index.model import METHODS

    if text not in METHODS:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(METHODS)}")
    return text


def ending(*suffixes: str) -> Callable[[str], str]:
    """A type for the name of a file to write, whose ending tells the format."""

    def checked(text: str) -> str:
        if Path(text).suffix.casefold() not in suffixes:
            raise argparse.ArgumentTypeError(f"{text!r} must end in {', '.join(suffixes[:-1])} or {suffixes[-1]}")
        return text

    return checked
