"""Text in, statements out: the pipeline of extraction in ten lines. Pure: no database, no clock, no randomness."""

from __future__ import annotations

from dataclasses import replace

from index.extract.attributions import trimmed
from index.extract.dates import date_expressions
from index.extract.dating import dated
from index.extract.hybrid import attributions as proposed
from index.extract.interviews import answers, interview
from index.extract.lexicon import language_of, lexicon
from index.extract.nested import inside_quotations, without_doubles
from index.extract.pages import Page, page
from index.extract.statements import own_statements, statements
from index.extract.turns import NO_INTERVIEW, Interview
from index.extract.utterances import utterances
from index.model import Extraction, FoundActor, FoundStatement, When

__all__ = ["extract"]


def extract(
    text: str,
    published: When | None = None,
    *,
    title: str | None = None,
    outlet: str | None = None,
    actor: str | None = None,
    language: str | None = None,
    model: bool = True,
) -> Extraction:
    """The statements of one text, in reading order, with their actors, dates and chains.

    `published` dates what is said relative to it; `actor` says that the whole text is that actor's own words;
    `language` is a code such as "en" (guessed when not given); `model` False leaves the sequence model out. `notes` of
    the result holds "model-missing" when the model's file could not be read. Never raises on bad text.
    """
    read = page(text, lexicon(language or language_of(text)))
    if actor:
        return _finished(read, own_statements(read, actor), (FoundActor(actor),), published, NO_INTERVIEW, ())
    said, notes = proposed(read, model=model)
    said = without_doubles(trimmed(read, [*said, *inside_quotations(read, said)]))
    talk = interview(text, title)
    found, actors = statements(read, said, talk, answers(text, talk))
    return _finished(read, found, actors, published, talk, notes)


def _finished(
    read: Page,
    found: list[FoundStatement],
    actors: tuple[FoundActor, ...],
    published: When | None,
    talk: Interview,
    notes: tuple[str, ...],
) -> Extraction:
    """Dates and utterance numbers for statements that are otherwise whole."""
    when = dated(read.text, found, published, date_expressions(read.text, published), talk.turns, read)
    numbers = utterances(read.text, when)
    return Extraction(tuple(replace(s, utterance=n) for s, n in zip(when, numbers, strict=True)), actors, notes)
