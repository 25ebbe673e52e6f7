"""The memory limit of reading processes where the system has none that a process can set for itself.

On Linux the process limits itself (`index.ingest.worker.limit`). On Windows it is put into a job object with a limit; on macOS,
which ignores such limits, its size is looked at twice a second.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from index.ingest.worker import MEMORY_BYTES

_EVERY = 0.5  # seconds


def confine(child: subprocess.Popen[bytes]) -> None:
    """Limit the memory of a process that was just started. Never fails: a limit that can't be set is left out."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            _put_into_job(child)
    elif sys.platform == "darwin":
        threading.Thread(target=_watch, args=(child,), daemon=True).start()


def _watch(child: subprocess.Popen[bytes]) -> None:
    """Kill the process once it is larger than the limit."""
    while True:
        try:
            child.wait(timeout=_EVERY)
            return
        except subprocess.TimeoutExpired:
            pass
        if resident_bytes(child.pid) > MEMORY_BYTES:
            with suppress(OSError):
                child.kill()
            return


def resident_bytes(process: int) -> int:
    """Resident size of another process, as `ps` tells it; 0 where it doesn't."""
    try:
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, timeout=5, check=False).stdout
        return int(told) * 1024
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
    _EXTENDED_LIMITS = 9
    _jobs: list[int] = []  # closing a job's handle would end its processes

    def _put_into_job(child: subprocess.Popen[bytes]) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _KILL_ON_CLOSE
        limits.ProcessMemoryLimit = MEMORY_BYTES
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        process: Any = child
        if kernel.AssignProcessToJobObject(job, int(process._handle)):
            _jobs.append(job)
