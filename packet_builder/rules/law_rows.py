"""The law and the fees that a packet rests on become rows of the manifest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from packet_builder.law.table import Row
from packet_builder.rules.fee_lines import fee_lines
from packet_builder.rules.finding import Dossier
from packet_builder.rules.law_uses import Use, rows_used
from packet_builder.rules.law_values import value_of


def law_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Give every row of law that the packet rests on, as the manifest holds it."""
    return [_law_row(dossier, use, row) for use, row in rows_used(dossier)]


def fee_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Give the fees of each beneficiary, as the manifest holds them."""
    return [
        {
            "person": line.person,
            "what": line.what,
            "law": line.row.id,
            "usd": line.row.usd,
            "enclosed": line.enclosed,
            "how": line.how,
            "collector": line.collector.value if line.collector else None,
            "source": line.row.source,
            "status": line.row.status.value,
            "checked_on": line.row.checked_on.isoformat(),
        }
        for line in fee_lines(dossier)
    ]


def _law_row(dossier: Dossier, use: Use, row: Row) -> dict[str, Any]:
    place = dossier.law.place_of(use.table.name, row)
    return {
        "table": use.table.name,
        "id": row.id,
        "used_for": use.what,
        "value": value_of(row),
        "effective_from": _day(row.effective_from),
        "effective_to": _day(row.effective_to),
        "source": row.source,
        "status": row.status.value,
        "checked_on": row.checked_on.isoformat(),
        "confirm": row.confirm,
        "own": str(place) if place else None,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
