"""From acts of coding to positions: one value per utterance, however many coders, outlets and second thoughts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from index.model import Code, Issue, Position, Statement, When
from index.positions.estimates import interval

EXCLUDED = ("x", "excluded", "not about", "n/a")


@dataclass(frozen=True, slots=True)
class Coded:
    """What the codes of an issue come to. Each of the three holds one `Position` per utterance.

    `positions` have a score; `uncoded` (score 0, not to be read) wait for one; `excluded` were coded as not about
    the issue. `outdated` are statement ids in `positions` that rest on an earlier version of the issue alone.
    """

    positions: tuple[Position, ...]
    uncoded: tuple[Position, ...]
    excluded: tuple[Position, ...]
    outdated: frozenset[int]
    members: Mapping[int, tuple[int, ...]]


def counted_codes(codes: Iterable[Code], issue_id: int) -> dict[int, dict[str, Code]]:
    """The code that counts, by statement and coder: each coder's last one. Re-codes only measure agreement."""
    found: dict[int, dict[str, Code]] = {}
    for code in sorted(codes, key=lambda code: code.id):
        if code.issue_id == issue_id and not code.recode:
            found.setdefault(code.statement_id, {})[code.coder] = code
    return found


def coded(issue: Issue, statements: Iterable[Statement], codes: Iterable[Code]) -> Coded:
    """One position per utterance of `statements` (rejected ones are left out), by date of the statement.

    A statement's value is the mean over coders; it is excluded when more coders set it aside than gave a value. An
    utterance's value is the mean over its coded statements. It is drawn at the coded statement whose date is known
    best; where several coders gave three values or more, `interval` is the t interval of their mean.
    """
    values = counted_codes(codes, issue.id)
    positions: list[Position] = []
    uncoded: list[Position] = []
    excluded: list[Position] = []
    outdated: set[int] = set()
    members: dict[int, tuple[int, ...]] = {}
    for group in utterances(statements):
        scores, aside, versions = _judged(group, values)
        if scores:
            first = best_dated([statement for statement in group if statement.id in scores])
            flat = [value for found in scores.values() for value in found]
            between = interval(flat)
            if between:
                between = max(between[0], issue.lowest), min(between[1], issue.highest)
            score = fmean(fmean(found) for found in scores.values())
            positions.append(_position(issue, group, first, score, between))
            if max(versions) < issue.version:
                outdated.add(first.id)
        else:
            first = best_dated(group)
            (excluded if aside else uncoded).append(_position(issue, group, first, 0.0, None))
        members[first.id] = tuple(statement.id for statement in group)
    return Coded(tuple(positions), tuple(uncoded), tuple(excluded), frozenset(outdated), members)


def _judged(
    group: Sequence[Statement], values: Mapping[int, Mapping[str, Code]]
) -> tuple[dict[int, list[float]], bool, list[int]]:
    scores: dict[int, list[float]] = {}
    versions = []
    aside = False
    for statement in group:
        given = values.get(statement.id, {}).values()
        found = [code.value for code in given if code.value is not None]
        if found and len(found) >= len(given) - len(found):
            scores[statement.id] = found
            versions.append(max(code.issue_version for code in given if code.value is not None))
        elif given:
            aside = True
    return scores, aside, versions


