"""Bytes to articles: a file of any kind that a researcher has becomes texts with what the file says of them.

Nothing is fetched, executed or unpacked to disk. Hostile files can still hang or end a parser, so callers outside of
tests go through the reading process (`index.ingest.worker`), which has limits of time and memory.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from index.model import Article
from index.problems import Problem
from index.readers import dates, limits
from index.readers.decoding import declared_charset, decoded
from index.readers.kinds import PROGRAM_FILES, binary_kind, extension, text_kind

# The kind of a file -> the module and function that read it, imported when the first file of the kind comes.
READERS: dict[str, tuple[str, str]] = {
    "text": ("plain", "text_article"),
    "markdown": ("plain", "markdown_article"),
    "html": ("web", "html_article"),
    "pdf": ("pdf", "pdf_article"),
    "docx": ("word", "docx_article"),
    "odt": ("opendocument", "odt_article"),
    "epub": ("books", "epub_article"),
    "rtf": ("rich", "rtf_article"),
    "mail": ("mail", "mail_articles"),
    "mbox": ("mail", "mbox_articles"),
    "mhtml": ("mail", "mhtml_article"),
    "ole": ("compound", "ole_article"),
    "csv": ("tables", "csv_articles"),
    "xlsx": ("tables", "xlsx_articles"),
    "json": ("tables", "json_articles"),
    "subtitles": ("subtitles", "subtitle_article"),
    "xml": ("feeds", "xml_articles"),
    "zip": ("zips", "zip_articles"),
}
_NOT_READ = frozenset(("picture", "binary", "packed"))
_GIVEN = ("title", "outlet", "author", "language", "url", "actor")


def read(
    path: Path,
    *,
    name: str | None = None,
    metadata: Mapping[str, str] | None = None,
    columns: Sequence[Mapping[str, str]] = (),
) -> list[Article]:
    """The articles of a file, one for most kinds. A file that can't be read is one empty article with its `problem`.

    `name` stands in for the file's own name (originals are kept under other names), `columns` are mappings of
    fields to columns ({"text": "Volltext"}) for tables whose column names don't tell; the first that fits a table is
    used.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Problem("not-regular")
        if status.st_size > limits.FILE_BYTES:
            raise Problem("too-large", detail=f"{status.st_size // limits.MB} MB")
        data = path.read_bytes()
    except FileNotFoundError:
        return [_failed("not-found", "")]
    except OSError as error:
        return [_failed("unreadable", error.strerror or type(error).__name__)]
    except Problem as problem:
        return [_failed(problem.code, problem.detail)]
    return read_bytes(name or path.name, data, metadata=metadata, columns=columns)


def read_bytes(
    name: str, data: bytes, *, metadata: Mapping[str, str] | None = None, columns: Sequence[Mapping[str, str]] = ()
) -> list[Article]:
    """The articles in `data`, a file called `name` (the name gives hints only). Never raises for what the bytes
    hold."""
    try:
        articles = articles_of(name, data, columns)
    except Problem as problem:
        return [_failed(problem.code, problem.detail)]
    except RecursionError:
        return [_failed("damaged", "it is nested too deeply")]
    except MemoryError:
        return [_failed("bomb", "it needs too much memory")]
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, EOFError) as error:
        return [_failed("damaged", f"{type(error).__name__}: {str(error)[:120]}")]
    if metadata:
        articles = [article if article.problem else with_metadata(article, metadata) for article in articles]
    return articles


def articles_of(name: str, data: bytes, columns: Sequence[Mapping[str, str]] = ()) -> list[Article]:
    """The articles in `data`; raises Problem where `read_bytes` returns it."""
    if not data or not data.strip(b" \t\r\n\x00"):
        raise Problem("empty")
    kind = kind_of(name, data)
    if kind in _NOT_READ or kind not in READERS:
        raise Problem("unknown-format" if kind != "binary" else "binary")
    module_name, function_name = READERS[kind]
    reader = getattr(import_module(f"index.readers.{module_name}"), function_name)
    options = ({"name": name} if kind in _NAMED else {}) | ({"columns": columns} if kind in _TABLES else {})
    found = reader(data, **options)
    articles = found if isinstance(found, list) else [found]
    if not articles:
        raise Problem("no-text")
    if sum(len(one.text) for one in articles) > limits.FILE_CHARACTERS:
        raise Problem("bomb", detail=f"more than {limits.FILE_CHARACTERS // 1_000_000} million characters")
    if sum(not one.problem for one in articles) == 1:
        articles[0] = _with_name_dates(articles[0], name)
    return articles


_NAMED = frozenset(("html", "mhtml", "csv", "xlsx", "json", "zip", "xml", "subtitles"))
_TABLES = frozenset(("csv", "xlsx", "json"))


def kind_of(name: str, data: bytes) -> str:
    """The kind of a file ("pdf", "html", "text" ...) by its content. Raises Problem("binary") for what is none of
    them."""
    kind = binary_kind(name, data)
    if kind:
        return kind
    if extension(name) in PROGRAM_FILES:
        return "program"
    if len(data) > limits.TEXT_FILE_BYTES:
        raise Problem("too-large", detail=f"{len(data) // limits.MB} MB of text")
    head = data[:65536]
    text, _ = decoded(head[: len(head) // 4 * 4] if len(data) > 65536 else data, declared_charset(head))
    return text_kind(name, data, text)


def with_metadata(article: Article, row: Mapping[str, str]) -> Article:
    """The article as a row of a metadata table sets it: given values win, other columns become attributes."""
    given = {key: value.strip() for key, value in row.items() if value and value.strip()}
    changes: dict[str, object] = {key: given[key] for key in _GIVEN if key in given}
    published = given.get("published")
    if published:
        stated = dates.stated(published, "metadata table", 1.0)
        if stated:
            others = tuple(one for one in article.dates if one.rule != "metadata table")
            changes["published"], changes["dates"] = stated, (stated, *others)
    rest = {key: value for key, value in given.items() if key not in (*_GIVEN, "published", "file")}
    if rest:
        changes["attributes"] = {**article.attributes, **rest}
    return replace(article, **changes) if changes else article  # type: ignore[arg-type]


def _with_name_dates(article: Article, name: str) -> Article:
    hints = list(dates.in_name(name))
    if not hints or any("file name" in one.rule for one in article.dates):
        return article
    best, conflicting = dates.chosen([*article.dates, *hints], article.text)
    return replace(article, published=best, dates=conflicting)


def _failed(code: str, detail: str) -> Article:
    return Article("", problem=code, detail=detail)
