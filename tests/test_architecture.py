"""The rules of the architecture (CONTRIBUTING.md), held by reading the source: who may import whom."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for top in ("index", "desktop", "resources", "packaging") for path in (ROOT / top).rglob("*.py"))
STANDARD = sys.stdlib_module_names
TRAINING = {"index.extract.training"}  # for developers: needs PyTorch, which the program does not


def module_of(path: Path) -> str:
    """index/store/store.py -> index.store.store; a package is named by its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """All that a file imports, as full names: `from a.b import c` gives a.b and a.b.c."""
    found: set[str] = set()
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            name = ".".join(part for part in (base, node.module or "") if part)
            found |= {name} | {f"{name}.{alias.name}" for alias in node.names}
    return found


IMPORTS = {module_of(path): imports_of(path) for path in SOURCES}


def within(module: str, *areas: str) -> bool:
    """True when the module is one of the areas or lies in one."""
    return any(module == area or module.startswith(area + ".") for area in areas)


def breaches(of: tuple[str, ...], forbidden: tuple[str, ...], but: tuple[str, ...] = ()) -> list[str]:
    """The imports in modules of `of` (less `but`) that lie in `forbidden`."""
    return sorted(
        f"{module} imports {name}"
        for module, names in IMPORTS.items() if within(module, *of) and not within(module, *but)
        for name in names if within(name, *forbidden)
    )


QT = ("PySide6", "shiboken6", "pyqtgraph", "PyQt6", "qtpy")
PURE = ("index.readers", "index.extract", "index.compare", "index.positions", "index.plot", "index.actors",
        "index.utterances")
PANES = sorted({module for module in IMPORTS if within(module, "desktop.panes", "desktop.dialogs")})


@pytest.mark.parametrize(
    ("of", "forbidden", "but"),
    [
        pytest.param(("index",), ("desktop", *QT), (), id="the engine knows no window"),
        pytest.param(("index",), ("sqlite3",), ("index.store",), id="only the store says sqlite3"),
        pytest.param(("index",), ("whoosh",), ("index.search",), id="only search says whoosh"),
        pytest.param(("desktop",), ("sqlite3", "whoosh", "index.store", "index.search", "index.readers",
                     "index.extract"), (), id="the window goes through the library"),
        pytest.param(PURE, ("sqlite3", "whoosh", "index.store", "index.search", "index.library"), (),
                     id="readers, extraction, comparison and positions are pure"),
        pytest.param(("index.store",), ("index.search", "index.library", "index.extract", "index.readers"), (),
                     id="the store lies lowest"),
        pytest.param(("index.search",), ("index.library",), (), id="search does not know the library"),
        pytest.param(("desktop.models", "desktop.delegates"), ("desktop.panes", "desktop.dialogs", "desktop.window"),
                     (), id="models and delegates know no pane"),
        pytest.param(("index", "desktop", "resources"), ("packaging.build", "packaging.checkout"), (),
                     id="nothing imports packaging"),
        pytest.param(("index", "desktop", "resources", "packaging"), ("tests", "pytest"), (),
                     id="nothing imports the tests"),
    ],
)  # fmt: skip
def test_imports_go_one_way(of: tuple[str, ...], forbidden: tuple[str, ...], but: tuple[str, ...]) -> None:
    assert breaches(of, forbidden, but) == []


def test_sql_stands_in_the_store_only() -> None:
    """Everybody else asks the store by name."""
    verbs = r"SELECT\b.+\bFROM|INSERT\b.+\bINTO|UPDATE\b.+\bSET|DELETE\s+FROM|PRAGMA|CREATE\s+TABLE"
    sql = re.compile(rf"\s*(?:{verbs})\s", re.DOTALL)
    found = [
        f"{module_of(path)}:{node.lineno}"
        for path in SOURCES if not within(module_of(path), "index.store")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and sql.match(node.value)
    ]
    assert found == []


def test_the_nouns_import_only_the_standard_library() -> None:
    assert {name for name in IMPORTS["index.model"] if name.partition(".")[0] not in STANDARD} == set()


def test_a_pane_never_imports_a_pane() -> None:
    areas = ("desktop.panes", "desktop.dialogs")
    siblings = [
        f"{module} imports {name}" for module in PANES for name in IMPORTS[module]
        if within(name, *areas) and name not in areas
        and name.split(".")[:3] != module.split(".")[:3] and "dialogs" not in name
        and not within(name, "desktop.panes.pane")  # the base of all
    ]
    assert siblings == []


def test_importing_every_engine_module_loads_no_qt() -> None:
    modules = sorted(
        module for module in IMPORTS
        if within(module, "index") and not module.endswith("__main__") and module not in TRAINING
    )
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print(sorted(name for name in sys.modules if name.partition('.')[0] in {QT!r}))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=ROOT.parent,
                          env=_environment(), timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_nothing_that_runs_imports_what_only_training_needs() -> None:
    heavy = breaches(("index", "desktop"), ("torch", *TRAINING), but=tuple(TRAINING))
    assert heavy == []


def test_packaging_is_no_package() -> None:
    """With an __init__.py it would shadow the `packaging` library for everything that runs from the checkout."""
    assert not list((ROOT / "packaging").rglob("__init__.py"))
    assert not list((ROOT / "tests").rglob("__init__.py"))


def _committed_texts() -> list[tuple[str, str]]:
    """What a checkout holds, without what was built in it; binary files are left out."""
    skip = {".git", ".venv", ".venv.old", "build", "dist", "__pycache__", ".hypothesis", ".mypy_cache"}
    listed = ""
    if shutil.which("git"):
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    names = [name for name in listed.split("\n") if name] or [
        str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
        if path.is_file() and not skip & set(path.relative_to(ROOT).parts)
    ]
    texts = []
    for name in names:
        try:
            texts.append((name, (ROOT / name).read_text(encoding="utf-8")))
        except (UnicodeDecodeError, OSError):
            continue
    return texts


def test_no_file_names_a_machine_or_a_package_index() -> None:
    """Paths of somebody's machine and addresses of package indexes belong into nobody's checkout.

    The patterns are pieced together so that this file does not hold them itself.
    """
    home = r"(?<![\w/.])/(?:ho" + r"me|Us" + r"ers)/[a-z]\w*/"
    work = r"(?<![\w.])/wo" + r"rk/(?:main|shared|tree)"
    hosts = r"\b(?:py" + r"pi\.org|files\.python" + r"hosted\.org|test\.py" + r"pi\.)"
    pattern = re.compile("|".join((home, work, hosts)))
    found = [f"{name}: {match.group()}" for name, text in _committed_texts() for match in pattern.finditer(text)]
    assert found == []


def test_no_file_is_left_half_merged() -> None:
    pattern = re.compile(r"^(?:<{7} |>{7} |={7}$)", re.MULTILINE)
    assert [name for name, text in _committed_texts() if pattern.search(text)] == []


def test_every_command_of_the_engine_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)", readme, re.MULTILINE)
    assert sorted(rows) == sorted(command.name for command in COMMANDS)


def test_no_regular_expression_repeats_a_group_possessively() -> None:
    """Python 3.11.0 to 3.11.4 (Debian 12 has 3.11.2) matches `(?:...)++` and `(?>...)` wrongly, or for ever.

    A possessive repeat of a single character or class (`\\w++`, `[^x]*+`) is right in all versions.
    """
    group = re.compile(r"\)(?:[*+?]|\{{1,2}\d*,?\d*\}{1,2})\+|\(\?>")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in sorted((ROOT / "index").rglob("*")) if path.suffix in (".py", ".toml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if group.search(line)
    ]
    assert found == []
