"""The build scripts are no package: they are loaded from their folder, as build.py itself does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "packaging"


@pytest.fixture(scope="session", autouse=True)
def _build_scripts() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))
