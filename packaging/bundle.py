"""Makes the one-folder bundle that every installer carries, in an environment of its own, from locked packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import facts as platform_facts
from facts import ROOT

# The tests build elsewhere: what stands in the checkout is the builder's.
BUILD = Path(os.environ.get("STANDPOINT_BUILD", ROOT / "build")).resolve()
DIST = Path(os.environ.get("STANDPOINT_DIST", ROOT / "dist")).resolve()
WORK = BUILD / "work"
BUNDLE = BUILD / "bundle" / "standpoint"
VENV = BUILD / "venv"
LOCKS = (ROOT / "packaging" / "requirements.lock", ROOT / "packaging" / "requirements-build.lock")
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def epoch() -> int:
    """The time that everything in a build carries: SOURCE_DATE_EPOCH, else the time of the commit that is built."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return int(told)
    if shutil.which("git"):
        done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.stdout.strip():
            return int(done.stdout)
    return int((ROOT / "packaging" / "facts.toml").stat().st_mtime)


def environment() -> dict[str, str]:
    """The environment of every build step: fixed time and hash seed, no language of the builder's."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "STANDPOINT_BUILD": str(BUILD), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """A step; its failure ends the build."""
    print("+", *command, file=sys.stderr, flush=True)
    subprocess.run(list(map(str, command)), cwd=cwd, env=environment(), check=True)


def make_venv() -> None:
    """An environment from the locks alone. Not editable: PyInstaller does not see through such installs."""
    stamp = VENV / "stamp"
    wanted = "\n".join(lock.read_text(encoding="utf-8") for lock in LOCKS)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)
    for lock in LOCKS:
        run(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", lock)
    stamp.write_text(wanted, encoding="utf-8")


def make_bundle() -> Path:
    """BUILD/bundle/standpoint with both executables, and its licences; returns the folder."""
    f = platform_facts.facts()
    make_venv()
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(BUNDLE.parent, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    (BUILD / "windows-version.txt").write_text(platform_facts.windows_version(f), encoding="utf-8")
    run(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--workpath", WORK,
        "--distpath", BUNDLE.parent, ROOT / "packaging" / "standpoint.spec")
    dangling = [path for path in BUNDLE.rglob("*") if path.is_symlink() and not path.exists()]
    for path in dangling:
        path.unlink()
    add_licences(BUNDLE)
    return BUNDLE


def add_licences(folder: Path) -> None:
    """Licences, notices and SBOM of a bundle, by the Python that was bundled: it knows which file is whose."""
    run(PYTHON, ROOT / "packaging" / "build.py", "notices", "--bundle", folder)


def set_times(folder: Path) -> None:
    """Gives everything the time of the build, so that archives of it are the same to the bit."""
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)


def size(folder: Path) -> int:
    """Bytes of all files; links count nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
