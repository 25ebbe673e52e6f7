"""Background work: the real engine process, and a thread of which only the latest answer counts."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from desktop.jobs import Asker, Job
from index.library import Library
from index.problems import Problem


def test_only_the_latest_answer_is_delivered_and_in_the_gui_thread(qtbot: QtBot) -> None:
    asker = Asker()
    got: list[tuple[int, threading.Thread]] = []

    def slow(n: int) -> int:
        time.sleep(0.02)
        return n

    for n in range(8):
        asker.ask(lambda n=n: slow(n), lambda answer: got.append((answer, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(got))
    qtbot.wait(80)
    assert got == [(7, threading.main_thread())]


def test_a_problem_is_told_in_words_and_a_bug_too(qtbot: QtBot, caplog: Any) -> None:
    asker = Asker()

    def missing() -> None:
        raise Problem("no-document", detail=7)

    with qtbot.waitSignal(asker.problem) as told:
        asker.ask(missing, print)
    assert told.args == ["There is no document 7 in this library."]
    with qtbot.waitSignal(asker.problem) as told:
        asker.ask(lambda: 1 // 0, print)
    assert "ZeroDivisionError" in told.args[0]
    assert "ZeroDivisionError" in caplog.text


def test_after_forgetting_nothing_is_told(qtbot: QtBot) -> None:
    asker = Asker()
    got: list[int] = []
    asker.ask(lambda: 1, got.append)
    asker.finish()
    qtbot.wait(50)
    assert got == []


def test_a_job_runs_the_engine_and_tells_each_line(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ferry.txt").write_text("“We sail at dawn,” said Mira Olanda on 4 March 2031.", "utf-8")
    (tmp_path / "in" / "empty.txt").write_text("", "utf-8")
    job = Job()
    lines: list[dict[str, Any]] = []
    job.line.connect(lines.append)
    with qtbot.waitSignal(job.ended, timeout=30_000) as ended:
        job.start(["import", str(tmp_path / "library"), str(tmp_path / "in"), "--jobs", "1", "--stop-on-eof"])
    assert ended.args[0] == 1
    assert {line["file"]: line["code"] for line in lines} == {"ferry.txt": None, "empty.txt": "empty"}
    library = Library.open(tmp_path / "library")
    assert library.counts()["documents"] == 1
    library.close()


def test_wrong_usage_is_told_not_shown_as_a_crash(qtbot: QtBot) -> None:
    job = Job()
    with qtbot.waitSignal(job.ended, timeout=30_000) as ended:
        job.start(["no-such-command"])
    assert ended.args[0] == 2
    assert ended.args[1]


def test_a_job_stops_when_asked(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(400):
        (folder / f"{n}.txt").write_text(f"“Ship {n} sails at dawn,” said Mira Olanda on 4 March 2031. " * 5, "utf-8")
    job = Job()
    seen: list[dict[str, Any]] = []
    job.line.connect(seen.append)
    job.line.connect(lambda _: job.stop() if len(seen) == 2 else None)
    with qtbot.waitSignal(job.ended, timeout=30_000) as ended:
        job.start(["import", str(tmp_path / "library"), str(folder), "--jobs", "1", "--stop-on-eof"])
    assert ended.args[0] == 3
    assert 2 <= len(seen) < 400


def test_a_rebuild_of_the_index_tells_how_far_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    Library.create_sample(tmp_path / "sample").close()
    job = Job()
    told: list[tuple[int, int]] = []
    lines: list[dict[str, Any]] = []
    job.told.connect(lambda done, total: told.append((done, total)))
    job.line.connect(lines.append)
    with qtbot.waitSignal(job.ended, timeout=30_000) as ended:
        job.start(["rebuild", str(tmp_path / "sample"), "--stop-on-eof"])
    assert ended.args == [0, ""]
    assert told and told[-1][0] == told[-1][1] == sum(lines[0].values())
    assert len(lines) == 1
