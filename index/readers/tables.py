"""CSV, XLSX and JSON with an article per row: columns are told by their names, or as the user says."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from index.model import Article, TableHead
from index.problems import Problem
from index.readers import limits
from index.readers.archives import Package
from index.readers.columns import NAMES, Columns, articles_of_rows, guessed_columns, key_of
from index.readers.decoding import decoded
from index.readers.plain import text_article

_OURS = ["quotation", "statement", "text", "kind"]  # how a table of citations begins that this program has exported ...
_PREFIX = re.compile("^'(?='*+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")  # ... and its sign before what would run in a cell
Table = tuple[list[str], Iterator[list[str]]]
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
        if alone and not (columns or key_of(header[0] if header else "") in NAMES["text"]):
            return [text_article(data)]
        return articles_of_rows(header, rows, columns)
    except csv.Error as error:
        raise Problem("damaged", detail=str(error)[:120]) from error


def _csv_table(data: bytes, name: str) -> Table:
    text, _ = decoded(data)
    csv.field_size_limit(_FIELD_LIMIT)
    text = text.replace("\x00", "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, name))
    header = [cell.strip() for cell in next(rows, [])]
    if header[: len(_OURS)] == _OURS:
        return header, ([_PREFIX.sub("", cell) for cell in row] for row in rows)
    return header, rows


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
                found += articles_of_rows(*_sheet_table(sheet), columns)
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
        if len(filled) >= 2 or (filled and key_of(filled[0]) in NAMES["text"]):
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
    return articles_of_rows(*_json_table(data), columns)


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
