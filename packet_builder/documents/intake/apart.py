"""An evidence file is taken in by a process of its own, which may hang, die or eat memory alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packet_builder.documents.intake.errors import (
    ConversionFailedError,
    ExhibitBreaksReaderError,
    ExhibitTooHeavyError,
    ExhibitTooLargeError,
    ExhibitTooSlowError,
)
from packet_builder.documents.intake.taken import Intake, intake_of
from packet_builder.sandbox.pool import (
    JobDiedError,
    JobOutputError,
    JobTooLargeError,
    JobTooLongError,
    Limits,
    Pool,
)

TASK = f"{__name__}:take"

_ZIP = b"PK"  # how a Word file begins
_SECONDS = 90  # 0.1 s is usual
_SECONDS_FOR_MB = 1  # 0.02 s is usual
_MEMORY = 4 << 30
_WORD_SECONDS = 240  # the engine has limits of its own, which are shorter
_WORD_MEMORY = 8 << 30  # of addresses: LibreOffice takes 3 GB of them at rest
_OUTPUT = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be taken in, and by what."""

    name: str  # as the facts give it
    source: Path
    target: Path  # where our own PDF goes, if one is needed
    engine: str  # that turns Word into PDF
    own_fonts: Path | None = None  # of the office, for it
    password: str | None = field(default=None, repr=False)
    copy: Path | None = None  # of the file, with words that a machine read


def intake_apart(errand: Errand, pool: Pool) -> Intake:
    """Take one evidence file in; raises IntakeError for one that cannot be bound as it is."""
    job = {
        "name": errand.name,
        "source": str(errand.source),
        "target": str(errand.target),
        "engine": errand.engine,
        "fonts": str(errand.own_fonts) if errand.own_fonts else None,
        "password": errand.password,
        "copy": str(errand.copy) if errand.copy else None,
    }
    limits = limits_for(errand.source)
    try:
        return intake_of(pool.ask(job, limits), errand.source, errand.target)
    except JobTooLongError:
        raise ExhibitTooSlowError(errand.name, round(limits.seconds)) from None
    except JobTooLargeError:
        raise ExhibitTooHeavyError(errand.name, limits.memory_bytes) from None
    except JobOutputError:
        raise ExhibitTooLargeError(
            errand.name, f"would take more than {_OUTPUT / 1e9:g} GB in the packet"
        ) from None
    except (JobDiedError, ValueError, TypeError, KeyError):  # or it says what no reader says
        raise ExhibitBreaksReaderError(errand.name) from None


def limits_for(source: Path) -> Limits:
    """Give what a file may use: more time for a large one, more memory where an engine runs."""
    if begins_like_word(source):
        return Limits(_WORD_SECONDS, _WORD_MEMORY, _OUTPUT)
    return Limits(_SECONDS + _SECONDS_FOR_MB * source.stat().st_size / 1e6, _MEMORY, _OUTPUT)


def begins_like_word(path: Path) -> bool:
    """Tell whether a file begins as every Word file does."""
    with path.open("rb") as stream:
        return stream.read(len(_ZIP)) == _ZIP


def take(job: Mapping[str, Any]) -> dict[str, Any]:
    """Do one job, in the child process."""
    from packet_builder.documents.intake.intake import intake  # noqa: PLC0415 - in the child only

    name, engine = str(job["name"]), str(job["engine"])
    source, target = Path(job["source"]), Path(job["target"])
    password = job.get("password")
    fonts = Path(job["fonts"]) if job.get("fonts") else None
    taken = intake(name, source, target, _word_printer(name, engine, fonts), password=password)
    if job.get("copy") is not None:
        from packet_builder.documents.intake.machine_read import (  # noqa: PLC0415 - where there is one
            with_words_of,
        )

        taken = with_words_of(name, taken, Path(job["copy"]), target)
    return taken.row()


def _word_printer(name: str, engine: str, own_fonts: Path | None) -> Callable[[Path, Path], None]:
    def printed(docx: Path, pdf: Path) -> None:
        from packet_builder.documents.engines import ENGINES, typeset  # noqa: PLC0415 - Word only
        from packet_builder.documents.engines.engine import (  # noqa: PLC0415 - Word only
            EngineCrashedError,
            EngineTimeoutError,
            Job,
        )

        try:
            typeset([Job(docx, pdf, name)], ENGINES[engine], own_fonts)
        except (EngineCrashedError, EngineTimeoutError) as error:
            raise ConversionFailedError(name, engine) from error

    return printed
