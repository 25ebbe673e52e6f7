"""The pool of reading processes: hands out files, reads the answers, and replaces a process that hangs or dies.

Each process has a thread here that talks to it (pipes can't be waited for on every system otherwise). Results come in
the order of the jobs, so that two imports of the same files give the same library.
"""

from __future__ import annotations

import itertools
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from index.ingest import worker
from index.ingest.confinement import confine
from index.ingest.messages import article_message, article_of, extraction_of
from index.model import Article, Extraction, TableHead
from index.problems import Problem

LOG = logging.getLogger("standpoint.reading")
_MOST_DEATHS = 5  # of the process over one file, before the rest of its statements is given up


@dataclass(slots=True)
class Reply:
    """What a process made of one job: articles with their extractions (None: not asked for, or it failed) and bands.

    `read` is True when all articles have arrived; `lost` maps the number of an article to why its statements could not
    be found; `died` is True when the job ended the process. `seconds` is processor time (reading, extracting), `kept`
    what the `after` of the pool made of the file, `head` the top of a table where that was asked for.
    """

    articles: list[Article] = field(default_factory=list)
    extractions: list[Extraction | None] = field(default_factory=list)
    bands: list[list[int]] = field(default_factory=list)
    problem: str | None = None
    detail: str = ""
    read: bool = False
    lost: dict[int, str] = field(default_factory=dict)
    died: bool = False
    seconds: tuple[float, float] = (0.0, 0.0)
    kept: str | None = None
    head: TableHead | None = None

    def take(self, answer: Mapping[str, Any], offset: int = 0) -> None:
        """Put one answer of the process into the reply."""
        reading, extracting = self.seconds
        if "article" in answer:
            self.articles.append(article_of(answer["article"]))
            self.extractions.append(None)
            self.bands.append(answer["bands"])
        elif "extraction" in answer:
            self.extractions[offset + answer["of"]] = extraction_of(answer["extraction"])
            self.seconds = (reading, extracting + answer["seconds"])
        elif "seconds" in answer:
            self.seconds = (reading + answer["seconds"], extracting)
        elif "read" in answer:
            self.read = True
            self.extractions += [None] * (offset + answer["read"] - len(self.extractions))
        elif "head" in answer:
            header, rows, columns = answer["head"]
            self.head = TableHead(tuple(header), tuple(map(tuple, rows)), columns)
        elif "failed" in answer:
            LOG.error("a reading process failed: %s\n%s", answer["detail"], answer.get("trace", ""))
            if "of" in answer:
                self.lost[offset + answer["of"]] = answer["detail"]
            else:
                self.problem, self.detail = answer["failed"], answer["detail"]

    def left(self) -> list[int]:
        """Numbers of the articles whose statements are still to be looked for."""
        return [
            n
            for n, (article, found) in enumerate(zip(self.articles, self.extractions, strict=False))
            if found is None and article.text and n not in self.lost
        ]


Job = Mapping[str, Any]


def default_jobs() -> int:
    """One process for each core that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


class ReadingProcesses:
    """A pool of `count` reading processes, started when the first jobs come; a context manager that ends them.

    `after` is called with each job and its reply in the thread that talks to the process, before the reply is handed
    on: slow work that belongs to the job and needs no order (keeping a copy of the file). Its Problem becomes the
    reply's.
    """

    def __init__(self, count: int | None = None, after: Callable[[Job, Reply], str | None] | None = None) -> None:
        self._after = after
        self.count = max(1, count or default_jobs())
        self._jobs: queue.SimpleQueue[tuple[int, Job] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[int, Reply]] = queue.SimpleQueue()
        self._processes: list[_Process] = []
        self._threads: list[threading.Thread] = []
        self._closing = threading.Event()
        self._numbers = itertools.count()
        self._ready: dict[int, Reply | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, at once if they are at work."""
        self._closing.set()
        for _ in self._threads:
            self._jobs.put(None)
        for process in self._processes:
            process.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def replies(
        self, jobs: Iterable[tuple[Any, Job | None]], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[Any, Reply | None]]:
        """Run jobs and yield (what came with the job, reply) in their order; a job of None comes back with None.

        No more than a few jobs for each process are under way at a time. Ends early once `stop()` says so. May be called
        again before it has ended (by the thread that called it first).
        """
        source = iter(jobs)
        waiting: deque[tuple[int, Any]] = deque()
        ready = self._ready  # shared: jobs may be run while the replies of others are being waited for
        exhausted = False
        while True:
            while not exhausted and len(waiting) < 4 * self.count + 4 and not stop():
                try:
                    item, job = next(source)
                    number = next(self._numbers)
                except StopIteration:
                    exhausted = True
                    break
                waiting.append((number, item))
                if job is None:
                    ready[number] = None
                else:
                    self._start()
                    self._jobs.put((number, job))
            if not waiting or stop():
                return
            while waiting[0][0] not in ready:
                with suppress(queue.Empty):
                    number, reply = self._done.get(timeout=0.2)
                    ready[number] = reply
                if stop():
                    return
            number, item = waiting.popleft()
            yield item, ready.pop(number)

    def _start(self) -> None:
        if len(self._threads) < self.count:
            process = _Process()
            thread = threading.Thread(
                target=self._serve, args=(process,), daemon=True, name=f"reading-{len(self._threads)}"
            )
            self._processes.append(process)
            self._threads.append(thread)
            thread.start()

    def _serve(self, process: _Process) -> None:
        while not self._closing.is_set():
            taken = self._jobs.get()
            if taken is None:
                break
            number, job = taken
            try:
                reply = process.run(job)
                if self._after is not None:
                    reply.kept = self._after(job, reply)
            except Problem as problem:
                reply = Reply(problem=problem.code, detail=problem.detail)
            except Exception as error:  # the thread must live on: the others wait for this reply
                LOG.exception("reading %s", job.get("name"))
                process.kill()
                reply = Reply(problem="crashed", detail=f"{type(error).__name__}: {error}"[:200])
            self._done.put((number, reply))
        process.end()


