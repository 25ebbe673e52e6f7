"""The sample library: its tables name what is in its texts, and the program finds in them what the README promises."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from index.library import Library
from index.model import Issue

SAMPLE = Path(__file__).resolve().parent.parent.parent / "resources" / "sample"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of its tables."""
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.create_sample(tmp_path_factory.mktemp("sample") / "library") as library:
        yield library


def test_every_score_points_at_words_of_its_text_and_at_an_issue() -> None:
    issues = {issue["name"] for issue in json.loads((SAMPLE / "issues.json").read_text(encoding="utf-8"))}
    for row in rows("positions.csv"):
        assert row["words"] in (SAMPLE / row["file"]).read_text(encoding="utf-8"), row
        assert -2 <= float(row["score"]) <= 2 and row["issue"] in issues, row


def test_issues_have_the_fields_of_the_noun() -> None:
    known = {field.name for field in fields(Issue)}
    for issue in json.loads((SAMPLE / "issues.json").read_text(encoding="utf-8")):
        assert set(issue) <= known


def test_metadata_names_files_that_are_there_and_real_days() -> None:
    for row in rows("metadata.csv"):
        assert (SAMPLE / row["file"]).is_file()
        date.fromisoformat(row["published"])
        assert None not in row
    for row in rows("events.csv"):
        date.fromisoformat(row["date"])


def test_every_text_but_one_is_dated_and_all_were_read(sample: Library) -> None:
    documents = sample.documents(sample.document_ids())
    assert len(documents) == 15
    assert [document.file for document in documents if document.published is None] == ["11-undated-clipping.txt"]
    assert [document.problem for document in documents if document.problem] == []


def test_it_is_rich_enough_to_show_every_part_of_the_program(sample: Library) -> None:
    statements = sample.statements(sample.statement_ids())
    assert len(statements) >= 60
    assert {statement.kind for statement in statements} == {"direct", "indirect", "mixed", "answer", "own"}
    speakers = {"Maren Tolvik", "Josef Harrant", "Ilse Brandeck", "Teodor Vasku", "Rosa Melkin"}
    assert speakers <= {statement.actor for statement in statements}
    assert any(statement.via for statement in statements)


def test_the_minister_answers_the_interview(sample: Library) -> None:
    answers = [s for s in sample.statements(sample.statement_ids()) if s.kind == "answer"]
    assert len(answers) >= 6
    assert {answer.actor for answer in answers} == {"Maren Tolvik"}


def test_two_outlets_print_another_year_in_the_same_words(sample: Library) -> None:
    conflicts = {
        value for utterance in sample.utterances() for conflict in utterance.conflicts for value, _ in conflict.values
    }
    assert {"2018", "2019"} <= conflicts


def test_nearly_all_hand_scores_find_their_statement(sample: Library) -> None:
    issue = sample.issue_named("Ardaven Treaty")
    wanted = sum(row["issue"] == "Ardaven Treaty" for row in rows("positions.csv"))
    assert len(sample.codes(issue.id)) >= wanted - 3
