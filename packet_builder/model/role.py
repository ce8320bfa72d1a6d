"""In which role somebody decides on a packet."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A role; the office says in which of them an approval counts."""

    ATTORNEY = "attorney"
    ACCREDITED_REPRESENTATIVE = "accredited_representative"
    PARALEGAL = "paralegal"
    PREPARER = "preparer"
    INTERPRETER = "interpreter"
    CLIENT = "client"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Give the role as sentences name it."""
        return self.value.replace("_", " ")
