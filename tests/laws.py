"""Laws with rows of an office, for tests."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.facts.fault import Source
from packet_builder.law.law import Law, OwnRow
from packet_builder.law.table import Row, Table


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
