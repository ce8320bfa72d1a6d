"""The office and the way of delivery become letterhead, address block and signature block."""

from __future__ import annotations

from typing import Any

from packet_builder.due import address_of
from packet_builder.law.law import Law
from packet_builder.model.case import Carrier, Case, Delivery
from packet_builder.model.firm import Firm
from packet_builder.outline import Outline
from packet_builder.plan.notice import attorney_of
from packet_builder.plan.wording import address_lines


def office_context(firm: Firm, counsel: str | None) -> dict[str, Any]:
    """Give letterhead (`firm`) and signature block (`attorney`).

    `firm.logo` is the picture's path beside firm.yaml, or ""; the renderer puts the picture there.
    """
    attorney = attorney_of(firm, counsel)
    return {
        "firm": {
            "name": firm.name,
            "tagline": firm.tagline or "",
            "address": ", ".join(address_lines(firm.address)),
            "phone": firm.phone,
            "fax": firm.fax or "",
            "email": firm.email,
            "website": firm.website or "",
            "logo": firm.logo or "",
        },
        "attorney": {
            "name": attorney.name,
            "title": attorney.title,
            "admission": attorney.admission,
            "phone": attorney.phone or firm.phone,
            "email": attorney.email,
        },
    }


def delivery_context(case: Case, outline: Outline, law: Law) -> dict[str, Any]:
    """Give how the filing goes (`usps`, `courier`, `online`) and the lines of its address.

    Raises LawGapError where no address is known for the filing date.
    """
    filing = case.filing
    on_paper = filing.delivery is Delivery.PAPER
    return {
        "usps": on_paper and filing.carrier is Carrier.USPS,
        "courier": on_paper and filing.carrier is Carrier.COURIER,
        "paper": on_paper,
        "online": filing.delivery is Delivery.ONLINE,
        "address": list(address_of(outline, case, law)),
    }
