"""The reading process: parses and extracts hostile files where a hang, a crash or a bomb costs one file and nothing
else.

The program writes a job as one line of JSON to its standard input; it answers with lines of JSON: "article" for each
article, "extraction" for its statements, at last "done". Its limits of time and memory are set anew for each step.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from index.problems import Problem

READ_SECONDS = 20  # processor time to read one file ...
READ_BYTES = 50_000  # ... and for a table or mailbox a second more for each so many bytes
PREVIEW_SECONDS = 5  # processor time to try a split rule, which may be one that never ends
EXTRACT_SECONDS = 20  # processor time to find the statements of one article ...
EXTRACT_CHARACTERS = 50_000  # ... and a second more for each so many characters
START_SECONDS = 60  # by the clock, until a process that was started says that it is ready
WALL_SECONDS = 60  # by the clock, for one step; longer ones get four times their processor time
MEMORY_BYTES = 1 << 30
RECYCLE_JOBS = 200
SHARED_FROM = 8  # with more articles than this in one file, the program has all processes look for statements
RECYCLE_BYTES = 500 << 20


def main() -> int:
    """Serve jobs from standard input until it closes."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    sys.stdout = sys.stderr
    from index.readers.languages import load

    load()  # it unpacks its model by way of a temporary file: before writing ends
    sys.dont_write_bytecode = True
    sys.addaudithook(only_reading)
    say(answers, {"ready": os.getpid()})
    for line in sys.stdin.buffer:
        job = json.loads(line)
        try:
            serve(job, lambda answer: say(answers, answer))
        except Problem as problem:
            say(answers, {"failed": problem.code, "detail": problem.detail})
        except OSError as error:
            say(answers, {"failed": "unreadable", "detail": error.strerror or type(error).__name__})
        except MemoryError:
            say(answers, {"failed": "bomb", "detail": "it needs more than 1 GB of memory"})
        except Exception as error:
            say(answers, failure(error))
        say(answers, {"done": True, "memory": resident_bytes()})
    return 0


