"""What all tests share: a library in a temporary folder, and nothing that reaches the user's own folders or a network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.model import Article, Extraction, FoundActor, FoundStatement, Span, When

if TYPE_CHECKING:
    from index.library import Library

# The texts are invented for these tests: a treaty about a river between two states that do not exist.
FERRY = (
    "“The river belongs to both of us,” said Mira Olanda, the foreign minister of Westria, on Tuesday. "
    "Her colleague Tovan Reck answered that Ostland would sign the treaty in May."
)
LOCKS = "Mira Olanda said the locks will stay closed until Ostland signs. “We will not wait for ever,” she added."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The build of the installers takes longest: it starts first, so that no processor idles at the end."""
    items.sort(key=lambda item: item.path.name != "test_installers.py")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has caches, settings and logs of its own."""
    for name in ("STANDPOINT_CACHE", "STANDPOINT_DATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may go over a network: connecting to anything but a local (Unix) socket is an error."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"a connection to {address!r} was tried")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def shared() -> Path:
    """The folder of benchmark material; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("STANDPOINT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip("the benchmark material is not here")
    return folder


def spot(text: str, words: str) -> Span:
    """Where words stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with two documents (one of them undated), three actors and four statements, filed without extraction."""
    from index.ingest.filing import file_article
    from index.library import Library

    made = Library.create(tmp_path / "river", "River treaty")
    published = When(date(2031, 3, 5), date(2031, 3, 5), "day", "set in the metadata table")
    actors = (
        FoundActor("Mira Olanda", "person", ("Olanda",), ("foreign minister of Westria",)),
        FoundActor("Tovan Reck", "person", ("Reck",)),
    )
    tuesday = When(date(2031, 3, 4), date(2031, 3, 4), "day", "last Tuesday before publication", 0.95, spot(FERRY, "Tuesday"))
    first = Extraction(
        (
            FoundStatement(
                "direct", (spot(FERRY, "The river belongs to both of us,"),), spot(FERRY, "Mira Olanda"),
                spot(FERRY, "said"), actor="Mira Olanda", actor_rule="name beside the cue",
                role="foreign minister of Westria", when=tuesday, utterance=1, rule="quote-then-speaker",
            ),
            FoundStatement(
                "indirect", (spot(FERRY, "Ostland would sign the treaty in May"),), spot(FERRY, "Tovan Reck"),
                spot(FERRY, "answered"), actor="Tovan Reck", when=tuesday, utterance=2, rule="said-that",
            ),
        ),
        actors,
    )  # fmt: skip
    second = Extraction(
        (
            FoundStatement(
                "indirect", (spot(LOCKS, "the locks will stay closed until Ostland signs"),),
                spot(LOCKS, "Mira Olanda"), spot(LOCKS, "said"), actor="Mira Olanda", utterance=1, rule="said-clause",
            ),
            FoundStatement(
                "direct", (spot(LOCKS, "We will not wait for ever,"),), spot(LOCKS, "she"), spot(LOCKS, "added"),
                actor="Mira Olanda", actor_rule="she -> Olanda: last quoted speaker", utterance=2,
                rule="quote-then-speaker",
            ),
        ),
        actors,
    )  # fmt: skip
    file_article(
        made.store, Article(FERRY, "Ferry talks", "The Harbour Post", published=published, language="en"), first,
        file="ferry.txt",
    )  # fmt: skip
    file_article(made.store, Article(LOCKS, "Locks closed", "Valley Herald", language="en"), second, file="locks.txt")
    made.join_utterances()  # as an import does at its end
    yield made
    made.close()
