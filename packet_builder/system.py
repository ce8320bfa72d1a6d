"""What systems do each in their own way: Linux, macOS, and their counterparts on Windows.

No other module asks which system it runs on, or uses what only one of them has. Nothing heavy is
imported here: the child process of an engine starts with this module alone.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # start-up time
    import subprocess


class System(StrEnum):
    """The systems that are known, by the names that Python gives them."""

    LINUX = "linux"
    MACOS = "darwin"
    WINDOWS = "win32"


#: The system that this is; one that is not known is taken for a Linux.
SYSTEM = System(sys.platform) if sys.platform in {*System} else System.LINUX

_OUT_OF_MEMORY = 86  # how a process ends that looks after itself
_KILLED = -9  # Linux ends so what takes the memory of others
ENDED_FOR_MEMORY = frozenset({_OUT_OF_MEMORY, _KILLED})
_LOOK_SECONDS = 0.05
_ABANDONED_SECONDS = 86_400.0
_OWNER, _READ_ONLY, _OTHERS, _OTHERS_READ = 0o600, 0o400, 0o077, 0o044
_WRITABLE = 0o200
_IN_USE_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8)
_TASKKILL = Path("System32", "taskkill.exe")


# Who may read


def close_to_others() -> None:
    """Make every file and folder of this process readable by its owner only.

    Windows has no such mask: there files are as private as the folder that they lie in.
    """
    os.umask(_OTHERS)


def is_private(state: os.stat_result) -> bool:
    """Tell whether only its owner may read a file; Windows keeps that in lists of its own."""
    return SYSTEM is System.WINDOWS or not state.st_mode & _OTHERS


def share_as(path: Path, folder: Path) -> None:
    """Let those read a file who may read a folder."""
    path.chmod(_OWNER | (folder.stat().st_mode & _OTHERS_READ))


def is_read_only(state: os.stat_result) -> bool:
    """Tell whether a file is marked as never to be written again."""
    return not state.st_mode & _WRITABLE


def protect(path: Path) -> None:
    """Mark a file as never to be written again."""
    path.chmod(_READ_ONLY)


# Files and folders on the disk


def opened_to_read(path: Path) -> int:
    """Open a file for its bytes; a pipe that nobody writes to is not waited for."""
    return os.open(path, os.O_RDONLY | _flag("O_NONBLOCK") | _flag("O_BINARY"))


def opened_to_write(path: Path) -> int:
    """Open a file for its bytes, to read and to write; one that is not there is made."""
    return os.open(path, os.O_RDWR | os.O_CREAT | _flag("O_BINARY"), _OWNER)


def opened_folder(folder: Path) -> int | None:
    """Open a folder; Windows cannot."""
    return None if SYSTEM is System.WINDOWS else os.open(folder, os.O_RDONLY)


def sync(descriptor: int) -> None:
    """See on the disk what was written to an open file."""
    os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """See a file on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """See on the disk which names stand in a folder; Windows writes them down by itself."""
    descriptor = opened_folder(folder)
    if descriptor is None:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(made: Path, path: Path) -> None:
    """Move a whole file under its name, in place of the former one.

    Windows refuses that while another program looks at either, as virus scanners do for a moment.
    """
    for seconds in _IN_USE_SECONDS if SYSTEM is System.WINDOWS else ():
        with contextlib.suppress(PermissionError):
            made.replace(path)
            return
        time.sleep(seconds)
    made.replace(path)


