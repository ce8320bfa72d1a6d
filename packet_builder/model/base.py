"""What every part of the model has in common: frozen, and no field that is not declared."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of the facts. Unknown fields are refused; values never change."""

    # A model is made ready when it is first used: most runs use few of them.
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)


@cache
def fields_of(kind: type[Part]) -> tuple[tuple[str, str], ...]:
    """Give the name of each field of a part, and the one under which the facts have it."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())
