"""The installers, built for real and tried as somebody without Python would: one bundle, its package, its installer.

The build takes minutes, so it is made once for all tests of this file, with quick compression. Installing on an empty
system, removing, and what is left, are tried by packaging/linux/test-package.sh and test-archives.sh.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from ctypes import CDLL
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ("objdump", "dpkg-shlibdeps", "dpkg-deb", "makeself", "xz")
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the installers for Linux"), pytest.mark.timeout(1_000),
]
NOTICE = """<html><head><title>Ferry to run again</title><meta property="article:published_time" content="2024-05-02"></head>
<body><article><h1>Ferry to run again</h1><p>“The ferry will run again before winter,” said Mira Olanda, the foreign
minister of Westria, on Thursday. Her words were welcomed on both banks of the river, where the landing stages have been
closed for two years.</p></article></body></html>"""


def why_not() -> str:
    """What a build needs and this machine lacks."""
    import checkout

    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    lacking += [name for name in checkout.ALWAYS | checkout.X11 | checkout.WAYLAND if not checkout.loadable(name)]
    if lacking:
        return f"{', '.join(lacking)} not installed"
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        try:
            CDLL(str(sysconfig.get_config_var("INSTSONAME")))
        except OSError:
            return "the interpreter's own library is not installed (libpython3)"
    return ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where everything was built: build/ and dist/."""
    lacking = why_not()
    if lacking:
        pytest.skip(lacking)
    place = tmp_path_factory.mktemp("installers")
    surroundings = {**os.environ, "STANDPOINT_BUILD": str(place / "build"), "STANDPOINT_DIST": str(place / "dist"),
                    "STANDPOINT_COMPRESSION": "0"}
    command = [sys.executable, str(ROOT / "packaging" / "build.py"), "bundle", "deb", "run", "check"]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
    return place


@pytest.fixture
def bundle(place: Path) -> Path:
    """The folder with both executables."""
    return place / "build" / "bundle" / "standpoint"


def alone(home: Path, *command: str | Path, **more: str) -> str:
    """Runs a program for a person whose system has no Python on its path; returns all that it printed."""
    home.mkdir(exist_ok=True)
    surroundings = {"HOME": str(home), "PATH": "/nowhere", "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", **more}
    done = subprocess.run([*map(str, command)], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=240, cwd=home)
    assert done.returncode == 0, done.stdout
    return done.stdout


def colours(picture: Path) -> int:
    """How many different colours a picture has, on a coarse grid."""
    from PySide6.QtGui import QImage

    image = QImage(str(picture))
    assert image.width() > 800 and image.height() > 500
    return len({image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)})


def test_the_engine_imports_finds_and_checks_without_a_python(bundle: Path, tmp_path: Path) -> None:
    engine, home, library = bundle / "standpoint-engine", tmp_path / "home", tmp_path / "library"
    assert re.fullmatch(r"Standpoint \d+\.\d+\.\d+\n", alone(home, engine, "--version"))
    (tmp_path / "ferry.html").write_text(NOTICE, encoding="utf-8")
    alone(home, engine, "import", library, tmp_path / "ferry.html")
    found = json.loads(alone(home, engine, "search", library, 'actor:Olanda "before winter"', "--json"))
    assert found["total"] == 1 and "before winter" in found["hits"][0]["snippet"]
    statements = [json.loads(line) for line in alone(home, engine, "statements", library, "--json").splitlines()]
    assert statements[0]["actor"] == "Mira Olanda" and statements[0]["date"]["latest"] == "2024-05-02"
    alone(home, engine, "check", library)


def test_the_window_draws_its_pages_and_prints_nothing(bundle: Path, tmp_path: Path) -> None:
    assert alone(tmp_path / "home", bundle / "standpoint", "--smoke", tmp_path / "picture.png") == ""
    assert colours(tmp_path / "picture.png") > 20


def test_the_window_comes_up_on_a_screen(bundle: Path, tmp_path: Path) -> None:
    if not shutil.which("xvfb-run") or not shutil.which("xauth"):
        pytest.skip("xvfb is not installed")
    told = alone(tmp_path / "home", "/usr/bin/xvfb-run", "-a", "-s", "-screen 0 1400x900x24", bundle / "standpoint", "--smoke",
                 tmp_path / "picture.png", PATH="/usr/bin:/bin", QT_QPA_PLATFORM="xcb")
    assert told == ""
    assert colours(tmp_path / "picture.png") > 20


