"""What was found in a draft when it was looked at."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Outdated(BaseModel):
    """Words of an earlier render that no fact gives any more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    was: str
    now: str


class Looked(BaseModel):
    """What a draft turned out to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edited: bool  # else it says what was rendered
    merged: str = ""  # what was merged into it: "2 updated, 1 conflict"
    rebased: bool = False  # the facts give another render, yet nothing is to be changed in it
    changes: tuple[str, ...] = ()  # open ones, each by its place
    comments: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    outdated: tuple[Outdated, ...] = ()
    standing: tuple[tuple[str, str, str], ...] = ()  # old words, new ones, where the old stand
