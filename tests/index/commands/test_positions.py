"""Issues, scores, means, phrases and plots on the command line; bad input gets a clear message."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from index.__main__ import main
from index.library import Library
from index.model import When

ISSUE = "The treaty"


@pytest.fixture
def folder(library: Library) -> Path:
    """The river library with an issue and three codes."""
    with library.edit("Prepare"):
        for document_id in library.document_ids():
            library.set_published([document_id], When(date(2030, 5, 14), date(2030, 5, 14)))
        issue_id = library.define_issue(ISSUE, "leave it", "keep it")
        for place, key in enumerate(library.statement_ids()[:3]):
            library.code(key, issue_id, float(place), coder="ann", note="=1+1")
    return library.path


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, JSON lines, what stands on stderr."""
    capsys.readouterr()
    code = main([*map(str, args), "--json"])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


def test_the_whole_definition_of_an_issue_can_be_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, _ = run(capsys, "issue", folder, ISSUE, "--low", "leave it", "--high", "keep it", "--question", "Keep it?",
                        "--low-definition", "wants out", "--low-example", "Out!", "--low-example", "Never.",
                        "--seed-word", "treaty")  # fmt: skip
    assert code == 0
    assert (rows[0]["question"], rows[0]["low_examples"], rows[0]["version"]) == ("Keep it?", ["Out!", "Never."], 2)
    code, rows, _ = run(capsys, "issue", folder, ISSUE, "--low", "leave it", "--high", "keep it")
    assert rows[0]["question"] == "Keep it?"


