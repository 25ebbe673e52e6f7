"""Says what is inside a bundle and under which licences: the SBOM (CycloneDX), the notices and the licence texts.

What is inside is read from PyInstaller's own tables of contents and held against the files that are really there, so
a development tool never appears and nothing that was left out is claimed. What wheels hold is read from the bills of
materials that they carry (PEP 770); what they hold without saying so (Qt's own third parties, OpenBLAS) and what this
repository itself has from others (a font) is listed by hand in parts.toml.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from facts import ROOT, Facts

LICENCES = ROOT / "packaging" / "licenses"
TEXT_NAME = re.compile(r"(?i)(?:^|/)(?:licen[cs]es?|copying|notice|authors)[^/]*$|/licenses?/")


@dataclass
class Component:
    """Something in the bundle that somebody made: a Python distribution, a part of one, or a system library."""

    name: str
    version: str
    licence: str
    purl: str
    copyright: str = ""
    source: str = ""
    files: list[str] = field(default_factory=list)
    texts: list[Path] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)


def contents(work: Path) -> dict[str, Path]:
    """What PyInstaller took: destination in the bundle (or "pyz:module") -> the file that it came from."""
    found: dict[str, Path] = {}
    for table in sorted(work.rglob("*.toc")):
        if not table.name.startswith(("PYZ-", "COLLECT-")):
            continue
        told = ast.literal_eval(table.read_text(encoding="utf-8"))
        for entry in _entries(told):
            name, source, kind = entry
            if source and kind in ("PYMODULE", "BINARY", "EXTENSION", "DATA", "PYMODULE-1", "PYMODULE-2"):
                found[f"pyz:{name}" if kind.startswith("PYMODULE") else name] = Path(source)
    return found


def _entries(told: Any) -> list[tuple[str, str, str]]:
    """All (name, source, kind) in a table, however deeply they are nested."""
    if isinstance(told, tuple) and len(told) == 3 and all(isinstance(part, str) for part in told):
        return [told]
    if isinstance(told, (list, tuple)):
        return [entry for part in told for entry in _entries(part)]
    return []


def owners() -> dict[Path, importlib.metadata.Distribution]:
    """Installed file -> its distribution, for the Python that runs this."""
    found = {}
    for distribution in importlib.metadata.distributions():
        for file in distribution.files or ():
            found[Path(str(file.locate())).resolve()] = distribution
    return found


def components(work: Path, bundle: Path) -> tuple[list[Component], list[str]]:
    """Who made what is in the bundle, and the files whose maker is not known (there should be none)."""
    by_file = owners()
    told: dict[str, Component] = {}
    unknown = []
    for name, source in sorted(contents(work).items()):
        if not name.startswith("pyz:") and not (bundle / "_internal" / name).exists() and not (bundle / name).exists():
            continue  # dropped
        component = _component_of(source.resolve(), by_file, told)
        if component is None:
            unknown.append(name)
        elif not name.startswith("pyz:"):
            component.files.append(name)
    told["pyinstaller"] = _of_distribution("pyinstaller", importlib.metadata.distribution("pyinstaller"))
    add_parts(told, bundle)
    return sorted(told.values(), key=lambda c: c.name.lower()), unknown


def _component_of(
    source: Path, by_file: dict[Path, importlib.metadata.Distribution], told: dict[str, Component]
) -> Component | None:
    """The component of a file, made when it is met first."""
    if source.name == "base_library.zip":  # what the interpreter needs to start; PyInstaller packs it
        return told.setdefault("cpython", _python())
    if source.is_relative_to(ROOT) and not source.is_relative_to(Path(sys.prefix)):
        return _of_repository(source.relative_to(ROOT).as_posix(), told)
    distribution = by_file.get(source)
    if distribution is not None:
        name = re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
        if name not in told:
            told[name] = _of_distribution(name, distribution)
        return told[name]
    if source.is_relative_to(Path(sys.base_prefix).resolve()) and (
        re.search(r"/python3\.\d+/|/libpython3", source.as_posix()) or not shutil.which("dpkg-query")
    ):
        return told.setdefault("cpython", _python())
    return _of_debian(source, told)


def _of_repository(path: str, told: dict[str, Component]) -> Component:
    """What this repository has from others, else its own: parts.toml names the folders."""
    for row in by_hand()["vendored"]:
        if path.startswith(row["folder"]):
            texts = [ROOT / row["folder"] / row["text"]]
            purl = f"pkg:generic/{row['id']}@{row['version']}"
            return told.setdefault(row["id"], Component(row["id"], row["version"], row["licence"], purl,
                                                        row["copyright"], row["source"], [], texts))
    return told.setdefault("", Component("standpoint", "", "MIT", ""))


def _python() -> Component:
    version = sys.version.split()[0]
    short = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base = Path(sys.base_prefix)
    places = (base / "LICENSE.txt", base / "lib" / short / "LICENSE.txt", base / "share" / "doc" / short / "copyright")
    return Component("cpython", version, "PSF-2.0", f"pkg:generic/python@{version}", "Python Software Foundation",
                     "https://www.python.org/downloads/source/", [], [path for path in places if path.is_file()][:1])


def _of_distribution(name: str, distribution: importlib.metadata.Distribution) -> Component:
    """A Python distribution with its licence (the metadata's words, else parts.toml) and its licence texts."""
    metadata = distribution.metadata
    licence = by_hand()["licences"].get(name) or metadata.get("License-Expression") or metadata.get("License") or ""
    if not licence or len(licence) > 60:
        kinds = [row.rpartition(" :: ")[2] for row in metadata.get_all("Classifier") or () if row.startswith("License")]
        licence = " AND ".join(kinds) or "see its licence text"
    texts = [
        Path(str(file.locate())) for file in distribution.files or ()
        if TEXT_NAME.search(str(file)) and not str(file).endswith((".py", ".pyc"))
    ]
    author = metadata.get("Author") or metadata.get("Author-email") or ""
    return Component(name, distribution.version, licence, f"pkg:pypi/{name}@{distribution.version}", author,
                     by_hand()["sources"].get(name, ""), [], [path for path in texts if path.is_file()],
                     parts_that_it_names(distribution))


def parts_that_it_names(distribution: importlib.metadata.Distribution) -> list[Component]:
    """What a wheel says that was compiled into it (PEP 770); what only its build needed is left out."""
    found = []
    for file in distribution.files or ():
        if ".dist-info/sboms/" not in file.as_posix() or file.suffix != ".json":
            continue
        told = json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
        for row in told.get("components", ()):
            if row.get("type") != "library" or row.get("scope") == "excluded":
                continue
            licences = [entry.get("expression") or entry["license"].get("id") or entry["license"].get("name", "")
                        for entry in row.get("licenses", ())]
            purl = row.get("purl", f"pkg:generic/{row['name']}").partition("?")[0]
            found.append(Component(row["name"], row.get("version", ""), " AND ".join(licences) or "see its source",
                                   purl))
    return found


def _of_debian(source: Path, told: dict[str, Component]) -> Component | None:
    """The Debian package of a library that was taken from the build machine."""
    if not shutil.which("dpkg-query"):
        return None
    for path in (source, Path("/usr") / source.relative_to("/"), Path("/") / Path(*source.parts[2:])):
        done = subprocess.run(["dpkg-query", "-S", str(path)], capture_output=True, text=True)
        if done.returncode == 0:
            package = done.stdout.split(":")[0].split(",")[0]
            break
    else:
        return None
    if package not in told:
        done = subprocess.run(["dpkg-query", "-W", "-f", "${source:Package} ${Version}", package],
                              capture_output=True, text=True, check=True)
        origin, version = done.stdout.split()
        text = Path("/usr/share/doc") / package / "copyright"
        told[package] = Component(package, version, "see its licence text", f"pkg:deb/debian/{package}@{version}", "",
                                  f"https://tracker.debian.org/pkg/{origin}", [], [text] if text.exists() else [])
    return told[package]


def by_hand() -> dict[str, Any]:
    """parts.toml."""
    return tomllib.loads((ROOT / "packaging" / "parts.toml").read_text(encoding="utf-8"))


def add_parts(told: dict[str, Component], bundle: Path) -> None:
    """What wheels hold without saying so, where the files that hold it are in the bundle."""
    for part in by_hand()["parts"]:
        owner = told.get(part["inside"])
        if owner is None or part["name"] in {known.name for known in owner.parts}:
            continue
        if any(path.is_file() for path in (bundle / "_internal").rglob(part["file"])):
            version = part.get("version", "")
            purl = f"pkg:generic/{part['name'].lower()}" + (f"@{version}" if version else "")
            owner.parts.append(Component(part["name"], version, part["licence"], purl, part.get("copyright", "")))


# --- what is written --------------------------------------------------------------------------------------


def bill_of_materials(f: Facts, found: list[Component], bundle: Path, epoch: int) -> str:
    """CycloneDX 1.6: every component with its licence, and the checksum of every file of the bundle."""
    own = f"pkg:generic/{f.package}@{f.version}"
    listed = [_cyclone(component) for component in found if component.purl]
    files = [
        {"type": "file", "name": str(path.relative_to(bundle)),
         "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}]}
        for path in sorted(bundle.rglob("*")) if path.is_file() and not path.is_symlink()
    ]
    stamp = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "timestamp": stamp,
            "component": {"type": "application", "bom-ref": own, "name": f.package, "version": f.version, "purl": own,
                          "licenses": [{"license": {"id": f.licence}}]},
        },
        "components": listed + files,
        "dependencies": [{"ref": own, "dependsOn": [component["bom-ref"] for component in listed]}],
    }
    body["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))}"
    return json.dumps(body, indent=1, sort_keys=True) + "\n"


def _cyclone(component: Component, above: str = "") -> dict[str, Any]:
    reference = f"{above}/{component.purl}" if above else component.purl
    is_expression = re.fullmatch(r"[\w.+()-]+(?: (?:AND|OR|WITH) [\w.+()-]+)*", component.licence)
    entry: dict[str, Any] = {
        "type": "library", "bom-ref": reference, "name": component.name, "purl": component.purl,
        "licenses": [{"expression": component.licence} if is_expression else {"license": {"name": component.licence}}],
    }
    if component.version:
        entry["version"] = component.version
    if component.copyright:
        entry["copyright"] = component.copyright
    if component.parts:
        entry["components"] = [_cyclone(part, reference) for part in component.parts]
    return entry


def notices(f: Facts, found: list[Component]) -> str:
    """The notices that people read: what is inside, whose it is, under which licence, where its source is."""
    own = f"Copyright {f.year} {f.developer}. Licence: {f.licence} (LICENSE.txt)."
    lines = [f"{f.name} {f.version}", "=" * 72, "", own, "", by_hand()["qt_notice"].strip(), ""]
    lines += ["What is inside", "-" * 72]
    for component in found:
        if not component.purl:
            continue
        lines += ["", f"{component.name} {component.version}", f"  licence: {component.licence}"]
        lines += [f"  by: {component.copyright}"] if component.copyright else []
        lines += [f"  source: {component.source}"] if component.source else []
        for part in component.parts:
            told = f"{part.name} {part.version}".strip()
            lines.append(f"  holds {told} ({part.licence}{', ' + part.copyright if part.copyright else ''})")
        if component.licence.startswith("LGPL-3.0"):
            lines.append("  texts: LGPL-3.0.txt, GPL-3.0.txt")
        if component.texts:
            lines.append(f"  texts: {component.name}/")
    return "\n".join(lines) + "\n"


def write_licences(f: Facts, work: Path, bundle: Path, epoch: int) -> list[str]:
    """Fills BUNDLE/licences; returns the files whose maker is not known."""
    folder = bundle / "licences"
    shutil.rmtree(folder, ignore_errors=True)
    found, unknown = components(work, bundle)
    folder.mkdir()
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    for text in sorted(LICENCES.glob("*.txt")):
        shutil.copy(text, folder)
    for component in found:
        for text in component.texts:
            (folder / component.name).mkdir(exist_ok=True)
            shutil.copyfile(text, folder / component.name / _plain_name(text, folder / component.name))
    (folder / "NOTICES.txt").write_text(notices(f, found), encoding="utf-8")
    (folder / "sbom.cdx.json").write_text(bill_of_materials(f, found, bundle, epoch), encoding="utf-8")
    return unknown


def _plain_name(text: Path, folder: Path) -> str:
    """A file name that is not taken yet."""
    name, number = text.name, 2
    while (folder / name).exists():
        name, number = f"{text.stem}-{number}{text.suffix}", number + 1
    return name
