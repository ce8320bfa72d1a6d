"""The people of a case: who asks, who comes, who supports."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from packet_builder.model.base import Part
from packet_builder.model.history import ImmigrationEvent
from packet_builder.model.narrative import Claims
from packet_builder.model.scalars import (
    ANumber,
    Count,
    Country,
    Day,
    Email,
    Flag,
    Identifier,
    LatinName,
    Line,
    OneOrMany,
    Phone,
    Prose,
    Usd,
    ZipCode,
)

_HOME = frozenset({"united states", "united states of america", "usa", "us", "u.s.", "u.s.a."})


def is_home(country: str) -> bool:
    """Tell whether a country is the United States."""
    return country.lower() in _HOME


class Pronoun(StrEnum):
    """How the letters speak of a person."""

    SHE = "she"
    HE = "he"
    THEY = "they"


class Sex(StrEnum):
    """As the official forms ask."""

    FEMALE = "female"
    MALE = "male"


class MaritalStatus(StrEnum):
    """As the official forms ask."""

    SINGLE = "single"
    MARRIED = "married"
    DIVORCED = "divorced"
    WIDOWED = "widowed"
    SEPARATED = "separated"
    ANNULLED = "annulled"
    OTHER = "other"


class Status(StrEnum):
    """A person's citizenship or immigration status in the United States."""

    US_CITIZEN = "us_citizen"
    US_NATIONAL = "us_national"
    PERMANENT_RESIDENT = "permanent_resident"
    ASYLEE = "asylee"
    REFUGEE = "refugee"
    PAROLEE = "parolee"
    TPS_HOLDER = "tps_holder"
    NONIMMIGRANT = "nonimmigrant"
    DEFERRED_ACTION = "deferred_action"
    NO_US_STATUS = "no_us_status"


class MachineReadable(Part):
    """A name as the lines of letters and `<` in the passport spell it, in plain Latin letters."""

    family: LatinName
    """The family name, which stands in front of `<<`, with a space for each `<`: `DAVILA NUNEZ`."""
    given: LatinName | None = None
    """The given names, which stand behind `<<`, without the part that `middle` has."""
    middle: LatinName | None = None
    """The middle name, which stands behind the given names; left out where there is none."""


class Name(Part):
    """A person's name as the passport spells it in Latin letters."""

    family: Line
    """The surname (last name); of a person with a single name, that name."""
    given: Line | None = None
    """Leave out for a person with a single name."""
    middle: Line | None = None
    """Where the passport has one; where there is none, forms say so with `without: middle_name`."""
    native: Line | None = None
    """The name in its own script."""
    machine_readable: MachineReadable | None = None
    """Official forms take letters, hyphens and spaces only. Where the name has other signs (`é`, an
    apostrophe), the spelling of the passport's machine-readable zone, which they print instead."""

    @property
    def full(self) -> str:
        """Give the name as letters print it."""
        return " ".join(part for part in (self.given, self.middle, self.family) if part)


class Address(Part):
    """A postal address."""

    in_care_of: Line | None = None
    """Whose name is on the mailbox, where it is another person's: `Efua Boateng`."""
    street: Line
    """House number and street, without the apartment: `12 Harrow Street`."""
    unit: Line | None = None
    """Apartment, suite or floor, for example `Apt. 4B`."""
    city: Line
    """The town alone; state and ZIP code have fields of their own."""
    state: Line | None = None
    """In the United States: the two letters, for example `IL`."""
    zip: ZipCode | None = None
    """In the United States: five digits, or five and four, `07030`."""
    province: Line | None = None
    """Outside the United States, where addresses have one; forms print it there only."""
    postal_code: Line | None = None
    """Outside the United States, where there is one; in the United States it is `zip`."""
    country: Country
    """The English name. With `United States` forms print state and ZIP code, else province and
    postal code."""

    def is_same_place(self, other: Address) -> bool:
        """Tell whether two addresses name one place, whoever is on the mailbox."""
        return all(
            (getattr(self, name) or "").casefold() == (getattr(other, name) or "").casefold()
            for name in ("street", "unit", "city", "country")
        )


class Place(Part):
    """A town and its country."""

    city: Line | None = None
    """The town, without the country: `Islamabad`."""
    province: Line | None = None
    """State or province, where it is known: `Illinois`."""
    country: Country
    """The English name: `Pakistan`."""


