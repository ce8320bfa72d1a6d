"""The office's own file of law becomes rows of the same tables, or faults at their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packet_builder.facts import read_file
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.facts.tree import FactPath, Facts
from packet_builder.law.deadlines import DEADLINES, RESPONSE_LIMITS, DeadlineRule, ResponseLimit
from packet_builder.law.delivery_limits import DELIVERY_LIMITS, DeliveryLimit
from packet_builder.law.discretionary_factors import DISCRETIONARY_FACTORS, DiscretionaryFactor
from packet_builder.law.explanations import EXPLANATIONS, ROUTE_POINTS, Explanation, RoutePoint
from packet_builder.law.federal_holidays import FEDERAL_HOLIDAYS, FederalHoliday
from packet_builder.law.fee_exemptions import FEE_EXEMPTIONS, FeeExemption
from packet_builder.law.fee_waivers import FEE_WAIVER_BASES, FeeWaiverBasis
from packet_builder.law.fees import FEES, Fee
from packet_builder.law.filing_addresses import FILING_ADDRESSES, FilingAddress
from packet_builder.law.form_editions import FORM_EDITIONS, OTHER_FORMS, FormEdition, OtherForm
from packet_builder.law.law import SHIPPED, Law, OwnRow, left_of, overlap
from packet_builder.law.parole_fee_exceptions import PAROLE_FEE_EXCEPTIONS, ParoleFeeException
from packet_builder.law.poverty_guidelines import POVERTY_GUIDELINES, PovertyGuideline
from packet_builder.law.required_evidence import (
    INITIAL_EVIDENCE,
    RE_PAROLE_EVIDENCE,
    RECOMMENDED_EVIDENCE,
    WORK_PERMIT_EVIDENCE,
    Recommendation,
    Requirement,
)
from packet_builder.law.table import Row, SourceStatus, Table
from packet_builder.model.base import Part
from packet_builder.model.faults import interpret
from packet_builder.model.scalars import Day, Line

#: The name of the office's file, beside firm.yaml.
FILE = "law.yaml"

TABLES: tuple[Table[Any], ...] = (
    FEES,
    FEE_EXEMPTIONS,
    FEE_WAIVER_BASES,
    PAROLE_FEE_EXCEPTIONS,
    FORM_EDITIONS,
    OTHER_FORMS,
    FILING_ADDRESSES,
    INITIAL_EVIDENCE,
    RE_PAROLE_EVIDENCE,
    WORK_PERMIT_EVIDENCE,
    RECOMMENDED_EVIDENCE,
    DISCRETIONARY_FACTORS,
    POVERTY_GUIDELINES,
    RESPONSE_LIMITS,
    DEADLINES,
    DELIVERY_LIMITS,
    FEDERAL_HOLIDAYS,
    EXPLANATIONS,
    ROUTE_POINTS,
)
_BY_NAME: Mapping[str, Table[Any]] = MappingProxyType({table.name: table for table in TABLES})


class Check(Part):
    """A row of the program that the office compared with its source, and found right."""

    table: Line
    """The table that the row stands in: `fees`."""
    id: Line
    """The row's own short name in that table: `i131_item7_paper`."""
    checked_on: Day
    """The day on which somebody compared the two; the row was in force on it."""
    source: Line
    """Where it was read: `uscis.gov/g-1055, edition 10/01/26, p. 41`."""
    status: SourceStatus
    """How sure it is now. With `primary`, nothing of the row is left to be confirmed."""
    by: Line
    """Who compared it."""
    reported_in: Line | None = None
    """For a fee: the edition of the fee schedule in which the amount was read."""


class OfficeLaw(Part):
    """The office's own rows, by table."""

    checked: tuple[Check, ...] = ()
    """Rows of the program that hold as they are, and were compared with their source again."""
    fees: tuple[Fee, ...] = ()
    """Amounts that have changed, or that the program has not: a row each."""
    fee_exemptions: tuple[FeeExemption, ...] = ()
    """Categories of people who pay no filing fee."""
    fee_waiver_bases: tuple[FeeWaiverBasis, ...] = ()
    """On what a request to waive the filing fee can rest, by `benefit`, `income` and `hardship`."""
    parole_fee_exceptions: tuple[ParoleFeeException, ...] = ()
    """Exceptions from the parole fee, in the words of 8 U.S.C. 1804(b)."""
    form_editions: tuple[FormEdition, ...] = ()
    """Editions of the official forms that packets hold, by `i-131`, `g-28` and so on."""
    other_forms: tuple[OtherForm, ...] = ()
    """Forms that no packet holds, and the fee schedule (`g-1055`) with its newest editions."""
    filing_addresses: tuple[FilingAddress, ...] = ()
    """Where paper filings go, a row for each carrier: `i131_item11_usps`."""
    initial_evidence: tuple[Requirement, ...] = ()
    """What a first request must contain (Form I-131, Part 1, Item 7)."""
    re_parole_evidence: tuple[Requirement, ...] = ()
    """What a request for a new period must contain (Form I-131, Part 1, Item 11)."""
    work_permit_evidence: tuple[Requirement, ...] = ()
    """What an application for a work permit must contain (Form I-765)."""
    recommended_evidence: tuple[Recommendation, ...] = ()
    """What usually proves a ground; what is missing becomes a warning."""
    discretionary_factors: tuple[DiscretionaryFactor, ...] = ()
    """What speaks for and against parole. For reference: nothing is computed from it."""
    poverty_guidelines: tuple[PovertyGuideline, ...] = ()
    """The federal poverty guidelines, a row for each size of household: `household_4`."""
    response_limits: tuple[ResponseLimit, ...] = ()
    """Days for an answer to a notice, days on the way (`carried_usps`), and the aim before the due
    date (`target`)."""
    deadlines: tuple[DeadlineRule, ...] = ()
    """How far from an event each deadline lies."""
    delivery_limits: tuple[DeliveryLimit, ...] = ()
    """What a paper filing and an online filing may hold; the checklist lists them."""
    federal_holidays: tuple[FederalHoliday, ...] = ()
    """Days on which federal offices are closed, each year or once."""
    explanations: tuple[Explanation, ...] = ()
    """What the letter to the client says of parole."""
    route_points: tuple[RoutePoint, ...] = ()
    """How that letter and the memorandum compare parole with other routes."""


