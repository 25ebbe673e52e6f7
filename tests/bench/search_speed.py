"""How fast searching is, beside stock Whoosh, SQLite's FTS5 and (where installed) Recoll, in one run.

    python tests/bench/search_speed.py [--statements 1000 10000 100000] [--unit statements documents]
                                       [--engines ours stock fts5 recoll] [--work FOLDER] [--json FILE]

The corpus is made from the paragraphs in `../shared/bench/quotes` (or what STANDPOINT_SHARED says), recombined with a
fixed seed. Every engine answers the same questions in a process of its own. Figures are CPU milliseconds of that
process, so only ratios within one run mean something; totals of engines differ where their stemmers differ.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import geometric_mean
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SHARED = Path(os.environ.get("STANDPOINT_SHARED", ROOT.parent / "shared"))
CLASSES = (
    "rare", "common", "and2", "or3", "phrase", "prefix", "fuzzy", "filter", "sort", "snippet", "timeline",
)  # fmt: skip
PER_CLASS = int(os.environ.get("BENCH_QUERIES", "30"))
Row = dict[str, Any]


# --- the corpus -------------------------------------------------------------------------------------------------------


def make_corpus(folder: Path, statements: int) -> None:
    """A library of so many statements in documents of the usual lengths: 600 actors, 40 outlets, 21 years."""
    from index.store.store import Store

    r = random.Random(7)
    paragraphs, lengths = [], []
    for path in sorted((SHARED / "bench/quotes").glob("*/*.txt")):
        found = [p.strip() for p in path.read_text(encoding="utf-8").split("\n") if len(p.strip()) >= 40]
        if found:
            paragraphs += found
            lengths.append(len(found))
    if not paragraphs:
        sys.exit(f"no texts in {SHARED / 'bench/quotes'}")
    begin = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "kr")
    syllables = [c + v + e for c in begin for v in "aeiou" for e in ("", "n", "r")]
    names = sorted({f"{_name(r, syllables)} {_name(r, syllables)}" for _ in range(700)})[:600]
    weights = [1 / (i + 1) ** 0.8 for i in range(600)]
    store = Store.create(folder, "bench")
    first, span = date(2004, 1, 1).toordinal(), 7670
    with store.transaction() as c:
        c.executemany("INSERT INTO actor(id, name) VALUES(?, ?)", enumerate(names, 1))
        aliases = [(i, n, n.casefold()) for i, n in enumerate(names, 1)]
        c.executemany("INSERT INTO alias(actor_id, name, key) VALUES(?, ?, ?)", aliases)
        document = made = 0
        while made < statements:
            document += 1
            day = date.fromordinal(first + int(span * r.random() ** 0.6)).isoformat()
            body = r.choices(paragraphs, k=r.choice(lengths))
            for _ in range(r.randint(1, 5)):
                at = r.randrange(len(body))
                body[at] += f" {_name(r, syllables)}{r.choice(syllables)}"
            title, outlet = " ".join(body[0].split()[:9]), f"Outlet {int(40 * r.random() ** 2):02}"
            c.execute(
                "INSERT INTO document(id, file, title, outlet, published_earliest, published_latest, language,"
                " digest, added) VALUES(?,?,?,?,?,?,'en','','')",
                (document, f"{document}.txt", title, outlet, day, day),
            )
            text = "\n".join(body)
            c.execute("INSERT INTO body VALUES(?, ?)", (document, text))
            for number, at in enumerate(sorted(r.sample(range(len(body)), min(len(body), r.randint(3, 10)))), 1):
                made += 1
                kind, actor = r.choice(("direct", "indirect", "mixed")), r.choices(range(1, 601), weights)[0]
                c.execute(
                    "INSERT INTO statement(id, document_id, number, kind, content, text, first, last, actor_id,"
                    " said_earliest, said_latest) VALUES(?,?,?,?,'[]',?,0,0,?,?,?)",
                    (made, document, number, kind, body[at], actor, day, day),
                )
    store.close()


def _name(r: random.Random, syllables: list[str]) -> str:
    return "".join(r.choice(syllables) for _ in range(r.choice((2, 2, 3)))).capitalize()


def rows(library: Path, unit: str) -> Iterator[Row]:
    """id, text, day (YYYYMMDD), actors, outlet of every row."""
    c = sqlite3.connect(library / "library.standpoint")
    if unit == "statements":
        sql = """SELECT s.id, s.text, s.said_latest, a.name, d.outlet FROM statement s JOIN actor a ON a.id=s.actor_id
                 JOIN document d ON d.id=s.document_id ORDER BY s.id"""
    else:
        sql = """SELECT d.id, b.text, d.published_latest, (SELECT group_concat(DISTINCT a.name) FROM statement s
                 JOIN actor a ON a.id=s.actor_id WHERE s.document_id=d.id), d.outlet
                 FROM document d JOIN body b ON b.document_id=d.id ORDER BY d.id"""
    for i, text, day, actors, outlet in c.execute(sql):
        yield {"id": i, "text": text, "day": int(day.replace("-", "")), "actors": actors.split(","), "outlet": outlet}


def questions(library: Path, unit: str) -> dict[str, list[Row]]:
    """The seeded questions of every class: {"words", "op", "actor", "years"}."""
    r = random.Random(11)
    sample = [row for row, _ in zip(rows(library, unit), range(6000), strict=False)]
    frequency: Counter[str] = Counter()
    for row in sample:
        frequency.update(set(re.findall(r"[a-z]{3,}", row["text"].lower())))
    n = len(sample)
    small = {w for w, _ in frequency.most_common(70)}
    common = [w for w, _ in frequency.most_common(130) if w not in small]
    low, high = (0.002, 0.03) if unit == "statements" else (0.01, 0.10)
    middle = sorted(w for w, k in frequency.items() if max(3, low * n) <= k <= high * n and w not in small)
    rare = sorted(w for w, k in frequency.items() if k <= 3)
    phrases: list[list[str]] = []
    while len(phrases) < PER_CLASS:
        words = re.findall(r"[A-Za-z]+", r.choice(sample)["text"])
        at = r.randrange(max(1, len(words) - 2))
        pair = [w.lower() for w in words[at : at + 2]]
        if len(pair) == 2 and all(len(w) > 3 and w not in small for w in pair):
            phrases.append(pair)
    actors = [a for a, _ in Counter(a for row in sample for a in row["actors"]).most_common(60)]

    def typo(word: str) -> str:
        at = r.randrange(2, len(word) - 1)
        return word[:at] + word[at + 1 :] if r.random() < 0.5 else word[:at] + r.choice("aeiou") + word[at + 1 :]

    def years() -> list[int]:
        year = r.randint(2008, 2022)
        return [year, year + 1]

    long = [w for w in middle if len(w) >= 6]
    pairs = [{"words": r.sample(middle, 2)} for _ in range(PER_CLASS)]
    return {
        "rare": [{"words": [r.choice(rare)]} for _ in range(PER_CLASS)],
        "common": [{"words": [w]} for w in (common * 3)[:PER_CLASS]],
        "and2": pairs,
        "or3": [{"words": r.sample(middle, 3), "op": "or"} for _ in range(PER_CLASS)],
        "phrase": [{"words": p, "op": "phrase"} for p in phrases],
        "prefix": [{"words": [r.choice(middle)[:4]], "op": "prefix"} for _ in range(PER_CLASS)],
        "fuzzy": [{"words": [typo(r.choice(long))], "op": "fuzzy"} for _ in range(PER_CLASS)],
        "filter": [{"words": [r.choice(common)], "actor": r.choice(actors), "years": years()} for _ in range(PER_CLASS)],
        "sort": [{"words": [w], "sort": 1} for w in r.sample(middle, min(PER_CLASS, len(middle)))],
        "snippet": [{**q, "snippet": 1} for q in pairs],
        "timeline": [{"words": [], "actor": r.choice(actors), "years": [2004, 2024], "sort": 1} for _ in range(PER_CLASS)],
    }


# --- the engines ------------------------------------------------------------------------------------------------------


class Ours:
    """Whoosh as Standpoint configures it: our codec and writer, whole-array evaluation, structure from SQLite."""

    modules = ("index.search.finder", "index.store.store", "numpy")

    def __init__(self, library: Path, work: Path, unit: str) -> None:
        self.library, self.work, self.unit = library, work, unit
        os.environ["STANDPOINT_CACHE"] = str(work / "cache")

    def build(self) -> None:
        from index.search import sync
        from index.store.store import Store

        store = Store.open(self.library)
        self.clock = time.process_time()
        folder = self.work / "alone" / self.unit
        folder.mkdir(parents=True, exist_ok=True)
        sync._build(store, self.unit, folder, 0, 0, None, None)

    def folder(self) -> Path:
        return self.work / "alone"

    def prepare(self) -> None:
        from index.search import sync
        from index.store.store import Store

        sync.sync(Store.open(self.library))
        self.open()  # the first opening keeps the columns beside the index; later ones are measured
        self.search({"words": ["warm"]})

    def open(self) -> None:
        from index.search.finder import Finder
        from index.store.store import Store

        self.finder = Finder(Store.open(self.library))

    def query(self, q: Row) -> str:
        op, words = q.get("op"), q["words"]
        text = {"phrase": f'"{" ".join(words)}"', "or": " OR ".join(words)}.get(op or "", " ".join(words))
        text += "*" if op == "prefix" else "~1" if op == "fuzzy" else ""
        if "actor" in q:
            name = "said" if self.unit == "statements" else "published"
            text += f' actor:="{q["actor"]}" {name}:{q["years"][0]}..{q["years"][1]}'
        return text

    def search(self, q: Row) -> tuple[int, Any]:
        sort = "said" if q.get("sort") else "relevance"
        if q.get("snippet"):
            found = self.finder.find(self.query(q), self.unit, sort, 20, facets=False)
            return found.total, found.hits
        return self.finder.top(self.query(q), self.unit, sort)

    def shown(self, q: Row) -> int:
        """Everything that the window shows: hits with snippets, the query in words, all counts."""
        return self.finder.find(self.query(q), self.unit, limit=50).total

    def update(self, row_id: int, text: str) -> int:
        store = self.finder.store
        with store.transaction():
            if self.unit == "statements":
                store.execute("UPDATE statement SET text=? WHERE id=?", (text, row_id))
            else:
                store.execute("UPDATE body SET text=? WHERE document_id=?", (text, row_id))
                store.execute("UPDATE document SET title=title || '.' WHERE id=?", (row_id,))
        return self.finder.top("zzupdated", self.unit)[0]


class Stock:
    """Whoosh as its documentation shows it."""

    modules = ("whoosh.index", "whoosh.qparser", "whoosh.searching", "whoosh.highlight")

    def __init__(self, library: Path, work: Path, unit: str) -> None:
        self.library, self.work, self.unit = library, work, unit

    def folder(self) -> Path:
        return self.work / "stock"

    def build(self) -> None:
        from whoosh import analysis, fields, index

        schema = fields.Schema(
            id=fields.NUMERIC(int, stored=True, unique=True),
            body=fields.TEXT(analyzer=analysis.StemmingAnalyzer(), stored=True),
            date=fields.NUMERIC(int, sortable=True, stored=True), outlet=fields.ID(stored=True),
            actor=fields.KEYWORD(commas=True, stored=True),
        )  # fmt: skip
        self.folder().mkdir(parents=True)
        writer = index.create_in(self.folder(), schema).writer()
        self.clock = time.process_time()
        for row in rows(self.library, self.unit):
            writer.add_document(**self.document(row))
        writer.commit()

    def document(self, row: Row) -> Row:
        actors = ",".join(a.replace(" ", "_") for a in row["actors"])
        return {"id": row["id"], "body": row["text"], "date": row["day"], "outlet": row["outlet"], "actor": actors}

    def prepare(self) -> None:
        pass

    def open(self) -> None:
        from whoosh import index, qparser

        self.index = index.open_dir(self.folder())
        self.searcher = self.index.searcher()
        self.parser = qparser.QueryParser("body", self.index.schema)
        self.parser.add_plugin(qparser.FuzzyTermPlugin())

    def search(self, q: Row) -> tuple[int, Any]:
        op, words = q.get("op"), q["words"]
        text = {"phrase": f'"{" ".join(words)}"', "or": f"({' OR '.join(words)})"}.get(op or "", " AND ".join(words))
        text += "*" if op == "prefix" else "~1" if op == "fuzzy" else ""
        if "actor" in q:
            a, b = q["years"]
            text = " AND ".join(filter(None, (text, f"actor:{q['actor'].replace(' ', '_')}", f"date:[{a}0101 TO {b}1231]")))
        options = {"sortedby": "date", "reverse": True} if q.get("sort") else {}
        found = self.searcher.search(self.parser.parse(text), limit=20, **options)
        if q.get("snippet"):
            return len(found), [hit.highlights("body", top=1) for hit in found]
        return len(found), [hit["id"] for hit in found]

    def update(self, row_id: int, text: str) -> int:
        row = next(r for r in rows(self.library, self.unit) if r["id"] == row_id)
        writer = self.index.writer()
        writer.update_document(**self.document({**row, "text": text}))
        writer.commit()
        self.searcher = self.searcher.refresh()
        return self.search({"words": ["zzupdated"]})[0]


class Fts5:
    """SQLite's full-text search with an external-content table and its stemmer."""

    modules = ("sqlite3",)

    def __init__(self, library: Path, work: Path, unit: str) -> None:
        self.library, self.work, self.unit = library, work, unit

    def folder(self) -> Path:
        return self.work / "fts5"

    def build(self) -> None:
        self.folder().mkdir(parents=True)
        c = sqlite3.connect(self.folder() / "a.db")
        c.executescript(
            "PRAGMA journal_mode=wal; PRAGMA synchronous=normal; CREATE TABLE t(id INTEGER PRIMARY KEY, day INT, body TEXT);"
            "CREATE TABLE ta(actor TEXT, id INT, day INT);"
            "CREATE VIRTUAL TABLE f USING fts5(body, content='t', content_rowid='id', tokenize='porter unicode61')"
        )
        self.clock = time.process_time()
        for row in rows(self.library, self.unit):
            c.execute("INSERT INTO t VALUES(?,?,?)", (row["id"], row["day"], row["text"]))
            c.execute("INSERT INTO f(rowid, body) VALUES(?,?)", (row["id"], row["text"]))
            c.executemany("INSERT INTO ta VALUES(?,?,?)", [(a, row["id"], row["day"]) for a in row["actors"]])
        c.executescript("CREATE INDEX i1 ON t(day); CREATE INDEX i2 ON ta(actor, day, id)")
        c.commit()
        c.execute("PRAGMA wal_checkpoint(truncate)")
        c.close()

    def prepare(self) -> None:
        pass

    def open(self) -> None:
        self.c = sqlite3.connect(self.folder() / "a.db")

    def search(self, q: Row) -> tuple[int, Any] | None:
        op, words = q.get("op"), q["words"]
        if op == "fuzzy":
            return None
        years = [f"{q['years'][0]}0101", f"{q['years'][1]}1231"] if "actor" in q else []
        if not words:
            where = "FROM ta WHERE actor=? AND day BETWEEN ? AND ?"
            values = [q["actor"], *map(int, years)]
            total = self.c.execute(f"SELECT count(*) {where}", values).fetchone()[0]
            return total, self.c.execute(f"SELECT id {where} ORDER BY day DESC LIMIT 20", values).fetchall()
        ways = {"phrase": f'"{" ".join(words)}"', "prefix": f"{words[0]}*", "or": " OR ".join(words)}
        match = ways.get(op or "", " AND ".join(words))
        where, values = "f MATCH ?", [match]
        if years:
            where += " AND f.rowid IN (SELECT id FROM ta WHERE actor=? AND day BETWEEN ? AND ?)"
            values += [q["actor"], *map(int, years)]
        total = self.c.execute(f"SELECT count(*) FROM f WHERE {where}", values).fetchone()[0]
        what, order, table = "f.rowid", "rank", "f"
        if q.get("sort"):
            order, table = "t.day DESC", "f JOIN t ON t.id=f.rowid"
        if q.get("snippet"):
            what = "f.rowid, snippet(f, 0, '<b>', '</b>', '…', 32)"
        sql = f"SELECT {what} FROM {table} WHERE {where} ORDER BY {order} LIMIT 20"
        return total, self.c.execute(sql, values).fetchall()

    def update(self, row_id: int, text: str) -> int:
        old = self.c.execute("SELECT body FROM t WHERE id=?", (row_id,)).fetchone()[0]
        self.c.execute("INSERT INTO f(f, rowid, body) VALUES('delete', ?, ?)", (row_id, old))
        self.c.execute("UPDATE t SET body=? WHERE id=?", (text, row_id))
        self.c.execute("INSERT INTO f(rowid, body) VALUES(?, ?)", (row_id, text))
        self.c.commit()
        found = self.search({"words": ["zzupdated"]})
        return found[0] if found else 0


