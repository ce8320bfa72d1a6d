"""What happened between a person and immigration authorities."""

from __future__ import annotations

from enum import StrEnum

from packet_builder.model.base import Part
from packet_builder.model.narrative import Claims
from packet_builder.model.scalars import Day, Identifier, Line


class EventKind(StrEnum):
    """The kinds of event that a request must account for."""

    ADMISSION = "admission"
    PAROLE = "parole"
    DEPARTURE = "departure"
    VISA_ISSUED = "visa_issued"
    VISA_REFUSAL = "visa_refusal"
    PETITION_FILED = "petition_filed"
    PETITION_APPROVED = "petition_approved"
    PETITION_DENIED = "petition_denied"
    PAROLE_REFUSAL = "parole_refusal"
    WAIVER_DENIED = "waiver_denied"
    OVERSTAY = "overstay"
    UNLAWFUL_ENTRY = "unlawful_entry"
    REMOVAL_ORDER = "removal_order"
    REMOVAL = "removal"
    ARREST = "arrest"
    CONVICTION = "conviction"
    FALSE_STATEMENT = "false_statement"


#: Facts that count against a request (8 CFR 212.5; USCIS humanitarian parole page, as reported):
#: each needs a negative factor that states and answers it.
ADVERSE = frozenset(
    {
        EventKind.VISA_REFUSAL,
        EventKind.PETITION_DENIED,
        EventKind.PAROLE_REFUSAL,
        EventKind.WAIVER_DENIED,
        EventKind.OVERSTAY,
        EventKind.UNLAWFUL_ENTRY,
        EventKind.REMOVAL_ORDER,
        EventKind.REMOVAL,
        EventKind.ARREST,
        EventKind.CONVICTION,
        EventKind.FALSE_STATEMENT,
    }
)


#: Facts after which a person may be inadmissible, so that a waiver has to be spoken of
#: (Instructions for Form I-131, p. 26, item 5.C(6)).
INADMISSIBLE = frozenset(
    {
        EventKind.OVERSTAY,
        EventKind.UNLAWFUL_ENTRY,
        EventKind.REMOVAL_ORDER,
        EventKind.REMOVAL,
        EventKind.CONVICTION,
        EventKind.FALSE_STATEMENT,
        EventKind.WAIVER_DENIED,
    }
)


class ImmigrationEvent(Part):
    """One event, with its proof."""

    id: Identifier
    """A short name, so that a negative factor can answer this event: `overstay-2019`."""
    event: EventKind
    """What happened. A refusal, overstay, removal, arrest and the like needs a negative factor
    under `discretion:`."""
    date: Day
    """The day on which it happened, or began."""
    until: Day | None = None
    """The last day of what went on for longer, such as an overstay; left out for a single day."""
    place: Line | None = None
    """Where it happened, as the table of the letter prints it: `U.S. Embassy, Islamabad`."""
    claims: Claims
    """What happened, with its proof."""
