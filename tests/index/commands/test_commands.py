"""The command line keeps its contract: exit codes, JSON and nothing else on stdout, no traceback for anybody."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample"


def engine(*args: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the real command line."""
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-m", "index", *map(str, args)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=100, check=False, **options,
    )  # fmt: skip


def lines(result: subprocess.CompletedProcess[str]) -> list[Any]:
    """What it printed, line by line as JSON."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library, made once by the command line; tests here only read it or work on a copy."""
    folder = tmp_path_factory.mktemp("made") / "sample"
    result = engine("sample", folder, env={**os.environ, "STANDPOINT_CACHE": str(folder.parent / "cache")})
    assert result.returncode == 0, result.stderr
    return folder


def test_read_gives_a_text_unchanged_but_for_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOne.\r\nTwo  three.\n\n")
    row = lines(engine("read", tmp_path / "a.txt"))[0]
    assert (row["doc"], row["text"], row["problem"]) == ("a.txt", "One.\nTwo  three.\n\n", None)


def test_extract_prints_a_line_for_each_file_with_places_in_the_text(tmp_path: Path) -> None:
    text = "“We will sign,” said Mira Olanda on Tuesday."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    row = lines(engine("extract", tmp_path / "a.txt", "--published", "2031-03-05"))[0]
    (found,) = row["statements"]
    assert [text[a:b] for a, b in found["content"]] in (["We will sign,"], ["We will sign"])
    assert text[slice(*found["speaker"])] == found["actor"] == "Mira Olanda"
    assert text[slice(*found["cue"])] == "said"
    assert found["date"]["earliest"] == found["date"]["latest"] == "2031-03-04"
    assert text[slice(*found["date"]["expression"])] == "Tuesday"
    assert (found["kind"], found["parent"], row["published"]) == ("direct", None, "2031-03-05")


def test_without_a_publication_date_no_date_is_invented(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will sign,” said Mira Olanda on Tuesday.", encoding="utf-8")
    assert lines(engine("extract", tmp_path / "a.txt"))[0]["statements"][0]["date"] is None


def test_a_metadata_row_dates_and_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The locks stay closed.\n\nWe shall wait.", encoding="utf-8")
    (tmp_path / "m.csv").write_text("file,published,outlet,actor\na.txt,2031-03-05,Post,Mira Olanda\n", encoding="utf-8")
    row = lines(engine("extract", tmp_path / "a.txt", "--metadata", tmp_path / "m.csv"))[0]
    assert row["published"] == "2031-03-05"
    assert [(s["kind"], s["actor"]) for s in row["statements"]] == [("own", "Mira Olanda")] * 2


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.txt", b""), ("noise.txt", bytes(range(256)) * 40), ("gone.txt", None), ("fake.pdf", b"%PDF-1.7 nothing")],
)
def test_a_file_that_cannot_be_read_is_a_row_with_a_reason(tmp_path: Path, name: str, data: bytes | None) -> None:
    good = tmp_path / "good.txt"
    good.write_text("“Yes,” said Mira Olanda.", encoding="utf-8")
    if data is not None:
        (tmp_path / name).write_bytes(data)
    result = engine("extract", tmp_path / name, good)
    rows = {row["doc"]: row for row in lines(result)}
    assert result.returncode == 1
    assert name in rows[name]["problem"] and not rows[name]["statements"]
    assert rows["good.txt"]["problem"] is None and rows["good.txt"]["statements"]
    assert name in result.stderr and "Traceback" not in result.stderr


def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    first = lines(engine("import", tmp_path / "lib", SAMPLE / "01-treaty-signed.txt", SAMPLE / "08-the-debate.txt", "--json"))
    assert [row["status"] for row in first] == ["added", "added"]
    again = lines(engine("import", tmp_path / "lib", SAMPLE / "01-treaty-signed.txt", SAMPLE / "08-the-debate.txt", "--json"))
    assert {row["status"] for row in again} <= {"duplicate", "skipped"}
    assert len(lines(engine("documents", tmp_path / "lib", "--json"))) == 2
    assert lines(engine("check", tmp_path / "lib", "--json"))[0]["ok"]


