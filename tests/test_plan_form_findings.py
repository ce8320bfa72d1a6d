from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.assembly.build import examined
from packet_builder.assembly.case_file import read_case_file
from packet_builder.assembly.order import Order
from packet_builder.facts import FactsError, read_facts, read_file
from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.fields import fields_at
from packet_builder.model.firm import Firm
from packet_builder.outline import Each, Entry
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_places import FIRM, places_of
from packet_builder.plan.forms import subjects_of
from packet_builder.rules.catalogue import ANSWERED_BEFORE_FILING
from packet_builder.rules.finding import Finding, Weight
from packet_builder.workspace import Folders, shipped
from tests.cases import INITIAL, changed, write_case
from tests.form_facts import maximal
from tests.form_pages import EACH, EDITIONS, map_of
from tests.form_pages import FIRM as OFFICE

NAME = "    name: {family: Boateng, given: Kwabena}\n"
LIVES = "    residence: Ghana\n"


def found(folder: Path, *changes: tuple[str, str]) -> tuple[Finding, ...]:
    """Examine a case whose blanks are not there: the questions are known all the same."""
    write_case(folder / "cases", changed(*changes))
    folders = Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")
    return examined(Order("boateng", folders, None, "dxpdf")).findings


def of(rule: str, findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


def one(words: str, findings: tuple[Finding, ...]) -> Finding:
    (finding,) = [finding for finding in findings if words in finding.message]
    return finding


def test_an_open_question_names_form_part_item_question_and_the_fact_to_add(
    tmp_path: Path,
) -> None:
    finding = one('"Country of Birth"', found(tmp_path))

    assert finding.weight is Weight.WARNING
    assert finding.message == (
        'Form I-131, for Kwabena Boateng, Part 2, Item 6, "Country of Birth" is not answered'
    )
    assert finding.cure == 'Add "place_of_birth.country" there.'
    assert finding.path == ("petitioner", "place_of_birth", "country")
    assert (
        (finding.source.path.name, finding.source.line) == ("case.yaml", 7)
        if finding.source
        else ""
    )


WAIVER = (
    "{pay: credit_card}",
    """
    pay: waiver
    waiver:
      basis: [benefit, income, hardship]
      claims: "So [@tax p. 1]."
      benefits: [{benefit: SNAP, agency: The county}]
      monthly_expenses: [{kind: other, monthly: 5}]
      employment: unemployed""",
)


def test_an_open_question_leads_to_a_fact_that_can_be_added(tmp_path: Path) -> None:
    status = ("she\n  status: us_citizen", "she\n  status: nonimmigrant")
    asked = of("form-question-open", found(tmp_path, WAIVER, status))
    own = [one.path for one in asked if one.path[0] != FIRM]

    assert ("fees", "i131", "waiver", "benefits", 0, "awarded") in own
    assert ("fees", "i131", "waiver", "household") in own
    assert ("fees", "i131", "waiver", "monthly_expenses") in own
    lost = [path for path in own if path[-1] not in fields_at(Case, path[:-1])]
    assert lost == []


def test_a_fact_that_many_forms_ask_for_is_one_finding(tmp_path: Path) -> None:
    findings = found(tmp_path)

    asked = [one for one in findings if one.path == ("petitioner", "phone")]
    assert len(asked) == 1
    assert " times) is not answered" in asked[0].message


def test_choices_are_offered(tmp_path: Path) -> None:
    finding = one('"Hair Color"', found(tmp_path))

    assert 'Add "biographic.hair_color" there, one of: bald, black, blond' in finding.cure


def test_what_may_be_none_says_how_to_say_so(tmp_path: Path) -> None:
    finding = one('"Their Email Address (if any)"', found(tmp_path))

    assert finding.cure == 'Add "email" there, or "without: [email]" if there is none.'


def test_what_one_form_lets_be_none_is_said_though_another_asks_first(tmp_path: Path) -> None:
    (finding,) = [one for one in found(tmp_path) if one.path == ("petitioner", "email")]

    assert finding.message.startswith("Form G-1145")
    assert finding.cure == 'Add "email" there, or "without: [email]" if there is none.'


def test_what_the_person_is_without_is_no_open_question(tmp_path: Path) -> None:
    findings = found(tmp_path, (LIVES, f"{LIVES}    without: email\n"))

    assert not [one for one in findings if '"Their Email Address (if any)"' in one.message]


def test_what_the_office_leaves_open_has_its_place_in_firm_yaml(tmp_path: Path) -> None:
    finding = one('"Licensing Authority"', found_with_attorney(tmp_path))

    assert finding.source is not None
    assert finding.source.path.name == "firm.yaml"
    assert finding.cure == 'Add "licensing_authority" there.'


def found_with_attorney(folder: Path) -> tuple[Finding, ...]:
    write_case(folder / "cases")
    firm = folder / "cases" / "firm.yaml"
    text = firm.read_text("utf-8").replace("id: lee,", "id: lee, accredited: no,")
    firm.write_text(text, encoding="utf-8")
    folders = Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")
    return examined(Order("boateng", folders, None, "dxpdf")).findings


def test_open_questions_stop_a_filing_until_somebody_accepts_them(tmp_path: Path) -> None:
    findings = found(tmp_path)
    accepted = (
        "accepted_findings:\n"
        "  - {rule: form-question-open, reason: Asked and not known., by: Jordan Lee}\n"
    )
    (tmp_path / "accepted").mkdir()
    others = found(tmp_path / "accepted", ("fees:\n", f"{accepted}fees:\n"))

    before, after = (of("form-question-open", each) for each in (findings, others))
    assert {finding.weight for finding in before} == {Weight.WARNING}
    assert {finding.weight for finding in after} == {Weight.NOTE}
    assert "form-question-open" in ANSWERED_BEFORE_FILING


def test_letters_that_no_form_prints_are_an_error_at_the_name(tmp_path: Path) -> None:
    findings = found(tmp_path, (NAME, "    name: {family: Боатенг, given: Kwabena}\n"))

    finding, *_ = of("form-answer-unprintable", findings)
    assert finding.weight is Weight.ERROR
    assert 'Part 2, Item 16, "Their Family Name (Last Name)"' in finding.message
    assert finding.path == ("beneficiaries", 0, "name", "family")


def test_signs_that_a_form_does_not_expect_are_told(tmp_path: Path) -> None:
    findings = found(tmp_path, (NAME, "    name: {family: D'Ávila, given: Kwabena}\n"))

    (finding,) = of("form-answer-unusual", findings)
    assert finding.weight is Weight.NOTE
    assert "machine_readable" in finding.cure


def test_a_name_that_is_respelled_is_told(tmp_path: Path) -> None:
    zone = "machine_readable: {family: DAVILA}"
    findings = found(tmp_path, (NAME, f"    name: {{family: D'Ávila, given: Kwabena, {zone}}}\n"))

    (finding,) = of("form-name-respelled", findings)
    assert finding.message == '"D\'Ávila" is printed on forms as "DAVILA"'
    assert of("form-answer-unusual", findings) == []


def test_a_machine_readable_name_has_plain_letters_only(tmp_path: Path) -> None:
    zone = "machine_readable: {family: DÁVILA}"
    text = changed((NAME, f"    name: {{family: D'Ávila, {zone}}}\n"))
    folder = write_case(tmp_path / "cases", text)
    folders = Folders(folder.parent, shipped("templates"), tmp_path, tmp_path)

    with pytest.raises(FactsError, match="write plain letters A to Z"):
        read_case_file("boateng", folders)


def test_nobody_is_without_what_the_facts_give(tmp_path: Path) -> None:
    text = changed((LIVES, f"{LIVES}    email: k@example.org\n    without: [email]\n"))
    folder = write_case(tmp_path / "cases", text)
    folders = Folders(folder.parent, shipped("templates"), tmp_path, tmp_path)

    with pytest.raises(FactsError, match='this person has "email", and "without:" names it too'):
        read_case_file("boateng", folders)
    assert read_facts(folder)


#: Answered wherever the entry that holds them is there.
ALWAYS = {
    "beneficiary.other_citizenships.0.country",
    "waiver.benefits.0.person",
    "waiver.benefits.0.relationship",
    "waiver.family.0.forms",
}
PAYER = "  pronoun: she\n  status: us_citizen\n"


@pytest.mark.parametrize("form", EDITIONS)
@pytest.mark.parametrize("pays", ["", "  pays_fees: yes\n"])
def test_every_question_leads_to_a_field_that_the_facts_may_have(
    form: str, pays: str, tmp_path: Path
) -> None:
    """A finding never tells somebody to add what the program would refuse."""
    path = tmp_path / "case.yaml"
    path.write_text(maximal((PAYER, PAYER + pays)), encoding="utf-8")
    case = interpret(Case, read_file(path))
    entry = Entry(form=form, each=EACH.get(form, Each.BENEFICIARY))
    filing = FormFiling(case, interpret(Firm, read_file(OFFICE)), INITIAL)
    subject = next(iter(subjects_of(entry, filing)))
    places = places_of(filing, subject, entry.agency)
    facts = {item.fact for item in map_of(form).items if item.fact}
    facts |= {f"{one.fact}.0.{cell.fact}" for one in map_of(form).lists for cell in one.columns}

    unknown = {fact for fact in facts - ALWAYS if not is_declared(places.path_of(fact))}
    assert unknown == set()


def is_declared(path: FactPath) -> bool:
    model, location = (Firm, path[1:]) if path[0] == FIRM else (Case, path)
    return all(
        isinstance(step, int) or step in fields_at(model, location[:end])
        for end, step in enumerate(location)
    )