class Passport(Part):
    """A passport, or `unavailable` with the reason."""

    number: Line | None = None
    """As the page with the picture prints it, zeros kept; it is compared with the copy among the
    exhibits."""
    country: Country | None = None
    """The country that issued it (Form I-765, Part 2, Item 20)."""
    issued: Day | None = None
    """The day of issue. No form prints it; `check` compares it with the other dates."""
    expires: Day | None = None
    """The last day. Whether it lasts for the stay, and when to renew it, follow from it."""
    earlier: Annotated[tuple[Line, ...], OneOrMany()] = ()
    """Numbers of earlier passports, where they stand in the evidence."""
    unavailable: Line | None = None
    """Why there is no passport; the instructions ask for the explanation."""


class Notices(Part):
    """Where a represented person wants notices and documents sent, as Form G-28 asks."""

    to_counsel: Flag
    """Whether original notices go to the attorney's business address."""
    documents_to_counsel: Flag
    """Whether secure identity documents go to the attorney's address."""
    i94_to_client: Flag | None = None
    """Whether a notice with Form I-94 then goes to the client's own address in the United
    States."""


class Ethnicity(StrEnum):
    """As the official forms ask."""

    HISPANIC_OR_LATINO = "hispanic_or_latino"
    NOT_HISPANIC_OR_LATINO = "not_hispanic_or_latino"


class Race(StrEnum):
    """As the official forms ask."""

    AMERICAN_INDIAN_OR_ALASKA_NATIVE = "american_indian_or_alaska_native"
    ASIAN = "asian"
    BLACK_OR_AFRICAN_AMERICAN = "black_or_african_american"
    NATIVE_HAWAIIAN_OR_OTHER_PACIFIC_ISLANDER = "native_hawaiian_or_other_pacific_islander"
    WHITE = "white"


class EyeColor(StrEnum):
    """As the official forms ask."""

    BLACK = "black"
    BLUE = "blue"
    BROWN = "brown"
    GRAY = "gray"
    GREEN = "green"
    HAZEL = "hazel"
    MAROON = "maroon"
    PINK = "pink"
    OTHER = "other"


class HairColor(StrEnum):
    """As the official forms ask."""

    BALD = "bald"
    BLACK = "black"
    BLOND = "blond"
    BROWN = "brown"
    GRAY = "gray"
    RED = "red"
    SANDY = "sandy"
    WHITE = "white"
    OTHER = "other"


class Biographic(Part):
    """What Form I-131 asks of the looks of the person who comes; the person says it."""

    ethnicity: Ethnicity | None = None
    """One of the two boxes of Form I-131, Part 3, Item 1; the person says which."""
    race: Annotated[tuple[Race, ...], OneOrMany()] = ()
    """One or more of the boxes of Form I-131, Part 3, Item 2; the person says which."""
    height_feet: Annotated[Count, Field(ge=2, le=8)] | None = None
    """The whole feet: 5 for a person of 5 feet 4 inches (Form I-131, Part 3, Item 3)."""
    height_inches: Annotated[Count, Field(le=11)] | None = None
    """The inches beside the whole feet, 0 to 11: 4 for a person of 5 feet 4 inches."""
    weight_pounds: Annotated[Count, Field(ge=1, le=999)] | None = None
    """U.S. pounds (Form I-131, Part 3, Item 4); for less than 30 or more than 699 the form wants
    000, and gets it."""
    eye_color: EyeColor | None = None
    """The nearest of the boxes of Form I-131, Part 3, Item 5."""
    hair_color: HairColor | None = None
    """The nearest of the boxes of Form I-131, Part 3, Item 6; `bald` where there is none."""


class TravelDocument(Part):
    """What somebody travelled on who had no passport, or beside one."""

    number: Line
    """As the document prints it (Form I-765, Part 2, Item 19)."""
    country: Country | None = None
    """The country or organization that issued it (Form I-765, Part 2, Item 20)."""
    expires: Day | None = None
    """Its last day, for a person without a passport (Form I-765, Part 2, Item 21)."""


