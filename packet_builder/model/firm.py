"""The office that files: letterhead and signatures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.people import Address, Name
from packet_builder.model.role import Role
from packet_builder.model.scalars import (
    Day,
    Email,
    Flag,
    Identifier,
    Line,
    OneOrMany,
    Phone,
    Prose,
    RelativePath,
)


class Attorney(Part):
    """An attorney or accredited representative of the office."""

    id: Identifier
    """A short name of your own, by which a case says who signs: `counsel: thomas-sorley`."""
    name: Line
    """The name as the signature block of letters has it: `Thomas Sorley`."""
    title: Line
    """What the attorney is called in signature blocks, for example `Attorney at Law`."""
    admission: Line
    """Where the attorney is admitted, for signature blocks, for example `Illinois Bar No.
    6300000`."""
    legal_name: Name | None = None
    """The name in its parts, as Form G-28 asks."""
    accredited: Flag | None = None
    """Yes for an accredited representative, no for an attorney."""
    accredited_on: Day | None = None
    """Of an accredited representative: the date of accreditation (Form G-28, Part 2, Item 2.c)."""
    licensing_authority: Line | None = None
    """Who licenses, as Form G-28 asks: `Supreme Court of Illinois`."""
    bar_number: Line | None = None
    """The number alone, where there is one: `6300000`. Forms G-28 and I-765 print it."""
    restricted: Flag | None = None
    """Whether an order suspends or otherwise restricts the practice of law."""
    restriction: Prose | None = None
    """The explanation that Form G-28 wants, where an order restricts the practice of law."""
    uscis_account: Line | None = None
    """The USCIS online account number, twelve digits."""
    phone: Phone | None = None
    """The direct line, which Form G-28 asks for; without it, letters give that of the office."""
    mobile: Phone | None = None
    """Where there is one; Form G-28 prints it (Part 1, Item 5)."""
    email: Email
    """The attorney's own, for signature blocks and Form G-28."""


class Approval(Part):
    """What the office asks of those who approve."""

    by_another: Flag = False
    """Whether nobody may approve a filing that they prepared themselves."""
    roles: Annotated[tuple[Role, ...], OneOrMany(), Field(min_length=1)] = (
        Role.ATTORNEY,
        Role.ACCREDITED_REPRESENTATIVE,
    )
    """In which roles an approval counts; `attorney` and `accredited_representative` if it is left
    out."""


class Stricter(Part):
    """A rule that weighs more in this office than in the program."""

    rule: Line
    """The id of the rule, as `check --json` and the list of rules give it."""
    weight: Literal["warning", "error"]
    """What it weighs here; where the program holds it heavier, that stays."""
    reason: Prose
    """Why it weighs more here; it is said with each finding."""


class Firm(Part):
    """The office."""

    name: Line
    """The name of the office, as the letterhead prints it; on Form G-28 it is the law firm or
    recognized organization."""
    tagline: Line | None = None
    """A line under the name: `Immigration Law`."""
    address: Address
    """Where the office is. It stands in the letterhead, and on Form G-28 as that of the
    attorney."""
    phone: Phone
    """The main line of the office, for the letterhead."""
    fax: Phone | None = None
    """For the letterhead and Form G-28, where there is one."""
    email: Email
    """The general address of the office, for the letterhead."""
    website: Line | None = None
    """The address as the letterhead shall print it: `www.example.com`."""
    logo: RelativePath | None = None
    """A PNG or JPEG beside firm.yaml."""
    attorneys: tuple[Attorney, ...] = Field(min_length=1)
    """Who can sign. Where there are several, each case names one by id, with `counsel:`."""
    approval: Approval = Approval()
    """Whose approval counts; left out, that of any attorney or accredited representative."""
    stricter: tuple[Stricter, ...] = ()
    """Rules that weigh more in this office. What weighs less is accepted case by case."""
