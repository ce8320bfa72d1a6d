"""What the page sends becomes a person's wish to decide."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from packet_builder.model.role import Role
from packet_builder.review.decide import Wish
from packet_builder.review.decision import Kind

_Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\n\r]*$")
]
_Name = Annotated[_Line, StringConstraints(min_length=1)]
_Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
_WORDS = MappingProxyType(
    {
        Kind.APPROVE: "approved",
        Kind.REQUEST_CHANGES: "changes requested for",
        Kind.COMMENT: "a remark on",
    }
)


class AskedDecision(BaseModel):
    """A decision as the page sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    build: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """The digest of the packet that was looked at."""
    kind: Kind
    documents: Annotated[tuple[_Name, ...], Field(min_length=1)]
    by: _Name
    role: Role | None = None
    note: _Note = ""
    page: int | None = None
    place: _Line = ""

    @model_validator(mode="after")
    def _says_something(self) -> AskedDecision:
        if self.kind is not Kind.APPROVE and not self.note:
            raise PydanticCustomError("note", "a note is needed")
        return self

    @property
    def words(self) -> str:
        """Say what was decided."""
        return _WORDS[self.kind]

    def wish(self, now: dt.datetime) -> Wish:
        """Give what the person wants, at this moment."""
        return Wish(
            kind=self.kind,
            by=self.by,
            when=now.isoformat(timespec="seconds"),
            role=self.role,
            note=self.note or None,
            page=self.page,
            place=self.place or None,
            saw=self.build,
        )
