"""Actors on the command line: who may be one, in pairs and in groups; several merged in one act; changed and split."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.__main__ import main
from index.library import Library

Engine = Callable[..., tuple[int, list[dict[str, Any]], str]]


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


def test_an_actor_is_renamed_and_the_old_name_stays(folder: Path, library: Library, run_json: Engine) -> None:
    actor = library.actors_named("Tovan Reck")[0]
    code, (row,), _ = run_json("actors", folder, "--change", actor.id, "--name", "Tovan A. Reck", "--kind", "group",
                               "--note", "two men", "--alias", "T. Reck")  # fmt: skip
    assert (code, row["name"], row["kind"], row["note"]) == (0, "Tovan A. Reck", "group", "two men")
    assert {"Tovan Reck", "T. Reck"} <= set(row["aliases"])
    assert [one.id for one in library.actors_named("T. Reck")] == [actor.id]
    assert run_json("undo", folder)[1] == [{"undone": "Change actor"}]
    assert library.actor(actor.id) == actor


def test_some_names_and_statements_become_an_actor_of_their_own(folder: Path, library: Library, run_json: Engine) -> None:
    olanda = next(one for one in library.actors() if one.name == "Mira Olanda")
    library.add_alias(olanda.id, "Ela")
    olanda = library.actor(olanda.id)
    mine = library.statement_ids(actor_id=olanda.id)
    code, (old, new), _ = run_json("actors", folder, "--split", olanda.id, "--name", "Ela Olanda", "--alias", "Ela",
                                   "--statements", mine[0])  # fmt: skip
    assert (code, old["id"], new["name"]) == (0, olanda.id, "Ela Olanda")
    assert "Ela" in new["aliases"] and "Ela" not in old["aliases"]
    assert library.statement_ids(actor_id=new["id"]) == [mine[0]]
    run_json("undo", folder)
    assert library.statement_ids(actor_id=olanda.id) == mine and library.actor(olanda.id) == olanda


def test_actors_that_are_two_are_proposed_no_more(folder: Path, library: Library, run_json: Engine) -> None:
    (pair,) = run_json("actors", folder, "--proposals")[1]
    code, rows, _ = run_json("actors", folder, "--apart", pair["keep"], pair["other"])
    assert code == 0 and len(rows) == len(library.actors())
    assert run_json("actors", folder, "--proposals")[1] == []
    run_json("undo", folder)
    assert run_json("actors", folder, "--proposals")[1] == [pair]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--change", "1"], "Say what to change"), (["--change", "1", "--name", " "], "cannot be empty"),
     (["--change", "99", "--note", "x"], "no actor 99"), (["--name", "x"], "--name says nothing here"),
     (["--change", "1", "--statements", "1"], "--statements says nothing here"),
     (["--split", "1", "--name", "x"], "at least one"),
     (["--split", "1", "--name", "x", "--alias", "Nobody"], "'Nobody' is not among"),
     (["--split", "1", "--name", "x", "--statements", "2"], "Statement 2 is not one of"),
     (["--split", "1", "--name", "x", "--statements", "99"], "no statement 99"),
     (["--apart", "1"], "at least two"), (["--apart", "1", "99"], "no actor 99"),
     (["--merge", "1", "2", "--split", "1"], "Give one of")],
)  # fmt: skip
def test_what_cannot_be_done_with_an_actor_is_said_and_changes_nothing(
    library: Library, arguments: list[str], words: str, run_json: Engine
) -> None:
    before = library.actors()
    code, rows, told = run_json("actors", library.path, *arguments)
    assert (code, rows) == (1, []) and words in told
    assert library.actors() == before and library.undo_label is None
