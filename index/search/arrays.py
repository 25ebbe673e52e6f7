"""Arrays of numbers in a file that is mapped into memory: nothing in it is decoded and nothing in it can run code."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"STPSEG01"
Array = NDArray[Any]


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write named arrays to one file, each at a multiple of 8 bytes, and flush it to the disk."""
    table: dict[str, list[Any]] = {}
    offset = 0
    for name, array in arrays.items():
        table[name] = [array.dtype.newbyteorder("<").str, offset, len(array)]
        offset += -(-array.nbytes // 8) * 8
    header = json.dumps(table).encode()
    header += b" " * (-len(header) % 8)
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            data = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
            file.write(data.tobytes())
            file.write(bytes(-data.nbytes % 8))
        file.flush()
        os.fsync(file.fileno())


def read_arrays(path: Path, private: bool = False) -> dict[str, Array]:
    """The arrays of a file made by `write_arrays`, mapped. Raises ValueError or OSError for damage.

    They are read-only, or with `private` they can be written to, which nobody else sees and the file doesn't keep.
    """
    with path.open("rb") as file:
        if file.read(8) != MAGIC:
            raise ValueError(f"{path.name} is not a segment")
        size = int.from_bytes(file.read(8), "little")
        if size > 1 << 20:
            raise ValueError(f"{path.name} has a damaged header")
        table = json.loads(file.read(size))
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY if private else mmap.ACCESS_READ)
    view = memoryview(data)
    start = 16 + size
    return {
        name: np.frombuffer(view, np.dtype(kind), count, start + offset) if count else np.empty(0, np.dtype(kind))
        for name, (kind, offset, count) in table.items()
    }


def smallest(array: Array) -> Array:
    """The array of whole numbers >= 0 in the smallest unsigned type that holds it."""
    top = int(array.max()) if len(array) else 0
    return array.astype(np.uint8 if top < 1 << 8 else np.uint16 if top < 1 << 16 else np.uint32)
