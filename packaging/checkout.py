"""Makes a checkout ready to run and starts what was asked for: what stands behind `./run` and `run.cmd`.

Only the standard library is used here: it runs before anything is installed. Whatever it prints goes to
stderr, so that the engine's JSON on stdout stays clean. Exit 69 (service unavailable) means: something is
missing that this script could not install, and the lines before said how to install it.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "standpoint-stamp"
UNFINISHED = VENV / "standpoint-unfinished"
WINDOWS = os.name == "nt"
PYTHON = str(VENV / ("Scripts/python.exe" if WINDOWS else "bin/python"))
UNAVAILABLE = 69
OLDEST_GLIBC = (2, 34)  # what the wheels of Qt are built for: Debian 12, Ubuntu 22.04, RHEL 9

# The system libraries that Qt's wheels load, with the Debian package of each. A missing one of the xcb family
# ends the process without a word that Python could catch, so they are looked for before Qt is started.
ALWAYS = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0", "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0", "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # Qt's network library; Debian 12's Python happens to bring it, 13's not
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONTS = "fonts-dejavu-core"
# What the tests of the installers build with: program -> Debian package. Where one is missing they say so and are skipped.
TOOLS = {
    "objdump": "binutils", "dpkg-shlibdeps": "dpkg-dev", "makeself": "makeself", "xz": "xz-utils", "makensis": "nsis",
    "Xvfb": "xvfb", "xauth": "xauth", "desktop-file-validate": "desktop-file-utils", "appstreamcli": "appstream",
}
ARCH_PACKAGES = (
    "libglvnd libx11 libxkbcommon dbus fontconfig freetype2 glib2 brotli ttf-dejavu xcb-util-cursor "
    "xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil libxcb libxkbcommon-x11 wayland"
)


class Missing(Exception):
    """Something is missing that only the user can install; the text says how."""


def say(text: str) -> None:
    """A line for people, on stderr."""
    print(f"run: {text}", file=sys.stderr, flush=True)


# --- the system -------------------------------------------------------------------------------------------


def may_use_apt() -> bool:
    """True when Debian packages can be installed without asking: as root, with apt-get."""
    return not WINDOWS and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian_packages(packages: Sequence[str]) -> None:
    """Installs them by apt-get; raises `Missing` when it fails (its own messages stay visible)."""
    say("installing " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "DEBCONF_NOWARNINGS": "yes"}
    install = ["apt-get", "install", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode:
            raise Missing("apt-get failed. Mend that, then call it again by hand:  " + " ".join(install))


def install_line(sonames: Sequence[str], packages: Sequence[str]) -> str:
    """The exact line that installs the missing libraries on this system."""
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(packages)
    quoted = " ".join(f"'{name}()(64bit)'" for name in sonames)
    if shutil.which("dnf"):
        return f"sudo dnf install {quoted}"
    if shutil.which("zypper"):
        return f"sudo zypper install {quoted}"
    if shutil.which("pacman"):
        return f"sudo pacman -S --needed {ARCH_PACKAGES}"
    return "install the packages of your system that hold " + " ".join(sonames)


def loadable(soname: str) -> bool:
    """True when the dynamic linker finds the library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """True when at least one font file is installed: without any, Qt paints every letter as an empty box."""
    data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [Path(part) / "fonts" for part in data.split(":") if part]
    folders += [Path.home() / ".fonts", Path.home() / ".local/share/fonts"]
    return any(
        name.endswith((".ttf", ".otf", ".ttc", ".pfb", ".pcf.gz"))
        for folder in folders for _, _, names in os.walk(folder, followlinks=True) for name in names
    )


def libraries_needed(task: str) -> dict[str, str]:
    """Library -> Debian package, for a task: the engine draws nothing, the tests draw off screen."""
    if not sys.platform.startswith("linux") or task == "engine":
        return {}
    wanted = dict(ALWAYS)
    if task == "window" and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        if os.environ.get("WAYLAND_DISPLAY"):
            wanted |= WAYLAND
        elif os.environ.get("DISPLAY"):
            wanted |= X11
    return wanted


def missing_libraries(task: str) -> tuple[list[str], list[str]]:
    """The libraries that the linker does not find, and the Debian packages that hold them."""
    needed = libraries_needed(task)
    absent = [name for name in needed if not loadable(name)]
    packages = [needed[name] for name in absent]
    if needed and not has_fonts():
        packages.append(FONTS)
    return absent, packages


