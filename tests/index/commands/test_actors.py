"""Actors on the command line: who may be one, in pairs and in groups; several merged in one act."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.__main__ import main
from index.library import Library


@pytest.fixture
def folder(library: Library) -> Path:
    """The folder of a library in which one surname stands alone in two documents."""
    first, second, *_ = library.statement_ids()
    for statement_id, name in ((first, "Mira Olanda"), (second, "Olanda Mira")):
        library.correct_statement(statement_id, actor=name)
    return library.path


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = main([str(arg) for arg in args])
    out, err = capsys.readouterr()
    return code, out, err


def test_pairs_and_groups_are_listed_and_a_group_is_merged_in_one_act(
    folder: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    (pair,) = [json.loads(row) for row in run(capsys, "actors", folder, "--proposals")[1].splitlines()]
    (group,) = [json.loads(row)["group"] for row in run(capsys, "actors", folder, "--groups")[1].splitlines()]
    assert {member["id"] for member in group} == {pair["keep"], pair["other"]}
    assert group[1]["reason"] == pair["reason"] and group[1]["warning"] is None
    assert group[0]["documents"] and group[0]["example"]
    names = {actor.name for actor in library.actors()}
    ids = [actor.id for actor in library.actors()]
    assert run(capsys, "actors", folder, "--merge", *ids)[0] == 0
    assert len(library.actors()) == 1
    library.undo()
    assert {actor.name for actor in library.actors()} == names


def test_a_single_actor_cannot_be_merged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "actors", folder, "--merge", 1)
    assert code == 1 and out == "" and "at least two" in err
