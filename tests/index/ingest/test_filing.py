"""What is filed is cited as people cite it, and linked only where names are equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest.filing import after_that, file_article, link_actors
from index.library import Library
from index.model import Article, Extraction, FoundActor, FoundStatement, Span
from index.problems import Problem


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


def test_a_whole_group_is_merged_in_one_act_and_found_again_by_a_new_extraction(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lib") as library:
        file_names(library, "Olanda", "Mira Olanda", "Olanda", "Olanda", "Teo Reck")
        (group,) = library.merge_groups()
        assert group.keep.actor.name == "Mira Olanda" and [m.actor.name for m in group.others] == ["Olanda"] * 3
        assert [len(member.documents) for member in (group.keep, *group.others)] == [1] * 4
        assert [library.statement(m.example or 0).actor_id for m in group.others] == [m.actor.id for m in group.others]
        library.merge_many(group.keep.actor.id, [m.actor.id for m in group.others])
        assert library.actor(group.keep.actor.id).statements == 4 and library.merge_groups() == []
        for document in (1, 3, 4):
            again = FoundStatement("indirect", (Span(0, 1),), actor="Olanda")
            extraction = Extraction((again,), (FoundActor("Olanda", "person"),))
            with library.store.transaction():
                assert link_actors(library.store, document, extraction) == {"Olanda": group.keep.actor.id}
        library.undo()
        assert len(library.actors()) == 5


def test_a_merge_of_several_is_whole_or_not_at_all(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lib") as library:
        file_names(library, "Olanda", "Olanda")
        with pytest.raises(Problem):
            library.merge_many(1, [2, 99])
        assert len(library.actors()) == 2


def test_declined_groups_stay_apart_after_one_act_that_undo_takes_back(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lib") as library:
        file_names(library, "Mira Olanda", "Olanda", "Teo Reck", "Reck")
        for group in library.merge_groups():
            library.decline_merges(group.keep.actor.id, [m.actor.id for m in group.others])
        assert library.merge_groups() == library.merge_proposals() == []
        library.undo()
        assert len(library.merge_groups()) == 1
        assert library.actor_places(library.actors()) == {}
        file_names(library, "Holm", "Holm")
        assert sorted(library.actor_places(library.actors()).values()) == ["Day 0", "Day 1"]


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
        file_article(library.store, Article(text, title=f"Day {number}"), extraction, file=f"{number}.txt")
