"""What is left of a library when a command is killed at, or refused, its n-th write: the state before or the state after.

    python tests/bench/interruptions.py kill|fail [--most 14] [--only import,merge]

Every command runs under `strace`, which kills it at the n-th writing system call of each kind, or lets that call fail with
ENOSPC, EIO or EACCES. Then the library is opened (and timed), checked, and held against what it was before and what the
command makes of it undisturbed; the command is run again and has to end as if nothing had happened. One number for each:
what went wrong, and the slowest opening in seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "rename", "link", "unlink", "ftruncate", "mkdir")
ERRORS = ("ENOSPC", "EIO", "EACCES")
UNTOLD = ("stale", "meta", "search_history", "import_result")  # tables of which an interruption may leave more or less
MOMENTS = ("added", "at")  # columns that tell when something was done

Dump = dict[str, list[tuple[Any, ...]]]


class Trial:
    """A command, the library it works on, and how that looks before and after."""

    def __init__(self, work: Path, name: str, command: list[str], first: list[list[str]]) -> None:
        self.work, self.name, self.command, self.library = work, name, command, work / "library"
        self.restored()
        for one in first:
            assert engine(one).returncode == 0
        shutil.rmtree(work / "prepared", ignore_errors=True)
        shutil.copytree(self.library, work / "prepared")
        self.before = dump(self.library)
        log = work / "strace.log"
        assert engine(command, ["-e", f"trace={','.join(CALLS)}"], log).returncode == 0
        self.after = dump(self.library)
        self.calls = Counter(found[1] for found in re.finditer(r"^\d+ +(\w+)\(", log.read_text(), re.M))

    def restored(self, source: str = "base") -> None:
        """Put the library back."""
        shutil.rmtree(self.library, ignore_errors=True)
        shutil.copytree(self.work / source, self.library)
        for path in self.work.glob("out.*"):
            path.unlink()

    def disturbed(self, call: str, at: int, how: str) -> tuple[list[str], float]:
        """What is wrong after the command was disturbed, and how long the library took to open."""
        from index.library import Library
        from index.problems import Problem

        self.restored("prepared")
        done = engine(self.command, ["-e", f"trace={call}", "-e", f"inject={call}:{how}:when={at}"], self.work / "strace.log")
        wrong = ["no sentence"] if done.returncode == 1 and re.search("unexpected error|Traceback", done.stderr) else []
        began = time.perf_counter()
        try:
            with Library.open(self.library) as library:
                seconds = time.perf_counter() - began
                if library.store.value("PRAGMA integrity_check") != "ok" or not library.check()["ok"]:
                    wrong.append("damaged")
        except Problem as problem:
            return [f"not opened: {problem}"], 0.0
        now = dump(self.library)
        if self.name != "import" and now not in (self.before, self.after):
            wrong.append("between before and after")
        if self.name == "import" and len(set(now["document"])) != len(now["document"]):
            wrong.append("a document twice")
        if now != self.after:
            again = engine(self.command)
            sizes = {name: len(rows) for name, rows in dump(self.library).items()}
            if again.returncode or sizes != {name: len(rows) for name, rows in self.after.items()}:
                wrong.append(f"not mended by a second run: {again.stderr[-100:]}")
        return wrong, seconds


def engine(command: list[str], strace: list[str] | None = None, log: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the engine, under strace where its arguments are given."""
    before = ["strace", "-f", "-qq", "-o", str(log), *strace] if strace else []
    return subprocess.run(
        [*before, sys.executable, "-m", "index", *command], capture_output=True, text=True, cwd=ROOT, timeout=120,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def dump(library: Path) -> Dump:
    """The rows of a library without the moments in them, in a canonical order."""
    with closing(sqlite3.connect(library / "library.standpoint")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        found: Dump = {}
        for (table,) in tables.fetchall():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in MOMENTS]
            if table not in UNTOLD:
                found[table] = sorted(connection.execute(f"SELECT {','.join(names)} FROM {table}").fetchall(), key=repr)
    return found


def trials(work: Path) -> dict[str, tuple[list[str], list[list[str]]]]:
    """{name: (command, commands that go before it)}."""
    library, source = str(work / "library"), work / "source"
    source.mkdir()
    for n in range(4):
        (source / f"{n}.txt").write_text(
            f"Harbour notes {n}\n\n5 March 2031\n\n“The quay number {n} stays closed,” said Orla Vint, the harbour master of "
            f"Tessel. She added that gate {n} would follow in {n + 3} weeks.\n", encoding="utf-8",
        )  # fmt: skip
    kept = work / "kept.standpoint"
    shutil.copy(work / "base" / "library.standpoint", kept)
    merge = ["actors", library, "--merge", "1", "2"]
    return {
        "import": (["import", library, str(source), "--jobs", "1"], []),
        "merge": (merge, []),
        "issue": (["issue", library, "New one", "--low", "a", "--high", "b"], []),
        "undo": (["undo", library], [merge]),
        "backup": (["backup", library], []),
        "restore": (["backup", library, "--restore", str(kept)], [merge]),
        "export": (["export", library, "--format", "docx", "--out", str(work / "out.docx")], []),
        "rebuild": (["rebuild", library], []),
        "repair": (["check", library, "--repair"], []),
    }


def main() -> None:
    """Disturb every command at every kind of write and print what was found as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", choices=("kill", "fail"))
    parser.add_argument("--most", type=int, default=14, help="points of each kind of call in each command")
    parser.add_argument("--only", default="", help="commands, separated by commas")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ.update(STANDPOINT_CACHE=str(work / "cache"), STANDPOINT_DATA=str(work / "data"), PYTHONDONTWRITEBYTECODE="1")
        assert engine(["sample", str(work / "base")]).returncode == 0
        points, wrong, slowest = 0, [], 0.0
        for name, (command, first) in trials(work).items():
            if args.only and name not in args.only.split(","):
                continue
            trial = Trial(work, name, command, first)
            chance = random.Random(name)
            for call, count in sorted(trial.calls.items()):
                for at in sorted(chance.sample(range(1, count + 1), min(count, args.most))):
                    how = "signal=KILL" if args.how == "kill" else f"error={chance.choice(ERRORS)}"
                    found, seconds = trial.disturbed(call, at, how)
                    points, slowest = points + 1, max(slowest, seconds)
                    wrong += [f"{name}, {call} {at}, {how}: {words}" for words in found]
            print(f"{name}: {points} points so far, {len(wrong)} wrong", file=sys.stderr, flush=True)
    print(json.dumps({"points": points, "wrong": len(wrong), "slowest_opening": round(slowest, 3), "what": wrong}))


if __name__ == "__main__":
    main()
