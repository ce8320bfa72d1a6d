"""A work permit wants photographs, which no file holds: steps for who packs the envelope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from packet_builder.law.law import Law
from packet_builder.law.required_evidence import WORK_PERMIT_EVIDENCE, requirement
from packet_builder.review.handover import Step

_FORM = "I-765"


def photographs(manifest: Mapping[str, Any], law: Law, on: dt.date) -> Iterator[Step]:
    """Give the steps for the photographs of each person; none where no form asks for them."""
    people = [row["person"] for row in manifest["forms"] if row["form"] == _FORM]
    if not people:
        return
    row = requirement(law, "ev_photographs", on, WORK_PERMIT_EVIDENCE)
    checked = row.checked_on.isoformat()
    is_paper = manifest["delivery"]["mode"] == "paper"
    what = "Put photographs into the envelope" if is_paper else "Have photographs at hand"
    yield Step(f"{what}, of {', '.join(people)}. {row.text}", row.source, row.status, checked)
    if not is_paper:
        words = "How the online account takes the photographs is not established: look there first."
        yield Step(words, "not found in the instructions", "unverified", checked)