def missing_venv_module() -> list[str]:
    """The Debian package that holds Python's venv module where it is not installed, else nothing."""
    check = [sys.executable, "-I", "-c", "import venv, ensurepip"]
    if subprocess.run(check, capture_output=True).returncode == 0:
        return []
    own = f"python3.{sys.version_info.minor}"
    system = shutil.which("python3") or ""
    return ["python3-venv" if Path(system).resolve().name == own else f"{own}-venv"]


def provide_system(task: str) -> None:
    """Makes sure that the system has what is needed: installs it when root on Debian, else says how, in one line."""
    def missing() -> tuple[list[str], list[str]]:
        absent, packages = missing_libraries(task)
        return absent, packages + ([] if is_ready() or works(PYTHON) else missing_venv_module())

    absent, packages = missing()
    if packages and may_use_apt():
        install_debian_packages(packages)
        absent, packages = missing()
    if not packages:
        return
    names = [*absent, *(["a font"] if FONTS in packages else [])]
    names += ["Python's venv module"] if any(package.endswith("-venv") for package in packages) else []
    raise Missing(f"the system lacks {', '.join(names)}.\nrun: Install with:  {install_line(absent, packages)}")


def provide_tools() -> None:
    """Installs what the tests of the installers need, where that can be done without asking; never a reason to stop."""
    if not sys.platform.startswith("linux") or not may_use_apt():
        return
    packages = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    packages += [package for library, package in (X11 | WAYLAND).items() if not loadable(library)]
    shared = f"libpython3.{sys.version_info.minor}"
    if sys.base_prefix == "/usr" and not loadable(f"{shared}.so.1.0"):
        packages.append(shared)  # the bundle carries the interpreter as a library
    try:
        if packages:
            install_debian_packages(packages)
    except Missing as problem:
        say(f"some tests will be skipped: {problem}")


def require_system() -> None:
    """Raises `Missing` on a system for which Qt has no build."""
    if not sys.platform.startswith("linux"):
        return
    name, version = platform.libc_ver()
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if name != "glibc" or numbers < OLDEST_GLIBC:
        found = f"{name} {version}".strip() or "another C library"
        raise Missing(f"Qt needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04, RHEL 9); here it is {found}.")


# --- the environment --------------------------------------------------------------------------------------


def wanted_stamp() -> str:
    """What the environment must have been made from: the locked packages, this place, this layout."""
    return hashlib.sha256(LOCK.read_bytes() + b"\n" + os.fsencode(ROOT) + b"\n1").hexdigest()


