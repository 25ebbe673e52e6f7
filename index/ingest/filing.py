"""From what was read and found in a text to rows in the library: links actors, stores statements, dates them anew.

Extraction and the grammar of names are imported where they are used: they bring numpy, which a window that only opens
a library does not wait for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from index.model import Article, Extraction, FoundActor, FoundStatement, Span, Statement, When
from index.problems import Problem
from index.store import actors, documents, statements
from index.store.store import Store


def file_article(
    store: Store,
    article: Article,
    extraction: Extraction,
    *,
    file: str,
    part: int = 0,
    original: str | None = None,
    original_digest: str | None = None,
    duplicate_of: int | None = None,
    rules: str = "",
) -> int:
    """Store an article and its statements in one transaction; returns the document's id."""
    with store.transaction():
        document_id = documents.add_document(
            store, article, file=file, part=part, original=original, original_digest=original_digest,
            duplicate_of=duplicate_of, rules=rules,
        )  # fmt: skip
        file_extraction(store, document_id, article.text, extraction)
    return document_id


def file_extraction(store: Store, document_id: int, text: str, extraction: Extraction) -> list[int]:
    """Store the statements found in a document's text (within the caller's transaction); their ids in order."""
    actor_ids = link_actors(store, document_id, extraction)
    return statements.add_statements(store, document_id, text, as_cited(text, extraction), actor_ids)


def as_cited(text: str, extraction: Extraction) -> list[FoundStatement]:
    """The statements of an extraction with their contents as the library cites them."""
    return [after_that(text, statement) for statement in extraction.statements]


def after_that(text: str, statement: FoundStatement) -> FoundStatement:
    """The statement as it is cited: "said that X" is X.

    Extraction gives the content as its training corpus marks it, where the conjunction belongs to the content (with it
    the exact agreement on held-back articles is .72, without .62); nobody quotes it, so the library leaves it out.
    """
    first = statement.content[0]
    word = text[first.start : first.end].split(None, 1)
    if statement.kind not in ("indirect", "mixed") or len(word) < 2 or word[0].casefold() not in _conjunctions():
        return statement
    start = text.index(word[1][0], first.start + len(word[0]))
    return replace(statement, content=(Span(start, first.end), *statement.content[1:]))


@cache
def _conjunctions() -> frozenset[str]:
    """ "that" in each language there is data for."""
    from index.extract.lexicon import languages, lexicon

    return frozenset(lexicon(language).that for language in languages())


def link_actors(store: Store, document_id: int, extraction: Extraction) -> dict[str, int]:
    """{name in this document: actor id}, new actors made where no known one goes by the same full name.

    Only names with equal keys are linked by the program itself; likely matches are proposals for a person.
    """
    spoken = {statement.actor for statement in extraction.statements if statement.actor}
    found = {actor.name: actor for actor in extraction.actors if actor.name in spoken}
    linked: dict[str, int] = {}
    for name in sorted(spoken):
        actor = found.get(name, FoundActor(name))
        linked[name] = _linked(store, actor, document_id)
        for role in actor.roles:
            actors.add_role(store, linked[name], role, document_id=document_id)
    return linked


def _linked(store: Store, found: FoundActor, document_id: int) -> int:
    """The one known actor with the key of this name, or a new one.

    A surname alone, or an office nobody is named in, is an actor of its document only: who it is, people decide.
    """
    from index.actors.names import linkable, name_key

    key = name_key(found.name)
    if linkable(found):
        known = actors.by_key(store, key)
    else:  # people may have said whose name it is
        known = actors.by_key(store, key, by_hand=True)
    if len(known) != 1 and (known or not linkable(found)):
        key = f"{key} in document {document_id}"
        known = actors.by_key(store, key) or actors.speakers_called(store, document_id, found.name)
    told = (alias for alias in found.aliases if linkable(FoundActor(alias, found.kind)) and len(alias.split()) > 1)
    names = [(found.name, key), *((alias, name_key(alias)) for alias in told if alias != found.name)]
    if not known:
        return actors.add_actor(store, found.name, found.kind, names)
    for name, other in names:
        if not actors.by_key(store, other):
            actors.add_alias(store, known[0], name, other)
    if found.kind != "unknown":
        actors.set_kind(store, known[0], found.kind)
    return known[0]


def actor_named(store: Store, name: str) -> int:
    """The actor that goes by this name, or a new one; for corrections by hand."""
    name = " ".join(name.split())
    if not name:
        raise Problem("bad-value", detail="An actor needs a name.")
    from index.actors.names import name_key

    known = actors.by_name(store, name) or actors.by_key(store, name_key(name))
    return known[0] if known else actors.add_actor(store, name, "unknown", [(name, name_key(name))], by_hand=True)


def redate(store: Store, document_id: int, published: When | None) -> int:
    """Resolve the dates of a document's statements anew after its publication date changed (within the caller's
    transaction); those that people set stay. Returns how many changed."""
    from index.extract.dates import date_expressions
    from index.extract.dating import dated

    text = documents.text_of(store, document_id)
    stored = statements.statements(store, statements.statement_ids(store, document_id=document_id, rejected=True))
    found = as_found(stored)
    again = dated(text, found, published, date_expressions(text, published))
    changed = 0
    for statement, new in zip(stored, again, strict=True):
        if new.when != statement.when:
            statements.set_when(store, statement.id, new.when)
            changed += 1
    return changed


def as_found(stored: Sequence[Statement]) -> list[FoundStatement]:
    """Stored statements of one document as extraction would hand them on, parents by position."""
    places: Mapping[int, int] = {statement.id: at for at, statement in enumerate(stored)}
    return [
        FoundStatement(
            kind=statement.kind, content=statement.content, speaker=statement.speaker, cue=statement.cue,
            addressee=statement.addressee, actor=statement.actor, actor_rule=statement.actor_rule,
            role=statement.role, when=None, via=statement.via, parent=places.get(statement.parent_id or 0),
            utterance=statement.utterance_id or 0, rule=statement.rule, certainty=statement.certainty,
        )
        for statement in stored
    ]  # fmt: skip


