"""The one source of what platforms want to know: reads facts.toml and writes each platform's file from it.

Every function returns the text of one file. Nothing here touches the disk but `facts()`.
"""

from __future__ import annotations

import json
import plistlib
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from textwrap import fill
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
APPLICATION_ID_OFFSET = 68  # where SQLite keeps PRAGMA application_id
APPLICATION_ID = "STPT"  # index/store/schema.py
MANUAL_COMMANDS = ["read", "extract", "dates", "import", "search", "compare", "positions", "plot", "export", "check"]


@dataclass(frozen=True)
class Facts:
    """What facts.toml says, with the version of pyproject.toml."""

    version: str
    name: str
    package: str
    engine: str
    id: str
    home: str
    maintainer: str
    developer: str
    developer_id: str
    licence: str
    metadata_licence: str
    year: int
    summary: str
    tagline: str
    description: list[str]
    features: list[str]
    keywords: list[str]
    categories: list[str]
    screenshots: list[dict[str, str]]
    library: dict[str, str]
    releases: list[dict[str, Any]]


def facts() -> Facts:
    """The facts as they stand in the checkout."""
    told = tomllib.loads((ROOT / "packaging" / "facts.toml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Facts(version=project["version"], **told)


# --- Linux ------------------------------------------------------------------------------------------------


def desktop_file(f: Facts, command: str = "") -> str:
    """The menu entry. `command`: what starts the program, for an installation outside the PATH."""
    return f"""[Desktop Entry]
Version=1.4
Type=Application
Name={f.name}
GenericName=Statement search and comparison
Comment={f.summary}
Exec={_exec(command or f.package)} %f
Icon={f.id}
Terminal=false
StartupNotify=true
StartupWMClass={f.package}
X-GNOME-SingleWindow=true
Categories={";".join(f.categories)};
Keywords={";".join(f.keywords)};
MimeType={f.library["mime"]};
"""


def _exec(command: str) -> str:
    """A command as the Exec key wants it: quoted where it holds more than plain characters."""
    if all(character.isalnum() or character in "/._-" for character in command):
        return command
    quoted = "".join("\\\\" + character if character in '"`$\\' else character for character in command)
    return f'"{quoted}"'.replace("%", "%%")


def mime_file(f: Facts) -> str:
    """The file type of a library's database: by its name, and by SQLite's application id."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{f.library["mime"]}">
    <comment>{f.library["comment"]}</comment>
    <sub-class-of type="{f.library["parent"]}"/>
    <icon name="{f.id}"/>
    <magic priority="60">
      <match type="string" offset="0" value="SQLite format 3">
        <match type="string" offset="{APPLICATION_ID_OFFSET}" value="{APPLICATION_ID}"/>
      </match>
    </magic>
    <glob pattern="*.{f.library["extension"]}"/>
  </mime-type>
</mime-info>
"""


def metainfo_file(f: Facts) -> str:
    """AppStream: what software centres show."""
    paragraphs = "\n".join(f"    <p>{escape(text)}</p>" for text in f.description)
    categories = "\n".join(f"    <category>{category}</category>" for category in f.categories)
    items = "\n".join(f"      <li>{escape(text)}</li>" for text in f.features)
    pictures = "\n".join(
        f"""    <screenshot{' type="default"' if number == 0 else ""}>
      <caption>{escape(picture["caption"])}</caption>
      <image>{f.home}/pictures/{picture["file"]}</image>
    </screenshot>""" for number, picture in enumerate(f.screenshots)
    )
    releases = "\n".join(
        f"""    <release version="{release["version"]}" date="{release["date"]}">
      <description><p>{escape(release["text"])}</p></description>
    </release>""" for release in f.releases
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{f.id}</id>
  <metadata_license>{f.metadata_licence}</metadata_license>
  <project_license>{f.licence}</project_license>
  <name>{f.name}</name>
  <summary>{escape(f.summary)}</summary>
  <developer id="{f.developer_id}">
    <name>{escape(f.developer)}</name>
  </developer>
  <developer_name>{escape(f.developer)}</developer_name>
  <description>
{paragraphs}
    <ul>
{items}
    </ul>
  </description>
  <launchable type="desktop-id">{f.id}.desktop</launchable>
  <icon type="stock">{f.id}</icon>
  <categories>
{categories}
  </categories>
  <url type="homepage">{f.home}</url>
  <provides>
    <binary>{f.package}</binary>
    <binary>{f.engine}</binary>
    <mediatype>{f.library["mime"]}</mediatype>
  </provides>
  <screenshots>
{pictures}
  </screenshots>
  <content_rating type="oars-1.1"/>
  <releases>
{releases}
  </releases>
</component>
"""


def manual_page(f: Facts, date: str) -> str:
    """standpoint(1). `date` is printed at its foot (ISO)."""
    return rf""".TH {f.package.upper()} 1 "{date}" "{f.name} {f.version}" "User Commands"
.SH NAME
{f.package}, {f.engine} \- {f.summary[0].lower()}{f.summary[1:]}
.SH SYNOPSIS
.B {f.package}
.RI [ LIBRARY ]
.br
.B {f.engine}
.I COMMAND
.RI [ ARGUMENTS ]
.SH DESCRIPTION
{fill(f.description[0], 100)}
.PP
.B {f.package}
opens the window, on the library that is named or on the one that was open last.
.B {f.engine}
does everything without a window; its commands are
{", ".join(rf".BR {name} ,".removeprefix(".BR ").removesuffix(" ,") for name in MANUAL_COMMANDS)} and more.
Call
.B {f.engine} \-\-help
for all of them and
.B {f.engine}
.I COMMAND
.B \-\-help
for one.
.SH OPTIONS
.TP
.BI \-\-profile " FOLDER"
Keep settings, log and new libraries in this folder.
.TP
.B \-\-welcome
Start on the welcome page.
.TP
.BR \-\-theme " {{" light , dark }}
Wear this theme for one start.
.SH EXIT STATUS
Of {f.engine}: 0 done; 1 done, but some inputs had problems; 2 wrong usage; 3 stopped on request.
.SH FILES
A library is one folder. Settings lie in
.IR ~/.config/{f.package} ,
the search index, which may be deleted at any time, in
.IR ~/.cache/{f.package} .
"""


def control_file(f: Facts, depends: str, kilobytes: int, architecture: str) -> str:
    """debian/control of the binary package."""
    long = "\n .\n".join(fill(text, 76, initial_indent=" ", subsequent_indent=" ") for text in f.description)
    return f"""Package: {f.package}
Version: {f.version}
Section: text
Priority: optional
Architecture: {architecture}
Maintainer: {f.maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-dejavu-core, libcups2, xdg-utils
Homepage: {f.home}
Description: {f.summary[0].lower()}{f.summary[1:]}
{long}
"""


def debian_changelog(f: Facts) -> str:
    """The releases as Debian writes them (deb-changelog(5))."""
    entries = []
    for release in f.releases:
        stamp = datetime.fromisoformat(release["date"]).replace(tzinfo=UTC).strftime("%a, %d %b %Y %H:%M:%S %z")
        text = fill(release["text"], 78, initial_indent="  * ", subsequent_indent="    ")
        entries.append(f"{f.package} ({release['version']}) unstable; urgency=medium\n\n{text}\n\n"
                       f" -- {f.maintainer}  {stamp}\n")
    return "\n".join(entries)


def copyright_file(f: Facts) -> str:
    """Debian's machine-readable copyright (DEP-5); the parts of others are named in the notices beside it."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8").split("\n\n", 2)[2]
    body = "\n".join(f" {line}" if line.strip() else " ." for line in text.strip().splitlines())
    return f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {f.name}
Source: {f.home}
Comment: The package holds Python, Qt, PySide6 and other libraries. Their copyright notices and licences are in
 /usr/lib/{f.package}/licences; Qt and PySide6 are used under the LGPL version 3
 (/usr/share/common-licenses/LGPL-3). Their source is offered in NOTICES.txt there.

Files: *
Copyright: {f.year} {f.developer}
License: Expat

License: Expat
{body}
"""


# --- Windows, macOS, Flatpak ------------------------------------------------------------------------------


def nsis_defines(f: Facts) -> str:
    """What setup.nsi includes."""
    values = {
        "NAME": f.name, "PACKAGE": f.package, "ENGINE": f.engine, "VERSION": f.version, "PUBLISHER": f.developer,
        "SUMMARY": f.summary, "HOME": f.home, "EXTENSION": f.library["extension"], "FILETYPE": f.library["comment"],
        "PROGID": f"{f.name}.Library", "ID": f.id,
    }
    return "".join(f'!define {key} "{value}"\n' for key, value in values.items())


def windows_version(f: Facts) -> str:
    """The version resource of the executables, as PyInstaller reads it."""
    numbers = tuple([*(int(part) for part in f.version.split(".")[:3]), 0, 0, 0, 0][:4])
    strings = {
        "CompanyName": f.developer, "FileDescription": f.name, "FileVersion": f.version, "InternalName": f.package,
        "LegalCopyright": f"{f.year} {f.developer}, {f.licence} licence", "OriginalFilename": f"{f.package}.exe",
        "ProductName": f.name, "ProductVersion": f.version,
    }
    rows = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004, "
        f"fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('040904B0', [{rows}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def mac_properties(f: Facts) -> dict[str, Any]:
    """Info.plist of the macOS bundle."""
    return {
        "CFBundleName": f.name, "CFBundleDisplayName": f.name, "CFBundleIdentifier": f.id,
        "CFBundleShortVersionString": f.version, "CFBundleVersion": f.version, "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{f.year} {f.developer}",
        "LSApplicationCategoryType": "public.app-category.productivity",
        "CFBundleDocumentTypes": [{
            "CFBundleTypeName": f.library["comment"], "CFBundleTypeRole": "Editor", "LSHandlerRank": "Owner",
            "LSItemContentTypes": [f"{f.id}.library"],
        }],
        "UTExportedTypeDeclarations": [{
            "UTTypeIdentifier": f"{f.id}.library", "UTTypeDescription": f.library["comment"],
            "UTTypeConformsTo": ["public.database"],
            "UTTypeTagSpecification": {
                "public.filename-extension": [f.library["extension"]], "public.mime-type": [f.library["mime"]],
            },
        }],
    }


def mac_plist(f: Facts) -> str:
    """Info.plist as a text, to be looked at and validated where there is no Mac."""
    return plistlib.dumps(mac_properties(f)).decode("utf-8")


def flatpak_manifest(f: Facts) -> str:
    """The Flatpak manifest (JSON is YAML too): the one-folder bundle in a sandbox without the network."""
    install = [
        f"mkdir -p /app/lib/{f.package} /app/bin",
        f"cp -r {f.package} {f.engine} _internal licences /app/lib/{f.package}/",
        f"ln -s /app/lib/{f.package}/{f.package} /app/lib/{f.package}/{f.engine} /app/bin/",
        f"install -Dm644 share/{f.id}.desktop -t /app/share/applications",
        f"install -Dm644 share/{f.id}.metainfo.xml -t /app/share/metainfo",
        f"install -Dm644 share/{f.id}.xml -t /app/share/mime/packages",
        f"for s in 16 24 32 48 64 128 256 512; do install -Dm644 share/{f.package}-$s.png "
        f"/app/share/icons/hicolor/${{s}}x${{s}}/apps/{f.id}.png; done",
    ]
    manifest = {
        "id": f.id, "runtime": "org.freedesktop.Platform", "runtime-version": "25.08",
        "sdk": "org.freedesktop.Sdk", "command": f.package,
        "finish-args": ["--socket=wayland", "--socket=fallback-x11", "--share=ipc", "--device=dri",
                        "--filesystem=xdg-documents", "--talk-name=org.a11y.Bus"],
        "modules": [{
            "name": f.package, "buildsystem": "simple", "build-commands": install,
            "sources": [{"type": "archive", "path": f"../dist/{f.package}-{f.version}-linux-x86_64.tar.xz"}],
        }],
    }
    return json.dumps(manifest, indent=2) + "\n"
