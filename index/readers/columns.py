"""Columns of tables told by their names, and rows made into articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice

from index.model import Article, When
from index.problems import Problem
from index.readers import dates, limits
from index.readers.markup import html_text
from index.readers.plain import article

Columns = Mapping[str, str]  # field ("text", "title", "published" ...) -> name of the column
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "fulltext", "full_text", "article", "article_text", "articlebody", "story",
        "maintext", "main_text", "transcript", "speech", "statement", "message", "selftext", "contents", "texte",
        "texto", "inhalt", "testo", "текст",
    ),
    "title": (
        "title", "headline", "heading", "subject", "titre", "titel", "titulo", "título", "titolo", "schlagzeile",
        "заголовок", "name",
    ),
    "published": (
        "published", "publication_date", "publicationdate", "pubdate", "pub_date", "published_at", "publishedat",
        "datepublished", "date_published", "date_publish", "publish_date", "date", "datetime", "day", "created_at",
        "created", "time", "timestamp", "datum", "fecha", "data", "дата",
    ),
    "outlet": (
        "outlet", "source", "publication", "publisher", "newspaper", "media", "medium", "sitename", "site_name",
        "site", "domain", "source_name", "journal", "quelle", "fuente", "источник",
    ),
    "author": (
        "author", "authors", "byline", "creator", "writer", "journalist", "autor", "auteur", "автор",
    ),
    "url": (
        "url", "link", "address", "source_url", "permalink", "web_url", "canonical_url", "uri",
    ),
    "language": (
        "language", "lang", "sprache", "langue", "idioma",
    ),
    "actor": (
        "actor", "speaker", "speaker_name", "sprecher",
    ),
}  # fmt: skip


def guessed_columns(header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """Which column holds what, by their names; the texts may also be told by their length in `sample` rows."""
    keys = {key_of(column): column for column in reversed(header) if column}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        column = next((keys[name] for name in names if name in keys and keys[name] not in found.values()), None)
        if column:
            found[field] = column
    if "text" not in found:
        longest = max(
            ((_mean_length(sample, at), column) for at, column in enumerate(header) if column not in found.values()),
            default=(0.0, ""),
        )
        if longest[0] >= 120:
            found["text"] = longest[1]
    return found


def _mean_length(sample: Sequence[Sequence[str]], at: int) -> float:
    cells = [row[at] for row in sample if at < len(row)]
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def key_of(column: str) -> str:
    """The name of a column folded: small letters, one underscore for spaces, points and hyphens."""
    return re.sub(r"[\s\-.]+", "_", column.strip().lower().lstrip("\ufeff")).strip("_")


def articles_of_rows(header: list[str], rows: Iterable[list[str]], columns: Sequence[Columns]) -> list[Article]:
    """The articles of a table, one for each row with a text; `columns` are what people said of such tables before.

    Raises Problem: "no-column" (none holds texts), "metadata-table" (it is about files), "no-text", "too-large", "bomb".
    """
    rows = iter(rows)
    sample = list(islice(rows, 50))
    said = next((one for one in columns if "text" in one and set(one.values()) <= set(header)), None)
    mapping = dict(said) if said else guessed_columns(header, sample)
    names = {key_of(column) for column in header}
    if not said and {"file", "filename"} & names and "text" not in guessed_columns(header):
        mapping.pop("text", None)  # a long column of a table about files is a remark on them
    if "text" not in mapping:
        raise Problem("metadata-table" if {"file", "filename"} & names else "no-column", detail=", ".join(header)[:120])
    places = {field: header.index(column) for field, column in mapping.items() if column in header}
    others = [(at, column) for at, column in enumerate(header) if column and at not in places.values()]
    found: list[Article] = []
    characters = 0
    for row in chain(sample, rows):
        if len(found) >= limits.ARTICLES:
            raise Problem("too-large", detail=f"more than {limits.ARTICLES:,} articles")
        one = _row(row, places, others, mapping)
        if one:
            found.append(one)
            characters += len(one.text)
        if characters > limits.FILE_CHARACTERS:
            raise Problem("bomb", detail=f"more than {limits.FILE_CHARACTERS // 1_000_000} million characters")
    if not found:
        raise Problem("no-text")
    return found


def _row(
    row: list[str], places: dict[str, int], others: list[tuple[int, str]], mapping: Mapping[str, str]
) -> Article | None:
    cells = {field: row[at].strip() for field, at in places.items() if at < len(row) and row[at] and row[at].strip()}
    body = cells.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(?:p|div|a|span|br|b|i|em|strong)>|<(?:p|br)\s{0,3}/?>", body[:5000], re.I):
        body = html_text(body)
    if not body.strip():
        return None
    told = dates.stated(
        cells.get("published", ""), f"column {mapping.get('published', '')!r} of the table", 0.97
    ) or _seconds(cells.get("published", ""), mapping)
    made = article(
        body,
        title=cells.get("title"),
        author=cells.get("author"),
        outlet=cells.get("outlet"),
        url=cells.get("url"),
        language=cells.get("language"),
        candidates=[told] if told else [],
        attributes={
            column: row[at].strip()[:2000] for at, column in others if at < len(row) and row[at] and row[at].strip()
        },
    )
    return made if "actor" not in cells else _spoken(made, cells["actor"])


def _spoken(made: Article, actor: str) -> Article:
    return replace(made, actor=actor)


def _seconds(value: str, mapping: Mapping[str, str]) -> When | None:
    """A Unix time in seconds or milliseconds, as APIs give it."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?(?:\.\d{1,6})?", value):
        return None
    seconds = float(value) / (1000 if len(value.split(".")[0]) == 13 else 1)
    day = datetime.fromtimestamp(seconds, UTC).date()
    return dates.when(day, day, f"column {mapping.get('published', '')!r} of the table", 0.95)
