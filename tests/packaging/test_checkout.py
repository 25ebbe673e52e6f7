"""The two commands: what stands ready, what is missing, and what a person is told then."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
posix = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell script")


@pytest.fixture
def checkout(tmp_path: Path) -> ModuleType:
    """The script as it works for another checkout, one with a space in its path."""
    place = tmp_path / "a checkout"
    (place / "packaging").mkdir(parents=True)
    script = place / "packaging" / "checkout.py"
    script.write_bytes((ROOT / "packaging" / "checkout.py").read_bytes())
    (place / "packaging" / "requirements.lock").write_text("some-package==1.0 --hash=sha256:00\n")
    spec = importlib.util.spec_from_file_location("checkout", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_ready(checkout: ModuleType) -> None:
    """What a finished set-up leaves behind."""
    python = Path(checkout.PYTHON)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    checkout.STAMP.write_text(checkout.wanted_stamp())


@posix
def test_a_finished_environment_is_ready(checkout: ModuleType) -> None:
    assert not checkout.is_ready()
    make_ready(checkout)
    assert checkout.is_ready()


@posix
def test_a_changed_lock_file_asks_for_a_new_set_up(checkout: ModuleType) -> None:
    make_ready(checkout)
    checkout.LOCK.write_text("some-package==1.1 --hash=sha256:11\n")
    assert not checkout.is_ready()


@posix
def test_an_interrupted_set_up_is_never_taken_for_a_finished_one(checkout: ModuleType) -> None:
    make_ready(checkout)
    checkout.UNFINISHED.touch()
    assert not checkout.is_ready()


@posix
def test_an_environment_whose_python_is_gone_is_not_ready(checkout: ModuleType) -> None:
    make_ready(checkout)
    Path(checkout.PYTHON).unlink()
    Path(checkout.PYTHON).symlink_to("/nonexistent/python3")
    assert not checkout.is_ready()
    assert not checkout.works(checkout.PYTHON)


@posix
def test_removing_an_environment_leaves_nothing_under_either_name(checkout: ModuleType) -> None:
    make_ready(checkout)
    checkout.VENV.with_name(".venv.old").mkdir()
    checkout.remove_environment()
    assert sorted(path.name for path in checkout.ROOT.iterdir()) == ["packaging"]


@posix
def test_an_absent_package_index_is_explained_and_the_next_call_starts_anew(
    checkout: ModuleType, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real environment is made; only pip is kept from every index."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    assert checkout.main(["engine"]) == 69
    told = capfd.readouterr()
    assert told.out == ""
    assert "The first call needs the internet" in told.err
    assert not checkout.is_ready()
    assert checkout.UNFINISHED.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the libraries of Linux")
def test_the_engine_and_the_tests_ask_for_less_than_the_window(
    checkout: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    assert checkout.libraries_needed("engine") == {}
    assert "libxcb-cursor.so.0" not in checkout.libraries_needed("test")
    assert checkout.libraries_needed("window")["libxcb-cursor.so.0"] == "libxcb-cursor0"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    assert "libwayland-client.so.0" in checkout.libraries_needed("window")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the libraries of Linux")
def test_a_missing_library_is_named_with_the_line_that_installs_it(
    checkout: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apt = tmp_path / "bin" / "apt-get"
    apt.parent.mkdir()
    apt.write_text("#!/bin/sh\nexit 0\n")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(apt.parent))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    checkout.ALWAYS["libnobody-has-this.so.9"] = "libnobody9"
    with pytest.raises(checkout.Missing) as told:
        checkout.provide_system("test")
    assert "libnobody-has-this.so.9" in str(told.value)
    assert "sudo apt-get install libnobody9" in str(told.value)


def shell(tmp_path: Path, *arguments: str, apt: str = "") -> subprocess.CompletedProcess[str]:
    """./run on a machine with a shell and no Python; `apt` is the text of the apt-get that it has."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "readlink"):
        found = next(Path(folder) / name for folder in ("/bin", "/usr/bin") if (Path(folder) / name).exists())
        (tools / name).symlink_to(found)
    (tools / "id").write_text(f"#!/bin/sh\necho {0 if apt else 1000}\n")
    (tools / "id").chmod(0o755)
    if apt:
        (tools / "apt-get").write_text(apt)
        (tools / "apt-get").chmod(0o755)
    return subprocess.run([tools / "sh", ROOT / "run", *arguments], env={"PATH": str(tools)}, cwd=tmp_path,
                          capture_output=True, text=True, timeout=30)


@posix
def test_without_python_a_person_is_told_how_to_get_one(tmp_path: Path) -> None:
    done = shell(tmp_path, "test")
    assert done.returncode == 69
    assert done.stdout == ""
    assert "Python 3.11, 3.12, 3.13 or 3.14 is needed" in done.stderr


@posix
def test_without_python_root_on_debian_installs_it(tmp_path: Path) -> None:
    done = shell(tmp_path, "test", apt=f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\n')
    asked = (tmp_path / "asked").read_text()
    assert "update" in asked
    assert "python3 python3-venv" in asked
    assert done.returncode == 69  # this apt-get installs nothing
    assert "older than 3.11" in done.stderr


def test_every_locked_package_has_a_hash_and_no_index_is_named() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines and all("==" in line and "--hash=sha256:" in line for line in lines)
    assert "://" not in lock and "index-url" not in lock


def test_both_front_doors_lead_to_the_same_script() -> None:
    assert '"$here/packaging/checkout.py" "$@"' in (ROOT / "run").read_text()
    assert "packaging\\checkout.py" in (ROOT / "run.cmd").read_text()
    assert "./run test" in (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / "run", os.X_OK) or os.name == "nt"


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="apt-get is used as root only")
def test_tools_that_cannot_be_installed_are_no_reason_to_stop(
    checkout: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "apt-get").write_text(f"#!/bin/sh\necho \"$@\" >>{tmp_path}/asked\nexit 100\n")
    (tools / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    checkout.provide_tools()
    assert "some tests will be skipped" in capfd.readouterr().err
    assert (tmp_path / "asked").read_text().split() == ["update", "-qq"]
