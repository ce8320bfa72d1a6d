"""Jobs become answers of child processes that are held to limits, and replaced when they die."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from packet_builder import system
from packet_builder.errors import ProgramError
from packet_builder.sandbox import closed, worker
from packet_builder.sandbox.told import error_of
from packet_builder.workspace import scratch_of_run

_START_SECONDS = 60  # 0.3 s is usual
_LEAVING_SECONDS = 2
_LONGEST_ANSWER = 256 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use."""

    seconds: float
    memory_bytes: int
    file_bytes: int


class JobError(Exception):
    """A job gave no answer; whoever began it says what that means for its file."""


class JobTooLongError(JobError):
    """The job was stopped at its time limit."""


class JobTooLargeError(JobError):
    """The job needed more memory than it may have."""


class JobOutputError(JobError):
    """The job would have written more than it may."""


class JobDiedError(JobError):
    """The job ended its process, or met a fault that nobody foresaw."""


class WorkerNotStartedError(ProgramError):
    """A child process does not come up at all, whatever its job."""

    def __init__(self) -> None:
        super().__init__(
            "A second process of the program could not be started; files of others are only opened "
            "in one. Close other programs and try again; if it happens again, install the program "
            "anew."
        )


class Pool:
    """Child processes that do one kind of job; each is started when there is work for it.

    Several threads may ask at once; each has a process to itself for as long.
    """

    def __init__(self, task: str, scratch: Path) -> None:
        """`task` is MODULE:NAME of a function from a row to a row."""
        self._task = task
        self._scratch = scratch
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._door = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._door:
            self._is_closed = True
            waiting, working = tuple(self._idle), tuple(self._busy)
        for each in working:
            each.end()
        for each in waiting:  # they have nothing to take down
            each.close()

    def ask(self, job: Mapping[str, Any], limits: Limits) -> Mapping[str, Any]:
        """Do one job and give its answer.

        Raises the PacketError that the job raised, or a JobError; WorkerNotStartedError.
        """
        own = self._taken()
        is_fit = False
        try:
            answer = own.ask(job, limits)
            is_fit = not answer.keys().isdisjoint({"done", "refused"})
        finally:
            self._put_back(own, is_fit=is_fit)
        return _unpacked(answer)

    def _taken(self) -> _Worker:
        with self._door:
            if self._is_closed:
                raise JobDiedError
            own = self._idle.pop() if self._idle else _Worker(self._task, self._scratch)
            self._busy.add(own)
            return own

    def _put_back(self, own: _Worker, *, is_fit: bool) -> None:
        with self._door:
            self._busy.discard(own)
            is_kept = is_fit and not self._is_closed
            if is_kept:
                self._idle.append(own)
        if not is_kept:
            own.end()
            own.close()


@functools.cache
def pool_of_run(task: str) -> Pool:
    """Give the processes of this run for one kind of job; they end with the run."""
    until_the_end = contextlib.ExitStack()
    atexit.register(until_the_end.close)
    return until_the_end.enter_context(Pool(task, until_the_end.enter_context(scratch_of_run())))


class _Worker:
    """One child process."""

    def __init__(self, task: str, scratch: Path) -> None:
        self._is_ready = False
        self._is_stopped = False
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            _command(task),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=closed.environment(scratch),
            cwd=scratch,
            **system.apart(),
        )

    def ask(self, job: Mapping[str, Any], limits: Limits) -> Mapping[str, Any]:
        """Send a job and wait for its answer, for so long; raises a JobError where none comes."""
        if not self._is_ready:
            self._is_ready = bool(self._said(_START_SECONDS))
        if not self._is_ready:
            raise WorkerNotStartedError
        told = {"job": job, "memory_bytes": limits.memory_bytes, "file_bytes": limits.file_bytes}
        with contextlib.suppress(OSError):  # it is dead: then no answer comes
            self._stdin.write(json.dumps(told).encode() + b"\n")
            self._stdin.flush()
        answer = self._said(limits.seconds)
        if answer is None:
            raise self._cause()
        return answer

    def end(self) -> None:
        """End the process, and what it started, whatever it does."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LEAVING_SECONDS)
        if self._process.poll() is None:
            system.end_all(self._process)

    def close(self) -> None:
        """Make sure that the process is gone, and let go of what led to it."""
        if self._process.poll() is None:
            system.end_all(self._process)
            self._process.wait()
        with contextlib.suppress(OSError):  # what it was told last did not reach it
            self._stdin.close()
        self._stdout.close()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        return self._process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        return self._process.stdout

    def _said(self, seconds: float) -> Mapping[str, Any] | None:
        """Read an answer within so many seconds; None where the process ended, or was ended."""
        clock = threading.Timer(seconds, self._stop)
        clock.start()
        try:
            line = self._stdout.readline(_LONGEST_ANSWER)
        finally:
            clock.cancel()
            clock.join()
        if self._is_stopped or not line.endswith(b"\n"):
            return None
        with contextlib.suppress(ValueError):
            answer = json.loads(line)
            return answer if isinstance(answer, Mapping) else None
        return None

    def _stop(self) -> None:
        self._is_stopped = True
        self.end()

    def _cause(self) -> JobError:
        if self._is_stopped:
            return JobTooLongError()
        self.end()
        too_large = self._process.returncode in system.ENDED_FOR_MEMORY
        return JobTooLargeError() if too_large else JobDiedError()


def _command(task: str) -> list[str]:
    return [sys.executable, "-P", "-m", worker.__name__, task]


def _unpacked(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what a job made, or raise what it raised."""
    if "refused" in answer:
        raise _refusal(answer["refused"])
    if "beyond" in answer:
        raise JobOutputError if answer["beyond"] == "file" else JobTooLargeError
    if "done" not in answer:
        raise JobDiedError(answer.get("fault"))
    done: Mapping[str, Any] = answer["done"]
    return done


def _refusal(row: Any) -> Exception:  # noqa: ANN401 - whatever a broken process may say
    try:
        return error_of(row)
    except (ValueError, TypeError, KeyError, AttributeError, ImportError):
        return JobDiedError()