def test_nothing_is_carried_that_could_speak_to_a_network_or_that_is_another_systems(bundle: Path) -> None:
    names = [str(path.relative_to(bundle)) for path in (bundle / "_internal").rglob("*")]
    unwanted = re.compile(
        r"/tls/|_ssl\.|libssl|libcrypto|libqgtk3|libgtk|libstdc\+\+|/libX11|QtOpenGL|__pycache__|/tests?/|\.pyi$|training"
    )
    assert [name for name in names if unwanted.search(name)] == []
    # An interpreter that somebody built for himself has its symbols in it; Debian's is 10 MB.
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    ours = [path for path in files if not re.search(r"libpython|lib-dynload", str(path))]
    assert sum(path.stat().st_size for path in ours) < 215e6, "the goal is 230 MB installed"


def test_the_bill_of_materials_names_every_file_with_its_checksum(bundle: Path) -> None:
    bill = json.loads((bundle / "licences" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    text = json.dumps(bill)
    files = [path for path in (bundle / "_internal").rglob("*.so*") if path.is_file() and not path.is_symlink()]
    assert len(files) > 50
    assert [path.name for path in files if hashlib.sha256(path.read_bytes()).hexdigest() not in text] == []


def test_the_debian_package_says_what_it_needs_and_runs_from_where_it_is_unpacked(place: Path, tmp_path: Path) -> None:
    package = next((place / "dist").glob("*.deb"))
    field = {name: alone(tmp_path / "home", "/usr/bin/dpkg-deb", "-f", package, name, PATH="/usr/bin:/bin").strip()
             for name in ("Package", "Depends", "Installed-Size")}
    assert field["Package"] == "standpoint" and int(field["Installed-Size"]) > 150_000
    assert {"libc6", "libgl1", "libxcb-cursor0", "libfontconfig1"} <= set(re.findall(r"[\w.+-]+", field["Depends"]))
    assert not re.search(r"python3", field["Depends"])
    alone(tmp_path / "home", "/usr/bin/dpkg-deb", "-x", package, tmp_path / "root", PATH="/usr/bin:/bin")
    assert [path.name for path in (tmp_path / "root").iterdir()] == ["usr"]
    share = tmp_path / "root" / "usr" / "share"
    for pattern in ("applications/*.desktop", "metainfo/*.xml", "mime/packages/*.xml", "man/man1/standpoint.1.gz",
                    "icons/hicolor/256x256/apps/*.png", "doc/standpoint/copyright"):
        assert len(list(share.glob(pattern))) == 1, pattern
    program = tmp_path / "root" / "usr" / "bin" / "standpoint"
    assert alone(tmp_path / "home", program, "--smoke", tmp_path / "picture.png") == ""


def test_the_installer_without_root_installs_starts_and_removes_itself(place: Path, tmp_path: Path) -> None:
    installer, home = next((place / "dist").glob("*.run")), tmp_path / "home"
    told = alone(home, "/bin/sh", installer, "--nox11", PATH="/usr/bin:/bin")
    assert "Installed." in told
    assert alone(home, home / ".local" / "bin" / "standpoint-engine", "--version").startswith("Standpoint ")
    alone(home, "/bin/sh", home / ".local" / "lib" / "standpoint" / "uninstall.sh", PATH="/usr/bin:/bin")
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_the_installer_says_so_where_there_is_nothing_to_unpack_it_with(place: Path, tmp_path: Path) -> None:
    installer, tools = next((place / "dist").glob("*.run")), tmp_path / "bin"
    tools.mkdir()
    for path in Path("/usr/bin").iterdir():
        if path.name != "xz":
            (tools / path.name).symlink_to(path)
    done = subprocess.run(["/bin/sh", installer, "--nox11"], env={"HOME": str(tmp_path), "PATH": str(tools)},
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 69
    assert "lacks" in done.stderr and "apt-get install xz-utils" in done.stderr
    assert not (tmp_path / ".local").exists()