def utterances(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Statements grouped by utterance (one without a cluster stands alone), in order of date and id."""
    groups: dict[tuple[str, int], list[Statement]] = {}
    for statement in sorted(statements, key=in_order):
        if statement.status != "rejected":
            known = statement.utterance_id
            key = ("utterance", known) if known is not None else ("statement", statement.id)
            groups.setdefault(key, []).append(statement)
    return list(groups.values())


def in_order(statement: Statement) -> tuple[date, int]:
    """Sort key by date, then id; undated statements come last."""
    when = statement.when
    day = (when.earliest or when.latest) if when else None
    return day or date.max, statement.id


def best_dated(group: Sequence[Statement]) -> Statement:
    """The statement whose date is known most narrowly; of equal ones the first."""
    return min(group, key=lambda statement: (_width(statement.when), statement.id))


def _width(when: When | None) -> float:
    if when is None or (when.earliest is None and when.latest is None):
        return float("inf")
    if when.earliest is None or when.latest is None:
        return 1e9
    return float(when.latest.toordinal() - when.earliest.toordinal())


def _position(
    issue: Issue, group: Sequence[Statement], first: Statement, score: float, between: tuple[float, float] | None
) -> Position:
    known = [statement.actor_id for statement in group if statement.actor_id is not None]
    actor_id = first.actor_id if first.actor_id is not None else (known[0] if known else None)
    when = first.when if _width(first.when) < float("inf") else best_dated(group).when
    return Position(
        statement_id=first.id, issue_id=issue.id, actor_id=actor_id, when=when, score=score,
        interval=between, n=len(group),
    )  # fmt: skip


def first_moves(values: Sequence[float], middle: float = 0.0) -> list[int]:
    """Places in `values` (in order of time) where the series first comes down on the other side of `middle`.

    Values on the middle take no side; the first side ever taken is no move.
    """
    found = []
    side = 0
    for place, value in enumerate(values):
        now = (value > middle) - (value < middle)
        if now and side and now != side:
            found.append(place)
        side = now or side
    return found


# --- codes as a table -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row of a table of scores: `statement` as written there ("12", "3:10"), `value` None: not about the issue."""

    line: int
    statement: str
    value: float | None
    note: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row of a table was left out: a code of `index.problems`, with the line and what stands there."""

    line: int
    code: str
    detail: str


def read_scores(text: str, issue: Issue) -> tuple[list[ScoreRow], list[RowProblem]]:
    """The rows of a CSV with the columns `statement,score` and, if there, `note,coder`; bad rows come as problems.

    Comma, semicolon and tab divide columns. A score is a number within the issue's scale, or one of "x", "excluded",
    "not about", "n/a" for a statement that is not about the issue; rows without a score are passed over.
    """
    lines = text.lstrip("\ufeff")
    head = lines.split("\n", 1)[0]
    divider = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(lines, newline=""), delimiter=divider)
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    if "statement" not in names or "score" not in names:
        return [], [RowProblem(1, "bad-value", "The table needs the columns statement and score.")]
    rows, problems = [], []
    try:
        for row in reader:
            cell = {key: str(row.get(name) or "").strip() for key, name in names.items()}
            result = _score_row(reader.line_num, cell, issue)
            if isinstance(result, RowProblem):
                problems.append(result)
            elif result:
                rows.append(result)
    except csv.Error as error:
        problems.append(RowProblem(reader.line_num, "bad-value", f"line {reader.line_num}: {error}"))
    return rows, problems


def _score_row(line: int, cell: Mapping[str, str], issue: Issue) -> ScoreRow | RowProblem | None:
    statement, score = cell["statement"].lstrip("'"), cell["score"].lstrip("'")
    if not score:
        return None
    if not statement:
        return RowProblem(line, "no-statement", f"(line {line})")
    value: float | None = None
    if score.lower() not in EXCLUDED:
        try:
            value = float(score.replace(",", ".").replace("−", "-"))
        except ValueError:
            return RowProblem(line, "bad-score", f"{score} (line {line})")
        if not issue.lowest <= value <= issue.highest:
            return RowProblem(line, "bad-score", f"{score} (line {line}, {issue.lowest:g} to {issue.highest:g})")
    return ScoreRow(line, statement, value, cell.get("note", "").removeprefix("'"), cell.get("coder", ""))


def scores_csv(issue: Issue, codes: Iterable[Code], statements: Mapping[int, Statement]) -> str:
    """Every code of the issue as CSV that `read_scores` takes again, with what a reader of the table needs beside it.

    Text that a spreadsheet could take for a formula is prefixed with an apostrophe (CWE-1236).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["statement", "score", "note", "coder", "at", "version", "current", "recode", "suggestion_seen",
                     "quotation", "actor", "said", "text"])  # fmt: skip
    for code in codes:
        if code.issue_id != issue.id:
            continue
        statement = statements.get(code.statement_id)
        writer.writerow([
            code.statement_id, "x" if code.value is None else f"{code.value:g}", inert(code.note), inert(code.coder),
            code.at, code.issue_version, "yes" if code.issue_version == issue.version else "no",
            "yes" if code.recode else "no", "yes" if code.suggestion_seen else "no",
            statement.label if statement else "", inert(statement.actor or "") if statement else "",
            statement.when.edtf if statement and statement.when else "", inert(statement.text) if statement else "",
        ])  # fmt: skip
    return out.getvalue()


def inert(text: str) -> str:
    """`text` so that a spreadsheet shows it and does not run it."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
