"""What every part of the model has in common: frozen, and no field that is not declared."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of the facts. Unknown fields are refused; values never change."""

    # A model is made ready when it is first used: most runs use few of them.
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)
