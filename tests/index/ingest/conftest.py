"""Reading processes that misbehave: the real program of a reading process, with something in it replaced."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def misbehave(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let reading processes run some code after importing `worker` and before they start work."""

    def replaced(code: str) -> None:
        starter = tmp_path_factory.mktemp("process") / "starter.py"
        head = f"import os, signal, sys, time\nsys.path.insert(0, {str(ROOT)!r})\nfrom index.ingest import worker\n"
        starter.write_text(f"{head}{dedent(code)}\nsys.exit(worker.main())\n", encoding="utf-8")
        monkeypatch.setattr("index.ingest.processes.command", lambda: [sys.executable, str(starter)])

    return replaced
