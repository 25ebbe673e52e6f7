"""Packs the bundle for Linux: Debian package, portable archive, and an installer for one person without root."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import facts as platform_facts
from bundle import BUILD, BUNDLE, DIST, add_licences, environment, epoch, run, set_times, size
from facts import ROOT, Facts

ICONS = ROOT / "resources" / "icons" / "app"
# Of xz: from 7 on its window (16 MB) reaches from one executable to the same modules in the other, which saves 9 MB.
LEVEL = int(os.environ.get("STANDPOINT_COMPRESSION", "7"))
MAKESELF_HEADER = Path("/usr/share/makeself/makeself-header.sh")
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
SYSTEM_FOLDERS = (Path("/lib/x86_64-linux-gnu"), Path("/usr/lib/x86_64-linux-gnu"),
                  Path("/lib/aarch64-linux-gnu"), Path("/usr/lib/aarch64-linux-gnu"))


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def install(source: Path, target: Path, mode: int = 0o644) -> None:
    """Copies a file to a folder that is made if needed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def fresh(folder: Path) -> Path:
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def day() -> str:
    """The day of the build (ISO)."""
    return time.strftime("%Y-%m-%d", time.gmtime(epoch()))


# --- Debian -----------------------------------------------------------------------------------------------


def make_deb() -> Path:
    """DIST/standpoint_VERSION_ARCH.deb. What Debian has itself is left to Debian, with its security updates."""
    f = platform_facts.facts()
    tree = fresh(BUILD / "deb" / "tree")
    program = tree / "usr" / "lib" / f.package
    shutil.copytree(BUNDLE, program, symlinks=True)
    dropped = drop_system_libraries(program / "_internal")
    add_licences(program)
    place_shared_files(f, tree)
    depends = computed_depends(f, program)
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path.parent == program else 0o644)
    architecture = output("dpkg", "--print-architecture")
    control = tree / "DEBIAN"
    write(control / "control", platform_facts.control_file(f, depends, size(tree) // 1024, architecture))
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}"
        for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink() and control not in path.parents
    ]
    write(control / "md5sums", "\n".join(sums) + "\n")
    for folder in [tree, *(path for path in tree.rglob("*") if path.is_dir())]:
        folder.chmod(0o755)
    set_times(tree)
    DIST.mkdir(exist_ok=True)
    package = DIST / f"{f.package}_{f.version}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", f"-z{LEVEL}", "--threads-max=1", "--build", tree, package)
    print(f"left to the system: {len(dropped)} libraries; installed {size(tree) / 1e6:.0f} MB")
    return package


def drop_system_libraries(folder: Path) -> list[str]:
    """Removes every library that is the build system's own, byte for byte; returns their names."""
    gone = []
    for path in sorted(folder.iterdir()):
        if ".so" not in path.name or path.is_symlink() or not path.is_file():
            continue
        for system in SYSTEM_FOLDERS:
            twin = system / path.name
            if twin.exists() and twin.read_bytes() == path.read_bytes() and not path.name.startswith("libpython"):
                path.unlink()
                gone.append(path.name)
                break
    return gone


def computed_depends(f: Facts, program: Path) -> str:
    """What the libraries of the tree need from Debian, as dpkg-shlibdeps computes it."""
    place = fresh(BUILD / "deb" / "shlibs")
    write(place / "debian" / "control", f"Source: {f.package}\n\nPackage: {f.package}\nArchitecture: any\n")
    # What speaks to the printing service is a recommendation: the program starts, and writes PDF, without it.
    elves = [path for path in sorted(program.rglob("*")) if path.is_file() and not path.is_symlink() and is_elf(path)
             and path.parent.name != "printsupport"]
    folders = sorted({f"-l{path.parent}" for path in elves})
    done = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *folders, *map(str, elves)], cwd=place,
        env=environment(), capture_output=True, text=True,
    )
    if done.returncode:
        raise SystemExit(f"dpkg-shlibdeps: {done.stderr}")
    found = re.search(r"shlibs:Depends=(.*)", done.stdout)
    assert found, done.stdout
    # Debian 13 and Ubuntu 24.04 renamed some packages for 64-bit times; the old names are provided there.
    return found.group(1).strip()


