"""An office's own letter templates are first read by a process that may hang or die alone.

A build looks at them before anything else opens one. What came with the program is read in this
process, which is quicker.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packet_builder.documents.letters.errors import TemplateBrokenError, TemplateFault
from packet_builder.documents.letters.said import Said, said_by, said_of
from packet_builder.sandbox.pool import JobError, JobTooLongError, Limits, pool_of_run
from packet_builder.template_files import program_templates
from packet_builder.workspace import digest_of

TASK = f"{__name__}:say"

_LIMITS = Limits(seconds=60, memory_bytes=2 << 30, file_bytes=1 << 20)  # 0.02 s is usual


def said_apart(template: Path) -> Said:
    """Give what a template says; raises a WordError, or TemplateBrokenError for a harmful one."""
    if _is_ours(template):
        return said_by(template)
    try:
        return said_of(pool_of_run(TASK).ask({"template": str(template)}, _LIMITS))
    except JobTooLongError:
        fault = f"reading it takes longer than {_LIMITS.seconds:g} s"
    except (JobError, KeyError, TypeError):
        fault = f"reading it takes more than {_LIMITS.memory_bytes >> 30} GB, or ends its reader"
    cure = "Put back the file that you had before, or the one that came with the program."
    raise TemplateBrokenError([TemplateFault(template.name, "", fault, cure)])


def say(job: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do one job, in the other process."""
    return said_by(Path(job["template"])).row()


def _is_ours(template: Path) -> bool:
    ours = program_templates() / "letters" / template.name
    return ours.is_file() and digest_of(ours) == digest_of(template)
