"""A case with something of everything as YAML text, and the letters that are made from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packet_builder.documents.letters.asked import names_of_template
from packet_builder.facts import read_file
from packet_builder.law.law import SHIPPED
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.filed import Filed
from packet_builder.model.firm import Firm
from packet_builder.outline import read_outline
from packet_builder.plan.citations import Letters, Submitted
from packet_builder.plan.letters import LetterFacts, context_of
from packet_builder.workspace import shipped
from tests.cases import INITIAL
from tests.laws import CONFIRMED

WHOLE = """\
filing:
  kind: initial_parole
  delivery: paper
  carrier: usps
  date: 2026-12-01
  expedite: {requested: yes, reason: "the operation is on January 12, 2027"}
  key_date: {date: 2027-01-12, event: operation at St. Brannock Hospital}
petitioner:
  name: {family: Haidari, given: Soraya}
  date_of_birth: 1988-03-09
  pronoun: she
  status: permanent_resident
  occupation: nurse
  a_number: A200-111-222
  address: {street: 12 Elm Row, city: Fremont, state: CA, zip: "94536", country: United States}
beneficiaries:
  - id: amina
    name: {family: Haidari, given: Amina}
    date_of_birth: 1961-05-30
    pronoun: she
    citizenship: Afghanistan
    relationship_to_petitioner: mother
    location: {city: Manila, country: Philippines}
    residence: Philippines
    passport: {unavailable: "it was lost on the journey."}
    immigration_history:
      - id: overstay
        event: overstay
        date: 2015-06-02
        until: 2015-07-01
        place: Fremont, California
        claims: "Ms. Haidari stayed for 29 days [@record p. 2]."
      - {id: admission, event: admission, date: 2015-03-02, claims: "Admitted [@record p. 1]."}
  - id: omar
    name: {family: Haidari, given: Omar}
    date_of_birth: 2017-09-23
    pronoun: he
    relationship_to_petitioner: brother
    location: {country: Philippines}
    residence: Philippines
    guardian: Amina Haidari
supporters:
  - id: soraya
    name: {family: Haidari, given: Soraya}
    date_of_birth: 1988-03-09
    pronoun: she
    status: permanent_resident
    relationship: daughter of Amina Haidari and sister of Omar
    household_size: 4
    annual_income: "131,460"
    employment: {employer: Bayview Clinic, position: nurse, since: 2019-02-01}
    assets: [{description: Savings account, value: "41,872.09"}]
    support: "She has set aside $20,000 [@savings p. 1]."
  - id: karim
    name: {family: Noori, given: Karim}
    date_of_birth: 1979-01-15
    pronoun: he
    status: us_citizen
    relationship: uncle
    beneficiaries: [omar]
    household_size: 2
    annual_income: "88,000"
    housing: yes
request:
  basis: urgent_humanitarian_reason
  period: {months: 6, reason: "The treatment takes five months [@surgeon p. 3]."}
  arrival: 2027-01-04
  port_of_entry: San Francisco International Airport
  post_to_notify: {city: Manila, country: Philippines}
  summary: |
    Amina Haidari needs an operation that can't be had in Manila.

    Her son has nobody else.
  grounds:
    - ground: medical_treatment
      beneficiaries: amina
      condition: a tumor of the pituitary gland.
      appointment: {date: 2027-01-12, event: operation, place: St. Brannock Hospital}
      claims:
        - "Dr. Ilves diagnosed a tumor on August 14, 2026 [@surgeon p. 1]."
        - "It presses on the \\"optic chiasm\\" [@surgeon p. 2; @record]"
      urgency: "She may lose her sight [@surgeon pp. 2-3]."
      effect_of_refusal: "Blindness [@surgeon p. 3]."
      alternatives: "No hospital in Manila operates on it [@surgeon p. 3]."
    - ground: family_illness
      condition: heart failure
      relative:
        name: Yusuf Haidari
        relationship: father
        status: a U.S. citizen
        location: {city: Fremont, province: California, country: United States}
        death_imminent: yes
      claims: "He is in hospice [@hospice p. 1]."
      urgency: "He has weeks [@hospice p. 1]."
      effect_of_refusal: "They will not see him alive [@hospice p. 2]."
  visa_attempts:
    - {date: 2026-09-02, post: "U.S. Embassy, Manila", visa: B-2, outcome: no date before 2028}
  why_no_visa: "No interview is to be had in time [@record p. 4]."
  why_no_waiver: "She needs none [@record p. 5]."
  departure: "They will return to Manila [@tickets p. 1]."
discretion:
  positive:
    - {factor: family_ties, claims: "Her daughter lives here [@savings p. 2]."}
    - {factor: other, heading: Service to others., claims: "She taught for years [@tickets p. 2]."}
  negative:
    - factor: prior_overstay
      events: overstay
      facts: "She overstayed in 2015 [@record p. 2]."
      response: "She was in hospital, and left when discharged [@record p. 3]."
