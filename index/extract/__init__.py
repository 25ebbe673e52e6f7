"""Text in, statements out: the pipeline of extraction in ten lines. Pure: no database, no clock, no randomness."""

from __future__ import annotations

from dataclasses import replace

from index.extract.attributions import trimmed
from index.extract.lexicon import language_of, lexicon
from index.extract.nested import inside_quotations, without_doubles
from index.extract.pages import page
from index.extract.reported import attributions
from index.extract.statements import own_statements, statements
from index.model import Extraction, FoundActor, FoundStatement, When

try:
    from index.extract.dating import dated
except ImportError:
    dated = None
try:
    from index.extract.utterances import utterances
except ImportError:
    utterances = None

__all__ = ["extract"]


def extract(
    text: str, published: When | None = None, *, title: str | None = None, outlet: str | None = None,
    actor: str | None = None, language: str | None = None, model: bool = True,
) -> Extraction:
    """The statements of one text, in reading order, with their actors, dates and chains.

    `published` dates what is said relative to it; `actor` says that the whole text is that actor's own words;
    `language` is a code such as "en" (guessed when not given); `model` False leaves the sequence model out. `notes` of
    the result holds "model-missing" when the model's file could not be read. Never raises on bad text.
    """
    read = page(text, lexicon(language or language_of(text)))
    notes: tuple[str, ...] = ()
    if actor:
        found, actors = own_statements(read, actor), (FoundActor(actor),)
    else:
        said = attributions(read)
        said = [replace(a, content=trimmed(read, a.content)) for a in [*said, *inside_quotations(read, said)]]
        found, actors = statements(read, without_doubles([a for a in said if a.content]))
    return Extraction(tuple(_numbered(text, _dated(text, found, published))), actors, notes)


def _dated(text: str, found: list[FoundStatement], published: When | None) -> list[FoundStatement]:
    if dated is None:
        return found
    from index.extract.dates import date_expressions

    return list(dated(text, found, published, date_expressions(text, published)))


def _numbered(text: str, found: list[FoundStatement]) -> list[FoundStatement]:
    if utterances is None:
        return [replace(s, utterance=n) for n, s in enumerate(found, 1)]
    return [replace(s, utterance=n) for s, n in zip(found, utterances(text, found), strict=True)]