_FORBIDDEN = (
    "socket.__new__", "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "shutil.rmtree", "shutil.move",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def only_reading(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook (PEP 578) of the reading process: whatever a file makes a library try, nothing is fetched, started or
    written. Raises PermissionError."""
    if event in _FORBIDDEN:
        raise PermissionError(f"reading a file must not do this: {event}")
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING and arguments[0] != os.devnull:
        raise PermissionError("reading a file must not write one")


def say(answers: BinaryIO, answer: Mapping[str, Any]) -> None:
    """Write one answer as a line."""
    data = json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
    view = memoryview(data)
    while view:
        view = view[answers.write(view) :]


def serve(job: Mapping[str, Any], answer: Callable[[Mapping[str, Any]], None]) -> None:
    """Read the file of a job and, where asked, extract its statements; answers go out as they are ready.

    All articles go out before the first is extracted, so that one that ends the process costs its statements only. A
    job that may be shared leaves the statements of files of many articles to further jobs.
    """
    from index.ingest.messages import article_of

    if job.get("head"):
        from index.readers.tables import table_head

        limit(READ_SECONDS)
        head = table_head(job["name"], Path(job["path"]).read_bytes())
        answer({"head": [list(head.header), [list(row) for row in head.rows], dict(head.columns)]})
        return
    if "articles" in job:  # extraction alone
        articles = [article_of(one) for one in job["articles"]]
    else:
        articles = articles_of(job, answer)
    answer({"read": len(articles)})
    if not job.get("extract") or (job.get("share") and len(articles) > SHARED_FROM):
        return
    for number, article in enumerate(articles):
        if not article.text:
            continue
        seconds = EXTRACT_SECONDS + len(article.text) // EXTRACT_CHARACTERS
        answer({"next": seconds})
        limit(seconds)
        try:
            answer({"of": number, **extracted(article, job)})
        except MemoryError:
            raise
        except Exception as error:  # a bug: the document is kept, and the others of the file are still looked at
            answer({"of": number, **failure(error)})


def articles_of(job: Mapping[str, Any], answer: Callable[[Mapping[str, Any]], None]) -> list[Any]:
    """The articles of the file of a job, sent out one by one."""
    from index.ingest.messages import article_message
    from index.readers import read, with_metadata

    more = more_seconds(Path(job["path"]), job["name"])
    if more:
        answer({"next": READ_SECONDS + more})
    limit(PREVIEW_SECONDS if job.get("preview") else READ_SECONDS + more)
    started = time.process_time()
    articles = split_bundles(read(Path(job["path"]), name=job["name"], columns=job.get("columns") or ()), job)
    spent = time.process_time() - started
    rows = job.get("metadata") or {}
    for number, article in enumerate(articles, 1):
        for key in ("", str(number)):
            if key in rows and not article.problem:
                articles[number - 1] = article = with_metadata(article, rows[key])
        answer({"article": article_message(article), "bands": bands_of(article.text) if job.get("bands") else []})
    answer({"seconds": round(spent, 4)})
    return articles


def more_seconds(path: Path, name: str) -> int:
    """What a file of many articles gets beyond the time of one: a second for each so many bytes."""
    from index.readers.kinds import EXTENSIONS, extension

    if EXTENSIONS.get(extension(name)) not in ("csv", "json", "mbox", "xlsx", "zip", "xml"):
        return 0
    return path.stat().st_size // READ_BYTES if path.is_file() else 0


def failure(error: Exception) -> dict[str, Any]:
    """The answer that says what went wrong, with its traceback for the log."""
    import traceback

    trace = "".join(traceback.format_exception(error))[-4000:]
    return {"failed": "crashed", "detail": f"{type(error).__name__}: {error}"[:300], "trace": trace}


def split_bundles(articles: list[Any], job: Mapping[str, Any]) -> list[Any]:
    """The articles with bundles of a press database split by the rules of the job."""
    rules = job.get("rules")
    lost = [article for article in articles[1:] if article.problem]
    if rules is None or len(articles) - len(lost) != 1 or articles[0].problem:
        return articles
    from index.ingest.bundles import matching_rule, rule_of, split

    if job.get("preview"):
        return split(articles[0].text, rule_of(rules[0]))
    rule = matching_rule(articles[0].text, [rule_of(one) for one in rules])
    return [*split(articles[0].text, rule), *lost] if rule else articles


def extracted(article: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    """The answer with the statements of an article and the processor seconds that they took."""
    from index.extract import extract
    from index.ingest.messages import extraction_message, when_of

    started = time.process_time()
    given = when_of(job.get("published"))
    stated = article.published is not None and article.published.rule == "metadata table"
    published = given if given and not stated else article.published
    found = extract(
        article.text,
        published,
        title=article.title,
        outlet=article.outlet,
        actor=article.actor,
        language=article.language,
        model=bool(job.get("model", True)),
    )
    return {"extraction": extraction_message(found), "seconds": round(time.process_time() - started, 4)}


def bands_of(text: str) -> list[int]:
    """The numbers by which near-duplicates of a text are found."""
    from index.ingest.duplicates import bands

    return list(bands(text))


def limit(seconds: int) -> None:
    """Give the next step so much processor time from now on, and the process its memory. Only Linux keeps the memory
    limit;
    elsewhere the parent watches the clock."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))
    if sys.platform == "linux":
        virtual, resident = memory_bytes()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (virtual + max(MEMORY_BYTES - resident, MEMORY_BYTES // 4), hard))


def memory_bytes() -> tuple[int, int]:
    """Virtual and resident size of this process in bytes (Linux)."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    size = os.sysconf("SC_PAGE_SIZE")
    return int(pages[0]) * size, int(pages[1]) * size


def resident_bytes() -> int:
    """Resident size of this process in bytes; its highest so far where only that is known, 0 where nothing is."""
    if Path("/proc/self/statm").exists():
        return memory_bytes()[1]
    try:
        import resource
    except ImportError:
        return 0
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KB, bytes on macOS
    return highest if "darwin" in sys.platform else highest * 1024


if __name__ == "__main__":
    sys.exit(main())