class _Process:
    """One reading process, started anew when it died, grew too large, or has served its time."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._memory = 0
        self._timed_out = 0.0
        self._closed = False
        self._lock = threading.Lock()

    def run(self, job: Job) -> Reply:
        """The reply to one job. An article whose extraction ends the process costs its own statements only."""
        reply = Reply()
        self._ask(job, reply, 0)
        for _ in range(_MOST_DEATHS):
            rest = reply.left()
            if self._closed or not reply.died or not reply.read or not rest:
                break
            left = [article_message(article) for article in reply.articles[rest[0] :]]
            self._ask({**job, "articles": left}, reply, rest[0])
        return reply

    def _ask(self, job: Job, reply: Reply, offset: int) -> None:
        """Hand a job to the process and gather the answers; `offset` is the place of its first article in the reply."""
        reply.died = False
        child = self._alive()
        assert child.stdin and child.stdout
        try:
            child.stdin.write(json.dumps(job, ensure_ascii=True).encode("ascii") + b"\n")
            child.stdin.flush()
        except OSError:
            self._died(reply)
            return
        seconds = 0
        while True:
            line = self._line(child, max(worker.WALL_SECONDS, 4 * seconds))
            if not line.endswith(b"\n"):
                self._died(reply)
                return
            answer = json.loads(line)
            if answer.get("done"):
                self._memory = answer["memory"]
                self._served += 1
                return
            seconds = answer.get("next", 0)
            if not seconds:
                reply.take(answer, offset)

    def _line(self, child: subprocess.Popen[bytes], seconds: float) -> bytes:
        """The next line of the process; it is killed when none comes in so many seconds."""
        assert child.stdout
        self._timed_out = 0.0
        timer = threading.Timer(seconds, self._time_out, (child, seconds))
        timer.daemon = True
        timer.start()
        try:
            return child.stdout.readline()
        except (OSError, ValueError):
            return b""
        finally:
            timer.cancel()

    def _time_out(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._timed_out = seconds
        child.kill()

    def _alive(self) -> subprocess.Popen[bytes]:
        child = self._child
        if child is not None and (
            self._served >= worker.RECYCLE_JOBS or self._memory > worker.RECYCLE_BYTES or child.poll() is not None
        ):
            self.end()
            child = None
        if child is None:
            child = started()
            with self._lock:
                self._child = child
            self._served = self._memory = 0
            self._line(child, worker.START_SECONDS)  # "ready"
        return child

    def _died(self, reply: Reply) -> None:
        child = self._child
        code = 0
        if child is not None:
            try:
                code = child.wait(timeout=5)
            except subprocess.TimeoutExpired:
                child.kill()
                code = child.wait()
        timed_out = self._timed_out
        self.end()
        reply.died = True
        reply.problem, reply.detail = _cause(code, timed_out)
        if reply.read and (left := reply.left()):
            reply.lost[left[0]] = reply.detail

    def kill(self) -> None:
        """End the process at once."""
        with self._lock:
            if self._child is not None and self._child.poll() is None:
                with suppress(OSError):
                    self._child.kill()

    def close(self) -> None:
        """End the process at once and start no other."""
        self._closed = True
        self.kill()

    def end(self) -> None:
        """Let the process go: close its input, wait a little, then kill it."""
        with self._lock:
            child, self._child = self._child, None
        if child is None:
            return
        with suppress(OSError):
            if child.stdin:
                child.stdin.close()
        try:
            child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout:
            child.stdout.close()


def _cause(code: int, timed_out: float) -> tuple[str, str]:
    """Problem and detail of a process that ended in the middle of a job."""
    if timed_out:
        return "too-slow", f"{timed_out:.0f} seconds"
    if sys.platform != "win32":
        if code == -signal.SIGXCPU:
            return "too-slow", "the processor time that it may use"
        if code == -signal.SIGKILL:
            return "crashed", "it was ended from outside, or for want of memory"
        if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS):
            return "crashed", "it breaks the library that reads this format, or needs more than 1 GB of memory"
    return "crashed", f"exit code {code}"


def started() -> subprocess.Popen[bytes]:
    """A new reading process."""
    environment = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    root = str(Path(__file__).resolve().parent.parent)
    if not getattr(sys, "frozen", False):
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    child = subprocess.Popen(
        command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=flags,
    )
    confine(child)
    return child


def command() -> list[str]:
    """How a reading process is started: by this Python from a checkout, by the console program of an installation."""
    if getattr(sys, "frozen", False):
        engine = Path(sys.executable).with_name("standpoint-engine" + (".exe" if sys.platform == "win32" else ""))
        return [str(engine if engine.exists() else Path(sys.executable)), "--reading-process"]
    return [sys.executable, "-P", "-X", "utf8", "-m", "index.ingest.worker"]  # -P: never import from the current folder
