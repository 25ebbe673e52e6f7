"""Reading and extracting files without a library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.ingest.reading import extract_files, read_files, split_preview, table_head
from index.model import When
from index.problems import Problem

GIVEN = When(date(2020, 1, 2), date(2020, 1, 2), rule="given")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Boats\n3 April 2019\n\n“The strait is open,” said Ilra Venn.\n", encoding="utf-8")
    (tmp_path / "rows.csv").write_text("title,text\nOne,First words\nTwo,Second words\n", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    return tmp_path


def test_documents_are_named_by_file_and_number(folder: Path) -> None:
    found = list(read_files([folder / name for name in ("a.txt", "rows.csv", "bad.pdf", "gone.txt")], jobs=2))
    assert [doc for doc, _ in found] == ["a.txt", "rows.csv#1", "rows.csv#2", "bad.pdf", "gone.txt"]
    assert [article.problem for _, article in found] == [None, None, None, "damaged", "not-found"]


def test_a_date_given_for_all_wins_over_a_guess_but_not_over_the_table(folder: Path) -> None:
    table = folder / "table.csv"
    table.write_text("file,published\nrows.csv#2,2021-05-06\n", encoding="utf-8")
    paths = [folder / "a.txt", folder / "rows.csv"]
    found = list(extract_files(paths, metadata=table, published=GIVEN, jobs=1, model=False))
    days = [article.published.edtf for _, article, _ in found if article.published]
    assert days == ["2020-01-02", "2020-01-02", "2021-05-06"]
    assert len(found[0][2].statements) == 1
    assert [article.published for _, article, _ in extract_files(paths, jobs=1, model=False)][1] is None


def test_a_preview_of_a_file_that_cannot_be_read_says_why(folder: Path) -> None:
    from index.model import SplitRule

    with pytest.raises(Problem) as found:
        split_preview(folder / "bad.pdf", SplitRule("any", start="x"))
    assert found.value.code == "damaged"
    with pytest.raises(Problem) as missing:
        table_head(folder / "gone.csv")
    assert missing.value.code == "unreadable"
