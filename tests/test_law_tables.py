"""Every table of law can be read, has its sources, and never answers twice or by guessing."""

from __future__ import annotations

import ast
import datetime as dt
import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import packet_builder
from packet_builder.law.deadlines import deadline, response_limit
from packet_builder.law.delivery_limits import delivery_limit
from packet_builder.law.discretionary_factors import Sign, discretionary_factors
from packet_builder.law.fee_waivers import fee_waiver_bases, fee_waiver_basis
from packet_builder.law.fees import fee, fees
from packet_builder.law.form_editions import form_edition, newest_schedule
from packet_builder.law.law import SHIPPED
from packet_builder.law.office import TABLES
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.law.poverty_guidelines import poverty_guideline
from packet_builder.law.required_evidence import (
    RECOMMENDED_EVIDENCE,
    Duty,
    Need,
    recommendations,
    requirement,
    requirements,
)
from packet_builder.law.table import (
    PRINTABLE,
    LawGapError,
    LawUnverifiedError,
    Row,
    SourceStatus,
)
from packet_builder.model.evidence import EvidenceKind
from packet_builder.model.request import GroundKind
from packet_builder.model.waiver import WaiverBasis

BY_NAME = {table.name: table for table in TABLES}
ROWS: list[tuple[str, Row]] = [(table.name, row) for table in TABLES for row in table.shipped]
NAMES = [f"{name}:{row.id}:{row.effective_from}" for name, row in ROWS]
ON = dt.date(2026, 12, 1)
#: Modules that list the official forms for the office, and make no document of a packet.
NO_DOCUMENT = {
    *("blanks.py", "form_list.py", "form_report.py"),
    *("doctor.py", "questions.py", "schemas.py", "starter.py"),
}
DAY = dt.timedelta(days=1)
PACKAGE = Path(packet_builder.__file__).parent


def overlaps(rows: Sequence[Row]) -> list[str]:
    """Name the ids of which two rows are in force on one day."""
    return [
        one.id
        for one, other in itertools.combinations(rows, 2)
        if one.id == other.id
        and (one.effective_from or dt.date.min) <= (other.effective_to or dt.date.max)
        and (other.effective_from or dt.date.min) <= (one.effective_to or dt.date.max)
    ]


def kinds_of(name: str, row: Row) -> set[str]:
    if name == "parole_fee_exceptions":
        return {kind for limb in getattr(row, "limbs", ()) for kind in limb.kinds}
    return set(getattr(row, "kinds", ()))


def test_every_table_has_a_reader() -> None:
    files = {path.stem for path in (PACKAGE / "law" / "tables").glob("*.yaml")}

    assert files == set(BY_NAME)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_no_two_rows_of_one_id_are_in_force_on_one_day(name: str) -> None:
    assert overlaps(BY_NAME[name].shipped) == []


def test_an_overlap_is_seen() -> None:
    rows = [row for row in fees(SHIPPED) if row.id == "parole_fee"]
    late = rows[0].model_copy(update={"effective_to": rows[1].effective_from})

    assert overlaps([late, *rows[1:]]) == ["parole_fee"]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=NAMES)
def test_every_row_says_where_it_comes_from_and_when_it_was_checked(name: str, row: Row) -> None:
    assert name
    assert row.source.strip()
    assert row.checked_on <= ON
    if row.effective_from and row.effective_to:
        assert row.effective_from <= row.effective_to


@pytest.mark.parametrize(("name", "row"), ROWS, ids=NAMES)
def test_every_kind_of_evidence_in_a_table_is_one_that_the_facts_may_name(
    name: str, row: Row
) -> None:
    assert kinds_of(name, row) <= set(EvidenceKind)


@given(st.sampled_from([pair for pair in ROWS if pair[1].effective_from]), st.integers(-3, 3))
def test_a_row_begins_on_its_day(pair: tuple[str, Row], offset: int) -> None:
    name, row = pair
    assert row.effective_from is not None
    on = row.effective_from + offset * DAY
    found = [one for one in BY_NAME[name].shipped if one.id == row.id and one.is_in_force(on)]

    assert (row in found) == (offset >= 0)
    assert len(found) <= 1