class ArrivalRecord(Part):
    """The most recent Form I-94."""

    i94_number: Line | None = None
    """The record number of Form I-94, eleven letters and digits. That of an `entry` or `i94` among
    the events takes its place."""
    class_of_admission: Line | None = None
    """The class that Form I-94 gives, for example `B-2`."""
    admit_until: Day | None = None
    """The last day of the stay. Who left after it needs an `overstay` in the immigration
    history."""
    arrived: Day | None = None
    """The day of the last arrival in the United States."""
    arrived_at: Line | None = None
    """Where the last arrival was: `Newark`."""
    travel_document: TravelDocument | None = None
    """A travel document other than a passport, where one was used to come."""


class PriorDocument(Part):
    """A travel document of a kind that a form asks whether it was ever issued."""

    held: Flag
    """Yes if one was ever issued to the person, no if none was."""
    issued: Day | None = None
    """The day of its issue; needed with `held: yes`."""
    disposition: Line | None = None
    """What became of the document: `still in my possession`."""


class Lack(StrEnum):
    """What a person may not have, so that a form says "N/A"."""

    MIDDLE_NAME = "middle_name"
    OTHER_NAMES = "other_names"
    A_NUMBER = "a_number"
    SSN = "ssn"
    USCIS_ACCOUNT = "uscis_account"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    ARRIVAL_RECORD = "arrival_record"
    ASSETS = "assets"
    """Of a supporter; Form I-134 offers "N/A" among the types of assets."""


class Helper(Part):
    """An interpreter or a preparer of the official forms."""

    used: Flag
    """No for an interpreter: the person reads English, and has read every form."""
    name: Name | None = None
    """Who the helper is; needed with `used: yes`."""
    organization: Line | None = None
    """The business or organization that the helper works for, if there is one."""
    address: Address | None = None
    """Where mail reaches the helper; Forms I-765 and I-912 ask for it."""
    language: Line | None = None
    """Of an interpreter: the language beside English, `Twi`."""
    attorney: Flag | None = None
    """Whether a preparer is an attorney or accredited representative."""
    represents: Flag | None = None
    """Whether that attorney represents the person beyond the preparation of the form."""
    phone: Phone | None = None
    """The helper's telephone by day; needed with `used: yes`."""
    mobile: Phone | None = None
    """The helper's mobile number, where there is one."""
    email: Email | None = None
    """The helper's e-mail address, where there is one."""


class Person(Part):
    """What is asked of everybody."""

    name: Name
    """The name as the passport spells it, in its parts."""
    other_names: tuple[Name, ...] = ()
    """Every other name ever used: maiden name, aliases, other spellings. None: `without:
    other_names`."""
    date_of_birth: Day
    """As the passport has it. Whether a child signs, and every age in a letter, follow from it."""
    pronoun: Pronoun
    """How letters speak of the person; official forms take `sex:`."""
    sex: Sex | None = None
    """The box of official forms, which have these two (Form I-131, Part 2, Item 8)."""
    place_of_birth: Place | None = None
    """Form I-131 prints the country; Forms I-134 and I-765 print the town, too."""
    citizenship: Country | None = None
    """The country of which the person is a citizen or national; `stateless` where there is none."""
    other_citizenships: tuple[Country, ...] = ()
    """Further countries of which the person is a citizen or national."""
    marital_status: MaritalStatus | None = None
    """As of the day of filing. Form I-134 asks it of the beneficiary, Form I-912 of the person who
    files, Form I-765 of the applicant."""
    marital_explained: Line | None = None
    """What it is, where the marital status is `other`."""
    a_number: ANumber | None = None
    """The Alien Registration Number, from a green card or an earlier notice. None: `without:
    a_number`."""
    address: Address | None = None
    """Where mail reaches the person."""
    physical_address: Address | None = None
    """Where the person lives, if that is elsewhere."""
    phone: Phone | None = None
    """By day, as it is dialled; Forms I-131, I-134 and I-765 ask for it. None: `without: phone`."""
    mobile: Phone | None = None
    """Where there is one; of the filer, Form G-1145 has the text message sent there. None:
    `without: mobile`."""
    email: Email | None = None
    """One address; of the filer, Form G-1145 has the e-mail sent there. None: `without: email`."""
    uscis_account: Line | None = None
    """The USCIS online account number, twelve digits."""
    ssn: Line | None = None
    """The U.S. Social Security number, nine digits."""
    notices: Notices | None = None
    """Where notices and documents are to be sent, for the person who files with an attorney (Form
    G-28, Part 4)."""
    refugee_status: Flag | None = None
    """Whether the person is a refugee, was paroled as one, or became a permanent resident by being
    one (Form I-131, Part 1, Item 13)."""
    arrival_record: ArrivalRecord | None = None
    """What Form I-94 of the last arrival says. None: `without: arrival_record`."""
    uspid: Line | None = None
    """The eMedical U.S. Parolee ID, if there is one; asked for with a new period (Form I-131, Part
    2, Item 15)."""
    travel_document: PriorDocument | None = None
    """A reentry permit or refugee travel document; Form I-131 asks the person who files (Part 4,
    Item 2)."""
    advance_parole: PriorDocument | None = None
    """An advance parole document; Form I-131 asks the person who files (Part 4, Items 3.a to
    3.c)."""
    interpreter: Helper | None = None
    """Who interpreted the forms to this person."""
    preparer: Helper | None = None
    """Who prepared the forms for this person."""
    without: Annotated[tuple[Lack, ...], OneOrMany()] = ()
    """What this person does not have. Forms then say "N/A" where their instructions want it; what
    is neither given nor named here is an open question."""
    statelessness: Prose | None = None
    """Where citizenship is `stateless`: the explanation that Form I-131 wants."""
    pays_fees: Flag | None = None
    """Whether this person's own card or account pays, as Forms G-1450 and G-1650 ask."""

    @model_validator(mode="after")
    def _has_not_what_it_lacks(self) -> Self:
        for lack in self.without:
            holder = self.name if lack is Lack.MIDDLE_NAME else self
            given = getattr(holder, lack.value.removesuffix("_name"), None)
            if given:
                message = 'this person has "{lack}", and "without:" names it too'
                raise PydanticCustomError(
                    "lack_contradicts", message, {"lack": lack.value, "path": ("without",)}
                )
        return self


