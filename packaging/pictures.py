"""Lets the program take the pictures of itself that the README and the software centres show.

Run it after the window has changed: `.venv/bin/python packaging/pictures.py`. Pages and captions stand in facts.toml.
"""

from __future__ import annotations

import os
import subprocess
import sys

from facts import ROOT, facts

FOLDER = ROOT / "resources" / "help" / "pictures"


def main() -> int:
    """Takes every picture with the sample library, off screen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    for picture in facts().screenshots:
        path = FOLDER / picture["file"]
        command = [sys.executable, "-P", "-m", "desktop", "--picture", picture["page"], str(path), "--theme", "light"]
        subprocess.run(command, env=environment, check=True)
        print(f"{path.stat().st_size // 1024:5} KB  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
