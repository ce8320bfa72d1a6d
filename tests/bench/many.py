"""Times build-all: python -m tests.bench.many [--blocks N] [--cases N].

Generated cases of one office, each built for the first time: one at a time, two at a time, and by a
Dask cluster of this machine with two workers. The three take turns, a block of cases each, another
one first in each block, so that they share the noise of the machine. Then two at a time once more,
when nothing changed. What was measured is kept after each block.

A case is an inquiry of an office's own kind: a letter of one page, and two exhibits of three pages
together. So each has facts that are examined, a letter that is rendered and printed, two files that
are taken in, stamped and accounted for, and a packet with its reports.
"""

# ruff: noqa: T201 - a benchmark says how far it is

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import docx
from distributed import LocalCluster

from tests.bench.builds import Usage, timed
from tests.bench.results import ROOT, Row, begun, keep, median, noise, ratios, rounded, same_work
from tests.cases import changed, write_case

OUTLINE = """\
title: Inquiry
documents:
  - {letter: inquiry, title: Letter}
  - {exhibits: all}
groups:
  - {id: enclosed, heading: Enclosed, kinds: [passport, letter]}
"""
LETTER = (
    "{{ date }}",
    "We ask how the request of {{ filer.name }} stands, and enclose {{ enclosures | joined }}.",
    "{{ attorney.name }}, {{ attorney.title }}",
)
CASE = changed(
    ("kind: initial_parole\n  delivery: paper\n  carrier: usps\n", "kind: inquiry\n"),
    ("kind: physician_letter", "kind: letter"),
    ("[@tax p. 1]", "[@doctor p. 1]"),
    ("  - {id: tax, title: Tax return, kind: tax_return, file: exhibits/tax.pdf}\n", ""),
)
WAYS = {"one": "one worker", "two": "two workers", "dask": "Dask, two workers"}


def main() -> None:
    """Measure block after block."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=5)
    parser.add_argument("--cases", type=int, default=200, help="of a block")
    asked = parser.parse_args()
    began = begun()
    taken: dict[str, list[Usage]] = {way: [] for way in (*WAYS, "again", "same")}
    with tempfile.TemporaryDirectory() as name, _cluster() as address:
        folder = Path(name)
        _write_office(folder, asked.blocks, asked.cases)
        for block in range(asked.blocks):
            for way, usage in _round(folder, block, address):
                taken[way].append(usage)
            _keep(began, taken, (block + 1) * asked.cases, asked.cases)
            print(f"block {block + 1} of {asked.blocks}", flush=True)


def _write_office(folder: Path, blocks: int, cases: int) -> None:
    templates = folder / "templates"
    shutil.copytree(ROOT / "templates", templates)
    (templates / "outlines" / "inquiry.yaml").write_text(OUTLINE, encoding="utf-8")
    letter = docx.Document()
    for paragraph in LETTER:
        letter.add_paragraph(paragraph)
    letter.save(str(templates / "letters" / "inquiry.docx"))
    for number in range(blocks * cases):
        name = f"case-{number // cases:03}-{number % cases:03}"
        text = CASE.replace("given: Kwabena", f"given: Kwabena{number}")
        write_case(folder / "cases", text, name)


def _round(folder: Path, block: int, address: str) -> Iterator[tuple[str, Usage]]:
    cases = sorted(path.name for path in (folder / "cases").glob(f"case-{block:03}-*"))
    words = {"one": ("--workers", "1"), "two": ("--workers", "2"), "dask": ("--scheduler", address)}
    yield "same", Usage(same_work(), 0, 0)
    turn = block % len(WAYS)
    for way in (*list(WAYS)[turn:], *list(WAYS)[:turn]):
        yield way, _built(folder, way, cases, words[way])
    yield "again", _built(folder, "two", cases, words["two"])


def _built(folder: Path, output: str, cases: Sequence[str], words: Sequence[str]) -> Usage:
    command = [sys.executable, "-m", "packet_builder", "--cases", str(folder / "cases")]
    command += ["--templates", str(folder / "templates"), "--forms", str(folder / "forms")]
    command += ["--output", str(folder / output)]
    return timed([*command, "build-all", "--engine", "dxpdf", *words, *cases], folder)


def _keep(
    began: tuple[str, float], taken: Mapping[str, Sequence[Usage]], count: int, of_block: int
) -> None:
    wall = {way: [one.wall_s for one in usages] for way, usages in taken.items()}
    said = {
        "one": ((), "", ""),
        "two": (ratios(wall["one"], wall["two"]), "times as fast as one", "1.8"),
        "dask": (ratios(wall["dask"], wall["two"]), "of two workers", "1.1"),
        "again": ((), "", ""),
    }
    rows = [
        Row(
            WAYS.get(way, "two workers, nothing changed"),
            f"s for {of_block} cases",
            rounded(wall[way]),
            None if way == "dask" else round(median([one.cpu_s for one in taken[way]]), 1),
            None if way == "dask" else round(max(one.peak_mib for one in taken[way])),
            *compared,
        )
        for way, compared in said.items()
    ]
    title = f"`build-all`, {count:,} generated cases in blocks"
    keep("many", title, began, (*rows, noise(wall["same"])))


@contextlib.contextmanager
def _cluster() -> Iterator[str]:
    """Start a cluster as an office does: a scheduler, and two workers with a thread each."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield local.scheduler_address


if __name__ == "__main__":
    main()
