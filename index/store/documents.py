"""Documents in the database: added whole in one transaction, listed, described anew, deleted."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from index.model import Article, Document, When
from index.problems import Problem
from index.store.columns import dates_of, dates_text, when_columns, when_of
from index.store.journal import now
from index.store.store import Store

_COUNT = "(SELECT count(*) FROM statement s WHERE s.document_id=document.id AND s.status<>'rejected') AS statements"
# Undated documents first, then the newest: the order in which a researcher wants to see them.
ORDERS = {
    "undated": "published_latest IS NOT NULL, published_latest DESC, id",
    "published": "published_latest IS NULL, published_latest, id",
    "newest": "published_latest IS NULL, published_latest DESC, id",
    "added": "id",
    "title": "coalesce(title, file) COLLATE NOCASE, id",
    "outlet": "coalesce(outlet, '') COLLATE NOCASE, id",
}


def digest_of(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def add_document(
    store: Store,
    article: Article,
    *,
    file: str,
    part: int = 0,
    original: str | None = None,
    original_digest: str | None = None,
    duplicate_of: int | None = None,
    rules: str = "",
) -> int:
    """Store an article as a document (within the caller's transaction) and return its id. Its statements follow by
    `index.store.statements.add_statements`."""
    document_id = store.insert(
        "document",
        file=file, part=part, title=article.title, outlet=article.outlet, author=article.author,
        **when_columns("published", article.published),
        dates=dates_text(article.dates), url=article.url, language=article.language,
        digest=digest_of(article.text), original=original, original_digest=original_digest, actor=article.actor,
        attributes=json.dumps(dict(article.attributes), ensure_ascii=False), duplicate_of=duplicate_of,
        problem=article.problem, rules=rules, added=now(),
    )  # fmt: skip
    store.execute("INSERT INTO body VALUES(?, ?)", (document_id, article.text))
    return document_id


def document_ids(store: Store, *, undated: bool = False, order: str = "undated", file: str | None = None) -> list[int]:
    """Ids of all documents, or of those without a publication date, in one of `ORDERS`."""
    where = ["1"]
    values: list[Any] = []
    if undated:
        where.append("published_latest IS NULL AND published_earliest IS NULL")
    if file is not None:
        where.append("file=?")
        values.append(file)
    sql = f"SELECT id FROM document WHERE {' AND '.join(where)} ORDER BY {ORDERS[order]}"
    return [row[0] for row in store.rows(sql, values)]


def document(store: Store, document_id: int) -> Document:
    """One document with its text. Raises `Problem` where there is none."""
    row = store.row(
        f"SELECT document.*, body.text, {_COUNT} FROM document JOIN body ON body.document_id=id WHERE id=?", (document_id,)
    )
    if row is None:
        raise Problem("no-document", detail=document_id)
    return _document(row, row["text"])


def documents(store: Store, ids: Sequence[int]) -> list[Document]:
    """Documents without their texts, in the order of `ids`; ids that are gone are left out."""
    found = {
        row["id"]: _document(row, "")
        for row in store.rows_of(f"SELECT document.*, {_COUNT} FROM document WHERE id IN ({{ids}})", ids)
    }
    return [found[i] for i in ids if i in found]


def text_of(store: Store, document_id: int) -> str:
    """The text of a document. Raises `Problem` where there is none."""
    found = store.value("SELECT text FROM body WHERE document_id=?", (document_id,))
    if found is None:
        raise Problem("no-document", detail=document_id)
    return str(found)


def by_digest(store: Store, digest: str) -> int | None:
    """The id of the first document with exactly this text."""
    found: int | None = store.value("SELECT min(id) FROM document WHERE digest=?", (digest,))
    return found


def by_original(store: Store, original_digest: str) -> dict[int, int]:
    """{part: document id} of the documents that came from a file with these bytes."""
    rows = store.rows(
        "SELECT part, min(id) FROM document WHERE original_digest=? GROUP BY part", (original_digest,)
    )
    return {row[0]: row[1] for row in rows}


def original_of(store: Store, document_id: int) -> str | None:
    """The path of a document's kept file inside the library, as it is stored."""
    found: str | None = store.value("SELECT original FROM document WHERE id=?", (document_id,))
    return found


def has_original(store: Store, original: str) -> bool:
    """True where a document came from this kept file."""
    return store.value("SELECT 1 FROM document WHERE original=? LIMIT 1", (original,)) is not None


def versions_of(store: Store, found: Document) -> list[int]:
    """Ids of the documents that speak for the same actor, or have the same outlet and title, by date; itself among them."""
    rows = store.rows(
        "SELECT id FROM document WHERE id=? OR (? IS NOT NULL AND actor=?) OR (? IS NOT NULL AND title=? AND outlet IS ?) "
        "ORDER BY published_latest IS NULL, published_latest, id",
        (found.id, found.actor, found.actor, found.title, found.title, found.outlet),
    )
    return [row[0] for row in rows]


def of_other_rules(store: Store, rules: str) -> list[int]:
    """Ids of the documents whose statements were found by other rules than these."""
    return [row[0] for row in store.rows("SELECT id FROM document WHERE rules<>? ORDER BY id", (rules,))]


def set_rules(store: Store, document_id: int, rules: str) -> None:
    """Say by which rules the statements of a document were found."""
    store.update("document", document_id, rules=rules)


def add_bands(store: Store, document_id: int, bands: Iterable[int]) -> None:
    """Keep the bands of a text's signature, by which near-duplicates are found."""
    for band in bands:
        store.execute("INSERT OR IGNORE INTO band VALUES(?, ?)", (band, document_id))


def with_band(store: Store, band: int, limit: int = 20) -> list[int]:
    """Ids of documents whose texts have a band in their signature, the oldest first."""
    rows = store.rows("SELECT document_id FROM band WHERE value=? ORDER BY document_id LIMIT ?", (band, limit))
    return [row[0] for row in rows]


def set_published(store: Store, document_id: int, when: When | None) -> None:
    """Give a document its publication date by hand (or take it away): re-dating its statements is the caller's."""
    store.update("document", document_id, **when_columns("published", when), fixed=_fixed(store, document_id, "published"))


def describe(store: Store, document_id: int, **fields: str | None) -> None:
    """Set title, outlet, author, url or language by hand."""
    unknown = set(fields) - {"title", "outlet", "author", "url", "language"}
    if unknown:
        raise ValueError(f"no such field of a document: {unknown}")
    fixed = _fixed(store, document_id, *fields)
    store.update("document", document_id, **fields, fixed=fixed)


def delete_document(store: Store, document_id: int) -> None:
    """Delete a document with its statements; the original file stays in the library folder until it is cleaned."""
    store.execute("DELETE FROM document WHERE id=?", (document_id,))


def add_result(
    store: Store,
    file: str,
    status: str,
    *,
    original_digest: str | None = None,
    document_id: int | None = None,
    duplicate_of: int | None = None,
    problem: str | None = None,
    detail: str = "",
) -> int:
    """Keep what became of one file of an import: status added, duplicate, skipped or failed."""
    return store.insert(
        "import_result", file=file, original_digest=original_digest, status=status, document_id=document_id,
        duplicate_of=duplicate_of, problem=problem, detail=detail, at=now(),
    )  # fmt: skip


def results(store: Store, *, problems_only: bool = False) -> list[Mapping[str, Any]]:
    """The newest result of every file that was ever imported, newest first."""
    where = "AND status IN ('failed', 'skipped')" if problems_only else ""
    rows = store.rows(
        f"SELECT * FROM import_result WHERE id IN (SELECT max(id) FROM import_result GROUP BY file) {where} ORDER BY id DESC"
    )
    return [dict(row) for row in rows]


def was_added(store: Store, original_digest: str) -> bool:
    """True where a file with these bytes was imported to its end."""
    sql = "SELECT 1 FROM import_result WHERE original_digest=? AND status='added' LIMIT 1"
    return store.value(sql, (original_digest,)) is not None


def times_failed(store: Store, original_digest: str, problems: Sequence[str]) -> int:
    """How often the import of a file with these bytes ended in one of these problems."""
    marks = ",".join("?" * len(problems))
    sql = f"SELECT count(*) FROM import_result WHERE original_digest=? AND status='failed' AND problem IN ({marks})"
    return int(store.value(sql, (original_digest, *problems)))


def outlets(store: Store) -> list[tuple[str, int]]:
    """(outlet, number of documents), most frequent first."""
    rows = store.rows("SELECT outlet, count(*) FROM document WHERE outlet>'' GROUP BY outlet ORDER BY 2 DESC, 1")
    return [(row[0], row[1]) for row in rows]


def _fixed(store: Store, document_id: int, *names: str) -> str:
    """The comma-separated fields that people set, with `names` added: an update of the rules leaves these alone."""
    found = store.value("SELECT fixed FROM document WHERE id=?", (document_id,))
    if found is None:
        raise Problem("no-document", detail=document_id)
    return ",".join(sorted({*filter(None, str(found).split(",")), *names}))


def _document(row: sqlite3.Row, text: str) -> Document:
    return Document(
        id=row["id"], file=row["file"], part=row["part"], title=row["title"], outlet=row["outlet"],
        author=row["author"], published=when_of(row, "published"), dates=dates_of(row["dates"]), url=row["url"],
        language=row["language"], text=text, digest=row["digest"], original=row["original"],
        original_digest=row["original_digest"], actor=row["actor"], attributes=json.loads(row["attributes"]),
        duplicate_of=row["duplicate_of"], problem=row["problem"], added=row["added"], statements=row["statements"],
    )  # fmt: skip