def test_means_per_period_have_n_and_interval(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, _ = run(capsys, "positions", folder, ISSUE, "--period", "year")
    assert code == 0 and rows
    assert all(row["n"] for row in rows)
    assert {row["label"] is None for row in rows if row["n"] == 1} <= {True}


def test_scores_go_out_and_come_back(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = run(capsys, "score", folder, ISSUE, "--out", tmp_path / "out.csv")
    assert code == 0
    assert "'=1+1" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    code, rows, _ = run(capsys, "score", folder, ISSUE, "--from", tmp_path / "out.csv")
    assert (code, rows[0]["taken"]) == (0, 3)
    code, _, told = run(capsys, "score", folder, ISSUE)
    assert code == 1 and "--from" in told
    code, _, told = run(capsys, "score", folder, ISSUE, "--out", tmp_path / "none" / "out.csv")
    assert code == 1 and "cannot be written" in told


def test_unknown_statements_and_scores_off_the_scale_are_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.csv").write_text("statement,score\n99999,1\n7:99,1\n1,2.5\n1,-1\n", encoding="utf-8")
    code, rows, _ = run(capsys, "score", folder, ISSUE, "--from", tmp_path / "s.csv")
    assert (code, rows[0]["taken"], len(rows[0]["problems"])) == (1, 1, 3)  # type: ignore[arg-type]


def test_a_plot_says_who_used_a_phrase_first(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = run(capsys, "plot", folder, ISSUE, "--out", tmp_path / "a.svg", "--phrase", "river", "--phrase", "locks")
    assert code == 0
    assert "“river”: first used by" in (tmp_path / "a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.csv"])
def test_plots_are_written_by_their_ending(folder: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / name
    code, _, _ = run(capsys, "plot", folder, ISSUE, "--out", out, "--period", "month", "--lanes", "--change")
    assert code == 0
    assert out.stat().st_size > 300
    code, _, _ = run(capsys, "plot", folder, "--out", out)
    assert code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["plot", "{}", "nothing", "--out", "a.svg"], "no issue"), (["positions", "{}", "²"], "no issue"),
     (["positions", "{}", ISSUE, "--method", "suggested"], "no positions yet"),
     (["positions", "{}", ISSUE, "--method", "wordscores"], "1,000 scored words")],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    folder: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, told = run(capsys, *[part.format(folder) for part in arguments])
    assert code == 1
    assert words in told and "Traceback" not in told


def test_an_issue_without_codes_is_an_honest_empty_plot(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.define_issue("Empty", "a", "b")
    code, _, _ = run(capsys, "plot", library.path, "Empty", "--out", tmp_path / "a.svg")
    assert code == 0
    assert "nothing to show" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert run(capsys, "positions", library.path, "Empty")[1] == []


def test_issues_are_listed_changed_in_part_renamed_and_deleted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, _ = run(capsys, "issue", folder, "Boats", "--low", "fewer", "--high", "more", "--query", "treaty")
    assert code == 0
    code, rows, _ = run(capsys, "issue", folder, "Boats", "--question", "How many boats?")
    assert (code, rows[0]["question"], rows[0]["low"], rows[0]["query"]) == (0, "How many boats?", "fewer", "treaty")
    code, rows, _ = run(capsys, "issue", folder, "Boats", "--rename", "Ships")
    assert (code, rows[0]["name"]) == (0, "Ships")
    code, rows, _ = run(capsys, "issue", folder)
    assert code == 0 and {row["name"] for row in rows} == {ISSUE, "Ships"}
    code, rows, _ = run(capsys, "issue", folder, "Ships", "--delete")
    assert code == 0 and [row["name"] for row in rows] == [ISSUE]
    code, rows, told = run(capsys, "issue", folder, "Nothing", "--low", "fewer")
    assert (code, rows) == (1, []) and "Nothing" in told
    assert run(capsys, "undo", folder)[0] == 0
    assert len(run(capsys, "issue", folder)[1]) == 2


def test_scores_are_taken_back_by_statement_and_coder(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "in.csv"
    table.write_text("statement,score\n1,1\n2,-1\n", encoding="utf-8")
    run(capsys, "score", folder, ISSUE, "--from", table, "--coder", "ann")
    run(capsys, "score", folder, ISSUE, "--from", table, "--coder", "ben")
    code, rows, _ = run(capsys, "score", folder, ISSUE, "--remove", 1, 2, "--coder", "ben")
    assert (code, rows[0]["removed"]) == (0, 2)
    code, rows, _ = run(capsys, "score", folder, ISSUE, "--remove", 1)
    assert rows[0]["removed"] >= 1
    assert 1 not in {row["statement"] for row in run(capsys, "positions", folder, ISSUE)[1]}
    run(capsys, "undo", folder)
    assert 1 in {row["statement"] for row in run(capsys, "positions", folder, ISSUE)[1]}
    assert run(capsys, "score", folder, ISSUE)[0] == 1


def test_a_picture_of_some_days_shows_these_and_says_so(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.svg"
    assert run(capsys, "plot", folder, ISSUE, "--out", out, "--from", "2031-03-01", "--to", "2031-04", "--no-band")[0] == 0
    page = out.read_text(encoding="utf-8")
    assert "Shown are the days from 2031-03-01 to 2031-04-30" in page and "clip-path" in page
    code, _, told = run(capsys, "plot", folder, ISSUE, "--out", out, "--from", "2032", "--to", "2031")
    assert code == 1 and "before" in told


def test_a_table_of_some_days_holds_these_only(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(folder) as library:
        first, second, *_ = library.statement_ids()
        for key, day in ((first, date(2031, 1, 10)), (second, date(2031, 6, 20))):
            library.correct_statement(key, when=When(day, day))

    def table(*days: object) -> tuple[list[str], str]:
        assert run(capsys, "plot", folder, ISSUE, "--out", tmp_path / "a.csv", *days)[0] == 0
        text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
        rows = [line for line in text.splitlines() if not line.startswith("#")][1:]
        return [row.split(",")[0] for row in rows], text

    whole, early, late = table(), table("--to", "2031-03"), table("--from", "2031-03")
    assert {str(first), str(second)} <= set(whole[0])
    assert str(first) in early[0] and str(second) not in early[0]
    assert str(second) in late[0] and str(first) not in late[0]
    assert "Shown are the days from" in early[1] and "Shown are the days from" not in whole[1]


def test_watch_phrases_are_added_listed_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "phrases", folder)[1] == []
    code, rows, _ = run(capsys, "phrases", folder, "--add", "river", "--add", " locks ", "--add", "river")
    assert (code, rows) == (0, [{"phrase": "river"}, {"phrase": "locks"}])
    assert run(capsys, "phrases", folder, "--remove", "river")[1] == [{"phrase": "locks"}]
    assert run(capsys, "undo", folder)[1] == [{"undone": "Change watch phrases"}]
    for option, words in (("--remove", "no watch phrase"), ("--add", "needs words")):
        code, rows, told = run(capsys, "phrases", folder, option, " ")
        assert (code, rows) == (1, []) and words in told
    assert len(run(capsys, "phrases", folder)[1]) == 2


def test_actors_are_put_together_on_the_timeline_and_apart_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library.open(folder) as library:
        ids = sorted(actor.id for actor in library.actors())
        names = {actor.id: actor.name for actor in library.actors()}
    code, rows, _ = run(capsys, "sides", folder, "Both banks", "--actors", *ids)
    assert (code, rows) == (0, [{"side": "Both banks", "actors": ids, "names": [names[key] for key in ids]}])
    assert run(capsys, "plot", folder, ISSUE, "--out", tmp_path / "a.svg")[0] == 0
    assert "Both banks" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    code, _, told = run(capsys, "sides", folder, "Other", "--actors", ids[0])
    assert code == 1 and "one side only" in told
    for arguments, words in ((["Both banks"], "--actors"), (["--delete"], "needs a name"), (["None", "--delete"], "no side"),
                             (["New", "--actors", "99"], "no actor 99")):  # fmt: skip
        code, rows, told = run(capsys, "sides", folder, *arguments)
        assert (code, rows) == (1, []) and words in told
    assert run(capsys, "sides", folder, "Both banks", "--delete")[1] == []
    assert run(capsys, "undo", folder)[1] == [{"undone": "Put actors together"}]
    assert len(run(capsys, "sides", folder)[1]) == 1


def test_a_second_look_measures_agreement_and_moves_no_position(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run(capsys, "positions", folder, ISSUE)[1]
    code, rows, _ = run(capsys, "queue", folder, ISSUE, "--again", "--coder", "ann", "--limit", 2)
    assert code == 0 and len(rows) == 2 and "score" not in rows[0]
    assert run(capsys, "queue", folder, ISSUE, "--again", "--coder", "nobody")[1] == []
    table = tmp_path / "again.csv"
    table.write_text("statement,score\n" + "".join(f"{row['statement']},-2\n" for row in rows), encoding="utf-8")
    code, told, _ = run(capsys, "score", folder, ISSUE, "--from", table, "--again", "--coder", "ann")
    assert (code, told[0]["taken"]) == (0, 2)
    assert run(capsys, "positions", folder, ISSUE)[1] == before
    assert run(capsys, "agreement", folder, ISSUE, "--coder", "ann")[1][0]["statements"] == 2
    code, _, words = run(capsys, "score", folder, ISSUE, "--again", "--out", tmp_path / "out.csv")
    assert code == 1 and "--from" in words
