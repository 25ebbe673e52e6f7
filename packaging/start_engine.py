"""What the executable `standpoint-engine` runs."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from index.__main__ import main

    sys.exit(main())
