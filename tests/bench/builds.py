"""Times whole builds of the sample cases: cold, unchanged, and with one fact changed."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
KIB = 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run of the program took, with all its child processes."""

    wall_s: float
    cpu_s: float
    peak_mib: float  # of the largest single process


@dataclass(frozen=True, slots=True)
class Row:
    """The runs of one kind of build."""

    case: str
    engine: str
    kind: str
    runs: tuple[Usage, ...]

    @property
    def medians(self) -> Usage:
        """Give the median of each figure."""
        return Usage(
            statistics.median(run.wall_s for run in self.runs),
            statistics.median(run.cpu_s for run in self.runs),
            statistics.median(run.peak_mib for run in self.runs),
        )


def main() -> None:
    """Print one line for each case, engine and kind of build: medians of the runs."""
    print("whole builds, medians of", RUNS, "runs")  # noqa: T201 - this is its output
    print("case     engine       kind        wall s   CPU s   peak MiB   wall/cold")  # noqa: T201
    for case in ("minimal", "full"):
        for engine in _engines():
            _print(tuple(_rows(case, engine)))


def _engines() -> tuple[str, ...]:
    return ("dxpdf", "libreoffice") if shutil.which("soffice") else ("dxpdf",)


def _rows(case: str, engine: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        office = Path(name)
        shutil.copytree(ROOT / "case_data", office / "case_data")
        cold, warm, changed = [], [], []
        for run in range(RUNS):
            shutil.rmtree(office / "output", ignore_errors=True)
            cold.append(_timed(_command(case, engine), office))
            warm.append(_timed(_command(case, engine), office))
            _change_a_fact(office / "case_data" / case / "case.yaml", run)
            changed.append(_timed(_command(case, engine), office))
        yield Row(case, engine, "cold", tuple(cold))
        yield Row(case, engine, "unchanged", tuple(warm))
        yield Row(case, engine, "one fact", tuple(changed))


def _change_a_fact(path: Path, run: int) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = ("summary: >-\n    ", f"summary: >-\n    In short ({run}): ")
    if before not in text:
        sys.exit(f"{path.name} has no summary to change")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def _command(case: str, engine: str) -> Sequence[str]:
    return (sys.executable, "-m", "packet_builder", "build", case, "--engine", engine)


def _timed(command: Sequence[str], folder: Path) -> Usage:
    """Run a command to its end; exits where it fails, so that no failed run is counted."""
    started = time.perf_counter()
    process = _spawned(command, folder)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(command)} failed")
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / KIB)


def _spawned(command: Sequence[str], folder: Path) -> int:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ).pid


def _print(rows: Sequence[Row]) -> None:
    cold = rows[0].medians.wall_s
    for row in rows:
        took = row.medians
        print(  # noqa: T201
            f"{row.case:<8} {row.engine:<12} {row.kind:<10} {took.wall_s:7.2f} {took.cpu_s:7.2f} "
            f"{took.peak_mib:9.0f} {took.wall_s / cold:10.2f}"
        )


if __name__ == "__main__":
    main()
