"""The engine's command line: everything Standpoint does, without a window. `python -m index COMMAND --help` tells more."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 done with problems, 2 wrong usage, 3 stopped on request."""
    from index.commands import parser, run

    return run(parser().parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
