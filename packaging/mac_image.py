"""Packs the bundle for macOS: a disk image with the application and a link to the folder of applications."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import facts as platform_facts
from bundle import BUILD, BUNDLE, DIST, run, set_times


def make_image() -> Path:
    """DIST/standpoint-VERSION-macos-ARCH.dmg; only on a Mac (hdiutil, codesign)."""
    f = platform_facts.facts()
    if not shutil.which("hdiutil"):
        raise SystemExit("hdiutil is missing: the disk image is built on a Mac")
    application = BUNDLE.parent / f"{f.name}.app"
    licences = application / "Contents" / "Resources" / "licences"
    shutil.rmtree(licences, ignore_errors=True)
    shutil.copytree(BUNDLE / "licences", licences)
    run("codesign", "--force", "--deep", "--sign", "-", application)  # ad hoc; a real identity is the publisher's
    run("codesign", "--verify", "--deep", "--strict", application)
    folder = BUILD / "dmg"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(application, folder / application.name, symlinks=True)
    (folder / "Applications").symlink_to("/Applications")
    set_times(folder)
    DIST.mkdir(exist_ok=True)
    image = DIST / f"{f.package}-{f.version}-macos-{os.uname().machine}.dmg"
    image.unlink(missing_ok=True)
    run("hdiutil", "create", "-volname", f.name, "-srcfolder", folder, "-format", "UDZO", image)
    return image