@given(st.sampled_from([pair for pair in ROWS if pair[1].effective_to]), st.integers(-3, 3))
def test_a_row_ends_on_its_day(pair: tuple[str, Row], offset: int) -> None:
    name, row = pair
    assert row.effective_to is not None
    on = row.effective_to + offset * DAY
    found = [one for one in BY_NAME[name].shipped if one.id == row.id and one.is_in_force(on)]

    assert (row in found) == (offset <= 0)
    assert len(found) <= 1


@given(st.sampled_from(ROWS), st.dates())
def test_a_lookup_gives_the_row_of_the_day_or_names_the_gap(
    pair: tuple[str, Row], on: dt.date
) -> None:
    name, row = pair
    table = BY_NAME[name]
    if any(one.id == row.id and one.is_in_force(on) for one in table.shipped):
        assert SHIPPED.any_in_force(table, row.id, on).is_in_force(on)
    else:
        with pytest.raises(LawGapError, match=f'{name}.yaml has no row "{row.id}" in force on'):
            SHIPPED.any_in_force(table, row.id, on)


@pytest.mark.parametrize(
    ("name", "row"), [pair for pair in ROWS if pair[1].status not in PRINTABLE]
)
def test_no_row_without_a_source_is_given_to_a_document(name: str, row: Row) -> None:
    on = row.effective_from or row.effective_to or ON

    with pytest.raises(LawUnverifiedError, match="is not verified"):
        SHIPPED.in_force(BY_NAME[name], row.id, on)


def test_documents_ask_only_for_rows_that_may_be_printed() -> None:
    """What plans and renders documents imports no reader that gives rows without a source."""
    safe = {
        "packet_builder.law.fee_exemptions": {"fee_exemption"},
        "packet_builder.law.fee_waivers": {"fee_waiver_basis"},
        "packet_builder.law.fees": {"fee", "Fee"},
        "packet_builder.law.filing_addresses": {"filing_address", "FilingAddress"},
        "packet_builder.law.form_editions": {"form_edition", "FormEdition"},
        "packet_builder.law.parole_fee_exceptions": {
            "parole_fee_exception",
            "ParoleFeeException",
            "Limb",
        },
        "packet_builder.law.poverty_guidelines": {"poverty_guideline"},
        "packet_builder.law.law": {"SHIPPED", "Law"},
        "packet_builder.law.office": {"FILE", "read_office_law"},
        "packet_builder.law.explanations": {
            *("explanations", "route_points", "Explanation", "RoutePoint"),
            *("Topic", "Route", "Aspect"),
        },
        "packet_builder.law.table": {"LawGapError", "LawUnverifiedError", "Row"},
    }
    stages = ("plan", "documents", "packet", "assembly")
    imports = [
        (node.module, alias.name)
        for stage in stages
        for path in (PACKAGE / stage).rglob("*.py")
        if path.name not in NO_DOCUMENT
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("packet_builder.law")
        for alias in node.names
    ]

    assert len(imports) > 5
    assert [found for found in imports if found[1] not in safe.get(found[0] or "", set())] == []


def test_the_fee_of_an_initial_employment_document_is_not_known_after_the_change() -> None:
    assert fee(SHIPPED, "i765_c11_initial_pl", dt.date(2026, 10, 15)).usd == 560
    with pytest.raises(LawUnverifiedError, match="never printed as law"):
        fee(SHIPPED, "i765_c11_initial_pl", dt.date(2026, 10, 16))


def test_fees_of_the_public_law_are_paid_apart_and_never_waived() -> None:
    apart = [row for row in fees(SHIPPED) if row.separate]

    assert {row.id for row in apart} == {
        "i131_part9_pl",
        "parole_fee",
        "i765_c11_initial_pl",
        "i765_c11_renewal_pl",
    }
    assert {row.waivable for row in apart} == {"never"}


