"""A PDF's pages that are only pictures get a layer of words, by ocrmypdf, where it is installed.

What it made is believed only in `machine_read.py`, which looks at every page of it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.documents.intake.errors import ExhibitNotReadError
from packet_builder.errors import ProgramError
from packet_builder.installing import Tool, typed_for, typed_for_language
from packet_builder.sandbox import closed
from packet_builder.sandbox.pool import JobError, JobTooLongError, Limits, Pool

TASK = f"{__name__}:read"
ENGLISH = "eng"

_PROGRAM, _ENGINE = "ocrmypdf", "tesseract"
_ASKING_SECONDS = 60
_SECONDS, _SECONDS_A_PAGE = 60, 30  # 2 s a page is usual
_MEMORY = 4 << 30
_OUTPUT = 1_500_000_000
_VERSION = re.compile(r"\d+(?:\.\d+)+")
#: As tesseract calls the languages that people write.
_CODES: Mapping[str, str] = MappingProxyType(
    {
        "amharic": "amh",
        "arabic": "ara",
        "armenian": "hye",
        "bengali": "ben",
        "burmese": "mya",
        "chinese": "chi_sim",
        "dari": "fas",
        "english": ENGLISH,
        "farsi": "fas",
        "french": "fra",
        "georgian": "kat",
        "german": "deu",
        "haitian creole": "hat",
        "hindi": "hin",
        "korean": "kor",
        "pashto": "pus",
        "persian": "fas",
        "polish": "pol",
        "portuguese": "por",
        "punjabi": "pan",
        "russian": "rus",
        "spanish": "spa",
        "tigrinya": "tir",
        "turkish": "tur",
        "ukrainian": "ukr",
        "urdu": "urd",
        "uzbek": "uzb",
        "vietnamese": "vie",
    }
)


class MachineReaderMissingError(ProgramError):
    """The program that reads pictures is not on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "ocrmypdf is not on this machine, so pictures cannot be read. Nothing else needs it. "
            f"To install it: {typed_for(Tool.OCRMYPDF)}. Then start again."
        )


class LanguageMissingError(ProgramError):
    """The program that reads pictures cannot read a language."""

    def __init__(self, language: str, code: str) -> None:
        super().__init__(
            f"pictures in {language} cannot be read: tesseract has no language {code} here. To "
            f"install it: {typed_for_language(code)}. Or leave it out: --language eng."
        )


@dataclass(frozen=True, slots=True)
class MachineReader:
    """The program that reads pictures, as it is on this machine."""

    name: str  # with versions: "ocrmypdf 14.0.1, tesseract 5.3.0"
    languages: frozenset[str]

    def codes_for(self, language: str | None) -> str:
        """Give the languages to read with: English, and that of a document where it is known.

        Raises LanguageMissingError for one that is not installed.
        """
        code = _CODES.get((language or "english").casefold(), ENGLISH)
        for each in dict.fromkeys((ENGLISH, code)):
            if each not in self.languages:
                raise LanguageMissingError(language or "English", each)
        return "+".join(dict.fromkeys((ENGLISH, code)))

    def checked(self, codes: str) -> str:
        """Give codes that somebody typed, "eng+fas"; raises LanguageMissingError."""
        for each in codes.split("+"):
            if each not in self.languages:
                raise LanguageMissingError(each, each)
        return codes


def machine_reader(scratch: Path) -> MachineReader:
    """Ask the program what it is; raises MachineReaderMissingError."""
    versions = (_version(program, scratch) for program in (_PROGRAM, _ENGINE))
    name = ", ".join(versions)
    listed = _said((_ENGINE, "--list-langs"), scratch).splitlines()[1:]
    return MachineReader(name, frozenset(line.strip() for line in listed))


def read_apart(source: Path, target: Path, name: str, codes: str, pages: int) -> None:
    """Write a PDF with what was read in its pictures; raises ExhibitNotReadError."""
    limits = Limits(_SECONDS + _SECONDS_A_PAGE * pages, _MEMORY, _OUTPUT)
    job = {"source": str(source), "target": str(target), "codes": codes, "seconds": limits.seconds}
    try:
        with Pool(TASK, target.parent) as pool:
            said = pool.ask(job, limits).get("status")
    except JobTooLongError:
        raise ExhibitNotReadError(name, f"it took longer than {limits.seconds:g} s") from None
    except JobError:
        raise ExhibitNotReadError(name, "it broke off") from None
    if said != 0 or not target.is_file():
        raise ExhibitNotReadError(name, f"it ended with status {said}")


def read(job: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do one job, in the child process."""
    source, target = Path(job["source"]), Path(job["target"])
    how = ("--skip-text", "--output-type", "pdf", "--optimize", "0", "--jobs", "1", "--quiet")
    command = (_PROGRAM, *how, "--language", str(job["codes"]), str(source), str(target))
    done = closed.run(command, closed.environment(target.parent), int(job["seconds"]))
    return {"status": done.returncode}


def _version(program: str, scratch: Path) -> str:
    found = _VERSION.search(_said((program, "--version"), scratch))
    return f"{program} {found[0] if found else '?'}"


def _said(command: Sequence[str], scratch: Path) -> str:
    try:
        done = closed.run(command, closed.environment(scratch), _ASKING_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineReaderMissingError from error
    return done.stdout.decode("utf-8", "replace")
