"""Findings on the law that a packet rests on: gaps, age, editions, confirmation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from packet_builder.law.fees import FEES
from packet_builder.law.form_editions import FORM_EDITIONS, form_edition
from packet_builder.law.law import SHIPPED, Law
from packet_builder.rules.finding import Finding, Weight
from tests.cases import WHOLE, changed, findings_of
from tests.laws import with_changes

DATE = "  date: 2026-12-01\n"


def of_rule(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    return [one for one in findings if one.rule == rule]


def filed(tmp_path: Path, on: dt.date) -> tuple[Finding, ...]:
    return findings_of(tmp_path, changed((DATE, f"  date: {on}\n")))


def edition(**update: object) -> Law:
    return with_changes(FORM_EDITIONS, "i-131", **update)


@pytest.mark.parametrize(
    ("days", "weight"),
    [(0, None), (14, None), (15, Weight.WARNING), (45, Weight.WARNING), (46, Weight.ERROR)],
)
def test_law_that_was_checked_too_long_ago_warns_and_then_stops(
    tmp_path: Path, days: int, weight: Weight | None
) -> None:
    on = dt.date(2026, 11, 23) + dt.timedelta(days=days)
    found = of_rule(filed(tmp_path, on), "law-stale")

    assert {one.weight for one in found} == ({weight} if weight else set())
    assert all(f"{days} days before the filing" in one.message for one in found)


@pytest.mark.parametrize(("days", "warned"), [(90, False), (91, True)])
def test_a_row_is_not_taken_to_have_held_for_ever(
    tmp_path: Path, days: int, *, warned: bool
) -> None:
    on = dt.date(2026, 11, 23) - dt.timedelta(days=days)
    found = of_rule(filed(tmp_path, on), "law-start-unknown")

    assert bool(found) is warned
    assert {one.weight for one in found} <= {Weight.WARNING}
    assert not any("parole fee" in one.message for one in found)  # its start is known


def test_a_date_before_the_first_row_is_a_gap(tmp_path: Path) -> None:
    found = of_rule(filed(tmp_path, dt.date(2025, 10, 15)), "law-gap")

    assert [one.weight for one in found] == [Weight.ERROR]
    assert 'no row "parole_fee"' in found[0].message
    assert of_rule(filed(tmp_path, dt.date(2025, 10, 16)), "law-gap") == []


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"newer_edition": "12/01/26"}, "edition 12/01/26 is known to replace it"),
        ({"expires_on_face": dt.date(2026, 11, 30)}, "it expired on 2026-11-30"),
    ],
)
def test_an_edition_that_is_not_current_stops_the_build(
    tmp_path: Path, update: dict[str, object], words: str
) -> None:
    (found,) = of_rule(findings_of(tmp_path, WHOLE, edition(**update)), "form-edition")

    assert found.weight is Weight.ERROR
    assert words in found.message


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"conflict": ("a", "b")}, "reports contradict each other"),
        ({"confirm_within_days": 7}, "within 7 days before filing, and was last checked 8 days"),
    ],
)
def test_an_edition_that_nobody_has_confirmed_lately_may_be_drafted_on(
    tmp_path: Path, update: dict[str, object], words: str
) -> None:
    found = findings_of(tmp_path, WHOLE, edition(**update))

    (doubt,) = of_rule(found, "form-edition-unconfirmed")
    assert doubt.weight is Weight.WARNING
    assert words in doubt.message
    assert of_rule(found, "form-edition") == []


def test_an_edition_that_was_confirmed_in_time_is_in_no_doubt(tmp_path: Path) -> None:
    found = findings_of(tmp_path, WHOLE, edition(confirm_within_days=8))

    assert of_rule(found, "form-edition-unconfirmed") == []


def test_an_expiry_that_the_agency_ignores_is_silent(tmp_path: Path) -> None:
    assert form_edition(SHIPPED, "g-28", dt.date(2026, 12, 1)).expires_on_face == dt.date(
        2021, 5, 31
    )
    assert of_rule(findings_of(tmp_path, WHOLE), "form-edition") == []


def test_an_edition_on_its_last_day_is_silent(tmp_path: Path) -> None:
    law = edition(expires_on_face=dt.date(2026, 12, 1))

    assert of_rule(findings_of(tmp_path, WHOLE, law), "form-edition") == []


def test_an_amount_that_the_newest_schedule_is_not_reported_to_have_warns(
    tmp_path: Path,
) -> None:
    law = with_changes(FEES, "i131_item7_paper", reported_in=None)

    assert of_rule(findings_of(tmp_path, WHOLE), "fee-schedule-superseded") == []
    found = of_rule(findings_of(tmp_path, WHOLE, law), "fee-schedule-superseded")

    assert {one.weight for one in found} == {Weight.WARNING}
    assert "10/01/26" in found[0].message


def test_what_rests_on_others_is_confirmed_before_filing_with_its_source(tmp_path: Path) -> None:
    found = of_rule(findings_of(tmp_path, WHOLE), "law-to-confirm")
    said = {one.message: one.law for one in found}

    assert {one.weight for one in found} == {Weight.NOTE}
    fee_line = "confirm before filing: the parole fee on approval, $1,050"
    assert "FR Doc. 2026-20187" in (said[fee_line] or "")
    assert any(one.startswith("confirm before filing: the filing address, USCIS") for one in said)


def test_an_exempt_or_waived_fee_asks_for_its_own_rows(tmp_path: Path) -> None:
    claims = "claims: ['So [@tax p. 1].']"
    waived = findings_of(
        tmp_path, changed(("credit_card", f"waiver, waiver: {{basis: hardship, {claims}}}"))
    )
    exempt = findings_of(
        tmp_path, changed(("credit_card", f"exemption, exemption: {{category: vawa, {claims}}}"))
    )

    assert any("I-912" in one.message for one in of_rule(waived, "law-to-confirm"))
    assert not any("G-1450" in one.message for one in of_rule(waived, "law-to-confirm"))
    assert of_rule(exempt, "law-gap") == []


def test_an_online_filing_is_told_its_limits(tmp_path: Path) -> None:
    online = ("  delivery: paper\n  carrier: usps\n", "  delivery: online\n")
    expedite = (DATE, f"{DATE}  expedite: {{requested: yes, reason: he may die}}\n")
    found = findings_of(tmp_path, changed(online, expedite))

    assert "12,000,000 bytes" in of_rule(found, "online-limits")[0].message
    assert of_rule(found, "expedite-online")
    assert of_rule(findings_of(tmp_path, WHOLE), "online-limits") == []
