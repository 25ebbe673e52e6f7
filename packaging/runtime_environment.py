"""Runs first in both executables: undoes what the bootloader leaks, looks for what is missing, and for a portable copy.

The bootloader puts the bundle's folder into LD_LIBRARY_PATH. A program that is opened from here (the reader for an
original PDF) would load our libraries and die, so the variable gets its former value back before anything starts.

A file `portable.txt` beside the executables makes the copy portable: settings, cache, log and libraries are kept in a
folder `data` there, and nothing is written anywhere else.
"""

import os
import sys
from pathlib import Path

# What Qt loads and the bundle leaves to the system, with the Debian package of each: some of what packaging/checkout.py
# looks for before a checkout starts (a test holds them together; this file runs where that one is not).
ALWAYS = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libX11.so.6": "libx11-6", "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6", "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0", "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def restore_library_path() -> None:
    """The library path as it was before the bootloader changed it."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before


def open_no_socket() -> None:
    """One of the libraries tries, when it is imported, whether it could bind an IPv6 address; here nothing is to be."""
    import socket

    socket.has_ipv6 = False


def do_without_opengl() -> None:
    """Empty modules for the two that pyqtgraph imports in any case and uses for drawing by OpenGL, which nobody asks for.

    Their bindings are 9 MB; the bundle leaves them out.
    """
    from types import ModuleType

    bare, widgets = ModuleType("PySide6.QtOpenGL"), ModuleType("PySide6.QtOpenGLWidgets")
    widgets.QOpenGLWidget = object  # type: ignore[attr-defined]  # the base of a class there
    sys.modules[bare.__name__], sys.modules[widgets.__name__] = bare, widgets


def keep_data_beside_the_program(window: bool) -> None:
    """Lets the folders of the user be folders beside the executables, where the copy is a portable one.

    By replacing what asks the system for them, not by environment variables: programs that are opened from here
    would inherit those.
    """
    here = Path(sys.executable).resolve().parent
    if not (here / "portable.txt").exists() or not os.access(here, os.W_OK):
        return
    import platformdirs

    data = here / "data"

    def folder(name: str):  # type: ignore[no-untyped-def]
        def path(*_: object, ensure_exists: bool = False, **__: object) -> Path:
            if ensure_exists:
                (data / name).mkdir(parents=True, exist_ok=True)
            return data / name

        return path

    for kind in ("config", "cache", "data", "log", "state", "documents"):
        path = folder(kind)
        setattr(platformdirs, f"user_{kind}_path", path)
        setattr(platformdirs, f"user_{kind}_dir", lambda *given, _path=path, **named: str(_path(*given, **named)))
    if window and not any(argument.startswith("--profile") for argument in sys.argv):
        sys.argv[1:1] = ["--profile", str(data)]


def explain_missing_libraries() -> None:
    """A missing system library ends Qt without a word: say which one, and how to get it."""
    import ctypes

    needed = dict(ALWAYS)
    if os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb" and not os.environ.get("WAYLAND_DISPLAY"):
        needed |= X11
    inside = Path(getattr(sys, "_MEIPASS", ""))
    missing = []
    for name, package in needed.items():
        try:
            ctypes.CDLL(str(inside / name) if (inside / name).exists() else name)
        except OSError:
            missing.append((name, package))
    if not missing:
        return
    text = (
        "Standpoint cannot start: the system lacks " + ", ".join(name for name, _ in missing) + ".\n"
        "Debian, Ubuntu: sudo apt-get install " + " ".join(package for _, package in missing)
    )
    sys.stderr.write(text + "\n")
    show_message(text)
    sys.exit(69)


def show_message(text: str) -> None:
    """In a window too, by whatever the desktop has: somebody who clicked an icon sees no terminal."""
    import shutil
    import subprocess

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    zenity = ["zenity", "--error", "--no-markup", "--text", text]
    for command in (zenity, ["kdialog", "--error", text], ["xmessage", text]):
        if shutil.which(command[0]):
            subprocess.run(command, timeout=600, check=False)
            return


if getattr(sys, "frozen", False):
    open_no_socket()
    is_window = not Path(sys.executable).stem.endswith("-engine")
    if is_window:
        do_without_opengl()
    if sys.platform.startswith("linux"):
        restore_library_path()
        if is_window:
            explain_missing_libraries()
    # Worker processes get the program's own arguments; they have no profile to choose.
    keep_data_beside_the_program(is_window and "--multiprocessing-fork" not in sys.argv)
