"""Measures binding against its peers: python -m tests.bench [--rounds N] [CORPUS …].

Prints, from one run on this machine: CPU time as a ratio to each peer's, of the whole process and
of its work alone, once its libraries are imported; milliseconds a page; the peak memory of each.
Tools are interleaved, each in a process of its own; an output is verified before its time counts.
"""

# ruff: noqa: T201 - a benchmark's result is what it prints

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ENVIRONMENT = ROOT / ".venv-bench"
CORPORA = Path(tempfile.gettempdir()) / "packet-builder-bench"
NAMES = ("text-200", "text-1000", "text-2000", "text-5000", "text-10000", "scans-200", "mix-2000")
PROGRAMS = ("qpdf", "pdftk")  # of the system; what is not there is left out
PEERS = ("pypdf_plain", "pymupdf", "qpdf", "pdftk", "pikepdf_best", "copy")
OURS, CHANGED, WARM = WAYS = ("anew", "changed", "warm")
AIMS = {"pypdf_plain": 0.3, "pymupdf": 0.4, "qpdf": 1.0, "pdftk": 0.4, "pikepdf_best": 2.0}
#: What is compared with what, and at most how much of it it may take.
RATIOS = ((CHANGED, OURS, 0.6), (WARM, "copy", 2.5))
SAMPLED_PAGES = 12
RESULTS = "bench.json"  # beside the corpora: what the picture is drawn from


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of one tool cost."""

    cpu_seconds: float  # of the whole process, from its start
    work_seconds: float  # of CPU, without start and imports
    peak_mib: float
    megabytes: float  # of what it wrote


class ToolFailedError(SystemExit):
    """A tool did not end well, or left something out."""

    def __init__(self, tool: str, why: str) -> None:
        super().__init__(f"{tool}: {why}")


def prepared() -> Path:
    """Give the interpreter of the benchmark's own environment, made when it is not there."""
    python = ENVIRONMENT / "bin/python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        (ENVIRONMENT / ".gitignore").write_text("*\n", encoding="utf-8")
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    installed = ENVIRONMENT / "installed.txt"
    if not installed.exists() or installed.read_text(encoding="utf-8") != wanted:
        listed = ["-r", str(HERE / "requirements.txt")]
        subprocess.run([python, "-m", "pip", "install", "-q", *listed], check=True)
        installed.write_text(wanted, encoding="utf-8")
    return python


def commands(python: Path, spec: Path) -> Mapping[str, Sequence[str]]:
    """Give how each tool is called, but for its target."""
    there = (name for name in PEERS if name not in PROGRAMS or shutil.which(name))
    peers = {name: [str(python), str(HERE / "peers.py"), name, str(spec)] for name in there}
    ours = {way: [sys.executable, str(HERE / "ours.py"), way, str(spec)] for way in WAYS}
    return {**ours, **peers}


