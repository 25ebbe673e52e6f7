"""The window: the engine's second user. Nothing here computes; it asks the open library and shows what it answers."""

from __future__ import annotations

import ctypes
import sys


def hold_singletons() -> None:
    """Keep None, True, False and NotImplemented alive on Python 3.11, whatever Qt's bindings do to them.

    PySide6 6.12 is compiled as if these never died, which is so from Python 3.12 on: there every call that returns
    nothing gives back a reference that it never took. On 3.11 their counts sink with every call, and after some
    minutes of painting the interpreter ends itself ("none_dealloc: deallocating None"). A count that starts high
    enough never reaches zero.
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for one in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(one))
        if 0 < count.value < 1 << 24:  # what a count looks like that nobody has raised yet
            count.value += 1 << (8 * ctypes.sizeof(ctypes.c_ssize_t) - 4)


hold_singletons()
