"""A small whole case as YAML text, and its interpretation, for tests that change one thing."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen import canvas

from packet_builder.facts import Facts, read_facts
from packet_builder.law.law import SHIPPED, Law
from packet_builder.model.case import Case
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.faults import interpret
from packet_builder.outline import read_outline
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier, Finding
from packet_builder.workspace import shipped

WHOLE = """\
filing:
  kind: initial_parole
  delivery: paper
  carrier: usps
  date: 2026-12-01
petitioner:
  name: {family: Boateng, given: Adwoa}
  date_of_birth: 1986-03-22
  pronoun: she
  status: us_citizen
beneficiaries:
  - id: kwabena
    name: {family: Boateng, given: Kwabena}
    date_of_birth: 1992-07-09
    pronoun: he
    relationship_to_petitioner: brother
    passport: {number: G0418276, country: Ghana}
    location: {city: Kumasi, country: Ghana}
    residence: Ghana
    immigration_history: []
supporters:
  - id: adwoa
    name: {family: Boateng, given: Adwoa}
    date_of_birth: 1986-03-22
    pronoun: she
    status: us_citizen
    relationship: sister
    household_size: 2
    annual_income: 131460
    support: ["Her income is enough [@tax p. 1]."]
request:
  basis: urgent_humanitarian_reason
  period: {months: 6, reason: "The treatment takes five months [@doctor p. 2]."}
  summary: He needs an operation.
  grounds:
    - ground: medical_treatment
      claims: ["He bled twice [@doctor p. 1]."]
      urgency: ["He may bleed again [@doctor p. 2]."]
      effect_of_refusal: ["He stays untreated [@doctor p. 2]."]
  why_no_visa: ["No appointment before 2027 [@passport]."]
  departure: ["He will return [@doctor p. 2]."]
discretion:
  positive:
    - {factor: family_ties, claims: ["His sister lives here [@passport]."]}
  negative: []
fees:
  i131: {pay: credit_card}
  parole_fee: []
evidence:
  - {id: passport, title: Passport, kind: passport, file: exhibits/passport.pdf}
  - {id: doctor, title: Letter, kind: physician_letter, file: exhibits/doctor.pdf}
  - {id: tax, title: Tax return, kind: tax_return, file: exhibits/tax.pdf}
"""

SEEN = {
    "passport": SeenEvidence(("PASSPORT Kwabena Boateng",)),
    "doctor": SeenEvidence(("He bled twice.", "An opera-\ntion is “needed” within weeks.")),
    "tax": SeenEvidence(("",)),
}


def changed(*changes: tuple[str, str]) -> str:
    """Give the whole case with texts replaced; each must stand in it exactly once."""
    text = WHOLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def facts_of(folder: Path, text: str) -> Facts:
    """Read a case text as a case folder."""
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return read_facts(folder)


#: The outline of a first request.
INITIAL = read_outline(shipped("templates"), "initial_parole")


def findings_of(folder: Path, text: str, law: Law = SHIPPED) -> tuple[Finding, ...]:
    """Examine a case text."""
    facts = facts_of(folder, text)
    case = interpret(Case, facts)
    outline = read_outline(shipped("templates"), case.filing.kind)
    return examine(Dossier(case, SEEN, outline, law), facts)


FIRM = """\
name: Office of Testing
address: {street: 1 Row, city: Hoboken, state: NJ, zip: 07030, country: United States}
phone: +1 201 555 0100
email: office@example.com
attorneys:
  - {id: lee, name: Jordan Lee, title: Attorney at Law, admission: No. 1, email: lee@example.com}
"""

PAGES = {
    "passport": ("PASSPORT Kwabena Boateng",),
    "doctor": ("He bled twice.", "An operation is needed within weeks."),
    "tax": ("Total income 131,460",),
}


def write_case(cases: Path, text: str = WHOLE, name: str = "boateng") -> Path:
    """Write a case folder with its evidence, and the office beside it."""
    folder = cases / name
    (folder / "exhibits").mkdir(parents=True)
    (cases / "firm.yaml").write_text(FIRM, encoding="utf-8")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    for identifier, pages in PAGES.items():
        write_pdf(folder / "exhibits" / f"{identifier}.pdf", pages)
    return folder


def write_pdf(path: Path, pages: tuple[str, ...]) -> None:
    """Write a PDF with one line of text on each page."""
    page = canvas.Canvas(str(path), pagesize=(612, 792), invariant=True)
    for line in pages:
        page.drawString(72, 700, line)
        page.showPage()
    page.save()