def remove(path: Path) -> None:
    """Remove a file, if it is there; Windows removes none that is marked as read-only."""
    if SYSTEM is System.WINDOWS and path.exists():
        path.chmod(_OWNER)
    path.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that lies in it, as far as that can be."""
    if SYSTEM is System.WINDOWS:
        for path in folder.rglob("*"):
            with contextlib.suppress(OSError):
                path.chmod(_OWNER)
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def in_work(descriptor: int | None) -> Iterator[None]:
    """Mark something open as being made, so that no other run takes it away; then close it."""
    if descriptor is None:
        yield
        return
    if SYSTEM is System.WINDOWS:
        os.close(descriptor)  # what is open could not be moved there
        yield
        return
    try:
        with contextlib.suppress(OSError):  # some network folders know no locks
            _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def is_abandoned(path: Path) -> bool:
    """Tell whether no process is at work on something; marks of dead ones are gone.

    Windows knows no such marks: there it is what nobody has touched for a day.
    """
    try:
        if SYSTEM is System.WINDOWS:
            return time.time() - path.stat().st_mtime > _ABANDONED_SECONDS
        descriptor = os.open(path, os.O_RDONLY)
        try:
            _lock(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        return False
    return True


# Processes


def apart() -> Mapping[str, Any]:
    """Give how a process is started so that it can be ended with all that it starts itself."""
    if SYSTEM is System.WINDOWS:
        return {"creationflags": 0x0800_0200}  # CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW
    return {"start_new_session": True}


def end_all(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started apart, with all that it started."""
    if SYSTEM is System.WINDOWS:
        _end_tree(process)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def limit_memory(most_bytes: int) -> None:
    """Hold this process, and what it starts, to so many bytes of memory.

    Linux refuses what is beyond. macOS and Windows refuse nothing: there the process looks at
    itself, and ends.
    """
    if SYSTEM is System.LINUX:
        _limit("RLIMIT_AS", most_bytes)
    else:
        _Watch.over(most_bytes, used_bytes)


def limit_files(most_bytes: int) -> None:
    """Hold each file that this process writes to so many bytes; Windows has no such limit."""
    _limit("RLIMIT_FSIZE", most_bytes)


def leave_no_core() -> None:
    """Let this process leave no image of its memory when it breaks down: clients stand in it."""
    _limit("RLIMIT_CORE", 0)


def used_bytes() -> int:
    """Give the most memory that this process has had so far."""
    if SYSTEM is System.WINDOWS:
        return _used_on_windows()
    resource = importlib.import_module("resource")
    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if SYSTEM is System.MACOS else most << 10


# Where systems keep things


def font_folders() -> tuple[Path, ...]:
    """Give the folders in which the system keeps fonts, those of this user last."""
    if SYSTEM is System.WINDOWS:
        own = Path(os.environ.get("LOCALAPPDATA", "C:/Windows"), "Microsoft/Windows/Fonts")
        return (_of_windows() / "Fonts", own)
    if SYSTEM is System.MACOS:
        shared = (Path("/System/Library/Fonts"), Path("/Library/Fonts"))
        return (*shared, Path.home() / "Library/Fonts")
    shared = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return (*shared, Path.home() / ".local/share/fonts")


def libreoffice() -> str | None:
    """Give the program of LibreOffice: on the path, or where its installer puts it."""
    usual: Mapping[System, tuple[str, ...]] = {
        System.MACOS: ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
        System.WINDOWS: (
            "C:/Program Files/LibreOffice/program/soffice.com",  # soffice.exe does not wait
            "C:/Program Files (x86)/LibreOffice/program/soffice.com",
        ),
    }
    there = (path for path in usual.get(SYSTEM, ()) if Path(path).is_file())
    return shutil.which("soffice") or shutil.which("libreoffice") or next(there, None)


def has_long_paths() -> bool:
    """Tell whether Windows takes paths of more than 259 characters."""
    winreg: Any = importlib.import_module("winreg")
    key = "SYSTEM\\CurrentControlSet\\Control\\FileSystem"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return bool(winreg.QueryValueEx(opened, "LongPathsEnabled")[0])
    except OSError:
        return False


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


def _flag(name: str) -> int:
    flag: int = getattr(os, name, 0)
    return flag


def _lock(descriptor: int) -> None:
    fcntl = importlib.import_module("fcntl")  # not on Windows
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _limit(kind: str, most: int) -> None:
    """Set the limit that may be raised again, for what needs more."""
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        resource = importlib.import_module("resource")  # not on Windows
        number = getattr(resource, kind)
        _, highest = resource.getrlimit(number)
        within = most if highest == resource.RLIM_INFINITY else min(most, highest)
        resource.setrlimit(number, (within, highest))


def _of_windows() -> Path:
    return Path(os.environ.get("SYSTEMROOT", "C:/Windows"))


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process of Windows with those that it started, as far as they are known."""
    import subprocess  # noqa: PLC0415 - start-up time

    command = [str(_of_windows() / _TASKKILL), "/T", "/F", "/PID", str(process.pid)]
    with contextlib.suppress(OSError):
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    process.kill()


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
