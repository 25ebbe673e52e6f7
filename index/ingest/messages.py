"""Nouns as JSON and back: how the reading processes talk to the program. Never pickle, so a broken process can only
send text."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from index.model import Article, Extraction, FoundActor, FoundStatement, Precision, Span, When

_ARTICLE = ("title", "outlet", "author", "language", "url", "actor", "problem")


def when_message(when: When | None) -> list[Any] | None:
    """A date as [earliest, latest, precision, rule, certainty, expression]."""
    if when is None:
        return None
    return [
        _day(when.earliest),
        _day(when.latest),
        when.precision,
        when.rule,
        when.certainty,
        when.expression and list(when.expression),
    ]


def when_of(message: list[Any] | None) -> When | None:
    """The date in a message."""
    if message is None:
        return None
    earliest, latest, precision, rule, certainty, expression = message
    return When(
        _date(earliest), _date(latest), cast(Precision, str(precision)), str(rule), float(certainty), _span(expression)
    )


def article_message(article: Article) -> dict[str, Any]:
    """An article as a JSON object."""
    return {
        "text": article.text,
        "detail": article.detail,
        "published": when_message(article.published),
        "dates": [when_message(one) for one in article.dates],
        "attributes": dict(article.attributes),
        **{name: getattr(article, name) for name in _ARTICLE},
    }


def article_of(message: dict[str, Any]) -> Article:
    """The article in a message."""
    return Article(
        str(message["text"]),
        detail=str(message["detail"]),
        published=when_of(message["published"]),
        dates=tuple(filter(None, map(when_of, message["dates"]))),
        attributes=dict(message["attributes"]),
        **{name: message[name] for name in _ARTICLE},
    )


def extraction_message(extraction: Extraction) -> dict[str, Any]:
    """What extraction found, as a JSON object."""
    return {
        "statements": [_statement_message(one) for one in extraction.statements],
        "actors": [[one.name, one.kind, list(one.aliases), list(one.roles)] for one in extraction.actors],
        "notes": list(extraction.notes),
    }


def extraction_of(message: dict[str, Any]) -> Extraction:
    """The extraction in a message."""
    return Extraction(
        tuple(map(_statement_of, message["statements"])),
        tuple(FoundActor(name, kind, tuple(aliases), tuple(roles)) for name, kind, aliases, roles in message["actors"]),
        tuple(message["notes"]),
    )


_STATEMENT = ("kind", "actor", "actor_rule", "role", "parent", "utterance", "rule", "certainty")
_PLACES = ("speaker", "cue", "addressee")


def _statement_message(one: FoundStatement) -> dict[str, Any]:
    return {
        "content": [list(span) for span in one.content],
        "when": when_message(one.when),
        "via": list(one.via),
        **{name: getattr(one, name) for name in _STATEMENT},
        **{name: getattr(one, name) and list(getattr(one, name)) for name in _PLACES},
    }


def _statement_of(message: dict[str, Any]) -> FoundStatement:
    given: dict[str, Any] = {name: message[name] for name in _STATEMENT}
    places: dict[str, Any] = {name: _span(message[name]) for name in _PLACES}
    content = tuple(Span(*pair) for pair in message["content"])
    return FoundStatement(content=content, when=when_of(message["when"]), via=tuple(message["via"]), **places, **given)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _span(pair: list[int] | None) -> Span | None:
    return Span(int(pair[0]), int(pair[1])) if pair else None
