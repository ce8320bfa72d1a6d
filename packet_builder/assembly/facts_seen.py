"""The facts that a packet was built from, as they are kept beside it: plain values and digests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from packet_builder.assembly.case_file import CaseFile
from packet_builder.facts.files import digest_of_facts, files_of
from packet_builder.model.case import Case
from packet_builder.model.firm import Firm


@dataclass(frozen=True, slots=True)
class FactsSeen:
    """What the facts said when they were read."""

    text: bytes
    """The values of the case's own files, as plain JSON."""
    files: tuple[dict[str, Any], ...]
    """Name and digest of each file, drafts too; those of the office begin with two dots."""


def facts_seen(case_file: CaseFile) -> FactsSeen:
    """Give what a case and its office said."""
    text = json.dumps(case_file.facts.tree, sort_keys=True, ensure_ascii=False)
    files = files_of(case_file.folder, case_file.filing)
    rows = tuple({"file": name, "sha256": digest_of_facts(path)} for name, path in files.items())
    return FactsSeen(text.encode(), rows)


def filing_row(case: Case, firm: Firm) -> dict[str, Any]:
    """Give what the manifest says of the filing as a whole: for whom, what date, who approves."""
    filing, key = case.filing, case.filing.key_date
    return {
        "people": [person.name.full for person in case.applicants],
        "key_date": {"date": key.date.isoformat(), "event": key.event} if key else None,
        "approval": {
            "by_another": firm.approval.by_another,
            "roles": [role.value for role in firm.approval.roles],
            "prepared_by": list(filing.prepared_by),
        },
    }
