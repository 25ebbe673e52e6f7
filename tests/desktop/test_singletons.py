"""The window survives bindings that give back references they never took."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import desktop
from PySide6.QtGui import QTextCursor, QTextDocument
document = QTextDocument("hello")
cursor = QTextCursor(document)
for n in range(200_000):
    cursor.setPosition(n % 5)
print(type(None).__name__, True, NotImplemented is NotImplemented)
"""


def test_a_long_session_does_not_use_up_none() -> None:
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=60, check=False)
    assert (found.returncode, found.stdout.strip()) == (0, "NoneType True True"), found.stderr
