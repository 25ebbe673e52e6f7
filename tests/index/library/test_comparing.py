"""Statements that report the same words are joined once, and never against what somebody says meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from index.__main__ import main
from index.ingest.filing import file_article
from index.library import Library
from index.model import Article, Extraction, FoundActor, FoundStatement, Span, When
from index.utterances.reports import Report

WORDS = "Nobody will build a second bridge beside the old mill before the harvest has been counted"
OLANDA = FoundActor("Mira Olanda", "person")


@pytest.fixture
def copies(library: Library) -> Library:
    """Two documents of different outlets that print the same words of the same day."""
    for outlet in ("Orm Gazette", "Ostland Mail"):
        text = f"“{WORDS},” Mira Olanda said, the {outlet} was told."
        day = When(date(2031, 3, 4), date(2031, 3, 4))
        found = FoundStatement("direct", (Span(1, 1 + len(WORDS)),), actor="Mira Olanda", when=day, utterance=1)
        file_article(library.store, Article(text, outlet, outlet, published=day), Extraction((found,), (OLANDA,)), file=outlet)
    return library


class Interrupted(Library):
    """A library in which something happens between finding the groups and writing them, the first time."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def _joined_anew(self) -> tuple[list[int], list[list[Report]]]:
        found = super()._joined_anew()
        act, self.meanwhile = self.meanwhile, lambda: None
        act()
        return found


def utterances_of(library: Library) -> list[int | None]:
    return [statement.utterance_id for statement in library.statements([5, 6])]


def test_copies_are_one_utterance_and_looking_again_changes_nothing(copies: Library) -> None:
    assert copies.join_utterances() == 1
    one, other = utterances_of(copies)
    assert one == other is not None
    assert copies.join_utterances() == 0


def test_an_import_that_was_ended_before_it_joined_is_made_up_for(copies: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert copies.unjoined
    assert main(["utterances", str(copies.path), "--json"]) == 0
    assert '"statements": [5, 6]' in capsys.readouterr().out
    assert not copies.unjoined and not copies.undo_label


def test_a_cut_while_groups_are_sought_holds(copies: Library) -> None:
    window = Library.open(copies.path)
    slow = Interrupted.open(copies.path)
    slow.meanwhile = lambda: (window.link_statements([5, 6]), window.cut_utterance([6]))
    slow.join_utterances()
    one, other = utterances_of(copies)
    assert one != other
    slow.close()
    window.close()


def test_a_document_that_is_deleted_while_groups_are_sought_stops_nothing(copies: Library) -> None:
    window = Library.open(copies.path)
    slow = Interrupted.open(copies.path)
    slow.meanwhile = lambda: window.delete_documents([3])
    assert slow.join_utterances() == 0
    assert copies.check()["ok"]
    slow.close()
    window.close()
