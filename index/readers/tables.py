"""CSV, XLSX and JSON with an article per row: columns are told by their names, or as the user says."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from index.model import Article, TableHead
from index.problems import Problem
from index.readers import dates, limits
from index.readers.archives import Package
from index.readers.decoding import decoded
from index.readers.markup import html_text
from index.readers.plain import article, text_article

Table = tuple[list[str], Iterator[list[str]]]
Columns = Mapping[str, str]  # field ("text", "title", "published" ...) -> name of the column
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "fulltext",
        "full_text",
        "article",
        "article_text",
        "articlebody",
        "story",
        "maintext",
        "main_text",
        "transcript",
        "speech",
        "statement",
        "message",
        "selftext",
        "contents",
        "texte",
        "texto",
        "inhalt",
        "testo",
        "текст",
    ),
    "title": (
        "title",
        "headline",
        "heading",
        "subject",
        "titre",
        "titel",
        "titulo",
        "título",
        "titolo",
        "schlagzeile",
        "заголовок",
        "name",
    ),
    "published": (
        "published",
        "publication_date",
        "publicationdate",
        "pubdate",
        "pub_date",
        "published_at",
        "publishedat",
        "datepublished",
        "date_published",
        "date_publish",
        "publish_date",
        "date",
        "datetime",
        "day",
        "created_at",
        "created",
        "time",
        "timestamp",
        "datum",
        "fecha",
        "data",
        "дата",
    ),
    "outlet": (
        "outlet",
        "source",
        "publication",
        "publisher",
        "newspaper",
        "media",
        "medium",
        "sitename",
        "site_name",
        "site",
        "domain",
        "source_name",
        "journal",
        "quelle",
        "fuente",
        "источник",
    ),
    "author": ("author", "authors", "byline", "creator", "writer", "journalist", "autor", "auteur", "автор"),
    "url": ("url", "link", "address", "source_url", "permalink", "web_url", "canonical_url", "uri"),
    "language": ("language", "lang", "sprache", "langue", "idioma"),
    "actor": ("actor", "speaker", "speaker_name", "sprecher"),
}
_FIELD_LIMIT = 16 * limits.MB
_LISTS = (
    "articles",
    "items",
    "results",
    "documents",
    "docs",
    "data",
    "entries",
    "rows",
    "hits",
    "response",
    "posts",
    "stories",
)


def csv_articles(data: bytes, *, name: str = "", columns: Sequence[Columns] = ()) -> list[Article]:
    """An article for each row of a CSV. Raises Problem: "no-column", "metadata-table", "no-text", "damaged"."""
    try:
        header, rows = _csv_table(data, name)
        alone = len([cell for cell in header if cell]) < 2
        if alone and not (columns or _key(header[0] if header else "") in _NAMES["text"]):
            return [text_article(data)]
        return _articles(header, rows, columns)
    except csv.Error as error:
        raise Problem("damaged", detail=str(error)[:120]) from error


def _csv_table(data: bytes, name: str) -> Table:
    text, _ = decoded(data)
    csv.field_size_limit(_FIELD_LIMIT)
    text = text.replace("\x00", "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, name))
    return [cell.strip() for cell in next(rows, [])], rows


def delimiter_of(text: str, name: str) -> str:
    """The separator that cuts the first lines into the most equal columns."""
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    sample = text[:65536]
    best, most = ",", 1.0
    for delimiter in ",;\t|":
        widths: list[int] = []
        try:
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
                if row:
                    widths.append(len(row))
                if len(widths) >= 20:
                    break
        except csv.Error:
            continue
        if len(widths) > 1 and len(sample) == 65536:
            widths = widths[:-1]
        if not widths or widths[0] < 2:
            continue
        score = widths[0] * (sum(1 for width in widths if width == widths[0]) / len(widths)) ** 2
        if score > most:
            best, most = delimiter, score
    return best


def xlsx_articles(data: bytes, *, name: str = "", columns: Sequence[Columns] = ()) -> list[Article]:
    """An article for each row of the sheets that have a column of texts. Raises Problem as `csv_articles`."""
    book = _workbook(data)
    found: list[Article] = []
    problem: Problem | None = None
    try:
        for sheet in book.worksheets:
            try:
                found += _articles(*_sheet_table(sheet), columns)
            except Problem as why:
                problem = problem if problem and problem.code in ("no-column", "metadata-table") else why
            except _XLSX_ERRORS as error:
                problem = Problem("damaged", detail=f"a sheet cannot be read ({type(error).__name__})")
    finally:
        book.close()
    if not found:
        raise problem or Problem("no-text")
    return found


# What openpyxl raises on broken workbooks.
_XLSX_ERRORS = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, ArithmeticError,
    SyntaxError,
)  # fmt: skip


def _workbook(data: bytes) -> Any:
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise Problem("damaged", detail="defusedxml is missing, so spreadsheets are not read")
    package = Package(data)
    if package.encrypted:
        raise Problem("password")
    for part in package.names:  # reads each part once with the counter: sizes in headers may lie
        package.read(part)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except _XLSX_ERRORS as error:
        raise Problem("damaged", detail=f"the workbook cannot be opened ({type(error).__name__})") from error


def _sheet_table(sheet: Any) -> Table:
    """The first row with a column of texts or with two filled cells is the header."""
    last = limits.ARTICLES * 2
    rows = ([_cell(value) for value in row[:500]] for row in sheet.iter_rows(values_only=True, max_row=last))
    for header in rows:
        filled = [cell for cell in header if cell]
        if len(filled) >= 2 or (filled and _key(filled[0]) in _NAMES["text"]):
            return header, rows
    raise Problem("no-text")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def json_articles(data: bytes, *, name: str = "", columns: Sequence[Columns] = ()) -> list[Article]:
    """An article for each object of a JSON list, or line of JSONL. Raises Problem: "damaged", "no-column", "no-text"."""
    return _articles(*_json_table(data), columns)


def _json_table(data: bytes) -> Table:
    objects = list(_objects(decoded(data)[0]))
    if len(objects) > limits.ARTICLES:
        raise Problem("too-large", detail=f"more than {limits.ARTICLES:,} articles")
    header = list(dict.fromkeys(key for one in objects for key in one))
    return header, iter([_value(one.get(key)) for key in header] for one in objects)


def table_head(name: str, data: bytes) -> TableHead:
    """The columns of a table, its first rows, and which column is taken for what. Raises Problem for what is no table."""
    from index.readers import kind_of

    kind = kind_of(name, data)
    try:
        if kind == "csv":
            header, rows = _csv_table(data, name)
        elif kind == "json":
            header, rows = _json_table(data)
        elif kind == "xlsx":
            header, rows = _sheet_table(_workbook(data).worksheets[0])
        else:
            raise Problem("no-column", detail="it is not a table")
        sample = [tuple(cell[:300] for cell in row) for _, row in zip(range(20), rows, strict=False)]
    except (csv.Error, *_XLSX_ERRORS) as error:
        raise Problem("damaged", detail=str(error)[:120]) from error
    return TableHead(tuple(header), tuple(sample), guessed_columns(header, sample))


def _objects(text: str) -> Iterator[dict[str, Any]]:
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise Problem("damaged", detail="it is nested too deeply") from error
    except ValueError as error:
        yield from _lines(text, error)
        return
    found = _list_in(value, 0)
    if not found:
        raise Problem(
            "no-text" if isinstance(value, (dict, list)) else "damaged", detail="it holds no list of articles"
        )
    yield from found


def _lines(text: str, error: ValueError) -> Iterator[dict[str, Any]]:
    """The objects of JSON lines; a broken line is left out when most lines are sound."""
    sound, broken = [], 0
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            broken += 1
            continue
        if isinstance(value, dict):
            sound.append(value)
    if not sound or broken > len(sound):
        raise Problem("damaged", detail=str(error)[:120]) from error
    yield from sound


def _list_in(value: Any, depth: int) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    if isinstance(value, dict) and depth < 3:
        for key in _LISTS:
            found = _list_in(value[key], depth + 1) if isinstance(value.get(key), (list, dict)) else []
            if found:
                return found
        return [value]
    return []


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        clean = value.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be stored
        return clean.strip()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(_value(one) for one in value)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return _value(value["name"])
    try:
        return json.dumps(value, ensure_ascii=False)[:10_000]
    except (RecursionError, ValueError):
        return ""


# --- rows to articles ----------------------------------------------------------------------------------------


def guessed_columns(header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """Which column holds what, by their names; the texts may also be told by their length in `sample` rows."""
    keys = {_key(column): column for column in reversed(header) if column}
    found: dict[str, str] = {}
    for field, names in _NAMES.items():
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


def _key(column: str) -> str:
    return re.sub(r"[\s\-.]+", "_", column.strip().lower().lstrip("\ufeff")).strip("_")


def _articles(header: list[str], rows: Iterable[list[str]], columns: Sequence[Columns]) -> list[Article]:
    rows = iter(rows)
    sample = [row for _, row in zip(range(50), rows, strict=False)]
    said = next((one for one in columns if "text" in one and set(one.values()) <= set(header)), None)
    mapping = dict(said) if said else guessed_columns(header, sample)
    names = {_key(column) for column in header}
    if not said and {"file", "filename"} & names and "text" not in guessed_columns(header):
        mapping.pop("text", None)  # a long column of a table about files is a remark on them
    if "text" not in mapping:
        raise Problem("metadata-table" if {"file", "filename"} & names else "no-column", detail=", ".join(header)[:120])
    places = {field: header.index(column) for field, column in mapping.items() if column in header}
    others = [(at, column) for at, column in enumerate(header) if column and at not in places.values()]
    found: list[Article] = []
    characters = 0
    for rows_part in (sample, rows):
        for row in rows_part:
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
    from dataclasses import replace

    return replace(made, actor=actor)


def _seconds(value: str, mapping: Mapping[str, str]) -> Any:
    """A Unix time in seconds or milliseconds, as APIs give it."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?(?:\.\d{1,6})?", value):
        return None
    from datetime import UTC

    seconds = float(value) / (1000 if len(value.split(".")[0]) == 13 else 1)
    day = datetime.fromtimestamp(seconds, UTC).date()
    return dates.when(day, day, f"column {mapping.get('published', '')!r} of the table", 0.95)
