"""The tables say, row by row, what the official texts and the reports say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from packet_builder.law.deadlines import DEADLINES, RESPONSE_LIMITS
from packet_builder.law.delivery_limits import DELIVERY_LIMITS
from packet_builder.law.discretionary_factors import DISCRETIONARY_FACTORS
from packet_builder.law.fee_exemptions import FEE_EXEMPTIONS
from packet_builder.law.fee_waivers import FEE_WAIVER_BASES
from packet_builder.law.fees import FEES, Mode
from packet_builder.law.filing_addresses import FILING_ADDRESSES
from packet_builder.law.form_editions import FORM_EDITIONS, OTHER_FORMS
from packet_builder.law.law import SHIPPED
from packet_builder.law.office import TABLES
from packet_builder.law.parole_fee_exceptions import PAROLE_FEE_EXCEPTIONS
from packet_builder.law.required_evidence import INITIAL_EVIDENCE, Duty
from packet_builder.law.table import PRINTABLE, Row, SourceStatus, Table

#: Row, mode, US dollars, first day, last day, status, whether it can be waived.
FEE_ROWS = """\
i131_item7_paper     paper   630 -          -          primary    yes
i131_item7_online    online  580 -          -          primary    no
i131_item6e          paper   630 -          -          primary    not established
i131_item9           paper   630 -          -          primary    no
i131_item11_paper    paper   630 -          -          primary    only if first paroled from abroad
i131_item11_online   online  580 -          -          primary    no
i131_item10_paper    paper   630 -          -          primary    only if first paroled from abroad
i131_item10_online   online  580 -          -          primary    no
i131_part9_paper     paper  1150 -          -          primary    only if first paroled from abroad
i131_part9_online    online 1050 -          -          primary    no
i131_part9_pl        both    280 -          2026-10-15 primary    never
i131_part9_pl        both    280 2026-10-16 -          unverified never
i131_item5h          paper   630 -          -          primary    no
i131_exempt          both      0 -          -          primary    not applicable
parole_fee           after  1000 2025-10-16 2025-12-31 secondary  never
parole_fee           after  1020 2026-01-01 2026-10-15 secondary  never
parole_fee           after  1050 2026-10-16 -          secondary  never
i134                 both      0 -          -          primary    not applicable
g28                  both      0 -          -          primary    not applicable
g1145                paper     0 -          -          primary    not applicable
i912                 paper     0 -          -          primary    not applicable
ar11                 both      0 -          -          primary    not applicable
i765_c11_paper       paper   520 -          -          primary    yes
i765_c11_online      online  470 -          -          primary    no
i765_c11_initial_pl  both    550 -          2025-12-31 secondary  never
i765_c11_initial_pl  both    560 2026-01-01 2026-10-15 secondary  never
i765_c11_initial_pl  both    570 2026-10-16 -          unverified never
i765_c11_renewal_pl  both    275 -          2025-12-31 primary    never
i765_c11_renewal_pl  both    280 2026-01-01 2026-10-15 secondary  never
i765_c11_renewal_pl  both    280 2026-10-16 -          unverified never
i290b                paper   800 -          -          primary    limited
i936                 -        25 -          -          secondary  yes
"""

#: What stands between the limbs as printed.
_BETWEEN = re.compile(r"\([A-Z]\)(?:\([ivx]+\))?|\([ivx]+\)|;|\.|,|\b(?:and|or)\b|\s+")

_TEXTS = yaml.safe_load((Path(__file__).parent / "official_texts.yaml").read_text("utf-8"))
EXCEPTIONS: Mapping[str, str] = _TEXTS["exceptions"]
ATTACHED: Mapping[str, str] = _TEXTS["attached"]
REQUIRED = """
req_form
req_no_duplicate
req_filer
req_bio
req_part4
req_part8
req_burden
req_no_part9
req_item13
req_dob
req_na
req_fee
ev_photo_id
ev_passport
ev_petitioner_id
ev_reason
ev_i134
ev_visa
ev_waiver
ev_petitions
ev_guidance
ev_consent
ev_both_sides
ev_g28
ev_no_photos
ev_biometrics
ev_ice
ev_all
ev_who
"""


def written(day: dt.date | None) -> str:
    return day.isoformat() if day else "-"


def test_every_fee_is_there_with_its_amount_dates_and_status() -> None:
    modes = {Mode.AFTER_FILING: "after", Mode.NOT_ESTABLISHED: "-"}
    found = [
        (
            row.id,
            modes.get(row.mode, row.mode.value),
            str(row.usd),
            written(row.effective_from),
            written(row.effective_to),
            row.status.value,
            row.waivable,
        )
        for row in FEES.shipped
    ]

    assert found == [tuple(line.split(maxsplit=6)) for line in FEE_ROWS.splitlines()]


@pytest.mark.parametrize("row", PAROLE_FEE_EXCEPTIONS.shipped, ids=lambda row: row.id)
def test_the_limbs_of_an_exception_are_its_text_as_printed(row: Row) -> None:
    exception = next(one for one in PAROLE_FEE_EXCEPTIONS.shipped if one.id == row.id)
    rest = EXCEPTIONS[exception.id]
    for piece in (exception.lead, *(limb.text for limb in exception.limbs)):
        assert piece in rest
        rest = rest.replace(piece, " ", 1)

    assert _BETWEEN.sub("", rest) == ""
    assert list(EXCEPTIONS).index(exception.id) + 1 == exception.number


def test_a_word_that_is_missing_in_a_limb_would_be_seen() -> None:
    text = EXCEPTIONS["funeral"].replace("the alien is seeking to attend", "", 1)

    assert _BETWEEN.sub("", text) != ""


@pytest.mark.parametrize("identifier", sorted(ATTACHED))
def test_what_must_be_attached_is_quoted_word_for_word(identifier: str) -> None:
    row = SHIPPED.any_in_force(INITIAL_EVIDENCE, identifier, dt.date(2026, 12, 1))

    assert row.text == ATTACHED[identifier]
    assert row.status is SourceStatus.PRIMARY


def test_everything_that_an_initial_request_must_contain_is_there() -> None:
    assert [row.id for row in INITIAL_EVIDENCE.shipped] == REQUIRED.split()
    assert {row.duty for row in INITIAL_EVIDENCE.shipped} == set(Duty)


def test_every_form_has_its_edition_pages_and_day_of_expiry() -> None:
    found = [
        (row.form, row.edition, row.pages, written(row.expires_on_face), bool(row.confirm))
        for row in FORM_EDITIONS.shipped
    ]

    assert found == [
        ("I-131", "01/20/25", 14, "2027-06-30", True),
        ("I-134", "01/20/25", 10, "2027-12-31", True),
        ("I-765", "08/21/25", 7, "2027-08-31", True),
        ("I-912", "07/22/25", 8, "2027-03-31", True),
        ("G-28", "09/17/18", 4, "2021-05-31", True),
        ("G-1450", "02/06/26", 1, "-", True),
        ("G-1650", "06/03/25", 1, "-", True),
        ("G-1145", "09/26/14", 1, "-", False),
    ]
    assert [row.form for row in FORM_EDITIONS.shipped if row.expiry_is_ignored] == ["G-28"]
    assert [row.form for row in FORM_EDITIONS.shipped if row.conflict] == ["I-765"]


def test_forms_that_no_packet_holds_are_known_too() -> None:
    found = [(row.form, row.edition, row.status.value) for row in OTHER_FORMS.shipped]

    assert found == [
        ("G-1651", None, "unverified"),
        ("AR-11", "11/02/22", "primary"),
        ("I-589", "07/28/26", "primary"),
        ("I-134A", "07/11/23", "primary"),
        ("G-1055", "05/29/26", "primary"),
    ]


def test_the_two_addresses_are_those_reported() -> None:
    found = {row.id: (", ".join(row.lines), row.status.value) for row in FILING_ADDRESSES.shipped}
    courier = "2501 S. State Hwy. 121 Business, Suite 400, Lewisville, TX 75067-8003"

    assert found == {
        "i131_item7_usps": (
            "USCIS, Attn: HP, P.O. Box 660865, Dallas, TX 75266-0865",
            "secondary",
        ),
        "i131_item7_courier": (f"USCIS, Attn: HP (Box 660865), {courier}", "secondary"),
    }


def test_waiver_exemption_and_exception_are_three_tables_that_share_no_id() -> None:
    tables: tuple[Table[Row], ...] = (FEE_WAIVER_BASES, FEE_EXEMPTIONS, PAROLE_FEE_EXCEPTIONS)  # type: ignore[assignment]
    ids = [row.id for table in tables for row in table.shipped]

    assert len(ids) == len(set(ids)) == 3 + 7 + 10


def test_limits_of_time_are_those_reported() -> None:
    limits = {row.id: row.days for row in RESPONSE_LIMITS.shipped if row.days is not None}
    deadlines = {
        row.id: (row.years, row.days) for row in DEADLINES.shipped if row.years or row.days
    }
    months = {row.id: row.months for row in DEADLINES.shipped if row.months}

    assert months == {"passport_renewal": -6}
    assert limits == {
        "rfe": 84,
        "noid": 30,
        "no_days_abroad": 0,
        "served_by_mail": 3,
        "target": 7,
        "carried_usps": 5,
        "carried_courier": 2,
    }
    assert deadlines == {
        "ead_renewal": (0, -180),
        "ead_length": (1, 0),
        "re_parole_reminder": (0, -180),
        "re_parole_target": (0, -90),
        "asylum": (1, -1),
        "address": (0, 10),
        "three_year_bar": (0, 180),
        "ten_year_bar": (0, 365),
        "presence_begins": (0, 1),
        "law_check": (0, 45),
    }


def test_what_is_not_established_is_said_to_be_so() -> None:
    unsure = [
        (table.name, row.id)
        for table in TABLES
        for row in table.shipped
        if row.status is SourceStatus.UNVERIFIED
    ]

    assert unsure == [
        ("fees", "i131_part9_pl"),
        ("fees", "i765_c11_initial_pl"),
        ("fees", "i765_c11_renewal_pl"),
        ("other_forms", "g-1651"),
        ("discretionary_factors", "definite_purpose"),
        ("discretionary_factors", "intent_to_depart"),
        ("response_limits", "weekend"),
        ("deadlines", "three_year_bar"),
        ("deadlines", "ten_year_bar"),
        ("deadlines", "presence_begins"),
        ("delivery_limits", "upload_names"),
        ("delivery_limits", "i134_online"),
        ("delivery_limits", "single_sided"),
    ]


@pytest.mark.parametrize("table", [FEES, FEE_EXEMPTIONS, FILING_ADDRESSES, FORM_EDITIONS])
def test_what_a_packet_pays_or_is_sent_by_rests_on_no_choice_of_ours(table: Table[Row]) -> None:
    assert SourceStatus.DESIGN not in {row.status for row in table.shipped}
    assert SourceStatus.DESIGN not in PRINTABLE


def test_the_factors_are_those_of_the_law_and_of_the_page_as_reported() -> None:
    found = [(row.id, row.sign.value) for row in DISCRETIONARY_FACTORS.shipped]

    assert found == [
        ("burden", "rule"),
        ("port_of_entry", "rule"),
        ("reason", "positive"),
        ("definite_purpose", "positive"),
        ("intent_to_depart", "positive"),
        ("undertaking", "positive"),
        ("benefit_to_others", "positive"),
        ("financial_support", "positive"),
        ("no_financial_support", "negative"),
        ("violations", "negative"),
        ("false_statement", "negative"),
        ("totality", "rule"),
    ]


def test_an_upload_may_hold_twelve_million_bytes() -> None:
    found = {row.id: row.limit for row in DELIVERY_LIMITS.shipped if row.limit}

    assert found == {"upload_bytes": 12_000_000}
