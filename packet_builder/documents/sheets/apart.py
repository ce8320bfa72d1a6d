"""An office's page templates and fonts are used by a process that may hang, and reaches nobody.

Templates that came with the program, without fonts of an office, are set in this one, which is
quicker.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packet_builder.documents.sheets.errors import PageTemplateError
from packet_builder.sandbox.pool import (
    JobDiedError,
    JobOutputError,
    JobTooLargeError,
    JobTooLongError,
    Limits,
    pool_of_run,
)
from packet_builder.template_files import program_pages, template_digest

TASK = f"{__name__}:set_page"

_LIMITS = Limits(seconds=30, memory_bytes=2 << 30, file_bytes=1 << 20)  # 0.1 s is usual


def is_ours(folder: Path) -> bool:
    """Tell whether page templates are, to the byte, those that came with the program."""
    ours = program_pages()
    if folder == ours:
        return True
    files, known = _files(folder), _files(ours)
    return files.keys() == known.keys() and all(
        template_digest(files[name]) == template_digest(path) for name, path in known.items()
    )


def compiled_apart(template: Path, title: str, values: Mapping[str, Any]) -> bytes:
    """Set one document in the other process; raises PageTemplateError, as `compiled` does."""
    job = {"template": str(template), "title": title, "values": values}
    try:
        return base64.b64decode(pool_of_run(TASK).ask(job, _LIMITS)["pdf"])
    except JobTooLongError:
        fault = f"it was not set within {_LIMITS.seconds:g} s, as with a loop that never ends"
    except (JobTooLargeError, JobOutputError, JobDiedError):
        fault = f"it needs more than {_LIMITS.memory_bytes >> 30} GB of memory, or breaks typst"
    raise PageTemplateError(template.name, None, fault)


def set_page(job: Mapping[str, Any]) -> dict[str, Any]:
    """Do one job, in the other process."""
    from packet_builder.documents.sheets.compiling import compiled  # noqa: PLC0415 - there only

    content = compiled(Path(job["template"]), str(job["title"]), job["values"])
    return {"pdf": base64.b64encode(content).decode()}


def _files(folder: Path) -> dict[str, Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}
