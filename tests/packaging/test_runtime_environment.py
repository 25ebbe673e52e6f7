"""What runs first in the executables: tried in a child process that looks frozen to it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOOK = Path(__file__).resolve().parent.parent.parent / "packaging" / "runtime_environment.py"
FOLDER = HOOK.parent
REPORT = """
import json, os, sys
sys.frozen = True
sys.executable = {executable!r}
sys.argv = ["standpoint", *{arguments!r}]
exec(compile(open({hook!r}).read(), "hook", "exec"))
import platformdirs
print(json.dumps({{
    "library_path": os.environ.get("LD_LIBRARY_PATH"), "arguments": sys.argv[1:],
    "config": str(platformdirs.user_config_path("standpoint", appauthor=False)),
    "cache": platformdirs.user_cache_dir("standpoint"),
    "environment": {{name: value for name, value in os.environ.items() if name.startswith("XDG_")}},
}}))
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The folder of the executables."""
    folder = tmp_path / "program"
    folder.mkdir()
    return folder


def report(executable: Path, *arguments: str, **environment: str) -> dict[str, object]:
    """What the hook leaves behind for an executable of this name."""
    code = REPORT.format(executable=str(executable), arguments=list(arguments), hook=str(HOOK))
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    done = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the library path of Linux")
def test_programs_that_are_opened_get_the_library_path_of_the_user(program: Path) -> None:
    engine = program / "standpoint-engine"
    leaked = report(engine, LD_LIBRARY_PATH="/bundle/_internal")
    assert leaked["library_path"] is None
    own = report(engine, LD_LIBRARY_PATH="/bundle/_internal:/opt/lib", LD_LIBRARY_PATH_ORIG="/opt/lib")
    assert own["library_path"] == "/opt/lib"


def test_a_portable_copy_keeps_everything_beside_itself(program: Path) -> None:
    (program / "portable.txt").touch()
    told = report(program / "standpoint-engine")
    data = str(program / "data")
    assert str(told["config"]).startswith(data) and str(told["cache"]).startswith(data)
    assert told["arguments"] == []
    assert not any(str(program) in value for value in told["environment"].values())  # type: ignore[attr-defined]


def test_an_installed_copy_leaves_the_folders_of_the_user_alone(program: Path) -> None:
    told = report(program / "standpoint-engine", "search", "affair")
    assert str(program) not in str(told["config"])
    assert told["arguments"] == ["search", "affair"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the libraries of Linux")
def test_a_portable_window_uses_its_own_profile_unless_told_otherwise(program: Path) -> None:
    (program / "portable.txt").touch()
    window = program / "standpoint"
    assert report(window, "affair")["arguments"] == ["--profile", str(program / "data"), "affair"]
    assert report(window, "--profile", "/x")["arguments"] == ["--profile", "/x"]


def test_whoever_looks_for_a_system_library_names_the_same_package() -> None:
    """A checkout, a bundle and the installer each look for themselves: where one runs the files of the others are not."""
    import checkout
    import runtime_environment

    assert runtime_environment.ALWAYS.items() <= checkout.ALWAYS.items()
    assert runtime_environment.X11.items() <= checkout.X11.items()
    script = (FOLDER / "linux" / "install.sh").read_text(encoding="utf-8")
    told = dict(re.findall(r"(lib[\w.-]+\.so\.\d+):([\w.+-]+)", script))
    assert len(told) > 8 and told.items() <= (checkout.ALWAYS | checkout.X11).items()
    workflow = (FOLDER.parent / ".github" / "workflows" / "installers.yml").read_text(encoding="utf-8")
    packages = {*checkout.ALWAYS.values(), *checkout.X11.values(), *checkout.WAYLAND.values()}
    assert packages <= set(workflow.split())
