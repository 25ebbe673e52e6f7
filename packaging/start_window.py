"""What the executable `standpoint` runs."""

import multiprocessing
import os
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.stderr is None:  # a windowed program on Windows has no streams; whoever prints must not fail
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    from desktop.__main__ import main

    sys.exit(main())
