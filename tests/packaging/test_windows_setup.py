"""The Windows setup: its script compiles here without a warning. What it installs is built on Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BUILD = Path(__file__).resolve().parent.parent.parent / "packaging" / "build.py"


def make(payload: Path, place: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "STANDPOINT_BUILD": str(place / "build"), "STANDPOINT_DIST": str(place / "dist")}
    command = [sys.executable, str(BUILD), "nsis", "--payload", str(payload)]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=100)


def test_the_script_compiles_with_warnings_as_errors(tmp_path: Path) -> None:
    if not shutil.which("makensis"):
        pytest.skip("nsis is not installed")
    payload = tmp_path / "a payload"
    (payload / "_internal").mkdir(parents=True)
    for name in ("standpoint.exe", "standpoint-engine.exe", "_internal/ünïcode.txt"):
        (payload / name).write_text("a stand-in for the bundle")
    done = make(payload, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    setup = next((tmp_path / "dist").glob("*-setup.exe"))
    assert setup.read_bytes()[:2] == b"MZ"


def test_a_payload_without_the_program_is_refused(tmp_path: Path) -> None:
    done = make(tmp_path, tmp_path)
    assert done.returncode == 1 and "standpoint.exe" in done.stderr
