"""The office that files: letterhead and signatures."""

from __future__ import annotations

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.people import Address
from packet_builder.model.scalars import Email, Identifier, Line, Phone, RelativePath


class Attorney(Part):
    """An attorney or accredited representative of the office."""

    id: Identifier
    name: Line
    title: Line
    """For example `Attorney at Law`."""
    admission: Line
    """For example `Illinois Bar No. 6300000`."""
    phone: Phone | None = None
    email: Email


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
