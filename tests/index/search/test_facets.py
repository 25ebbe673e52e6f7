"""How hits spread: what a count says is what its filter finds, also where several actors bear one name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from index.model import Article, FoundStatement, Span
from index.store import actors, documents, statements


def test_actors_of_one_name_are_counted_together_as_a_filter_by_it_finds_them(tmp_path: Path) -> None:
    for number, words in enumerate(("We sail at dawn", "We stay in the harbour", "We shall see the treaty"), 1):
        (tmp_path / f"{number}.txt").write_text(f"KESH, 4 March 203{number} - “{words},” Olanda said.\n", "utf-8")
    library = Library.create(tmp_path / "Library")
    for _ in library.import_paths(sorted(tmp_path.glob("*.txt")), jobs=1):
        pass
    bearers = [actor for actor in library.actors() if actor.name == "Olanda"]
    assert len(bearers) == 3, "a surname alone is an actor of its document only"
    count = dict(library.search("we").facets["actor"])["Olanda"]
    assert count == library.search("we", filters={"actor": ["Olanda"]}).total == 3
    library.close()


@pytest.fixture
def namesakes(tmp_path: Path) -> Iterator[Library]:
    """One document with two actors of one name, a third that goes by it too, and another actor."""
    library = Library.create(tmp_path / "Library")
    words = ("We sail at dawn", "We stay in the harbour", "We shall see the treaty", "We leave the river")
    text = ". ".join(words)
    names = (("Olanda",), ("Olanda",), ("Mira Olanda", "Olanda"), ("Tovan Reck",))
    with library.store.transaction():
        document = documents.add_document(library.store, Article(text, "Talks"), file="talks.txt")
        made = [actors.add_actor(library.store, known[0], "person", [(n, n.lower()) for n in known]) for known in names]
        found = [
            FoundStatement("direct", (Span(text.index(w), text.index(w) + len(w)),), actor=str(n)) for n, w in enumerate(words)
        ]
        statements.add_statements(library.store, document, text, found, {str(n): actor for n, actor in enumerate(made)})
    yield library
    library.close()


@pytest.mark.parametrize("unit", ["statements", "documents"])
def test_a_count_of_an_actor_is_what_its_filter_finds(namesakes: Library, unit: str) -> None:
    counts = dict(namesakes.search("", unit=unit).facets["actor"])
    assert set(counts) == {"Olanda", "Mira Olanda", "Tovan Reck"}
    for name, count in counts.items():
        assert namesakes.search("", unit=unit, filters={"actor": [name]}).total == count
    assert counts["Olanda"] == (3 if unit == "statements" else 1)


def test_a_document_is_not_counted_for_an_actor_whose_every_statement_was_rejected(namesakes: Library) -> None:
    namesakes.reject_statements([4])
    counts = dict(namesakes.search("sail", unit="documents").facets["actor"])
    assert set(counts) == {"Olanda", "Mira Olanda"}
    assert namesakes.search("sail", unit="documents", filters={"actor": ["Tovan Reck"]}).total == 0
