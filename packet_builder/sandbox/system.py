"""What systems do each in their own way: hold a process to limits, and end it with its kin."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

_OUT_OF_MEMORY = 86  # how a process ends that looks after itself
_KILLED = -9  # Linux ends so what takes the memory of others
ENDED_FOR_MEMORY = frozenset({_OUT_OF_MEMORY, _KILLED})
_LOOK_SECONDS = 0.05


def limit_memory(most_bytes: int) -> None:
    """Hold this process, and what it starts, to so many bytes of memory.

    Linux refuses what is beyond. macOS and Windows refuse nothing: there the process looks at
    itself, and ends.
    """
    if sys.platform.startswith("linux"):
        _limit("RLIMIT_AS", most_bytes)
    else:
        _Watch.over(most_bytes, used_bytes)


def limit_files(most_bytes: int) -> None:
    """Hold each file that this process writes to so many bytes; Windows has no such limit."""
    _limit("RLIMIT_FSIZE", most_bytes)


def leave_no_core() -> None:
    """Let this process leave no image of its memory when it breaks down: clients stand in it."""
    _limit("RLIMIT_CORE", 0)


def end_all(process: subprocess.Popen[bytes]) -> None:
    """End a process that has a session of its own, with all that it started."""
    if sys.platform == "win32":  # no process groups there
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def used_bytes() -> int:
    """Give the most memory that this process has had so far."""
    if sys.platform == "win32":
        return _used_on_windows()
    resource = importlib.import_module("resource")
    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most << 10


class _Watch:
    """A thread that ends this process when it has taken too much; there is one, or none."""

    most_bytes: float = float("inf")
    thread: threading.Thread | None = None

    @classmethod
    def over(cls, most_bytes: int, used: Callable[[], int]) -> None:
        cls.most_bytes = most_bytes
        if cls.thread is None:
            cls.thread = threading.Thread(target=cls._look, args=(used,), daemon=True)
            cls.thread.start()

    @classmethod
    def _look(cls, used: Callable[[], int]) -> None:
        while used() <= cls.most_bytes:
            time.sleep(_LOOK_SECONDS)
        os._exit(_OUT_OF_MEMORY)


def _limit(kind: str, most: int) -> None:
    """Set the limit that may be raised again, for what needs more."""
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        resource = importlib.import_module("resource")  # not on Windows
        number = getattr(resource, kind)
        _, highest = resource.getrlimit(number)
        within = most if highest == resource.RLIM_INFINITY else min(most, highest)
        resource.setrlimit(number, (within, highest))


def _used_on_windows() -> int:
    ctypes = importlib.import_module("ctypes")

    class Counters(ctypes.Structure):  # type: ignore[name-defined,misc] # PROCESS_MEMORY_COUNTERS
        _fields_ = (
            ("size", ctypes.c_uint32),
            ("page_faults", ctypes.c_uint32),
            *((f"value{number}", ctypes.c_size_t) for number in range(8)),
        )

    counters = Counters(size=ctypes.sizeof(Counters))
    kernel = ctypes.windll.kernel32
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    if not kernel.K32GetProcessMemoryInfo(
        kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size
    ):
        return 0
    peak_pagefile: int = counters.value7
    return peak_pagefile
