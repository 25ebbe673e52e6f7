"""install.sh and uninstall.sh, run for real on a small bundle: everything arrives, and nothing stays behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the installer for Linux")


@pytest.fixture
def unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the archive holds, with a program of one line."""
    import linux_packages

    bundle = tmp_path / "bundle"
    (bundle / "_internal" / "resources").mkdir(parents=True)
    (bundle / "licences").mkdir()
    (bundle / "licences" / "NOTICES.txt").write_text("notices")
    (bundle / "_internal" / "resources" / "word list.txt").write_text("words")
    for name in ("standpoint", "standpoint-engine"):
        (bundle / name).write_text("#!/bin/sh\necho started\n")
        (bundle / name).chmod(0o755)
    monkeypatch.setattr(linux_packages, "BUNDLE", bundle)
    return Path(linux_packages.stage(tmp_path / "stage"))


def sh(script: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", script, *arguments], env={"PATH": os.environ["PATH"], "HOME": str(home)},
                          capture_output=True, text=True, timeout=60)


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_it_installs_for_one_person_and_the_program_starts(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home"
    home.mkdir()
    done = sh(unpacked / "install.sh", home=home)
    assert done.returncode == 0, done.stderr
    local = home / ".local"
    started = subprocess.run([local / "bin" / "standpoint"], capture_output=True, text=True)
    assert started.stdout == "started\n"
    entry = (local / "share/applications/org.standpoint.Standpoint.desktop").read_text()
    assert f'Exec="{local}/lib/standpoint/standpoint" %f' in entry
    assert (local / "share/icons/hicolor/64x64/apps/org.standpoint.Standpoint.png").is_file()
    assert (local / "lib/standpoint/_internal/resources/word list.txt").read_text() == "words"


def test_removing_it_leaves_the_folders_of_others_and_nothing_of_ours(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".local" / "share" / "applications").mkdir(parents=True)
    (home / ".local" / "share" / "applications" / "other.desktop").write_text("[Desktop Entry]\n")
    (home / "Documents" / "Standpoint" / "affair").mkdir(parents=True)
    before = everything(home)
    assert sh(unpacked / "install.sh", home=home).returncode == 0
    done = sh(home / ".local/lib/standpoint/uninstall.sh", home=home)
    assert done.returncode == 0, done.stderr
    left = everything(home) - before
    assert left == set()
    assert before <= everything(home)


def test_installing_again_replaces_what_was_there(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert sh(unpacked / "install.sh", home=home).returncode == 0
    old = home / ".local/lib/standpoint/_internal/resources/word list.txt"
    (unpacked / "_internal/resources/word list.txt").rename(unpacked / "_internal/resources/new.txt")
    done = sh(unpacked / "install.sh", home=home)
    assert done.returncode == 0 and "Replacing" in done.stdout
    assert not old.exists() and old.with_name("new.txt").exists()


def test_another_prefix_is_obeyed(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert sh(unpacked / "install.sh", "--prefix", str(tmp_path / "opt"), home=home).returncode == 0
    assert (tmp_path / "opt" / "bin" / "standpoint").exists()
    assert everything(home) == set()


def test_uninstall_refuses_to_guess(unpacked: Path, tmp_path: Path) -> None:
    shutil.copytree(unpacked, tmp_path / "elsewhere")
    done = sh(tmp_path / "elsewhere" / "uninstall.sh", home=tmp_path)
    assert done.returncode == 1 and "nothing was removed" in done.stderr
    assert (tmp_path / "elsewhere" / "standpoint").exists()
