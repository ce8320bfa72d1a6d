"""Why a filing fee cannot be paid: the facts of Form I-912, and the sums that follow from them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.narrative import Claims
from packet_builder.model.people import Name
from packet_builder.model.scalars import Day, Flag, Identifier, Line, OneOrMany, Prose, Usd


class WaiverBasis(StrEnum):
    """The three bases of Form I-912."""

    BENEFIT = "benefit"
    INCOME = "income"
    HARDSHIP = "hardship"


class Benefit(Part):
    """A means-tested benefit that is received now."""

    benefit: Line
    """For example `SNAP`, `Medicaid`, `TANF` or `SSI`."""
    agency: Line
    """Who grants it: `Hudson County DFS`."""
    recipient: Identifier | None = None
    """The member of the household who receives it; left out for the person who files."""
    awarded: Day | None = None
    """The day on which it was granted, as the agency's letter says (Form I-912, Part 4)."""
    expires: Day | None = None
    """When it ends or must be renewed."""


class HouseholdMember(Part):
    """Somebody who lives with the person who files, and whom the instructions count."""

    id: Identifier
    """A short name of your own, by which `recipient:` of a benefit names this person."""
    name: Name
    """Form I-912 prints it for who receives a benefit, and for the head of the household."""
    date_of_birth: Day
    """By it a child counts until 21, or a student until 24 (Instructions for Form I-912, p. 7)."""
    relationship: Line
    """What the member is to the person who files: `daughter`."""
    annual_income: Usd | None = None
    """Adjusted gross income of a year; `0` where there is none."""
    full_time_student: Flag | None = None
    """Yes for one who studies full-time: such a child counts until 24."""
    head: Flag | None = None
    """Yes for the head of the household, where that is not the person who files."""


class OtherIncome(Part):
    """Help with money that no tax return shows: child support, unemployment benefits."""

    source: Line
    """Where the money comes from: `child support`. Form I-912 prints the sums only."""
    annual: Usd
    """U.S. dollars a year; counted into the income of the household."""


class WorkSituation(StrEnum):
    """As Form I-912 asks."""

    EMPLOYED = "employed"
    UNEMPLOYED = "unemployed"
    RETIRED = "retired"
    OTHER = "other"


class LiquidAsset(Part):
    """Cash, or what can quickly be made cash of; no retirement account."""

    description: Line
    """For example `Checking account`."""
    value: Usd
    """What it is worth, in U.S. dollars (Form I-912, Part 6, Item 2)."""


class ExpenseKind(StrEnum):
    """As Form I-912 lists them."""

    RENT_OR_MORTGAGE = "rent_or_mortgage"
    FOOD = "food"
    UTILITIES = "utilities"
    CHILD_OR_ELDER_CARE = "child_or_elder_care"
    INSURANCE = "insurance"
    LOANS_OR_CREDIT_CARDS = "loans_or_credit_cards"
    CAR_PAYMENT = "car_payment"
    COMMUTING = "commuting"
    MEDICAL = "medical"
    SCHOOL = "school"
    OTHER = "other"


class MonthlyExpense(Part):
    """What is paid every month, debts included."""

    kind: ExpenseKind
    """The box of Form I-912 to which the expense belongs (Part 6, Item 3)."""
    monthly: Usd
    """U.S. dollars a month; the form prints the total of all."""
    description: Line | None = None
    """What it is, where the kind is `other`."""


class Waiver(Part):
    """The request to waive a filing fee, made with Form I-912 in the filer's own name.

    Only what belongs to a chosen basis is asked for: `benefits` for benefit; the fields from
    `employment` to `circumstances` for income; the fields from `hardship` on for hardship.
    Every sum is computed.
    """

    basis: Annotated[tuple[WaiverBasis, ...], OneOrMany(), Field(min_length=1)]
    """One or more of the three boxes of Form I-912 (Part 1, Item 1). Each needs its own proof."""
    claims: Claims
    """Income, benefit or hardship, with its proof."""
    family: tuple[Identifier, ...] = ()
    """Beneficiaries who ask together with the person who files, as members of one household."""
    household: tuple[HouseholdMember, ...] | None = None
    """Everybody in the household but the person who files; `[]` for somebody who lives alone."""
    benefits: tuple[Benefit, ...] = ()
    """Each means-tested benefit that is received now; needed for the basis `benefit` (Form I-912,
    Part 4)."""
    employment: WorkSituation | None = None
    """What work the person who files has; asked for with the basis `income` (Form I-912, Part 5,
    Item 1)."""
    employment_explained: Line | None = None
    """What it is, where `employment` is `other`: `employed and a student`."""
    unemployment_benefits: Flag | None = None
    """Whether they are received now, where `employment` is `unemployed`."""
    unemployed_since: Day | None = None
    """The day on which unemployment began, where `employment` is `unemployed` (Form I-912, Part 5,
    Item 2.A)."""
    annual_income: Usd | None = None
    """Adjusted gross income of a year of the person who files, from the latest tax return."""
    other_income: tuple[OtherIncome, ...] = ()
    """Money that no tax return shows; left out where there is none."""
    changed_since_tax_return: Flag | None = None
    """Whether marital status, income or dependents differ from the latest tax return."""
    circumstances: Prose | None = None
    """What has changed, or what else the agency should know of the income."""
    hardship: Prose | None = None
    """What caused the expenses, debts or loss of income, with the amounts."""
    assets: tuple[LiquidAsset, ...] | None = None
    """Cash and what can quickly be turned into it, for the basis `hardship`; `[]` where there are
    none."""
    monthly_expenses: tuple[MonthlyExpense, ...] | None = None
    """What is paid every month, for the basis `hardship`; `[]` where nothing is."""

    def member(self, identifier: str | None) -> HouseholdMember | None:
        """Give a member of the household by id; None for the person who files."""
        return next((one for one in self.household or () if one.id == identifier), None)

    @property
    def household_size(self) -> int | None:
        """Count the household with the person who files; None where it is not told."""
        return None if self.household is None else 1 + len(self.household)

    @property
    def earners(self) -> int | None:
        """Count who has an income; None where one of them is not told."""
        incomes = self._incomes
        return None if incomes is None else sum(1 for income in incomes if income)

    @property
    def others_income(self) -> Decimal | None:
        """Add up what all others have, and all that no tax return shows."""
        incomes = self._incomes
        if incomes is None:
            return None
        return sum(incomes[1:], Decimal()) + sum(
            (one.annual for one in self.other_income), Decimal()
        )

    @property
    def total_income(self) -> Decimal | None:
        """Add up the household's income; None where a part of it is not told."""
        if self.annual_income is None or self.others_income is None:
            return None
        return self.annual_income + self.others_income

    @property
    def assets_total(self) -> Decimal | None:
        """Add up the assets; None where it is not told whether there are any."""
        return None if self.assets is None else sum((one.value for one in self.assets), Decimal())

    @property
    def expenses_total(self) -> Decimal | None:
        """Add up what is paid each month; None where it is not told."""
        paid = self.monthly_expenses
        return None if paid is None else sum((one.monthly for one in paid), Decimal())

    @property
    def _incomes(self) -> tuple[Decimal, ...] | None:
        """Give the income of everybody, the person who files first; None where one is not told."""
        told = [self.annual_income, *(one.annual_income for one in self.household or ())]
        if self.household is None or None in told:
            return None
        return tuple(income for income in told if income is not None)