def read_office_law(path: Path) -> Law:
    """Read the office's rows; raises FactsError with every fault of the file.

    Without such a file the tables of the program hold as they are.
    """
    if not path.is_file():
        return SHIPPED
    facts = read_file(path)
    office = interpret(OfficeLaw, facts)
    faults = (*_row_faults(facts, office), *_check_faults(facts, office))
    if faults:
        raise FactsError(faults)
    own: dict[str, tuple[OwnRow, ...]] = {}
    for table, row, place in (*_own_rows(office), *_checked_rows(office)):
        own[table] = (*own.get(table, ()), OwnRow(row, facts.source_of(place)))
    return Law(MappingProxyType(own))


def _own_rows(office: OfficeLaw) -> Iterator[tuple[str, Row, FactPath]]:
    for table in TABLES:
        for position, row in enumerate(getattr(office, table.name)):
            yield table.name, row, (table.name, position)


def _checked_rows(office: OfficeLaw) -> Iterator[tuple[str, Row, FactPath]]:
    """Give the rows as they were found, as far as no row of the office takes their place."""
    own = tuple(_own_rows(office))
    for position, check in enumerate(office.checked):
        ours = [row for name, row, _ in own if name == check.table and row.id == check.id]
        for row in _shipped_rows(check):
            if left := left_of(_checked(row, check), ours):
                yield check.table, left, ("checked", position)


def _checked(row: Row, check: Check) -> Row:
    """Give a row as it was found: what had to be confirmed has been, when it was read itself."""
    update: dict[str, Any] = {
        "source": f"{check.source}; compared by {check.by}",
        "status": check.status,
        "checked_on": check.checked_on,
        "confirm": None if check.status is SourceStatus.PRIMARY else row.confirm,
    }
    if check.reported_in is not None:
        update["reported_in"] = check.reported_in
    if isinstance(row, FormEdition) and check.status is SourceStatus.PRIMARY:
        update["conflict"] = ()
    return row.model_copy(update=update)


def _shipped_rows(check: Check) -> Iterator[Row]:
    """Give the row of that id that was in force on the day of the check, if there is one."""
    table = _BY_NAME.get(check.table)
    for row in table.shipped if table else ():
        if row.id == check.id and row.is_in_force(check.checked_on):
            yield row


def _row_faults(facts: Facts, office: OfficeLaw) -> Iterator[Fault]:
    for _, row, path in _own_rows(office):
        if row.effective_from and row.effective_to and row.effective_to < row.effective_from:
            message = "the row ends before it begins"
            yield facts.fault_at((*path, "effective_to"), message, "correct one of the two days")
    rows = (*_own_rows(office), *_checked_rows(office))
    for (table, first, _), (other_table, second, place) in combinations(rows, 2):
        if table == other_table and first.id == second.id and overlap(first, second):
            message = f'two rows "{second.id}" of {table} are in force on the same day'
            note = "give the former row its last day, or keep one of them"
            yield facts.fault_at((*place, "id"), message, note)


def _check_faults(facts: Facts, office: OfficeLaw) -> Iterator[Fault]:
    for position, check in enumerate(office.checked):
        path = ("checked", position)
        found = next(_shipped_rows(check), None)
        if check.table not in _BY_NAME:
            note = f"tables: {', '.join(_BY_NAME)}"
            yield facts.fault_at((*path, "table"), f'there is no table "{check.table}"', note)
        elif found is None:
            message = f'{check.table} has no row "{check.id}" in force on {check.checked_on}'
            note = f'an office adds a row of its own under "{check.table}:"'
            yield facts.fault_at((*path, "id"), message, note)
        elif found.checked_on > check.checked_on:
            message = f"the program's row was checked later, on {found.checked_on}"
            yield facts.fault_at((*path, "checked_on"), message, "remove this entry")
        if found is not None and check.reported_in is not None and check.table != FEES.name:
            message = '"reported_in" is for fees only'
            yield facts.fault_at((*path, "reported_in"), message, "remove the line")
