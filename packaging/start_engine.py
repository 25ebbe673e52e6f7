"""What the executable `standpoint-engine` runs."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:] == ["--reading-process"]:  # index/ingest/processes.py starts these: they read files that may be hostile
        from index.ingest.worker import main as serve

        sys.exit(serve())
    from index.__main__ import main

    sys.exit(main())
