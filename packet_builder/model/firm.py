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
    name: Line
    title: Line
    """For example `Attorney at Law`."""
    admission: Line
    """For example `Illinois Bar No. 6300000`."""
    legal_name: Name | None = None
    """The name in its parts, as Form G-28 asks."""
    accredited: Flag | None = None
    """Yes for an accredited representative, no for an attorney."""
    accredited_on: Day | None = None
    licensing_authority: Line | None = None
    """For example `Supreme Court of Illinois`."""
    bar_number: Line | None = None
    restricted: Flag | None = None
    """Whether an order suspends or otherwise restricts the practice of law."""
    restriction: Prose | None = None
    """Where one does: the explanation that Form G-28 wants."""
    uscis_account: Line | None = None
    """The USCIS online account number, twelve digits."""
    phone: Phone | None = None
    mobile: Phone | None = None
    email: Email


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
    """Its id, as `check --json` and the list of rules give it."""
    weight: Literal["warning", "error"]
    """What it weighs here; where the program holds it heavier, that stays."""
    reason: Prose
    """Why; it is said with each finding."""


class Firm(Part):
    """The office."""

    name: Line
    tagline: Line | None = None
    """A line under the name: `Immigration Law`."""
    address: Address
    phone: Phone
    fax: Phone | None = None
    email: Email
    website: Line | None = None
    logo: RelativePath | None = None
    """A PNG or JPEG beside firm.yaml."""
    attorneys: tuple[Attorney, ...] = Field(min_length=1)
    approval: Approval = Approval()
    stricter: tuple[Stricter, ...] = ()
    """Rules that weigh more in this office. What weighs less is accepted case by case."""
