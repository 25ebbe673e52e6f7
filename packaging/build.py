"""Builds the installers: `python3 packaging/build.py TARGET ...`. Each target is a step; see packaging/README.md.

facts     all platform files, generated into build/facts, to look at
bundle    the one-folder bundle with its licences (PyInstaller; on Linux needs binutils)
notices   licences, notices and SBOM of the bundle that is there
deb       Debian package                        tar   portable archive
run       installer without root (makeself)     nsis  Windows setup (makensis)
dmg       macOS disk image                      check what stands in dist/, with checksums
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import bundle
import facts as platform_facts


def write_facts() -> None:
    """All generated platform files in build/facts."""
    f = platform_facts.facts()
    folder = bundle.BUILD / "facts"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        f"{f.id}.desktop": platform_facts.desktop_file(f), f"{f.id}.metainfo.xml": platform_facts.metainfo_file(f),
        f"{f.id}.xml": platform_facts.mime_file(f), f"{f.package}.1": platform_facts.manual_page(f, "2000-01-01"),
        f"{f.id}.json": platform_facts.flatpak_manifest(f), "Info.plist": platform_facts.mac_plist(f),
        "facts.nsh": platform_facts.nsis_defines(f), "windows-version.txt": platform_facts.windows_version(f),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(folder)


def write_notices(folder: Path) -> None:
    """The licences of a bundle; a file that nobody is known to own ends the build."""
    from notices import write_licences

    unknown = write_licences(platform_facts.facts(), bundle.WORK, folder, bundle.epoch())
    if unknown:
        raise SystemExit(f"nobody is known to own: {unknown}")


def check() -> None:
    """What was built: sizes and SHA-256 sums (also in dist/SHA256SUMS)."""
    lines = []
    for path in sorted(bundle.DIST.glob("*")):
        if path.is_file() and path.name != "SHA256SUMS":
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            lines.append(f"{digest}  {path.name}")
            print(f"{path.stat().st_size / 1e6:8.1f} MB  {digest}  {path.name}")
    (bundle.DIST / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="ascii")


def main() -> int:
    """Runs the targets in the order in which they are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    targets = ("bundle", "facts", "notices", "deb", "tar", "run", "nsis", "dmg", "check")
    parser.add_argument("targets", nargs="+", choices=targets, metavar="TARGET")
    parser.add_argument("--payload", type=Path, default=bundle.BUNDLE, help="what the Windows setup installs")
    parser.add_argument("--bundle", type=Path, default=bundle.BUNDLE, help="whose notices are written")
    options = parser.parse_args()
    for target in options.targets:
        if target == "bundle":
            print(f"{bundle.size(bundle.make_bundle()) / 1e6:.0f} MB in {bundle.BUNDLE}")
        elif target == "facts":
            write_facts()
        elif target == "notices":
            write_notices(options.bundle.resolve())
        elif target == "check":
            check()
        elif target == "nsis":
            from windows_setup import make_setup

            print(make_setup(options.payload.resolve()))
        elif target == "dmg":
            from mac_image import make_image

            print(make_image())
        else:
            import linux_packages

            steps = {"deb": linux_packages.make_deb, "tar": linux_packages.make_tar, "run": linux_packages.make_run}
            print(steps[target]())
    return 0


if __name__ == "__main__":
    sys.exit(main())
