"""The tables of law become tables of the documentation, each row with its source and status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.reference.table import table
from packet_builder.law.fee_exemptions import fee_exemptions
from packet_builder.law.fees import FEES
from packet_builder.law.filing_addresses import FILING_ADDRESSES
from packet_builder.law.form_editions import FORM_EDITIONS
from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import ParoleFeeException, parole_fee_exceptions
from packet_builder.law.table import Row


def exceptions_block() -> str:
    """Give the ten exceptions from the parole fee, limb by limb."""
    rows = [_exception(row) for row in parole_fee_exceptions(SHIPPED)]
    head = ("No.", "`exception:`", "`limbs:` and the words of the law", "What must be shown")
    return "\n".join(table(head, rows))


def exemptions_block() -> str:
    """Give the categories whose filing fee is zero."""
    rows = [(f"`{row.id}`", row.title, row.source) for row in fee_exemptions(SHIPPED)]
    return "\n".join(table(("`category:`", "Who", "Source"), rows))


def fees_block() -> str:
    """Give the fees."""
    rows = [
        (f"`{row.id}`", row.title, f"${row.usd:,}", _dates(row), *_proof(row))
        for row in FEES.shipped
    ]
    return "\n".join(table(("Row", "Fee", "Amount", "In force", *_PROOF), rows))


def addresses_block() -> str:
    """Give the filing addresses."""
    rows = [(f"`{row.id}`", "\n".join(row.lines), *_proof(row)) for row in FILING_ADDRESSES.shipped]
    return "\n".join(table(("Row", "Address", *_PROOF), rows))


def editions_block() -> str:
    """Give the editions of the official forms."""
    rows = [
        (row.form, row.edition, str(row.pages), row.address, *_proof(row))
        for row in FORM_EDITIONS.shipped
    ]
    return "\n".join(table(("Form", "Edition", "Pages", "To be had at", *_PROOF), rows))


_PROOF = ("Source", "Status", "Last checked")


def _proof(row: Row) -> Sequence[str]:
    return row.source, row.status.value, row.checked_on.isoformat()


def _dates(row: Row) -> str:
    first = row.effective_from.isoformat() if row.effective_from else "start not established"
    last = f" to {row.effective_to.isoformat()}" if row.effective_to else ""
    return f"{'from ' if row.effective_from else ''}{first}{last}"


def _exception(row: ParoleFeeException) -> Sequence[str]:
    limbs = "\n".join(f"`{limb.id}` {limb.mark}: {limb.text}" for limb in row.limbs)
    lead = f"{row.lead}\n" if row.lead else ""
    shown = " and ".join(_either(group) for group in row.requires)
    if not row.drafted:
        shown = f"not written by this program: {row.not_drafted_because}"
    return str(row.number), f"`{row.id}`\n{row.name}", f"{lead}{limbs}", shown


def _either(group: Sequence[str]) -> str:
    names = " or ".join(f"`{limb}`" for limb in group)
    return f"({names})" if len(group) > 1 else names


def law_blocks() -> Iterator[tuple[str, str]]:
    """Give every block by its name."""
    yield "exceptions", exceptions_block()
    yield "exemptions", exemptions_block()
    yield "fees", fees_block()
    yield "addresses", addresses_block()
    yield "editions", editions_block()
