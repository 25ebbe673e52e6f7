"""A library about an invented river treaty, written row by row so that every expected hit is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.model import Article, FoundStatement, Span, When
from index.search.finder import Finder
from index.store import actors, documents, statements
from index.store.store import Store


def on(text: str | None) -> When | None:
    """A date as "2031-03-05", "2031-03", "2031" or None."""
    if text is None:
        return None
    year, month, day = (int(p) for p in (text + "-0-0").split("-")[:3])
    if day:
        return When(date(year, month, day), date(year, month, day))
    if month:
        last = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
        return When(date(year, month, 1), date.fromordinal(last), "month")
    return When(date(year, 1, 1), date(year, 12, 31), "year")


FOREIGN = "foreign minister of Westria"
# file, title, outlet, published, language, attributes,
#   [(kind, words of the statement, speaker, said, via, role)]
DOCUMENTS = [
    ("ferry.txt", "Ferry talks begin", "The Harbour Post", "2031-03-05", "en", {"desk": "Foreign"}, [
        ("direct", "The river belongs to both of us and the treaty will say so", "Mira Olanda", "2031-03-04", (),
         FOREIGN),
        ("indirect", "Ostland would sign the treaty in May", "Tovan Reck", "2031-03-04", (), "deputy minister"),
    ]),
    ("locks.txt", "Locks closed for a week", "Valley Herald", "2031-06-20", "en", {"desk": "Home"}, [
        ("indirect", "the locks will stay closed until Ostland signs", "Mira Olanda", "2031-06-19", (), FOREIGN),
        ("direct", "We will not wait for ever", "Mira Olanda", None, (), None),
        ("mixed", "the treaties of the old kings were “a peace of paper”", "Café Société of Lümen", "2031-06",
         ("Valley News Agency",), None),
    ]),
    ("speech.txt", "Speech of the president", None, "2032-01-10", "en", {}, [
        ("own", "Westria has never closed the river. It never will.", "Ilse Brandt-Moor", "2032-01-10", (), "president"),
        ("own", "Reform of the councils is the reform of all reforms", "Ilse Brandt-Moor", "2032-01-10", (), "president"),
        ("own", "Peace on the river is worth more than gas from the east", "Ilse Brandt-Moor", "2032-01-10", (), "president"),
    ]),
    ("interview.txt", "Ten questions to Tovan Reck", "The Harbour Post", "2032-05-02", "en", {"desk": "Foreign"}, [
        ("answer", "Our guards don’t fire at ferries, and O'Hara knows that", "Tovan Reck", "2032-05", (), "minister"),
        ("answer", "The treaty is dead", "Tovan Reck", "2032-05", (), "minister"),
    ]),
    ("clipping.txt", None, "Valley Herald", None, "en", {}, [
        ("direct", "Gas and water do not mix, and the river treaty proves it", None, None,
         ("Harbour Radio", "Valley News Agency"), None),
        ("indirect", "sanctions against Ostland remain, the first of many", "Mira Olanda", None, ("Harbour Radio",), None),
    ]),
    ("sever.txt", "Договор о реке", "Вести Севера", "2032-07-01", "ru", {}, [
        ("direct", "Договор о реке подписан, ёлки стоят", "Пётр Северин", "2032-06-30", (), "министр"),
    ]),
    ("hayots.txt", "Գետի պայմանագիրը", "Հայոց Ձայն", "2032-07-02", "hy", {}, [
        ("direct", "Ինչպե՞ս կարող ենք լռել գետի մասին", "Աննա Գետեան", "2032-07-01", (), None),
    ]),
    ("zh.txt", "河流条约", "江报", "2032-08-01", "zh", {}, [
        ("direct", "河流属于我们两国", "王江", "2032-08-01", (), None),
    ]),
]  # fmt: skip
ALIASES = {"Mira Olanda": ("Olanda", "Minister Olanda"), "Ilse Brandt-Moor": ("Brandt-Moor", "the iron lady of the locks")}


def fill(store: Store) -> dict[str, int]:
    """Write the documents and statements; {words of a statement: its id}."""
    ids: dict[str, int] = {}
    people: dict[str, int] = {}
    with store.transaction():
        for file, title, outlet, published, language, attributes, said in DOCUMENTS:
            text = "\n\n".join(f"{speaker or 'Somebody'}: {words}" for _, words, speaker, *_ in said)
            article = Article(text, title, outlet, published=on(published), language=language, attributes=attributes)
            document = documents.add_document(store, article, file=file)
            for name in (s[2] for s in said):
                if name and name not in people:
                    names = [(n, n.casefold()) for n in (name, *ALIASES.get(name, ()))]
                    people[name] = actors.add_actor(store, name, "person", names)
            found = [
                FoundStatement(
                    kind, (_place(text, words),), actor=speaker, role=role, when=on(day), via=via, utterance=n  # type: ignore[arg-type]
                )
                for n, (kind, words, speaker, day, via, role) in enumerate(said, 1)
            ]  # fmt: skip
            numbers = statements.add_statements(store, document, text, found, people)
            ids.update(zip((s[1] for s in said), numbers, strict=True))
    return ids


def _place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def river(tmp_path: Path) -> Iterator[Store]:
    """The library's store."""
    store = Store.create(tmp_path / "river", "River")
    fill(store)
    yield store
    store.close()


@pytest.fixture
def finder(river: Store) -> Finder:
    """A finder over it."""
    return Finder(river)
