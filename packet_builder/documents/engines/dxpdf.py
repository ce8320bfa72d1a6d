"""Word documents become PDFs by dxpdf, which is installed with us: in one child process."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from packet_builder.documents.engines import dxpdf_child
from packet_builder.documents.engines.dxpdf_features import features_refused
from packet_builder.documents.engines.dxpdf_pass import normalised
from packet_builder.documents.engines.engine import (
    EngineCrashedError,
    EngineMissingError,
    EngineTimeoutError,
    Job,
    NotConvertedError,
    raise_all,
)
from packet_builder.documents.word.word import Word
from packet_builder.errors import UnusableError
from packet_builder.sandbox import closed
from packet_builder.workspace import PACKAGE

name = "dxpdf"
options = "image_dpi=220"

_SECONDS = 60  # 0.1 s a document is usual
_MOST_BYTES = 4 << 30  # of address space; 0.1 GB is usual


@functools.cache
def version() -> str:
    """Give the installed version; raises EngineMissingError."""
    try:
        return importlib.metadata.version("dxpdf")
    except importlib.metadata.PackageNotFoundError as error:
        raise EngineMissingError("dxpdf", "pip install dxpdf==0.8.1") from error


def refusals(word: Word) -> tuple[UnusableError, ...]:
    """Give what the document uses that dxpdf 0.8.1 prints wrongly or not at all."""
    return features_refused(word)


def prepared(word: Word) -> Word:
    """Spell out what dxpdf 0.8.1 misreads."""
    return normalised(word)


def convert(jobs: Sequence[Job], environ: Mapping[str, str]) -> None:
    """Convert all documents in one child with a time and a memory limit."""
    folders = (_folder(), str(PACKAGE.parent))
    command = [sys.executable, "-I", "-S", dxpdf_child.__file__, str(_MOST_BYTES), *folders]
    paths = b"".join(bytes(path) + b"\0" for job in jobs for path in (job.docx, job.pdf))
    try:
        ended = closed.run(command, environ, _SECONDS, paths)
    except subprocess.TimeoutExpired as error:
        raise EngineTimeoutError(name, [job.name for job in jobs], _SECONDS) from error
    answers = ended.stdout.decode().split()
    if len(answers) < len(jobs):
        raise EngineCrashedError(name, jobs[len(answers)].name)
    failed = [job for job, answer in zip(jobs, answers, strict=True) if answer != "done"]
    raise_all([NotConvertedError(name, job.name) for job in failed])


def _folder() -> str:
    found = importlib.util.find_spec("dxpdf")
    version()  # raises when it is missing
    assert found is not None  # noqa: S101 - a package that has a version has a place
    assert found.origin is not None  # noqa: S101
    return str(Path(found.origin).parent.parent)
