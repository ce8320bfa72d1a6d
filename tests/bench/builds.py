"""Times the program on the samples: python -m tests.bench.builds [--runs N] [--case CASE].

Start-up, `check`, and builds: cold, unchanged, with one fact changed, and with an exhibit inserted.
The case `full` is built with slips, and with filled forms where PACKET_BUILDER_FORMS, or ./forms,
has the blanks; the case `long` is `full` with a record of 2,000 pages.
"""

# ruff: noqa: T201 - a benchmark says how far it is

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from tests.bench.results import ROOT, Row, begun, keep, median, noise, ratios, rounded, same_work

FORMS = Path(os.environ.get("PACKET_BUILDER_FORMS", ROOT / "forms")).absolute()
CASES = ("full", "long")
ENGINES = ("dxpdf", "libreoffice")
RECORD = 20, 100  # files of the long case, and pages of each
#: What is measured in each round, in this order, with its aim.
KINDS = {
    "cold": ("first build", ""),
    "unchanged": ("build, nothing changed", "0.3 s"),
    "check": ("`check`", ""),
    "one fact": ("build, one fact changed", "1.0 s (of `full`)"),
    "inserted": ("build, an exhibit inserted", ""),
    "help": ("start-up (`--help`)", "0.15 s"),
}


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

    def command(self, *words: str) -> Sequence[str]:
        """Give a command line of the program."""
        forms = FORMS if self.with_forms else self.folder / "no-forms"
        return (sys.executable, "-m", "packet_builder", "--forms", str(forms), *words)

    def run(self, verb: str = "build") -> Usage:
        """Build the case, or check it."""
        return timed(self.command(verb, self.case, "--engine", self.engine), self.folder)


def main() -> None:
    """Measure each case with slips, and with filled forms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--case", choices=CASES, action="append")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--slips", action="store_true", help="leave filled forms out")
    asked = parser.parse_args()
    has_forms = any(FORMS.glob("*.pdf")) and not asked.slips
    for case in asked.case or CASES:
        for engine in asked.engine or ENGINES[:1]:
            for with_forms in (False, True) if has_forms else (False,):
                _measure(case, engine, asked.runs, with_forms=with_forms)


def _measure(case: str, engine: str, runs: int, *, with_forms: bool) -> None:
    began = begun()
    pages = f"`{case}`" if case == "full" else "`full` with a record of 2,000 pages"
    paper = "filled forms" if with_forms else "slips for the forms"
    with tempfile.TemporaryDirectory() as name:
        office = Office(Path(name), case, engine, with_forms)
        shutil.copytree(ROOT / "case_data", office.folder / "case_data")
        if case == "long":
            _lengthen(office.folder / "case_data")
        office.run()  # so that no first run compiles, or reads a disk
        taken: dict[str, list[Usage]] = {kind: [] for kind in KINDS}
        same: list[float] = []
        for run in range(runs):
            same.append(same_work())
            for kind, usage in _round(office, run):
                taken[kind].append(usage)
            print(f"{case}, {engine}, {paper}: {run + 1} of {runs}", flush=True)
    part = f"builds-{case}-{engine}-{'forms' if with_forms else 'slips'}"
    keep(part, f"{pages}, {engine}, {paper}", began, (*_rows(taken), noise(same)))


def _rows(taken: Mapping[str, Sequence[Usage]]) -> Iterator[Row]:
    cold = [one.wall_s for one in taken["cold"]]
    for kind, (what, aim) in KINDS.items():
        wall = [one.wall_s for one in taken[kind]]
        yield Row(
            what,
            "s",
            rounded(wall),
            round(median([one.cpu_s for one in taken[kind]]), 3),
            round(max(one.peak_mib for one in taken[kind])),
            ratios(wall, cold) if kind in {"unchanged", "one fact", "inserted"} else (),
            "of the first build",
            aim,
        )


def _round(office: Office, run: int) -> Iterator[tuple[str, Usage]]:
    shutil.rmtree(office.folder / "output", ignore_errors=True)
    yield "cold", office.run()
    yield "unchanged", office.run()
    yield "check", office.run("check")
    _change_a_fact(office.folder / "case_data" / office.case / "case.yaml", run)
    yield "one fact", office.run()
    _insert_an_exhibit(office.folder / "case_data" / office.case, run)
    yield "inserted", office.run()
    yield "help", timed(office.command("--help"), office.folder)


def _lengthen(cases: Path) -> None:
    """Make the long case: `full`, and a record before its evidence."""
    shutil.copytree(cases / "full", cases / "long")
    files = []
    for file in range(RECORD[0]):
        name = f"exhibits/record-{file:02}.pdf"
        _write_record(cases / "long" / name, file)
        files.append(name)
    _list_first(cases / "long" / "case.yaml", "bench-record", f"[{', '.join(files)}]")


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
    _list_first(case / "case.yaml", f"bench-{run}", f"exhibits/bench-{run}.pdf")


def _list_first(path: Path, identifier: str, files: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\nevidence:\n" in text
    row = f"  - {{id: {identifier}, title: Patient file, kind: other, file: {files}}}\n"
    path.write_text(text.replace("\nevidence:\n", f"\nevidence:\n{row}", 1), encoding="utf-8")


def _change_a_fact(path: Path, run: int) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = ("summary: >-\n    ", f"summary: >-\n    In short ({run}): ")
    if before not in text:
        sys.exit(f"{path.name} has no summary to change")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def timed(command: Sequence[str], folder: Path) -> Usage:
    """Run a command to its end; exits where it fails, so that no failed run is counted."""
    started = time.perf_counter()
    process = _spawned(command, folder)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed")
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _spawned(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=nowhere, stderr=nowhere)


if __name__ == "__main__":
    main()
