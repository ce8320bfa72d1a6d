"""Times the program on the sample cases: python -m tests.bench.builds [--runs N] [--case CASE].

Cold, unchanged, with one fact changed, and with an exhibit inserted; with each engine; with slips,
and with filled forms where PACKET_BUILDER_FORMS, or ./forms, has the blanks. The case `long` is
`full` with a record of 2,000 pages.
"""

# ruff: noqa: T201 - a benchmark's result is what it prints

from __future__ import annotations

import argparse
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

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

ROOT = Path(__file__).resolve().parents[2]
FORMS = Path(os.environ.get("PACKET_BUILDER_FORMS", ROOT / "forms"))
CASES = ("minimal", "full", "long")
RECORD = 20, 100  # files of the long case, and pages of each
KIB = 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run of the program took, with all its child processes."""

    wall_s: float
    cpu_s: float
    peak_mib: float  # of the largest single process


@dataclass(frozen=True, slots=True)
class Office:
    """A folder with cases, and how they are built there."""

    folder: Path
    case: str
    engine: str
    with_forms: bool

    def command(self, verb: str = "build") -> Sequence[str]:
        """Give the command line that builds, or checks, the case."""
        forms = FORMS if self.with_forms else self.folder / "no-forms"
        program = (sys.executable, "-m", "packet_builder", "--forms", str(forms))
        return (*program, verb, self.case, "--engine", self.engine)


def main() -> None:
    """Print medians of the runs, one line for each kind of run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--case", choices=CASES, action="append")
    asked = parser.parse_args()
    print(f"the program on its samples, medians of {asked.runs} runs; MiB: the largest process")
    print("case     engine       forms   run         wall s   CPU s   MiB  wall/cold")
    for case in asked.case or CASES:
        for with_forms in (False, True) if any(FORMS.glob("*.pdf")) else (False,):
            for engine in _engines():
                _print(case, engine, with_forms, _measured(case, engine, with_forms, asked.runs))
    print(f"start-up (--help): {_start_up(asked.runs)}")


def _engines() -> tuple[str, ...]:
    return ("dxpdf", "libreoffice") if shutil.which("soffice") else ("dxpdf",)


def _measured(
    case: str,
    engine: str,
    with_forms: bool,  # noqa: FBT001 - one figure's four sides
    runs: int,
) -> dict[str, list[Usage]]:
    with tempfile.TemporaryDirectory() as name:
        office = Office(Path(name), case, engine, with_forms)
        shutil.copytree(ROOT / "case_data", office.folder / "case_data")
        if case == "long":
            _lengthen(office.folder / "case_data")
        _timed(office.command(), office.folder)  # so that no first run compiles, or reads a disk
        taken: dict[str, list[Usage]] = {}
        for run in range(runs):
            for kind, usage in _round(office, run):
                taken.setdefault(kind, []).append(usage)
        return taken


def _round(office: Office, run: int) -> Iterator[tuple[str, Usage]]:
    shutil.rmtree(office.folder / "output", ignore_errors=True)
    yield "cold", _timed(office.command(), office.folder)
    yield "unchanged", _timed(office.command(), office.folder)
    yield "check", _timed(office.command("check"), office.folder)
    _change_a_fact(office.folder / "case_data" / office.case / "case.yaml", run)
    yield "one fact", _timed(office.command(), office.folder)
    _insert_an_exhibit(office.folder / "case_data" / office.case, run)
    yield "inserted", _timed(office.command(), office.folder)


def _lengthen(cases: Path) -> None:
    """Make the long case: `full`, and a record at the end of its evidence."""
    shutil.copytree(cases / "full", cases / "long")
    files = []
    for file in range(RECORD[0]):
        name = f"exhibits/record-{file:02}.pdf"
        _write_record(cases / "long" / name, file)
        files.append(name)
    path = cases / "long" / "case.yaml"
    record = (
        f"  - {{id: bench-record, title: Patient file, kind: other, file: [{', '.join(files)}]}}\n"
    )
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n{record}", encoding="utf-8")


def _write_record(path: Path, file: int) -> None:
    paper = canvas.Canvas(str(path), pagesize=letter, pageCompression=1, invariant=1)
    for page in range(RECORD[1]):
        for line in range(44):
            entry = f"Day {file * RECORD[1] + page}, entry {line}: seen by the physician, stable."
            paper.drawString(72, 720 - 15 * line, entry)
        paper.showPage()
    paper.save()


def _insert_an_exhibit(case: Path, run: int) -> None:
    """Put a new piece of evidence before all others."""
    _write_record(case / "exhibits" / f"bench-{run}.pdf", 1000 + run)
    path = case / "case.yaml"
    text = path.read_text(encoding="utf-8")
    row = f"  - {{id: bench-{run}, title: New, kind: other, file: exhibits/bench-{run}.pdf}}\n"
    path.write_text(text.replace("\nevidence:\n", f"\nevidence:\n{row}", 1), encoding="utf-8")


def _start_up(runs: int) -> str:
    command = (sys.executable, "-m", "packet_builder", "--help")
    took = _medians([_timed(command, ROOT) for _ in range(runs)])
    return f"{took.wall_s:.2f} s, {took.cpu_s:.2f} s of CPU, {took.peak_mib:.0f} MiB"


def _medians(runs: Sequence[Usage]) -> Usage:
    return Usage(
        statistics.median(run.wall_s for run in runs),
        statistics.median(run.cpu_s for run in runs),
        statistics.median(run.peak_mib for run in runs),
    )


def _change_a_fact(path: Path, run: int) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = ("summary: >-\n    ", f"summary: >-\n    In short ({run}): ")
    if before not in text:
        sys.exit(f"{path.name} has no summary to change")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


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


def _print(case: str, engine: str, with_forms: bool, taken: dict[str, list[Usage]]) -> None:  # noqa: FBT001
    cold = _medians(taken["cold"]).wall_s
    for kind, runs in taken.items():
        took = _medians(runs)
        print(
            f"{case:<8} {engine:<12} {'filled' if with_forms else 'slips':<7} {kind:<11}"
            f"{took.wall_s:7.2f} {took.cpu_s:7.2f} {took.peak_mib:5.0f} {took.wall_s / cold:10.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
