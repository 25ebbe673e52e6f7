"""The command `export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from index.commands.opening import opened
from index.commands.output import emit, say


def export(args: argparse.Namespace) -> int:
    """`export`: statements with their citations in a file."""
    with opened(args.library) as library:
        written = library.export(Path(args.out), args.format, query=args.query)
    if args.json:
        emit({"out": args.out, "format": args.format, "statements": written})
    else:
        say(f"wrote {written} statements to {args.out}")
    return 0