class Petitioner(Person):
    """The person who files for others."""

    status: Status
    """Citizen, permanent resident or what else the petitioner is in the United States; letters and
    Form I-912 say it."""
    occupation: Line | None = None
    """What the petitioner does for a living, for the justification: `pharmacist`."""


class WorkPermitReason(StrEnum):
    """As Form I-765 asks."""

    INITIAL = "initial"
    REPLACEMENT = "replacement"
    RENEWAL = "renewal"


class WorkPermit(Part):
    """What Form I-765 asks of a parolee, once in the United States."""

    reason: WorkPermitReason
    """`initial` for a first card, `replacement` for a lost or wrong one, `renewal` for the next
    (Form I-765, Part 1)."""
    filed_before: Flag | None = None
    """Whether the person has ever filed Form I-765."""
    card_ends: Day | None = None
    """Of a renewal: the last day of the card that the person has."""
    expedited_removal: Flag | None = None
    """Whether in expedited removal, or in it with a credible fear determination pending: then
    there is no first card in category (c)(11)."""
    sevis_number: Line | None = None
    """Of a former student or exchange visitor: the digits of the SEVIS number, without the `N`."""


class Beneficiary(Person):
    """A person for whom parole is requested. Each needs a Form I-131."""

    id: Identifier
    """A short name of your own, used elsewhere in the facts: `amina`."""
    relationship_to_petitioner: Line | None = None
    """What this person is to the petitioner: `sister`."""
    passport: Passport | None = None
    """The one that the person will travel on; where there is none, `{unavailable: ...}` with the
    reason."""
    location: Place
    """Where the person is now."""
    residence: Country
    """The country where the person lives; not always that of citizenship."""
    guardian: Line | None = None
    """For a child: the parent or legal guardian who signs."""
    biographic: Biographic | None = None
    """Ethnicity, race, height, weight, eyes and hair, for Form I-131, Part 3."""
    receipt_number: Line | None = None
    """The receipt number of this person's Form I-131, once it is filed."""
    work_permit: WorkPermit | None = None
    """What Form I-765 asks beside the person; needed in a filing for a work permit."""
    in_proceedings: Flag | None = None
    """Whether the person was ever in exclusion, deportation, removal or rescission proceedings
    (Form I-131, Part 4, Item 1)."""
    immigration_history: tuple[ImmigrationEvent, ...] = ()
    """Everything that happened with immigration authorities, the bad above all; left out where
    nothing did."""

    @property
    def is_abroad(self) -> bool:
        """Tell whether the person is not in the United States now."""
        return not is_home(self.location.country)


