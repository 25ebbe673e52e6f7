"""What is filed is cited as people cite it, and linked only where names are equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.filing import after_that, file_article
from index.library import Library
from index.model import Article, Extraction, FoundActor, FoundStatement, Span


@pytest.mark.parametrize(
    ("content", "kind", "cited"),
    [
        ("that the river is closed", "indirect", "the river is closed"),
        ("That  the river is closed", "mixed", "the river is closed"),
        ("that", "indirect", "that"),
        ("that river again", "direct", "that river again"),
        ("thatched roofs burn", "indirect", "thatched roofs burn"),
        ("что река закрыта", "indirect", "река закрыта"),
    ],
)
def test_the_conjunction_before_reported_words_is_not_cited(content: str, kind: str, cited: str) -> None:
    text = f"She said {content}."
    found = FoundStatement(kind, (Span(9, 9 + len(content)), Span(0, 3)))  # type: ignore[arg-type]
    assert [span.of(text) for span in after_that(text, found).content] == [cited, "She"]


def test_equal_names_are_linked_and_likely_ones_are_only_proposed(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lib") as library:
        file_names(library, "Mira Olanda", "MIRA OLANDA", "Mira Olandá", "Olanda")
        assert {a.name: a.statements for a in library.actors()} == {"Mira Olanda": 3, "Olanda": 1}
        assert [{library.actor(p.keep).name, library.actor(p.other).name} for p in library.merge_proposals()] == [
            {"Mira Olanda", "Olanda"}
        ]


def test_a_surname_that_two_people_share_is_not_proposed_for_either(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lib") as library:
        file_names(library, "Mira Olanda", "Olanda", "Teo Olanda")
        assert len(library.actors()) == 3 and library.merge_proposals() == []


def test_a_surname_in_two_documents_is_not_one_actor_until_people_say_so(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lib") as library:
        file_names(library, "Olanda", "Olanda", "Mira Olanda")
        assert sorted(a.name for a in library.actors()) == ["Mira Olanda", "Olanda", "Olanda"]
        whole = next(a for a in library.actors() if a.name == "Mira Olanda")
        library.add_alias(whole.id, "Olanda")
        file_names(library, "Olanda")
        assert library.actor(whole.id).statements == 2


def test_an_office_in_two_documents_is_not_one_holder(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lib") as library:
        file_names(library, "the Prime Minister", "the Prime Minister", "Secretary General of the League")
        assert len(library.actors()) == 3 and library.merge_proposals() == []


def file_names(library: Library, *names: str) -> None:
    """A document for each name, in which that actor says a word."""
    for number, name in enumerate(names):
        text = f"{name} said yes."
        statement = FoundStatement("indirect", (Span(text.index("yes"), len(text) - 1),), actor=name)
        extraction = Extraction((statement,), (FoundActor(name, "person"),))
        file_article(library.store, Article(text), extraction, file=f"{number}.txt")
