"""Measures binding against its peers: python -m tests.bench [--rounds N] [CORPUS …].

Prints, from one run on this machine: CPU time as a ratio to each peer's, milliseconds a page, and
the peak memory of each. Tools are interleaved, each in a process of its own; an output is verified
before its time counts.
"""

# ruff: noqa: T201 - a benchmark's result is what it prints

from __future__ import annotations

import argparse
import json
import os
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
NAMES = ("text-200", "text-1000", "text-5000", "scans-200", "mix-2000")
PEERS = ("pypdf_plain", "pymupdf", "qpdf", "pikepdf_best")
OURS = "packet_builder"
AIMS = {"pypdf_plain": 0.3, "pymupdf": 0.4, "qpdf": 1.0, "pikepdf_best": 2.0}
SAMPLED_PAGES = 12


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of one tool cost."""

    cpu_seconds: float
    peak_mib: float


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
    peers = {name: [str(python), str(HERE / "peers.py"), name, str(spec)] for name in PEERS}
    return {OURS: [sys.executable, str(HERE / "ours.py"), str(spec)], **peers}


def measured(command: Sequence[str], target: Path) -> Run:
    """Run a tool to its end; its children count with it."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(target.parent)}
    process = subprocess.Popen([*command, str(target)], env=settings, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise ToolFailedError(" ".join(command), f"ended with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


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
                verify(target, stamps, tool)
                target.unlink()
                runs[tool].append(run)
    report(name, len(stamps), runs)
    return runs


def report(name: str, pages: int, runs: Mapping[str, Sequence[Run]]) -> None:
    cpu = {tool: statistics.median(run.cpu_seconds for run in each) for tool, each in runs.items()}
    print(f"\n{name}: {pages} pages, median of {len(runs[OURS])}")
    print(f"  {'':16}{'CPU s':>8}{'ms/page':>10}{'peak MiB':>10}{'ours is':>10}{'aim':>7}")
    for tool, each in runs.items():
        peak = max(run.peak_mib for run in each)
        row = f"  {tool:16}{cpu[tool]:8.2f}{cpu[tool] / pages * 1000:10.2f}{peak:10.0f}"
        if tool != OURS:
            row += f"{cpu[OURS] / cpu[tool]:10.2f}{AIMS[tool]:7.1f}"
        print(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", default=NAMES, help=f"of {', '.join(NAMES)}")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    python = prepared()
    subprocess.run([python, HERE / "corpus.py", CORPORA], check=True)
    for name in asked.corpora:
        compared(name, python, asked.rounds)


if __name__ == "__main__":
    main()
