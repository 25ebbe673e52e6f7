"""How commands open a library: where it can only be read they say so."""

from __future__ import annotations

from pathlib import Path

from index.commands.output import say
from index.library import Library
from index.problems import sentence


def opened(path: Path | str, *, joined: bool = False) -> Library:
    """The library in a folder; `joined` for a command that counts what several print as one. Raises `Problem`."""
    library = Library.open(path)
    if joined:
        library.join_utterances()  # of an import that was ended before it could
    if library.read_only:
        say(sentence("opened-read-only", library.path))
    return library
