"""A process that has the whole program in memory, and runs each command in a copy of itself.

It reads one order a line, and answers each with how the command ended. A copy starts at once, so
that thousands of runs can be killed; strace follows it where the order says so.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import packet_builder
from packet_builder.__main__ import main as packet_builder_main
from packet_builder.assembly import again

_LIBRARIES = (
    "docxtpl",
    "pypdf",
    "pypdfium2",
    "typst",
    "yaml",
    "filelock",
    "lxml.etree",
    "PIL.Image",
)


def main() -> None:
    """Serve until standard input ends."""
    os.cpu_count = lambda: 1  # no other process shares the work: strace follows this one alone
    for module in pkgutil.walk_packages(packet_builder.__path__, "packet_builder."):
        if not module.name.endswith(("__main__", "_child")):
            importlib.import_module(module.name)
    for name in _LIBRARIES:
        importlib.import_module(name)
    again.program_files()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_ran(json.loads(line))) + "\n")
        sys.stdout.flush()


def _ran(order: dict[str, Any]) -> int:
    """Run a command, and give its exit code, or the signal that ended it as a negative number."""
    begin, started = os.pipe()
    typed, begun = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(started)
        os.close(typed)
        _be_the_command(order, begin, begun)
    os.close(begin)
    os.close(begun)
    follower = _follower(child, order["strace"])
    os.write(started, b"x")
    os.close(started)
    os.read(typed, 1)
    os.close(typed)
    if order["interrupt"] is not None:
        time.sleep(order["interrupt"])
        os.kill(child, signal.SIGINT)
    _, status = os.waitpid(child, 0)
    if follower is not None:
        follower.wait()
    return os.waitstatus_to_exitcode(status)


def _follower(child: int, arguments: list[str]) -> subprocess.Popen[bytes] | None:
    """Let strace follow a process, and return when it does."""
    if not arguments:
        return None
    follower = subprocess.Popen(["strace", "-qq", "-p", str(child), *arguments])
    status = Path(f"/proc/{child}/status")
    while "TracerPid:\t0\n" in status.read_text("utf-8"):
        assert follower.poll() is None, "strace could not follow the command"
        time.sleep(0.001)
    return follower


def _be_the_command(order: dict[str, Any], begin: int, begun: int) -> None:
    """Never returns."""
    code = 99
    try:
        # Whoever started the tests in the background made them deaf to Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.read(begin, 1)
        os.close(begin)
        os.chdir(order["folder"])
        for descriptor, name in ((1, order["out"]), (2, order["err"])):
            file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(file, descriptor)
            os.close(file)
        os.environ.update(order["environ"])
        tempfile.tempdir = os.environ["TMPDIR"]  # Python would try it by a file with "blat" in it
        sys.argv = ["packet-builder", *order["command"]]
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        os.close(begun)
        packet_builder_main()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 98
    except BaseException:  # noqa: BLE001 - what a person would see
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                code = 97
        os._exit(code)


if __name__ == "__main__":
    main()
