"""How often Python looks for rubbish among the objects of a run."""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Look for rubbish less often: nearly all that a run makes, it needs until its end.

    A twentieth of a build's time went there.
    """
    gc.set_threshold(50_000)
