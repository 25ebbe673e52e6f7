"""The Qt binding fits this Python: a wheel built for a newer one ends the program after some thousands of calls."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("PySide6")
from PySide6.QtGui import QFont


def test_a_qt_method_that_returns_nothing_takes_no_reference_from_none() -> None:
    """PySide6 6.12.0 on Python 3.11 fails here: it was built for a None that needs no counting (3.12 and later), each
    call takes one reference away, and in the end the process aborts ("none_dealloc"). 6.11.3 is right on 3.11."""
    font = QFont()
    before = sys.getrefcount(None)
    for _ in range(500):
        font.setBold(True)
    assert abs(sys.getrefcount(None) - before) < 100
