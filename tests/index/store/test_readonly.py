"""A library that cannot be written is read, all of it, and every act that would change it says why it can't."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.__main__ import main
from index.library import Library
from index.problems import Problem
from index.store.readonly import copied
from index.store.store import DATABASE


@pytest.fixture(params=["all", "database"])
def locked(library: Library, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of a library that was closed, all of which or whose database alone nobody may write to."""
    library.close()
    (library.path / DATABASE).chmod(0o444)
    if request.param == "all":
        library.path.chmod(0o555)
    if os.access(library.path / DATABASE, os.W_OK):
        pytest.skip("this user may write everywhere")
    yield library.path
    library.path.chmod(0o755)
    (library.path / DATABASE).chmod(0o644)


def test_everything_in_it_can_be_read_and_nothing_changed(locked: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in locked.rglob("*")}
    with Library.open(locked) as library:
        assert library.read_only and library.path == locked
        assert library.search("locks").total == 1
        assert library.compare(["1", "2"]) and library.check()["ok"] and library.back_up().exists()
        assert library.export(tmp_path / "out.csv", "csv") == 4
        acts: list[Callable[[], object]] = [
            lambda: library.confirm_statements([1]), lambda: library.merge_actors(1, 2), lambda: library.delete_documents([1]),
            lambda: library.set_setting("watch", []), library.undo, library.redo, library.repair,
            lambda: list(library.import_paths([tmp_path])), lambda: list(library.reextract([1])),
        ]  # fmt: skip
        for act in acts:
            with pytest.raises(Problem) as caught:
                act()
            assert caught.value.code == "library-read-only"
        assert library.search("status:confirmed").total == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_the_command_line_says_so_and_answers(locked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", str(locked), "locks", "--json"]) == 0
    printed = capsys.readouterr()
    assert '"total": 1' in printed.out and "cannot be written: it was opened for reading" in printed.err
    assert main(["actors", str(locked), "--merge", "1", "2"]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="nothing can be copied that another program has locked")
def test_a_copy_holds_what_still_stands_in_the_log_of_writes(library: Library) -> None:
    """A folder that was copied to a disc while the program was open."""
    library.confirm_statements([1, 2])
    assert Path(f"{library.store.path}-wal").stat().st_size > 0
    disc = library.path.with_name("disc")
    shutil.copytree(library.path, disc)
    copy = copied(disc / DATABASE)
    shutil.copytree(copy.parent, disc.with_name("cache"))
    (disc.with_name("cache") / copy.name).rename(disc.with_name("cache") / DATABASE)
    Path(f"{disc.with_name('cache') / copy.name}-wal").rename(disc.with_name("cache") / f"{DATABASE}-wal")
    with Library.open(disc.with_name("cache")) as opened:
        assert [statement.status for statement in opened.statements([1, 2, 3])] == ["confirmed", "confirmed", "found"]


def test_each_state_is_copied_once_and_goes_when_nobody_wants_it(library: Library) -> None:
    library.close()
    path = library.path / DATABASE
    first = copied(path)
    assert copied(path) == first and [one.name for one in first.parent.iterdir()] == [first.name]
    os.utime(path, ns=(1, 1))
    second = copied(path)
    assert second != first and first.exists()
    long_ago = time.time() - 30 * 86_400
    os.utime(first, (long_ago, long_ago))
    assert copied(path) == second and not first.exists()


def test_a_database_that_cannot_even_be_read_is_told(library: Library) -> None:
    library.close()
    (library.path / DATABASE).unlink()
    with pytest.raises(Problem) as caught:
        copied(library.path / DATABASE)
    assert caught.value.code == "unreadable"