def test_the_two_reports_on_the_work_permit_form_stand_beside_its_edition() -> None:
    row = form_edition(SHIPPED, "i-765", ON)

    assert len(row.conflict) == 2
    assert row.confirm_within_days == 3
    assert row.confirm == "which edition is accepted is in conflict"


def test_the_newest_known_fee_schedule_is_the_last_reported() -> None:
    assert newest_schedule(SHIPPED, ON) == "10/01/26"


def test_the_ten_exceptions_say_what_to_ask_what_proves_it_and_what_to_argue() -> None:
    for row in parole_fee_exceptions(SHIPPED):
        assert row.argue
        assert set(row.grounds) <= set(GroundKind)
        for limb in row.limbs:
            assert limb.asks
            assert limb.evidence
            assert limb.kinds


def test_the_bases_of_a_waiver_are_those_of_the_facts() -> None:
    assert {row.id for row in fee_waiver_bases(SHIPPED)} == set(WaiverBasis)
    assert fee_waiver_basis(SHIPPED, "income", ON).percent_of_guideline == 150


def test_every_ground_has_recommendations_and_no_other_has() -> None:
    rows = RECOMMENDED_EVIDENCE.shipped

    assert {row.ground for row in rows} == set(GroundKind)
    assert all(bool(row.kinds) == (row.needs is Need.EVIDENCE) for row in rows)
    assert next(row.id for row in recommendations(SHIPPED, "funeral", ON)) == "funeral.death"


def test_the_eight_items_that_must_be_attached_are_there_in_full() -> None:
    items = [row for row in requirements(SHIPPED) if "item 5.C(" in row.source]

    assert [row.text[:3] for row in items] == [f"({number})" for number in range(1, 9)]
    assert requirement(SHIPPED, "ev_visa", ON).duty is Duty.STATEMENT


def test_limits_of_notices_and_deadlines_are_found_by_date() -> None:
    assert response_limit(SHIPPED, "rfe", ON).days == 84
    assert response_limit(SHIPPED, "noid", ON).days == 30
    assert deadline(SHIPPED, "address", ON).days == 10
    assert delivery_limit(SHIPPED, "upload_bytes", ON).limit == 12_000_000
    with pytest.raises(LawGapError, match="no_request"):
        response_limit(SHIPPED, "no_request", dt.date(2026, 8, 4))


def test_a_household_that_the_guidelines_do_not_have_is_a_gap_and_no_sum() -> None:
    assert poverty_guideline(SHIPPED, 4, ON).usd == 33_000
    for household, on in ((3, ON), (5, ON), (4, dt.date(2027, 1, 1)), (4, dt.date(2025, 12, 31))):
        with pytest.raises(LawGapError, match=f"household_{household}"):
            poverty_guideline(SHIPPED, household, on)


def test_factors_are_for_against_or_rules() -> None:
    assert {row.sign for row in discretionary_factors(SHIPPED)} == set(Sign)


def test_a_status_that_may_not_be_printed_is_no_source() -> None:
    assert {SourceStatus.PRIMARY, SourceStatus.SECONDARY} == PRINTABLE


BOUNDARIES = [
    (name, row.id, day)
    for name, row in ROWS
    for day in (row.effective_from, row.effective_to)
    if day is not None
]


@pytest.mark.parametrize(("name", "identifier", "day"), BOUNDARIES)
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_around_every_boundary_the_row_of_the_day_is_given_or_a_gap(
    name: str, identifier: str, day: dt.date, offset: int
) -> None:
    on = day + offset * DAY
    rows = [one for one in BY_NAME[name].shipped if one.id == identifier]
    expected = [
        one
        for one in rows
        if (one.effective_from or dt.date.min) <= on <= (one.effective_to or dt.date.max)
    ]

    if expected:
        assert [SHIPPED.any_in_force(BY_NAME[name], identifier, on)] == expected
    else:
        with pytest.raises(LawGapError, match=f'"{identifier}" in force on {on:%Y-%m-%d}'):
            SHIPPED.any_in_force(BY_NAME[name], identifier, on)
