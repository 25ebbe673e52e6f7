"""Packs the bundle for Windows: a setup program made by NSIS, for one person, without administrator's rights."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import facts as platform_facts
from bundle import BUILD, DIST, epoch, run, size
from facts import ROOT


def make_setup(payload: Path) -> Path:
    """DIST/standpoint-VERSION-setup.exe, which installs what lies in `payload`. Warnings of makensis are errors."""
    f = platform_facts.facts()
    if not (payload / f"{f.package}.exe").exists():
        raise SystemExit(f"{payload} holds no {f.package}.exe: build the bundle on Windows, or name one by --payload")
    place = BUILD / "nsis"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    DIST.mkdir(exist_ok=True)
    setup = DIST / f"{f.package}-{f.version}-setup.exe"
    defines = platform_facts.nsis_defines(f) + "".join(
        f'!define {key} "{value}"\n' for key, value in {
            "PAYLOAD": payload, "OUT": setup, "KILOBYTES": size(payload) // 1024, "LICENCE": ROOT / "LICENSE",
            "ICON": ROOT / "resources" / "icons" / "app" / "standpoint.ico",
            "DAY": time.strftime("%Y%m%d", time.gmtime(epoch())),
        }.items()
    )
    # Debian's NSIS can write a 64-bit setup, which also runs where there is no 32-bit Windows (Wine64).
    if list(Path("/usr/share/nsis/Stubs").glob("*-amd64-unicode")):
        defines += "!define TARGET amd64-unicode\n"
    (place / "facts.nsh").write_text(defines, encoding="utf-8")
    makensis = shutil.which("makensis") or r"C:\Program Files (x86)\NSIS\makensis.exe"
    flag = "/" if Path(makensis).suffix == ".exe" else "-"
    run(makensis, f"{flag}V2", f"{flag}WX", f"{flag}INPUTCHARSET", "UTF8", f"{flag}NOCD",
        ROOT / "packaging" / "windows" / "setup.nsi", cwd=place)
    return setup
