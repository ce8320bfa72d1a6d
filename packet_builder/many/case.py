"""One case of many becomes records of how its builds went, whatever happens to it.

It is built by a process beside this one, which builds one case after the other: what the program
imports and reads of its own is paid once. One that dies, hangs or eats memory is replaced.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from packet_builder.case_lock import OFFICE
from packet_builder.errors import PacketError
from packet_builder.many.orders import CaseOrder, FilingResult, Outcome, result_of, row_of
from packet_builder.sandbox.pool import (
    JobError,
    JobTooLargeError,
    JobTooLongError,
    Limits,
    Pool,
)
from packet_builder.workspace import scratch_folder

TASK = "packet_builder.many.apart:take"
_MOST_MEMORY = 8_000_000_000  # of addresses; LibreOffice takes 3 GB of them at rest
_LARGEST_FILE = 64_000_000_000


def limits(minutes: float) -> Limits:
    """Give what the build of one filing may use."""
    return Limits(60 * minutes, _MOST_MEMORY, _LARGEST_FILE)


def build_case(case: CaseOrder, most: Limits) -> tuple[FilingResult, ...]:
    """Build the filings of a case one after the other; never raises, and may be called again."""
    return tuple(_built(case, filing, most) for filing in case.filings)


def _built(case: CaseOrder, filing: str | None, most: Limits) -> FilingResult:
    try:
        pool = _CREW.pool(case.order.folders.output)
        return result_of(pool.ask(row_of(case, filing), most))
    except JobTooLongError:
        return FilingResult(case.name, filing, Outcome.TOO_LONG, reason=f"over {most.seconds:g} s")
    except JobTooLargeError:
        reason = "it was killed, or took too much memory"
        return FilingResult(case.name, filing, Outcome.DIED, reason=reason)
    except JobError:
        return FilingResult(case.name, filing, Outcome.DIED, reason="its process ended")
    except PacketError as error:
        return FilingResult(case.name, filing, Outcome.DIED, reason=error.about())
    except OSError:
        reason = "there was no room for another process"
        return FilingResult(case.name, filing, Outcome.DIED, reason=reason)


@contextlib.contextmanager
def this_machine(workers: int | None) -> Iterator[Executor]:
    """Hand out what builds so many cases at a time here; a thread waits for each process.

    Whoever leaves early leaves nothing behind that works.
    """
    threads = ThreadPoolExecutor(workers or os.cpu_count() or 1)
    try:
        yield threads
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        _CREW.leave()


class _Crew:
    """The processes that build for this one: until it ends, or a run here is over."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._pools: dict[Path, Pool] = {}
        self._open = ExitStack()

    def pool(self, output: Path) -> Pool:
        """Give the processes that build into a folder."""
        with self._door:
            if output not in self._pools:
                scratch = self._open.enter_context(scratch_folder(output / OFFICE))
                self._pools[output] = self._open.enter_context(Pool(TASK, scratch))
            return self._pools[output]

    def leave(self) -> None:
        """End all of them, also those at work."""
        with self._door:
            self._pools.clear()
            self._open.close()


_CREW = _Crew()
atexit.register(_CREW.leave)
