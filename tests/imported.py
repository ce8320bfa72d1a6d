"""A run of the program, in a process of its own, becomes the modules and files that it used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_MODULES = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=open(sys.argv[0], "w")))
"""
_FILES = """
import atexit, json, os, sys
read = []
def seen(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and not arguments[2] & os.O_WRONLY:
        read.append(arguments[0])
sys.addaudithook(seen)
atexit.register(lambda: print(json.dumps(read), file=open(sys.argv[0], "w")))
"""
_RUN = "from packet_builder.cli import main\nmain()"


def modules_of(arguments: Sequence[str], target: Path) -> frozenset[str]:
    """Give the modules that a run of the command line imported."""
    return frozenset(_told(_MODULES, arguments, target))


def files_of(arguments: Sequence[str], target: Path) -> frozenset[Path]:
    """Give the files that a run of the command line opened for reading."""
    return frozenset(map(Path, _told(_FILES, arguments, target)))


def _told(watch: str, arguments: Sequence[str], target: Path) -> list[str]:
    command = [sys.executable, "-c", f"{watch}\nsys.argv[0] = {str(target)!r}\n{_RUN}", *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=target.parent
    )
    assert ended.returncode == 0, ended.stderr
    told: list[str] = json.loads(target.read_text("utf-8"))
    return told
