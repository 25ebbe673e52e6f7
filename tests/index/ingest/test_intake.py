"""Originals are kept whole under names that every system takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest.intake import expand, forget_drafts, keep_original, safe_name
from index.ingest.run import digest_of_file
from index.problems import Problem


@pytest.mark.parametrize(
    "name",
    [
        "con.txt",
        "AUX",
        "a:b?.txt",
        "../../etc/passwd",
        "..\\x",
        "x" * 300 + ".html",
        "\u202egnp.exe",
        "名" * 200 + ".txt",
        ".",
        "",
        "nul\0.txt",
        "a. ",
    ],
)
def test_any_name_becomes_one_that_can_be_written(name: str, tmp_path: Path) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('<>:"/\\|?*\0\u202e')
    assert safe.split(".")[0].lower() not in ("con", "aux", "nul")
    (tmp_path / f"0123456789abcdef_{safe}").write_text("x")


def test_the_extension_stays() -> None:
    assert safe_name("x" * 300 + ".html").endswith(".html")


def test_an_original_is_kept_once_and_never_half(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"words" * 1000)
    digest = digest_of_file(source)
    kept = keep_original(tmp_path / "library", source, digest)
    assert (tmp_path / "library" / kept).read_bytes() == source.read_bytes()
    assert keep_original(tmp_path / "library", source, digest) == kept
    with pytest.raises(Problem) as found:
        keep_original(tmp_path / "library", source, "0" * 64)
    assert found.value.code == "unreadable"
    assert [path.name for path in (tmp_path / "library").rglob("*") if path.is_file()] == [Path(kept).name]


def test_it_is_told_apart_whether_the_source_or_the_library_fails(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("words")
    digest = digest_of_file(source)
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "originals").write_text("no folder")
    for path, code in ((source, "not-kept"), (tmp_path / "gone.txt", "unreadable")):
        library = tmp_path / ("library" if path == source else "other")
        with pytest.raises(Problem) as found:
            keep_original(library, path, digest)
        assert (found.value.code, found.value.file) == (code, str(path))


def test_half_copies_of_a_killed_import_are_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "originals" / "ab"
    folder.mkdir(parents=True)
    (folder / ".abc.999999999.1.part").write_text("half")
    (folder / "whole.txt").write_text("whole")
    forget_drafts(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["whole.txt"]


def test_folders_come_sorted_and_missing_paths_are_named(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", "~$lock.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [(one.name, one.problem) for one in expand([tmp_path, tmp_path / "gone.txt"])] == [
        ("a/y.txt", None),
        ("a/z.txt", None),
        ("b.txt", None),
        ("gone.txt", "not-found"),
    ]


def test_another_library_inside_the_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "lib" / "originals").mkdir(parents=True)
    (tmp_path / "lib" / "library.standpoint").write_text("x")
    (tmp_path / "lib" / "originals" / "a.txt").write_text("x")
    assert list(expand([tmp_path])) == []


def test_a_library_whose_making_was_killed_can_be_made_again(tmp_path: Path) -> None:
    from index.library import Library

    folder = tmp_path / "library"
    (folder / "originals").mkdir(parents=True)
    (folder / ".library.standpoint.4711").write_text("half")
    with Library.open_or_create(folder) as library:
        assert library.counts()["documents"] == 0
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine")
    with pytest.raises(Problem):
        Library.open_or_create(tmp_path / "other")


def test_the_folder_beside_a_saved_page_is_part_of_the_page(tmp_path: Path) -> None:
    for name in ("News.html", "News_files/ad.html", "other_files/mine.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [one.name for one in expand([tmp_path])] == ["News.html", "other_files/mine.txt"]
