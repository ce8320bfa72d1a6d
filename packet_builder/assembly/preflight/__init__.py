"""The manifest becomes the preflight report: all that is to be looked at before filing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from packet_builder.assembly.matrix_report import caption_of
from packet_builder.assembly.preflight.filing import delivery, editions, fees, open_items
from packet_builder.assembly.preflight.findings import accepted, findings
from packet_builder.assembly.preflight.law import firm_rows, law
from packet_builder.assembly.preflight.pages import left_out, pages, pictures, spans, waived
from packet_builder.documents.sheets.report import Part, Report
from packet_builder.rules.internal_mark import INTERNAL_MARK


def preflight_report(manifest: Mapping[str, Any], packet: str) -> Report:
    """Give the preflight report of a packet."""
    return Report(
        title="Preflight Report",
        mark=INTERNAL_MARK,
        packet=packet,
        caption=caption_of(manifest),
        summary=tuple(_summary(manifest)),
        parts=(
            Part("Findings", (findings(manifest), accepted(manifest))),
            Part("Fees and delivery", (fees(manifest), delivery(manifest))),
            Part("Official forms", (editions(manifest), open_items(manifest))),
            Part("Evidence", (left_out(manifest), pictures(manifest), waived(manifest))),
            Part("Pages", (pages(manifest), spans(manifest))),
            Part("Law that this packet rests on", tuple(law(manifest["law"]))),
        ),
    )


def _summary(manifest: Mapping[str, Any]) -> Iterator[str]:
    weights = Counter(
        "accepted" if row["accepted"] else row["weight"] for row in manifest["findings"]
    )
    gaps = sum(line["state"] == "gap" for row in manifest["matrix"] for line in row["lines"])
    yield (
        f"Findings: {weights['warning']} to weigh, {weights['note']} to note, "
        f"{weights['accepted']} accepted. Gaps in the evidence matrix: {gaps}."
    )
    blind = [len(row["picture_pages"]) for row in manifest["exhibits"] if row["picture_pages"]]
    if blind:
        yield f"Pages that are only pictures: {sum(blind)}, in {len(blind)} exhibit(s)."
    slips = sum(not row["blank"] for row in manifest["forms"])
    asked = sum(len(row["open_questions"]) for row in manifest["forms"])
    filled = len(manifest["forms"]) - slips
    yield f"Forms: {filled} filled, {slips} on slips; open questions: {asked}."
    total = sum(row["usd"] for row in manifest["fees"] if row["enclosed"])
    yield f"Enclosed in fees: ${total:,}. The parole fee is never enclosed."
    unsure = sum(row["status"] != "primary" or bool(row["confirm"]) for row in firm_rows(manifest))
    yield f"Rows of law to confirm before filing: {unsure}."
