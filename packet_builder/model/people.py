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
    given: LatinName | None = None
    middle: LatinName | None = None


class Name(Part):
    """A person's name as the passport spells it in Latin letters."""

    family: Line
    given: Line | None = None
    """Leave out for a person with a single name."""
    middle: Line | None = None
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
    street: Line
    unit: Line | None = None
    """For example `Apt. 4B`."""
    city: Line
    state: Line | None = None
    """Two letters, in the United States."""
    zip: ZipCode | None = None
    """In the United States."""
    province: Line | None = None
    postal_code: Line | None = None
    country: Country


class Place(Part):
    """A town and its country."""

    city: Line | None = None
    province: Line | None = None
    country: Country


class Passport(Part):
    """A passport, or `unavailable` with the reason."""

    number: Line | None = None
    country: Country | None = None
    issued: Day | None = None
    expires: Day | None = None
    earlier: Annotated[tuple[Line, ...], OneOrMany()] = ()
    """Numbers of earlier passports, where they stand in the evidence."""
    unavailable: Line | None = None
    """Why there is no passport; the instructions ask for the explanation."""


class Notices(Part):
    """Where a represented person wants notices and documents sent, as Form G-28 asks."""

    to_counsel: Flag
    """Whether original notices go to the attorney's business address."""
    documents_to_counsel: Flag
    """Whether secure identity documents go there."""
    i94_to_client: Flag | None = None
    """Whether a notice with Form I-94 then goes to the client's own U.S. address."""


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
    race: Annotated[tuple[Race, ...], OneOrMany()] = ()
    height_feet: Annotated[Count, Field(ge=2, le=8)] | None = None
    height_inches: Annotated[Count, Field(le=11)] | None = None
    weight_pounds: Annotated[Count, Field(ge=1, le=999)] | None = None
    eye_color: EyeColor | None = None
    hair_color: HairColor | None = None


class TravelDocument(Part):
    """What somebody travelled on who had no passport, or beside one."""

    number: Line
    country: Country | None = None
    """That issued it."""
    expires: Day | None = None


class ArrivalRecord(Part):
    """The most recent Form I-94."""

    i94_number: Line | None = None
    class_of_admission: Line | None = None
    """For example `B-2`."""
    admit_until: Day | None = None
    arrived: Day | None = None
    """The day of the last arrival in the United States."""
    arrived_at: Line | None = None
    """Where that was: `Newark`."""
    travel_document: TravelDocument | None = None
    """Other than a passport, where one was used to come."""


class PriorDocument(Part):
    """A travel document of a kind that a form asks whether it was ever issued."""

    held: Flag
    issued: Day | None = None
    disposition: Line | None = None
    """What became of it: `still in my possession`."""


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
    organization: Line | None = None
    address: Address | None = None
    language: Line | None = None
    """Of an interpreter, beside English."""
    attorney: Flag | None = None
    """Whether a preparer is an attorney or accredited representative."""
    represents: Flag | None = None
    """Whether that attorney represents the person beyond the preparation of the form."""
    phone: Phone | None = None
    mobile: Phone | None = None
    email: Email | None = None


class Person(Part):
    """What is asked of everybody."""

    name: Name
    other_names: tuple[Name, ...] = ()
    date_of_birth: Day
    pronoun: Pronoun
    sex: Sex | None = None
    place_of_birth: Place | None = None
    citizenship: Country | None = None
    other_citizenships: tuple[Country, ...] = ()
    """Further countries of which the person is a citizen or national."""
    marital_status: MaritalStatus | None = None
    marital_explained: Line | None = None
    """Where the marital status is `other`."""
    a_number: ANumber | None = None
    address: Address | None = None
    """Where mail reaches the person."""
    physical_address: Address | None = None
    """Where the person lives, if that is elsewhere."""
    phone: Phone | None = None
    """By day."""
    mobile: Phone | None = None
    email: Email | None = None
    uscis_account: Line | None = None
    """The USCIS online account number, twelve digits."""
    ssn: Line | None = None
    """The U.S. Social Security number, nine digits."""
    notices: Notices | None = None
    """For the person who files with an attorney."""
    refugee_status: Flag | None = None
    """Whether held, or was paroled or became a permanent resident through; Form I-131 asks."""
    arrival_record: ArrivalRecord | None = None
    uspid: Line | None = None
    """The eMedical U.S. Parolee ID."""
    travel_document: PriorDocument | None = None
    """A reentry permit or refugee travel document; Form I-131 asks the person who files."""
    advance_parole: PriorDocument | None = None
    """An advance parole document; Form I-131 asks the person who files."""
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
    occupation: Line | None = None


