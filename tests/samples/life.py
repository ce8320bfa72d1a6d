"""Lives through the life of the `full` sample: every filing of it, from the first to the last.

Each step is a command as an office types it. Cases and packets lie in a folder of their own, so
the sample stays as it is: `output/life`. The blank forms must be there (PACKET_BUILDER_FORMS, or
./forms), and LibreOffice for the pages in Persian. What the office found out of the law meanwhile
is invented.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIFE = ROOT / "output" / "life"
_LAW = Path(__file__).parent / "texts" / "life"
FILED = ("initial_parole", "rfe-1", "ead-roya", "re-parole-2027")
_COUNSEL = "Miriam R. Achterberg"


@dataclass(frozen=True, slots=True)
class Step:
    """One command, and the office's law on that day."""

    command: str
    law: str | None = None  # the file that becomes law.yaml before it


@dataclass(frozen=True, slots=True)
class Lived:
    """A command that was run."""

    command: str
    code: int
    output: str


def steps() -> Iterator[Step]:
    """Give the steps, in the order of their days."""
    yield from _filed("initial_parole", "2026-12-01")
    yield Step("receipt full SPM0000000901 --filing initial_parole --date 2026-12-02")
    yield from _filed("rfe-1", "2026-12-07")
    yield Step("diff full --filing rfe-1 --filed")
    yield Step("build full --filing port-of-entry")
    yield Step("build full --filing fee-exception")
    yield Step("build full --filing client-letter")
    yield Step("build full --filing strategy-memo")
    yield from _filed("ead-roya", "2026-12-29", "law-2026-12-28.yaml")
    yield from _filed("re-parole-2027", "2027-09-13", "law-2027-09-10.yaml")
    yield Step("calendar full --on 2027-09-14")
    yield Step("timeline full --on 2027-09-14")
    yield Step("status full")


def _filed(filing: str, on: str, law: str | None = None) -> Iterator[Step]:
    named = f"full --filing {filing}"
    yield Step(f"build {named}", law)
    yield Step(f"approve {named} --all --by '{_COUNSEL}' --role attorney --date {on}")
    yield Step(f"finalize {named} --date {on}")


def live(folder: Path) -> Iterator[Lived]:
    """Run every command in a folder that is empty, and tell what each said."""
    shutil.copytree(ROOT / "case_data", folder / "cases")
    folders = ("--cases", str(folder / "cases"), "--output", str(folder / "output"))
    for step in steps():
        if step.law is not None:
            shutil.copyfile(_LAW / step.law, folder / "cases" / "law.yaml")
        program = (sys.executable, "-m", "packet_builder", *folders, *shlex.split(step.command))
        ended = subprocess.run(program, check=False, capture_output=True, text=True)
        yield Lived(step.command, ended.returncode, ended.stdout + ended.stderr)


def main() -> None:
    """Show every command with what it says, and stop at the first that fails."""
    shutil.rmtree(LIFE, ignore_errors=True)
    for step in live(LIFE):
        print(f"\n$ packet-builder {step.command}\n{step.output}", flush=True)  # noqa: T201 - a show
        if step.code:
            sys.exit(f"The life ends here: exit code {step.code}.")


if __name__ == "__main__":
    main()