class Recoll:
    """Recoll through its command line and Python module; left out where it is not installed. Answers are warm."""

    modules = ("recoll.recoll",)

    def __init__(self, library: Path, work: Path, unit: str) -> None:
        if importlib.util.find_spec("recoll") is None:  # a package of the system's Python
            sys.path.append(f"/usr/lib/python{sys.version_info[0]}/dist-packages")
        self.library, self.work, self.unit = library, work, unit

    def folder(self) -> Path:
        return self.work / "recoll/conf"

    def build(self) -> None:
        files = self.work / "recoll/files"
        self.folder().mkdir(parents=True)
        for row in rows(self.library, self.unit):
            place = files / f"{row['id'] // 500:03}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8")
        (self.folder() / "recoll.conf").write_text(f"topdirs = {files}\nidxflushmb = 100\n")
        self.clock = time.process_time()
        subprocess.run(["recollindex", "-c", str(self.folder()), "-z"], capture_output=True, check=False)

    def prepare(self) -> None:
        pass

    def open(self) -> None:
        from recoll import recoll  # type: ignore[import-not-found,unused-ignore]

        self.db = recoll.connect(confdir=str(self.folder()))

    def search(self, q: Row) -> tuple[int, Any] | None:
        op, words = q.get("op"), q["words"]
        if op == "fuzzy" or "actor" in q:
            return None
        ways = {"phrase": f'"{" ".join(words)}"', "prefix": f"{words[0]}*", "or": " OR ".join(words)}
        text = ways.get(op or "", " ".join(words))
        asked = self.db.query()
        if q.get("sort"):
            asked.sortby("mtime", False)
        total = asked.execute(text, stemming=1)
        found = asked.fetchmany(20)
        return total, [asked.makedocabstract(d) for d in found] if q.get("snippet") else found

    def update(self, row_id: int, text: str) -> int:
        path = self.work / f"recoll/files/{row_id // 500:03}/{row_id}.txt"
        path.write_text(text, encoding="utf-8")
        subprocess.run(["recollindex", "-c", str(self.folder()), "-i", str(path)], capture_output=True, check=False)
        self.open()
        return self.search({"words": ["zzupdated"]})[0]  # type: ignore[index]


