"""For whom the pages of a filing are."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """For whom the pages of a filing are."""

    AGENCY = "agency"
    """It is filed."""
    PAROLEE = "parolee"
    """The parolee carries it, and shows it to an officer at the port of entry."""
    CLIENT = "client"
    """It is handed to the client."""
    OFFICE = "office"
    """It never leaves the office: internal on every page, and never made final."""
