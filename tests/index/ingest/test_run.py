"""An import loses nothing and doubles nothing, and one bad file costs itself only."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.ingest.run import ingest
from index.library import Library
from index.model import Progress
from index.problems import Problem
from index.store.settings import set_setting

STORY = (
    "{title}\n{day}\n\n\u201cThe strait is open to every fleet,\u201d said Ilra Venn, the harbour minister of "
    "Belmar, on Monday.\n\nThe council of {place} counted {n} boats and said that the quota would be the same as "
    "before the treaty of the outer islands, which nobody had read to its end.\n"
)


def story(n: int, place: str = "Karsund") -> str:
    return STORY.format(title=f"Boats of {place} number {n}", day=f"2019-04-{n % 28 + 1:02d}", place=place, n=n * 7)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library", "Strait") as library:
        yield library


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def run(library: Library, *paths: Path, **options: object) -> list[Progress]:
    return list(ingest(library.store, paths, jobs=1, model=False, **options))  # type: ignore[arg-type]


def originals(library: Library) -> list[Path]:
    return [path for path in library.store.originals.rglob("*") if path.is_file()]


def test_each_file_has_a_result_and_a_broken_one_stops_nothing(empty: Library, source: Path) -> None:
    (source / "a.txt").write_text(story(1), encoding="utf-8")
    (source / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (source / "c.txt").write_bytes(b"")
    (source / "sub").mkdir()
    (source / "sub" / "d.md").write_text("# Words\n\nMany words of another kind stand here.\n", encoding="utf-8")
    (source / ".hidden.txt").write_text("no", encoding="utf-8")
    (source / "Thumbs.db").write_bytes(b"no")
    results = run(empty, source)
    assert [(one.file, one.status, one.problem) for one in results] == [
        ("a.txt", "added", None),
        ("b.pdf", "failed", "damaged"),
        ("c.txt", "failed", "empty"),
        ("sub/d.md", "added", None),
    ]
    assert [(one.done, one.total) for one in results] == [(n, 4) for n in range(1, 5)]
    assert results[0].published == "2019-04-02"
    assert len(originals(empty)) == 2
    assert {(row["file"], row["status"]) for row in empty.import_results()} == {
        (one.file, one.status) for one in results
    }


def test_a_part_of_an_archive_that_cannot_be_read_is_a_result_with_its_reason(empty: Library, tmp_path: Path) -> None:
    archive = tmp_path / "clippings.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("first.txt", story(1))
        package.writestr("scan.pdf", b"%PDF-1.4 and then nothing")
        package.writestr("second.txt", story(2))
    results = {one.file: (one.status, one.problem) for one in run(empty, archive)}
    assert results == {
        "clippings.zip#1": ("added", None), "clippings.zip#2": ("added", None),
        "clippings.zip: scan.pdf": ("failed", "damaged"),
    }
    assert {one.status for one in run(empty, archive)} == {"duplicate"}


def test_importing_again_adds_nothing(empty: Library, source: Path) -> None:
    (source / "a.txt").write_text(story(1), encoding="utf-8")
    (source / "rows.csv").write_text(
        "title,text\nOne,First words of the table\nTwo,Second words of the table\n", encoding="utf-8"
    )
    assert [one.status for one in run(empty, source)] == ["added"] * 3
    before = empty.counts()
    again = run(empty, source)
    assert [(one.status, one.duplicate_of) for one in again] == [("duplicate", 1), ("duplicate", 2)]
    assert empty.counts() == before


def test_the_same_bytes_under_two_names_are_kept_once(empty: Library, source: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (source / name).write_text(story(1), encoding="utf-8")
    assert [(one.status, one.duplicate_of) for one in run(empty, source)] == [("added", None), ("duplicate", 1)]
    assert len(originals(empty)) == 1


def test_a_wire_copy_is_marked_and_left_out_on_request(empty: Library, source: Path, tmp_path: Path) -> None:
    text = story(1)
    (source / "a.txt").write_text(text, encoding="utf-8")
    (source / "b.txt").write_text(
        text.replace("nobody had read", "nobody has read").replace("Boats of", "The boats of"), encoding="utf-8"
    )
    (source / "c.txt").write_text("An article about lighthouses and their keepers. " * 12, encoding="utf-8")
    assert [(one.status, one.duplicate_of) for one in run(empty, source)] == [
        ("added", None),
        ("added", 1),
        ("added", None),
    ]
    with Library.create(tmp_path / "other", "Other") as other:
        assert [(one.status, one.duplicate_of) for one in run(other, source, skip_duplicates=True)] == [
            ("added", None),
            ("duplicate", 1),
            ("added", None),
        ]


def test_the_same_text_in_two_outlets_is_two_documents(empty: Library, source: Path) -> None:
    table = source / "table.csv"
    table.write_text("file,outlet\na.txt,Herald\nb.md,Courier\n", encoding="utf-8")
    (source / "a.txt").write_text("The strait is open to everybody.", encoding="utf-8")
    (source / "b.md").write_text("The strait is *open* to everybody.\n", encoding="utf-8")
    results = run(empty, source, metadata=table)
    assert [(one.file, one.status, one.duplicate_of) for one in results] == [
        ("a.txt", "added", None),
        ("b.md", "added", 1),
    ]


def test_what_the_metadata_table_says_wins(empty: Library, source: Path) -> None:
    (source / "a.txt").write_text(story(1), encoding="utf-8")
    table = source / "table.csv"
    table.write_text("file,published,outlet,desk\na.txt,2020-01-02,Herald,north\n", encoding="utf-8")
    run(empty, source / "a.txt", metadata=table)
    document = empty.document(1)
    assert document.published is not None
    assert (document.published.edtf, document.published.rule, document.outlet) == (
        "2020-01-02",
        "metadata table",
        "Herald",
    )
    assert dict(document.attributes) == {"desk": "north"}
    assert {when.edtf for when in document.dates} == {"2020-01-02", "2019-04-02"}


def test_a_row_may_name_one_article_of_a_file(empty: Library, source: Path) -> None:
    (source / "rows.csv").write_text("title,text\nOne,First words\nTwo,Second words\n", encoding="utf-8")
    table = source / "table.csv"
    table.write_text("file,published\nrows.csv,2020\nrows.csv#2,2021-05\n", encoding="utf-8")
    run(empty, source / "rows.csv", metadata=table)
    assert [empty.document(n).published.edtf for n in (1, 2)] == ["2020", "2021-05"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "content", ["name,published\na.txt,2020-01-01\n", "file,published\na.txt,31/02/2023\n", "\0\1\2" * 100]
)
def test_a_bad_metadata_table_is_a_problem_before_anything_is_read(empty: Library, source: Path, content: str) -> None:
    table = source / "table.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(Problem) as found:
        run(empty, source, metadata=table)
    assert found.value.code == "metadata"
    assert empty.counts()["documents"] == 0


def test_stopping_keeps_what_was_stored_and_resuming_adds_the_rest(empty: Library, source: Path) -> None:
    for n in range(8):
        (source / f"{n}.txt").write_text(story(n, f"Place{n}") + f"Only number {n} says this. " * 12, encoding="utf-8")
    seen: list[Progress] = []
    for progress in ingest(empty.store, [source], jobs=1, model=False, stop=lambda: len(seen) >= 3):
        seen.append(progress)
    assert empty.counts()["documents"] == 3
    assert len(originals(empty)) == 3, "what was read ahead is not kept"
    run(empty, source)
    assert empty.counts()["documents"] == 8
    assert len({path.name for path in originals(empty)}) == 8


def test_a_file_of_many_articles_is_stored_as_it_goes(empty: Library, source: Path) -> None:
    rows = "".join(f'Title {n},"“The strait number {n} is open,” said Ilra Venn."\n' for n in range(30))
    (source / "rows.csv").write_text("title,text\n" + rows, encoding="utf-8")
    seen: list[Progress] = []
    for progress in ingest(empty.store, [source], jobs=2, model=False, stop=lambda: len(seen) >= 11):
        seen.append(progress)
    assert empty.counts()["documents"] == 11
    results = run(empty, source)
    assert [one.file for one in results] == [f"rows.csv#{n}" for n in range(12, 31)]
    assert [empty.document(n).title for n in range(1, 31)] == [f"Title {n}" for n in range(30)]
    assert [one.statements for one in results] == [1] * 19
    assert {one.status for one in run(empty, source)} == {"duplicate"}


def test_a_file_half_stored_is_completed(empty: Library, source: Path) -> None:
    rows = "".join(f"Title {n},Words of row number {n} in the table\n" for n in range(5))
    (source / "rows.csv").write_text("title,text\n" + rows, encoding="utf-8")
    seen: list[Progress] = []
    for progress in ingest(empty.store, [source], jobs=1, model=False, stop=lambda: len(seen) >= 2):
        seen.append(progress)
    assert empty.counts()["documents"] == 2
    run(empty, source)
    assert [empty.document(n).part for n in range(1, 6)] == [1, 2, 3, 4, 5]
    assert empty.counts()["documents"] == 5


def test_a_killed_import_ends_like_an_undisturbed_one(tmp_path: Path, source: Path) -> None:
    for n in range(8):
        (source / f"{n:02d}.txt").write_text(
            story(n, f"Place{n}") + f"Only number {n} says this. " * 8, encoding="utf-8"
        )
    command = [sys.executable, "-m", "index", "import", str(tmp_path / "killed"), str(source), "--json", "--jobs", "1"]
    root = Path(__file__).resolve().parents[3]
    for lines in (1, 4):
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root, text=True)
        assert child.stdout
        for _ in range(lines):
            child.stdout.readline()
        child.kill()
        child.wait()
        child.stdout.close()
    with Library.open(tmp_path / "killed") as killed, Library.create(tmp_path / "calm", "Calm") as calm:
        assert killed.counts()["documents"] > 0
        for library in (killed, calm):
            assert all(one.problem is None for one in ingest(library.store, [source], jobs=1))
        for query in (
            "SELECT id, file, digest, original, published_latest FROM document ORDER BY id",
            "SELECT id, document_id, number, content, text, actor_id FROM statement ORDER BY id",
        ):
            assert [tuple(row) for row in killed.store.rows(query)] == [tuple(row) for row in calm.store.rows(query)]
        assert killed.store.value("PRAGMA integrity_check") == "ok"


def test_a_file_that_ended_the_reader_twice_is_left_alone(
    empty: Library, source: Path, misbehave: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "a.txt").write_text(story(1), encoding="utf-8")
    misbehave("worker.serve = lambda job, answer: os.abort()")
    for expected in ("crashed", "crashed", "quarantined"):
        assert [one.problem for one in run(empty, source)] == [expected]
    monkeypatch.undo()
    assert [one.problem for one in run(empty, source)] == ["quarantined"]
    assert [one.status for one in run(empty, source, retry=True)] == ["added"]


def test_a_file_that_takes_too_long_is_given_up(
    empty: Library, source: Path, misbehave: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "a.txt").write_text(story(1), encoding="utf-8")
    misbehave("worker.serve = lambda job, answer: time.sleep(60)")
    monkeypatch.setattr("index.ingest.worker.WALL_SECONDS", 1)
    start = time.perf_counter()
    assert [one.problem for one in run(empty, source)] == ["too-slow"]
    assert time.perf_counter() - start < 45  # not the minute that the file takes


def test_a_document_is_kept_when_its_statements_cannot_be_looked_for(
    empty: Library, source: Path, misbehave: Callable[[str], None]
) -> None:
    (source / "a.txt").write_text(story(1), encoding="utf-8")
    misbehave("worker.extracted = lambda *_: os.abort()")
    assert [(one.status, one.problem) for one in run(empty, source)] == [("added", "extraction")]
    assert empty.document(1).text == story(1)


def test_only_the_article_that_ends_the_process_loses_its_statements(
    empty: Library, source: Path, misbehave: Callable[[str], None]
) -> None:
    rows = "".join(f'Title {n},"\u201cWords number {n} are open,\u201d said Ilra Venn."\n' for n in range(4))
    (source / "rows.csv").write_text("title,text\n" + rows, encoding="utf-8")
    misbehave(
        """
        found = worker.extracted
        worker.extracted = lambda article, job: os.abort() if article.title == "Title 2" else found(article, job)
        """
    )
    assert [one.problem for one in run(empty, source)] == [None, None, "extraction", None]
    assert [empty.document(n).title for n in range(1, 5)] == ["Title 0", "Title 1", "Title 2", "Title 3"]


def test_no_process_is_left_behind(empty: Library, source: Path) -> None:
    for n in range(3):
        (source / f"{n}.txt").write_text(story(n), encoding="utf-8")
    run(empty, source)
    if not Path("/proc/self/task").exists():
        pytest.skip("children can be listed on Linux only")
    children = [pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()]
    for pid in children:
        assert "index.ingest.worker" not in Path(f"/proc/{pid}/cmdline").read_text()


def test_links_are_not_followed_out_of_the_folder(empty: Library, source: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("outside words", encoding="utf-8")
    (source / "inside.txt").write_text("inside words", encoding="utf-8")
    (source / "out.txt").symlink_to(tmp_path / "outside.txt")
    (source / "loop").symlink_to(source)
    if hasattr(os, "mkfifo"):
        os.mkfifo(source / "pipe.txt")
    assert [one.file for one in run(empty, source)] == ["inside.txt"]


def test_a_name_that_no_text_can_hold_stops_nothing(empty: Library, source: Path) -> None:
    """A name from another system: half a character, as Windows allows it, or what a script made of zeros."""
    (source / "a.txt").write_text(story(1), encoding="utf-8")
    odd = [Path("half\udc00.txt"), Path("zero\x00.txt"), source / "gone\udc80.txt"]
    results = run(empty, *odd, source / "a.txt")
    assert [one.status for one in results] == ["failed"] * 3 + ["added"]
    assert [one.file for one in results] == ["half\ufffd.txt", "zero\ufffd.txt", "gone\ufffd.txt", "a.txt"]


def test_bundles_are_split_by_the_rules_of_the_library(empty: Library, source: Path) -> None:
    with empty.store.transaction():
        set_setting(
            empty.store,
            "split_rules",
            [
                {
                    "name": "Ours",
                    "start": "=== ARTICLE",
                    "fields": {"title": "T: (.+)", "published": "D: (.+)"},
                    "drop": "[TD]: ",
                }
            ],
        )
    (source / "all.txt").write_text(
        "=== ARTICLE\nT: One\nD: 3 April 2019\nFirst words of the article.\n=== ARTICLE\nT: Two\nSecond words of the "
        "article.\n",
        encoding="utf-8",
    )
    assert [(one.file, one.status, one.published) for one in run(empty, source)] == [
        ("all.txt#1", "added", "2019-04-03"),
        ("all.txt#2", "added", None),
    ]
    assert empty.document(1).text == "First words of the article."


def test_a_signal_from_outside_costs_the_file_it_was_reading(
    empty: Library, source: Path, misbehave: Callable[[str], None]
) -> None:
    for n in range(3):
        (source / f"{n}.txt").write_text(story(n), encoding="utf-8")
    misbehave(
        """
        serve = worker.serve
        def ended(job, answer):
            if job["name"] == "1.txt":
                os.kill(os.getpid(), signal.SIGTERM)
            serve(job, answer)
        worker.serve = ended
        """
    )
    assert [(one.file, one.status) for one in run(empty, source)] == [
        ("0.txt", "added"),
        ("1.txt", "failed"),
        ("2.txt", "added"),
    ]


def bomb() -> bytes:
    """A Word document that unpacks to a thousand times its size."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", b"<a>" + b" " * 6_000_000 + b"</a>")
    return data.getvalue()


def test_attachments_that_cannot_be_read_do_not_count_against_their_mail(empty: Library, source: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "Boats", "a@example.org", "Mon, 15 Apr 2019 10:00:00 +0000"
    mail.set_content(story(1))
    for name in ("first.docx", "second.docx"):
        mail.add_attachment(bomb(), maintype="application", subtype="octet-stream", filename=name)
    (source / "mail.eml").write_bytes(bytes(mail))
    interrupted = ingest(empty.store, [source], jobs=1, model=False)
    assert [(one.file, one.problem) for one in itertools.islice(interrupted, 2)] == [
        ("mail.eml: first.docx", "bomb"), ("mail.eml: second.docx", "bomb"),
    ]  # fmt: skip
    interrupted.close()
    assert [one.status for one in run(empty, source)] == ["failed", "failed", "added"]
    assert [one.status for one in run(empty, source)] == ["duplicate"]
