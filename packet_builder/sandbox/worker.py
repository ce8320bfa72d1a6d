"""The child process of a pool: a job a line comes in, an answer a line goes out.

Started with the name of a function, MODULE:NAME, that makes a row of a row. It ends with the
process that started it, also in the middle of a job.
"""

from __future__ import annotations

import errno
import importlib
import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import SimpleQueue
from types import FrameType
from typing import Any, BinaryIO

from packet_builder import system
from packet_builder.errors import PacketError
from packet_builder.sandbox.told import row_of
from packet_builder.unforeseen import as_error, is_of_storage

Task = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Row = dict[str, Any]

_LEAVING_SECONDS = 2  # for a job to take down what it started


def main() -> None:
    """Do jobs until no more can come."""
    system.close_to_others()
    system.leave_no_core()
    signal.signal(signal.SIGTERM, _leave)
    logging.getLogger().addHandler(logging.NullHandler())  # libraries quote values of files
    answers = _own_output()
    jobs: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    task = _task(sys.argv[1])
    _say(answers, {"ready": True})
    while (line := jobs.get()) is not None:
        _say(answers, _answer(task, json.loads(line)))


def _task(named: str) -> Task:
    module, _, name = named.partition(":")
    task: Task = getattr(importlib.import_module(module), name)
    return task


def _answer(task: Task, told: Mapping[str, Any]) -> Row:
    system.limit_memory(told["memory_bytes"])
    system.limit_files(told["file_bytes"])
    try:
        return {"done": task(told["job"])}
    except MemoryError:
        return {"beyond": "memory"}
    except Exception as fault:  # noqa: BLE001 - said by its name: its message may hold values
        return _of_fault(fault)


def _of_fault(fault: Exception) -> Row:
    if isinstance(fault, PacketError):
        return {"refused": row_of(fault)}
    if isinstance(fault, OSError) and fault.errno == errno.EFBIG:
        return {"beyond": "file"}
    if is_of_storage(fault):
        return {"refused": row_of(as_error(fault, Path.cwd()))}
    return {"fault": type(fault).__name__}


def _own_output() -> BinaryIO:
    """Keep standard output for answers alone: libraries that print would break a line of it."""
    answers = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return answers


def _say(answers: BinaryIO, row: Row) -> None:
    answers.write(json.dumps(row).encode() + b"\n")
    answers.flush()


def _listen(jobs: SimpleQueue[bytes | None]) -> None:
    """Hand lines over; when no more can come, end even what hangs."""
    for line in sys.stdin.buffer:
        jobs.put(line)
    jobs.put(None)
    signal.raise_signal(signal.SIGTERM)
    time.sleep(_LEAVING_SECONDS)
    os._exit(1)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave by way of every `finally`, so that outside programs are ended, too."""
    sys.exit(1)


if __name__ == "__main__":
    main()
