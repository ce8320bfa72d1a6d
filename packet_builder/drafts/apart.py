"""Word files that come back from outside are read by a process that may hang or die alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from packet_builder.drafts.errors import DraftBreaksReaderError
from packet_builder.drafts.looked import Looked
from packet_builder.sandbox.pool import (
    JobDiedError,
    JobOutputError,
    JobTooLargeError,
    JobTooLongError,
    Limits,
    pool_of_run,
)

if TYPE_CHECKING:  # start-up time
    from packet_builder.drafts.looking import Errand

TASK = f"{__name__}:do"

_OUTPUT = 500_000_000
_READING = Limits(seconds=120, memory_bytes=4 << 30, file_bytes=_OUTPUT)  # 0.1 s is usual
_PRINTING = Limits(240, 8 << 30, _OUTPUT)  # of addresses: LibreOffice takes 3 GB of them at rest


def look_apart(errand: Errand) -> Looked:
    """Look at a draft, and merge changed facts into the file that is named.

    Raises what is wrong with it as a Word file, DraftBreaksReaderError.
    """
    row = _asked("look", errand.name, {"errand": errand.model_dump(mode="json")}, _READING)
    try:
        return Looked.model_validate(row)
    except ValidationError:
        raise DraftBreaksReaderError(errand.name, "ended its reader") from None


def is_same_apart(hers: Path, name: str, former: Sequence[Path]) -> bool:
    """Tell whether a reader sees in her file what is in one of the former ones."""
    job = {"hers": str(hers), "name": name, "former": list(map(str, former))}
    return _asked("same", name, job, _READING).get("same") is True


def show_apart(draft: Path, name: str, target: Path, *, struck: bool) -> None:
    """Write a draft with its open changes and comments as plain text."""
    job = {"draft": str(draft), "name": name, "target": str(target), "struck": struck}
    _asked("show", name, job, _READING)


def accept_apart(draft: Path, name: str, target: Path) -> None:
    """Write a draft with all changes accepted, and without comments."""
    job = {"draft": str(draft), "name": name, "target": str(target)}
    _asked("accept", name, job, _READING)


def print_apart(
    jobs: Sequence[tuple[Path, Path, str]], engine: str, own_fonts: Path | None
) -> None:
    """Turn drafts into PDFs, all in one call: Word file, PDF to make, name for messages."""
    rows = [(str(docx), str(pdf), name) for docx, pdf, name in jobs]
    names = ", ".join(name for _, _, name in jobs)
    fonts = str(own_fonts) if own_fonts else None
    _asked("print", names, {"jobs": rows, "engine": engine, "fonts": fonts}, _PRINTING)


def fault_apart(docx: Path, pdf: Path, name: str) -> str:
    """Say what a PDF lacks, or has too much, beside the words of a draft; nothing: ""."""
    job = {"docx": str(docx), "pdf": str(pdf), "name": name}
    return str(_asked("compare", name, job, _READING)["fault"])


def do(job: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do one job, in the other process."""
    return _DEEDS[job["deed"]](job)


def _asked(deed: str, name: str, job: Mapping[str, Any], limits: Limits) -> Mapping[str, Any]:
    try:
        return pool_of_run(TASK).ask({"deed": deed, **job}, limits)
    except JobTooLongError:
        what = f"takes longer than {limits.seconds:g} s"
    except JobTooLargeError:
        what = f"takes more than {limits.memory_bytes >> 30} GB of memory"
    except JobOutputError:
        what = f"would write more than {limits.file_bytes // 1_000_000} MB"
    except JobDiedError:
        what = "ends its reader"
    raise DraftBreaksReaderError(name, what)


def _look(job: Mapping[str, Any]) -> Mapping[str, Any]:
    from packet_builder.drafts.looking import Errand, look  # noqa: PLC0415 - there only

    return look(Errand.model_validate(job["errand"])).model_dump(mode="json")


def _same(job: Mapping[str, Any]) -> Mapping[str, Any]:
    from packet_builder.documents.word.word import open_word  # noqa: PLC0415 - there only
    from packet_builder.drafts.content import same_content  # noqa: PLC0415 - there only

    hers = open_word(Path(job["hers"]), job["name"])
    former = (open_word(Path(path), job["name"]) for path in job["former"])
    return {"same": any(same_content(each, hers) for each in former)}


def _show(job: Mapping[str, Any]) -> Mapping[str, Any]:
    from packet_builder.documents.word.word import open_word  # noqa: PLC0415 - there only
    from packet_builder.drafts.showing import shown  # noqa: PLC0415 - there only

    content = shown(open_word(Path(job["draft"]), job["name"]), struck=job["struck"])
    Path(job["target"]).write_bytes(content)
    return {}


def _accept(job: Mapping[str, Any]) -> Mapping[str, Any]:
    from packet_builder.documents.word.word import open_word, packed  # noqa: PLC0415 - there only
    from packet_builder.drafts.resolve import accepted  # noqa: PLC0415 - there only

    content = packed(accepted(open_word(Path(job["draft"]), job["name"])))
    Path(job["target"]).write_bytes(content)
    return {}


def _print(job: Mapping[str, Any]) -> Mapping[str, Any]:
    from packet_builder.documents.engines import ENGINES, typeset  # noqa: PLC0415 - there only
    from packet_builder.documents.engines.engine import Job  # noqa: PLC0415 - there only

    jobs = [Job(Path(docx), Path(pdf), name) for docx, pdf, name in job["jobs"]]
    typeset(jobs, ENGINES[job["engine"]], Path(job["fonts"]) if job["fonts"] else None)
    return {}


def _compare(job: Mapping[str, Any]) -> Mapping[str, Any]:
    from packet_builder.documents.text_gate.gate import faults  # noqa: PLC0415 - there only
    from packet_builder.documents.word.repair import repaired  # noqa: PLC0415 - there only
    from packet_builder.documents.word.word import open_word  # noqa: PLC0415 - there only

    word = repaired(open_word(Path(job["docx"]), job["name"]))
    found = faults(word, Path(job["pdf"]).read_bytes())
    return {"fault": str(found[0]) if found else ""}


_DEEDS: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    "look": _look,
    "same": _same,
    "show": _show,
    "accept": _accept,
    "print": _print,
    "compare": _compare,
}
