from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.rules.finding import Finding, Weight
from tests.cases import WHOLE, changed, findings_of

OVERSTAY = "{id: overstay, event: overstay, date: 2019-01-01, claims: ['So [@doctor p. 1].']}"
EVENT = ("    immigration_history: []", f"    immigration_history:\n      - {OVERSTAY}")
CARRIER = "  carrier: usps\n"
MEDICAL = "  parole_fee: {{beneficiary: kwabena, exception: {exception}, limbs: {limbs}}}"


def limbs(exception: str, written: str) -> tuple[str, str]:
    return ("  parole_fee: []", MEDICAL.format(exception=exception, limbs=written))


def news(folder: Path, text: str) -> tuple[Finding, ...]:
    """Give the findings that the whole case does not have."""
    usual = {(one.rule, one.message) for one in findings_of(folder, WHOLE)}
    return tuple(one for one in findings_of(folder, text) if (one.rule, one.message) not in usual)


def test_a_whole_case_has_no_errors(tmp_path: Path) -> None:
    found = findings_of(tmp_path, WHOLE)

    assert Weight.ERROR not in {one.weight for one in found}


@pytest.mark.parametrize(
    ("rule", "at", "changes"),
    [
        ("citation-unknown", "claims: [", [("[@doctor p. 1]", "[@docter p. 1]")]),
        ("citation-beyond-end", "claims: [", [("[@doctor p. 1]", "[@doctor p. 3]")]),
        ("citation-beyond-end", "claims: [", [("[@doctor p. 1]", "[@doctor pp. 1-9]")]),
        (
            "quote-not-found",
            "claims: [",
            [
                (
                    '["He bled twice [@doctor p. 1]."]',
                    "[{text: 'So [@doctor p. 1].', quote: thrice}]",
                )
            ],
        ),
        (
            "quote-uncited",
            "claims: [",
            [('["He bled twice [@doctor p. 1]."]', "[{text: So., quote: bled twice}]")],
        ),
        ("evidence-uncited", "id: tax", [("enough [@tax p. 1]", "enough")]),
        ("evidence-without-file", "id: tax", [(", file: exhibits/tax.pdf", "")]),
        ("evidence-without-group", "id: tax", [("tax_return,", "tax_return, group: nowhere,")]),
        ("translation-missing", "id: tax", [("tax_return,", "tax_return, language: Persian,")]),
        ("evidence-dated-later", "id: tax", [("tax_return,", "tax_return, date: 2026-12-02,")]),
        ("adverse-event-unanswered", "id: overstay", [EVENT]),
        (
            "negative-factor-unsupported",
            "negative",
            [("  negative: []", "  negative: [{factor: other, facts: [So.], response: [No.]}]")],
        ),
        ("payment-contradicts", "i131", [("credit_card", "waiver")]),
        (
            "exemption-unknown",
            "i131",
            [("credit_card", "exemption, exemption: {category: nice, claims: [So.]}")],
        ),
        (
            "parole-fee-exception-unfit",
            "parole_fee",
            [limbs("reunification", "{a: ['[@doctor p. 1].']}")],
        ),
        (
            "parole-fee-exception-unfit",
            "parole_fee",
            [limbs("returning_aos_applicant", "{a: ['[@doctor].'], b: ['[@doctor].']}")],
        ),
        ("limb-unmet", "parole_fee", [limbs("medical_emergency", "{a: ['[@doctor p. 1].']}")]),
        (
            "limb-unknown",
            "parole_fee",
            [
                limbs(
                    "medical_emergency",
                    "{a: ['[@doctor].'], b_i: ['[@doctor].'], c: ['[@doctor]']}",
                )
            ],
        ),
        (
            "limb-unproven",
            "parole_fee",
            [limbs("medical_emergency", "{a: [So.], b_i: ['[@doctor].']}")],
        ),
        (
            "basis-contradicts-grounds",
            "basis",
            [("urgent_humanitarian_reason", "significant_public_benefit")],
        ),
        (
            "expedite-without-reason",
            "expedite",
            [(CARRIER, f"{CARRIER}  expedite: {{requested: yes}}\n")],
        ),
        ("carrier-missing", "kind: initial_parole", [("  carrier: usps\n", "")]),
        (
            "passport-missing",
            "id: kwabena",
            [("    passport: {number: G0418276, country: Ghana}\n", "")],
        ),
        (
            "key-date-passed",
            "key_date",
            [(CARRIER, f"{CARRIER}  key_date: {{date: 2026-12-01, event: x}}\n")],
        ),
    ],
)
def test_a_rule_finds_its_fault_at_its_line(
    tmp_path: Path, rule: str, at: str, changes: list[tuple[str, str]]
) -> None:
    text = changed(*changes)
    (found,) = [one for one in news(tmp_path, text) if one.rule == rule]

    assert found.source is not None
    assert at in text.splitlines()[found.source.line - 1]
    assert found.cure


def test_a_quote_is_found_over_line_breaks_hyphens_and_curly_marks(tmp_path: Path) -> None:
    quote = """[{text: 'So [@doctor p. 2].', quote: 'An operation is "needed" within'}]"""

    assert news(tmp_path, changed(('["He bled twice [@doctor p. 1]."]', quote))) == ()


def test_a_quote_on_a_picture_is_a_warning_and_no_pass(tmp_path: Path) -> None:
    quote = """[{text: "Her income is enough [@tax p. 1].", quote: enough}]"""
    (found,) = news(tmp_path, changed(('["Her income is enough [@tax p. 1]."]', quote)))

    assert (found.rule, found.weight) == ("quote-unconfirmed", Weight.WARNING)


def test_an_adverse_event_that_a_factor_answers_is_silent(tmp_path: Path) -> None:
    factor = (
        "  negative: []",
        (
            "  negative:\n    - {factor: prior_overstay, events: overstay, facts: ['So.'], "
            "response: ['Left [@doctor p. 1].']}"
        ),
    )

    rules = [one.rule for one in news(tmp_path, changed(EVENT, factor))]

    assert "adverse-event-unanswered" not in rules


def test_waived_evidence_may_not_be_cited(tmp_path: Path) -> None:
    waived = (", file: exhibits/tax.pdf", ", waived: not issued yet")
    found = news(tmp_path, changed(waived))

    assert [one.rule for one in found if one.weight is Weight.ERROR] == [
        "citation-of-waived-evidence"
    ]


def test_a_waiver_with_an_online_filing_is_an_error(tmp_path: Path) -> None:
    told = "annual_income: 900, household: [], circumstances: So."
    waiver = ("credit_card", f"waiver, waiver: {{basis: income, claims: ['[@tax p. 1]'], {told}}}")
    online = ("  delivery: paper\n  carrier: usps\n", "  delivery: online\n")
    found = news(tmp_path, changed(waiver, online))

    assert [one.rule for one in found if one.weight is Weight.ERROR] == ["waiver-online"]
