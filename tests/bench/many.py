"""Times build-all: python -m tests.bench.many [--cases N].

On so many generated cases of an office, each built for the first time: one at a time, two at a
time, and by a Dask cluster of this machine with two workers. Then once more, when nothing changed.
"""

# ruff: noqa: T201 - a benchmark's result is what it prints

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from distributed import LocalCluster

from tests.cases import WHOLE, write_case

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(count):
            text = WHOLE.replace("given: Kwabena", f"given: Kwabena{number}")
            write_case(folder / "cases", text, name=f"case-{number:05}")
        one = _timed(folder, "one", ("--workers", "1"))
        two = _timed(folder, "two", ("--workers", "2"))
        with _cluster() as address:
            dask = _timed(folder, "dask", ("--scheduler", address))
        again = _timed(folder, "two", ("--workers", "2"))
    print(f"build-all on {count} generated cases, seconds of wall")
    print(f"  one worker        {one:8.1f}")
    print(f"  two workers       {two:8.1f}   {one / two:.2f} times as fast as one (aim 1.8)")
    print(f"  Dask, two workers {dask:8.1f}   {dask / two:.2f} of two workers (aim 1.1)")
    print(f"  nothing changed   {again:8.1f}   {again / count * 1000:.0f} ms a case")


@contextlib.contextmanager
def _cluster() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield local.scheduler_address


def _timed(folder: Path, output: str, words: Sequence[str]) -> float:
    command = [sys.executable, "-m", "packet_builder", "--cases", str(folder / "cases")]
    command += ["--forms", str(folder / "forms"), "--output", str(folder / output)]
    command += ["build-all", "--engine", "dxpdf", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    subprocess.run(
        command,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
