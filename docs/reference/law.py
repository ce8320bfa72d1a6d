"""The tables of law become tables of the documentation, each row with its source and status."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from docs.reference.table import table
from packet_builder.law.deadlines import DeadlineRule, ResponseLimit
from packet_builder.law.delivery_limits import DeliveryLimit
from packet_builder.law.discretionary_factors import DiscretionaryFactor
from packet_builder.law.explanations import Explanation, RoutePoint
from packet_builder.law.federal_holidays import FederalHoliday
from packet_builder.law.fee_exemptions import FeeExemption, fee_exemptions
from packet_builder.law.fee_waivers import FeeWaiverBasis
from packet_builder.law.fees import Fee
from packet_builder.law.filing_addresses import FilingAddress
from packet_builder.law.form_editions import FormEdition, OtherForm
from packet_builder.law.law import SHIPPED
from packet_builder.law.office import TABLES
from packet_builder.law.parole_fee_exceptions import ParoleFeeException, parole_fee_exceptions
from packet_builder.law.poverty_guidelines import PovertyGuideline
from packet_builder.law.required_evidence import Recommendation, Requirement
from packet_builder.law.table import Row, Table


def exceptions_block() -> str:
    """Give the ten exceptions from the parole fee, limb by limb."""
    rows = [_exception(row) for row in parole_fee_exceptions(SHIPPED)]
    head = ("No.", "`exception:`", "`limbs:` and the words of the law", "What must be shown")
    return "\n".join(table(head, rows))


def exemptions_block() -> str:
    """Give the categories whose filing fee is zero."""
    rows = [(f"`{row.id}`", row.title, row.source) for row in fee_exemptions(SHIPPED)]
    return "\n".join(table(("`category:`", "Who", "Source"), rows))


def tables_block() -> str:
    """Give every table by name: how many rows it has, and how sure they are."""
    rows = [_counted(each) for each in TABLES]
    return "\n".join(table(("Table", "Rows", "primary", "secondary", "Others", "Fields"), rows))


def rows_block(each: Table[Any]) -> str:
    """Give all rows of a table."""
    rows = [
        (f"`{row.id}`", _SAYS[each.row](row), _dates(row), *_proof(row)) for row in each.shipped
    ]
    head = ("Row", "What it says", "In force", "Source", "Status", "Last checked")
    return "\n".join(table(head, rows))


def _counted(each: Table[Any]) -> Sequence[str]:
    states = [row.status.value for row in each.shipped]
    primary, secondary = states.count("primary"), states.count("secondary")
    others = len(states) - primary - secondary
    own = [name for name in each.row.model_fields if name not in Row.model_fields]
    fields = ", ".join(f"`{name}`" for name in own)
    counts = (str(len(states)), str(primary), str(secondary), str(others))
    return (f"[`{each.name}`](#{each.name})", *counts, fields)


def _proof(row: Row) -> Sequence[str]:
    confirm = f"\nConfirm: {row.confirm}" if row.confirm else ""
    return f"{row.source}{confirm}", row.status.value, row.checked_on.isoformat()


def _dates(row: Row) -> str:
    first = row.effective_from.isoformat() if row.effective_from else "start not established"
    last = f" to {row.effective_to.isoformat()}" if row.effective_to else ""
    return f"{'from ' if row.effective_from else ''}{first}{last}"


def _fee(row: Fee) -> str:
    apart = ", paid apart" if row.separate else ""
    return f"{row.title}: ${row.usd:,}{apart}. Waiver: {row.waivable}"


def _edition(row: FormEdition) -> str:
    conflict = "".join(f"\nConflict: {report}" for report in row.conflict)
    expires = f", expires {row.expires_on_face}" if row.expires_on_face else ""
    ignored = ", ignored by the agency" if row.expiry_is_ignored else ""
    head = f"Form {row.form}, {row.edition}, {row.pages} pages{expires}{ignored}"
    return f"{head}\n{row.address}\n{row.what_to_do}{conflict}"


def _other_form(row: OtherForm) -> str:
    newer = f"; reported: {', '.join(row.newer_editions)}" if row.newer_editions else ""
    edition = row.edition or "edition not seen"
    return f"{row.form}, {row.title}: {edition}{newer}\n{row.what_to_do}"


def _basis(row: FeeWaiverBasis) -> str:
    proof = "".join(f"\nProof: {each}" for each in row.evidence)
    return f"{row.text} ({row.parts}){proof}"


def _proven_exception(row: ParoleFeeException) -> str:
    limbs = "".join(_limb(limb) for limb in row.limbs)
    return f"8 U.S.C. 1804(b)({row.number}): {row.name}{limbs}"


def _limb(limb: Any) -> str:  # noqa: ANN401 - a limb, of which only texts are read
    asks, proof = "; ".join(limb.asks), "; ".join(limb.evidence)
    return f"\n{limb.mark} {limb.text}. Ask: {asks}. Proof: {proof}"


def _recommended(row: Recommendation) -> str:
    return f"{row.ground}: {row.text}"


def _deadline(row: DeadlineRule) -> str:
    counts = ((row.years, "years"), (row.months, "months"), (row.days, "days"))
    counted = [f"{count:+d} {unit}" for count, unit in counts if count]
    return f"{row.text}\n{' '.join((row.from_event, *counted))}"


def _holiday(row: FederalHoliday) -> str:
    month = calendar.month_name[row.month]
    if row.day is not None:
        return f"{row.title}: {month} {row.day}"
    nth = "last" if row.nth == -1 else f"{row.nth}."
    return f"{row.title}: the {nth} {calendar.day_name[row.weekday or 0]} of {month}"


def _words(row: Explanation | RoutePoint) -> str:
    return f"\nOfficial words: {row.words}" if row.words else ""


_SAYS: Mapping[type[Row], Callable[[Any], str]] = MappingProxyType(
    {
        Fee: _fee,
        FeeExemption: lambda row: row.title,
        FeeWaiverBasis: _basis,
        ParoleFeeException: _proven_exception,
        FormEdition: _edition,
        OtherForm: _other_form,
        FilingAddress: lambda row: "\n".join(row.lines),
        Requirement: lambda row: f"{row.text}\n{row.duty}; {row.when}",
        Recommendation: _recommended,
        DiscretionaryFactor: lambda row: f"{row.sign}: {row.text}",
        PovertyGuideline: lambda row: f"${row.usd:,} for a household of {row.household}",
        ResponseLimit: lambda row: row.text,
        DeadlineRule: _deadline,
        DeliveryLimit: lambda row: f"{row.mode}: {row.text}",
        FederalHoliday: _holiday,
        Explanation: lambda row: f"{row.topic}: {row.text}{_words(row)}",
        RoutePoint: lambda row: f"{row.route}, {row.aspect}: {row.text}{_words(row)}",
    }
)


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
    yield "tables", tables_block()
    for each in TABLES:
        yield each.name.replace("_", "-"), rows_block(each)
