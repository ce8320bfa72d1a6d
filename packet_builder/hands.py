"""Shares work among processes where there is enough of it; where there is not, does it here."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Self, TypeVar

from packet_builder.rubbish import collect_rarely

J = TypeVar("J")
R = TypeVar("R")

_MOST = 3  # other processes: each takes some 100 MB
_WORTH = 4  # fewer jobs are done before another process has started


class Hands:
    """Processes that work beside this one: started when told so, or when there is enough work."""

    def __init__(self, others: int | None = None, tools: str = __name__) -> None:
        """Take as many other processes as this machine has processors to spare, or so many.

        `tools` is a module that each imports before its first job.
        """
        self.others = min(_MOST, (os.cpu_count() or 1) - 1) if others is None else others
        self._tools = tools
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def start(self) -> None:
        """Start a process before there is work for it, so that it does not begin with imports."""
        if self.others:
            self._handed(_nothing, (None,))

    @property
    def are_here(self) -> bool:
        """Tell whether another process was started."""
        return self._pool is not None

    def begin(self, work: Callable[[J], R], jobs: Sequence[J]) -> Callable[[], tuple[R, ...]]:
        """Begin jobs, and give what waits for their results, in order.

        What is not begun by then is done here, the last first. Raises what the first job raised.
        """
        is_worth_it = self.others and (self.are_here or len(jobs) >= _WORTH)
        begun = self._handed(work, jobs) if is_worth_it else None
        if begun is None:
            return lambda: tuple(map(work, jobs))
        return lambda: _collected(work, jobs, begun)

    def _handed(self, work: Callable[[J], R], jobs: Sequence[J]) -> Sequence[Future[R]] | None:
        """Hand jobs to the other processes; None where the machine allows none."""
        try:
            pool = self._pool or self._new_pool()
            begun = [pool.submit(work, job) for job in jobs]
        except (OSError, ImportError):  # no room for a process, or no semaphores
            self.others = 0
            return None
        self._pool = pool
        return begun

    def _new_pool(self) -> Executor:
        import multiprocessing  # noqa: PLC0415 - start-up time
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - start-up time

        # pdfium is not made for threads; a process started anew shares nothing with this one
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.others, context, _serve, (self._tools,))


def _nothing(_: None) -> None: ...


def _serve(tools: str) -> None:
    """Leave messages and interruptions to the process that a person started, and end with it."""
    logging.getLogger().addHandler(logging.NullHandler())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_rarely()
    importlib.import_module(tools)


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415 - start-up time

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _collected(
    work: Callable[[J], R], jobs: Sequence[J], begun: Sequence[Future[R]]
) -> tuple[R, ...]:
    here = [
        (place, _done(work, jobs[place]))
        for place in reversed(range(len(jobs)))
        if begun[place].cancel()
    ]
    results = {**dict(enumerate(begun)), **dict(here)}
    return tuple(results[place].result() for place in range(len(jobs)))


def _done(work: Callable[[J], R], job: J) -> Future[R]:
    done: Future[R] = Future()
    try:
        done.set_result(work(job))
    except Exception as error:  # noqa: BLE001 - raised when it is its turn
        done.set_exception(error)
    return done


#: For callers that share a machine with others like them.
ALONE = Hands(0)