def test_a_killed_import_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(30):
        words = f"“We met {number} times,” said Mira Olanda. " * 30
        (folder / f"{number:02}.txt").write_text(f"Report {number}.\n\n{words}", encoding="utf-8")
    command = [sys.executable, "-m", "index", "import", str(tmp_path / "lib"), str(folder), "--json"]
    acknowledged: list[str] = []
    for stop_after in (1, 7, 15):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
            assert run.stdout is not None
            for at, line in enumerate(run.stdout):
                row = json.loads(line)
                if row["status"] == "added":
                    acknowledged.append(row["file"])
                if at >= stop_after:
                    run.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
                    break
    assert engine(*command[3:]).returncode == 0
    rows = lines(engine("documents", tmp_path / "lib", "--json"))
    names = [Path(row["file"]).name for row in rows]
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    assert {Path(name).name for name in acknowledged} <= set(names)
    assert lines(engine("check", tmp_path / "lib", "--json"))[0]["ok"]
    assert len(acknowledged) == len(set(acknowledged))


def test_closing_stdin_stops_an_import_after_the_current_document(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"“Number {number},” said Mira Olanda. " * 40, encoding="utf-8")
    command = [sys.executable, "-m", "index", "import", str(tmp_path / "lib"), str(folder), "--json", "--stop-on-eof"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        assert run.stdout is not None and run.stdin is not None
        run.stdout.readline()
        run.stdin.close()
        began = time.monotonic()
        run.stdout.read()
        assert run.wait(60) == 3
        assert time.monotonic() - began < 30
    assert 1 <= len(lines(engine("documents", tmp_path / "lib", "--json"))) < 60
    assert lines(engine("check", tmp_path / "lib", "--json"))[0]["ok"]


def test_statements_of_an_actor_are_listed_by_date(sample: Path) -> None:
    rows = lines(engine("statements", sample, "--actor", "Maren Tolvik", "--json"))
    days = [row["date"]["latest"] for row in rows if row["date"]]
    assert len(rows) >= 10 and days == sorted(days)
    assert {row["actor"] for row in rows} == {"Maren Tolvik"}


def test_search_answers_with_marks_that_lie_on_the_words(sample: Path) -> None:
    found = lines(engine("search", sample, "boats", "--json"))[0]
    assert found["total"] > 0 and found["explained"]
    for hit in found["hits"]:
        assert hit["marks"], hit
        assert all("boat" in hit["snippet"][a:b].lower() for a, b in hit["marks"])


def test_a_broken_query_says_where(sample: Path) -> None:
    result = engine("search", sample, '"open', "--json")
    problem = lines(result)[0]["problem"]
    assert result.returncode == 1 and problem["position"] == 0 and "character 0" in result.stderr


def test_compare_gives_parts_that_rebuild_both_texts(sample: Path) -> None:
    documents = {Path(row["file"]).name: row["id"] for row in lines(engine("documents", sample, "--json"))}
    draft, final = documents["06-joint-statement-draft.txt"], documents["07-joint-statement-final.txt"]
    found = lines(engine("compare", sample, f"doc:{draft}", f"doc:{final}", "--json"))[0]
    assert 0.3 < found["likeness"] < 1 and found["summary"]
    ends = [part["right"][1] for part in found["parts"] if part["right"]]
    starts = [part["right"][0] for part in found["parts"] if part["right"]]
    assert starts[0] == 0 and starts[1:] == ends[:-1]


def test_positions_come_from_scores_and_a_bad_row_is_named(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run([sys.executable, "-c", f"import shutil; shutil.copytree({str(sample)!r}, {str(copy)!r})"], check=True)
    assert engine("issue", copy, "Boats", "--low", "fewer", "--high", "more", "--query", "boats").returncode == 0
    ids = [row["id"] for row in lines(engine("statements", copy, "--json"))][:2]
    table = io.StringIO()
    csv.writer(table).writerows([["statement", "score", "note"], [ids[0], 2, ""], [ids[1], 9, ""], [999999, 1, ""]])
    (tmp_path / "s.csv").write_text(table.getvalue(), encoding="utf-8")
    result = engine("score", copy, "Boats", "--from", tmp_path / "s.csv", "--json")
    assert result.returncode == 1
    assert lines(result)[0]["taken"] == 1 and len(lines(result)[0]["problems"]) == 2
    (row,) = lines(engine("positions", copy, "Boats", "--json"))
    assert (row["statement"], row["score"], row["method"], row["status"]) == (ids[0], 2.0, "manual", "accepted")


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_plot_draws_the_timeline(sample: Path, tmp_path: Path, suffix: str) -> None:
    issue = json.loads((SAMPLE / "issues.json").read_text(encoding="utf-8"))[0]["name"]
    result = engine("plot", sample, issue, "--out", tmp_path / f"t.{suffix}")
    assert result.returncode == 0, result.stderr
    data = (tmp_path / f"t.{suffix}").read_bytes()
    assert data.startswith(b"\x89PNG") if suffix == "png" else b"Maren Tolvik" in data


def test_utterances_flag_the_year_that_two_outlets_print_differently(sample: Path) -> None:
    rows = lines(engine("utterances", sample, "--json"))
    values = [set(c["values"]) for row in rows for c in row["conflicts"]]
    assert any({"2018", "2019"} <= found for found in values)


def test_undo_on_the_command_line_takes_a_date_back(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run([sys.executable, "-c", f"import shutil; shutil.copytree({str(sample)!r}, {str(copy)!r})"], check=True)
    (undated,) = lines(engine("documents", copy, "--undated", "--json"))
    before = lines(engine("statements", copy, "--document", undated["id"], "--json"))
    assert engine("set", copy, undated["id"], "--published", "2024-11-28").returncode == 0
    dated = lines(engine("statements", copy, "--document", undated["id"], "--json"))
    assert any(row["date"] for row in dated) and dated != before
    assert engine("undo", copy).returncode == 0
    assert lines(engine("statements", copy, "--document", undated["id"], "--json")) == before


def test_wrong_usage_is_exit_two_and_a_missing_library_exit_one(tmp_path: Path) -> None:
    assert engine("search").returncode == 2
    result = engine("documents", tmp_path)
    assert result.returncode == 1 and "no Standpoint library" in result.stderr and result.stdout == ""


def test_a_cache_that_cannot_be_made_is_named(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder of caches should be", encoding="utf-8")
    result = engine("search", sample, "treaty", env={**os.environ, "STANDPOINT_CACHE": str(tmp_path / "cache")})
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1 and str(tmp_path / "cache") in result.stderr


def test_a_log_that_cannot_be_written_is_no_traceback(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder of logs should be", encoding="utf-8")
    code = (
        "import sys, index.commands.documents as m, index.__main__ as e\n"
        "def broken(args): raise RuntimeError('boom')\n"
        "m.documents = broken\n"
        f"sys.exit(e.main(['documents', {str(sample)!r}]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")},
    )  # fmt: skip
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "RuntimeError: boom" in line and "the log cannot be written" in line


def test_names_in_other_scripts_do_not_end_a_list_on_an_old_code_page(sample: Path) -> None:
    result = engine("search", sample, "Ռեկա", env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert result.returncode == 0 and "\\u054c" in result.stdout


def test_what_the_engine_notes_goes_to_the_log_and_not_to_the_terminal(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words that are no table.", encoding="utf-8")
    result = engine("columns", sample, tmp_path / "a.txt", env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")})
    assert result.returncode == 1 and result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert "no column that holds texts" in line


def test_an_unexpected_error_is_one_line_with_the_log(sample: Path, tmp_path: Path) -> None:
    code = (
        "import sys, index.commands.documents as m, index.__main__ as e\n"
        "def broken(args): raise RuntimeError('boom')\n"
        "m.documents = broken\n"
        f"sys.exit(e.main(['documents', {str(sample)!r}]))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1 and len(result.stderr.splitlines()) == 1
    log = Path(result.stderr.strip().rpartition("log: ")[2])
    assert "boom" in log.read_text(encoding="utf-8")
