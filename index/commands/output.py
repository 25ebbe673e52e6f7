"""How commands speak: JSON or plain lines to stdout, messages and progress to stderr, tracebacks to the log."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.model import When


def say(message: str) -> None:
    """A message for the person at the terminal."""
    print(f"standpoint: {message}", file=sys.stderr, flush=True)


def emit(value: Any) -> None:
    """One JSON value on a line of its own. Lone surrogates are escaped, so that the output is always valid UTF-8."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def table(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, int]) -> None:
    """Rows as aligned plain text; `columns` gives the width of each (0: the rest of the line)."""
    print("  ".join(name.upper().ljust(width) for name, width in columns.items()).rstrip())
    for row in rows:
        cells = []
        for name, width in columns.items():
            text = " ".join(str("" if row.get(name) is None else row[name]).split())
            cells.append(text if not width else (text if len(text) <= width else text[: width - 1] + "…").ljust(width))
        print("  ".join(cells).rstrip())


def listed(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, int], as_json: bool) -> None:
    """Rows as JSON lines, or as the `table` that a person reads."""
    if not as_json:
        table(rows, columns)
        return
    for row in rows:
        emit(row)


def shown(rows: Iterable[Mapping[str, Any]], as_json: bool) -> None:
    """Rows that were changed, all that is set in them: as JSON lines, or a line each for a person."""
    for row in rows:
        if as_json:
            emit(row)
        else:
            print(" ".join(f"{name}={value}" for name, value in row.items() if value not in (None, [], "", {})))


def progress(done: int, total: int, what: str) -> None:
    """A progress line on stderr, only where that is a terminal."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else "\r"
        print(f"\x1b[2K{done}/{total} {what[:60]}", end=end, file=sys.stderr, flush=True)


def when_json(when: When | None) -> dict[str, Any] | None:
    """A date as the command line gives it; None: unknown."""
    if when is None or (when.earliest is None and when.latest is None):
        return None
    return {
        "earliest": when.earliest and when.earliest.isoformat(),
        "latest": when.latest and when.latest.isoformat(),
        "precision": when.precision,
        "expression": when.expression and list(when.expression),
        "rule": when.rule,
        "certainty": round(when.certainty, 2),
    }


def published_text(when: When | None) -> str | None:
    """A publication date as one string: a day, a month, a year (EDTF)."""
    return None if when is None else when.edtf


def log_path() -> Path:
    """The file that unexpected errors go to."""
    from platformdirs import user_log_path

    return user_log_path("standpoint", appauthor=False, ensure_exists=True) / "engine.log"


class Log(logging.Handler):
    """What the engine notes of odd things goes to the log: without a handler Python prints it, tracebacks and all."""

    def emit(self, record: logging.LogRecord) -> None:
        """Append one note."""
        with suppress(OSError):
            _append(f"--- {datetime.now(UTC).isoformat()} {record.name}\n{self.format(record).rstrip()}\n")


@contextmanager
def notes_kept() -> Iterator[None]:
    """Meanwhile what the engine notes goes to the log."""
    notes, log = logging.getLogger("standpoint"), Log()
    notes.addHandler(log)
    try:
        yield
    finally:
        notes.removeHandler(log)


def _append(text: str) -> Path:
    path = log_path()
    with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(text)
    return path


def log_error(error: BaseException) -> str:
    """Write a traceback to the log; the log's path, or why there is none, with what went wrong."""
    import traceback

    try:
        trace = "".join(traceback.format_exception(error))
        return str(_append(f"--- {datetime.now(UTC).isoformat()} {' '.join(sys.argv)}\n{trace}"))
    except OSError as unwritable:
        return f"(the log cannot be written: {unwritable.strerror}) {type(error).__name__}: {error}"