def measured(command: Sequence[str], target: Path) -> Run:
    """Run a tool to its end; its children count with it."""
    if Path(command[1]).name == "ours.py":
        prepare = [command[0], command[1], "prepare", *command[2:]]
        subprocess.run(prepare, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(target.parent)}
    process = subprocess.Popen(
        [*command, str(target)], env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    said = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise ToolFailedError(" ".join(command), f"ended with {process.returncode}")
    size = target.stat().st_size / 1e6
    return Run(usage.ru_utime + usage.ru_stime, float(said), usage.ru_maxrss / 1024, size)


def expected(spec: Path) -> Iterator[tuple[str, str]]:
    """Give the words that each page must show: those of its exhibit, and its number's."""
    exhibits = json.loads(spec.read_text(encoding="utf-8"))
    counts = [sum(pages for _, pages in exhibit["files"]) for exhibit in exhibits]
    total, page = sum(counts) + len(exhibits), 1
    for exhibit, pages in zip(exhibits, counts, strict=True):
        yield f"EXHIBIT {exhibit['letter']}", f"Page {page} of {total}"
        page += 1
        for own in range(1, pages + 1):
            yield f"Exhibit {exhibit['letter']}, Page {own} of {pages}", f"Page {page} of {total}"
            page += 1


def verify(target: Path, stamps: Sequence[tuple[str, str]], tool: str) -> None:
    """Refuse an output that lacks a page or a stamp."""
    with pypdfium2.PdfDocument(target) as document:
        if len(document) != len(stamps):
            raise ToolFailedError(tool, f"{len(document)} pages instead of {len(stamps)}")
        step = max(1, len(stamps) // SAMPLED_PAGES)
        for index in range(0, len(stamps), step):
            text = document[index].get_textpage().get_text_range()
            missing = [words for words in stamps[index] if words not in text]
            if missing:
                raise ToolFailedError(tool, f"page {index + 1} lacks {missing}")


def compared(name: str, python: Path, rounds: int) -> dict[str, list[Run]]:
    """Run all tools in turn, another one first in each round."""
    spec = CORPORA / f"{name}.json"
    stamps = list(expected(spec))
    tools = list(commands(python, spec).items())
    runs: dict[str, list[Run]] = {tool: [] for tool, _ in tools}
    with tempfile.TemporaryDirectory(dir=CORPORA) as folder:
        for turn in range(rounds):
            for tool, command in [*tools[turn % len(tools) :], *tools[: turn % len(tools)]]:
                target = Path(folder) / f"{tool}.pdf"
                run = measured(command, target)
                if tool != "copy":
                    verify(target, stamps, tool)
                target.unlink()
                runs[tool].append(run)
    report(name, len(stamps), runs)
    note(name, len(stamps), runs)
    return runs


def aims_of(runs: Mapping[str, Sequence[Run]]) -> Iterator[str]:
    """Give how the aims are met that compare two ways, or sizes."""
    work = {tool: medians(each).work_seconds for tool, each in runs.items()}
    for way, other, most in RATIOS:
        if way in work and other in work:
            yield f"{way} is {work[way] / max(work[other], 0.001):.2f} of {other} (aim {most})"
    if "copy" in runs:
        added = medians(runs[OURS]).megabytes - medians(runs["copy"]).megabytes
        yield f"ours is {added * 1000:.0f} KB larger than its inputs"


def report(name: str, pages: int, runs: Mapping[str, Sequence[Run]]) -> None:
    mine = medians(runs[OURS])
    print(f"\n{name}: {pages} pages, medians of {len(runs[OURS])}; CPU seconds")
    print(f"  {'':16}{'whole':>8}{'work':>8}{'ms/page':>9}{'MiB':>6}{'ours is':>15}{'aim':>8}")
    for tool, each in runs.items():
        its = medians(each)
        row = f"  {tool:16}{its.cpu_seconds:8.2f}{its.work_seconds:8.2f}"
        row += f"{its.work_seconds / pages * 1000:9.2f}{its.peak_mib:6.0f}"
        if tool not in {*WAYS, "copy"}:
            whole, work = mine.cpu_seconds / its.cpu_seconds, mine.work_seconds / its.work_seconds
            row += f"{f'{whole:.2f} / {work:.2f}':>15}{AIMS[tool]:8.1f}"
        print(row)
    for line in aims_of(runs):
        print(f"  {line}", flush=True)


def note(name: str, pages: int, runs: Mapping[str, Sequence[Run]]) -> None:
    """Note what was measured, beside what was measured of other corpora."""
    path = CORPORA / RESULTS
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    work = {tool: medians(each).work_seconds for tool, each in runs.items()}
    path.write_text(json.dumps({**known, name: {"pages": pages, "work": work}}), encoding="utf-8")


def medians(runs: Sequence[Run]) -> Run:
    """Give the medians of times, and the most memory."""
    return Run(
        statistics.median(run.cpu_seconds for run in runs),
        statistics.median(run.work_seconds for run in runs),
        max(run.peak_mib for run in runs),
        max(run.megabytes for run in runs),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", default=NAMES, help=f"of {', '.join(NAMES)}")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    for program in PROGRAMS:
        if shutil.which(program) is None:
            print(f"{program} is not on this machine; it is left out")
    print("binding; ours is: of the whole process / of its work, as a part of the peer's")
    python = prepared()
    subprocess.run([python, HERE / "corpus.py", CORPORA], check=True)
    for name in asked.corpora:
        compared(name, python, asked.rounds)


if __name__ == "__main__":
    main()
