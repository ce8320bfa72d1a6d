"""A row of law becomes the words that a report shows of it."""

from __future__ import annotations

from packet_builder.law.delivery_limits import DeliveryLimit
from packet_builder.law.fees import Fee
from packet_builder.law.filing_addresses import FilingAddress
from packet_builder.law.form_editions import FormEdition, OtherForm
from packet_builder.law.parole_fee_exceptions import ParoleFeeException
from packet_builder.law.poverty_guidelines import PovertyGuideline
from packet_builder.law.table import Row


def value_of(row: Row) -> str:
    """Give what a row says, in a few words where it has them."""
    match row:
        case Fee():
            words = f"{row.title}: ${row.usd:,}"
        case FormEdition():
            pages = f"{row.pages} page{'' if row.pages == 1 else 's'}"
            words = f"Form {row.form}, edition {row.edition}, {pages}"
        case OtherForm():
            newer = f"; reported: {', '.join(row.newer_editions)}" if row.newer_editions else ""
            words = f"{row.form}, {row.title}, edition {row.edition or 'not seen'}{newer}"
        case FilingAddress():
            words = ", ".join(row.lines)
        case ParoleFeeException():
            words = f"8 U.S.C. 1804(b)({row.number}): {row.name}"
        case PovertyGuideline():
            words = f"${row.usd:,} for a household of {row.household}"
        case DeliveryLimit(limit=int(limit)):
            words = f"{limit:,} bytes"
        case _:
            words = str(getattr(row, "text", None) or getattr(row, "title", row.id))
    return words
