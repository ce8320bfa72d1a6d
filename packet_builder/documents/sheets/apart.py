"""An office's own page templates are set by a process that may hang, eat memory, and reach nobody.

Templates that came with the program are set in this one, which is quicker.
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
from packet_builder.workspace import digest_of_text, shipped

TASK = f"{__name__}:set_page"

_LIMITS = Limits(seconds=30, memory_bytes=2 << 30, file_bytes=1 << 20)  # 0.1 s is usual


def is_ours(folder: Path) -> bool:
    """Tell whether page templates are, to the byte, those that came with the program."""
    ours = shipped("templates") / "pages"
    return folder == ours or _digests(folder) == _digests(ours)


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


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of_text(path) for path in files}
