"""Claims become paragraphs that a letter prints, with their citations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from packet_builder.model.narrative import ClaimText
from packet_builder.plan.citations import Letters, printed
from packet_builder.plan.wording import curled, ended, long_date, phrase

_FAIR_LENGTH = 400  # characters: with the next claim, five to eight lines


def flowing(claims: Iterable[ClaimText], letters: Letters) -> list[str]:
    """Give claims as paragraphs of a fair length; one written in several stands alone."""
    flow: list[str] = []
    is_open = False
    for claim in claims:
        lines = prose(printed(claim.text, letters))
        if is_open and len(lines) == 1 and len(flow[-1]) < _FAIR_LENGTH:
            flow[-1] = f"{flow[-1]} {lines[0]}"
        else:
            flow.extend(lines)
        is_open = len(lines) == 1
    return flow


def prose(text: str | None) -> list[str]:
    """Give the paragraphs of a text."""
    return [ended(curled(part)) for part in (text or "").split("\n\n") if part]


def words(text: str | None) -> str:
    """Give a fact as it stands inside a sentence; empty where there is none."""
    return phrase(curled(text)) if text else ""


def dated(day: dt.date | None) -> str:
    """Give a date as letters print it; empty where there is none."""
    return long_date(day) if day else ""
