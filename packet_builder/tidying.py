"""After a build, what grows with every build is held within bounds."""

from __future__ import annotations

import contextlib
from pathlib import Path

from packet_builder.assembly.builds import forget
from packet_builder.errors import PacketError
from packet_builder.review.docket import filings_of
from packet_builder.review.prune import prune


def tidy(case: Path, case_output: Path) -> None:
    """Forget the oldest builds of a case's filings, and remove what nothing names any more.

    What cannot be read may name anything: then nothing is removed, and whoever asks for it is told.
    """
    for filing in filings_of(case_output):
        if forget(case_output / filing):
            with contextlib.suppress(PacketError):
                prune(case, case_output, filing, remove=True)
