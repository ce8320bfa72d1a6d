"""What a child process of a pool may be made to do, each by its name."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from packet_builder.documents.engines.engine import NotConvertedError, SeveralFaultsError
from packet_builder.documents.intake.errors import PageSizeError
from packet_builder.documents.intake.taken import Intake

Job = Mapping[str, Any]
Row = dict[str, Any]


def do(job: Job) -> Row:
    return _DEEDS[job["do"]](job)


def _echo(job: Job) -> Row:
    return {"said": job["word"], "process": os.getpid(), "environ": dict(os.environ)}


def _hang(_: Job) -> Row:
    while True:
        time.sleep(60)


def _hang_deaf(_: Job) -> Row:
    """Hang as a library does that holds the interpreter: no signal reaches Python."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    return _hang({})


def _eat(_: Job) -> Row:
    return {"held": len([bytes(1 << 26) for _ in range(1 << 10)])}


def _die(job: Job) -> Row:
    os.kill(os.getpid(), job["signal"])
    return {}


def _write(job: Job) -> Row:
    with Path(job["path"]).open("wb") as stream:
        stream.writelines(bytes(1 << 20) for _ in range(1 << 10))
    return {}


def _print(_: Job) -> Row:
    os.write(1, b"a library prints what it likes\n")
    print('{"done": {"said": "forged"}}', flush=True)  # noqa: T201
    return {"said": "answer"}


def _refuse(_: Job) -> Row:
    name = "a.pdf"
    raise PageSizeError(name, 3, 99_000, 99_000)


def _refuse_twice(_: Job) -> Row:
    raise SeveralFaultsError([NotConvertedError("dxpdf", "a.docx"), PageSizeError("b", 1, 2, 3)])


def _fault(_: Job) -> Row:
    message = "Amina Rahimi's record"
    raise ValueError(message)


def _grandchild(job: Job) -> Row:
    """Start what goes on by itself, as LibreOffice does, and end it at the end."""
    script = f"import time; time.sleep(3); open({job['mark']!r}, 'w')"
    with subprocess.Popen([sys.executable, "-c", script], start_new_session=True) as process:
        try:
            return _hang(job)
        finally:
            process.kill()


_DEEDS: Mapping[str, Callable[[Job], Row]] = {
    "echo": _echo,
    "hang": _hang,
    "hang deaf": _hang_deaf,
    "eat": _eat,
    "die": _die,
    "write": _write,
    "print": _print,
    "refuse": _refuse,
    "refuse twice": _refuse_twice,
    "fault": _fault,
    "grandchild": _grandchild,
}


def take(job: Job) -> Row:
    """Take an evidence file in, as the program does, or do what its name says."""
    from packet_builder.documents.intake import apart  # noqa: PLC0415 - not in every task

    deeds = {"hangs.pdf": "hang", "eats.pdf": "eat", "dies.pdf": "die", "floods.pdf": "write"}
    if deed := deeds.get(Path(job["source"]).name):
        return do({"do": deed, "signal": signal.SIGSEGV, "path": job["target"]})
    if Path(job["source"]).name == "full.pdf":
        raise OSError(errno.ENOSPC, "No space left", job["target"])
    if Path(job["source"]).name == "forges.pdf":
        taken = Intake(Path("/etc/passwd"), 1, ("",), (), ())
        return taken.row()
    return apart.take(job)


def build(job: Job) -> Row:
    """Build a filing, as the program does, or do what the name of its case says."""
    from packet_builder.many import apart  # noqa: PLC0415 - not in every task

    deeds = {"dies": "die", "eats": "eat", "hangs": "hang", "prints": "fault"}
    if deed := deeds.get(Path(job["case"]).name):
        return do({"do": deed, "signal": signal.SIGSEGV})
    return dict(apart.take(job))


def take_with_a_dead_engine(job: Job) -> Row:
    """Take a Word file in with an engine that breaks down."""
    from packet_builder.documents.engines import dxpdf, dxpdf_child  # noqa: PLC0415 - here only
    from packet_builder.documents.intake import apart  # noqa: PLC0415 - not in every task

    dxpdf_child.__file__ = os.devnull
    assert dxpdf.name == job["engine"]
    return apart.take(job)