def is_ready() -> bool:
    """True when the environment is whole and fits the lock file."""
    try:
        return os.access(PYTHON, os.X_OK) and not UNFINISHED.exists() and STAMP.read_text() == wanted_stamp()
    except OSError:
        return False


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two first calls at the same time must not build the same folder: the second waits for the first."""
    if WINDOWS:
        yield
        return
    import fcntl

    with LOCK.open("rb") as file:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def remove_environment() -> None:
    """Renamed first: a removal that is interrupted never leaves half an environment under the real name."""
    doomed = VENV.with_name(".venv.old")
    shutil.rmtree(doomed, ignore_errors=True)
    if VENV.exists() or VENV.is_symlink():
        VENV.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def works(python: str) -> bool:
    """True when it starts, is of a version that we support, and has pip."""
    check = "import sys, pip; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 15))"
    try:
        return subprocess.run([python, "-I", "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """Builds `.venv`, or brings it up to the lock file. Interrupted anywhere, the next call starts anew."""
    if UNFINISHED.exists() or not works(PYTHON):
        remove_environment()
        VENV.mkdir()
        UNFINISHED.touch()
        say("making .venv (once)")
        subprocess.run([sys.executable, "-I", "-m", "venv", str(VENV)], check=True, stdout=sys.stderr)
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    install_locked_packages()
    # A line in a .pth file makes the checkout importable from everywhere: no build, no egg-info in the tree.
    where = [PYTHON, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip())
    (site / "standpoint_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    STAMP.write_text(wanted_stamp())
    UNFINISHED.unlink()


def install_locked_packages() -> None:
    """pip, with hashes. A line per package is boiled down to a counter where a person is looking."""
    lock = LOCK.read_text(encoding="utf-8").splitlines()
    total = sum("==" in line.split("#")[0].split(";")[0] for line in lock)
    say("installing the locked packages (about 150 MB are downloaded the first time)")
    command = [PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--no-deps",
               "--progress-bar", "off", "--only-binary", ":all:", "--require-hashes", "-r", str(LOCK)]
    environment = {**os.environ, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8"}
    watched = sys.stderr.isatty()
    lines: list[str] = []
    count = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
                          text=True, encoding="utf-8", errors="replace") as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            lines.append(line)
            if watched and line.startswith("Collecting "):
                count += 1
                name = line.split()[1].split("=")[0]
                print(f"\r\x1b[Krun: {count} of about {total}: {name}", end="", file=sys.stderr, flush=True)
    if watched:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    if pip.returncode:
        chatter = ("Collecting", "  Using cached", "  Downloading")
        sys.stderr.writelines(line for line in lines if not line.startswith(chatter))
        raise Missing("the packages could not be installed. The first call needs the internet (a proxy or a\n"
                      "run: mirror is set in pip's own settings), later calls don't. Call it again to go on.")


def provide_environment() -> None:
    """Makes sure that `.venv` stands."""
    if is_ready():
        return
    require_system()
    with alone():
        if not is_ready():
            make_environment()
            say("ready")


# --- the tasks --------------------------------------------------------------------------------------------


def start(arguments: Sequence[str]) -> int:
    """Becomes the environment's Python (Windows: waits for it). Callers pass `-P`: no module from the cwd."""
    command = [PYTHON, *arguments]
    os.environ.pop("PYTHONHOME", None)
    if WINDOWS:
        return subprocess.call(command)
    os.execv(command[0], command)


def run_tests(arguments: Sequence[str]) -> int:
    """All tests, spread over the processors; with arguments exactly what they say."""
    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not arguments:
        # By files, in the order of collection: the tests of the installers share one build, and start first.
        arguments = ["-n", str(max(1, min(4, os.cpu_count() or 1))), "--dist", "loadfile", "--no-loadscope-reorder"]
    return start(["-P", "-m", "pytest", *arguments])


def open_window(arguments: Sequence[str]) -> int:
    """The window; where there is no display it draws off screen, so that pictures can be made on a server."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
        say("no display: drawing off screen (set DISPLAY, or use: xvfb-run -a ./run)")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return start(["-P", "-m", "desktop", *arguments])


def doctor() -> int:
    """Prints what is there and what is missing; 0 when the window can be opened, else 69."""
    fine = True
    for label, task in (("window", "window"), ("tests", "test")):
        absent, packages = missing_libraries(task)
        state = "all there"
        if packages:
            state = f"missing {' '.join(absent) or 'a font'}: {install_line(absent, packages)}"
        print(f"libraries for the {label}: {state}", flush=True)
        fine = fine and not packages
    print(f"Python: {platform.python_version()} at {sys.executable}")
    print(f"system: {platform.platform()}")
    print(f"environment: {VENV} {'is ready' if is_ready() else 'will be made by the next ./run'}")
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or "none"
    print(f"display: {display}")
    try:
        require_system()
    except Missing as problem:
        print(problem)
        fine = False
    return 0 if fine else UNAVAILABLE


def main(arguments: Sequence[str]) -> int:
    """Does the set-up that the task needs, then the task."""
    first = arguments[0] if arguments else ""
    task = first if first in ("test", "engine", "doctor") else "window"
    try:
        if task == "doctor":
            return doctor()
        provide_system(task)
        provide_environment()
        if task == "test":
            if not arguments[1:]:
                provide_tools()
            return run_tests(arguments[1:])
        if task == "engine":
            return start(["-P", "-m", "index", *arguments[1:]])
        return open_window(arguments)
    except Missing as problem:
        say(str(problem))
        return UNAVAILABLE
    except subprocess.CalledProcessError as problem:
        say(f"this step failed (exit {problem.returncode}): {' '.join(map(str, problem.cmd))}")
        return UNAVAILABLE
    except KeyboardInterrupt:
        say("interrupted; the next call starts the set-up anew")
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