fees:
  i131: {pay: credit_card}
  parole_fee:
    - beneficiary: amina
      exception: medical_emergency
      limbs:
        b_i: "No hospital in Manila operates on it [@surgeon p. 3]."
        a: "It is an emergency [@surgeon p. 2]."
evidence:
  - {id: surgeon, title: Letter, kind: physician_letter, file: surgeon.pdf}
  - {id: hospice, title: Letter, kind: hospital_letter, file: hospice.pdf}
  - {id: record, title: Record, kind: immigration_record, file: record.pdf}
  - {id: savings, title: Statement, kind: bank_statement, file: savings.pdf}
  - {id: tickets, title: Tickets, kind: travel_plan, file: tickets.pdf}
"""

FIRM = """\
name: Marsh & Loewe LLP
tagline: Immigration Law
address:
  {street: 7 Quay, unit: Suite 2, city: Oakland, state: CA, zip: "94607", country: United States}
phone: +1 510 555 0100
fax: +1 510 555 0101
email: office@example.com
website: www.example.com
attorneys:
  - {id: loewe, name: Ruth Loewe, title: Attorney at Law, admission: No. 1, email: l@example.com}
"""

LETTERS = {"surgeon": "A", "hospice": "B", "record": "C", "savings": "D", "tickets": "E"}
ENCLOSURES = (
    "Form G-28, Notice of Entry of Appearance, for Amina Haidari",
    "Form G-28, Notice of Entry of Appearance, for Omar Haidari",
    "Humanitarian Justification",
    "Request for Parole-Fee Exception, Amina Haidari",
    "Exhibits A through E",
)
WAIVER = ("pay: credit_card", "pay: waiver, waiver: {basis: [hardship], claims: 'So [@savings].'}")
#: Figures for the waiver: a household of four, which has a guideline.
_MEMBER = "{id: NAME, name: {family: Haidari}, date_of_birth: 2015-01-01, relationship: Son"
MEMBERS = ", ".join(
    f"{_MEMBER.replace('NAME', name)}, annual_income: {income}}}"
    for name, income in (("zia", 0), ("ali", 0), ("nur", "8000.50"))
)
FIGURES = (
    "basis: [hardship], claims: 'So [@savings].'",
    f"""basis: [benefit, income, hardship], claims: 'So [@savings].', annual_income: 21000,
      household: [{MEMBERS}],
      benefits:
        [{{benefit: SNAP, agency: Alameda County}},
         {{benefit: Medi-Cal, agency: Alameda County, recipient: zia}}],
      assets: [{{description: Cash, value: 80}}],
      monthly_expenses: [{{kind: food, monthly: 720}}]""",
)
EXEMPTION = (
    "pay: credit_card",
    "pay: exemption, exemption: {category: armed-forces, claims: 'She served [@record].'}",
)
#: A notice, of which one item is answered, one in part, and one not at all.
ANSWER = (
    "evidence:\n",
    """events:
  - id: rfe
    event: rfe
    date: 2026-11-02
    served_on: 2026-11-03
    served_by: mail
    due_printed: 2027-01-28
    answer_to: [USCIS, "Attn: RFE", 9 Notice Street]
notice:
  event: rfe
  file: rfe.pdf
  receipt_number: IOE0912345678
  items:
    - id: surgeon
      asks: |
        Submit a letter of the surgeon that states "why"
        the operation can't wait.
      summary: Letter of the surgeon
      answer:
        - "She may lose her sight [@surgeon pp. 2-3; @hospice p. 1]."
        - {text: "She lost it in one eye [@record p. 2]", arose: 2026-11-20}
      exhibits: [tickets, surgeon]
    - id: savings
      asks: Submit statements of six months.
      answer: "Four are enclosed [@savings p. 1, 3]."
      not_answered: Two were never issued.
    - id: visa
      asks: Submit the refusal of the visa.
      not_answered: There is none.
evidence:
""",
)
BEFORE: Letters = {
    "surgeon": Submitted("A", "Letter", 3, 31, "the packet filed October 1, 2026"),
    "savings": Submitted("D", "Statement", 3, 52, "the packet filed October 1, 2026"),
}
#: What makes the whole case a small one: one person, who files alone, online.
ALONE = (
    (WHOLE[WHOLE.index("petitioner:") : WHOLE.index("beneficiaries:\n")], ""),
    (WHOLE[WHOLE.index("  - id: omar") : WHOLE.index("supporters:")], ""),
    (WHOLE[WHOLE.index("  - id: karim") : WHOLE.index("request:")], ""),
    (WHOLE[WHOLE.index("    - ground: family") : WHOLE.index("  visa_attempts:")], ""),
    (WHOLE[WHOLE.index("  visa_attempts:") : WHOLE.index("  why_no_visa:")], ""),
    (WHOLE[WHOLE.index("  negative:") : WHOLE.index("fees:")], ""),
    (WHOLE[WHOLE.index("    immigration_history:") : WHOLE.index("  - id: omar")], ""),
    ("  carrier: usps\n", "  self_petitioner: amina\n"),
    ("delivery: paper", "delivery: online"),
)


def case_with(folder: Path, *changes: tuple[str, str]) -> Case:
    """Give the whole case with texts replaced; each must stand in it exactly once."""
    text = WHOLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return interpret(Case, read_file(path))


def firm_of(folder: Path) -> Firm:
    """Give the office."""
    path = folder / "firm.yaml"
    path.write_text(FIRM, encoding="utf-8")
    return interpret(Firm, read_file(path))


#: What has happened since to those who came.
SINCE = (
    "evidence:\n",
    """events:
  - {id: approved, event: approval, date: 2026-11-20, valid_until: 2026-12-20}
  - id: arrived
    event: entry
    date: 2026-11-28
    paroled_until: 2027-05-27
    port: San Francisco
