from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.facts.fault import FactsError
from packet_builder.rules.accepted import NEVER_ACCEPTED
from packet_builder.rules.catalogue import RULE_IDS
from packet_builder.rules.finding import Weight
from packet_builder.rules.lines import finding_lines
from packet_builder.rules.report import finding_row
from tests.cases import changed, findings_of

UNSUPPORTED = ("  negative: []", "  negative: [{factor: other, facts: [So.], response: [No.]}]")
NAME = "negative-factor-unsupported"


def accepting(rule: str, about: str = "") -> tuple[str, str]:
    words = f"about: {about}, " if about else ""
    one = f"{{rule: {rule}, {words}reason: the record is sealed, by: Jordan Lee}}"
    return ("fees:\n", f"accepted_findings: [{one}]\nfees:\n")


def test_an_accepted_error_becomes_a_note_that_says_who_accepts_it_and_why(tmp_path: Path) -> None:
    found = findings_of(tmp_path, changed(UNSUPPORTED, accepting(NAME)))
    (one,) = [one for one in found if one.rule == NAME]

    assert one.weight is Weight.NOTE
    assert "(accepted error by Jordan Lee: the record is sealed)" in one.message
    assert "accepted error by Jordan Lee" in finding_lines(finding_row(one))[0]
    assert finding_row(one)["weight"] == "note"
    assert Weight.ERROR not in {other.weight for other in found}


def test_an_acceptance_about_something_else_leaves_the_error(tmp_path: Path) -> None:
    found = findings_of(tmp_path, changed(UNSUPPORTED, accepting(NAME, "overstay")))

    assert (NAME, Weight.ERROR) in {(one.rule, one.weight) for one in found}
    assert "acceptance-unused" in {one.rule for one in found}


def test_an_acceptance_about_the_words_of_the_message_is_enough(tmp_path: Path) -> None:
    found = findings_of(tmp_path, changed(UNSUPPORTED, accepting(NAME, "response to other")))

    assert Weight.ERROR not in {one.weight for one in found}


def test_an_unknown_rule_is_a_fault_that_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=f'did you mean "{NAME}"') as caught:
        findings_of(tmp_path, changed(accepting("negative-factor-unsuported")))

    (fault,) = caught.value.faults
    assert 'there is no rule "negative-factor-unsuported"' in fault.message


def test_what_no_packet_can_be_built_without_is_never_accepted(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=r'"citation-unknown" cannot be accepted'):
        findings_of(tmp_path, changed(accepting("citation-unknown")))


def test_a_reason_and_a_name_are_required(tmp_path: Path) -> None:
    without = ("fees:\n", f"accepted_findings: [{{rule: {NAME}, by: Jordan Lee}}]\nfees:\n")

    with pytest.raises(FactsError, match="reason"):
        findings_of(tmp_path, changed(without))


def test_only_known_rules_are_never_accepted() -> None:
    assert NEVER_ACCEPTED < RULE_IDS
