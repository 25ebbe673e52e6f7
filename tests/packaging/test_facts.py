"""One source of facts: the platform files say the same, their validators accept them, and the code agrees with them."""

from __future__ import annotations

import json
import plistlib
import py_compile
import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from configparser import ConfigParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import index
from index.store.schema import APPLICATION_ID
from index.store.store import DATABASE

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"


@pytest.fixture(scope="module")
def module() -> ModuleType:
    import facts

    return facts


@pytest.fixture(scope="module")
def f(module: ModuleType) -> Any:
    return module.facts()


def validate(*command: str) -> None:
    """Runs a validator, or skips the test where it is not installed."""
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_is_the_same_everywhere(f: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert index.__version__ == project["version"] == f.version
    assert f.releases[0]["version"] == f.version


def test_name_licence_and_commands_agree_with_the_project(f: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == f.package
    assert project["license"] == f.licence
    assert f.engine in project["scripts"] and f.package in project["gui-scripts"]


def test_the_menu_entry_names_the_program_and_the_file_type(module: ModuleType, f: Any, tmp_path: Path) -> None:
    path = tmp_path / f"{f.id}.desktop"
    path.write_text(module.desktop_file(f), encoding="utf-8")
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(path)
    told = entry["Desktop Entry"]
    assert (told["Exec"], told["Icon"], told["Name"]) == (f"{f.package} %f", f.id, f.name)
    assert told["MimeType"] == f.library["mime"] + ";"
    validate("desktop-file-validate", str(path))


def test_a_command_with_a_blank_in_its_path_is_quoted_in_the_menu_entry(module: ModuleType, f: Any) -> None:
    assert 'Exec="/home/a b/standpoint" %f' in module.desktop_file(f, "/home/a b/standpoint")


def test_the_window_says_the_id_of_its_menu_entry(f: Any) -> None:
    """Otherwise Wayland shows the window without its icon."""
    source = (ROOT / "desktop" / "app.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{f.id}")' in source


def test_software_centres_get_a_valid_description(module: ModuleType, f: Any, tmp_path: Path) -> None:
    path = tmp_path / f"{f.id}.metainfo.xml"
    path.write_text(module.metainfo_file(f), encoding="utf-8")
    root = ET.fromstring(module.metainfo_file(f))
    assert root.findtext("id") == f.id
    assert root.findtext("launchable") == f"{f.id}.desktop"
    assert {node.text for node in root.iter("binary")} == {f.package, f.engine}
    assert next(node.get("version") for node in root.iter("release")) == f.version
    validate("appstreamcli", "validate", "--no-net", str(path))


def test_the_file_type_is_what_the_store_writes(module: ModuleType, f: Any) -> None:
    assert Path(DATABASE).suffix == "." + f.library["extension"]
    assert APPLICATION_ID.to_bytes(4, "big").decode("ascii") == module.APPLICATION_ID
    root = ET.fromstring(module.mime_file(f))
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    matches = {node.get("offset"): node.get("value") for node in root.iter(f"{space}match")}
    assert matches == {"0": "SQLite format 3", "68": "STPT"}
    assert [node.get("pattern") for node in root.iter(f"{space}glob")] == [f"*{Path(DATABASE).suffix}"]


def test_a_library_that_was_made_carries_the_mark_of_its_file_type(module: ModuleType, tmp_path: Path) -> None:
    from index.library import Library

    Library.create(tmp_path / "library").close()
    head = (tmp_path / "library" / DATABASE).read_bytes()[:72]
    assert head.startswith(b"SQLite format 3\0")
    assert head[module.APPLICATION_ID_OFFSET :] == module.APPLICATION_ID.encode()


def test_the_manual_names_commands_that_exist(module: ModuleType, f: Any, tmp_path: Path) -> None:
    from index.commands import COMMANDS

    assert set(module.MANUAL_COMMANDS) <= {command.name for command in COMMANDS}
    path = tmp_path / "standpoint.1"
    path.write_text(module.manual_page(f, "2000-01-01"), encoding="utf-8")
    validate("man", "--warnings", "-l", "-Tutf8", str(path))


def test_mac_and_flatpak_say_the_same(module: ModuleType, f: Any) -> None:
    told = plistlib.loads(module.mac_plist(f).encode())
    assert told["CFBundleIdentifier"] == f.id and told["CFBundleShortVersionString"] == f.version
    manifest = json.loads(module.flatpak_manifest(f))
    assert manifest["id"] == f.id and manifest["command"] == f.package
    assert not [argument for argument in manifest["finish-args"] if "network" in argument]


def test_every_build_script_compiles(tmp_path: Path) -> None:
    for path in [*PACKAGING.glob("*.py"), PACKAGING / "standpoint.spec"]:
        py_compile.compile(str(path), cfile=str(tmp_path / "out.pyc"), doraise=True)


def test_the_windows_setup_compiles_without_a_warning(f: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("makensis"):
        pytest.skip("makensis is not installed")
    import windows_setup

    payload = tmp_path / "a payload"
    (payload / "_internal" / "ä folder").mkdir(parents=True)
    for name in (f"{f.package}.exe", f"{f.engine}.exe", "_internal/ä folder/file.dll"):
        (payload / name).write_bytes(b"MZ")
    monkeypatch.setattr(windows_setup, "BUILD", tmp_path / "build")
    monkeypatch.setattr(windows_setup, "DIST", tmp_path / "dist")
    setup = windows_setup.make_setup(payload)
    assert setup.read_bytes()[:2] == b"MZ"
    assert f.version in setup.name


def test_the_debian_control_file_is_well_formed(module: ModuleType, f: Any) -> None:
    text = module.control_file(f, "libc6", 1000, "amd64")
    assert all(re.match(r"[A-Z][\w-]*: \S| \S", line) for line in text.strip().splitlines())
    assert "Package: standpoint\n" in text


def test_parts_without_licence_metadata_are_named_by_hand(module: ModuleType) -> None:
    told = tomllib.loads((PACKAGING / "parts.toml").read_text(encoding="utf-8"))
    assert all(part["licence"] and part["file"] and part["inside"] for part in told["parts"])
    assert {"pyside6-essentials", "shiboken6"} <= set(told["licences"])
    assert "LGPL" not in "".join(path.name for path in (PACKAGING / "licenses").glob("GPL*"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (PACKAGING / "licenses" / "LGPL-3.0.txt").read_text(encoding="utf-8")


def test_every_file_from_others_in_the_repository_has_its_licence_text(module: ModuleType) -> None:
    import notices

    told = tomllib.loads((PACKAGING / "parts.toml").read_text(encoding="utf-8"))
    for row in told["vendored"]:
        assert (PACKAGING.parent / row["folder"] / row["text"]).is_file()
        assert all(row[key] for key in ("id", "version", "licence", "copyright", "source"))
    known: dict[str, Any] = {}
    font = notices._of_repository("resources/fonts/DejaVuSans.ttf", known)
    assert font.name == "dejavu-sans" and font.purl and font.texts[0].name == "LICENSE-DejaVu.txt"
    assert notices._of_repository("index/model.py", known).name == "standpoint"


def test_what_a_wheel_says_that_it_holds_is_named_with_its_licence(module: ModuleType) -> None:
    import importlib.metadata

    import notices

    component = notices._of_distribution("resvg-py", importlib.metadata.distribution("resvg-py"))
    parts = {part.name: part for part in component.parts}
    assert "resvg" in parts and parts["resvg"].version and parts["resvg"].licence
    assert "autocfg" not in parts  # only its build needed that
    assert component.texts
    notices.add_parts({"resvg-py": component}, PACKAGING)
    assert [part.name for part in component.parts].count("resvg") == 1


def test_no_part_is_named_that_is_not_a_dependency_any_more(module: ModuleType) -> None:
    told = tomllib.loads((PACKAGING / "parts.toml").read_text(encoding="utf-8"))
    locks = "".join((PACKAGING / name).read_text(encoding="utf-8")
                    for name in ("requirements.lock", "requirements-build.lock"))
    locked = set(re.findall(r"(?m)^([a-z0-9-]+)==", locks.lower()))
    assert {part["inside"] for part in told["parts"]} <= locked
    assert set(told["licences"]) <= locked


def test_the_debian_changelog_is_one_that_debian_reads(module: ModuleType, f: Any, tmp_path: Path) -> None:
    (tmp_path / "changelog").write_text(module.debian_changelog(f), encoding="utf-8")
    assert module.debian_changelog(f).startswith(f"{f.package} ({f.version}) ")
    if not shutil.which("dpkg-parsechangelog"):
        pytest.skip("no dpkg-parsechangelog here")
    done = subprocess.run(["dpkg-parsechangelog", "-l", tmp_path / "changelog"], capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert f"Version: {f.version}\n" in done.stdout