evidence:
""",
)
#: What counsel thinks of it.
STRATEGY = (
    "events:\n",
    """strategy:
  summary: They came, and the operation is fixed.
  routes:
    - {route: asylum, beneficiaries: amina, assessment: It does not fit., next_step: ask her again}
    - {title: B-2, assessment: Refused before.}
  risks: The operation may be late.
  steps:
    - {what: get Form I-94, by: 2026-12-18, who: Esi}
    - {what: call the hospital}
events:
""",
)
#: What they answer at the port of entry, in English and in Persian.
ASKED_THERE = (
    "evidence:\n",
    """interview:
  - about: purpose
    question: Why do you come?
    answer: ["For an operation [@surgeon p. 1].", "And to see my father [@hospice p. 1]."]
    native_question: چرا می‌آیید؟
    native_answer: برای جراحی.
  - about: return
    question: When do you leave
    answer: "In June [@tickets p. 1]."
    native_question: کِی می‌روید؟
    native_answer: در ماه ژوئن.
events:
  - {id: approved, event: approval, date: 2026-11-20, valid_until: 2026-12-20}
evidence:
""",
)
#: The letters that the outlines of the program ask for.
KINDS = (
    "cover_letter",
    "humanitarian_justification",
    "discretionary_factors",
    "parole_fee_exception",
    "fee_waiver",
    "fee_exemption",
    "client_letter",
    "arrival_summary",
    "officer_questions",
    "officer_questions.fa",
    "strategy_memo",
    "re_parole_cover_letter",
    "re_parole_justification",
    "employment_cover_letter",
    "exception_cover_letter",
)
#: The kinds of filing of the letters that no first request has.
LATER = {
    "re_parole_cover_letter": "re_parole",
    "re_parole_justification": "re_parole",
    "employment_cover_letter": "employment_authorization",
    "exception_cover_letter": "parole_fee_exception",
}
_ABROAD = "    location: {city: Manila, country: Philippines}\n"
HERE = (_ABROAD, "    location: {city: Fremont, country: United States}\n")
#: What makes the whole case one of a request for a new period of parole.
AGAIN = (
    SINCE,
    HERE,
    (
        "  why_no_visa:",
        """  why_not_enough: "The operation was put off until June [@surgeon p. 4]."
  compliance: "She reported each address [@record p. 6]."
  employment_document: yes
  why_no_visa:""",
    ),
)
#: And what makes it one of an application for a work permit.
TO_WORK = (
    SINCE,
    (_ABROAD, HERE[1] + "    work_permit: {reason: initial, expedited_removal: no}\n"),
    ("  parole_fee:\n", "  i765: {pay: credit_card}\n  parole_fee:\n"),
)


#: The letters of an answer to a notice.
ANSWERS = ("rfe_cover_letter", "rfe_response")


def names(letter: str) -> frozenset[str]:
    """Give the names that the template of a letter asks for."""
    return names_of_template(shipped("templates") / "letters" / f"{letter}.docx")


#: The names that the template of each letter asks for.
ASKED = {letter: names(letter) for letter in (*KINDS, *ANSWERS)}


def context(
    letter: str, folder: Path, *changes: tuple[str, str], more: str = ""
) -> Mapping[str, Any]:
    """Give a letter's context for the changed case, and `more` beside what its template asks.

    A letter of an answer has a notice to answer.
    """
    is_answer = letter in ANSWERS
    case = case_with(folder, *((ANSWER,) if is_answer else ()), *changes)
    subject = next(iter(case.fees.parole_fee), None)
    letters = {**LETTERS, **BEFORE} if is_answer else LETTERS
    filed = Filed(elsewhere=dt.date(2026, 10, 1)) if is_answer else Filed()
    kind = LATER.get(letter)
    outline = read_outline(shipped("templates"), kind) if kind else INITIAL
    law = CONFIRMED if kind else SHIPPED
    facts = LetterFacts(
        case, firm_of(folder), outline, letters, ENCLOSURES, subject, law, filed=filed
    )
    return context_of(facts, {*ASKED[letter], *more.split()})
