"""An answer to a notice on the whole case of tests/broken_cases, and what is found in it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from packet_builder.facts import Facts, read_filing
from packet_builder.model.case import Case
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.faults import interpret
from packet_builder.model.filed import Filed, FiledExhibit, FiledPacket
from packet_builder.outline import read_outline
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier, Finding
from packet_builder.workspace import shipped
from tests.broken import FOLDER, PAGES, WHOLE

ANSWER = (FOLDER / "answer.yaml").read_text(encoding="utf-8")
_EVENTS = """\
events:
  - {id: sent, event: filed, date: 2026-12-01, what: initial_parole, filing: initial_parole}
  - {id: kwabenas, event: receipt, date: 2026-12-09, receipt_number: IOE0912345678, \
beneficiaries: kwabena}
  - {id: esis, event: receipt, date: 2026-12-09, receipt_number: IOE0912345679, beneficiaries: esi}
  - {id: rfe, event: rfe, date: 2026-12-18, served_on: 2026-12-18, served_by: mail, days: 84, \
due_printed: 2027-03-15, answer_to: [USCIS, 9 Notice Street]}
"""
_NOTICE = (
    "Request for Evidence. Receipt number IOE 0912 345678. Respond by 03/15/2027.",
    "Submit a letter of the\nphysician. Submit proof of income.",
)
_UPDATE = ("She bled again.",)


def changed(changes: Mapping[str, str], text: str = ANSWER) -> str:
    """Give the answer with texts replaced; each must stand in it exactly once."""
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def facts_of_answer(folder: Path, fault: Mapping[str, Any]) -> Facts:
    """Write the case and the answer with the changes of a fault, and read the answer."""
    whole = changed(fault.get("whole", {}), WHOLE + _EVENTS)
    answer = changed(fault.get("change", {}))
    if fault.get("without_notice"):
        answer = answer[: answer.index("notice:")] + answer[answer.index("evidence:") :]
    (folder / "filings").mkdir()
    (folder / "case.yaml").write_text(whole, encoding="utf-8")
    (folder / "filings" / "rfe.yaml").write_text(answer, encoding="utf-8")
    return read_filing(folder, "rfe")[1]


def examined(folder: Path, fault: Mapping[str, Any]) -> Sequence[Finding]:
    """Examine the answer with the changes of a fault."""
    facts = facts_of_answer(folder, fault)
    case = interpret(Case, facts)
    filed = _filed(fault.get("filed", {}))
    pages = {**PAGES, "update": _UPDATE}
    own = [one.id for one in case.evidence]
    seen = {name: SeenEvidence(tuple(pages[name]), digests=(name,)) for name in own}
    before = {name: SeenEvidence(tuple(pages[name])) for name in PAGES if filed.exhibit(name)}
    notice = SeenEvidence(tuple(fault.get("notice", _NOTICE))) if case.notice else None
    outline = read_outline(shipped("templates"), case.filing.kind)
    dossier = Dossier(case, seen, outline, filed=filed, before=before, notice=notice)
    return examine(dossier, facts)


def news(folder: Path, fault: Mapping[str, Any]) -> Sequence[Finding]:
    """Give the findings that the answer does not have without the fault."""
    return [one for one in examined(folder, fault) if (one.rule, one.message) not in _usual()]


@cache
def _usual() -> frozenset[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        return frozenset((one.rule, one.message) for one in examined(Path(folder), {}))


def _filed(changes: Mapping[str, Any]) -> Filed:
    if changes.get("none"):
        return Filed()
    exhibits = tuple(
        FiledExhibit(name, "ABCDEFGHI"[position], name, len(PAGES[name]), 20 + position, (name,))
        for position, name in enumerate(PAGES)
    )
    if other := changes.get("other_file"):
        exhibits = tuple(
            FiledExhibit(one.id, one.letter, one.title, one.pages, one.first_page, ("other",))
            if one.id == other
            else one
            for one in exhibits
        )
    day = dt.date(2026, 12, 1)
    request = FiledPacket("initial_parole", "2026-12-01-1", "", day, 40, exhibits)
    answered = changes.get("answered")
    answer = FiledPacket("rfe-0", "2026-12-22-1", "", dt.date(2026, 12, 22), 9, (), answered)
    return Filed((request, answer) if answered else (request,), int(changes.get("finals", 1)))