ENGINES: dict[str, Callable[[Path, Path, str], Any]] = {"ours": Ours, "stock": Stock, "fts5": Fts5, "recoll": Recoll}


# --- measuring --------------------------------------------------------------------------------------------------------


def cpu() -> float:
    """CPU seconds of this process and its children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def size(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def worker(engine: str, phase: str, library: Path, work: Path, unit: str) -> Row:
    """One phase of one engine, in a process of its own."""
    e = ENGINES[engine](library, work, unit)
    if phase == "build":
        text = sum(len(row["text"].encode()) for row in rows(library, unit))
        n = sum(1 for _ in rows(library, unit))
        began = cpu()
        e.build()
        took = cpu() - began
        return {"rows_s": n / took, "mb_s": text / 1e6 / took, "size": size(e.folder()) / text, "rss": rss(), "cpu": took}
    if phase == "prepare":
        e.prepare()
        return {"done": 1}
    if phase == "update":
        e.open()
        e.search({"words": ["warm"]})
        times = []
        texts = {row["id"]: row["text"] for row, _ in zip(rows(library, unit), range(40), strict=False)}
        for row_id in list(texts)[:12]:
            began = cpu()
            seen = e.update(row_id, texts[row_id] + " zzupdated")
            times.append((cpu() - began) * 1e3)
            assert seen, f"{engine} does not find what was changed"
        return {"p50": percentile(times, 0.5), "max": max(times)}
    asked = questions(library, unit)
    for module in e.modules:
        importlib.import_module(module)
    before, room = rss(), resident()
    began = cpu()
    e.open()
    e.search({"words": ["president"]})
    result: Row = {"open": (cpu() - began) * 1e3, "opened": (resident() - room) / max(size(e.folder()) / 1e6, 1e-9)}
    for name in CLASSES:
        times, hits = [], []
        for q in asked[name]:
            began = cpu()
            found = e.search(q)
            took = (cpu() - began) * 1e3
            if found is not None:
                times.append(took)
                hits.append(found[0])
            if sum(times) > 25_000:
                break
        if times:
            result[name] = {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95), "hits": percentile(hits, 0.5)}
    if hasattr(e, "shown"):
        times = []
        for q in asked["and2"] + asked["common"]:
            began = cpu()
            e.shown(q)
            times.append((cpu() - began) * 1e3)
        result["shown"] = {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}
    return result | {"rss": rss(), "rss_before": before}


def count(library: Path, unit: str) -> int:
    """Rows of a unit."""
    c = sqlite3.connect(library / "library.standpoint")
    return int(c.execute(f"SELECT count(*) FROM {unit[:-1]}").fetchone()[0])


def rss() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)


def resident() -> float:
    """Memory of this process now in MB (where the system does not tell: at its peak)."""
    now = Path("/proc/self/statm")
    return int(now.read_text().split()[1]) * resource.getpagesize() / 1e6 if now.exists() else rss()


def percentile(values: list[float], part: float) -> float:
    """The value at that part of the sorted values."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def run(phase: str, engine: str, library: Path, work: Path, unit: str) -> Row:
    """`worker` in a child process; {} with a line on stderr where it fails."""
    command = [sys.executable, __file__, "--worker", engine, phase, str(library), str(work), unit]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{engine} {phase}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {}
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def table(unit: str, n: int, found: dict[str, dict[str, Row]]) -> str:
    """The figures of one size as a Markdown table, ratios of ours to the others at the right."""
    engines = [e for e in found if found[e]]
    head = f"| | {' | '.join(engines)} | ours ÷ stock | ours ÷ fts5 |"
    lines = [f"\n### {n:,} {unit}\n", head, "|---" * (len(engines) + 3) + "|"]

    def line(name: str, pick: Callable[[str], Any], text: Callable[[Any], str], ratio: Callable[[Any], float]) -> None:
        values = {e: pick(e) for e in engines}
        ours = values.get("ours")
        others = [values.get(o) for o in ("stock", "fts5")]
        known = [o is not None and ours is not None and ratio(o) > 0 for o in others]
        shares = [f"{ratio(ours) / ratio(o):.2f}" if k else "-" for o, k in zip(others, known, strict=True)]
        cells = [text(values[e]) if values[e] is not None else "-" for e in engines]
        lines.append(f"| {name} | {' | '.join(cells)} | {' | '.join(shares)} |")

    def of(phase: str, key: str) -> Callable[[str], Any]:
        return lambda e: found[e].get(phase, {}).get(key)

    line("build, rows/s", of("build", "rows_s"), lambda v: f"{v:,.0f}", float)
    line("build, MB/s", of("build", "mb_s"), lambda v: f"{v:.2f}", float)
    line("index size ÷ text", of("build", "size"), lambda v: f"{v:.2f}", float)
    line("build, peak MB", of("build", "rss"), lambda v: f"{v:.0f}", float)
    def update(engine: str) -> Any:
        return found[engine].get("update") or None

    changed = "one row changed until found: p50 / max"
    line(changed, update, lambda v: f"{v['p50']:.1f} / {v['max']:.1f}", lambda v: v["p50"])
    line("open + first query", of("query", "open"), lambda v: f"{v:.0f}", float)
    line("memory by opening ÷ index size", of("query", "opened"), lambda v: f"{v:.2f}", lambda v: max(v, 1e-3))
    for name in (*CLASSES, "shown"):
        line(f"{name}: p50 / p95", of("query", name), lambda v: f"{v['p50']:.2f} / {v['p95']:.2f}", lambda v: v["p50"])
    line("search, peak MB", of("query", "rss"), lambda v: f"{v:.0f}", float)
    wanted = ("rare", "common", "and2", "or3", "phrase", "prefix", "filter", "sort", "snippet")
    for other in ("stock", "fts5"):
        shares = [
            found["ours"]["query"][c]["p50"] / found[other]["query"][c]["p50"]
            for c in wanted
            if c in found.get("ours", {}).get("query", {}) and c in found.get(other, {}).get("query", {})
        ]
        if shares:
            lines.append(f"\nGeometric mean of p50, ours ÷ {other}: {geometric_mean(shares):.3f} (worst {max(shares):.2f})")
    theirs, ours = (found.get(e, {}).get("query", {}) for e in ("recoll", "ours"))
    for name, part in (("common", "p95"), ("phrase", "p95"), ("sort", "p50"), ("snippet", "p50")):
        if name in theirs and name in ours:
            lines.append(f"\nours ÷ recoll, {name} {part}: {ours[name][part] / theirs[name][part]:.2f}")
    built = [float(found.get(e, {}).get("build", {}).get("rows_s", 0)) for e in ("ours", "recoll")]
    if all(built):
        lines.append(f"\nours ÷ recoll, build rate: {built[0] / built[1]:.1f}")
    return "\n".join(lines)


