"""What needs a folder that nobody may write to is tested for the superuser, too: in a process without that power."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WITHOUT = [
    "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search",
]  # fmt: skip
FILES = ["tests/index/store/test_readonly.py", "tests/desktop/test_importing.py"]
THESE = "everything_in_it or command_line_says or can_only_be_read"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="these tests ran where they stand")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="there is no setpriv here")
def test_a_library_that_cannot_be_written_is_read() -> None:
    if subprocess.run([*WITHOUT, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this superuser may not give up a power")
    command = [*WITHOUT, sys.executable, "-m", "pytest", "-n", "0", "-k", THESE, *FILES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout and "skipped" not in done.stdout
