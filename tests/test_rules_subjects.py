"""A filing is examined by what it is about, and by what holds for every filing."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.outline import Subject, subject_of
from packet_builder.rules.examine import ALWAYS, BY_SUBJECT, RULES, examine
from packet_builder.rules.finding import Dossier, Finding
from packet_builder.rules.law_uses import uses_of
from packet_builder.rules.matrix import evidence_matrix
from tests.broken import examined
from tests.cases import INITIAL, SEEN, WHOLE, changed, facts_of


def dossier(folder: Path, text: str, *about: Subject) -> Dossier:
    facts = facts_of(folder, text)
    outline = INITIAL.model_copy(update={"about": about})
    return Dossier(interpret(Case, facts), SEEN, outline)


def found(folder: Path, text: str, *about: Subject) -> tuple[Finding, ...]:
    return examine(dossier(folder, text, *about), facts_of(folder, text))


def test_every_rule_has_one_place() -> None:
    listed = [*ALWAYS, *chain.from_iterable(BY_SUBJECT.values())]
    assert len(listed) == len(set(listed)) == len(RULES)


def test_an_initial_request_is_about_everything_but_what_follows_it() -> None:
    later = {
        *(Subject.INTERVIEW, Subject.EXPLANATION, Subject.STRATEGY),
        *(Subject.RE_PAROLE, Subject.WORK_PERMIT, Subject.RFE, Subject.NOID),
    }
    assert set(Subject) - set(INITIAL.about) == later


@pytest.mark.parametrize(
    ("change", "rule", "subject"),
    [
        (("carrier: usps", "# carrier"), "carrier-missing", Subject.DELIVERY),
        (("twice [@doctor p. 1]", "twice [@nobody p. 1]"), "citation-unknown", Subject.REQUEST),
        (("summary:", "arrival: 2026-11-01\n  summary:"), "dates-out-of-order", Subject.ENTRY),
    ],
)
def test_what_a_filing_is_not_about_is_not_held_against_it(
    tmp_path: Path, change: tuple[str, str], rule: str, subject: Subject
) -> None:
    old, new = change
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE
    assert rule in {one.rule for one in found(tmp_path, text, *Subject)}
    others = [one for one in Subject if one is not subject]
    assert rule not in {one.rule for one in found(tmp_path, text, *others)}


def test_what_holds_for_every_filing_is_held_against_each(tmp_path: Path) -> None:
    text = changed(("date_of_birth: 1992-07-09", "date_of_birth: 2037-07-09"))
    assert "birth-impossible" in {one.rule for one in found(tmp_path, text)}


def test_law_and_matrix_follow_what_the_filing_is_about(tmp_path: Path) -> None:
    bare = dossier(tmp_path, WHOLE)
    assert {use.table.name for use in uses_of(bare)} == {"form_editions"}
    assert {one.part for one in evidence_matrix(bare, ())} == {"Exhibits"}
    assert "fees" in {use.table.name for use in uses_of(dossier(tmp_path, WHOLE, *Subject))}


def test_a_statement_belongs_to_a_subject_by_its_place() -> None:
    assert subject_of(("fees", "parole_fee", 0, "limbs", "a")) is Subject.PAROLE_FEE
    assert subject_of(("beneficiaries", 0, "immigration_history", 1, "claims")) is Subject.HISTORY
    assert subject_of(("notice", "items", 0, "answer")) is None


def test_photographs_of_a_work_permit_go_beside_what_a_file_can_hold(tmp_path: Path) -> None:
    base = Path(__file__).parent / "broken_cases" / "whole-work-permit.yaml"
    (told,) = [
        one
        for one in examined(tmp_path, base.read_text(encoding="utf-8"))
        if one.rule == "photographs"
    ]

    assert told.message.endswith("the application of Kwabena Boateng")