def main() -> None:
    """Make the corpora, run every engine and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--statements", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--unit", nargs="+", default=["statements"], choices=["statements", "documents"])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES))
    parser.add_argument("--work", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--worker", nargs=5)
    args = parser.parse_args()
    if args.worker:
        engine, phase, library, work, unit = args.worker
        print(json.dumps(worker(engine, phase, Path(library), Path(work), unit)))
        return
    work = args.work or Path(tempfile.mkdtemp(prefix="search-speed-"))
    everything = {}
    for n in args.statements:
        library = work / f"library-{n}"
        if not library.exists():
            make_corpus(library, n)
        for unit in args.unit:
            engines = [e for e in args.engines if e != "recoll" or (shutil.which("recollindex") and unit == "documents")]
            found: dict[str, dict[str, Row]] = {e: {} for e in engines}
            for phase in ("build", "prepare", "query", "update"):
                for engine in engines:
                    place = work / f"{engine}-{n}-{unit}"
                    if phase == "build":
                        shutil.rmtree(place, ignore_errors=True)
                        place.mkdir(parents=True)
                    found[engine][phase] = run(phase, engine, library, place, unit)
            everything[f"{n} {unit}"] = found
            print(table(unit, count(library, unit), found), flush=True)
    if args.json:
        args.json.write_text(json.dumps(everything, indent=1))
    if not args.work:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
