"""Reading processes: limits hold, answers come in order, and nothing that a file does reaches the program."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.ingest import confinement
from index.ingest.messages import article_message, article_of, extraction_message, extraction_of
from index.ingest.processes import ReadingProcesses, Reply
from index.model import Article, Extraction, FoundActor, FoundStatement, Span, When


def job(path: Path, **more: object) -> dict[str, object]:
    return {"path": str(path), "name": path.name, **more}


def replies(*jobs: dict[str, object]) -> list[Reply]:
    """The replies of one process."""
    with ReadingProcesses(1) as processes:
        return [reply for _, reply in processes.replies((None, one) for one in jobs) if reply is not None]


def test_replies_come_in_the_order_of_the_jobs(tmp_path: Path) -> None:
    paths = []
    for n in range(12):
        path = tmp_path / f"{n}.txt"
        path.write_text(f"words of number {n} " * (400 if n % 3 == 0 else 2))
        paths.append(path)
    with ReadingProcesses(2) as processes:
        jobs = [(path, None if n == 5 else job(path)) for n, path in enumerate(paths)]
        found = list(processes.replies(jobs))
    assert [path for path, _ in found] == paths
    assert [n for n, (_, reply) in enumerate(found) if reply is None] == [5]
    assert all(reply.articles[0].text.startswith(f"words of number {n} ") for n, (_, reply) in enumerate(found) if reply)


@pytest.mark.skipif(sys.platform != "linux", reason="the process limits itself on Linux only")
def test_a_file_that_needs_too_much_memory_costs_itself_only(tmp_path: Path, misbehave: Callable[[str], None]) -> None:
    misbehave(
        """
        serve = worker.serve
        def hungry(job, answer):
            worker.limit(20)
            if job["name"] == "big.txt":
                bytearray(3 << 30)
            serve(job, answer)
        worker.serve = hungry
        """
    )
    (tmp_path / "big.txt").write_text("words")
    (tmp_path / "small.txt").write_text("words")
    found = replies(*(job(tmp_path / name) for name in ("big.txt", "small.txt")))
    assert [reply.problem for reply in found] == ["bomb", None]
    assert found[1].articles[0].text == "words"


@pytest.mark.skipif(sys.platform != "linux", reason="the process limits itself on Linux only")
def test_a_file_that_never_ends_is_stopped_by_its_processor_time(tmp_path: Path, misbehave: Callable[[str], None]) -> None:
    misbehave(
        """
        def endless(job, answer):
            worker.limit(1)
            while True:
                pass
        worker.serve = endless
        """
    )
    (tmp_path / "a.txt").write_text("words")
    (reply,) = replies(job(tmp_path / "a.txt"))
    assert (reply.problem, reply.died) == ("too-slow", True)


def test_what_a_library_prints_does_not_get_between_the_answers(tmp_path: Path, misbehave: Callable[[str], None]) -> None:
    misbehave(
        """
        serve = worker.serve
        def loud(job, answer):
            print("noise")
            os.write(1, b"more noise")
            serve(job, answer)
        worker.serve = loud
        """
    )
    (tmp_path / "a.txt").write_text("words")
    (reply,) = replies(job(tmp_path / "a.txt"))
    assert reply.articles[0].text == "words"


def test_nothing_is_imported_from_the_folder_that_the_program_was_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index").mkdir()
    for name in ("__init__.py", "worker.py"):
        (tmp_path / "index" / name).write_text("raise SystemExit('taken over')")
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "a.txt").write_text("words")
    monkeypatch.chdir(tmp_path)
    with ReadingProcesses(1) as processes:
        (reply,) = [reply for _, reply in processes.replies([(1, job(tmp_path / "a.txt"))])]
    assert reply is not None
    assert reply.articles[0].text == "words"


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket(socket.AF_INET6)",
        "import subprocess; subprocess.run(['true'])",
        "open(job['path'] + '.new', 'w')",
        "import os; os.open(job['path'], os.O_RDWR)",
        "import os; os.remove(job['path'])",
        "import pathlib; pathlib.Path(job['path']).rename(job['path'] + '.x')",
    ],
)
def test_reading_fetches_starts_and_writes_nothing(tmp_path: Path, misbehave: Callable[[str], None], act: str) -> None:
    misbehave(f"serve = worker.serve\ndef evil(job, answer):\n    {act}\n    serve(job, answer)\nworker.serve = evil")
    (tmp_path / "a.txt").write_text("words")
    before = sorted(tmp_path.iterdir())
    (reply,) = replies(job(tmp_path / "a.txt"))
    assert (reply.problem, reply.articles) == ("unreadable", [])
    assert sorted(tmp_path.iterdir()) == before


def test_stopping_does_not_wait_for_the_file_at_work(tmp_path: Path, misbehave: Callable[[str], None]) -> None:
    misbehave("worker.serve = lambda job, answer: time.sleep(60)")
    start = time.monotonic()
    with ReadingProcesses(2) as processes:
        jobs = [(n, job(tmp_path / "a.txt")) for n in range(5)]
        assert list(processes.replies(jobs, stop=lambda: time.monotonic() > start + 1)) == []
    assert time.monotonic() - start < 30  # not the minute that the file takes


@pytest.mark.skipif(shutil.which("ps") is None, reason="there is no ps here")
def test_a_process_that_grows_too_large_is_ended_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "MEMORY_BYTES", 60 << 20)
    code = "data = bytearray(b'x' * (120 << 20)); import time; time.sleep(30)"
    child = subprocess.Popen([sys.executable, "-c", code])
    confinement._watch(child)
    assert child.wait(timeout=10) != 0


def test_nouns_survive_being_sent() -> None:
    when = When(None, None, "range", "x", 0.5, Span(1, 2))
    article = Article("text \u2028 \U0001f600", "t", dates=(when,), published=when, attributes={"a": "b"}, detail="d")
    assert article_of(article_message(article)) == article
    statement = FoundStatement("mixed", (Span(0, 1), Span(3, 4)), Span(5, 6), via=("A",), when=when, parent=0, utterance=3)
    extraction = Extraction((statement,), (FoundActor("A", "person", ("B",), ("C",)),), ("model-missing",))
    assert extraction_of(extraction_message(extraction)) == extraction
