"""The engine: finds statements in documents, keeps them, searches, compares and plots them. Knows no window."""

import os

__version__ = "0.1.0"

# NumPy's OpenBLAS starts a thread for each processor as soon as it is loaded; they spin while they wait, which doubles
# what NumPy costs at a start. Our matrices are small, imports use a process for each processor, and what is found must
# not depend on how many there are. It reads this when it is loaded, so it stands before anything that imports NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
