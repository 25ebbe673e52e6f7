"""What comes into the open library: files and folders, and the sample library's texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

from index.library.positions import Positions
from index.library.sources import Sources
from index.model import Progress
from index.problems import Problem
from index.store import journal, statements
from index.store.store import Store


class Importing(Sources, Positions):
    """Filling a library."""

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        metadata: Path | None = None,
        jobs: int | None = None,
        skip_duplicates: bool = False,
        retry: bool = False,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Progress]:
        """Import files and folders, a `Progress` for each document or problem; then bring the full text up to date.

        One document is one transaction: whatever happens, what was reported is there whole, and importing the same
        files again adds nothing. `retry` reads files again that ended the reader twice. `stop` is asked between documents.
        """
        from index.ingest.run import ingest

        self.back_up_before("import")
        yield from ingest(
            self.store, paths, metadata=metadata, jobs=jobs, skip_duplicates=skip_duplicates, retry=retry,
            stop=stop,
        )
        self.join_utterances()
        self.sync()
        self.changed_outside("all")

    def import_watched(self, *, jobs: int | None = None, stop: Callable[[], bool] = lambda: False) -> Iterator[Progress]:
        """Import what is new or changed in the watched folders since the last look."""
        from index.ingest.watching import changed, saw, watched

        looks = [changed(one) for one in watched(self._memory)]
        fresh = [path for paths, _ in looks for path in paths]
        if fresh:
            yield from self.import_paths(fresh, jobs=jobs, stop=stop)
        if not stop():
            saw(self._memory, [after for _, after in looks])

    def outdated_documents(self) -> list[int]:
        """Documents whose statements were found by older rules than this program's."""
        from index.ingest.reextraction import outdated

        return outdated(self.store)

    def reextract(
        self, ids: Sequence[int], *, jobs: int | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Progress]:
        """Look for the statements of documents again. What people confirmed, corrected, rejected or scored stays."""
        from index.ingest.reextraction import reextract

        self.back_up_before("extraction")
        yield from reextract(self.store, ids, jobs=jobs, stop=stop)
        self.join_utterances()
        self.sync()
        self.changed_outside("all")

    @classmethod
    def create_sample(cls, path: Path | str) -> Self:
        """A new library with the sample texts about an invented treaty, their issues and scores. Raises `Problem`."""
        from importlib.resources import as_file, files

        folder = Path(path)
        library = cls(Store.create(folder, "Sample: the Strait Treaty"))
        with as_file(files("resources").joinpath("sample")) as sample:
            texts = sorted(p for p in sample.iterdir() if p.suffix in (".txt", ".html") and p.name != "queries.txt")
            for result in library.import_paths(texts, metadata=sample / "metadata.csv", jobs=1):
                if result.problem:
                    raise Problem(result.problem, result.file, result.detail)
            library._add_sample_issues(sample)
        with library.store.transaction() as connection:
            journal.forget(connection)
        return library

    def _add_sample_issues(self, sample: Path) -> None:
        """The issues, hand scores and events of the sample."""
        import json

        with self.edit("Add sample issues"):
            for row in json.loads((sample / "issues.json").read_text(encoding="utf-8")):
                self.define_issue(**row)
            for row in _rows(sample / "positions.csv"):
                self._score_sample(row)
            for row in _rows(sample / "events.csv"):
                self.add_event(row["date"], row["label"])

    def _score_sample(self, row: dict[str, str]) -> None:
        """Score every statement of a sample file that holds certain words."""
        issue = self.issue_named(row["issue"])
        value = None if row["score"] in ("", "x") else float(row["score"])
        for statement_id in statements.that_hold(self.store, row["file"], row["words"]):
            self.code(statement_id, issue.id, value, coder="sample", note=row.get("note", ""))


def _rows(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