class WorkStatus(StrEnum):
    """As Form I-134 asks."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    NOT_EMPLOYED = "not_employed"
    RETIRED = "retired"
    OTHER = "other"


class AssetKind(StrEnum):
    """As Form I-134 lists them."""

    CHECKING_ACCOUNT = "checking_account"
    SAVINGS_ACCOUNT = "savings_account"
    ANNUITIES = "annuities"
    SECURITIES = "securities"
    RETIREMENT_OR_EDUCATION_ACCOUNT = "retirement_or_education_account"
    REAL_ESTATE = "real_estate"
    PERSONAL_PROPERTY = "personal_property"


class Dependent(Part):
    """A person whom a supporter supports already; not the supporter, not a beneficiary."""

    name: Name
    """The full name, as Form I-134 lists it (Part 2, Item 15)."""
    date_of_birth: Day
    """As Form I-134 lists it; wherever else the person stands in the facts, it is the same."""
    relationship: Line
    """What the dependent is to the supporter: `daughter`."""
    a_number: ANumber | None = None
    """Given where the dependent has one: `A200-111-222`."""
    receipt_number: Line | None = None
    """Of a form filed for the dependent, where there is one."""


class Employment(Part):
    """A supporter's work."""

    employer: Line
    """The company or person; Form I-134 prints it where `work_status` is `employed`."""
    position: Line
    """As what the supporter works: `pharmacist`. Form I-134 prints it, also of the
    self-employed."""
    since: Day | None = None
    """The first day of that work, as the employer's letter says; the justification prints it."""


class Asset(Part):
    """Something of value that backs a supporter's promise."""

    description: Line
    """The asset as the justification names it: `Savings account ending 4410`."""
    value: Usd
    """What it is worth in U.S. dollars, as a page cited under `support:` shows."""
    kind: AssetKind | None = None
    """Its type in the table of Form I-134 (Part 2, Item 17)."""


class Supporter(Person):
    """A person who promises financial support on Form I-134."""

    id: Identifier
    """A short name of your own, by which `of:` of a piece of evidence names this person:
    `kamran`."""
    status: Status
    """What the supporter is in the United States (Form I-134, Part 2, Item 10)."""
    relationship: Line
    """What this person is to the beneficiaries: `brother-in-law`."""
    status_explained: Line | None = None
    """Where the status is `no_us_status`: what Form I-134 prints beside "Other"."""
    beneficiaries: tuple[Identifier, ...] = ()
    """Whom the promise covers; none named means every beneficiary."""
    household_size: Count
    """How many people: the supporter, who depends on the supporter, and who will be housed."""
    annual_income: Usd
    """U.S. dollars a year, as a page cited under `support:` shows. It is compared with the poverty
    guideline for the household."""
    work_status: WorkStatus | None = None
    """How the supporter makes a living (Form I-134, Part 2, Item 12)."""
    work_explained: Line | None = None
    """What it is, where the work status is `other`."""
    employment: Employment | None = None
    """Where, as what and since when the supporter works; needed with `work_status` `employed` or
    `self_employed`."""
    other_declarations: Count | None = None
    """How many other Forms I-134, I-134A, I-864, I-864EZ and I-864A still bind the supporter."""
    other_dependents: Count | None = None
    """How many others the supporter supports, the supporter included, no beneficiary."""
    dependents: tuple[Dependent, ...] = ()
    """Each person whom the supporter supports already, by name (Form I-134, Part 2, Item 15)."""
    assets: tuple[Asset, ...] = ()
    """What backs the promise beside income (Form I-134, Part 2, Item 17). None: `without:
    assets`."""
    housing: Flag | None = None
    """Whether the supporter will house the beneficiaries."""
    contributes: Flag | None = None
    """Whether the supporter means to cover basic living needs beside giving money."""
    contributions: Prose | None = None
    """What the supporter will cover, and the address where the beneficiaries will live if it is
    room and board (Form I-134, Part 2, Item 19)."""
    support: Claims = ()
    """What the supporter will give, with its proof."""
