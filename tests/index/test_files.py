"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.files import write_whole
from index.problems import Problem


def test_a_file_is_replaced_and_no_draft_stays(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "out.txt"
    target.parent.mkdir()
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["out.txt"]


def test_a_folder_that_is_not_there_is_said_to_be_missing_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="No such file or directory"):
        write_whole(tmp_path / "exprots" / "out.txt", b"one")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(Problem) as caught:
        write_whole(tmp_path / "taken", b"x")
    assert caught.value.code == "unwritable" and "taken" in str(caught.value)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
