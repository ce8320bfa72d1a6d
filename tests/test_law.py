from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packet_builder.law.fee_exemptions import fee_exemptions
from packet_builder.law.fees import fee
from packet_builder.law.filing_addresses import filing_address
from packet_builder.law.form_editions import form_edition
from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.law.table import LawGapError, SourceStatus


@pytest.mark.parametrize(
    ("on", "usd"),
    [
        ("2025-10-16", 1000),
        ("2025-12-31", 1000),
        ("2026-01-01", 1020),
        ("2026-10-15", 1020),
        ("2026-10-16", 1050),
        ("2026-12-01", 1050),
    ],
)
def test_the_parole_fee_changes_on_its_day(on: str, usd: int) -> None:
    row = fee(SHIPPED, "parole_fee", dt.date.fromisoformat(on))

    assert (row.usd, row.status) == (usd, SourceStatus.SECONDARY)


@given(st.dates(max_value=dt.date(2025, 10, 15)))
def test_before_the_first_row_there_is_a_gap_and_no_guess(on: dt.date) -> None:
    with pytest.raises(LawGapError, match=r'fees\.yaml has no row "parole_fee" in force on'):
        fee(SHIPPED, "parole_fee", on)


def test_an_unknown_row_is_a_gap() -> None:
    with pytest.raises(LawGapError, match="never takes the nearest value"):
        fee(SHIPPED, "i999", dt.date(2026, 12, 1))


def test_there_are_ten_exceptions_in_the_order_of_the_statute() -> None:
    rows = parole_fee_exceptions(SHIPPED)

    assert [row.number for row in rows] == list(range(1, 11))
    for row in rows:
        limbs = {limb.id for limb in row.limbs}
        assert {limb for group in row.requires for limb in group} == limbs
        assert row.status is SourceStatus.PRIMARY
        assert row.unmet(limbs) == ()
        assert row.unmet(()) == row.requires


def test_an_alternative_limb_is_enough() -> None:
    row = parole_fee_exceptions(SHIPPED)[0]

    assert row.unmet({"a", "b_ii"}) == ()
    assert row.unmet({"a"}) == (("b_i", "b_ii"),)


def test_every_other_table_can_be_read() -> None:
    on = dt.date(2026, 12, 1)

    assert form_edition(SHIPPED, "i-131", on).edition == "01/20/25"
    assert (
        filing_address(SHIPPED, "i131_item7_courier", on).lines[-1] == "Lewisville, TX 75067-8003"
    )
    assert len(fee_exemptions(SHIPPED)) == 7
