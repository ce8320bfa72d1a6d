"""Claims become paragraphs that a letter prints, with their citations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from packet_builder.model.narrative import ClaimText
from packet_builder.plan.citations import printed
from packet_builder.plan.wording import curled, ended, long_date, phrase


def paragraphs(claims: Iterable[ClaimText], letters: Mapping[str, str]) -> list[str]:
    """Give each claim as a paragraph of its own, or as several where it was written so."""
    return [line for claim in claims for line in prose(printed(claim.text, letters))]


def prose(text: str | None) -> list[str]:
    """Give the paragraphs of a text."""
    return [ended(curled(part)) for part in (text or "").split("\n\n") if part]


def words(text: str | None) -> str:
    """Give a fact as it stands inside a sentence; empty where there is none."""
    return phrase(curled(text)) if text else ""


def dated(day: dt.date | None) -> str:
    """Give a date as letters print it; empty where there is none."""
    return long_date(day) if day else ""
