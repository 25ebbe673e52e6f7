"""How fast a folder of mixed files comes in, what share each step takes, and whether a killed import ends as an
undisturbed one.

    python tests/bench/import_speed.py [--files 1000] [--jobs 1 2] [--kills 10] [--html FOLDER] [--pdf FOLDER]

The files are made here, about an invented strait. `--html` and `--pdf` time real files through the reading processes.
"""

from __future__ import annotations

import argparse
import calendar
import contextlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

PEOPLE = ["Ilra Venn", "Tomas Okker", "Mirel Dasko", "Hanne Brovik", "Sefa Lorun", "Pavo Kestrin"]
PLACES = ["Belmar", "Oster Bay", "Karsund", "Velden", "Tir Aran"]
NOUNS = [
    "strait",
    "treaty",
    "harbour",
    "tariff",
    "fleet",
    "pilot",
    "lighthouse",
    "council",
    "fishery",
    "ferry",
    "quota",
    "channel",
]
VERBS = ["said", "told reporters", "added", "warned", "insisted"]


def story(number: int) -> tuple[str, str, str]:
    """Headline, day and text of an invented article."""
    luck = random.Random(number)
    who, place = luck.choice(PEOPLE), luck.choice(PLACES)
    day = f"20{luck.randint(10, 25)}-{luck.randint(1, 12):02d}-{luck.randint(1, 28):02d}"
    paragraphs = []
    for _ in range(luck.randint(6, 14)):
        words = " ".join(
            luck.choice(NOUNS) + luck.choice(["", " and the", " of the", " beyond the", " under a"])
            for _ in range(luck.randint(14, 30))
        )
        if luck.random() < 0.5:
            paragraphs.append(
                f"\u201cThe {words} will stay open,\u201d {luck.choice(PEOPLE)} {luck.choice(VERBS)} on "
                f"{luck.choice(['Monday', 'Tuesday', 'Friday'])}."
            )
        else:
            paragraphs.append(
                f"In {luck.choice(PLACES)} the {words} were counted {luck.randint(2, 900)} times in the year."
            )
    return f"{who} speaks on the {luck.choice(NOUNS)} of {place} {number}", day, "\n\n".join(paragraphs)


def txt(title: str, day: str, text: str) -> bytes:
    return f"{title}\n{day}\n\n{text}\n".encode()


def html(title: str, day: str, text: str) -> bytes:
    body = "".join(f"<p>{escape(p)}</p>" for p in text.split("\n\n"))
    links = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(40))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{escape(title)} | Strait Herald</title>"
        f"<meta property='og:site_name' content='Strait Herald'><meta property='article:published_time' "
        f"content='{day}T08:00:00Z'></head>"
        f"<body><nav><ul>{links}</ul></nav><article><h1>{escape(title)}</h1>{body}</article><footer>"
        f"Imprint</footer></body></html>"
    ).encode()


def docx(title: str, day: str, text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in (title, day, *text.split("\n\n")))
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "word/document.xml": (
                f"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
                f"{paragraphs}</w:body></w:document>"
            ),
        }
    )


def odt(title: str, day: str, text: str) -> bytes:
    space = (
        "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
        "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
    )
    paragraphs = "".join(f"<text:p>{escape(p)}</text:p>" for p in (title, day, *text.split("\n\n")))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {space}><office:body><office:text>{paragraphs}</office:text></office:body>"
                f"</office:document-content>"
            ),
        }
    )


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def rtf(title: str, day: str, text: str) -> bytes:
    body = "\\par\n".join(
        "".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in p) for p in (title, day, *text.split("\n\n"))
    )
    return ("{\\rtf1\\ansi " + body + "}").encode("ascii")


