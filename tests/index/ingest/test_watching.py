"""A watched folder tells what is new in it, and forgets nothing when it is interrupted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.ingest.watching import changed, saw, unwatch, watch, watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "news"
    made.mkdir()
    (made / "a.txt").write_text("one")
    return made


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "data" / "watched.json"


def look(memory: Path, keep: bool = True) -> list[str]:
    looks = [changed(one) for one in watched(memory)]
    if keep:
        saw(memory, [after for _, after in looks])
    return [path.name for fresh, _ in looks for path in fresh]


def test_new_and_changed_files_are_told_once(folder: Path, memory: Path) -> None:
    watch(memory, folder)
    assert look(memory) == ["a.txt"]
    assert look(memory) == []
    (folder / "b.txt").write_text("two")
    (folder / "a.txt").write_text("one, changed")
    assert look(memory) == ["a.txt", "b.txt"]


def test_a_touched_file_with_the_same_bytes_is_not_new(folder: Path, memory: Path) -> None:
    watch(memory, folder)
    look(memory)
    os.utime(folder / "a.txt", (1, 1))
    assert look(memory) == []


def test_a_look_that_was_not_finished_is_repeated(folder: Path, memory: Path) -> None:
    watch(memory, folder)
    assert look(memory, keep=False) == ["a.txt"]
    assert look(memory) == ["a.txt"]


def test_a_removed_drive_is_no_change(folder: Path, memory: Path) -> None:
    watch(memory, folder)
    look(memory)
    folder.rename(folder.with_name("away"))
    assert look(memory) == []
    folder.with_name("away").rename(folder)
    assert look(memory) == []


def test_a_damaged_memory_means_looking_at_everything_again(folder: Path, memory: Path) -> None:
    watch(memory, folder)
    memory.write_text("{broken")
    assert watched(memory) == []
    watch(memory, folder)
    assert look(memory) == ["a.txt"]


def test_a_folder_can_be_let_go(folder: Path, memory: Path) -> None:
    watch(memory, folder)
    unwatch(memory, folder)
    assert watched(memory) == []
