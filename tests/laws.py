"""Laws with rows of an office, for tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.facts.fault import Source
from packet_builder.law.fees import FEES
from packet_builder.law.filing_addresses import FILING_ADDRESSES
from packet_builder.law.form_editions import FORM_EDITIONS
from packet_builder.law.law import Law, OwnRow
from packet_builder.law.table import Row, SourceStatus, Table


def own(*rows: tuple[Table[Any], Row]) -> Law:
    """Give the law in which rows of an office stand beside those of the program."""
    found: dict[str, tuple[OwnRow, ...]] = {}
    for line, (table, row) in enumerate(rows, 1):
        found[table.name] = (
            *found.get(table.name, ()),
            OwnRow(row, Source(Path("law.yaml"), line, 1)),
        )
    return Law(MappingProxyType(found))


def with_changes(table: Table[Any], identifier: str, **changes: object) -> Law:
    """Give the law in which the office has changed every row of one id."""
    rows = [row for row in table.shipped if row.id == identifier]
    return own(*((table, row.model_copy(update=changes)) for row in rows))


def _confirmed() -> Law:
    """Give the law in which an office has found out what the program leaves open."""
    read = {"status": SourceStatus.SECONDARY, "reported_in": "10/01/26"}
    after = [row for row in FEES.shipped if row.id.startswith(("i131_item11", "i131_p", "i765"))]
    fees = [row.model_copy(update=read) for row in after if row.effective_to is None]
    address = FILING_ADDRESSES.shipped[0]
    addresses = [
        address.model_copy(update={"id": f"{row}_usps", "lines": ("USCIS", "1 Example Street")})
        for row in ("i131_item11", "i765_c11")
    ]
    disputed = [row for row in FORM_EDITIONS.shipped if row.conflict]
    settled = {"conflict": (), "checked_on": dt.date(2026, 12, 4), "confirm": None}
    editions = [row.model_copy(update=settled) for row in disputed]
    return own(
        *((FEES, row) for row in fees),
        *((FILING_ADDRESSES, row) for row in addresses),
        *((FORM_EDITIONS, row) for row in editions),
    )


CONFIRMED = _confirmed()