def is_elf(path: Path) -> bool:
    """True for programs and libraries."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def place_shared_files(f: Facts, tree: Path) -> None:
    """Menu entry, icons, file type, software centre, man page, documentation."""
    (tree / "usr" / "bin").mkdir(parents=True)
    for name in (f.package, f.engine):
        (tree / "usr" / "bin" / name).symlink_to(f"../lib/{f.package}/{name}")
    share = tree / "usr" / "share"
    write(share / "applications" / f"{f.id}.desktop", platform_facts.desktop_file(f))
    write(share / "metainfo" / f"{f.id}.metainfo.xml", platform_facts.metainfo_file(f))
    write(share / "mime" / "packages" / f"{f.id}.xml", platform_facts.mime_file(f))
    for side in SIZES:
        install(ICONS / f"standpoint-{side}.png", share / f"icons/hicolor/{side}x{side}/apps/{f.id}.png")
    install(ICONS / "standpoint.svg", share / f"icons/hicolor/scalable/apps/{f.id}.svg")
    for name in (f.package, f.engine):
        compressed(share / "man" / "man1" / f"{name}.1.gz", platform_facts.manual_page(f, day()))
    documents = share / "doc" / f.package
    write(documents / "copyright", platform_facts.copyright_file(f))
    compressed(documents / "changelog.gz", platform_facts.debian_changelog(f))
    compressed(documents / "NEWS.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    install(ROOT / "packaging" / "linux" / "lintian-overrides", share / "lintian" / "overrides" / f.package)


def compressed(path: Path, text: str) -> None:
    """gzip without a time or a name in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


# --- without root -----------------------------------------------------------------------------------------


def stage(folder: Path) -> Path:
    """The bundle with its installer scripts and shared files: what both archives hold."""
    f = platform_facts.facts()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BUNDLE, folder, symlinks=True)
    for name in ("install.sh", "uninstall.sh"):
        text = (ROOT / "packaging" / "linux" / name).read_text(encoding="utf-8")
        for key, value in (("@PACKAGE@", f.package), ("@ENGINE@", f.engine), ("@ID@", f.id)):
            text = text.replace(key, value)
        write(folder / name, text, 0o755)
    share = folder / "share"
    write(share / f"{f.id}.desktop", platform_facts.desktop_file(f))
    write(share / f"{f.id}.metainfo.xml", platform_facts.metainfo_file(f))
    write(share / f"{f.id}.xml", platform_facts.mime_file(f))
    write(share / f"{f.package}.1", platform_facts.manual_page(f, day()))
    for side in SIZES:
        install(ICONS / f"standpoint-{side}.png", share / f"{f.package}-{side}.png")
    install(ICONS / "standpoint.svg", share / f"{f.package}.svg")
    return folder


def make_tar() -> Path:
    """DIST/standpoint-VERSION-linux-ARCH.tar.xz: unpack it anywhere; with `portable.txt` it writes nowhere else."""
    f = platform_facts.facts()
    name = f"{f.package}-{f.version}"
    folder = stage(BUILD / "tar" / name)
    write(folder / "README.txt", f"""{f.name} {f.version}

Start ./{f.package} from this folder, or install it for yourself with: sh install.sh

Portable: make an empty file portable.txt beside {f.package}. Settings, search cache, log and new libraries are then
kept in the folder data here, and nothing is written anywhere else.

Licences of all parts: licences/NOTICES.txt
""")
    set_times(folder)
    DIST.mkdir(exist_ok=True)
    archive = DIST / f"{name}-linux-{os.uname().machine}.tar.xz"
    run("tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--format=gnu", "-C", folder.parent,
        "-I", f"xz -{LEVEL} -T1", "-cf", archive, name)
    return archive


def make_run() -> Path:
    """DIST/standpoint-VERSION-linux-ARCH.run: unpacks itself and calls install.sh."""
    f = platform_facts.facts()
    folder = stage(BUILD / "run" / "stage")
    set_times(folder)
    DIST.mkdir(exist_ok=True)
    archive = DIST / f"{f.package}-{f.version}-linux-{os.uname().machine}.run"
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch()))
    header = BUILD / "run" / "header.sh"
    write(header, asking_for_xz(MAKESELF_HEADER.read_text(encoding="utf-8")))
    run("makeself", "--header", header, "--xz", "--complevel", str(LEVEL), "--sha256", "--nox11", "--tar-format", "gnu",
        "--tar-extra",
        f"--sort=name --mtime=@{epoch()} --owner=0 --group=0 --numeric-owner", "--packaging-date", stamp,
        folder, archive, f"{f.name} {f.version}", "./install.sh")
    return archive


def asking_for_xz(header: str) -> str:
    """makeself's own header, which says at its start what is missing where there is no xz: it would unpack nothing,
    say "xz: not found" and leave the person with that."""
    before, place, after = header.partition("\nunset CDPATH\n")
    if not place:
        raise SystemExit(f"{MAKESELF_HEADER} has no line 'unset CDPATH': see asking_for_xz()")
    return f"""{before}{place}
if command -v xz >/dev/null 2>&1; then :; else
    echo "This installer is compressed by xz, which this system lacks. Nothing was installed." >&2
    echo "Debian, Ubuntu: sudo apt-get install xz-utils   Fedora: sudo dnf install xz   Then start it again." >&2
    exit 69
fi
{after}"""


def output(*command: str) -> str:
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