class WorkPermitReason(StrEnum):
    """As Form I-765 asks."""

    INITIAL = "initial"
    REPLACEMENT = "replacement"
    RENEWAL = "renewal"


class WorkPermit(Part):
    """What Form I-765 asks of a parolee, once in the United States."""

    reason: WorkPermitReason
    filed_before: Flag | None = None
    """Whether the person has ever filed Form I-765."""
    card_ends: Day | None = None
    """Of a renewal: the last day of the card that the person has."""
    expedited_removal: Flag | None = None
    """Whether in expedited removal, or in it with a credible fear determination pending: then
    there is no first card in category (c)(11)."""
    sevis_number: Line | None = None
    """Of a former student or exchange visitor, without the `N`."""


class Beneficiary(Person):
    """A person for whom parole is requested. Each needs a Form I-131."""

    id: Identifier
    """A short name of your own, used elsewhere in the facts: `amina`."""
    relationship_to_petitioner: Line | None = None
    """What this person is to the petitioner: `sister`."""
    passport: Passport | None = None
    location: Place
    """Where the person is now."""
    residence: Country
    """The country where the person lives; not always that of citizenship."""
    guardian: Line | None = None
    """For a child: the parent or legal guardian who signs."""
    biographic: Biographic | None = None
    receipt_number: Line | None = None
    """Of this person's Form I-131, once it is filed."""
    work_permit: WorkPermit | None = None
    in_proceedings: Flag | None = None
    """Whether ever in exclusion, deportation, removal or rescission proceedings."""
    immigration_history: tuple[ImmigrationEvent, ...] = ()

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
    date_of_birth: Day
    relationship: Line
    a_number: ANumber | None = None
    receipt_number: Line | None = None


class Employment(Part):
    """A supporter's work."""

    employer: Line
    position: Line
    since: Day | None = None


class Asset(Part):
    """Something of value that backs a supporter's promise."""

    description: Line
    value: Usd
    kind: AssetKind | None = None


class Supporter(Person):
    """A person who promises financial support on Form I-134."""

    id: Identifier
    status: Status
    relationship: Line
    """What this person is to the beneficiaries: `brother-in-law`."""
    status_explained: Line | None = None
    """Where the status is `no_us_status`: what Form I-134 prints beside "Other"."""
    beneficiaries: tuple[Identifier, ...] = ()
    """Whom the promise covers; none named means every beneficiary."""
    household_size: Count
    annual_income: Usd
    work_status: WorkStatus | None = None
    work_explained: Line | None = None
    """Where the work status is `other`."""
    employment: Employment | None = None
    other_declarations: Count | None = None
    """How many other Forms I-134, I-134A, I-864, I-864EZ and I-864A still bind the supporter."""
    other_dependents: Count | None = None
    """How many others the supporter supports, the supporter included, no beneficiary."""
    dependents: tuple[Dependent, ...] = ()
    assets: tuple[Asset, ...] = ()
    housing: Flag | None = None
    """Whether the supporter will house the beneficiaries."""
    contributes: Flag | None = None
    """Whether the supporter means to cover basic living needs beside giving money."""
    contributions: Prose | None = None
    """What that is, and the address where the beneficiaries will live if it is room and board."""
    support: Claims = ()
    """What the supporter will give, with its proof."""
