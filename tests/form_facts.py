"""Facts that answer every question of Forms I-912, I-765 and G-28, for tests that fill them."""

from __future__ import annotations

from textwrap import indent

from tests.cases import changed

INTERPRETER = """\
interpreter:
  used: yes
  name: {family: Asante, given: Efua}
  organization: Volta Language Services
  address:
    street: 88 Wexford Lane
    unit: Flr. 3
    city: Newark
    state: NJ
    zip: 07102
    country: United States
  language: Twi
  phone: +1 973 555 0161
  mobile: +1 973 555 0162
  email: efua@volta.example.com
"""
PREPARER = """\
preparer:
  used: yes
  name: {family: Lee, given: Jordan}
  organization: Office of Testing
  address:
    street: 12 King Street
    unit: Suite 4
    city: Toronto
    province: Ontario
    postal_code: M5H 1A1
    country: Canada
  attorney: yes
  represents: yes
  phone: +1 201 555 0170
  mobile: +1 201 555 0171
  email: jordan@testing.example.com
"""
PERSON = """\
other_names:
  - {family: Mensah, given: Adwoa, middle: Abena}
  - {family: Owusu, given: Addie, middle: A}
sex: female
marital_status: separated
a_number: A200-111-222
uscis_account: "012345678901"
ssn: "001020304"
citizenship: Ghana
place_of_birth: {city: Kumasi, province: Ashanti, country: Ghana}
address:
  in_care_of: Kofi Mensah
  street: 417 Tamarisk Row
  unit: Apt. 5C
  city: Hoboken
  state: NJ
  zip: 07030
  country: United States
phone: +1 201 555 0117
mobile: +1 201 555 0118
email: adwoa.boateng@example.com
"""
NOTICES = "notices: {to_counsel: yes, documents_to_counsel: yes, i94_to_client: yes}\n"
WAIVER = """\
    pay: waiver
    waiver:
      basis: [benefit, income, hardship]
      claims: ["She has little [@tax p. 1]."]
      family: [kwabena]
      household:
        - id: kofi
          name: {family: Mensah, given: Kofi}
          date_of_birth: 1979-02-11
          relationship: Spouse
          annual_income: 18400
          head: yes
        - id: esi
          name: {family: Mensah, given: Esi}
          date_of_birth: 2015-06-30
          relationship: Daughter
          annual_income: 0
        - id: yaa
          name: {family: Mensah, given: Yaa}
          date_of_birth: 2004-01-09
          relationship: Daughter
          annual_income: 0
          full_time_student: yes
      benefits:
        - {benefit: SNAP, agency: Hudson County DFS, awarded: 2026-03-01, expires: 2027-02-28}
        - {benefit: Medicaid, agency: Hudson County DFS, recipient: esi, awarded: 2025-11-15}
      employment: unemployed
      unemployment_benefits: yes
      unemployed_since: 2026-08-03
      annual_income: 21960.40
      other_income: [{source: Unemployment benefits, annual: 5200}]
      changed_since_tax_return: yes
      circumstances: >-
        The pharmacy where I worked closed on August 3, 2026. The return for 2025 shows wages for
        the whole year; since August my husband's wages and the unemployment benefits are all that
        the four of us live on.
      hardship: >-
        I lost my work on August 3, 2026, and have looked for other work since. Esi was in hospital
        from September 12 to October 4, 2026; after insurance we owe $7,310 for it. Rent rose by
        $210 a month in July.
      assets:
        - {description: Checking account, value: 1204.16}
        - {description: Savings account, value: 350}
        - {description: Cash, value: 80}
      monthly_expenses:
        - {kind: rent_or_mortgage, monthly: 1650}
        - {kind: food, monthly: 720}
        - {kind: utilities, monthly: 240}
        - {kind: child_or_elder_care, monthly: 300}
        - {kind: insurance, monthly: 195.50}
        - {kind: loans_or_credit_cards, monthly: 160}
        - {kind: loans_or_credit_cards, monthly: 45}
        - {kind: car_payment, monthly: 210}
        - {kind: commuting, monthly: 96}
        - {kind: medical, monthly: 250}
        - {kind: school, monthly: 40}
        - {kind: other, monthly: 60, description: Support of my mother in Kumasi}
        - {kind: other, monthly: 25, description: Storage}
"""
PAROLEE = """\
receipt_number: IOE0912345678
work_permit: {reason: renewal, filed_before: yes, sevis_number: "0012345678"}
other_citizenships: [Ivory Coast]
physical_address:
  street: 9 Elm Court
  unit: Ste. 12
  city: Union City
  state: NJ
  zip: 07087
  country: United States
arrival_record:
  i94_number: 123456789A1
  class_of_admission: DT
  admit_until: 2027-07-09
  arrived: 2027-01-10
  arrived_at: Newark
  travel_document: {number: T1234567}
"""


HIS_OWN = (
    ("separated", "married"),
    ("female", "male"),
    ("A200-111-222", "A207-333-444"),
    ("012345678901", "012345678902"),
    ("001020304", "001020305"),
    ("adwoa.boateng", "kwabena.boateng"),
)
_HERE = "    location: {city: Hoboken, country: United States}\n"


def maximal(*changes: tuple[str, str]) -> str:
    """Give a case in which Forms I-912, I-765 and G-28 have no open question."""
    hers = PERSON + NOTICES + INTERPRETER + PREPARER
    his = hers + PAROLEE
    for hers_alone, his_own in HIS_OWN:
        his = his.replace(hers_alone, his_own)
    text = changed(
        ("petitioner:\n", f"petitioner:\n{indent(hers, '  ')}"),
        ("  i131: {pay: credit_card}\n", f"  i131:\n{WAIVER}"),
        ("    location: {city: Kumasi, country: Ghana}\n", _HERE),
        ("    residence: Ghana\n", f"    residence: Ghana\n{indent(his, '    ')}"),
        ("given: Kwabena}", "given: Kwabena, middle: Yaw}"),
        ("given: Adwoa}\n  date", "given: Adwoa, middle: Afua}\n  date"),
        ("G0418276, country: Ghana}", "G0418276, country: Ghana, expires: 2031-05-17}"),
    )
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
