"""What the tests of the window share: a throw-away profile, a theme, the real window with a real library."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.settings import Settings
    from desktop.theme import Theme
    from desktop.window import MainWindow
    from index.library import Library


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The name that Qt sees."""
    return ["standpoint"]


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with half a minute where it has five seconds: other processors' work, such as the build of the
    installers, must not fail a test."""
    from pytestqt.qtbot import QtBot

    class Patient(QtBot):
        def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 30_000) -> None:
            super().waitUntil(callback, timeout=timeout)

        def waitSignal(self, signal: Any, *, timeout: int = 30_000, **more: Any) -> Any:
            return super().waitSignal(signal, timeout=timeout, **more)

    return Patient(request)


@pytest.fixture
def shown(qapp: object) -> Callable[[QWidget, type[QWidget]], list[Any]]:
    """The widgets of a kind that can be seen in another. Qt shows what is put into a layout with its next event only:
    who looks before that sees nothing, now and then."""
    from PySide6.QtCore import QCoreApplication

    def look(root: QWidget, kind: type[QWidget]) -> list[Any]:
        QCoreApplication.sendPostedEvents()
        return [part for part in root.findChildren(kind) if part.isVisibleTo(root)]

    return look


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage is collected between tests, in the GUI thread (desktop/collecting.py says why)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a profile of its own."""
    from desktop.settings import Settings

    return Settings(tmp_path / "profile" / "settings.ini")


@pytest.fixture
def theme(qapp: object, settings: Settings) -> Iterator[Theme]:
    """The light theme on the application."""
    from desktop.app import make_application
    from desktop.theme import Theme

    make_application()
    settings["theme"] = "light"
    made = Theme(settings)
    yield made
    made.deleteLater()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library, imported once for all tests; copy it before changing it."""
    from index.library import Library

    before = os.environ.get("STANDPOINT_CACHE")
    folder = tmp_path_factory.mktemp("sample")
    os.environ["STANDPOINT_CACHE"] = str(folder / "cache")
    try:
        Library.create_sample(folder / "Sample").close()
    finally:
        if before is None:
            del os.environ["STANDPOINT_CACHE"]
        else:
            os.environ["STANDPOINT_CACHE"] = before
    return folder / "Sample"


@pytest.fixture
def sample(sample_folder: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of the sample library, open."""
    from index.library import Library

    shutil.copytree(sample_folder, tmp_path / "Sample")
    made = Library.open(tmp_path / "Sample")
    yield made
    made.close()


@pytest.fixture
def hidden_window(qtbot: QtBot, theme: Theme, settings: Settings, tmp_path: Path) -> Iterator[MainWindow]:
    """The real window before it is shown."""
    from desktop.paths import profile_paths
    from desktop.window import MainWindow

    made = MainWindow(profile_paths(tmp_path / "profile"), settings, theme)
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def bare_window(hidden_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The real window without a library."""
    hidden_window.show()
    qtbot.waitExposed(hidden_window)
    return hidden_window


@pytest.fixture
def window(bare_window: MainWindow, sample: Library, qtbot: QtBot) -> MainWindow:
    """The real window with the sample library."""
    bare_window.set_library(sample)
    return bare_window