def eml(title: str, day: str, text: str) -> bytes:
    year, month, number = day.split("-")
    months = calendar.month_abbr[1:]
    return (
        f"From: Press Office <press@example.org>\nTo: list@example.org\nSubject: {title}\nDate: {number} "
        f"{months[int(month) - 1]} {year} 09:00:00 +0000\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    ).encode()


def pdf(title: str, day: str, text: str) -> bytes:
    """A PDF of one or more pages in Helvetica, made by hand."""
    lines: list[str] = [title, "", day, ""]
    for paragraph in text.split("\n\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 85:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    pages = [lines[at : at + 52] for at in range(0, len(lines), 52)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"({_literal(line)}) Tj 0 -14 Td\n" for line in page)
        stream = f"BT /F1 10 Tf 60 780 Td\n{shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents "
            f"{5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 "
            f"R >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def _literal(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


WRITERS = {"txt": txt, "html": html, "docx": docx, "pdf": pdf, "odt": odt, "rtf": rtf, "eml": eml}


def make_folder(folder: Path, count: int) -> None:
    """Write `count` files of all kinds; the same count gives the same files."""
    kinds = ["html", "txt", "html", "pdf", "docx", "html", "eml", "odt", "txt", "rtf"]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        (folder / f"{number:05d}.{kind}").write_bytes(WRITERS[kind](*story(number)))


# --- measuring
# ---------------------------------------------------------------------------------------------------------


def timed_import(source: Path, jobs: int) -> dict[str, Any]:
    """Import a folder into a new library; figures of the run."""
    from index.ingest.run import Spent, ingest
    from index.library import Library

    with tempfile.TemporaryDirectory() as place, Library.create(Path(place) / "library") as library, Peak() as peak:
        spent = Spent()
        start, cpu = time.perf_counter(), time.process_time()
        results = list(ingest(library.store, [source], jobs=jobs, spent=spent))
        imported, cpu = time.perf_counter(), time.process_time() - cpu
        library.join_utterances()
        joined = time.perf_counter()
        library.sync()
        end = time.perf_counter()
        figures = library.counts()
    wall = imported - start
    return {
        "jobs": jobs,
        "files": len(results),
        "added": sum(one.status == "added" for one in results),
        "statements": figures["statements"],
        "files_per_second": round(len(results) / wall, 1),
        "import_seconds": round(wall, 1),
        "reading_cpu": round(spent.reading, 1),
        "extracting_cpu": round(spent.extracting, 1),
        "storing": round(spent.storing, 1),
        "parent_cpu": round(cpu, 1),
        "joining": round(joined - imported, 1),
        "indexing": round(end - joined, 1),
        "all_files_per_second": round(len(results) / (end - start), 1),
        "peak_mb": peak.parent,
        "peak_child_mb": peak.child,
    }


class Peak:
    """The highest resident memory of this process and of its largest child in MB, looked at ten times a second
    (Linux)."""

    def __enter__(self) -> Peak:
        self.parent = self.child = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            self.parent = max(self.parent, _resident(os.getpid()))
            for task in Path("/proc/self/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    for child in task.read_text().split():
                        self.child = max(self.child, _resident(int(child)))


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except (OSError, IndexError):
        return 0


def dump(folder: Path) -> str:
    """Everything in a library but times: what two imports of the same files must have in common."""
    from index.library import Library

    with Library.open(folder) as library:
        lines: list[str] = [str(library.store.value("PRAGMA integrity_check"))]
        for table, columns in (
            ("document", "id, file, part, title, digest, original, duplicate_of, published_earliest"),
            ("body", "document_id, length(text)"),
            (
                "statement",
                "id, document_id, number, kind, content, text, actor_id, said_earliest, parent_id, utterance_id",
            ),
            ("actor", "id, name, kind"),
            ("band", "value, document_id"),
        ):
            lines += [
                f"{table} {tuple(row)}" for row in library.store.rows(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
            ]
    lines += sorted(str(path.relative_to(folder)) for path in (folder / "originals").rglob("*") if path.is_file())
    return "\n".join(lines)


def killed_imports(source: Path, times: int, seconds: float) -> dict[str, Any]:
    """Kill the import at random moments until it has been killed `times` times, then let it end; compare with an
    undisturbed one."""
    luck = random.Random(7)
    with tempfile.TemporaryDirectory() as place:
        calm, killed = Path(place) / "calm", Path(place) / "killed"
        _run(source, calm)
        for _ in range(times):
            child = subprocess.Popen(
                _command(source, killed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
            )
            try:
                child.wait(timeout=0.4 + luck.random() * seconds)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
        _run(source, killed)
        left, right = dump(calm), dump(killed)
    return {"kills": times, "same": left == right, "lines": left.count("\n")}


def _command(source: Path, library: Path) -> list[str]:
    return [sys.executable, "-m", "index", "import", str(library), str(source), "--json"]


def _run(source: Path, library: Path) -> None:
    subprocess.run(
        _command(source, library), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, check=False
    )


def pages_per_second(folder: Path, pattern: str) -> dict[str, Any]:
    """Reading alone through one reading process, started before the clock: files and pages a second of processor
    time."""
    from index.ingest.processes import ReadingProcesses

    paths = sorted(folder.glob(pattern))
    with ReadingProcesses(1) as processes:
        jobs = [(path, {"path": str(path), "name": path.name}) for path in paths]
        list(processes.replies(jobs[:3]))
        start = time.perf_counter()
        cpu = sum(reply.seconds[0] for _, reply in processes.replies(jobs) if reply)
        wall = time.perf_counter() - start
    pages = sum(_pages(path) for path in paths) if pattern == "*.pdf" else len(paths)
    return {
        "files": len(paths),
        "pages": pages,
        "pages_per_cpu_second": round(pages / max(cpu, 1e-9), 1),
        "pages_per_second": round(pages / wall, 1),
    }


def _pages(path: Path) -> int:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def main() -> None:
    """Run what the options ask for; a line of JSON each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=1000)
    options.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    options.add_argument("--kills", type=int, default=0)
    options.add_argument("--html", type=Path)
    options.add_argument("--pdf", type=Path)
    args = options.parse_args()
    if args.html:
        print(json.dumps({"html": pages_per_second(args.html, "*.html")}))
    if args.pdf:
        print(json.dumps({"pdf": pages_per_second(args.pdf, "*.pdf")}))
    with tempfile.TemporaryDirectory() as place:
        source = Path(place)
        make_folder(source, args.files)
        for jobs in args.jobs:
            print(json.dumps(timed_import(source, jobs)), flush=True)
        if args.kills:
            print(json.dumps(killed_imports(source, args.kills, max(1.0, args.files / 80))))


if __name__ == "__main__":
    main()
