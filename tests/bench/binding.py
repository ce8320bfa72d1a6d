"""Measures binding against its peers: python -m tests.bench.binding [--rounds N] [CORPUS …].

Keeps, from one run on this machine: seconds of CPU of the work alone, once libraries are imported,
as a ratio to each peer's; those of the whole process; the peak memory of each. Tools take turns,
each in a process of its own; an output is verified before its time counts.
"""

# ruff: noqa: T201 - a benchmark says how far it is

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from tests.bench.results import ROOT, Row, begun, keep, median, noise, ratios, rounded, same_work

HERE = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv-bench"
CORPORA = Path(tempfile.gettempdir()) / "packet-builder-bench"
#: What is bound, and how it is called; larger corpora repeat files.
NAMES = {
    "text-200": "200 pages of text",
    "text-1000": "1,000 pages of text",
    "text-2000": "2,000 pages of text",
    "text-5000": "5,000 pages of text",
    "text-10000": "10,000 pages of text",
    "mix-200": "200 pages, mixed",
    "mix-2000": "2,000 pages, mixed",
    "mix-10000": "10,000 pages, mixed",
}
PROGRAMS = ("qpdf", "pdftk")  # of the system; what is not there is left out
PEERS = {
    "pypdf_plain": ("pypdf, as in tutorials", "0.3"),
    "pymupdf": ("PyMuPDF", "0.4"),
    "qpdf": ("qpdf", "1.0"),
    "pdftk": ("pdftk", "0.4"),
    "pikepdf_best": ("pikepdf at its best", "2.0"),
    "copy": ("the bytes of the inputs copied", ""),
}
ANEW, CHANGED, WARM = WAYS = ("anew", "changed", "warm")
OURS = {
    ANEW: ("bound anew", ""),
    CHANGED: ("largest exhibit changed", "0.6"),
    WARM: ("only numbers changed", "2.5"),
}
SAMPLED_PAGES = 12


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


def compared(name: str, python: Path, rounds: int) -> None:
    """Run all tools in turn, another one first in each round, and keep what they took."""
    began = begun()
    spec = CORPORA / f"{name}.json"
    stamps = list(expected(spec))
    tools = list(commands(python, spec).items())
    runs: dict[str, list[Run]] = {tool: [] for tool, _ in tools}
    same = []
    with tempfile.TemporaryDirectory(dir=CORPORA) as folder:
        for turn in range(rounds):
            same.append(same_work())
            for tool, command in [*tools[turn % len(tools) :], *tools[: turn % len(tools)]]:
                target = Path(folder) / f"{tool}.pdf"
                run = measured(command, target)
                if tool != "copy":
                    verify(target, stamps, tool)
                target.unlink()
                runs[tool].append(run)
            print(f"{name}: {turn + 1} of {rounds}", flush=True)
    title = f"Binding {NAMES[name]}, {runs['copy'][0].megabytes:,.0f} MB"
    keep(f"binding-{name}", title, began, (*rows_of(runs, len(stamps)), noise(same)))


def rows_of(runs: Mapping[str, Sequence[Run]], pages: int) -> Iterator[Row]:
    """Give a line a tool: ours beside the others, and what they have written beside the inputs."""
    work = {tool: [run.work_seconds for run in each] for tool, each in runs.items()}
    of = {ANEW: ("", ""), CHANGED: (ANEW, "of anew"), WARM: ("copy", "of the bytes copied")}
    for tool, each in runs.items():
        if tool in OURS:
            what, aim = OURS[tool]
            other, named = of[tool]
            compared_with = ratios(work[tool], work[other]) if other else ()
        else:
            what, aim = PEERS[tool]
            compared_with, named = ratios(work[ANEW], work[tool]), "is ours, of its"
        cpu, mib = median([run.cpu_seconds for run in each]), max(run.peak_mib for run in each)
        measures = (rounded(work[tool]), round(cpu, 3), round(mib))
        yield Row(what, "s of CPU", *measures, compared_with, named, aim)
    added = runs[ANEW][0].megabytes - runs["copy"][0].megabytes
    yield Row("larger than its inputs", "KB a page", (round(added * 1000 / pages, 3),), aim="1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", help=f"of {', '.join(NAMES)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    for program in PROGRAMS:
        if shutil.which(program) is None:
            print(f"{program} is not on this machine; it is left out")
    python = prepared()
    subprocess.run([python, HERE / "corpus.py", CORPORA], check=True)
    for name in asked.corpora or NAMES:
        compared(name, python, asked.rounds)


if __name__ == "__main__":
    main()
