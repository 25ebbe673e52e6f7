"""Starts the window: `python -m desktop [LIBRARY]`, installed `standpoint`."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path


def arguments(given: list[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="standpoint",
        description="Who said what, when, and how it changed: search, compare and plot statements offline.",
    )
    parser.add_argument("library", nargs="?", type=Path, help="a library folder; else the last one is opened")
    parser.add_argument(
        "--profile", type=Path, metavar="FOLDER", help="keep settings, log and libraries in this folder"
    )
    parser.add_argument("--welcome", action="store_true", help="start on the welcome page")
    parser.add_argument("--smoke", type=Path, metavar="OUT.png", help="go through the main pages, save a picture, exit")
    parser.add_argument(
        "--picture", nargs=2, metavar=("PANE", "OUT.png"), help="save a picture of one page (or `welcome`) and exit"
    )
    parser.add_argument("--theme", choices=("light", "dark"), help="for this start only")
    parser.add_argument("--size", default="1280x820", metavar="WIDTHxHEIGHT", help="of pictures (default: %(default)s)")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    gc.disable()  # a start makes hardly any garbage: looking for it costs a tenth of the start; then see collecting.py
    options = arguments(sys.argv[1:] if given is None else given)
    from desktop.app import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
