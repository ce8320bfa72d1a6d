"""The ten exceptions from the parole fee (8 U.S.C. 1804(b)), limb by limb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from pydantic import BaseModel, ConfigDict

from packet_builder.law.table import Row, read_table, row_in_force


class Limb(BaseModel):
    """One condition of an exception, in the words of the law."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    mark: str  # as the statute prints it: (A), (B)(ii)
    text: str
    asks: tuple[str, ...]  # facts to ask for; this and what follows has no legal force
    evidence: tuple[str, ...]  # what usually proves it
    kinds: tuple[str, ...]  # kinds of evidence of which one should be cited


class ParoleFeeException(Row):
    """One exception."""

    number: int  # its paragraph in 8 U.S.C. 1804(b)
    name: str  # in a few words
    lead: str = ""  # the words before the limbs
    limbs: tuple[Limb, ...]
    requires: tuple[tuple[str, ...], ...]  # every group must be met by one of its limbs
    grounds: tuple[str, ...]  # the request needs one of these; none: any
    argue: tuple[str, ...]  # what the letter must argue
    drafted: bool  # whether a letter fits an initial request from abroad
    not_drafted_because: str | None = None

    def limb(self, identifier: str) -> Limb | None:
        """Give a limb by id."""
        return next((limb for limb in self.limbs if limb.id == identifier), None)

    def unmet(self, claimed: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Give the groups of limbs of which none is claimed."""
        return tuple(group for group in self.requires if not set(group) & set(claimed))


def parole_fee_exceptions() -> tuple[ParoleFeeException, ...]:
    """Give all ten, in the order of the statute."""
    return read_table("parole_fee_exceptions", ParoleFeeException)


def parole_fee_exception(identifier: str, on: dt.date) -> ParoleFeeException:
    """Give the exception of that id in force on a date; raises LawGapError."""
    return row_in_force("parole_fee_exceptions", parole_fee_exceptions(), identifier, on)
