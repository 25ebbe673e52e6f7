"""Whether damage is noticed: that of the search index, which is made anew unasked, and that of the database.

    python tests/bench/damage.py index [--cases 200]
    python tests/bench/damage.py database [--cases 60]

The sample library is damaged, case by case: cut off, zeroed, bits flipped, files missing, foreign or planted. For the index the
answers are held against those of a whole one; the planted tables of contents are pickles that would leave a file behind.
The database has to be refused, or the check has to tell, unless all rows are as they were; the backup brings all of it back.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

QUERIES = ("treaty", '"the treaty"', "harbour OR strait", "trea*", "treatty~1", "said:2019..2030", "actor:a*")


class Planted:
    """What runs a command when it is read as a pickle."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.marker),)


def damaged(data: bytes, kind: str, chance: random.Random) -> bytes:
    """A damaged copy of some bytes."""
    at = chance.randrange(len(data)) if data else 0
    if kind == "cut off":
        return data[:at]
    if kind == "zeroed":
        at -= at % 4096
        return data[:at] + bytes(len(data[at : at + 4096])) + data[at + 4096 :]
    if kind == "flipped":
        flipped = bytearray(data)
        for place in {at, *(chance.randrange(len(data) or 1) for _ in range(chance.choice((0, 7, 63))))}:
            if data:
                flipped[place] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    if kind == "header":
        return bytes([*data[: at % 100], data[at % 100] ^ 255, *data[at % 100 + 1 :]])
    return chance.randbytes(len(data)) if kind == "foreign" else b""


def answers(library: Any) -> list[Any]:
    """What the queries find."""
    found = [library.search(query, limit=500) for query in QUERIES]
    return [(one.total, sorted((hit.id, round(hit.score, 4)) for hit in one.hits)) for one in found]


def index_cases(work: Path, cases: int, chance: random.Random) -> dict[str, Any]:
    """How many damaged indexes gave other answers than a whole one, and whether anything planted ran."""
    from index.library import Library
    from index.search.sync import home

    marker, wrong = work / "marker", []
    with Library.open(work / "library") as library:
        right, folder = answers(library), home(library.store)
    kinds = ("cut off", "zeroed", "flipped", "foreign", "emptied", "missing", "planted", "of another library")
    for case in range(cases):
        kind = kinds[case % len(kinds)]
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock"]
        path = chance.choice(files)
        if kind == "missing":
            path.unlink()
        elif kind == "planted":
            for toc in folder.rglob("*.toc"):
                toc.write_bytes(pickle.dumps(Planted(marker)))
                toc.with_name("_MAIN_99.toc").write_bytes(pickle.dumps(Planted(marker)))
        elif kind == "of another library":
            manifest = folder / "manifest.json"
            manifest.write_text(manifest.read_text("utf-8").replace("a", "b", 3), "utf-8")
        else:
            path.write_bytes(damaged(path.read_bytes(), kind, chance))
        try:
            with Library.open(work / "library") as library:
                if answers(library) != right:
                    wrong.append(f"{kind}: other answers")
        except Exception as error:
            wrong.append(f"{kind}: {error!r}"[:200])
    return {"cases": cases, "wrong": len(wrong), "planted_ran": marker.exists(), "what": wrong}


def rows(path: Path) -> dict[str, list[Any]]:
    """All that is in a database."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
        return {table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}"))) for table in tables}


def database_cases(work: Path, cases: int, chance: random.Random) -> dict[str, Any]:
    """How damaged databases were met, and how many were used as if they were whole."""
    from index.library import Library
    from index.problems import Problem
    from index.store.backups import all_backups, restore

    path = work / "library" / "library.standpoint"
    with Library.open(work / "library") as library:
        backup, whole_counts = library.back_up(), library.counts()
    shutil.copy(backup, path)
    right = rows(path)
    whole, met, wrong = path.read_bytes(), Counter[str](), []
    kinds = ("cut off", "zeroed", "flipped", "foreign", "header", "emptied")
    for case in range(cases):
        kind = kinds[case % len(kinds)]
        path.write_bytes(damaged(whole, kind, chance))
        try:
            with Library.open(work / "library") as library:
                found = "check tells" if not library.check()["ok"] else "harmless" if rows(path) == right else "not noticed"
        except Problem as problem:
            found = problem.code
        except Exception as error:
            found = "a bug"
            wrong.append(f"{kind}: {error!r}"[:200])
        met[found] += 1
        if found == "not noticed":
            wrong.append(f"{kind}: used as if it were whole")
        kept = restore(work / "library", all_backups()[0].path)
        with Library.open(work / "library") as library:
            if library.counts() != whole_counts or kept is None or not kept.exists():
                wrong.append(f"{kind}: not put back")
        for old in (work / "library").glob("*.damaged-*"):
            old.unlink()
    return {"cases": cases, "wrong": len(wrong), "met": dict(met), "what": wrong}


def main() -> None:
    """Damage the sample library again and again and print what was found as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("index", "database"))
    parser.add_argument("--cases", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ.update(STANDPOINT_CACHE=str(work / "cache"), STANDPOINT_DATA=str(work / "data"))
        from index.library import Library

        Library.create_sample(work / "library").close()
        chance = random.Random(6)
        if args.what == "index":
            print(json.dumps(index_cases(work, args.cases or 200, chance)))
        else:
            print(json.dumps(database_cases(work, args.cases or 60, chance)))


if __name__ == "__main__":
    main()
