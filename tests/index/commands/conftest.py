"""What the tests of commands share: a command run in this process, with what it printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from index.__main__ import main

Engine = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run_json(capsys: pytest.CaptureFixture[str]) -> Engine:
    """A command with --json: its exit code, its JSON lines, what stands on stderr."""

    def run(*args: object) -> tuple[int, list[dict[str, Any]], str]:
        capsys.readouterr()
        code = main([*map(str, args), "--json"])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    return run
