"""Positions in the open library: which statements an issue gathers, what their codes come to, what methods suggest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.files import table_text
from index.library.issues import Issues
from index.library.searches import Searches
from index.library.statements import Statements
from index.model import METHODS, Issue, Position, Statement, Timeline, When
from index.problems import Problem
from index.store import actors, documents, events, statements
from index.store import issues as stored

# What computes positions is imported where it is used: the first page of a start is there without it.
if TYPE_CHECKING:
    from index.positions.codes import Coded, RowProblem
    from index.positions.suggestions import SuggestionModel


class Positions(Issues, Searches, Statements):
    """What can be asked about where actors stand."""

    def issue_statements(self, issue_id: int) -> list[Statement]:
        """The statements an issue gathers: all that its query finds, and all that were coded on it, by date."""
        issue = self.issue(issue_id)
        found = set(self.search_ids(issue.query)) if issue.query.strip() else set()
        found |= {code.statement_id for code in self.codes(issue_id)}
        return self.statements([key for key in self.statement_ids(order="said") if key in found])

    def coded(self, issue_id: int) -> Coded:
        """What the codes of an issue come to: positions, uncoded and excluded utterances."""
        from index.positions.codes import coded

        return coded(self.issue(issue_id), self.issue_statements(issue_id), self.codes(issue_id))

    def positions(self, issue_id: int, method: str = "manual") -> list[Position]:
        """Positions on an issue by hand, or as one of the text methods sees them (those have status "suggested").

        Raises `Problem("no-positions")` with the reason where a method cannot be used yet.
        """
        if method not in METHODS:
            raise Problem("bad-value", detail=f"{method!r} is not one of {', '.join(METHODS)}.")
        from index.positions.codes import coded
        from index.positions.indicators import dictionary_positions, pole_words, suggested_positions

        issue = self.issue(issue_id)
        gathered = self.issue_statements(issue_id)
        by_hand = coded(issue, gathered, self.codes(issue_id))
        if method == "manual":
            return list(by_hand.positions)
        if method == "suggested":
            model = self.suggestions(issue_id)
            if model.problem:
                from index.positions.suggestions import reason

                raise Problem("no-positions", detail=reason(model))
            return suggested_positions(issue, gathered, model)
        if method == "dictionary":
            low, high = pole_words(issue)
            if not low or not high:
                raise Problem("no-positions", detail="the issue has no words for both of its poles; give seed words")
            return dictionary_positions(issue, gathered, low, high)
        return self._wordscores(issue, gathered, by_hand)

    def suggestions(self, issue_id: int) -> SuggestionModel:
        """The model that leans statements to a pole, learnt from the codes of an issue; its `problem` says why it can't."""
        from index.positions.codes import coded
        from index.positions.suggestions import suggestion_model

        issue = self.issue(issue_id)
        by_hand = coded(issue, self.issue_statements(issue_id), self.codes(issue_id))
        texts = {s.id: s.text for s in self.statements([p.statement_id for p in by_hand.positions])}
        names = {*actors.all_names(self.store), *(outlet for outlet, _ in documents.outlets(self.store))} - {""}
        return suggestion_model(issue, by_hand.positions, texts, sorted(names))

    def import_scores(
        self, issue_id: int, path: Path, coder: str = "", *, again: bool = False
    ) -> tuple[int, list[RowProblem]]:
        """Codes from a CSV (`statement,score,note`): how many were taken, and the rows that could not be.

        `again`: they are a second look, which measures agreement and changes no position.
        """
        from index.positions.codes import RowProblem, read_scores

        issue = self.issue(issue_id)
        rows, problems = read_scores(table_text(path), issue)
        taken = 0
        with self.edit("Import scores"):
            for row in rows:
                statement_id = self.statement_named(row.statement)
                if statement_id is None:
                    problems.append(RowProblem(row.line, "no-statement", f"{row.statement} (line {row.line})"))
                    continue
                stored.add_code(
                    self.store, statement_id, issue_id, row.value, coder=row.coder or coder, note=row.note,
                    recode=again,
                )  # fmt: skip
                taken += 1
        return taken, sorted(problems, key=lambda problem: problem.line)

    def export_scores(self, issue_id: int) -> str:
        """Every code of an issue as CSV."""
        from index.positions.codes import scores_csv

        codes = self.codes(issue_id, every=True)
        found = {s.id: s for s in self.statements([code.statement_id for code in codes])}
        return scores_csv(self.issue(issue_id), codes, found)

    def timeline(self, issue_id: int | None = None, **options: Any) -> Timeline:
        """What the timeline of an issue shows (None: all statements by actor and date).

        `options` are those of `index.positions.timeline.timeline`; `method` adds the points of a text method to it.
        """
        from index.positions.timeline import timeline

        method = options.pop("method", None)
        options.setdefault("events", self.events())
        options.setdefault("phrases", self.setting("watch_phrases", []))
        options.setdefault("sides", self.setting("sides", {}))
        if issue_id is None:
            return timeline(None, self.statements(self.statement_ids(order="said")), **options)
        extra = self.positions(issue_id, method) if method and method != "manual" else ()
        return timeline(
            self.issue(issue_id), self.issue_statements(issue_id), self.codes(issue_id), extra=extra, **options
        )

    def plot(
        self, out: Path, issue_id: int | None = None, *, lanes: bool | None = None, days: tuple[str, str] = ("", ""),
        **options: Any,
    ) -> None:  # fmt: skip
        """Write the timeline as .svg, .png or .csv; `days`: the first and the last shown, as people write dates ("": all).

        Raises `Problem`.
        """
        from index.plot import write_plot
        from index.plot.layout import View

        drawn = self.timeline(issue_id, **options)
        ids = [point.statement_id for lane in drawn.lanes for point in lane.points]
        ids += [tick.statement_id for lane in drawn.lanes for tick in lane.ticks]
        view = View(days=_days(drawn, *days)) if any(days) else View()
        write_plot(drawn, out, {s.id: s for s in self.statements(ids)}, lanes=lanes, view=view)

    def events(self) -> list[tuple[When, str]]:
        """The dated events of the timeline's lane."""
        return events.events(self.store)

    def add_event(self, date: str, label: str) -> None:
        """An event for the timeline, with its date as people write it (`index.dates.parse_day`). Raises `Problem`."""
        from index.dates import parse_day

        when = parse_day(date)
        if when.earliest is None or when.latest is None:
            raise Problem("bad-date", detail=repr(date))
        with self.edit("Add event"):
            events.add_event(self.store, when.earliest, when.latest, label)

    def statement_named(self, name: str) -> int | None:
        """The statement with this id ("12") or quotation id ("3:10"), or None."""
        return statements.named(self.store, name)

    def _wordscores(self, issue: Issue, gathered: Sequence[Statement], by_hand: Coded) -> list[Position]:
        """Wordscores learnt from the statements scored at the two poles."""
        from index.positions.indicators import pole_model, wordscores_positions

        texts = {s.id: s.text for s in gathered}
        sides: tuple[list[str], list[str]] = ([], [])
        for position in by_hand.positions:
            if position.score in (issue.lowest, issue.highest):
                sides[position.score == issue.highest].append(texts[position.statement_id])
        model, fewest = pole_model(issue, *sides)
        if model is None:
            raise Problem("no-positions", detail=f"Wordscores needs 1,000 scored words at each pole, there are {fewest}")
        return wordscores_positions(issue, gathered, model)


def _days(drawn: Timeline, first: str, last: str) -> tuple[float, float]:
    """The days to show, since the timeline's epoch; "" is the data's own end. Raises `Problem`."""
    from index.dates import parse_day

    begin, end = parse_day(first).earliest if first else None, parse_day(last).latest if last else None
    low, high = drawn.x(begin) if begin else drawn.start, drawn.x(end) if end else drawn.end
    if low >= high:
        raise Problem("bad-value", detail="The first of the days to show must come before the last.")
    return low, high
